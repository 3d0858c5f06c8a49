"""The office's own notes and tasks for a need: who wrote what when; never public, in no export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data import followers, rules, trail
from data.needs import NeedId
from data.problems import BadInput, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_NOTE = 2000
MAX_TASK = 300


@dataclass(frozen=True)
class Note:
    """Something that somebody of the office wrote down. Times are UTC."""

    id: str
    need_id: NeedId
    words: str
    person: str  # a name, '' = somebody who is not known any more
    at: datetime


@dataclass(frozen=True)
class Task:
    """A line of the checklist."""

    id: str
    need_id: NeedId
    words: str
    person: str
    at: datetime
    done_at: datetime | None


def notes(store: Store, actor: Actor, need_ids: Sequence[NeedId]) -> list[Note]:
    """List the notes of needs, the newest first."""
    rules.check(actor, Act.NEED_WRITE)
    rows = store.read(
        "select note.id, need_id, words, coalesce(person.name, ''), note.created_at "
        "from need_note as note left join person on person.id = person_id "
        "where need_id = any($needs) order by note.created_at desc, note.id",
        {"needs": list(need_ids)},
    )
    return [Note(*row[:4], at=row[4].replace(tzinfo=UTC)) for row in rows]


def tasks(store: Store, actor: Actor, need_ids: Sequence[NeedId]) -> list[Task]:
    """List the tasks of needs as they were written, the oldest first."""
    rules.check(actor, Act.NEED_WRITE)
    rows = store.read(
        "select task.id, need_id, words, coalesce(person.name, ''), task.created_at, done_at "
        "from need_task as task left join person on person.id = person_id "
        "where need_id = any($needs) order by task.created_at, task.id",
        {"needs": list(need_ids)},
    )
    return [
        Task(*row[:4], at=row[4].replace(tzinfo=UTC), done_at=row[5] and row[5].replace(tzinfo=UTC))
        for row in rows
    ]


def write(
    store: Store, actor: Actor, need_id: NeedId, *, note_id: str, words: str, now: datetime
) -> None:
    """Keep a note; one already kept under its id stays as it is."""
    rules.check(actor, Act.NEED_WRITE)
    record = _record(actor, need_id, note_id, words, MAX_NOTE, now)
    _add(
        store, actor, need_id, "noted", now, "insert into need_note (id, need_id, words, "
        "person_id, created_at, changed_at) values ($id, $need, $words, $person, $now, $now) "
        "on conflict (id) do nothing returning id", record,
    )  # fmt: skip


def add_task(
    store: Store, actor: Actor, need_id: NeedId, *, task_id: str, words: str, now: datetime
) -> None:
    """Put a task on the checklist; one already there under its id stays as it is."""
    rules.check(actor, Act.NEED_WRITE)
    record = _record(actor, need_id, task_id, words, MAX_TASK, now)
    _add(
        store, actor, need_id, "task", now, "insert into need_task (id, need_id, words, person_id, "
        "created_at) values ($id, $need, $words, $person, $now) "
        "on conflict (id) do nothing returning id", record,
    )  # fmt: skip


def tick(store: Store, actor: Actor, task_id: str, *, done: bool, now: datetime) -> None:
    """Tick a task off, or take the tick away again."""
    rules.check(actor, Act.NEED_WRITE)

    def job(tx: Transaction) -> None:
        found = tx.execute(
            "update need_task set done_at = case when $done then coalesce(done_at, $now) end "
            "where id = $id returning need_id, words",
            {"id": task_id, "done": done, "now": trail.utc(now)},
        )
        if not found:
            raise NotFound("need.task_not_found")
        details = {"what": "task_done" if done else "task_open"}
        trail.note(tx, actor, Act.NEED_WRITE, "need", found[0][0], now=now, details=details)

    store.write(job)


def remove(store: Store, actor: Actor, thing_id: str, *, now: datetime) -> None:
    """Erase a note or a task with its words: they may name somebody. The trail says that it was."""
    rules.check(actor, Act.NEED_WRITE)

    def job(tx: Transaction) -> None:
        for table in ("need_note", "need_task"):
            found = tx.execute(
                f"delete from {table} where id = $id returning need_id",  # noqa: S608
                {"id": thing_id},
            )
            for (need_id,) in found:
                tx.forget()
                details = {"what": "note_erased"}
                trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=details)

    store.write(job)


# --- inside -----------------------------------------------------------------


def _record(
    actor: Actor, need_id: str, thing_id: str, words: str, limit: int, now: datetime
) -> dict[str, Any]:
    text = clean(words)
    if not text:
        raise BadInput("need.note_missing", field="words")
    not_longer(text, limit, "words", "need.note_too_long")
    return {
        "id": thing_id, "need": need_id, "words": text,
        "person": actor.person, "now": trail.utc(now),
    }  # fmt: skip


def _add(
    store: Store,
    actor: Actor,
    need_id: NeedId,
    what: str,
    now: datetime,
    sql: str,
    record: dict[str, Any],
) -> None:
    def job(tx: Transaction) -> None:
        followers.row_of(tx, need_id)
        if tx.execute(sql, record):
            details = {"what": what}  # not the words: they can be erased
            trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=details)

    store.write(job)
