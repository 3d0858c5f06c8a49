"""What is done with the pin in turn, each with a key; one thing is open at a time, with its digits."""

from typing import Any

import streamlit as st
from streamlit.components import v2

from components import answer_form, desk, inbox_tags, into_need, meanwhile, redact, translation
from components.words import Words
from data import pins
from data.instance import ROOT
from data.pins import Pin, Status
from data.rules import PinId

OPEN = "inbox-open"  # which pin's which thing is open
LATER = "inbox-later"  # the pins left for later


@st.cache_resource
def _keys() -> Any:
    script = (ROOT / "static" / "inbox.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_inbox", html="<span></span>", js=script)


def listen(pin: Pin | None) -> None:
    """Lead the focus to each new pin, and let a key that is held down count once."""
    what = st.session_state.get(OPEN)
    opened = what[1] if pin and what and what[0] == pin.id else ""
    _keys()(data={"pin": pin.id if pin else "", "open": opened}, key="kk-inbox-keys")


def draw(words: Words, pin: Pin) -> None:
    """Draw the things to do with a pin, and what is open of them."""
    with st.container(key="kk-acts", horizontal=True, gap="small"):
        if pin.status in pins.RELEASABLE:
            st.button(
                words("desk.release"),
                key=f"release-{pin.id}",
                type="primary",
                icon=":material/check:",
                shortcut="F",
                on_click=desk.release,
                args=(pin, "inbox"),
            )
        if pin.status in pins.HIDEABLE:
            _opener(words("desk.hide_open"), pin, "hide", ":material/visibility_off:", "H")
        st.button(
            words("inbox.later" if pin.status in pins.UNREAD else "inbox.next"),
            key=f"later-{pin.id}",
            type="tertiary",
            icon=":material/redo:",
            shortcut="N",
            on_click=later,
            args=(pin.id,),
        )
    if pin.status == Status.WITHDRAWN:
        return
    with st.container(key="kk-more-acts", horizontal=True, gap="small"):
        _opener(words("inbox.tag"), pin, "tag", ":material/label:", "T")
        if pin.words:
            _opener(words("redact.open"), pin, "redact", ":material/ink_highlighter:", "S")
            _opener(words("translation.open"), pin, "translate", ":material/translate:", "U")
        into_need.of_pin(words, pin, "inbox")
    _opened(words, pin)
    if pin.status not in pins.UNREAD:
        answer_form.offer(words, pin)


def _opener(label: str, pin: Pin, what: str, icon: str, shortcut: str) -> None:
    st.button(
        label,
        key=f"{what}-{pin.id}" if what == "hide" else f"open-{what}-{pin.id}",
        icon=icon,
        type="secondary" if what == "hide" else "tertiary",
        shortcut=shortcut,
        on_click=toggle,
        args=(pin.id, what),
    )


def _opened(words: Words, pin: Pin) -> None:
    what = st.session_state.get(OPEN)
    if not what or what[0] != pin.id:
        return
    with st.container(key="kk-opened-act", border=True):
        if what[1] == "hide" and pin.status in pins.HIDEABLE:
            desk.hide_form(words, pin, "inbox", keys=True)
        elif what[1] == "tag":
            inbox_tags.draw(words, pin, "inbox", keys=True)
        elif what[1] == "redact":
            redact.draw(words, pin, "inbox")
        elif what[1] == "translate":
            translation.draw(words, pin, "inbox")


def toggle(pin_id: PinId, what: str) -> None:
    """Open one thing to do with a pin, or close it again."""
    there = st.session_state.get(OPEN) == (pin_id, what)
    st.session_state[OPEN] = None if there else (pin_id, what)


def later(pin_id: PinId) -> None:
    """Leave this pin for later and go to the next one."""
    meanwhile.go_on()
    st.session_state.setdefault(LATER, set()).add(pin_id)
