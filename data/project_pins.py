"""The pins behind a project: those of its needs and those it answers directly, and what they hear."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from data import followers, trail
from data.followers import OPEN_FOR_PINS, NeedStatus
from data.pins import ANSWERS, PUBLIC, Status
from data.rules import Act, Actor
from data.store import Transaction

IDLE = ("closed", "draft", "rejected", "withdrawn")  # projects that hold no need
FREE = (Status.NEW, Status.READ)


def behind(tx: Transaction, project_id: str) -> list[str]:
    """List the public pins behind a project, inside a write: each once."""
    found = tx.execute(
        "select id from pin where status = any($public) and (need_id in "
        "(select need_id from project_need where project_id = $id) or id in "
        "(select pin_id from project_pin where project_id = $id)) order by id",
        {"id": project_id, "public": sorted(PUBLIC)},
    )
    return [pin_id for (pin_id,) in found]


def tell(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Tell every pin behind a project a public step; where it stands stays as it is."""
    _note(tx, actor, behind(tx, project_id), step, told, now=now)


def enter(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Let a project's open needs and its own pins become part of it, and be told so."""
    for need_id in _needs(tx, project_id):
        if followers.row_of(tx, need_id)["status"] in OPEN_FOR_PINS:
            followers.go_on(tx, actor, need_id, NeedStatus.PROJECT, step, told, now=now)
    _own(tx, actor, project_id, FREE, Status.IN_PROJECT, step, told, now=now)


def leave(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Give a project's needs back as they stood before it, where no other project holds them."""

    def before(row: Mapping[str, Any]) -> NeedStatus:
        return NeedStatus.FORWARDED if row["authority"] else NeedStatus.OPEN

    _move_on(tx, actor, project_id, before, step, told, now=now)
    _own(tx, actor, project_id, (Status.IN_PROJECT,), Status.READ, step, told, now=now)


def complete(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Let a project's needs be done with it, where no other project goes on with them."""
    _move_on(tx, actor, project_id, lambda row: NeedStatus.DONE, step, told, now=now)
    _own(tx, actor, project_id, (Status.IN_PROJECT,), Status.DONE, step, told, now=now)


# --- inside -----------------------------------------------------------------


def _needs(tx: Transaction, project_id: str) -> list[str]:
    """List the ids of a project's needs that were not merged or undone since."""
    found = tx.execute(
        "select need_id from project_need join need on need.id = need_id "
        "where project_id = $id and gone = '' order by need_id",
        {"id": project_id},
    )
    return [need_id for (need_id,) in found]


def _held(tx: Transaction, project_id: str) -> set[str]:
    """List the needs that another project goes on with."""
    found = tx.execute(
        "select need_id from project_need join project on project.id = project_id "
        "where project_id <> $id and status <> all($idle)",
        {"id": project_id, "idle": list(IDLE)},
    )
    return {need_id for (need_id,) in found}


def _move_on(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    to: Callable[[Mapping[str, Any]], NeedStatus],
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Bring the needs that this project alone holds to where `to` says; the others only hear of it."""
    held = _held(tx, project_id)
    for need_id in _needs(tx, project_id):
        row = followers.row_of(tx, need_id)
        if row["status"] == NeedStatus.PROJECT and need_id not in held:
            followers.go_on(tx, actor, need_id, to(row), step, told, now=now)
        else:
            _note(tx, actor, followers.pins_in(tx, [need_id]), step, told, now=now)


def _own(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    before: Sequence[Status],
    after: Status,
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Bring the pins that a project answers directly, and that stand in no need, with it.

    Those that stand in one of its needs were told with that need.
    """
    params = {"id": project_id, "public": sorted(PUBLIC)}
    own = tx.execute(
        "select id from pin join project_pin on pin_id = id where project_id = $id "
        "and status = any($public) and (need_id is null or need_id not in "
        "(select need_id from project_need where project_id = $id)) order by id",
        params,
    )
    ids = [pin_id for (pin_id,) in own]
    tx.execute(
        "update pin set status = $after, changed_at = $now "
        "where id = any($ids) and need_id is null and status = any($before)",
        {"ids": ids, "before": list(before), "after": after, "now": trail.utc(now)},
    )
    _note(tx, actor, ids, step, told, now=now)


def _note(
    tx: Transaction,
    actor: Actor,
    pin_ids: Sequence[str],
    step: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    trail.note_many(tx, actor, Act.PROJECT_MOVE, "pin", pin_ids, now=now, step=step, details=told)
    if step in ANSWERS:
        tx.execute(
            "update pin set answered_at = coalesce(answered_at, $now) where id = any($ids)",
            {"ids": list(pin_ids), "now": trail.utc(now)},
        )
