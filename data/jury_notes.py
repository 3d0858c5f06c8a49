"""What a member of the jury notes and leans to before a sitting: the own person's alone to read.

Nobody else reads it: no colleague, no staff, no export, no trail. It decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from data import rules, trail
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import Act, Actor, PersonId, ProjectId
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_NOTE = 2000


class Leaning(StrEnum):
    """What somebody leans to before anything was discussed."""

    NONE = ""
    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True)
class Note:
    """One's own note on a proposal. `version` is 0 when there is none yet."""

    words: str = ""
    leaning: Leaning = Leaning.NONE
    version: int = 0


def mine(store: Store, actor: Actor) -> dict[ProjectId, Note]:
    """Read one's own notes, by proposal."""
    person = _person(actor)
    rows = store.read(
        "select project_id, words, leaning, changed_at from jury_note where person_id = $person",
        {"person": person},
    )
    return {
        ProjectId(project_id): Note(words, Leaning(leaning), _version(at))
        for project_id, words, leaning, at in rows
    }


def keep(
    store: Store,
    actor: Actor,
    project_id: ProjectId,
    *,
    words: str,
    leaning: str,
    version: int,
    now: datetime,
) -> None:
    """Keep one's own note; an empty one without a leaning is deleted.

    `version` is that of the note that was on screen: Conflict when another of one's own devices
    has changed it meanwhile.
    """
    person = _person(actor)
    given = _checked(words, leaning) | {"person": person, "project": project_id}
    at = trail.utc(now)

    def job(tx: Transaction) -> None:
        if not tx.execute(
            "select 1 from project where id = $project and status <> 'draft'",
            {"project": project_id},
        ):
            raise NotFound("project.not_found")
        if not _to_write(tx, given, version):
            return
        if not given["words"] and not given["leaning"]:
            forget(tx, person, project_id)
            return
        tx.execute(
            "insert into jury_note values ($person, $project, $words, $leaning, $now) "
            "on conflict (person_id, project_id) do update set words = excluded.words, "
            "leaning = excluded.leaning, changed_at = excluded.changed_at",
            {**given, "now": at},
        )

    store.write(job)


def forget(tx: Transaction, person: PersonId, project_id: ProjectId | None = None) -> None:
    """Delete somebody's notes inside a write: all of them, or the one on a proposal."""
    where = "" if project_id is None else " and project_id = $project"
    params = {"person": person} | ({} if project_id is None else {"project": project_id})
    tx.execute(f"delete from jury_note where person_id = $person{where}", params)  # noqa: S608


def _person(actor: Actor) -> PersonId:
    rules.check(actor, Act.JURY_NOTE)
    if actor.person is None:
        raise NotAllowed("not_allowed")
    return actor.person


def _checked(words: str, leaning: str) -> dict[str, str]:
    text = not_longer(clean(words), MAX_NOTE, "note", "jury_note.too_long")
    if leaning not in set(Leaning):
        raise BadInput("jury_note.leaning_unknown", field="leaning")
    return {"words": text, "leaning": leaning}


def _to_write(tx: Transaction, given: Mapping[str, str], version: int) -> bool:
    """Tell whether there is something to write; a double click writes nothing the second time."""
    found = tx.execute(
        "select words, leaning, changed_at from jury_note "
        "where person_id = $person and project_id = $project",
        {name: given[name] for name in ("person", "project")},
    )
    words, leaning, at = found[0] if found else ("", "", None)
    if (words, leaning) == (given["words"], given["leaning"]):
        return False
    if (_version(at) if at else 0) != version:
        raise Conflict("jury_note.changed_meanwhile")
    return True


def _version(changed_at: datetime) -> int:
    """Return when a note was kept, in microseconds: a number that grows."""
    return int(changed_at.replace(tzinfo=UTC).timestamp() * 1_000_000)
