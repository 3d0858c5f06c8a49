"""How pins follow their need: what moves with it inside a write, and the steps they are told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from data import trail, ways
from data.pins import ANSWERS, Status
from data.problems import Conflict, NotFound
from data.rules import Act, Actor
from data.store import Transaction

NeedId = NewType("NeedId", str)


class NeedStatus(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    FORWARDED = "forwarded"
    PROJECT = "project"
    DONE = "done"
    NOT_FEASIBLE = "not_feasible"


FREE = frozenset({Status.NEW, Status.READ})  # pins that may go into a need
PIN_STATUS = {  # pins stand where their need stands
    NeedStatus.OPEN: Status.GROUPED,
    NeedStatus.FORWARDED: Status.FORWARDED,
    NeedStatus.PROJECT: Status.IN_PROJECT,
    NeedStatus.DONE: Status.DONE,
    NeedStatus.NOT_FEASIBLE: Status.NOT_FEASIBLE,
}
OPEN_FOR_PINS = frozenset({NeedStatus.OPEN, NeedStatus.FORWARDED, NeedStatus.PROJECT})


def enter_project(
    tx: Transaction,
    actor: Actor,
    need_ids: Sequence[str],
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Let needs become part of a project inside a write; `told` is its number and title."""
    for need_id in need_ids:
        if row_of(tx, need_id)["status"] not in OPEN_FOR_PINS:
            raise Conflict("need.moved_on")
        go_on(tx, actor, need_id, NeedStatus.PROJECT, "project", told, now=now)


def check_there(tx: Transaction, need_ids: Sequence[str]) -> None:
    """Refuse with NotFound when one of the needs is not there, inside a write."""
    for need_id in need_ids:
        row_of(tx, need_id)


def row_of(tx: Transaction, need_id: str) -> dict[str, Any]:
    """Read what a need is now; NotFound when there is none."""
    names = ("number", "title", "status", "authority", "version")
    found = tx.execute(
        f"select {', '.join(names)} from need where id = $id and gone = ''",  # noqa: S608
        {"id": need_id},
    )
    if not found:
        raise NotFound("need.not_found")
    return dict(zip(names, found[0], strict=True))


def update(
    tx: Transaction,
    need_id: str,
    version: int,
    sets: str,
    params: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Change a need as it was at a version; Conflict when it was changed meanwhile."""
    done = tx.execute(
        f"update need set {sets}, version = version + 1, changed_at = $now "  # noqa: S608
        "where id = $id and version = $version and gone = '' returning id",
        {**params, "id": need_id, "version": version, "now": trail.utc(now)},
    )
    if not done:
        row_of(tx, need_id)
        raise Conflict("need.changed_meanwhile")


def pins_in(tx: Transaction, need_ids: Collection[str]) -> list[str]:
    """List the ids of the pins in some needs, inside a write."""
    found = tx.execute(
        "select id from pin where need_id = any($ids) order by id", {"ids": sorted(need_ids)}
    )
    return [pin_id for (pin_id,) in found]


def touch(tx: Transaction, need_id: str, *, now: datetime) -> None:
    """Say that a need has changed without its own fields doing so."""
    tx.execute(
        "update need set changed_at = $now where id = $id",
        {"id": need_id, "now": trail.utc(now)},
    )


def take(
    tx: Transaction, actor: Actor, need_id: str, pin_ids: Sequence[str], *, now: datetime
) -> None:
    """Take free pins into a need, along the way that it has gone already."""
    _enter(tx, actor, need_id, pin_ids, "need_id is null and status = any($from)", FREE, now=now)


def bring(
    tx: Transaction,
    actor: Actor,
    need_id: str,
    pin_ids: Sequence[str],
    *,
    out_of: Collection[str],
    now: datetime,
) -> None:
    """Bring pins out of other needs into this one, along the way that it has gone already."""
    _enter(tx, actor, need_id, pin_ids, "need_id = any($from)", out_of, now=now)


def let_go(
    tx: Transaction, actor: Actor, need_id: str, pin_ids: Sequence[str], *, now: datetime
) -> None:
    """Take pins out of a need; they are single released pins as before."""
    row = row_of(tx, need_id)
    freed = tx.execute(
        "update pin set status = 'read', need_id = null, changed_at = $now "
        "where id = any($ids) and need_id = $need returning id",
        {"ids": list(pin_ids), "need": need_id, "now": trail.utc(now)},
    )
    if len(freed) != len(pin_ids):
        raise Conflict("need.pin_not_here")
    told = {"need": row["number"], "title": row["title"]}
    trail.note_many(
        tx, actor, Act.NEED_WRITE, "pin", pin_ids, now=now, step="ungrouped", details=told
    )
    touch(tx, need_id, now=now)


def _enter(
    tx: Transaction,
    actor: Actor,
    need_id: str,
    pin_ids: Sequence[str],
    condition: str,
    out_of: Collection[str],
    *,
    now: datetime,
) -> None:
    """Let pins that meet a condition into an open need; Conflict when one of them does not."""
    row = row_of(tx, need_id)
    if row["status"] not in OPEN_FOR_PINS:
        raise Conflict("need.moved_on")
    way = ways.of(tx, need_id)
    taken = tx.execute(
        "update pin set status = $after, need_id = $need, changed_at = $now, answered_at = "  # noqa: S608
        "case when $answer then coalesce(answered_at, $now) else answered_at end "
        f"where id = any($ids) and {condition} returning id",
        {
            "after": PIN_STATUS[NeedStatus(row["status"])],
            "need": need_id,
            "ids": list(pin_ids),
            "from": sorted(out_of),
            "now": trail.utc(now),
            "answer": any(step in ANSWERS for step, _ in way),
        },
    )
    if len(taken) != len(pin_ids):
        raise Conflict("need.pin_taken")
    for step, told in way:
        trail.note_many(tx, actor, Act.NEED_WRITE, "pin", pin_ids, now=now, step=step, details=told)
    touch(tx, need_id, now=now)


def go_on(
    tx: Transaction,
    actor: Actor,
    need_id: str,
    status: NeedStatus,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Bring a need and its pins one step on with its project, inside a write."""
    tx.execute(
        "update need set status = $status, version = version + 1, changed_at = $now where id = $id",
        {"status": status, "id": need_id, "now": trail.utc(now)},
    )
    trail.note(tx, actor, Act.NEED_HAND_ON, "need", need_id, now=now, details=told)
    follow(tx, actor, need_id, PIN_STATUS[status], step, told, now=now)


def follow(
    tx: Transaction,
    actor: Actor,
    need_id: str,
    status: Status,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Bring a need's pins to where it stands now."""
    moved = tx.execute(
        "update pin set status = $status, changed_at = $now, answered_at = "
        "case when $answer then coalesce(answered_at, $now) else answered_at end "
        "where need_id = $need returning id",
        {"status": status, "need": need_id, "now": trail.utc(now), "answer": step in ANSWERS},
    )
    ids = sorted(row[0] for row in moved)
    trail.note_many(tx, actor, Act.NEED_HAND_ON, "pin", ids, now=now, step=step, details=told)
