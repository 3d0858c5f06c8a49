"""Into which need a free pin fits: the kinship that makes groups, asked between pins and needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.heaps import chance
from geo.kinship import FAR, PER_METRE, WIDEST, Signs, kinship
from geo.meaning import fold, telling_words
from geo.needs import Told, Voice, praises, read_signs
from geo.points import metres

FITS = -0.5  # kinship: a pin is proposed to a need while its pairs show more than this on average
AT_ONCE = 500  # pins compared in one step
WORDS = 3  # words in common shown


@dataclass(frozen=True)
class Fit:
    """A pin that fits a need, and what says so."""

    pin: str
    need: str
    metres: float  # to the nearest pin of the need
    sureness: float  # 0..1
    subjects: tuple[str, ...]  # in common, keys of `geo.subjects`
    words: tuple[tuple[str, str], ...]  # of this pin about these subjects: (language, word)
    theirs: tuple[tuple[str, str], ...]  # of the need's pins
    same_field: bool


def fitting(
    voices: Sequence[Voice],
    behind: Mapping[str, Sequence[Voice]],
    *,
    vectors: Mapping[str, np.ndarray] | None = None,
) -> list[Fit]:
    """Find for each pin the needs (by key, the pins behind each) that it fits, the surest first.

    A strength fits no need of problems, and nothing fits a need more than 220 m away.

    >>> here = Voice("a", LonLat(13.42, 52.5), "problem", "OER", "de", "Müll überall")
    >>> [(fit.pin, fit.need, fit.subjects) for fit in fitting([here], {"n": [here]})]
    [('a', 'n', ('rubbish',))]
    >>> fitting([], {})
    []
    """
    needs = {key: list(some) for key, some in behind.items() if some}
    known = [*voices, *(voice for some in needs.values() for voice in some)]
    if not voices or not needs:
        return []
    told = [telling_words(voice.words) for voice in known]
    signs = read_signs(known, told, vectors or {})
    rows = np.split(np.arange(len(voices), len(known)), np.cumsum(_sizes(needs))[:-1])
    praise = [_praised(signs, some) for some in rows]
    found: list[Fit] = []
    for start in range(0, len(voices), AT_ONCE):
        some = np.arange(start, min(start + AT_ONCE, len(voices)))
        for column, (key, theirs) in enumerate(zip(needs, rows, strict=True)):
            odds = _mean_kinship(signs, some, theirs)
            fits = (odds > FITS) & (signs.praise[some] == praise[column])
            found += [
                _fit(known, told, some[at], key, theirs, float(odds[at]))
                for at in np.flatnonzero(fits).tolist()
            ]
    return sorted(found, key=lambda fit: (fit.pin, -fit.sureness, fit.metres, fit.need))


def _sizes(needs: Mapping[str, Sequence[Voice]]) -> list[int]:
    return [len(some) for some in needs.values()]


def _praised(signs: Signs, rows: np.ndarray) -> bool:
    """Tell whether a need is praise: most of its pins are."""
    return bool(signs.praise[rows].mean() > 0.5)  # noqa: PLR2004


def _mean_kinship(signs: Signs, some: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """Weigh pins against a need: their mean kinship with its pins of the same sort, `FAR` without.

    What lies too far away at one end of a long street counts as nothing in common, not as never.
    """
    odds = kinship(signs.of(some), signs.of(theirs))
    never = odds == FAR
    return np.where(never.all(axis=1), FAR, np.where(never, PER_METRE * WIDEST, odds).mean(axis=1))


def _fit(
    voices: Sequence[Voice],
    told: Sequence[Told],
    row: int,
    key: str,
    theirs: np.ndarray,
    odds: float,
) -> Fit:
    """Say why a pin fits a need."""
    own, pin = told[row], voices[row]
    counts = [subject for other in theirs for subject in {subject for subject, _ in told[other]}]
    common = sorted({subject for subject, _ in own} & set(counts), key=lambda s: -counts.count(s))
    return Fit(
        pin=pin.id,
        need=key,
        metres=round(min(metres(pin.at, voices[other].at) for other in theirs), 1),
        sureness=round(float(chance(np.array(odds))), 3),
        subjects=tuple(common),
        words=_words([(pin.lang, pair) for pair in own], common),
        theirs=_words([(voices[o].lang, pair) for o in theirs for pair in told[o]], common),
        same_field=pin.field in {voices[other].field for other in theirs},
    )


def _words(
    said: Sequence[tuple[str, tuple[str, str]]], subjects: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Pick words about subjects, each once, as first written."""
    found: dict[str, tuple[str, str]] = {}
    for lang, (subject, word) in said:
        if subject in subjects:
            found.setdefault(fold(word), (lang, word))
    return tuple(found.values())[:WORDS]
