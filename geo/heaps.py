"""Heaps: pins joined by average linkage, in crowds small enough to compare each pin with each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.kinship import FAR, WIDEST, Signs, kinship

CUT = -1.0  # kinship: two heaps are joined while their pairs show more than this on average
CROWD = 2000  # pins compared at once: 16 MB; a bigger crowd is halved along its longer side
SAMPLE = 40  # pins of a heap that stand for it when it is compared across a cut
SEAM = 60.0  # metres: heaps that come as near to such a cut are compared once more, across it


@dataclass(frozen=True)
class Heap:
    """Pins of one heap as rows of the signs, and how sure it is that they belong together."""

    rows: np.ndarray  # sorted
    sureness: float  # 0..1


def heaps(signs: Signs, rows: np.ndarray) -> Iterator[tuple[int, list[Heap]]]:
    """Join pins crowd by crowd: (pins looked at in this step, heaps that are complete).

    >>> nothing = Signs(*(np.zeros(shape) for shape in ((0, 2), 0, 0, (0, 1), (0, 0))))
    >>> list(heaps(nothing, np.arange(0)))
    []
    """
    if len(rows) == 0:
        return
    praise = signs.praise[rows]
    if praise.any() and not praise.all():
        yield from heaps(signs, rows[praise])
        yield from heaps(signs, rows[~praise])
    elif len(rows) <= CROWD:
        yield len(rows), _joined(signs, rows)
    else:
        yield from _halves(signs, rows)


def chance(odds: np.ndarray) -> np.ndarray:
    """Turn log odds into a chance between 0 and 1.

    >>> chance(np.array([0.0])).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-odds))


def width(places: np.ndarray) -> float:
    """Measure the widest distance of two places (n, 2), in the unit of the places.

    >>> width(np.array([[0.0, 0.0], [3.0, 4.0]])), width(np.zeros((0, 2)))
    (5.0, 0.0)
    """
    if len(places) > CROWD:  # of so many the corners of their frame are near enough
        return float(np.hypot(*np.ptp(places, axis=0)))
    from scipy.spatial.distance import pdist  # here: a start need not wait for scipy

    return float(pdist(places).max(initial=0.0))


# --- one crowd ----------------------------------------------------------------


def _joined(signs: Signs, rows: np.ndarray) -> list[Heap]:
    """Join the pins of one crowd; lone pins are heaps too."""
    odds = kinship(signs.of(rows))
    found = _cut(odds, signs.places[rows])
    return [
        Heap(rows[heap], sure) for heap, sure in zip(found, _sureness(odds, found), strict=True)
    ]


def _cut(odds: np.ndarray, places: np.ndarray) -> list[np.ndarray]:
    """Join while kinship is over `CUT` and no heap grows over `WIDEST` metres."""
    count = len(odds)
    if count == 1:
        return [np.array([0])]
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    most = float(odds.max())
    apart = most - odds
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    members: list[np.ndarray | None] = [np.array([row]) for row in range(count)]
    for left, right, height, _ in tree:
        a, b = members[int(left)], members[int(right)]
        joined = None
        if a is not None and b is not None and most - height > CUT:
            both = np.sort(np.concatenate([a, b]))
            joined = both if _near(places[both]) else None
        if joined is not None:
            members[int(left)] = members[int(right)] = None
        members.append(joined)
    return [heap for heap in members if heap is not None]


def _near(places: np.ndarray) -> bool:
    """Tell whether no two places are more than `WIDEST` apart; their frame often says it already."""
    frame = np.ptp(places, axis=0)
    if float(np.hypot(*frame)) <= WIDEST:
        return True
    return float(frame.max()) <= WIDEST and width(places) <= WIDEST


def _sureness(odds: np.ndarray, found: Sequence[np.ndarray]) -> list[float]:
    """Rate heaps: how likely its pairs are one need, times how unlikely the next heap is of it."""
    between, inside = _means(odds, found)
    return [float(s) for s in chance(inside) * (1 - chance(between.max(axis=1)))]


