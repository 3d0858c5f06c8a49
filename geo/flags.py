"""Flags of a text: what the office should look at first, and which words are the reason.

Rules in four languages, applied all to every text: people mix languages. A flag blocks nothing and
hides nothing; somebody reads the text either way (docs/flags.md has the figures).
"""

from geo.flags_abuse import RULES as ABUSE
from geo.flags_danger import DANGER, HEALTH
from geo.flags_personal import personal
from geo.flags_spam import spam
from geo.flags_text import Flag, Found, read

RANK = {flag: n for n, flag in enumerate(Flag)}
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
    found |= set(personal(text)) | set(spam(text))
    return tuple(sorted(found, key=lambda one: (RANK[one.flag], one.start, one.end, one.reason)))


def flags_of(found: tuple[Found, ...]) -> tuple[Flag, ...]:
    """List the flags of what was found, each once, the most pressing first.

    >>> flags_of(find("")), flags_of(find("Ruft an: 030 23125 000"))
    ((), (<Flag.PERSONAL: 'personal'>,))
    """
    return tuple(dict.fromkeys(one.flag for one in found))
