"""What the language model read in pins' words, kept in memory by their text."""

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from geo import meaning

KEPT = 60_000  # vectors kept, in half precision: 46 MB

_vectors: dict[str, np.ndarray] = {}
_lock = threading.Lock()


def ready(texts: Mapping[str, str]) -> dict[str, np.ndarray]:
    """Return the vectors that are kept of pins' texts, by pin id."""
    found = {pin_id: _vectors.get(_key(text)) for pin_id, text in texts.items()}
    return {pin_id: vector for pin_id, vector in found.items() if vector is not None}


def missing(texts: Iterable[str]) -> list[str]:
    """List the texts whose meaning has not been read yet, each once.

    Empty when there is no model: then there is nothing to wait for.
    """
    if not meaning.available():
        return []
    return [text for text in dict.fromkeys(texts) if text and _key(text) not in _vectors]


def read(texts: Sequence[str]) -> None:
    """Read the meaning of texts (about 13 ms each) and keep it."""
    found = meaning.vectors(texts)
    if found is None:
        return
    with _lock:
        for text, vector in zip(texts, found.astype(np.float16), strict=True):
            _vectors[_key(text)] = vector
        for key in list(_vectors)[: max(0, len(_vectors) - KEPT)]:
            del _vectors[key]


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
