"""How much speaks for two pins being one need: place, field, subjects and meaning in one number.

The number is built like log odds: what speaks for one need adds, what speaks against it takes away.
The weights come from a logistic regression on re-placed copies of a labelled set, rounded; around
them the result hardly changes (`docs/decisions/0003-grouping.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

START = 0.2  # two pins at one spot of which nothing else is known
SAME_FIELD = 1.5  # the same field of action; residents choose wrongly in one case of ten
VECTOR = 8.0  # times the cosine of what the model reads; 5 to 12 give the same groups nearly
SUBJECT = 3.5  # times the cosine of the subjects, a rare subject weighing more
OTHER_SUBJECT = -1.5  # both name subjects, none in common
PRAISE = 1.5  # two pieces of praise: places are seldom praised for two things
PER_METRE = -0.036
WIDEST = 220.0  # metres: the longest stretch of street that is still one place
FAR = -50.0
FEW = 20  # texts: the mean of fewer lies too close to each of them, and turns kin into opposites
LANGUAGE_PULL = 5.0  # pins: a language with fewer is centred mostly by the mean of all


@dataclass(frozen=True)
class Signs:
    """What is compared, one row a pin."""

    places: np.ndarray  # (n, 2) metres east and north
    fields: np.ndarray  # (n,) numbers of the fields
    praise: np.ndarray  # (n,) bool
    subjects: np.ndarray  # (n, k) float32, unit rows or zero
    meaning: np.ndarray  # (n, 384) float32, unit rows or zero; (n, 0) without the model

    def of(self, rows: np.ndarray) -> "Signs":
        """Pick some of the pins."""
        return Signs(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def units(rows: np.ndarray) -> np.ndarray:
    """Scale rows to length 1 and leave rows of zeros.

    >>> units(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def weigh_subjects(found: Sequence[frozenset[str]]) -> np.ndarray:
    """Turn subjects into unit rows (n, k), a subject that few pins name weighing more.

    >>> weigh_subjects([frozenset({"rats"}), frozenset()]).tolist(), weigh_subjects([]).shape
    ([[1.0], [0.0]], (0, 0))
    """
    column = {key: i for i, key in enumerate(sorted(frozenset().union(*found)))}
    marks = np.zeros((len(found), len(column)), dtype=np.float32)
    for row, keys in enumerate(found):
        marks[row, [column[key] for key in keys]] = 1.0
    rarity = np.log((len(found) + 1) / (marks.sum(axis=0) + 0.5))
    return units(marks * rarity).astype(np.float32)


def centre_meaning(meaning: np.ndarray, langs: Sequence[str]) -> np.ndarray:
    """Take from each vector (n, d) the mean of its language, so that languages meet.

    Rows of zeros (no vector known) stay. A language with few pins has no mean of its own worth
    the name: its mean is drawn towards that of all, as by `LANGUAGE_PULL` pins. Of fewer than
    `FEW` texts in all nothing is known: rows of zeros.
    """
    known = np.any(meaning != 0, axis=1)
    if known.sum() < FEW:
        return np.zeros_like(meaning)
    codes, out = np.array(langs), np.zeros_like(meaning)
    middle = meaning[known].mean(axis=0)
    for lang in sorted(set(langs)):
        rows = known & np.equal(codes, lang)
        pulled = (meaning[rows].sum(axis=0) + LANGUAGE_PULL * middle) / (rows.sum() + LANGUAGE_PULL)
        out[rows] = meaning[rows] - pulled
    return units(out).astype(np.float32)


def kinship(signs: Signs, others: Signs | None = None) -> np.ndarray:
    """Weigh every pair of pins, or of these with others of one table: log odds (n, m), float32.

    Symmetric without others; `FAR` where two are never one need.
    """
    over = signs if others is None else others
    apart = _apart(signs.places, over.places)
    odds = np.float32(START) + np.float32(PER_METRE) * apart
    odds += SAME_FIELD * np.equal.outer(signs.fields, over.fields).astype(np.float32)
    shared = signs.subjects @ over.subjects.T
    odds += SUBJECT * shared
    both = np.logical_and.outer(signs.subjects.any(axis=1), over.subjects.any(axis=1))
    odds += OTHER_SUBJECT * (both & (shared <= 0)).astype(np.float32)
    odds += PRAISE * np.logical_and.outer(signs.praise, over.praise).astype(np.float32)
    odds += VECTOR * (signs.meaning @ over.meaning.T)
    odds[(apart > WIDEST) | np.not_equal.outer(signs.praise, over.praise)] = FAR
    return (odds + odds.T) / 2 if others is None else odds


def _apart(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Measure the way from each of some places (n, 2) to each of others: (n, m) float32."""
    (east, north), (x, y) = some.T.astype(np.float32), others.T.astype(np.float32)
    return np.hypot(east[:, None] - x, north[:, None] - y)
