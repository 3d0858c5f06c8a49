"""Talks of the office with who has an idea: when, what was said, and what of it the jury may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import rules, trail
from data.filters import local_day
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_WORDS = 3000


@dataclass(frozen=True)
class Consultation:
    """A talk that was noted. Times are UTC."""

    id: str
    project_id: str
    held_on: date
    words: str
    for_jury: bool
    person: str  # who noted it, '' = somebody who is not known any more
    version: int
    changed_at: datetime


def write(
    store: Store,
    actor: Actor,
    project_id: str,
    *,
    consultation_id: str,
    held_on: date,
    words: str,
    for_jury: bool,
    now: datetime,
) -> None:
    """Note a talk; one already noted under its id stays as it is."""
    rules.check(actor, Act.CONSULTATION_WRITE)
    record = _checked(held_on, words, for_jury, now)
    record |= {"id": consultation_id, "project": project_id, "person": actor.person}

    def job(tx: Transaction) -> None:
        if not tx.execute("select 1 from project where id = $id", {"id": project_id}):
            raise NotFound("project.not_found")
        made = tx.execute(
            "insert into consultation values ($id, $project, $held_on, $words, $for_jury, "
            "$person, 1, $now, $now) on conflict (id) do nothing returning id",
            record,
        )
        if made:
            _note(tx, actor, project_id, {"what": "consulted"}, now=now)

    store.write(job)


def change(
    store: Store,
    actor: Actor,
    consultation_id: str,
    *,
    held_on: date,
    words: str,
    for_jury: bool,
    version: int,
    now: datetime,
) -> None:
    """Change what was noted as it was at a version; Conflict when it was changed meanwhile."""
    rules.check(actor, Act.CONSULTATION_WRITE)
    record = _checked(held_on, words, for_jury, now)

    def job(tx: Transaction) -> None:
        before = tx.execute(
            "select project_id, held_on, words, for_jury, version from consultation where id = $id",
            {"id": consultation_id},
        )
        if not before:
            raise NotFound("consultation.not_found")
        project_id, was_on, was, was_for, now_at = before[0]
        if now_at != version:
            raise Conflict("consultation.changed_meanwhile")
        tx.execute(
            "update consultation set held_on = $held_on, words = $words, for_jury = $for_jury, "
            "version = version + 1, changed_at = $now where id = $id",
            {**record, "id": consultation_id},
        )
        kept = {"held_on": was_on.isoformat(), "words": was, "for_jury": was_for}
        _note(tx, actor, project_id, {"was": kept, "consultation": consultation_id}, now=now)

    store.write(job)


def listing(store: Store, actor: Actor, project_id: str) -> list[Consultation]:
    """List an application's talks, the newest first."""
    rules.check(actor, Act.CONSULTATION_WRITE)
    return _found(store, project_id, "true")


def for_jury(store: Store, actor: Actor, project_id: str) -> list[Consultation]:
    """List what of the talks the jury may read, the newest first."""
    rules.check(actor, Act.PROJECT_READ)
    return _found(store, project_id, "for_jury")


# --- inside -----------------------------------------------------------------


def _checked(held_on: date, words: str, for_jury: bool, now: datetime) -> dict[str, Any]:
    text = clean(words)
    if not text:
        raise BadInput("consultation.words_missing", field="words")
    not_longer(text, MAX_WORDS, "words", "application.too_long")
    if not isinstance(held_on, date) or held_on > local_day(now):
        raise BadInput("consultation.in_future", field="held_on")
    return {
        "held_on": held_on,
        "words": text,
        "for_jury": bool(for_jury),
        "now": trail.utc(now),
    }


def _found(store: Store, project_id: str, where: str) -> list[Consultation]:
    rows = store.read(
        "select consultation.id, project_id, held_on, words, for_jury, "  # noqa: S608
        "coalesce(person.name, ''), consultation.version, consultation.changed_at "
        "from consultation left join person on person.id = person_id "
        f"where project_id = $id and {where} order by held_on desc, consultation.created_at desc",
        {"id": project_id},
    )
    return [Consultation(*row[:7], changed_at=row[7].replace(tzinfo=UTC)) for row in rows]


def _note(
    tx: Transaction, actor: Actor, project_id: str, details: Mapping[str, Any], *, now: datetime
) -> None:
    trail.note(tx, actor, Act.CONSULTATION_WRITE, "project", project_id, now=now, details=details)
