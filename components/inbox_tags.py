"""Sorting a pin: its field of action by one tap or digit, and whether it is about the climate."""

import streamlit as st

from components import field_names, notices, session
from components.words import Words
from data import pins
from data.pins import Pin


def draw(words: Words, pin: Pin, place: str, *, keys: bool = False) -> None:
    """Draw the fields of action and the climate; with `keys` a digit or K does it too."""
    st.text(words("inbox.tag_how"))
    with st.container(horizontal=True, gap="small"):
        for digit, name in enumerate((*field_names.offered(pin.field), ""), 1):
            st.button(
                words(f"field.{name}") if name else words("inbox.tag_none"),
                key=f"tag-{name or 'none'}-{pin.id}",
                type="primary" if name == pin.field else "secondary",
                shortcut=str(digit) if keys else None,
                on_click=tag,
                args=(pin, place),
                kwargs={"field": name},
            )
        st.button(
            words("inbox.climate_off" if pin.climate else "inbox.climate_on"),
            key=f"tag-climate-{pin.id}",
            icon=":material/eco:",
            shortcut="K" if keys else None,
            on_click=tag,
            args=(pin, place),
            kwargs={"climate": not pin.climate},
        )


def tag(pin: Pin, place: str, *, field: str | None = None, climate: bool | None = None) -> None:
    """Sort a pin, and say so."""
    words, store, now = session.the_words(), session.instance().store, session.now()
    with notices.said(place):
        pins.tag(store, session.actor(), [pin.id], field=field, climate=climate, now=now)
        notices.keep(place, words("inbox.tagged", number=pin.number), "success")
