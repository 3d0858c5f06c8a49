"""The question some weeks after a result, to the holder of a receipt: is it better."""

from html import escape

import streamlit as st

from components import frame, notices, session
from components.words import Words
from data import better, pins
from data.better import MAX_WORDS, SAYINGS
from data.pins import Pin, Status
from data.problems import Problem

PLACE = "better"


def ask(words: Words, code: str, pin: Pin) -> None:
    """Ask the holder of a receipt, once there is a result; what was said can be changed."""
    if pin.status in (Status.HIDDEN, Status.WITHDRAWN):
        return
    store = session.instance().store
    try:
        sender = pins.by_receipt(store, code[:80])
        said = better.mine(store, sender)
        if not said and not better.is_asked(store, sender, now=session.now()):
            return
    except Problem:
        return
    frame.look("better")
    with st.container(key="kk-better", gap="small"):
        st.markdown(f"## {words('better.title')}")
        st.html(f'<p class="kk-better-why">{escape(words("better.why"))}</p>')
        _choice(words, code, said.said if said else "")
        notices.show(PLACE)
        if said:
            _more(words, code, pin, said)


def _choice(words: Words, code: str, chosen: str) -> None:
    """Draw the three buttons; one tap says it."""
    with st.container(key="kk-better-row", horizontal=True, gap="small"):
        for saying in SAYINGS:
            st.button(
                ("✓ " if saying == chosen else "") + words(f"better.{saying}"),
                key=f"better-{saying}",
                type="primary" if saying == chosen else "secondary",
                on_click=_say,
                args=(code, saying),
            )


def _more(words: Words, code: str, pin: Pin, said: better.Better) -> None:
    """Draw room for some words about it."""
    st.html(f'<p class="kk-facts">{escape(words("better.change"))}</p>')
    with st.form(f"better-{pin.id}", border=False, enter_to_submit=False):
        st.text_area(
            words("better.words"),
            said.words,
            key=f"better-words-{pin.id}",
            max_chars=MAX_WORDS,
            height=100,
        )
        st.form_submit_button(words("better.send"), on_click=_say, args=(code, said.said, pin.id))


def _say(code: str, saying: str, pin_id: str = "") -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        sender = pins.by_receipt(here.store, code[:80])
        before = better.mine(here.store, sender)
        typed = st.session_state.get(f"better-words-{pin_id}") if pin_id else None
        text = typed if typed is not None else (before.words if before else "")
        better.say(here.store, sender, said=saying, words=text, lang=words.lang, now=session.now())
        thanks = "better.thanks_words" if pin_id else f"better.thanks_{saying}"
        notices.keep(PLACE, words(thanks), "success")
