"""Voices on screen: the row under a public pin, and what says the same while one writes."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import cards, frame, session
from components.words import Words
from data import voices
from data.fields import FIELDS
from data.instance import ROOT
from data.pins import PUBLIC, Kind, Pin
from geo.points import LonLat

SAID = (
    *("give", "back", "thanks", "already", "words_sent", "taken_back", "trouble"),
    *("share", "copy", "copied"),
)


@st.cache_resource
def _script() -> Any:
    text = (ROOT / "static" / "voices.js").read_text(encoding="utf-8")
    return v2.component(
        "kiezkarte_voices",
        html='<div class="kk-near-home"></div>',
        js=text,
        isolate_styles=False,  # its cards look as all others do
    )


def pins(words: Words, found: Sequence[Pin], *, own: bool = False) -> None:
    """Draw pins as cards; the public ones with their voices and a link to pass on.

    To one's `own` pins, as to those sent from this screen, one gives no voice.
    """
    frame.look("voices")
    public = [pin.id for pin in found if pin.status in PUBLIC]
    counted = voices.count(session.instance().store, public)
    rows = {
        pin.id: row(words, pin, counted[pin.id], own=own or pin.id in session.own())
        for pin in found
        if pin.id in counted
    }
    cards.pins(words, found, more=rows)
    fill(words)


def row(words: Words, pin: Pin, number: int, *, own: bool = False) -> str:
    """Return the place for a pin's voices as HTML; `fill` puts the buttons into it."""
    facts = {
        "pin": pin.id,
        "said": said(words, number),
        "about": words("pin.number", number=pin.number),
        "own": "1" if own else "",
    }
    told = " ".join(f'data-{name}="{escape(value)}"' for name, value in facts.items())
    return f'<div class="kk-voice" {told}></div>'


def fill(words: Words) -> None:
    """Put the buttons into all places for voices on this page."""
    frame.look("voices")
    _script()(data=_told(words), key="kk-voices")


def near(words: Words, begun: str, at: LonLat) -> None:
    """Show what says the same nearby while the form of a begun pin is filled in."""
    frame.look("voices")
    _script()(
        data={
            **_told(words),
            "near": {
                "id": begun,
                "at": list(at),
                "kinds": list(Kind),
                "fields": {words(f"field.{field}"): field for field in FIELDS},
                "own": list(session.own()),
            },
        },
        key=f"kk-near-{begun}",
    )


def said(words: Words, number: int) -> str:
    """Say how many say so too; nothing while nobody does."""
    return words.many("support.count", number) if number else ""


def _told(words: Words) -> dict[str, Any]:
    texts: dict[str, Any] = {name: words(f"support.{name}") for name in SAID}
    texts |= {name: words(f"support.near.{name}") for name in ("how", "either")}
    texts |= {
        "near": words("support.near"),
        "found": ["", *(words.many("support.near.found", n) for n in (1, 2, 3))],
        "kinds": {kind: words(f"kind.{kind}") for kind in Kind},
    }
    return {"lang": words.lang, "texts": texts}
