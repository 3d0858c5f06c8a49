"""The basemap: an area drawn as one SVG that needs nothing from outside, for screen and print."""

import itertools
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo import grid
from geo.area import STREET_CLASSES, Area, Line, Shape, Spot
from geo.lettering import GROWTH, LINE, UNIT_ZOOM, ZOOMS, Label, Name, place
from geo.points import LonLat

SCALE = 2 ** (grid.ZOOM - UNIT_ZOOM)
METRE = 1.375  # map units at 52.5 degrees north
PRINT = 2  # units per pixel when nobody says otherwise: a zoom of 16

# class: (real width in metres, least width in pixels)
WIDTHS = {
    "primary": (16, 4.4),
    "secondary": (13, 3.8),
    "tertiary": (10.5, 3),
    "minor": (8.5, 2.2),
    "service": (5, 1.6),
    "footway": (2.5, 1),
}
BIG = {"primary": 12.5, "secondary": 12, "tertiary": 11.5}  # letters of wide streets in pixels
TINY = 2_000  # map units squared, about 1,000 square metres: too small to write on

STYLE = """
.basemap{--u:%(print)s;direction:ltr;pointer-events:none;background:#f5f1e9;
 font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
.basemap path,.basemap rect{stroke-linejoin:round}
.basemap .land{fill:#f5f1e9}
.basemap .block{fill:#ebe5da}
.basemap .square{fill:#f3ead8}
.basemap .green{fill:#dfe9cf}
.basemap .park{fill:#cfe0b8}
.basemap .water{fill:#b7d3e2;stroke:#93b9cd;stroke-width:calc(var(--u)*.8px)}
.basemap .building{fill:#d3c4af;stroke:#a4917a;stroke-width:calc(var(--u)*.8px)}
.basemap .church{fill:#c4b1a0}
.basemap .school{fill:#dcc9a4}
.basemap .case,.basemap .way{fill:none;stroke-linecap:round}
.basemap .case{stroke:#d3cabb}
.basemap .way{stroke:#fff}
.basemap .footway{stroke-dasharray:calc(var(--u)*3px) calc(var(--u)*2px)}
%(streets)s
.basemap .rail{fill:none;stroke:#7d7a80;stroke-width:max(calc(var(--u)*2px),3px)}
.basemap .ties{fill:none;stroke:#fff;stroke-width:max(calc(var(--u)*1px),1.6px);
 stroke-dasharray:calc(var(--u)*6px) calc(var(--u)*6px)}
.basemap .tunnel{fill:none;stroke:#7f88a3;opacity:.75;stroke-width:calc(var(--u)*1.4px);
 stroke-dasharray:calc(var(--u)*2px) calc(var(--u)*4px)}
.basemap .veil{fill:#f7f4ee;fill-opacity:.38;fill-rule:evenodd}
.basemap .boundary{fill:none;stroke:#8a5a44;stroke-opacity:.85;stroke-width:calc(var(--u)*2px);
 stroke-dasharray:calc(var(--u)*9px) calc(var(--u)*5px)}
.basemap text{fill:#6a6054;stroke:#fffdf9;stroke-opacity:.88;stroke-width:calc(var(--u)*3px);
 stroke-linejoin:round;paint-order:stroke;text-anchor:middle}
.basemap .start{text-anchor:start}
.basemap .end{text-anchor:end}
.basemap .name-water{fill:#44708a;stroke:#c4dbe7;font-style:italic;letter-spacing:.04em}
.basemap .name-park{fill:#4d6b3a;stroke:#e2ecd3;font-style:italic}
.basemap .name-landmark{fill:#54463a;font-weight:600}
.basemap .name-facility{fill:#7a6a5a}
.basemap .name-station{fill:#1d4f86;font-weight:700}
.basemap .name-boundary{fill:#8a5a44;font-style:italic}
.basemap .name-big{fill:#5c5348;font-weight:500}
.basemap .dot{fill:none;stroke:#7a6652;stroke-width:calc(var(--u)*5px);stroke-linecap:round}
.basemap .dot-facility{stroke:#a99a88}
.basemap .dot-halo{fill:none;stroke:#fffdf9;stroke-width:calc(var(--u)*7.5px);stroke-linecap:round}
.basemap .badge{fill:none;stroke:#1f5fa6;stroke-width:calc(var(--u)*14px);stroke-linecap:square}
.basemap .badge-halo{fill:none;stroke:#fff;stroke-width:calc(var(--u)*17px);stroke-linecap:square}
.basemap .sign{fill:#fff;stroke:none;font-weight:700}
%(sizes)s
%(zooms)s
"""


