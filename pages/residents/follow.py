"""What became of my pin? Read with the receipt code, no account needed."""

import streamlit as st

from components import advice, better, cards, frame, notices, photo, promise, session, voices
from components import funded as shown
from data import funded, pins
from data.pins import Status
from data.problems import NotFound, Problem
from data.rules import Actor, PinId

words = session.the_words()
here = session.instance()


def withdraw(code: str) -> None:
    """Take the pin back."""
    with notices.said("follow"):
        actor = pins.by_receipt(here.store, code)
        pins.withdraw(here.store, actor, now=session.now())
        session.own().pop(actor.pin or PinId(""), None)
        notices.keep("follow", words("follow.withdrawn"), "success")


def sender(code: str) -> Actor:
    """Turn a code into its pin's sender; wrong ones are counted, right ones never."""
    here.limits.check("receipt", session.source())
    try:
        return pins.by_receipt(here.store, code[:80])
    except NotFound:
        here.limits.hit("receipt", session.source())
        raise


def leads_to(pin_id: str) -> None:
    """Lead on to the projects behind which the pin stands: decision, reason and result."""
    if found := funded.of_pins(here.store, [pin_id]).get(pin_id):
        frame.look("funded")
        st.html(shown.ways(words, found))


def told(code: str) -> None:
    """Draw what became of the code's pin, or why it is not known."""
    try:
        pin, steps = pins.follow(here.store, sender(code))
    except Problem as problem:
        st.error(words.problem(problem))
        return
    voices.pins(words, [pin], own=True)
    promise.told(words, pin)
    st.markdown(f"## {words('follow.way')}")
    cards.way(words, steps)
    leads_to(pin.id)
    advice.lead(words, pin)
    better.ask(words, code, pin)
    photo.offer(words, code)
    if pin.status != Status.WITHDRAWN:
        with st.popover(words("follow.withdraw"), icon=":material/undo:"):
            st.text(words("follow.withdraw_sure"))
            st.button(words("follow.withdraw_yes"), type="primary", on_click=withdraw, args=(code,))


with st.container(key="kk-read"):
    st.title(words("follow.title"), anchor=False)
    st.text(words("follow.how"))
    with st.container(key="kk-ask", horizontal=True, vertical_alignment="bottom"):
        code = st.text_input(
            words("follow.code"),
            st.query_params.get("code", ""),
            max_chars=40,
            key="follow-code",
            placeholder="XXXXX-XXXXX-XXX",
            autocomplete="off",
        )
        st.button(words("follow.show"), type="primary", icon=":material/search:")
    notices.show("follow")
    if code and code.strip():
        told(code)
