"""GeoJSON: a FeatureCollection whose features are rows and whose properties are cells."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

import shapely
from shapely.geometry import shape

from data.exchange_rows import Reason, Row, shown
from data.problems import BadInput
from geo.points import LonLat

MAX_MB = 200  # it is read as a whole; measured: about six times its size in memory
ID = "id"  # a feature's own id stands in this column when no property is called so


def features(text: TextIO) -> list[Any]:
    """Read a document's features; BadInput when it is no FeatureCollection."""
    try:
        document = json.load(text)
    except json.JSONDecodeError as error:
        raise BadInput("exchange.json.broken", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise BadInput("exchange.json.deep") from None
    except ValueError:  # a number of more than 4,300 digits
        raise BadInput("exchange.json.number") from None
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list) or document.get("type") != "FeatureCollection":
        raise BadInput("exchange.json.collection", found=_what(document))
    return found


def columns_of(found: list[Any]) -> list[str]:
    """List the properties of all features, in the order in which they first appear."""
    names: dict[str, None] = {}
    for feature in found:
        if isinstance(feature, dict):
            names.update(dict.fromkeys(_properties(feature)))
    return [*names, *([] if ID in names else [ID])]


def records(found: list[Any], columns: list[str], share: list[float]) -> Iterator[Row]:
    """Turn features into rows; `share` holds how far that is."""
    for number, feature in enumerate(found, 1):
        share[0] = number / len(found)
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield Row(number, 0, [shown(feature)], reason=Reason("feature"))
            continue
        cells = {ID: feature.get("id"), **_properties(feature)}
        texts = [_text(cells.get(name)) for name in columns]
        yield Row(number, 0, texts, geometry=feature.get("geometry"))


def place(geometry: object, *, polygons: bool) -> tuple[object, object] | Reason:
    """Find a geometry's (lon, lat), unchecked; a polygon's is a point inside, where allowed."""
    if geometry is None:
        return Reason("place_missing")
    if not isinstance(geometry, dict):
        return Reason("place_unreadable")
    kind, numbers = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        if isinstance(numbers, list) and len(numbers) in (2, 3):
            return numbers[0], numbers[1]
        return Reason("place_unreadable")
    if polygons and kind in ("Polygon", "MultiPolygon"):
        return _inside(geometry)
    return Reason("geometry", shown(kind))


def _inside(geometry: dict[str, Any]) -> LonLat | Reason:
    try:
        point = shape(geometry).representative_point()
        return LonLat(point.x, point.y)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.GEOSException):
        return Reason("place_unreadable")


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):  # a whole number too long to write
        return ""


def _what(document: object) -> str:
    if isinstance(document, dict):
        return shown(document.get("type") or ", ".join(map(str, list(document)[:3])))
    return "[ … ]" if isinstance(document, list) else shown(document)
