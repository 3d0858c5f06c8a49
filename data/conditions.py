"""The parts of a filter's condition that take more than a comparison: a shape, flags, voices."""

from collections.abc import Sequence
from typing import Any

from geo import grid, shapes
from geo.points import LonLat

Part = tuple[list[str], dict[str, Any]]


def in_shape(shape: Sequence[LonLat]) -> Part:
    """Write that a pin lies in a shape: its window first, then the even-odd rule over cells.

    Whole numbers alone: an edge is crossed to the east of a pin when the pin lies between its two
    ends from north to south, and to the west of its line. Odd means inside.
    """
    if not shape:
        return [], {}
    cells = [grid.cell(at) for at in shape]
    (west, east), (north, south) = ((min(ends), max(ends)) for ends in zip(*cells, strict=True))
    crossed = [
        f"case when my >= {y1} and my < {y2} and "
        f"(mx - {x1}) * cast({y2 - y1} as bigint) < (my - {y1}) * cast({x2 - x1} as bigint) "
        "then 1 else 0 end"
        for x1, y1, x2, y2 in shapes.edges(shape)
    ]
    return [
        f"mx between {west} and {east}",
        f"my between {north} and {south}",
        f"({' + '.join(crossed) or '0'}) % 2 = 1",
    ], {}


def supported(least: int) -> Part:
    """Write that at least so many others support a pin."""
    if least < 1:
        return [], {}
    sql = "id in (select pin_id from support group by pin_id having count(*) >= $support)"
    return [sql], {"support": least}


def flagged(flags: Sequence[str]) -> Part:
    """Write that a pin has one of some flags that nobody has dismissed (data/reading.py)."""
    if not flags:
        return [], {}
    gone = "(select pin_id from flag_dismissed where flag = '{}')"
    raised = (
        "id in (select pin_id from pin_flag where flag = any($flags) and not exists (select 1 "
        "from flag_dismissed d where d.pin_id = pin_flag.pin_id and d.flag = pin_flag.flag))"
    )
    if "outside" in flags:  # known of every pin at once
        raised = f"({raised} or (not inside and id not in {gone.format('outside')}))"
    return [raised], {"flags": list(flags)}
