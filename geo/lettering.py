"""Lettering of the basemap: which name stands where, from which zoom on, without overlaps."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString, Point, Polygon, affinity
from shapely.ops import substring

ZOOMS = range(14, 20)
UNIT_ZOOM = 17  # one map unit is one pixel at this zoom
LINE = 1.12  # line height in em
GROWTH = {18: 1.12, 19: 1.25}  # letters at the nearest zooms, against all others
BEND = 38  # degrees a street's name may turn altogether
NARROW, WIDE = set("fijlrtI-./,' "), set("mwMWABCDEGHKNOQRUVXÄÖÜ")


def units(zoom: int) -> float:
    """Count the map units of one screen pixel at a zoom.

    >>> units(17), units(14), units(19)
    (1.0, 8.0, 0.25)
    """
    return 2.0 ** (UNIT_ZOOM - zoom)


def em(size: float, zoom: int) -> float:
    """Measure a letter size in map units at a zoom; close up, letters grow a little.

    >>> em(12, 17), em(12, 19)
    (12.0, 3.75)
    """
    return size * GROWTH.get(zoom, 1.0) * units(zoom)


def width(text: str, size: float) -> float:
    """Estimate the width of a text in pixels, generously: fonts differ between systems.

    >>> width("", 12), width("Spree", 10) < width("Mariannenplatz", 10)
    (0, True)
    """
    ems = sum(0.34 if c in NARROW else 0.76 if c in WIDE else 0.58 for c in text)
    return ems * size


def wrapped(text: str, longest: int = 15) -> tuple[str, ...]:
    """Break a long name into two lines at the gap nearest to its middle.

    >>> wrapped("Görlitzer Park"), wrapped("Heinrich-Zille-Grundschule")
    (('Görlitzer Park',), ('Heinrich-Zille-', 'Grundschule'))
    >>> wrapped("")
    ('',)
    """
    gaps = [i + 1 for i, c in enumerate(text) if c in " -/" and 2 < i < len(text) - 3]
    if len(text) <= longest or not gaps:
        return (text,)
    cut = min(gaps, key=lambda gap: abs(gap - len(text) / 2))
    return text[:cut].strip(), text[cut:].strip()


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be placed; where it may stand is `line`, `ground`, or `at` (map units).

    `size` is in screen pixels, `first` the lowest zoom wanted, `gap` the pixels after which
    a name along a line repeats (0: never), `lift` moves a name off its line (em), then to
    the side where the ground is not; `clear` keeps it off the sign on its spot (em).
    """

    text: str
    style: str
    size: float
    first: int
    line: LineString | None = None
    ground: Polygon | None = None
    at: tuple[float, float] | None = None
    gap: float = 0
    lift: float = 0
    centred: bool = False
    clear: float = 0.75


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: visible from `zoom` on; `anchor`, `dx`, `dy` (em) as SVG has them."""

    name: Name
    zoom: int
    lines: tuple[str, ...]
    path: tuple[tuple[float, float], ...] = ()
    at: tuple[float, float] = (0, 0)
    angle: float = 0
    anchor: str = "middle"
    dx: float = 0
    dy: float = 0
    lift: float = 0

    def footprint(self, zoom: int) -> Polygon:
        """Outline the ground the label covers at a zoom, in map units."""
        high = em(self.name.size, zoom)
        wide = max(width(line, high) for line in self.lines)
        if self.path:
            return _along(self.path, wide, high, self.lift)
        left = {"start": 0.0, "middle": -wide / 2, "end": -wide}[self.anchor] + self.dx * high
        top = (self.dy - 0.85) * high
        right, low = left + wide, top + len(self.lines) * LINE * high
        turn, (x, y) = math.radians(self.angle), self.at
        cos, sin = math.cos(turn), math.sin(turn)
        corners = ((left, top), (right, top), (right, low), (left, low))
        return Polygon([(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in corners])


def _along(path: Sequence[tuple[float, float]], wide: float, high: float, lift: float) -> Polygon:
    line = LineString(path)
    """Outline letters on a line; lifted ones stand above it (the paper's y grows downwards)."""
    piece = substring(line, (line.length - wide) / 2, (line.length + wide) / 2)
    ground = piece.buffer(0.62 * high, cap_style="flat")
    if not lift:
        return ground
    (x1, y1), (x2, y2) = piece.coords[0], piece.coords[-1]
    aside = lift * high / (math.hypot(x2 - x1, y2 - y1) or 1)
    return affinity.translate(ground, (y2 - y1) * aside, (x1 - x2) * aside)


def place(names: Sequence[Name], taken: Sequence[tuple[tuple[float, float], float]]) -> list[Label]:
    """Place names greedily, in their order, at every zoom from far to near.

    `taken` are signs that stay free at all zooms: (centre in map units, side in pixels).
    A placed label stays at all nearer zooms, where it covers less ground, so that what
    does not overlap once never does.
    """
    labels: list[Label] = []
    for zoom in ZOOMS:
        signs = [Point(at).buffer(side / 2 * units(zoom), cap_style="square") for at, side in taken]
        covered = [label.footprint(zoom) for label in labels] + signs
        for name in names:
            if zoom >= name.first:
                _letter(name, zoom, labels, covered)
    return labels


def _letter(name: Name, zoom: int, labels: list[Label], covered: list[Polygon]) -> None:
    """Put a name wherever it fits at a zoom, once, or repeatedly along its line."""
    mine = [label for label in labels if label.name.text == name.text]
    if mine and not name.gap:
        return
    for label in _choices(name, zoom):
        if name.gap and any(_too_close(label, other, name.gap * units(zoom)) for other in mine):
            continue
        ground = label.footprint(zoom)
        if covered and shapely.intersects(covered, ground.buffer(3 * units(zoom))).any():
            continue
        labels.append(label)
        mine.append(label)
        covered.append(ground)
        if not name.gap:
            return


def _too_close(label: Label, other: Label, gap: float) -> bool:
    """Tell whether the middles of two labels lie nearer than a gap (map units)."""
    return bool(other.path) and math.dist(label.at, other.at) < gap


def _choices(name: Name, zoom: int) -> Iterator[Label]:
    if name.line is not None:
        return _on_line(name, name.line, zoom)
    if name.ground is not None and name.at is None:
        return _on_ground(name, name.ground, zoom)
    return _beside(name, zoom)


def _on_line(name: Name, line: LineString, zoom: int) -> Iterator[Label]:
    """Try a name along its line, from the middle outwards, never upside down."""
    wide = width(name.text, em(name.size, zoom))
    room = wide * 1.16
    steps = int((line.length - room) / (wide / 3)) + 1 if line.length >= room else 0
    starts = [(line.length - room) * (i + 0.5) / steps for i in range(steps)]
    for start in sorted(starts, key=lambda s: abs(s + room / 2 - line.length / 2)):
        path = [(x, y) for x, y in substring(line, start, start + room).coords]
        if _bend(path) > BEND:
            continue
        if path[0][0] > path[-1][0]:
            path.reverse()
        middle = line.interpolate(start + room / 2)
        for lift in (name.lift, -name.lift) if name.lift else (0.0,):
            label = Label(
                name, zoom, (name.text,), path=tuple(path), at=(middle.x, middle.y), lift=lift
            )
            if name.ground is None or not name.ground.intersects(label.footprint(zoom).centroid):
                yield label


def _bend(path: Sequence[tuple[float, float]]) -> float:
    """Sum up how far a line turns, in degrees."""
    ways = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in itertools.pairwise(path) if a != b]
    turns = (abs((b - a + math.pi) % math.tau - math.pi) for a, b in itertools.pairwise(ways))
    return math.degrees(sum(turns))


