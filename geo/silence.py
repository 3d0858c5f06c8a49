"""Silence: the squares where people live, and where fewer voices come from than could be expected."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo import grid
from geo.area import Area
from geo.points import LonLat

SHIFT = 12  # bits of a map cell: squares of 93 m in Berlin, of 112 m in Rome
LEAST = 0.25  # of a full square's ground: with less, its voices are its neighbours'
LIVED_IN = "block"  # the kind of ground with houses on it


class Square(NamedTuple):
    """A square of the map's grid: its column and row, its share of all ground lived on, its middle."""

    x: int
    y: int
    share: float
    at: LonLat


class Level(IntEnum):
    """How loud a square is."""

    ENOUGH = 0
    FEW = 1  # less than half of what could be expected
    NONE = 2


def squares(area: Area) -> tuple[Square, ...]:
    """Cut the ground lived on inside the boundary into squares; their shares add up to 1.

    >>> from geo.area import read
    >>> village = read("dorf", {
    ...     "area": {"title": "Dorf", "attribution": "wir", "licence": "CC0",
    ...              "boundary_label": "Dorf", "box": [13.0, 52.0, 13.02, 52.02],
    ...              "centre": [13.01, 52.01], "zoom": 15},
    ...     "boundary": {"type": "Polygon", "coordinates": [[[13.002, 52.002], [13.006, 52.002],
    ...                  [13.006, 52.004], [13.002, 52.004], [13.002, 52.002]]]}})
    >>> found = squares(village)
    >>> len(found), round(sum(square.share for square in found), 6)
    (9, 1.0)
    """
    return _squares(area)


def knows_blocks(area: Area) -> bool:
    """Tell whether an area says where houses stand; else all its ground counts, save parks and water."""
    return any(ground.kind == LIVED_IN for ground in area.ground)


def box(square: Square) -> tuple[float, float, float, float]:
    """Find the edges of a square as (west, south, east, north) in degrees.

    >>> west, south, east, north = box(Square(*(n >> SHIFT for n in grid.cell(LonLat(13.4, 52.5))),
    ...                                       1.0, LonLat(13.4, 52.5)))
    >>> west < 13.4 < east and south < 52.5 < north
    True
    """
    west, north = grid.place(square.x << SHIFT, square.y << SHIFT)
    east, south = grid.place(square.x + 1 << SHIFT, square.y + 1 << SHIFT)
    return west, south, east, north


def level(voices: int, expected: float) -> Level:
    """Judge a square, a language or a field.

    >>> level(0, 3.0), level(1, 3.0), level(2, 3.0), level(0, 0.4)
    (<Level.NONE: 2>, <Level.FEW: 1>, <Level.ENOUGH: 0>, <Level.NONE: 2>)
    """
    if not voices:
        return Level.NONE
    return Level.FEW if voices < expected / 2 else Level.ENOUGH


def missing_around(missing: Mapping[tuple[int, int], float], x: int, y: int) -> float:
    """Add up what is missing in a square and, by half, in its neighbours: a stall reaches them too.

    >>> missing_around({(1, 1): 3.0, (2, 1): 2.0, (4, 4): 9.0}, 1, 1)
    4.0
    >>> missing_around({}, 0, 0)
    0.0
    """
    near = (missing.get((x + i, y + j), 0.0) for i in (-1, 0, 1) for j in (-1, 0, 1))
    return (sum(near) + missing.get((x, y), 0.0)) / 2


def even(values: Iterable[str], shares: Mapping[str, float] | None = None) -> dict[str, float]:
    """Say which share each value could be expected to have: the known ones, else all the same.

    >>> even(["a", "b"]), even(["a", "b"], {"a": 30, "b": 10}), even([])
    ({'a': 0.5, 'b': 0.5}, {'a': 0.75, 'b': 0.25}, {})
    """
    known = dict(shares) if shares else dict.fromkeys(values, 1.0)
    every = sum(known.values())
    return {value: share / every for value, share in known.items()} if every else {}


@lru_cache(maxsize=16)
def _squares(area: Area) -> tuple[Square, ...]:
    ground = _lived_on(area)
    if ground.is_empty:
        return ()
    west, south, east, north = ground.bounds
    left, top = (n >> SHIFT for n in grid.cell(LonLat(west, north)))
    right, bottom = (n >> SHIFT for n in grid.cell(LonLat(east, south)))
    cells = [(x, y) for y in range(top, bottom + 1) for x in range(left, right + 1)]
    parts = [_part(ground, x, y) for x, y in cells]
    full = _whole(left, top).area
    kept = [
        (x, y, part) for (x, y), part in zip(cells, parts, strict=True) if part.area > LEAST * full
    ]
    every = sum(part.area for _, _, part in kept)
    return tuple(Square(x, y, part.area / every, _middle(part)) for x, y, part in kept)


def _lived_on(area: Area) -> BaseGeometry:
    if knows_blocks(area):
        blocks = [ground.polygon for ground in area.ground if ground.kind == LIVED_IN]
        return shapely.intersection(area.boundary, shapely.union_all(blocks))
    empty = [shape.polygon for shape in (*area.parks, *area.water)]
    return shapely.difference(area.boundary, shapely.union_all(empty))


def _whole(x: int, y: int) -> Polygon:
    return shapely.box(*box(Square(x, y, 0.0, LonLat(0.0, 0.0))))


def _part(ground: BaseGeometry, x: int, y: int) -> BaseGeometry:
    return shapely.intersection(ground, _whole(x, y))


def _middle(part: BaseGeometry) -> LonLat:
    middle = part.representative_point()
    return LonLat(middle.x, middle.y)
