"""Pins between needs: merging, splitting, moving. Each pin keeps its words, supports and receipt."""

from collections.abc import Collection, Sequence
from datetime import datetime

from data import followers, need_fields, needs, rules, trail, undo
from data.followers import OPEN_FOR_PINS
from data.needs import Need, NeedId
from data.problems import BadInput, Conflict
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction


def merge(
    store: Store,
    actor: Actor,
    into: NeedId,
    from_ids: Collection[NeedId],
    *,
    version: int,
    why: str,
    now: datetime,
) -> Need:
    """Let the pins of other needs go into this one, along the way that it has gone.

    The others stay as rows that say where they went. Raises Conflict for one that is part of a
    project or closed, and when the target was changed since `version`.
    """
    rules.check(actor, Act.NEED_WRITE)
    reason, others = need_fields.why(why), sorted(set(from_ids))
    if not others or into in others:
        raise BadInput("need.merge_choose", field="from")

    def job(tx: Transaction) -> None:
        moving = followers.pins_in(tx, others)
        details = {"into": into, "from": others, "why": reason}
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "merge",
            pin_ids=moving, need_ids=others, details=details, now=now,
        ):  # fmt: skip
            followers.update(tx, into, version, "gone = ''", {}, now=now)
            numbers = [_give_up(tx, actor, other, into, reason, now=now) for other in others]
            followers.bring(tx, actor, into, moving, out_of=others, now=now)
            told = {"merged": numbers, "pins": len(moving), "why": reason}
            trail.note(tx, actor, Act.NEED_WRITE, "need", into, now=now, details=told)

    store.write(job)
    return needs.get(store, actor, into)


def split(
    store: Store,
    actor: Actor,
    need_id: NeedId,
    *,
    new_id: NeedId,
    title: str,
    field: str,
    priority: str,
    pin_ids: Collection[PinId],
    version: int,
    now: datetime,
) -> Need:
    """Make a need of its own of some pins of a need; what was handed on stays handed on.

    One already made under its id stays as it is. Raises BadInput when no pin would be left, and
    Conflict when the need is closed or was changed since `version`.
    """
    rules.check(actor, Act.NEED_WRITE)
    named = need_fields.named(title=title, field=field, priority=priority)
    wanted = needs.some(pin_ids)

    def job(tx: Transaction) -> None:
        if tx.execute("select 1 from need where id = $id", {"id": new_id}):
            return  # pressed twice
        row = _open(tx, need_id)
        if set(followers.pins_in(tx, [need_id])) <= set(wanted):
            raise BadInput("need.split_all", field="pins")
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "split",
            pin_ids=wanted, need_ids=[new_id], details={"from": need_id}, now=now,
        ):  # fmt: skip
            followers.update(tx, need_id, version, "gone = ''", {}, now=now)
            _insert_like(tx, need_id, {"id": new_id, **named}, now=now)
            followers.bring(tx, actor, new_id, wanted, out_of=[need_id], now=now)
            told = {"split_from": row["number"], "pins": len(wanted)}
            trail.note(tx, actor, Act.NEED_WRITE, "need", new_id, now=now, details=told)
            told = {"split_off": followers.row_of(tx, new_id)["number"], "pins": len(wanted)}
            trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=told)

    store.write(job)
    return needs.get(store, actor, new_id)


def move(
    store: Store, actor: Actor, pin_ids: Collection[PinId], to: NeedId, *, now: datetime
) -> Need:
    """Move pins from the needs that they are in to another one, along the way that it has gone.

    Raises Conflict when a pin is in no need (any more) or its need is closed.
    """
    rules.check(actor, Act.NEED_WRITE)
    wanted = needs.some(pin_ids)

    def job(tx: Transaction) -> None:
        out_of = _needs_of(tx, wanted)
        if to in out_of:
            raise Conflict("need.pin_taken")
        numbers = [_open(tx, need_id)["number"] for need_id in out_of]
        details = {"into": to, "from": out_of}
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "move", pin_ids=wanted, details=details, now=now
        ):
            followers.bring(tx, actor, to, wanted, out_of=out_of, now=now)
            here = followers.row_of(tx, to)["number"]
            told = {"moved_from": numbers, "pins": len(wanted)}
            trail.note(tx, actor, Act.NEED_WRITE, "need", to, now=now, details=told)
            told = {"moved_to": here, "pins": len(wanted)}
            trail.note_many(tx, actor, Act.NEED_WRITE, "need", out_of, now=now, details=told)
            for need_id in out_of:
                followers.touch(tx, need_id, now=now)

    store.write(job)
    return needs.get(store, actor, to)


def merged_into(store: Store, actor: Actor, need_id: NeedId) -> list[Need]:
    """List the needs that went into this one, also by way of others, by number."""
    rules.check(actor, Act.NEED_READ)
    rows = store.read(
        "select id, gone from need where gone not in ('', $undone)", {"undone": undo.NEVER_MADE}
    )
    into: dict[str, list[str]] = {}
    for other, target in rows:
        into.setdefault(target, []).append(other)
    found, waiting = [], [str(need_id)]
    while waiting:
        nearer = into.get(waiting.pop(), [])
        found += nearer
        waiting += nearer
    some = [needs.get(store, actor, NeedId(other)) for other in found]
    return sorted(some, key=lambda need: need.number)


# --- inside -----------------------------------------------------------------


def _open(tx: Transaction, need_id: str) -> dict[str, object]:
    """Read a need that pins may leave and enter; Conflict when it is closed."""
    row = followers.row_of(tx, need_id)
    if row["status"] not in OPEN_FOR_PINS:
        raise Conflict("need.closed")
    return row


def _give_up(
    tx: Transaction, actor: Actor, need_id: str, into: str, why: str, *, now: datetime
) -> object:
    """Let a need go into another one and return its number; not out of a project."""
    row = _open(tx, need_id)
    planned = tx.execute("select 1 from project_need where need_id = $id limit 1", {"id": need_id})
    if planned:
        raise Conflict("need.merge_project", number=row["number"])
    target = followers.row_of(tx, into)["number"]
    tx.execute(
        "update need set gone = $into, version = version + 1, changed_at = $now where id = $id",
        {"into": into, "id": need_id, "now": trail.utc(now)},
    )
    told = {"merged_into": target, "why": why}
    trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=told)
    return row["number"]


def _insert_like(tx: Transaction, need_id: str, named: dict[str, str], *, now: datetime) -> None:
    """Store a new need that is known, needed and handed on as the one it comes from."""
    needs.insert(tx, {**named, "why": "{}", "demo": False, "climate": False}, now=now)
    tx.execute(
        "update need set demo = old.demo, climate = old.climate, who = old.who, "
        "responsible = old.responsible, answer_on = old.answer_on, authority = old.authority, "
        "public_sentence = old.public_sentence, "
        "status = case when old.authority = '' then 'open' else 'forwarded' end "
        "from need as old where old.id = $old and need.id = $id",
        {"old": need_id, "id": named["id"]},
    )


def _needs_of(tx: Transaction, pin_ids: Sequence[str]) -> list[str]:
    """List the needs that pins are in; Conflict when one of the pins is in none."""
    found = tx.execute("select id, need_id from pin where id = any($ids)", {"ids": list(pin_ids)})
    if len(found) != len(pin_ids) or any(need_id is None for _, need_id in found):
        raise Conflict("need.pin_not_here")
    return sorted({need_id for _, need_id in found})
