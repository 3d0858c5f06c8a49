"""Flags above a pin: what to look at first and why, the words marked, and a way to say it is not so."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import notices, session
from components.meanwhile import STAY
from components.words import Words
from data import flags
from data.flags import Raised
from data.pins import Pin
from data.rules import PinId
from geo.flags_text import Flag


def draw(words: Words, pin: Pin, raised: Sequence[Raised], place: str) -> None:
    """Draw a pin's flags, one a line: its name, the reason in words, and what the office says to it."""
    if not raised:
        return
    with st.container(key="kk-flags", gap=None):
        for one in raised:
            with st.container(
                key=f"kk-flagged-{one.flag}",
                horizontal=True,
                vertical_alignment="center",
                gap="small",
            ):
                st.html(_line(words, one))
                st.button(
                    words("flags.right" if one.dismissed else "flags.wrong"),
                    key=f"flag-{one.flag}-{pin.id}",
                    type="tertiary",
                    on_click=change,
                    args=(pin.id, one.flag, not one.dismissed, place),
                )


def marked(pin: Pin, raised: Sequence[Raised]) -> str:
    """Return a pin's words as HTML with the flagged ones marked; they cannot be more than words."""
    places = sorted(place for one in raised if not one.dismissed for place in one.places)
    parts, at = [], 0
    for start, end in places:
        if end <= at:
            continue
        start = max(start, at)
        parts.append(escape(pin.words[at:start]))
        parts.append(f"<mark>{escape(pin.words[start:end])}</mark>")
        at = end
    said = "".join(parts) + escape(pin.words[at:])
    return f'<p class="kk-words" lang="{escape(pin.lang)}" dir="auto">{said}</p>'


def change(pin_id: PinId, flag: Flag, dismissed: bool, place: str) -> None:
    """Say that a flag is not true of a pin, or that it is after all."""
    store, actor, now = session.instance().store, session.actor(), session.now()
    st.session_state[STAY] = pin_id
    with notices.said(place):
        act = flags.dismiss if dismissed else flags.restore
        act(store, actor, pin_id, flag, now=now)


def _line(words: Words, one: Raised) -> str:
    reasons = [words(f"flags.reason.{reason}") for reason in one.reasons]
    if one.flag is Flag.OUTSIDE:
        reasons = [words("flags.reason.outside")]
    if one.same_as is not None:
        reasons = [words("flags.reason.duplicate", number=one.same_as)]
    gone = f" ({words('flags.dismissed')})" if one.dismissed else ""
    css = "kk-flag-gone" if one.dismissed else f"kk-flag-{one.flag}"
    return (
        f'<p class="kk-flag {css}"><strong>{escape(words(f"flags.{one.flag}"))}{escape(gone)}</strong> '
        f"<span>{escape(', '.join(reasons))}</span></p>"
    )
