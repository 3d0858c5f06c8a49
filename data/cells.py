"""What the map shows of a window: clusters of pins, by one query over integer cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from data import columns as pin_columns
from data import filters, pins
from data.filters import Box, Filter
from data.rules import Actor, PinId
from data.store import Store
from geo import grid
from geo.points import LonLat

CELL_PIXELS_LOG2 = 6  # a cluster gathers what lies within 64 x 64 screen pixels
SINGLE_FROM = 19  # at this zoom only pins on the very same spot stay together


@dataclass(frozen=True)
class Single:
    """One pin of a spot, to be drawn beside the others."""

    pin: PinId
    number: int
    kind: str
    waiting: bool  # not public yet


@dataclass(frozen=True)
class Cell:
    """Pins that are drawn as one: where (their mean place), how many of each kind, who if alone."""

    at: LonLat
    strengths: int
    problems: int
    ideas: int
    pin: PinId | None  # the id when it is a single one
    waiting: bool  # none of them is public yet


def in_view(
    store: Store,
    actor: Actor,
    wanted: Filter,
    view: Box,
    *,
    zoom: int,
    own: Iterable[PinId] = (),
    limit: int = 1_000_000,
) -> list[Cell]:
    """Cluster the pins of a window under a filter, as far as the actor may see them.

    The filter's own window and the map's are both kept to. Zoom is the map's, 0 to 22.
    No more than `limit` cells are built, whichever come first.
    """
    shift = grid.shift(zoom, CELL_PIXELS_LOG2 if zoom < SINGLE_FROM else 3)
    scope = pins.scope(actor, own)
    view = _cut(view, wanted.box)
    columns = pin_columns.of(store)
    rows = columns and columns.clusters(store, wanted, scope, view, shift=shift, limit=limit)
    if columns and rows is not None:
        ids = columns.pins([row.number for row in rows if row.pins == 1])
    else:
        rows = _asked(store, replace(wanted, box=view), scope, shift=shift, limit=limit)
        ids = _ids(store, [row[5] for row in rows if row[2] == 1])
    return [
        Cell(grid.place(mx, my), int(s), int(p), n - int(s) - int(p), ids.get(number), not public)
        for mx, my, n, s, p, number, public in rows
    ]


def _asked(
    store: Store, wanted: Filter, scope: filters.Scope, *, shift: int, limit: int
) -> list[Any]:
    where, params = filters.where(wanted, scope)
    return store.read(
        "select avg(mx), avg(my), count(*), "  # noqa: S608
        "sum(case kind when 'strength' then 1 else 0 end), "
        "sum(case kind when 'problem' then 1 else 0 end), "
        f"min(number), {_public(scope)} "
        f"from pin where {where} group by mx >> $shift, my >> $shift "
        "limit $limit",
        {**params, "shift": shift, "limit": limit},
    )


def at_spot(
    store: Store, actor: Actor, wanted: Filter, spot: Box, *, limit: int = 100
) -> list[Single]:
    """List the pins of a spot under a filter, as far as the actor may see them, by number."""
    where, params = filters.where(replace(wanted, box=_cut(spot, wanted.box)), pins.scope(actor))
    rows = store.read(
        f"select id, number, kind, status from pin where {where} order by number limit $limit",  # noqa: S608
        {**params, "limit": limit},
    )
    return [
        Single(PinId(pin_id), number, kind, status not in pins.PUBLIC)
        for pin_id, number, kind, status in rows
    ]


def _ids(store: Store, numbers: list[int]) -> dict[int, PinId]:
    """Look up the single pins by number: the least of a number costs half of the least of an id."""
    if not numbers:
        return {}
    found = store.read(
        "select number, id from pin where number = any($numbers)", {"numbers": numbers}
    )
    return {number: PinId(pin_id) for number, pin_id in found}


def _public(scope: filters.Scope) -> str:
    """Write whether a cell holds a public pin; not asked of every pin where all of them are."""
    if not scope.ids and set(pins.Status) - pins.PUBLIC <= set(scope.hidden):
        return "1"
    return "max(case status when 'waiting' then 0 when 'hidden' then 0 else 1 end)"


def _cut(view: Box, wanted: Box | None) -> Box:
    if wanted is None:
        return view
    return Box(
        max(view.west, wanted.west),
        max(view.south, wanted.south),
        min(view.east, wanted.east),
        min(view.north, wanted.north),
    )
