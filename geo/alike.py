"""Which pins nearby say the same as somebody is just writing: same matter, close by, few."""

import math
from collections.abc import Sequence

import numpy as np

from geo.kinship import Signs, kinship, weigh_subjects
from geo.meaning import fold, subjects_of, words_of
from geo.needs import Voice
from geo.points import METRES_PER_DEGREE, metres

REACH = 80.0  # metres
AT_HAND = 20.0  # metres: so near that the same kind is enough while nothing is written yet
ENOUGH = -1.5  # kinship of the same matter: of what was shown on the labelled set 97 in 100 was it
SAYING = 3  # longer words that make a sentence of which we know no subject
LONG = 5  # letters that two words must share to count as one


def alike(mine: Voice, others: Sequence[Voice], *, most: int = 3) -> list[str]:
    """Pick the pins that say the same nearby, the likeliest first, by id.

    Praise meets only praise. What is written decides; with nothing written yet, or no more than
    a beginning, only pins of the same kind (and field, if chosen) close at hand are picked. No
    language model is asked: this answers while somebody types.

    >>> from geo.points import LonLat
    >>> here, there = LonLat(13.42, 52.5), LonLat(13.4205, 52.5)
    >>> dark = Voice("a", there, "problem", "OER", "de", "Nachts ist es stockdunkel")
    >>> alike(Voice("", here, "idea", "", "en", "More light please"), [dark])
    ['a']
    >>> alike(Voice("", here, "strength", "", "en", "Nice light"), [dark]), alike(dark, [])
    ([], [])
    """
    near = [
        other
        for other in others
        if _praises(other) == _praises(mine) and metres(mine.at, other.at) <= REACH
    ]
    matter, words = subjects_of(mine.words), _long_words(mine.words)
    if not matter and len(words) < SAYING:
        return _at_hand(mine, near, words)[:most]
    if not near:
        return []
    odds = _odds(mine, near)
    said = [
        (-float(chance), other.id)
        for chance, other in zip(odds, near, strict=True)
        if chance > ENOUGH and _same_matter(matter, words, other)
    ]
    return [name for _, name in sorted(said)][:most]


def _praises(voice: Voice) -> bool:
    return voice.kind == "strength"


def _at_hand(mine: Voice, near: Sequence[Voice], words: frozenset[str]) -> list[str]:
    """List what lies so near that it may be meant, while hardly anything is written."""
    found = sorted(
        (metres(mine.at, other.at), other.id)
        for other in near
        if other.kind == mine.kind and mine.field in ("", other.field)
    )
    return [] if words else [name for far, name in found if far <= AT_HAND]


def _same_matter(matter: frozenset[str], words: frozenset[str], other: Voice) -> bool:
    if matter:
        return bool(matter & subjects_of(other.words))
    return bool(words & _long_words(other.words))


def _long_words(text: str) -> frozenset[str]:
    """Name the beginnings of the longer words, as what a text of no known subject is about."""
    return frozenset(word[:LONG] for word in map(fold, words_of(text)) if len(word) >= LONG)


def _odds(mine: Voice, near: Sequence[Voice]) -> np.ndarray:
    """Weigh the kinship of each with mine, as the grouping does, without the model: (n,)."""
    every = [mine, *near]
    east = METRES_PER_DEGREE * math.cos(math.radians(mine.at.lat))
    fields = {field: n for n, field in enumerate(sorted({one.field for one in every}))}
    signs = Signs(
        places=(np.array([one.at for one in every]) - mine.at) * (east, METRES_PER_DEGREE),
        fields=np.array([fields[one.field] for one in every]),
        praise=np.array([_praises(one) for one in every]),
        subjects=weigh_subjects([subjects_of(one.words) for one in every]),
        meaning=np.zeros((len(every), 0), dtype=np.float32),
    )
    return kinship(signs)[0, 1:]
