"""Flags of a text: what the office should look at first, and which words are the reason.

Rules in four languages, applied all to every text: people mix languages. A flag blocks nothing and
hides nothing; somebody reads the text either way (docs/flags.md has the figures).
"""

import re

from geo.flags_abuse import RULES as ABUSE
from geo.flags_abuse import spelled_out
from geo.flags_danger import DANGER, HEALTH
from geo.flags_personal import personal
from geo.flags_spam import spam
from geo.flags_text import Flag, Found, read

RANK = {flag: n for n, flag in enumerate(Flag)}
SAME = 0.75  # of the words of two texts together that stand in both
FEW = 4  # words: shorter texts are the same only word for word
_RULES = (*DANGER, *ABUSE, *HEALTH)


def find(words: str) -> tuple[Found, ...]:
    """Find a text's flags with their words, the most pressing first.

    >>> [(found.flag.value, found.reason) for found in find("Gasgeruch! Ruft an: 030 23125 000")]
    [('danger', 'gas'), ('personal', 'phone')]
    >>> find("Mehr Bänke bitte"), find("")
    ((), ())
    """
    text = read(words)
    found = {one for rule in _RULES for one in rule.find(text)}
    found |= set(personal(text)) | set(spam(text)) | set(spelled_out(text))
    return tuple(sorted(found, key=lambda one: (RANK[one.flag], one.start, one.end, one.reason)))


def flags_of(found: tuple[Found, ...]) -> tuple[Flag, ...]:
    """List the flags of what was found, each once, the most pressing first.

    >>> flags_of(find("")), flags_of(find("Ruft an: 030 23125 000"))
    ((), (<Flag.PERSONAL: 'personal'>,))
    """
    return tuple(dict.fromkeys(one.flag for one in found))


def bare(words: str) -> str:
    """Return a text's words alone, for telling whether it was sent twice.

    >>> bare("Zu  DUNKEL!!") == bare("zu dunkel"), bare("...")
    (True, '')
    """
    return " ".join(re.findall(r"\w+", read(words).plain))


def same_words(one: str, other: str) -> bool:
    """Tell whether two bare texts say the same in the same words, but for a few.

    >>> same_words("hier ist es nachts zu dunkel", "hier ist es nachts viel zu dunkel")
    True
    >>> same_words("zu dunkel", "zu laut"), same_words("", "")
    (False, False)
    """
    if one == other:
        return bool(one)
    mine, theirs = set(one.split()), set(other.split())
    if min(len(mine), len(theirs)) < FEW:
        return False
    return len(mine & theirs) >= SAME * len(mine | theirs)
