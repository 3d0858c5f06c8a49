"""Orders of proposals, counted by Borda: of k proposals the first of a list gets k-1 points."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T", bound=str)


def borda(
    among: Sequence[T], lists: Iterable[Sequence[T]]
) -> tuple[dict[T, int], tuple[tuple[T, ...], ...]]:
    """Return the points, most first, and the groups of proposals that have equally many.

    >>> borda(["a", "b", "c"], [["a", "b", "c"], ["b", "a", "c"], ["b", "c", "a"]])
    ({'b': 5, 'a': 3, 'c': 1}, ())
    >>> borda(["a", "b"], [["a", "b"], ["b", "a"]])
    ({'a': 1, 'b': 1}, (('a', 'b'),))
    >>> borda([], [])
    ({}, ())
    """
    points = dict.fromkeys(among, 0)
    for order in lists:
        for place, one in enumerate(reversed(order)):
            points[one] += place
    found = sorted(points, key=lambda one: -points[one])  # stable: equals as on the agenda
    groups = [tuple(group) for _, group in groupby(found, key=points.__getitem__)]
    return {one: points[one] for one in found}, tuple(one for one in groups if len(one) > 1)


def settled(points: Mapping[T, int], order: Sequence[T]) -> bool:
    """Tell whether an order holds all proposals and changes places among equals alone.

    >>> settled({"a": 2, "b": 1, "c": 1}, ["a", "c", "b"]), settled({"a": 2, "b": 1}, ["b", "a"])
    (True, False)
    """
    same = sorted(order) == sorted(points)
    return same and [points[one] for one in order] == list(points.values())