@lru_cache(maxsize=8)
def svg(area: Area, *, labels: bool = True) -> str:
    """Draw the whole map of an area over its box, as text for an inline SVG.

    One user unit is a web-mercator pixel at zoom 17. The screen sets `--u`, the units per
    screen pixel (2 ** (17 - zoom)), and the class `at-13` to `at-19` on the root: strokes
    and letters then keep their size, and names appear from the zoom at which they fit.
    """
    body, width, height = drawing(area, labels=labels)
    title = quoteattr(f"{area.title}. {area.attribution}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="basemap at-16" data-zoom="16" lang="de"'
        f' role="img" aria-label={title} viewBox="0 0 {_n(width)} {_n(height)}">'
        f"<style>{style()}</style>{body}</svg>"
    )


@lru_cache(maxsize=8)
def drawing(area: Area, *, labels: bool = True) -> tuple[str, float, float]:
    """Draw what stands in the SVG, without its style; with the width and height in map units."""
    sheet = _Sheet(area)
    body = [*sheet.grounds(), *sheet.streets(), *sheet.rails(), *sheet.frame()]
    if labels:
        body += sheet.lettering()
    return "".join(body), sheet.width, sheet.height


def style() -> str:
    """Return the style of what is drawn; every rule begins with `.basemap`."""
    streets = "\n".join(
        f".basemap .way.{cls}{{stroke-width:max(calc(var(--u)*{least}px),{real * METRE:.1f}px)}}"
        f".basemap .case.{cls}{{stroke-width:calc(max(calc(var(--u)*{least}px),{real * METRE:.1f}px)"
        " + var(--u)*1.6px)}"
        for cls, (real, least) in WIDTHS.items()
    )
    sizes = "\n".join(
        f".basemap .s{size * 2:.0f}{{font-size:calc(var(--u)*var(--k,1)*{size}px)}}"
        for size in (9.5, 10, 10.5, 11, 11.5, 12, 12.5, 13)
    )
    hidden = [f".basemap.at-{at} .from-{zoom}" for zoom in ZOOMS for at in range(13, zoom)]
    growth = "".join(f".basemap.at-{zoom}{{--k:{k}}}" for zoom, k in GROWTH.items())
    zooms = ",".join(hidden) + "{display:none}\n" + growth
    return STYLE.strip() % {"print": PRINT, "streets": streets, "sizes": sizes, "zooms": zooms}


