"""An area: its boundary, the box of its map, and what the map shows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from geo.points import LonLat, is_place

STREET_CLASSES = ("primary", "secondary", "tertiary", "minor", "service", "footway")
SHAPE_LAYERS = ("water", "parks", "buildings", "ground")
TRACK_KINDS = ("elevated", "tunnel", "rail")

Line = tuple[LonLat, ...]
Box = tuple[float, float, float, float]
Thing = TypeVar("Thing")


class AreaFault(ValueError):
    """An area that cannot be used; its text names the document and the trouble."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street with its centre lines; `cls` is one of `STREET_CLASSES`."""

    name: str
    cls: str
    lines: tuple[Line, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A piece of ground: water, park, building, block or square (lon, lat)."""

    name: str
    kind: str
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class Track:
    """A railway; `kind` is one of `TRACK_KINDS`."""

    name: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with a name; `kind` is crossing, landmark, or facility.

    A crossing knows its two streets. A facility is found by search, but does not lend its
    name to what lies beside it: nobody's Kita shall stand for the litter in front of it.
    """

    name: str
    aliases: tuple[str, ...]
    at: LonLat
    kind: str
    streets: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # compared and hashed as the one object it is: caches hang on it
class Area:
    """A neighbourhood; all coordinates are (lon, lat), the box is (west, south, east, north)."""

    name: str
    title: str
    attribution: str
    licence: str
    boundary: Polygon | MultiPolygon
    boundary_label: str
    box: Box
    centre: LonLat
    zoom: int
    streets: tuple[Street, ...] = ()
    water: tuple[Shape, ...] = ()
    parks: tuple[Shape, ...] = ()
    buildings: tuple[Shape, ...] = ()
    ground: tuple[Shape, ...] = ()
    rail: tuple[Track, ...] = ()
    spots: tuple[Spot, ...] = ()


def contains(area: Area, place: LonLat) -> bool:
    """Tell whether a place lies within the boundary (or on it)."""
    return is_place(*place) and bool(shapely.intersects_xy(area.boundary, *place))


def in_box(area: Area, place: LonLat) -> bool:
    """Tell whether a place lies on the area's map; false for anything that is no place."""
    if not is_place(*place):
        return False
    west, south, east, north = area.box
    return west <= place[0] <= east and south <= place[1] <= north


def read(name: str, documents: Mapping[str, object]) -> Area:
    """Build an area from its parsed JSON documents, keyed by file name without ending.

    `area` and `boundary` must be there; `streets`, `shapes`, `rail` and `places` may be.
    Raises `AreaFault` for the first trouble found. The formats are in docs/areas.md.
    """
    facts = _facts(_mapping("area", documents.get("area")))
    boundary = _boundary(documents.get("boundary"), facts["box"])
    streets = tuple(_each("streets", documents, "streets", _street))
    layers: dict[str, Any] = {
        layer: tuple(_each("shapes", documents, layer, _shape)) for layer in SHAPE_LAYERS
    }
    rail = tuple(_each("rail", documents, "rail", _track))
    aliases = {street.name: street.aliases for street in streets}
    crossings = _each("places", documents, "crossings", lambda raw: _crossing(raw, aliases))
    named = _each("places", documents, "landmarks", _landmark)
    spots = (*crossings, *named)
    return Area(
        name=name, boundary=boundary, streets=streets, rail=rail, spots=spots, **facts, **layers
    )


def _facts(raw: Mapping) -> dict[str, Any]:
    """Read area.json: words, box, centre, zoom."""
    words = {
        key: _text("area", raw, key)
        for key in ("title", "attribution", "licence", "boundary_label")
    }
    box, centre, zoom = raw.get("box"), raw.get("centre"), raw.get("zoom")
    if not isinstance(box, list) or len(box) != 4:
        raise AreaFault("area: box must be [west, south, east, north]")
    west, south, east, north = box
    if not (is_place(west, south) and is_place(east, north)):
        raise AreaFault("area: box must be [west, south, east, north] in degrees")
    if not (west < east and south < north):
        raise AreaFault("area: box is inverted, it must be [west, south, east, north]")
    centre = _place("area", centre)
    if not (west <= centre.lon <= east and south <= centre.lat <= north):
        raise AreaFault("area: centre lies outside box")
    if isinstance(zoom, bool) or not isinstance(zoom, int) or not 10 <= zoom <= 19:
        raise AreaFault("area: zoom must be a whole number from 10 to 19")
    return {**words, "box": (west, south, east, north), "centre": centre, "zoom": zoom}


def _boundary(raw: object, box: Box) -> Polygon | MultiPolygon:
    """Read a GeoJSON geometry, feature, or collection of one feature."""
    document = _mapping("boundary", raw)
    if document.get("type") == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise AreaFault("boundary: there must be exactly one feature")
        document = _mapping("boundary", features[0])
    if document.get("type") == "Feature":
        document = _mapping("boundary", document.get("geometry"))
    try:
        boundary = shape(dict(document))
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ):
        raise AreaFault("boundary: the geometry cannot be read") from None
    if not isinstance(boundary, Polygon | MultiPolygon) or boundary.is_empty:
        raise AreaFault("boundary: the geometry must be a Polygon or MultiPolygon")
    if not boundary.is_valid:
        raise AreaFault("boundary: the line crosses itself or has broken coordinates")
    if not shapely.box(*box).intersects(boundary):
        raise AreaFault("boundary: it lies outside the box (is it [lon, lat]?)")
    shapely.prepare(boundary)
    return boundary


