"""What somebody did last, and one tap or key to undo it."""

from html import escape

import streamlit as st

from components import notices, session
from components.words import Words
from data import undo
from data.rules import Act, may
from data.undo import Deed

SHOWN = 5
BACK = "undo-back"  # the pins of the deed that was undone, for the page that shows them next


def draw(words: Words, place: str) -> None:
    """Draw the last deeds of who is here; what comes of undoing is said at `place`."""
    actor = session.actor()
    if not may(actor, Act.TRAIL_READ):
        return
    deeds = undo.last(session.instance().store, actor, limit=SHOWN)
    if not deeds:
        return
    with st.container(
        key=f"kk-undo-{place}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        _one(words, deeds[0], place, shortcut="Z")
        if deeds[1:]:
            with st.popover(words("undo.earlier"), type="tertiary"):
                st.text(words("undo.earlier_hint"))
                for deed in deeds[1:]:
                    _one(words, deed, place)


def _one(words: Words, deed: Deed, place: str, *, shortcut: str | None = None) -> None:
    st.html(f'<p class="kk-deed">{escape(said(words, deed))}</p>')
    st.button(
        words("undo.do"),
        key=f"undo-{place}-{deed.id}",
        icon=":material/undo:",
        type="tertiary",
        shortcut=shortcut,
        on_click=take_back,
        args=(deed.id, place),
    )


def said(words: Words, deed: Deed) -> str:
    """Say a deed in a line: what, how many, when."""
    return f"{_what(words, deed)} · {words.moment(deed.at)}"


def take_back(deed_id: int, place: str) -> None:
    """Undo a deed, and say so; why not, if it cannot be."""
    words = session.the_words()
    with notices.said(place):
        store, actor = session.instance().store, session.actor()
        deed = undo.undo(store, actor, deed_id, now=session.now())
        st.session_state[BACK] = deed.pin_ids
        notices.keep(place, words("undo.done", what=_what(words, deed)), "success")


def _what(words: Words, deed: Deed) -> str:
    what = words(f"deed.{deed.what}")
    if what == f"deed.{deed.what}":  # one that has no name here
        what = words("deed.other")
    return f"{what}: {words.many('deed.pins', deed.pins)}" if deed.pins else what
