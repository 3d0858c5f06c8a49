"""Into which need a free pin fits: the kinship that makes groups, asked between pins and needs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.heaps import chance
from geo.kinship import FAR, PER_METRE, WIDEST, Signs, kinship
from geo.meaning import fold, telling_words
from geo.needs import Told, Voice, read_signs
from geo.points import metres

FITS = -0.5  # kinship: a pin is proposed to a need while its pairs show more than this on average
TOGETHER = -2.0  # the same for a group as a whole; staff see how sure it is
NEAREST = 200  # pins of a group that are asked how near they are
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

    >>> from geo.points import LonLat
    >>> here = Voice("a", LonLat(13.42, 52.5), "problem", "OER", "de", "Müll überall")
    >>> [(fit.pin, fit.need, fit.subjects) for fit in fitting([here], {"n": [here]})]
    [('a', 'n', ('rubbish',))]
    >>> fitting([], {})
    []
    """
    found = [fit for _, some in steps(voices, behind, vectors=vectors) for fit in some]
    return sorted(found, key=_surest)


def steps(
    voices: Sequence[Voice],
    behind: Mapping[str, Sequence[Voice]],
    *,
    vectors: Mapping[str, np.ndarray] | None = None,
) -> Iterator[tuple[float, list[Fit]]]:
    """Find step by step what `fitting` finds: (share of the pins looked at, their fits).

    >>> list(steps([], {}))
    []
    """
    table = _Table.of(voices, behind, vectors or {})
    for start in range(0, len(voices), AT_ONCE) if table.needs else ():
        rows = np.arange(start, min(start + AT_ONCE, len(voices)))
        yield rows[-1] / len(voices), [fit for key in table.needs for fit in table.fits(rows, key)]


def together(
    voices: Sequence[Voice],
    behind: Mapping[str, Sequence[Voice]],
    *,
    vectors: Mapping[str, np.ndarray] | None = None,
) -> list[Fit]:
    """Find the needs that pins fit as one group, the surest first; a fit then names no pin.

    >>> together([], {})
    []
    """
    table = _Table.of(voices, behind, vectors or {})
    if not voices or not table.needs:
        return []
    rows = np.arange(len(voices))
    odds = {key: float(table.odds(rows, key).mean()) for key in table.needs}
    found = [
        replace(table.fit(rows, key, mean), pin="") for key, mean in odds.items() if mean > TOGETHER
    ]
    return sorted(found, key=_surest)


def _surest(fit: Fit) -> tuple[object, ...]:
    return fit.pin, -fit.sureness, fit.metres, fit.need


@dataclass(frozen=True)
class _Table:
    """Free pins and the pins of needs in one table, so that they are weighed alike."""

    voices: Sequence[Voice]
    told: Sequence[Told]
    signs: Signs
    needs: Mapping[str, np.ndarray]  # rows of each need's pins

    @classmethod
    def of(
        cls,
        voices: Sequence[Voice],
        behind: Mapping[str, Sequence[Voice]],
        vectors: Mapping[str, np.ndarray],
    ) -> "_Table":
        known, needs = list(voices), {}
        for key, some in sorted(behind.items()):
            if some:
                needs[key] = np.arange(len(known), len(known) + len(some))
                known += some
        told = [telling_words(voice.words) for voice in known]
        return cls(known, told, read_signs(known, told, vectors), needs)

    def odds(self, rows: np.ndarray, key: str) -> np.ndarray:
        """Weigh pins against a need by their mean kinship with its pins, `FAR` where never one.

        What lies too far away at one end of a long street takes away, and is not "never". A need
        is praise when most of its pins are.
        """
        theirs = self.needs[key]
        never_praise = self.signs.praise[rows] != (
            2 * self.signs.praise[theirs].sum() > len(theirs)
        )
        odds = kinship(self.signs.of(rows), self.signs.of(theirs))
        never = odds == FAR
        means = np.where(never, PER_METRE * WIDEST, odds).mean(axis=1)
        return np.where(never.all(axis=1) | never_praise, FAR, means)

    def fits(self, rows: np.ndarray, key: str) -> list[Fit]:
        """List the pins that fit a need."""
        odds = self.odds(rows, key)
        return [
            self.fit(rows[at : at + 1], key, float(odds[at]))
            for at in np.flatnonzero(odds > FITS).tolist()
        ]

    def fit(self, rows: np.ndarray, key: str, odds: float) -> Fit:
        """Say why pins fit a need."""
        own, theirs = [[self.voices[n] for n in some] for some in (rows, self.needs[key])]
        said, heard = self._said(rows), self._said(self.needs[key])
        counts = Counter(subject for _, subject, _ in heard)
        common = sorted(
            {subject for _, subject, _ in said} & set(counts), key=lambda s: (-counts[s], s)
        )
        return Fit(
            pin=own[0].id,
            need=key,
            metres=round(min(metres(a.at, b.at) for a in own[:NEAREST] for b in theirs), 1),
            sureness=round(self._sureness(rows, odds, common), 3),
            subjects=tuple(common),
            words=_words(said, common),
            theirs=_words(heard, common),
            same_field=bool({voice.field for voice in own} & {voice.field for voice in theirs}),
        )

    def _sureness(self, rows: np.ndarray, odds: float, common: Sequence[str]) -> float:
        """Rate a fit; half as sure where nothing but place and field speaks for it."""
        read = bool(common) or bool(self.signs.meaning[rows].any())
        return float(chance(np.array(odds))) * (1.0 if read else 0.5)

    def _said(self, rows: np.ndarray) -> list[tuple[str, str, str]]:
        return [
            (self.voices[row].lang, subject, word)
            for row in rows
            for subject, word in self.told[row]
        ]


def _words(
    said: Sequence[tuple[str, str, str]], subjects: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Pick words about subjects, each once, as first written."""
    found: dict[str, tuple[str, str]] = {}
    for lang, subject, word in said:
        if subject in subjects:
            found.setdefault(fold(word), (lang, word))
    return tuple(found.values())[:WORDS]
