"""Texts as flags read them: folded sign by sign, with the way back to the words as written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

SENTENCE = 70  # signs: about as far apart as two words of one sentence stand


class Flag(StrEnum):
    """What somebody of the office should look at first, the most pressing first."""

    DANGER = "danger"
    PERSONAL = "personal"
    HATE = "hate"
    INSULT = "insult"
    HEALTH = "health"
    SPAM = "spam"
    OUTSIDE = "outside"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Found:
    """Why a text is flagged: the reason's key, and where its words stand (signs from 0)."""

    flag: Flag
    reason: str
    start: int
    end: int


def _folded(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign)[0].lower()
    return "i" if sign in "ıİ" else bare if len(bare) == 1 else sign


_RANGES = [range(0x41, 0x250), range(0x1E00, 0x1F00), range(0x660, 0x66A), range(0x6F0, 0x6FA)]
_RANGES += [range(0xFF01, 0xFF5F), range(0x622, 0x627)]
_FOLD = {code: _folded(chr(code)) for codes in _RANGES for code in codes}
_FOLD |= dict(zip(range(0x660, 0x66A), "0123456789", strict=True))
_FOLD |= dict(zip(range(0x6F0, 0x6FA), "0123456789", strict=True))
_FOLD |= {ord(sign): "-" for sign in "‐‑‒–—―−"} | {ord(sign): "'" for sign in "’‘`´ʼ"}
_FOLD |= {ord(sign): " " for sign in "\u00a0\u2007\u2009\u202f\t\n"}
_FOLD |= {ord("ى"): "ي", ord("ة"): "ه", ord("ٱ"): "ا", ord("گ"): "ك", ord("ک"): "ك", ord("ی"): "ي"}
_FOLD[ord("ß")] = "ß"
# Signs that nobody sees or that only help to pronounce: words may hide behind them
_SILENT = re.compile(
    "[\u00ad\u0300-\u036f\u0640\u064b-\u0652\u0670\u200b-\u200f\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True)
class Text:
    """A text three times: as written, without silent signs (`said`), and folded (`plain`).

    `said` and `plain` are of the same length, so that a place in one is the place in the other.
    """

    said: str
    plain: str
    places: tuple[int, ...] | None = None

    def found(self, flag: Flag, reason: str, start: int, end: int) -> Found:
        """Say where a reason stands in the text as it was written."""
        if self.places is None:
            return Found(flag, reason, start, end)
        return Found(flag, reason, self.places[start], self.places[end - 1] + 1)


def read(words: str) -> Text:
    """Fold a text: small letters without accents, Western digits, plain hyphens and spaces.

    >>> read("Ruf AN: ٠٣٠–Ğ").plain, read("i\\u00addiot").plain
    ('ruf an: 030-g', 'idiot')
    >>> read("").plain
    ''
    """
    if not _SILENT.search(words):
        return Text(words, words.translate(_FOLD))
    places = tuple(i for i, sign in enumerate(words) if not _SILENT.match(sign))
    said = "".join(words[i] for i in places)
    return Text(said, said.translate(_FOLD), places)


def stems(*lines: str) -> re.Pattern[str]:
    """Compile words to look for in folded text: `~` for more letters, `_` for a space.

    >>> bool(stems("gas leck~").search("das leckt")), bool(stems("gas").search("gasse"))
    (True, False)
    """
    tree: dict[str, Any] = {}
    for word in {word for line in lines for word in line.split()}:
        branch = tree
        for sign in word:
            branch = branch.setdefault(sign, {})
        branch[""] = {}
    return re.compile(rf"(?<!\w){_branches(tree)}(?!\w)")


def _branches(tree: dict[str, Any]) -> str:
    """Write a tree of words as an expression: three times as fast as one word beside the other."""
    ways = [
        _SIGNS.get(sign, re.escape(sign)) + (_branches(rest) if rest else "")
        for sign, rest in sorted(tree.items(), reverse=True)
    ]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


_SIGNS = {"~": r"\w*", "_": r"\s+", "": ""}


def loose(*lines: str) -> re.Pattern[str]:
    """Compile words as `stems` does, found also with letters repeated or blotted out.

    >>> found = loose("idiot~")
    >>> [bool(found.search(word)) for word in ("idiooot", "id*ot", "1diot", "idee", "")]
    [True, True, True, False, False]
    """
    said = sorted({word for line in lines for word in line.split()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(_blotted(word) for word in said)})(?!\w)")


_VOWELS = {"a": "a@4", "e": "e3", "i": "i1!", "o": "o0", "u": "uv", "y": "y"}
_LIKE = {"s": "s$5", "t": "t7+", "b": "b8", "g": "g9", "l": "l|"}


def _blotted(word: str) -> str:
    signs = (
        {"~": r"\w*", "_": r"\s+"}.get(sign)
        or (
            f"(?:[{_VOWELS[sign]}]+|[*#._-])"
            if sign in _VOWELS
            else f"(?:[{_LIKE.get(sign, sign)}]+|[*#])"
        )
        for sign in word
    )
    first = re.escape(word[0]) + "+" if word[0] not in _VOWELS else f"[{_VOWELS[word[0]]}]+"
    return first + "".join(list(signs)[1:])


@dataclass(frozen=True)
class Rule:
    """Words that are a reason alone, or only near others, or not near some."""

    flag: Flag
    reason: str
    words: re.Pattern[str]
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    reach: int = SENTENCE
    only: re.Pattern[str] | None = None  # a cheap look first: without it there is nothing to find
    each: bool = False  # the words are single ones: what was asked of a word once is remembered

    def find(self, text: Text) -> Iterator[Found]:
        """Find the reason's words in a text."""
        if self.only and not self.only.search(text.plain):
            return
        for match in self._matches(text.plain):
            start = max(0, match.start() - self.reach)
            end = text.plain.find(" ", match.end() + self.reach)  # never in the midst of a word
            end = len(text.plain) if end < 0 else end
            if self.unless and self.unless.search(text.plain, start, end):
                continue
            if self.near is None:
                yield text.found(self.flag, self.reason, match.start(), match.end())
                continue
            # the words themselves may be part of what stands near: "feuerteufel" is no fire
            for other in self.near.finditer(text.plain, start, end):
                if other.end() <= match.start() or other.start() >= match.end():
                    yield text.found(self.flag, self.reason, match.start(), match.end())
                    yield text.found(self.flag, self.reason, other.start(), other.end())
                    break

    def _matches(self, plain: str) -> Iterator[re.Match[str]]:
        if not self.each:
            yield from self.words.finditer(plain)
            return
        for word in _WORD.finditer(plain):
            if _fits(self.words.pattern, word[0]):
                yield word


_WORD = re.compile(r"\w[\w-]*")
ARABIC = re.compile("[ء-ي]")
# w o r d, wo.rd
SPACED = re.compile(
    r"(?<!\w)(?:[^\W\d_][ ._*-]{1,2}){3,}[^\W\d_](?!\w)|(?<!\w)[^\W\d_]+(?:[.*_·|][^\W\d_]+)+(?!\w)"
)
# Letters more often than any word has them, or a sign in the midst of a word
BLOTTED = re.compile(
    r"([^\W\d_])\1\1|[^\W\d][*#@$!.|+]+[^\W\d_]|[^\W\d_]\d[^\W\d_]|(?<!\w)[13450@$][a-z]{3}|[a-z]{2}[-_.*]{2}"
)


@lru_cache(maxsize=60_000)
def _fits(words: str, word: str) -> bool:
    """Tell whether a word, or a part of a word with hyphens, is one of those looked for."""
    return any(re.fullmatch(words, part) for part in {word, *word.split("-")})
