"""Residents' words: cleaned of what no keyboard types, never changed otherwise."""

import re
import unicodedata

from data.problems import BadInput

LANGUAGES = ("de", "en", "tr", "ar", "ls")  # of what the public is told, in this order

# Bidi embeddings and overrides can turn the rest of a page round. Isolates and marks are kept, but
# an isolate ends in its own line, and none ends what a sentence of ours has opened around a text.
_OVERRIDES: dict[int, None] = dict.fromkeys((0x202A, 0x202B, 0x202C, 0x202D, 0x202E))
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"
_MARKS_IN_A_ROW = 4  # more is zalgo, not writing
# Plain writing, which none of the rules below would change: nearly every text, six times faster
_PLAIN = re.compile(
    r"[\n -~\u00a0-\u024f\u2010-\u2027\u20ac\u0621-\u063a\u0641-\u064a\u060c\u061b\u061f"
    r"\u0660-\u0669]*"
)
_ARABIC = re.compile("[؀-ۿ]")
TURKISH = set("ğĞşŞıİ")


def clean(words: object) -> str:
    """Return words without control characters, overrides and surplus white space, in NFC.

    Isolates that stay open are closed at the end of their line.

    >>> clean("  Zu\\x00 dunkel!\\r\\n\\n\\n\\nBitte  Licht. ")
    'Zu dunkel!\\n\\nBitte  Licht.'
    >>> clean(None)
    ''
    """
    if not isinstance(words, str):
        return ""
    text = words.replace("\r\n", "\n").replace("\r", "\n")
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFC", text)
        text = "".join(sign for sign in text.translate(_OVERRIDES) if _is_written(sign))
        text = "".join(map(_balanced, re.split("([\n\u2029])", _without_zalgo(text))))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def bounded(text: str, limit: int, field: str, *, typed: int) -> str:
    """Return a text cleaned; BadInput when it is longer than `limit` signs.

    Beyond `typed` signs it is refused before anything is cleaned.
    """
    return not_longer(text if len(text) > typed else clean(text), limit, field, "legal.too_long")


def isolated(text: str) -> str:
    """Return a text for the middle of a sentence, where it keeps its own direction."""
    return f"{_ISOLATES[-1]}{text}{_POP}"


def not_longer(text: str, limit: int, field: str, key: str) -> str:
    """Return a text as it is; BadInput with `key` when it is longer than `limit` signs."""
    if len(text) > limit:
        raise BadInput(key, field=field, limit=limit, length=len(text))
    return text


def lang_of(words: str, screen: str) -> str:
    """Guess the language of a text from its letters, else the screen's language.

    >>> lang_of("نريد مكانا للعب", "de"), lang_of("Çok karanlık", "de"), lang_of("Zu dunkel", "ls")
    ('ar', 'tr', 'de')
    """
    screen = "de" if screen == "ls" else screen  # Leichte Sprache is German
    if screen != "ar" and not _ARABIC.search(
        words
    ):  # nearly every text, without a look at each sign
        return "tr" if TURKISH & set(words) else screen
    letters = [sign for sign in words if sign.isalpha()]
    arabic = sum("؀" <= sign <= "ۿ" for sign in letters)
    if letters and arabic * 2 > len(letters):
        return "ar"
    if TURKISH & set(letters):
        return "tr"
    return screen if screen != "ar" or not letters else "de"


def _is_written(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co")


def _without_zalgo(text: str) -> str:
    out: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) == "Mn" else 0
        if marks <= _MARKS_IN_A_ROW:
            out.append(sign)
    return "".join(out)


def _balanced(line: str) -> str:
    out: list[str] = []
    opened = 0
    for sign in line:
        opened += (sign in _ISOLATES) - (sign == _POP)
        if opened >= 0:
            out.append(sign)
        opened = max(opened, 0)
    return "".join(out) + _POP * opened
