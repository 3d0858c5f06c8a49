"""The trail: who did what to which thing, when and why; its public steps are a pin's way."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data import rules
from data.rules import Act, Actor
from data.store import Store, Transaction

BEFORE = "before"  # the first of a line's details: how a thing was before it was changed


@dataclass(frozen=True)
class Step:
    """One public step: a key into the locales, its parameters, and when (UTC)."""

    key: str
    at: datetime
    details: Mapping[str, Any]


def utc(moment: datetime) -> datetime:
    """Turn an aware moment into the stored form, UTC without zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def note(
    tx: Transaction,
    actor: Actor,
    act: Act,
    thing: str,
    thing_id: str,
    *,
    now: datetime,
    step: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one line of the trail inside a write; `step` makes it a public one."""
    note_many(tx, actor, act, thing, [thing_id], now=now, step=step, details=details)


def note_many(
    tx: Transaction,
    actor: Actor,
    act: Act,
    thing: str,
    thing_ids: Sequence[str],
    *,
    now: datetime,
    step: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write the same line for many things of one sort."""
    if not thing_ids:
        return
    tx.execute(
        "insert into trail "
        "select (select coalesce(max(id), 0) from trail) + row, $now, $role, $person, $act, "
        "$thing, thing_id, $step, $details "
        "from (select unnest($ids::varchar[]) as thing_id, unnest($rows::bigint[]) as row) as given",
        {
            "now": utc(now),
            "role": actor.role,
            "person": actor.person,
            "act": act,
            "thing": thing,
            "step": step,
            "details": json.dumps(details or {}, ensure_ascii=False),
            "ids": list(thing_ids),
            "rows": list(range(1, len(thing_ids) + 1)),
        },
    )


def erase_before(tx: Transaction, thing: str, thing_id: str) -> None:
    """Erase how a thing was before its changes, with the words themselves; the lines stay."""
    tx.execute(
        "update trail set details = $erased "
        "where thing = $thing and thing_id = $id and starts_with(details, $kept)",
        {"thing": thing, "id": thing_id, "erased": '{"erased": true}', "kept": f'{{"{BEFORE}":'},
    )
    tx.forget()


def steps(store: Store, thing: str, thing_id: str) -> list[Step]:
    """Read a thing's public steps, oldest first, without the office's own notes."""
    return [
        Step(step.key, step.at, {k: v for k, v in step.details.items() if k != "note"})
        for step in _steps(store, thing, thing_id)
    ]


def steps_with_notes(store: Store, actor: Actor, thing: str, thing_id: str) -> list[Step]:
    """Read a thing's public steps as the office wrote them; for the office alone."""
    rules.check(actor, Act.TRAIL_READ)
    return _steps(store, thing, thing_id)


def _steps(store: Store, thing: str, thing_id: str) -> list[Step]:
    found = store.read(
        "select step, happened_at, details from trail "
        "where thing = $thing and thing_id = $id and step <> '' order by id",
        {"thing": thing, "id": thing_id},
    )
    return [Step(key, at.replace(tzinfo=UTC), json.loads(text)) for key, at, text in found]
