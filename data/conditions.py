"""The parts of a filter's condition that take more than a comparison: a shape, flags, voices."""

from collections.abc import Sequence
from typing import Any

from geo import grid, shapes
from geo.points import LonLat

Part = tuple[list[str], dict[str, Any]]


def in_shape(shape: Sequence[LonLat]) -> Part:
    """Write that a pin lies in a shape: its window first, then the even-odd rule over cells.

    Whole numbers alone: a pin lies inside when an odd number of edges runs to the east of it.
    Joined with the edges (100,000 pins and 60 corners: 31 ms; as one long condition 105 ms).
    """
    edges = shapes.edges(shape)
    if not edges:
        return [], {}
    cells = [grid.cell(at) for at in shape]
    (west, east), (north, south) = ((min(ends), max(ends)) for ends in zip(*cells, strict=True))
    window = f"mx between {west} and {east} and my between {north} and {south}"
    return [
        window,
        "number in (select number from pin "  # noqa: S608
        f"join (values {', '.join(map(str, edges))}) as edge(x1, y1, x2, y2) "
        "on my >= y1 and my < y2 "
        "and (mx - x1) * cast(y2 - y1 as bigint) < (my - y1) * cast(x2 - x1 as bigint) "
        f"where {window} group by number having count(*) % 2 = 1)",
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
