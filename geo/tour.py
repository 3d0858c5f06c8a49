"""A way past places: each once, from one end to the other, without going back and forth."""

import itertools
from collections.abc import Sequence

from geo.points import LonLat, metres

TURNS = 50  # times that the way is straightened; forty places need fewer than ten


def ordered(places: Sequence[LonLat]) -> list[int]:
    """Return the places' numbers in the order of a short walk that starts at the western end.

    From there always to the nearest place not yet seen; then stretches are turned round as long
    as that shortens the way (2-opt). The start stays. The same places give the same walk.

    >>> east, west, middle = (LonLat(13.40 + d / 100, 52.5) for d in (3, 1, 2))
    >>> ordered([east, west, middle]), ordered([])
    ([1, 2, 0], [])
    """
    if not places:
        return []
    way = _nearest_first(places)
    for _ in range(TURNS):
        shorter = _turned(places, way)
        if shorter is None:
            break
        way = shorter
    return way


def length(places: Sequence[LonLat], way: Sequence[int]) -> float:
    """Measure a walk in metres.

    >>> length([LonLat(13.4, 52.5)], [0]), length([], [])
    (0, 0)
    """
    return sum(metres(places[a], places[b]) for a, b in itertools.pairwise(way))


def _nearest_first(places: Sequence[LonLat]) -> list[int]:
    left = set(range(len(places)))
    way = [min(left, key=lambda n: (places[n], n))]
    left -= {way[0]}
    while left:
        here = places[way[-1]]
        way.append(min(left, key=lambda n: (metres(here, places[n]), n)))
        left -= {way[-1]}
    return way


def _turned(places: Sequence[LonLat], way: list[int]) -> list[int] | None:
    """Return the way with the stretch turned round that shortens it most; None if none does."""
    best, gain = None, 0.5  # metres; less is no shorter way
    for i in range(1, len(way) - 1):
        for j in range(i + 1, len(way)):
            saved = _saved(places, way, i, j)
            if saved > gain:
                best, gain = [*way[:i], *reversed(way[i : j + 1]), *way[j + 1 :]], saved
    return best


def _saved(places: Sequence[LonLat], way: Sequence[int], i: int, j: int) -> float:
    before, first, last = places[way[i - 1]], places[way[i]], places[way[j]]
    old, new = metres(before, first), metres(before, last)
    if j + 1 < len(way):
        after = places[way[j + 1]]
        old, new = old + metres(last, after), new + metres(first, after)
    return old - new