class _Sheet:
    """The paper: turns places into map units and shapes into path data."""

    def __init__(self, area: Area) -> None:
        west, south, east, north = area.box
        self.area = area
        self.left, self.top = (v / SCALE for v in grid.pixels(LonLat(west, north)))
        right, bottom = (v / SCALE for v in grid.pixels(LonLat(east, south)))
        self.width, self.height = right - self.left, bottom - self.top
        self.box = shapely.box(0, 0, self.width, self.height)
        wide = (*area.parks, *area.water)
        grounds = {s.name for s in wide if self.clipped(s.polygon).area > TINY}
        streets = {street.name for street in area.streets}
        named = {spot.name for spot in area.spots if spot.kind == "landmark"}
        self.squares = (streets & named) - grounds
        self.written = grounds | streets

    def xy(self, at: Iterable[float]) -> tuple[float, float]:
        """Put a place on the paper: units from the left and from the top."""
        lon, lat = at
        x, y = grid.pixels(LonLat(lon, lat))
        return x / SCALE - self.left, y / SCALE - self.top

    def clipped(self, shape: BaseGeometry) -> BaseGeometry:
        """Turn degrees into map units, cut at the paper's edge."""
        flat = shapely.transform(shape, lambda places: np.array([self.xy(p) for p in places]))
        return flat.intersection(self.box)

    def lines(self, lines: Iterable[Line]) -> list[LineString]:
        """Cut lines at the paper's edge and join what touches."""
        cut = self.clipped(MultiLineString([[tuple(p) for p in line] for line in lines]))
        merged = shapely.line_merge(cut) if cut.geom_type == "MultiLineString" else cut
        return [part for part in _parts(merged) if isinstance(part, LineString)]

    def grounds(self) -> Iterator[str]:
        """Draw blocks and squares, then green, water and buildings."""
        yield f'<path class="land" d="M0 0H{_n(self.width)}V{_n(self.height)}H0Z"/>'
        area = self.area
        for shapes, cls in ((area.ground, ""), (area.parks, "park"), (area.water, "water")):
            kinds = sorted({cls or shape.kind for shape in shapes})
            for kind in kinds:
                d = "".join(self.outline(s) for s in shapes if (cls or s.kind) == kind)
                yield f'<path class={quoteattr(kind)} fill-rule="evenodd" d="{d}"/>'
        for shape in area.buildings:
            kind = quoteattr(f"building {shape.kind}")
            yield f'<path class={kind} d="{self.outline(shape)}"/>'

    def outline(self, shape: Shape) -> str:
        """Write the path data of a shape."""
        return "".join(_rings(part) for part in _parts(self.clipped(shape.polygon)))

    def streets(self) -> Iterator[str]:
        """Draw all streets' edges first, then their surfaces: junctions stay open."""
        ways = {cls: "" for cls in reversed(STREET_CLASSES)}
        for street in self.area.streets:
            ways[street.cls] += "".join(_track(line) for line in self.lines(street.lines))
        for layer in ("case", "way"):
            for cls, d in ways.items():
                if d and not (layer == "case" and cls == "footway"):
                    yield f'<path class="{layer} {cls}" d="{d}"/>'

    def rails(self) -> Iterator[str]:
        """Draw tunnels as dots and open tracks as a dark line with light ties."""
        for track in self.area.rail:
            d = "".join(_track(line) for line in self.lines(track.lines))
            if track.kind == "tunnel":
                yield f'<path class="tunnel" d="{d}"/>'
            else:
                yield f'<path class="rail" d="{d}"/><path class="ties" d="{d}"/>'

    def frame(self) -> Iterator[str]:
        """Dim what lies outside the boundary a little and draw the boundary."""
        d = "".join(_rings(part) for part in _parts(self.clipped(self.area.boundary)))
        paper = f"M0 0H{_n(self.width)}V{_n(self.height)}H0Z"
        yield f'<path class="veil" d="{paper}{d}"/><path class="boundary" d="{d}"/>'

    def lettering(self) -> Iterator[str]:
        """Place and write all names."""
        stations = [spot for spot in self.area.spots if _is_station(spot)]
        taken = [(self.xy(spot.at), 18.0) for spot in stations]
        names = [*self.names(stations)]
        placed = place(names, taken)
        yield from (self.badge(spot) for spot in stations)
        yield from (_dot(label) for label in placed if _has_dot(label.name))
        yield "<defs>"
        along = [label for label in placed if label.path]
        for i, label in enumerate(along):
            yield f'<path id="bm-{i}" d="{_track(LineString(label.path))}"/>'
        yield "</defs>"
        yield from (_along(label, i) for i, label in enumerate(along))
        yield from (_still(label) for label in placed if not label.path)

    def badge(self, spot: Spot) -> str:
        """Draw the blue sign of a station with its letter."""
        x, y = (_n(v) for v in self.xy(spot.at))
        return (
            f'<path class="badge-halo" d="M{x} {y}h0"/><path class="badge" d="M{x} {y}h0"/>'
            f'<text class="sign s22" x="{x}" y="{y}" dy=".36em">{escape(spot.name[0])}</text>'
        )

    def names(self, stations: list[Spot]) -> Iterator[Name]:
        """List what is to be named, the most important first."""
        area = self.area
        for part in _parts(self.clipped(area.boundary))[:1]:
            ring = LineString(part.exterior.coords)
            yield Name(area.boundary_label, "boundary", 11, 15, line=ring, ground=part, lift=1.0)
        for spot in stations:
            yield Name(spot.name[2:], "station", 11, 15, at=self.xy(spot.at), clear=1.3)
        yield from self.place_names()
        yield from self.street_names(set(BIG))
        yield from self.ground_names()
        yield from self.spot_names("landmark", 16)
        yield from self.street_names(set(STREET_CLASSES) - set(BIG))
        yield from self.spot_names("facility", 18)

    def ground_names(self) -> Iterator[Name]:
        """List waters and parks, large ones first; tiny ones are named by their landmark."""
        lines = self.clipped(self.area.boundary.boundary).buffer(6)
        houses = [self.clipped(shape.polygon).buffer(4) for shape in self.area.buildings]
        drawn = shapely.union_all([lines, *houses])
        for shapes, style in ((self.area.water, "water"), (self.area.parks, "park")):
            for shape in sorted(shapes, key=lambda s: (-s.polygon.area, s.name)):
                free = self.clipped(shape.polygon).difference(drawn)
                parts = _parts(free) if shape.name else []
                part = max(parts, key=lambda p: p.area, default=None)
                if part and part.area > TINY:
                    size = 13 if part.area > 250_000 else 11
                    yield Name(shape.name, style, size, 14, ground=part)

    def place_names(self) -> Iterator[Name]:
        """List squares and bridges: streets with a landmark of their name, written on it."""
        for spot in self.area.spots:
            if spot.name in self.squares:
                yield Name(spot.name, "big", 11.5, 16, at=self.xy(spot.at), centred=True)

    def street_names(self, classes: Container[str]) -> Iterator[Name]:
        """List street names, wide and long streets first."""
        found = []
        for street in self.area.streets:
            if street.cls in classes and street.name not in self.squares:
                for line in self.lines(street.lines):
                    rank = STREET_CLASSES.index(street.cls)
                    found.append((rank, -line.length, street.name, line))
        for rank, _, name, line in sorted(found, key=lambda f: f[:3]):
            style, size = ("big", BIG[STREET_CLASSES[rank]]) if rank < len(BIG) else ("street", 11)
            yield Name(name, style, size, 14 if rank < 2 else 15, line=line, gap=420)

    def spot_names(self, kind: str, first: int) -> Iterator[Name]:
        """List landmarks and facilities that are not named otherwise."""
        houses = {shape.name: shape.polygon.centroid for shape in self.area.buildings}
        for spot in self.area.spots:
            if spot.kind == kind and spot.name not in self.written and not _is_station(spot):
                house, stop = houses.get(spot.name), spot.name.startswith("Haltestelle ")
                zoom = first if house else first + 1 + stop
                style, size = ("facility", 10) if stop else (kind, 10.5)
                at = self.xy((house.x, house.y) if house else spot.at)
                text = spot.name.removeprefix("Haltestelle ")
                yield Name(text, style, size, zoom, at=at, centred=house is not None)


