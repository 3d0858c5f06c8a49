"""Suggest needs: pins about one concern at one place, for staff to confirm or to change."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import pdist, squareform

from geo.kinship import FAR, WIDEST, Signs, centre_meaning, kinship, weigh_subjects
from geo.meaning import fold, telling_words, wants_to_keep
from geo.points import METRES_PER_DEGREE, LonLat, is_place

CUT = -1.0  # kinship: two heaps are joined while their pairs show more than this on average
CROWD = 4000  # pins compared at once: 64 MB; a bigger crowd is halved along its longer side
WORDS = 4  # telling words shown for a language

Told = list[tuple[str, str]]  # of one pin: (subject, the words that say so)


@dataclass(frozen=True)
class Voice:
    """What grouping may know of a pin."""

    id: str
    at: LonLat
    kind: str  # "strength", "problem" or "idea"
    field: str  # the field of action, any code
    lang: str
    words: str
    day: date | None = None


@dataclass(frozen=True)
class Group:
    """Pins that are likely one need, and what says so."""

    ids: tuple[str, ...]  # sorted
    centre: LonLat
    width_m: float  # widest distance of two of its pins, metres
    fields: tuple[tuple[str, int], ...]  # most frequent first
    subjects: tuple[str, ...]  # keys of `geo.subjects`, most telling first
    words: Mapping[str, tuple[str, ...]]  # language -> telling words as residents wrote them
    first: date | None
    last: date | None
    strength: bool
    sureness: float  # 0..1: how likely its pins are one need and no other group's


def suggest(
    voices: Sequence[Voice],
    *,
    vectors: Mapping[str, np.ndarray] | None = None,
    at_least: int = 2,
) -> list[Group]:
    """Group pins into suggested needs, largest first, then by id; lone pins are left out.

    `vectors` holds what `geo.meaning.vectors` made of the words, by pin id; without it, or for
    pins that are missing in it, the subjects' table alone reads the words. The same pins in any
    order give the same groups.

    >>> here, there = LonLat(13.42, 52.5), LonLat(13.43, 52.5)
    >>> pins = [Voice("a", here, "problem", "OER", "de", "Müll überall")]
    >>> pins += [Voice("b", here, "idea", "OER", "tr", "Daha çok çöp kutusu")]
    >>> pins += [Voice("c", there, "problem", "OER", "de", "Müll")]
    >>> [(group.ids, group.subjects) for group in suggest(pins)], suggest([])
    ([(('a', 'b'), ('rubbish',))], [])
    """
    known = _in_order(voices)
    told = [telling_words(voice.words) for voice in known]
    signs = _signs(known, told, vectors or {})
    groups = [
        _group([known[row] for row in rows], [told[row] for row in rows], sureness)
        for crowd in _crowds(signs, np.arange(len(known)))
        for rows, sureness in _heaps(signs, crowd)
        if len(rows) >= max(at_least, 1)
    ]
    return sorted(groups, key=lambda group: (-len(group.ids), group.ids))


def _in_order(voices: Sequence[Voice]) -> list[Voice]:
    """Sort pins by what they say and where, an id only deciding between equals; each id once."""
    by_id = {voice.id: voice for voice in sorted(voices, key=_content) if is_place(*voice.at)}
    return sorted(by_id.values(), key=_content)


def _content(voice: Voice) -> tuple[object, ...]:
    day = voice.day.isoformat() if voice.day else ""
    return (*voice.at, voice.kind, voice.field, voice.lang, voice.words, day, voice.id)


def _signs(
    voices: Sequence[Voice], told: Sequence[Told], vectors: Mapping[str, np.ndarray]
) -> Signs:
    """Read what is compared from pins in order."""
    fields = {field: i for i, field in enumerate(sorted({voice.field for voice in voices}))}
    return Signs(
        places=_metres([voice.at for voice in voices]),
        fields=np.array([fields[voice.field] for voice in voices], dtype=np.int32),
        praise=np.array([_praises(voice) for voice in voices], dtype=bool),
        subjects=weigh_subjects([frozenset(subject for subject, _ in pairs) for pairs in told]),
        meaning=centre_meaning(_stack(voices, vectors), [voice.lang for voice in voices]),
    )


def _praises(voice: Voice) -> bool:
    """Tell whether a pin is praise, or a wish that only asks to keep something."""
    return voice.kind == "strength" or (voice.kind == "idea" and wants_to_keep(voice.words))


def _metres(places: Sequence[LonLat]) -> np.ndarray:
    """Lay places on a flat map: (n, 2) metres east and north of their south-west corner."""
    if not places:
        return np.zeros((0, 2))
    degrees = np.array(places, dtype=float)
    east = METRES_PER_DEGREE * math.cos(math.radians(float(degrees[:, 1].mean())))
    return (degrees - degrees.min(axis=0)) * (east, METRES_PER_DEGREE)


def _stack(voices: Sequence[Voice], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
    """Collect vectors as float32 (n, d), zeros for a pin without; d = 0 without any."""
    size = next((len(vectors[voice.id]) for voice in voices if voice.id in vectors), 0)
    none = np.zeros(size, dtype=np.float32)
    rows = [vectors.get(voice.id, none) for voice in voices]
    return np.array(rows, dtype=np.float32).reshape(len(voices), size)


def _crowds(signs: Signs, rows: np.ndarray) -> Iterator[np.ndarray]:
    """Split pins into praise and the rest, and what is too many to compare into halves."""
    if len(rows) == 0:
        return
    praise = signs.praise[rows]
    if praise.any() and not praise.all():
        yield from _crowds(signs, rows[praise])
        yield from _crowds(signs, rows[~praise])
    elif len(rows) <= CROWD:
        yield rows
    else:
        places = signs.places[rows]
        side = places[:, int(np.argmax(np.ptp(places, axis=0)))]
        order = np.argsort(side, kind="stable")
        half = len(rows) // 2
        yield from _crowds(signs, np.sort(rows[order[:half]]))
        yield from _crowds(signs, np.sort(rows[order[half:]]))


def _heaps(signs: Signs, rows: np.ndarray) -> Iterator[tuple[np.ndarray, float]]:
    """Join pins by average linkage: (rows, sureness) of every heap, lone pins too."""
    odds = kinship(signs.of(rows))
    heaps = _cut(odds, signs.places[rows])
    for heap, sureness in zip(heaps, _sureness(odds, heaps), strict=True):
        yield rows[heap], sureness


def _cut(odds: np.ndarray, places: np.ndarray) -> list[np.ndarray]:
    """Join while kinship is over `CUT` and no heap grows over `WIDEST` metres."""
    count = len(odds)
    if count == 1:
        return [np.array([0])]
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
            joined = both if _width(places[both]) <= WIDEST else None
        if joined is not None:
            members[int(left)] = members[int(right)] = None
        members.append(joined)
    return [heap for heap in members if heap is not None]


def _width(places: np.ndarray) -> float:
    """Measure the widest distance of two places (n, 2), in the unit of the places."""
    return float(pdist(places).max(initial=0.0))


def _sureness(odds: np.ndarray, heaps: Sequence[np.ndarray]) -> list[float]:
    """Rate heaps: how likely its pairs are one need, times how unlikely the next heap is of it."""
    marks = np.zeros((len(odds), len(heaps)), dtype=np.float32)
    for column, heap in enumerate(heaps):
        marks[heap, column] = 1.0
    sizes = marks.sum(axis=0)
    sums = marks.T @ odds @ marks
    between = sums / np.outer(sizes, sizes)
    inside = (np.diag(sums) - marks.T @ np.diag(odds)) / np.maximum(sizes * (sizes - 1), 1)
    np.fill_diagonal(between, FAR)
    return [float(s) for s in _chance(inside) * (1 - _chance(between.max(axis=1)))]


def _chance(odds: np.ndarray) -> np.ndarray:
    """Turn log odds into a chance between 0 and 1."""
    return 1 / (1 + np.exp(-odds))


def _group(voices: Sequence[Voice], told: Sequence[Told], sureness: float) -> Group:
    """Describe pins of one need."""
    days = sorted(voice.day for voice in voices if voice.day)
    places = [voice.at for voice in voices]
    lon, lat = np.array(places).mean(axis=0)
    subjects = _subjects(told)
    return Group(
        ids=tuple(sorted(voice.id for voice in voices)),
        centre=LonLat(float(lon), float(lat)),
        width_m=round(_width(_metres(places)), 1),
        fields=_ranked(Counter(voice.field for voice in voices)),
        subjects=subjects,
        words=_words(voices, told, subjects),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        strength=_praises(voices[0]),
        sureness=round(min(1.0, max(0.0, sureness)), 3),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Order counts, most first, then by name."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _subjects(told: Sequence[Told]) -> tuple[str, ...]:
    """Name the subjects that at least a third of the pins and two of them touch, most first."""
    counts = Counter(subject for pairs in told for subject in {subject for subject, _ in pairs})
    enough = min(len(told), max(2, math.ceil(len(told) / 3)))
    return tuple(name for name, count in _ranked(counts) if count >= enough)


def _words(
    voices: Sequence[Voice], told: Sequence[Told], subjects: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Pick each language's most frequent words for the group's subjects, as first written."""
    counts: dict[str, Counter[str]] = {}
    written: dict[str, str] = {}
    for voice, pairs in zip(voices, told, strict=True):
        for word in sorted({word for subject, word in pairs if subject in subjects}):
            written.setdefault(fold(word), word)
            counts.setdefault(voice.lang, Counter())[fold(word)] += 1
    return {
        lang: tuple(written[word] for word, _ in _ranked(counts[lang])[:WORDS])
        for lang in sorted(counts)
    }