def _on_ground(name: Name, ground: Polygon, zoom: int) -> Iterator[Label]:
    """Try a name within a water or park; on water it may be turned to follow the banks."""
    turned = name.style == "water"
    shrink = ground if turned else ground.buffer(em(name.size, zoom) * 0.9)
    shapely.prepare(shrink)
    lines = (name.text,) if turned else wrapped(name.text, 12)
    angles = (0, *(a for step in range(10, 90, 10) for a in (-step, step))) if turned else (0,)
    for at in _points(ground):
        for angle in angles:
            dy = 0.33 - (len(lines) - 1) * LINE / 2
            label = Label(name, zoom, lines, at=at, angle=angle, dy=dy)
            if shrink.contains(label.footprint(zoom)):
                yield label


def _points(ground: Polygon) -> list[tuple[float, float]]:
    """List places within a ground, its widest place first, then by distance from there."""
    tolerance = max(1.0, math.sqrt(ground.area) / 50)
    widest = Point(shapely.maximum_inscribed_circle(ground, tolerance=tolerance).coords[0])
    west, south, east, north = ground.bounds
    step = max((east - west) / 40, (north - south) / 40, 4)
    grid = [
        Point(west + step * i, south + step * j)
        for i in range(1, int((east - west) / step) + 1)
        for j in range(1, int((north - south) / step) + 1)
    ]
    inside = [p for p in grid if ground.contains(p)]
    ranked = sorted(inside, key=lambda p: round(p.distance(widest), 1))
    return [(p.x, p.y) for p in (widest, *ranked)]


def _beside(name: Name, zoom: int) -> Iterator[Label]:
    """Try a name on its spot, or beside, under and over the spot's sign."""
    assert name.at is not None
    lines = wrapped(name.text)
    middle = 0.33 - (len(lines) - 1) * LINE / 2
    if name.centred:
        yield Label(name, zoom, lines, at=name.at, dy=middle)
    aside, under = name.clear, name.clear + 0.8
    over = -name.clear - 0.1 - (len(lines) - 1) * LINE
    yield Label(name, zoom, lines, at=name.at, dy=under)
    yield Label(name, zoom, lines, at=name.at, anchor="start", dx=aside, dy=middle)
    yield Label(name, zoom, lines, at=name.at, anchor="end", dx=-aside, dy=middle)
    yield Label(name, zoom, lines, at=name.at, dy=over)
