"""What became of my pin? Read with the receipt code, no account needed."""

import streamlit as st

from components import cards, notices, session
from data import pins
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


st.title(words("follow.title"))
st.text(words("follow.how"))
code = st.text_input(
    words("follow.code"),
    st.query_params.get("code", ""),
    max_chars=40,
    key="follow-code",
    placeholder="7Q2MX-9D4RT-0KB",
)
notices.show("follow")
if code and code.strip():
    try:
        pin, steps = pins.follow(here.store, sender(code))
    except Problem as problem:
        st.error(words.problem(problem))
    else:
        cards.pins(words, [pin])
        st.markdown(f"## {words('follow.way')}")
        cards.way(words, steps)
        if pin.status != Status.WITHDRAWN:
            with st.popover(words("follow.withdraw"), icon=":material/undo:"):
                st.text(words("follow.withdraw_sure"))
                st.button(
                    words("follow.withdraw_yes"), type="primary", on_click=withdraw, args=(code,)
                )