def _is_station(spot: Spot) -> bool:
    return spot.kind == "landmark" and spot.name[:2] in ("U ", "S ")


def _has_dot(name: Name) -> bool:
    return name.at is not None and not name.centred and name.style != "station"


def _dot(label: Label) -> str:
    x, y = (_n(v) for v in label.at)
    return (
        f'<g class="from-{label.zoom}"><path class="dot-halo" d="M{x} {y}h0"/>'
        f'<path class="dot dot-{label.name.style}" d="M{x} {y}h0"/></g>'
    )


def _along(label: Label, i: int) -> str:
    shift = 0.34 - label.lift
    return (
        f'<text class="{_classes(label)}" dy="{_n(shift, 2)}em"><textPath href="#bm-{i}"'
        f' startOffset="50%">{escape(label.name.text)}</textPath></text>'
    )


def _still(label: Label) -> str:
    x, y = (_n(v) for v in label.at)
    anchor = "" if label.anchor == "middle" else f" {label.anchor}"
    turn = f' transform="rotate({label.angle} {x} {y})"' if label.angle else ""
    dx = f' dx="{_n(label.dx, 2)}em"' if label.dx else ""
    spans = "".join(
        f'<tspan x="{x}"{dx} dy="{_n(LINE if i else label.dy, 2)}em">{escape(line)}</tspan>'
        for i, line in enumerate(label.lines)
    )
    return f'<text class="{_classes(label)}{anchor}" y="{y}"{turn}>{spans}</text>'


def _classes(label: Label) -> str:
    return f"name-{label.name.style} s{label.name.size * 2:.0f} from-{label.zoom}"


def _parts(shape: BaseGeometry) -> list:
    """List the pieces of a geometry, without empty ones."""
    return [part for part in getattr(shape, "geoms", [shape]) if not part.is_empty]


def _rings(polygon: BaseGeometry) -> str:
    if not isinstance(polygon, Polygon):
        return ""
    rings = (polygon.exterior, *polygon.interiors)
    return "".join(_track(LineString(ring.coords[:-1])) + "Z" for ring in rings)


def _track(line: LineString) -> str:
    """Write a line as path data, in steps from point to point: shorter than places."""
    points = [(round(x * 10), round(y * 10)) for x, y in line.coords]
    first, steps = points[0], itertools.pairwise(points)
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in steps if a != b]
    tail = "l" + " ".join(f"{_n(x / 10)} {_n(y / 10)}" for x, y in moves) if moves else "h0"
    return f"M{_n(first[0] / 10)} {_n(first[1] / 10)}{tail}"


def _n(value: float, digits: int = 1) -> str:
    """Write a number with at most so many decimals.

    >>> _n(2.0), _n(-0.04), _n(13.26), _n(0.345, 2)
    ('2', '0', '13.3', '0.34')
    """
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
