"""Shapes drawn on the map by hand: a ring of places, closed by itself, and what lies in it; lines."""

from collections.abc import Sequence

import shapely

from geo import grid
from geo.points import LonLat, is_place

FEWEST, MOST = 3, 60  # corners
FEWEST_OF_LINE = 2
WIDEST = 1.0  # degrees from edge to edge: nobody draws more than a city


def contains(shape: Sequence[LonLat], at: LonLat) -> bool:
    """Tell whether a place lies in a shape; a place on its very edge may count either way.

    >>> square = [LonLat(0, 0), LonLat(2, 0), LonLat(2, 2), LonLat(0, 2)]
    >>> contains(square, LonLat(1, 1)), contains(square, LonLat(3, 1)), contains([], LonLat(1, 1))
    (True, False, False)
    """
    return inside(shape, [at])[0]


def inside(shape: Sequence[LonLat], places: Sequence[LonLat]) -> list[bool]:
    """Tell of each place whether it lies in a shape; where it crosses itself, by the even-odd rule.

    >>> inside([LonLat(0, 0), LonLat(2, 0), LonLat(0, 2)], [LonLat(0.5, 0.5), LonLat(2, 2)])
    [True, False]
    >>> inside([], [LonLat(1, 1)]), inside([LonLat(0, 0), LonLat(2, 0), LonLat(0, 2)], [])
    ([False], [])
    """
    if len(shape) < FEWEST:
        return [False] * len(places)
    ring = shapely.Polygon(shape)
    shapely.prepare(ring)
    return shapely.contains_xy(ring, [at.lon for at in places], [at.lat for at in places]).tolist()


def is_shape(places: Sequence[tuple[object, object]]) -> bool:
    """Tell whether pairs (lon, lat) are a shape: enough corners, real places, not absurdly wide.

    >>> is_shape([(13.42, 52.5), (13.43, 52.5), (13.43, 52.51)])
    True
    >>> is_shape([(13.42, 52.5), (13.43, 52.5)]), is_shape([(0.0, 0.0), (90.0, 0.0), (0.0, 45.0)])
    (False, False)
    """
    if not FEWEST <= len(places) <= MOST or not all(is_place(*place) for place in places):
        return False
    lons, lats = zip(*places, strict=True)
    wide, high = max(lons) - min(lons), max(lats) - min(lats)
    return 0 < wide <= WIDEST and 0 < high <= WIDEST


def is_line(places: Sequence[tuple[object, object]]) -> bool:
    """Tell whether pairs (lon, lat) are an open line: two real places or more, not absurdly long.

    >>> is_line([(13.42, 52.5), (13.43, 52.5)]), is_line([(13.42, 52.5)]), is_line([])
    (True, False, False)
    >>> is_line([(13.42, 52.5), (13.42, 52.5)]), is_line([(0.0, 0.0), (90.0, 0.0)])
    (False, False)
    """
    if not FEWEST_OF_LINE <= len(places) <= MOST or not all(is_place(*place) for place in places):
        return False
    lons, lats = zip(*places, strict=True)
    return 0 < max(max(lons) - min(lons), max(lats) - min(lats)) <= WIDEST


def middle(places: Sequence[LonLat], *, line: bool) -> LonLat:
    """Return a place in the middle of an open line, or inside a closed shape.

    >>> middle([LonLat(0, 0), LonLat(2, 0)], line=True)
    LonLat(lon=1.0, lat=0.0)
    >>> middle([LonLat(0, 0), LonLat(2, 0), LonLat(2, 2), LonLat(0, 2)], line=False)
    LonLat(lon=1.0, lat=1.0)
    """
    if line:
        found = shapely.LineString(places).interpolate(0.5, normalized=True)
    else:
        found = shapely.make_valid(shapely.Polygon(places)).representative_point()
    return LonLat(found.x, found.y)


def edges(shape: Sequence[LonLat]) -> list[tuple[int, int, int, int]]:
    """List a shape's edges over the grid's cells as (mx, my, mx, my), the northern end first.

    Edges that run exactly east to west are left out: the even-odd rule never meets them.

    >>> len(edges([LonLat(0, 0), LonLat(2, 0), LonLat(2, 2), LonLat(0, 2)])), edges([])
    (2, [])
    """
    corners = [grid.cell(at) for at in shape]
    ends = zip(corners, corners[1:] + corners[:1], strict=True)
    ordered = (sorted(pair, key=lambda corner: corner[1]) for pair in ends)
    return [(*a, *b) for a, b in ordered if a[1] != b[1]]
