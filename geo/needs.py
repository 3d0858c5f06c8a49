"""Suggest needs: pins about one concern at one place, for staff to confirm or to change."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from geo.heaps import CROWD, Heap, chance, heaps, width
from geo.kinship import Signs, centre_meaning, kinship, weigh_subjects
from geo.meaning import fold, telling_words, wants_to_keep
from geo.points import METRES_PER_DEGREE, LonLat, is_place

READ = 2000  # pins whose words are read in one step
READING = 0.3  # of the work, before the first group is found
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
    found = [
        group for _, some in steps(voices, vectors=vectors, at_least=at_least) for group in some
    ]
    return sorted(found, key=lambda group: (-len(group.ids), group.ids))


def steps(
    voices: Sequence[Voice],
    *,
    vectors: Mapping[str, np.ndarray] | None = None,
    at_least: int = 2,
) -> Iterator[tuple[float, list[Group]]]:
    """Group pins step by step, as `suggest` does: (share of the work that is done, new groups).

    A step takes some tenths of a second, however many pins there are.

    >>> list(steps([]))
    []
    """
    known = _in_order(voices)
    told: list[Told] = []
    for start in range(0, len(known), READ):
        told += [telling_words(voice.words) for voice in known[start : start + READ]]
        yield READING * len(told) / len(known), []
    signs = read_signs(known, told, vectors or {})
    looked_at = 0
    for more, found in heaps(signs, np.arange(len(known))):
        looked_at += more
        groups = [_of_heap(known, told, heap) for heap in found if len(heap.rows) >= at_least]
        yield READING + (1 - READING) * looked_at / len(known), groups


def describe(
    voices: Sequence[Voice], *, vectors: Mapping[str, np.ndarray] | None = None
) -> Group | None:
    """Describe pins that somebody put together as one group; None without any.

    >>> describe([]) is None
    True
    """
    known = _in_order(voices)
    if not known:
        return None
    told = [telling_words(voice.words) for voice in known]
    some = slice(None, None, -(-len(known) // CROWD))
    odds = kinship(read_signs(known[some], told[some], vectors or {}))
    pairs = odds[~np.eye(len(odds), dtype=bool)]
    return _group(known, told, float(chance(pairs.mean())) if len(pairs) else 1.0)


def _of_heap(voices: Sequence[Voice], told: Sequence[Told], heap: Heap) -> Group:
    return _group(
        [voices[row] for row in heap.rows], [told[row] for row in heap.rows], heap.sureness
    )


def _in_order(voices: Sequence[Voice]) -> list[Voice]:
    """Sort pins by what they say and where, an id only deciding between equals; each id once."""
    by_id = {voice.id: voice for voice in sorted(voices, key=_content) if is_place(*voice.at)}
    return sorted(by_id.values(), key=_content)


def _content(voice: Voice) -> tuple[object, ...]:
    day = voice.day.isoformat() if voice.day else ""
    return (*voice.at, voice.kind, voice.field, voice.lang, voice.words, day, voice.id)


def read_signs(
    voices: Sequence[Voice], told: Sequence[Told], vectors: Mapping[str, np.ndarray]
) -> Signs:
    """Read what is compared from pins and what they tell, row by row."""
    fields = {field: i for i, field in enumerate(sorted({voice.field for voice in voices}))}
    return Signs(
        places=metres_of([voice.at for voice in voices]),
        fields=np.array([fields[voice.field] for voice in voices], dtype=np.int32),
        praise=np.array([praises(voice) for voice in voices], dtype=bool),
        subjects=weigh_subjects([frozenset(subject for subject, _ in pairs) for pairs in told]),
        meaning=centre_meaning(_stack(voices, vectors), [voice.lang for voice in voices]),
    )


def praises(voice: Voice) -> bool:
    """Tell whether a pin is praise, or a wish that only asks to keep something."""
    return voice.kind == "strength" or (voice.kind == "idea" and wants_to_keep(voice.words))


def metres_of(places: Sequence[LonLat]) -> np.ndarray:
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


def _group(voices: Sequence[Voice], told: Sequence[Told], sureness: float) -> Group:
    """Describe pins of one need."""
    days = sorted(voice.day for voice in voices if voice.day)
    places = [voice.at for voice in voices]
    lon, lat = np.array(places).mean(axis=0)
    subjects = _subjects(told)
    return Group(
        ids=tuple(sorted(voice.id for voice in voices)),
        centre=LonLat(float(lon), float(lat)),
        width_m=round(width(metres_of(places)), 1),
        fields=_ranked(Counter(voice.field for voice in voices)),
        subjects=subjects,
        words=_words(voices, told, subjects),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        strength=praises(voices[0]),
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