def _means(odds: np.ndarray, found: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean kinship of every two heaps (k, k), with themselves `FAR`, and inside (k,)."""
    marks = np.zeros((len(odds), len(found)), dtype=np.float32)
    for column, heap in enumerate(found):
        marks[heap, column] = 1.0
    sizes = marks.sum(axis=0)
    sums = marks.T @ odds @ marks
    between = sums / np.outer(sizes, sizes)
    inside = (np.diag(sums) - marks.T @ np.diag(odds)) / np.maximum(sizes * (sizes - 1), 1)
    np.fill_diagonal(between, FAR)
    return between, inside


# --- more than one crowd --------------------------------------------------------


def _halves(signs: Signs, rows: np.ndarray) -> Iterator[tuple[int, list[Heap]]]:
    """Halve a crowd by place; what lies at the cut is held back and mended at the end."""
    across = int(np.argmax(np.ptp(signs.places[rows], axis=0)))
    side = signs.places[rows, across]
    order = np.argsort(side, kind="stable")
    half = len(rows) // 2
    line = float(side[order[half]])
    held: tuple[list[Heap], list[Heap]] = ([], [])
    for here, some in zip(held, (order[:half], order[half:]), strict=True):
        for looked_at, found in heaps(signs, np.sort(rows[some])):
            at_cut = [_touches(signs.places[heap.rows, across], line) for heap in found]
            here += [heap for heap, near in zip(found, at_cut, strict=True) if near]
            yield looked_at, [heap for heap, near in zip(found, at_cut, strict=True) if not near]
    yield 0, _mended(signs, held, along=1 - across)


def _touches(side: np.ndarray, line: float) -> bool:
    return bool((np.abs(side - line) <= SEAM).any())


def _mended(signs: Signs, held: tuple[list[Heap], list[Heap]], *, along: int) -> list[Heap]:
    """Join heaps across a cut, piece by piece along it."""
    both = [(heap, number) for number, some in enumerate(held) for heap in some]
    both.sort(key=lambda pair: (float(signs.places[pair[0].rows, along].mean()), pair[0].rows[0]))
    whole: list[Heap] = []
    piece: list[tuple[Heap, int]] = []
    size = 0
    for pair in both:
        size += min(SAMPLE, len(pair[0].rows))
        if size > CROWD:
            whole += _across(signs, piece)
            piece, size = [], min(SAMPLE, len(pair[0].rows))
        piece.append(pair)
    return whole + _across(signs, piece)


def _across(signs: Signs, piece: Sequence[tuple[Heap, int]]) -> list[Heap]:
    """Join heaps of two sides that are kin, the closest two first, each once."""
    found, sides = [heap for heap, _ in piece], np.array([side for _, side in piece])
    if len(set(sides.tolist())) < 2:
        return found
    odds, marks = _sampled(signs, found)
    between, _ = _means(odds, marks)
    between[np.equal.outer(sides, sides)] = FAR
    used: set[int] = set()
    whole: list[Heap] = []
    for a, b in zip(*np.unravel_index(np.argsort(-between, axis=None), between.shape), strict=True):
        if between[a, b] <= CUT:
            break
        rows = np.sort(np.concatenate([found[a].rows, found[b].rows]))
        if used.isdisjoint({int(a), int(b)}) and _near(signs.places[rows]):
            used |= {int(a), int(b)}
            whole.append(Heap(rows, min(found[a].sureness, found[b].sureness)))
    return _surer(signs, whole + [heap for n, heap in enumerate(found) if n not in used])


def _surer(signs: Signs, found: Sequence[Heap]) -> list[Heap]:
    """Rate heaps anew among those of both sides."""
    odds, marks = _sampled(signs, found)
    rated = zip(found, _sureness(odds, marks), strict=True)
    return [replace(heap, sureness=min(heap.sureness, sure)) for heap, sure in rated]


def _sampled(signs: Signs, found: Sequence[Heap]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Compare heaps by `SAMPLE` pins of each at most: kinship, and the heaps as its rows."""
    some = [heap.rows[:: -(-len(heap.rows) // SAMPLE)] for heap in found]
    ends = np.cumsum([len(rows) for rows in some])
    return kinship(signs.of(np.concatenate(some))), list(np.split(np.arange(ends[-1]), ends[:-1]))
