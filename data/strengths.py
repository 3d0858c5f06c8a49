"""Strengths near a need: pins that say what is good there, and those that must not be broken."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from data import followers, pins, rules, trail
from data.followers import NeedId
from data.pins import PUBLIC, Kind, Pin
from data.problems import Conflict
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo.grid import cell
from geo.points import METRES_PER_DEGREE, LonLat

NEAR_METRES = 150
_SHOWN = "kind = 'strength' and status = any($public)"
_LINKED = "(need_id = $need or need_id in (select id from need where gone = $need))"
# Distances are measured from every place of the need's pins, to about ten metres
NEAREST = f"""
    select id, field = $field as fits,
        min(power((pin.lon - spot.lon) * $wide, 2) + power((pin.lat - spot.lat) * $high, 2)) as far
    from pin cross join (
        select distinct round(lon, 4) as lon, round(lat, 4) as lat from pin where need_id = $need
    ) as spot
    where {_SHOWN} and need_id is distinct from $need
        and mx between $west and $east and my between $north and $south
        and id not in (select pin_id from need_strength where {_LINKED})
    group by id, field
    having min(power((pin.lon - spot.lon) * $wide, 2) + power((pin.lat - spot.lat) * $high, 2)) <= $most
    order by fits desc, far, id limit $limit
"""  # noqa: S608


@dataclass(frozen=True)
class Nearby:
    """A strength near a need, how far in metres, and whether it is in the need's field."""

    pin: Pin
    metres: float
    fits: bool


def near(
    store: Store, actor: Actor, need_id: NeedId, *, within_m: float = NEAR_METRES, limit: int = 6
) -> list[Nearby]:
    """List public strengths near any of a need's pins: the same field first, then the nearest.

    Those that are linked already, and those that are part of the need itself, are left out.
    """
    rules.check(actor, Act.NEED_READ)
    field = store.read("select field from need where id = $id", {"id": need_id})
    window = _window(store, need_id, within_m)
    if not field or not window:
        return []
    rows = store.read(
        NEAREST,
        {
            **window,
            "need": need_id,
            "field": field[0][0],
            "public": sorted(PUBLIC),
            "most": within_m**2,
            "limit": limit,
        },
    )
    loaded = _pins(store, actor, [row[0] for row in rows])
    return [
        Nearby(loaded[pin_id], math.sqrt(far), fits)
        for pin_id, fits, far in rows
        if pin_id in loaded
    ]


def linked(store: Store, actor: Actor, need_ids: Collection[NeedId]) -> list[Pin]:
    """List the strengths that some needs must not break, in the order in which they were linked.

    One that is withdrawn, hidden or no strength any more is left out; those of a need that was
    merged into one of these come with it.
    """
    rules.check(actor, Act.NEED_READ)
    rows = store.read(
        "select pin_id, min(linked_at) from need_strength where need_id = any($ids) "
        "or need_id in (select id from need where gone = any($ids)) "
        "group by pin_id order by min(linked_at), pin_id",
        {"ids": list(need_ids)},
    )
    return list(_pins(store, actor, [row[0] for row in rows]).values())


def link(store: Store, actor: Actor, need_id: NeedId, pin_id: PinId, *, now: datetime) -> None:
    """Say that a need must not break a strength; Conflict when that is not public any more."""
    rules.check(actor, Act.NEED_WRITE)

    def job(tx: Transaction) -> None:
        followers.row_of(tx, need_id)
        asked = {"id": pin_id, "public": sorted(PUBLIC)}
        if not tx.execute(f"select id from pin where id = $id and {_SHOWN}", asked):  # noqa: S608
            raise Conflict("strength.gone")
        made = tx.execute(
            "insert into need_strength values ($need, $pin, $person, $now) "
            "on conflict (need_id, pin_id) do nothing returning pin_id",
            {"need": need_id, "pin": pin_id, "person": actor.person, "now": trail.utc(now)},
        )
        if made:
            _note(tx, actor, need_id, {"strength": pin_id}, now=now)

    store.write(job)


def unlink(store: Store, actor: Actor, need_id: NeedId, pin_id: PinId, *, now: datetime) -> None:
    """Undo the link, also one that came with a merged need; nothing happens without one."""
    rules.check(actor, Act.NEED_WRITE)

    def job(tx: Transaction) -> None:
        gone = tx.execute(
            f"delete from need_strength where pin_id = $pin and {_LINKED} returning pin_id",  # noqa: S608
            {"need": need_id, "pin": pin_id},
        )
        if gone:
            _note(tx, actor, need_id, {"strength": pin_id, "undone": True}, now=now)

    store.write(job)


# --- inside -----------------------------------------------------------------


def _note(
    tx: Transaction, actor: Actor, need_id: NeedId, told: dict[str, object], *, now: datetime
) -> None:
    trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=told)


def _window(store: Store, need_id: NeedId, within_m: float) -> dict[str, float]:
    """Return the window round a need's pins in grid cells, and metres per degree there."""
    [(west, south, east, north)] = store.read(
        "select min(lon), min(lat), max(lon), max(lat) from pin where need_id = $id",
        {"id": need_id},
    )
    if west is None:
        return {}
    high = METRES_PER_DEGREE
    wide = high * math.cos(math.radians((south + north) / 2))
    left, top = cell(LonLat(west - within_m / wide, north + within_m / high))
    right, bottom = cell(LonLat(east + within_m / wide, south - within_m / high))
    return {"west": left, "north": top, "east": right, "south": bottom, "wide": wide, "high": high}


def _pins(store: Store, actor: Actor, ids: Sequence[str]) -> dict[str, Pin]:
    """Load public strengths by id, in this order; what is none any more is left out."""
    found = {pin.id: pin for pin in pins.by_ids(store, actor, map(PinId, ids))}
    ordered = (found[PinId(pin_id)] for pin_id in ids if pin_id in found)
    return {pin.id: pin for pin in ordered if pin.kind == Kind.STRENGTH and pin.status in PUBLIC}
