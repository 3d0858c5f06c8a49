"""Photos on screen: how a sender gives one, and the checked ones on the cards."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import frame, session
from components.words import Words
from data import photos, pictures, pins, receipts
from data.instance import ROOT
from data.photos import PhotoState
from data.pins import Pin
from data.problems import BadInput, Problem
from data.rules import PinId

SAID = (
    *("title", "hint", "take", "choose", "other", "send", "sending", "again", "offline"),
    *("sent", "waiting", "preview"),
)


@st.cache_resource
def giving() -> Any:
    """Return the component that takes a photo, looks at it and sends it."""
    script = (ROOT / "static" / "photo.js").read_text(encoding="utf-8")
    home = '<section class="kk-photo"></section>'
    return v2.component("kiezkarte_photo", html=home, js=script, isolate_styles=False)


def offer(words: Words, code: str) -> None:
    """Let the holder of a receipt add a photo to the pin, or another one until it is checked.

    Draws nothing where photos are not wanted, or the pin's photo was checked already.
    """
    store = session.instance().store
    try:
        sender = pins.by_receipt(store, code)
        pin, photo = pins.get(store, sender, sender.pin or PinId("")), photos.own(store, sender)
    except Problem:
        return
    if not photos.allowed(store, pin) or (photo and photo.state != PhotoState.WAITING):
        return
    frame.look("photo")
    most = pictures.MAX_BYTES
    too_big = BadInput("photo.too_big", limit=most // 1_000_000)
    texts = {name: words(f"photo.{name}") for name in SAID} | {"too_big": words.problem(too_big)}
    plain = receipts.normal(code)  # as a header can carry it
    data = {"code": plain, "lang": words.lang, "most": most, "there": bool(photo), "texts": texts}
    giving()(data=data, key=f"kk-photo-{pin.id}")


def of(words: Words, found: Sequence[Pin]) -> dict[PinId, str]:
    """Return the checked photos of loaded pins as HTML, by pin."""
    shown = photos.shown(session.instance().store, session.actor(), found)
    if shown:
        frame.look("photo")
    return {
        pin.id: (
            f'<img class="kk-seen" src="api/photos/{escape(pin.id)}" loading="lazy" '
            f'width="{shown[pin.id].width}" height="{shown[pin.id].height}" '
            f'alt="{escape(words("photo.alt", number=pin.number))}">'
        )
        for pin in found
        if pin.id in shown
    }
