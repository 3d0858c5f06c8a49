"""The area's map on paper: which part of it, its grid of squares, where numbered pins stand."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo import grid
from geo.area import Area
from geo.basemap import METRE, SCALE, drawing
from geo.lettering import UNIT_ZOOM, ZOOMS
from geo.points import LonLat

ROOM = 0.2  # of the area's height and width, usually seen around it on each side
SQUARE = 100 * METRE  # side of a grid's square in map units: 100 metres
LETTER = 11  # a street name's height at the size for which names were placed
BAR = (50, 100, 200, 500, 1000)  # metres


@dataclass(frozen=True)
class Window:
    """The part of the map on a sheet, in map units from the drawing's upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return 0 <= x - self.left <= self.width and 0 <= y - self.top <= self.height


def spot(area: Area, place: LonLat) -> tuple[float, float]:
    """Find where a place lies on the drawing, in map units from its upper left corner."""
    left, top = grid.pixels(LonLat(area.box[0], area.box[3]))
    x, y = grid.pixels(place)
    return (x - left) / SCALE, (y - top) / SCALE


@lru_cache(maxsize=16)
def window(area: Area, aspect: float, room: float = ROOM) -> Window:
    """Choose what a sheet shows: the area with some room around it; aspect is width by height."""
    return _fitted(area, _bounds(area), aspect, room)


def window_of(area: Area, places: Sequence[LonLat], aspect: float, room: float = ROOM) -> Window:
    """Choose as `window` does, or more if a place lies outside of it."""
    usual = window(area, aspect, room)
    spots = [spot(area, place) for place in places]
    if all(usual.holds(x, y) for x, y in spots):
        return usual
    left, top, right, bottom = _bounds(area)
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wider = (min(left, *xs), min(top, *ys), max(right, *xs), max(bottom, *ys))
    return _fitted(area, wider, aspect, room)


def window_around(area: Area, places: Sequence[LonLat], aspect: float, metres: float) -> Window:
    """Choose the part of the map with all of some places and so many metres around them."""
    spots, room = [spot(area, place) for place in places], metres * METRE
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    near = (min(xs) - room, min(ys) - room, max(xs) + room, max(ys) + room)
    return _fitted(area, near, aspect, 0)


def square(area: Area, place: LonLat, aspect: float) -> str:
    """Name the square of the printed grid in which a place lies; '' outside of it."""
    home = window(area, aspect)
    x, y = spot(area, place)
    if not home.holds(x, y):
        return ""
    return f"{column(int((x - home.left) // SQUARE))}{int((y - home.top) // SQUARE) + 1}"


def column(number: int) -> str:
    """Name a column of the grid, counted from 0.

    >>> column(0), column(25), column(26)
    ('A', 'Z', 'AA')
    """
    more, last = divmod(number, 26)
    return (column(more - 1) if more else "") + chr(ord("A") + last)


def lettering(millimetres: float, letters: float) -> tuple[int, float]:
    """Choose the zoom of a map's names and its `--u` from millimetres a map unit and a name.

    Names were placed for their zoom; they are never larger than that, so that none overlaps.

    >>> lettering(0.18, 3.0)
    (16, 1.515)
    """
    wanted = letters / (LETTER * millimetres)
    zoom = max(ZOOMS[0], min(ZOOMS[-1], math.floor(UNIT_ZOOM - math.log2(wanted))))
    return zoom, round(min(wanted, 2.0 ** (UNIT_ZOOM - zoom)), 3)


def bar(millimetres: float, longest: float) -> tuple[int, float]:
    """Choose a scale bar of at most `longest` millimetres: its metres and its millimetres.

    >>> bar(0.2, 60)
    (200, 55.0)
    """
    fitting = [metres for metres in BAR if metres * METRE * millimetres <= longest] or [BAR[0]]
    return fitting[-1], round(fitting[-1] * METRE * millimetres, 2)


def drawn(area: Area, seen: Window, zoom: int, *, edge: float, width: float, height: float) -> str:
    """Draw a window of the map as an SVG within another one, `edge` from its sides.

    The style (`geo.basemap.style`) and `--u` on `.paper` are the page's.
    """
    body, _, _ = drawing(area)
    box = f"{seen.left:.1f} {seen.top:.1f} {seen.width:.1f} {seen.height:.1f}"
    return (
        f'<svg class="basemap paper at-{zoom}" x="{edge}" y="{edge}" width="{width}" '
        f'height="{height}" viewBox="{box}" preserveAspectRatio="none">{body}</svg>'
    )


def apart(points: Sequence[tuple[float, float]], far: float) -> list[tuple[float, float]]:
    """Move marks that would hide one another aside, as little as possible, so that all are read.

    >>> apart([(0, 0), (50, 0)], 10)
    [(0, 0), (50, 0)]
    >>> apart([(0, 0), (0, 0)], 10)[1] != (0, 0)
    True
    """
    kept: list[tuple[float, float]] = []
    for point in points:
        kept.append(next(one for one in _around(point, far) if _is_free(one, kept, far)))
    return kept


def _around(point: tuple[float, float], far: float) -> Iterator[tuple[float, float]]:
    """Yield places in growing rings around a point; some ring is always free."""
    yield point
    ring = 0
    while True:
        ring += 1
        for turn in range(6 * ring):
            angle = math.tau * turn / (6 * ring) - math.pi / 2
            reach = far * 1.02 * ring
            yield point[0] + reach * math.cos(angle), point[1] + reach * math.sin(angle)


def _is_free(point: tuple[float, float], kept: Sequence[tuple[float, float]], far: float) -> bool:
    return all(math.dist(point, other) >= far for other in kept)


def _bounds(area: Area) -> tuple[float, float, float, float]:
    west, south, east, north = area.boundary.bounds
    return (*spot(area, LonLat(west, north)), *spot(area, LonLat(east, south)))


def _fitted(
    area: Area, inner: tuple[float, float, float, float], aspect: float, room: float
) -> Window:
    """Give a box some room and the sheet's proportions, within the drawing as far as it reaches."""
    left, top, right, bottom = inner
    _, most_wide, most_high = drawing(area)
    width, height = (right - left) * (1 + 2 * room), (bottom - top) * (1 + 2 * room)
    width, height = max(width, height * aspect), max(height, width / aspect)
    shrink = min(1.0, most_wide / width, most_high / height)
    width, height = width * shrink, height * shrink
    x = max(0.0, min((left + right - width) / 2, most_wide - width))
    y = max(0.0, min((top + bottom - height) / 2, most_high - height))
    return Window(x, y, width, height)
