"""The agreement with who carries a funded project out: signed on a day, with what was agreed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data import project_moves, rules, trail
from data.filters import local_day
from data.problems import BadInput, Conflict, NotFound
from data.projects import ProjectStatus
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_WORDS = 3000
OPEN = (*sorted(project_moves.GRANTED), ProjectStatus.AGREEMENT, ProjectStatus.RUNNING)
EARLIEST = timedelta(days=366)  # before it is written down


@dataclass(frozen=True)
class Agreement:
    """What was agreed and when; version 0 = nothing yet."""

    signed_on: date | None = None
    words: str = ""
    version: int = 0


def get(store: Store, actor: Actor, project_id: str) -> Agreement:
    """Load a project's agreement, for the office and whoever holds its link."""
    rules.check_project(actor, Act.APPLICATION_READ, project_id)
    found = store.read(
        "select signed_on, words, version from agreement where project_id = $id",
        {"id": project_id},
    )
    return Agreement(*found[0]) if found else Agreement()


def sign(
    store: Store,
    actor: Actor,
    project_id: str,
    *,
    signed_on: date,
    words: str,
    seen: int,
    now: datetime,
) -> Agreement:
    """Write an agreement down, or correct it; the first one moves a granted project on.

    `seen` is the version that was shown (0 = none): Conflict when it was changed meanwhile. The
    same once more is one.
    """
    rules.check(actor, Act.PROJECT_WRITE)
    given = {"signed_on": _day(signed_on, now), "words": _words(words)}

    def job(tx: Transaction) -> None:
        stands = tx.execute(
            "select signed_on, words, version from agreement where project_id = $id",
            {"id": project_id},
        )
        if stands and stands[0][:2] == (given["signed_on"], given["words"]):
            return
        if (stands[0][2] if stands else 0) != seen:
            raise Conflict("agreement.changed_meanwhile")
        status = _status(tx, project_id)
        if status not in OPEN:
            raise Conflict("project.moved_on")
        tx.execute(
            "insert into agreement values ($id, $signed_on, $words, 1, $now) "
            "on conflict (project_id) do update set signed_on = excluded.signed_on, "
            "words = excluded.words, version = version + 1, changed_at = excluded.changed_at",
            {**given, "id": project_id, "now": trail.utc(now)},
        )
        kept = {"agreement": stands[0][2] + 1 if stands else 1}
        if stands:
            kept |= {"was": {"signed_on": str(stands[0][0]), "words": stands[0][1]}}
        trail.note(tx, actor, Act.PROJECT_WRITE, "project", project_id, now=now, details=kept)
        if status in project_moves.GRANTED:
            project_moves.moved(tx, actor, project_id, ProjectStatus.AGREEMENT, now=now)

    store.write(job)
    return get(store, actor, project_id)


# --- inside -----------------------------------------------------------------


def _day(signed_on: date, now: datetime) -> date:
    today = local_day(now)
    if not isinstance(signed_on, date) or not today - EARLIEST <= signed_on <= today:
        raise BadInput("agreement.day", field="signed_on")
    return signed_on


def _words(typed: str) -> str:
    text = clean(typed[: 20 * MAX_WORDS])
    return not_longer(text, MAX_WORDS, "words", "project.words_too_long")


def _status(tx: Transaction, project_id: str) -> str:
    found = tx.execute("select status from project where id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    return found[0][0]
