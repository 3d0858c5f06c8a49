"""Where an application takes place: a point, and perhaps a line or an area drawn on the map."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from data.problems import BadInput
from geo import places, shapes
from geo.area import Area, in_box
from geo.points import LonLat, is_place


class Spot(NamedTuple):
    """Where it takes place: a point, and perhaps a line or an area (open or closed by itself)."""

    at: LonLat
    shape: tuple[LonLat, ...] = ()
    line: bool = False


def checked(area: Area, value: object) -> Spot:
    """Return a place as it would be stored, or refuse it with BadInput."""
    if not isinstance(value, Spot) or not is_place(*value.at):
        raise BadInput("pin.place_unreadable", field="at")
    drawn = value.shape
    whole = shapes.is_line(drawn) if value.line else shapes.is_shape(drawn)
    if drawn and not whole:
        raise BadInput("application.shape_unreadable", field="at")
    if not all(in_box(area, at) for at in (value.at, *drawn)):
        raise BadInput("pin.place_outside", field="at", area=area.title)
    return value


def in_words(area: Area, spot: Spot) -> str:
    """Say a place in words as they are stored."""
    return places.in_words(area, spot.at).encode()


def kept(spot: Spot) -> dict[str, Any] | None:
    """Return a line or an area as GeoJSON; None for a point alone.

    >>> kept(Spot(LonLat(1, 2))) is None
    True
    """
    if not spot.shape:
        return None
    ring = [list(at) for at in spot.shape]
    if spot.line:
        return {"type": "LineString", "coordinates": ring}
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def read(at: LonLat, geojson: Mapping[str, Any] | None) -> Spot:
    """Read a stored line or area; what is neither is the point alone.

    >>> read(LonLat(1, 2), {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}).line
    True
    >>> read(LonLat(1, 2), {"type": "Point"}), read(LonLat(1, 2), None).shape
    (Spot(at=LonLat(lon=1, lat=2), shape=(), line=False), ())
    """
    kind = geojson["type"] if geojson else ""
    found = geojson.get("coordinates", []) if geojson else []
    if kind == "LineString":
        return Spot(at, tuple(LonLat(*place[:2]) for place in found), line=True)
    if kind == "Polygon" and found:
        return Spot(at, tuple(LonLat(*place[:2]) for place in found[0][:-1]))
    return Spot(at)
