"""Fields of action on screen: what the office calls them, those of old codes, and which are offered."""

from datetime import date

from components import session, words
from data import action_fields
from data.action_fields import TODAY
from data.fields import FIELDS
from data.filters import local_day
from data.store import Store

_last_days: dict[str, date] = {}  # of the fields that end, by code


def refresh(store: Store) -> None:
    """Take over what is stored now: titles of renamed fields and of old codes, and what ends when.

    What was never renamed keeps the shipped words, which easy German has too.
    """
    every = action_fields.listing(store)
    named = {
        f"field.{one.code}": one
        for one in reversed(every)  # the newest generation has the last word
        if one.code not in FIELDS or (one.generation == TODAY and one.version > 1)
    }
    words.name_anew(
        {(lang, key): one.title(lang) for key, one in named.items() for lang in words.LANGUAGES}
    )
    _last_days.clear()
    _last_days.update(
        {one.code: one.valid_to for one in every if one.generation == TODAY and one.valid_to}
    )


def offered(before: str = "") -> tuple[str, ...]:
    """Return the fields that can be chosen today, and the one that is chosen already."""
    day = local_day(session.now())
    open_ones = [code for code in FIELDS if _last_days.get(code, day) >= day]
    return tuple(dict.fromkeys([*open_ones, before] if before else open_ones))
