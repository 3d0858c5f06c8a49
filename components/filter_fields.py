"""One field for each thing that one may filter by; each starts from what the address says."""

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from components import session
from components.words import Words
from data import meetings
from data.fields import FIELDS
from data.filters import MAX_TEXT, Filter
from data.pins import Kind, Status
from data.rules import Act, may
from geo.flags_text import Flag

CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "field": FIELDS,
    "status": tuple(status for status in Status if status != Status.WITHDRAWN),
    "source": ("web", "tablet", "desk", "paper", "children", "meeting", "import", "demo"),
    "lang": ("de", "en", "tr", "ar"),
    "flags": tuple(Flag),
}
LABELS = {"lang": "language"}
VOICES = (1, 2, 3, 5, 10, 20)  # at least so many; another number of a link is added


def draw(words: Words, name: str, before: Filter, key: str) -> object:
    """Draw the field of one name and return what is chosen, as the filter holds it."""
    label, now = words(f"filter.{name}"), getattr(before, name)
    if name in CHOICES:
        return _several(words, name, label, now, key)
    if name in ("since", "until"):
        return _day(words, label, now, key)
    return OTHERS[name](words, label, now, key)


def value(words: Words, name: str, one: object) -> str:
    """Say one value of a filter in words."""
    if name in CHOICES:
        return words(f"{LABELS.get(name, name)}.{one}")
    if name in ("climate", "inside"):
        return words(f"filter.{name}.{'yes' if one else 'no'}")
    return words.many("filter.voices", int(str(one)))


def known(asked: Filter) -> Filter:
    """Leave out of a filter what is on no list, so that a link with nonsense hides nothing."""
    lists = {
        name: tuple(one for one in getattr(asked, name) if one in choices)
        for name, choices in CHOICES.items()
    }
    return replace(asked, **lists)


def titles() -> dict[str, str]:
    """Return the meetings' titles by id for who may list them."""
    here, actor = session.instance(), session.actor()
    if not may(actor, Act.MEETING_WRITE):
        return {}
    return {one.id: one.plan.title for one in meetings.listing(here.store, actor)}


def _several(
    words: Words, name: str, label: str, now: Sequence[str], key: str
) -> tuple[object, ...]:
    chosen = st.pills(
        label,
        CHOICES[name],
        selection_mode="multi",
        default=[one for one in now if one in CHOICES[name]],
        format_func=lambda one: value(words, name, one),
        key=key,
    )
    return tuple(chosen)


def _yes_or_no(name: str) -> Callable[[Words, str, bool | None, str], object]:
    def ask(words: Words, label: str, now: bool | None, key: str) -> bool | None:
        chosen = st.pills(
            label,
            ("yes", "no"),
            default=None if now is None else ("yes" if now else "no"),
            format_func=lambda one: words(f"filter.{name}.{one}"),
            key=key,
        )
        return None if chosen is None else chosen == "yes"

    return ask


def _voices(words: Words, label: str, now: int, key: str) -> int:
    chosen = st.pills(
        label,
        sorted({*VOICES, now} - {0}),
        default=now or None,
        format_func=words.number,
        key=key,
    )
    return chosen or 0


def _meeting(words: Words, label: str, now: str, key: str) -> str:
    known = titles()
    if not known:
        return now
    ids = list(known)
    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(now) if now in known else None,
        format_func=known.__getitem__,
        placeholder=words("filter.any_meeting"),
        key=key,
    )
    return chosen or ""


def _text(words: Words, label: str, now: str, key: str) -> str:
    return st.text_input(label, now, key=key, max_chars=MAX_TEXT)


def _day(words: Words, label: str, before: date | None, key: str) -> date | None:
    """Ask for a day as it is written in Germany; Streamlit's calendar speaks English only."""
    shown = before.strftime("%d.%m.%Y") if before else ""
    typed = st.text_input(
        label,
        shown,
        key=key,
        max_chars=10,
        placeholder=words("filter.day"),
        autocomplete="off",
    )
    found = day_from(typed or "")
    if typed and found is None:
        st.text(words("filter.day_unreadable"))
    return found


def day_from(typed: str) -> date | None:
    """Read a day, month and year; None for anything else.

    >>> day_from("1.5.2026"), day_from(" 24/12/2026 ")
    (datetime.date(2026, 5, 1), datetime.date(2026, 12, 24))
    >>> day_from("31.2.2026"), day_from("morgen"), day_from("")
    (None, None, None)
    """
    found = re.fullmatch(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*", typed)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    with contextlib.suppress(ValueError):
        return date(year, month, day)
    return None


OTHERS: dict[str, Callable[..., object]] = {
    "climate": _yes_or_no("climate"),
    "inside": _yes_or_no("inside"),
    "support": _voices,
    "meeting": _meeting,
    "text": _text,
}
