"""Saying what a fund has in a year; a later change is a booking with its reason."""

import streamlit as st

from components import edits, money, notices, session
from components.words import Words
from data import pots
from data.funds import Fund
from data.pots import MAX_REASON


def draw(words: Words, fund: Fund, year: int, allotted: int) -> None:
    """Draw the button that opens the form of one pot."""
    thing = f"pot-allot-{fund}-{year}"
    label = words("funds.allot.change" if allotted else "funds.allot")
    with st.popover(label, icon=":material/savings:", key=f"{thing}-open"):
        form = edits.opened(thing, allotted)
        with st.container():  # always there: the fields stay where they are
            notices.show(thing)
        st.text_input(
            words("funds.allot.sum", year=year),
            money.typed(allotted) if allotted else "",
            key=f"pot-allot-sum-{form.token}",
            max_chars=20,
        )
        if allotted:
            st.text_input(
                words("funds.allot.why"), key=f"pot-allot-why-{form.token}", max_chars=MAX_REASON
            )
        st.button(
            words("funds.allot.do"),
            key=f"{thing}-do",
            type="primary",
            icon=":material/check:",
            on_click=_allot,
            args=(thing, fund, year, form),
        )


def _allot(thing: str, fund: Fund, year: int, form: edits.Edit) -> None:
    words, state, store = session.the_words(), st.session_state, session.instance().store
    with notices.said(thing):
        with edits.following(thing, lambda: pots.of_pot(store, fund, year).allotted):
            pots.allot(
                store,
                session.actor(),
                fund=fund,
                year=year,
                cents=money.cents(state.get(f"pot-allot-sum-{form.token}") or ""),
                reason=state.get(f"pot-allot-why-{form.token}") or "",
                seen=form.version,
                now=session.now(),
            )
        edits.close(thing)
        notices.keep(thing, words("funds.allot.done"), "success")