def _street(raw: Mapping) -> Street:
    cls = _one_of("streets", raw, "class", STREET_CLASSES)
    return Street(
        _text("streets", raw, "name"), cls, _lines("streets", raw), _aliases("streets", raw)
    )


def _track(raw: Mapping) -> Track:
    kind = _one_of("rail", raw, "kind", TRACK_KINDS)
    return Track(_text("rail", raw, "name"), kind, _lines("rail", raw))


def _shape(raw: Mapping) -> Shape:
    name, kind, rings = raw.get("name", ""), _text("shapes", raw, "kind"), raw.get("rings")
    if not isinstance(name, str) or not isinstance(rings, list) or not rings:
        raise AreaFault("shapes: every shape needs a name (may be empty) and rings")
    outline, *holes = (_line("shapes", ring, 4) for ring in rings)
    polygon = Polygon(outline, holes)
    if not polygon.is_valid:
        raise AreaFault(f"shapes: the outline of “{name or kind}” crosses itself")
    return Shape(name, kind, polygon)


def _crossing(raw: Mapping, aliases: Mapping[str, tuple[str, ...]]) -> Spot:
    streets = raw.get("streets")
    if not isinstance(streets, list) or len(streets) != 2 or not all(_is_text(s) for s in streets):
        raise AreaFault("places: every crossing needs two streets")
    a, b = streets
    choices = ((a, *aliases.get(a, ())), (b, *aliases.get(b, ())))
    names = [f"{one} Ecke {other}" for one in choices[0] for other in choices[1]]
    return Spot(names[0], tuple(names[1:]), _place("places", raw.get("at")), "crossing", (a, b))


def _landmark(raw: Mapping) -> Spot:
    kind = _one_of("places", {"kind": "landmark", **raw}, "kind", ("landmark", "facility"))
    return Spot(
        _text("places", raw, "name"), _aliases("places", raw), _place("places", raw.get("at")), kind
    )


def _each(
    document: str, documents: Mapping, key: str, one: Callable[[Mapping], Thing]
) -> Iterator[Thing]:
    """Build every item of a document's list; a document that is not there has none."""
    if document not in documents:
        return
    items = _mapping(document, documents[document]).get(key, [])
    if not isinstance(items, list):
        raise AreaFault(f"{document}: {key} must be a list")
    for item in items:
        yield one(_mapping(document, item))


def _mapping(document: str, raw: object) -> Mapping:
    if raw is None:
        raise AreaFault(f"{document}: the document is missing")
    if not isinstance(raw, Mapping):
        raise AreaFault(f"{document}: a JSON object was expected")
    return raw


def _is_text(raw: object) -> bool:
    return isinstance(raw, str) and bool(raw.strip())


def _text(document: str, raw: Mapping, key: str) -> str:
    if not _is_text(raw.get(key)):
        raise AreaFault(f"{document}: {key} must be a text")
    return raw[key].strip()


def _one_of(document: str, raw: Mapping, key: str, choices: tuple[str, ...]) -> str:
    if raw.get(key) not in choices:
        raise AreaFault(f"{document}: {key} must be one of {', '.join(choices)}")
    return raw[key]


def _aliases(document: str, raw: Mapping) -> tuple[str, ...]:
    aliases = raw.get("aliases", [])
    if not isinstance(aliases, list) or not all(_is_text(alias) for alias in aliases):
        raise AreaFault(f"{document}: aliases of “{raw.get('name')}” must be a list of texts")
    return tuple(aliases)


def _lines(document: str, raw: Mapping) -> tuple[Line, ...]:
    lines = raw.get("lines")
    if not isinstance(lines, list) or not lines:
        raise AreaFault(f"{document}: “{raw.get('name')}” has no lines")
    return tuple(_line(document, line, 2) for line in lines)


def _line(document: str, raw: object, least: int) -> Line:
    if not isinstance(raw, list) or len(raw) < least:
        raise AreaFault(f"{document}: a line needs at least {least} places")
    return tuple(_place(document, place) for place in raw)


def _place(document: str, raw: object) -> LonLat:
    if not isinstance(raw, list) or len(raw) != 2 or not is_place(*raw):
        raise AreaFault(f"{document}: a place must be [lon, lat] in degrees, not {raw!r:.40}")
    return LonLat(float(raw[0]), float(raw[1]))
