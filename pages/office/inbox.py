"""The inbox: a work list, one pin after the other; every act has a key, and each can be undone."""

import streamlit as st

from components import cards, desk, frame, gate, inbox_acts, inbox_lists, notices, session, undo_bar
from components import flags as flag_rows
from components import map as maps
from components.map import Event, Look
from data import flags, office, pins
from data.pins import Pin
from data.problems import Problem
from data.rules import Act, PinId
from data.worklists import Worklist

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PIN_REVIEW)


def happened(event: Event) -> None:
    """Take a tap on a neighbouring pin, to compare it."""
    if event.pick:
        st.session_state["inbox-near"] = event.pick


def near(pin: Pin) -> None:
    """Draw the neighbouring pin that was tapped."""
    chosen = st.session_state.get("inbox-near")
    if not chosen or chosen == pin.id:
        return
    try:
        cards.pins(words, [pins.get(here.store, actor, PinId(chosen))])
    except Problem as problem:
        st.info(words.problem(problem))


def reading(pin: Pin, chosen: Worklist) -> None:
    """Draw the pin to be read beside its place."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        raised = flags.of_pin(here.store, actor, pin)
        flag_rows.draw(words, pin, raised, "inbox")
        desk.big(words, pin, marked=flag_rows.marked(pin, raised))
        inbox_lists.why(words, pin, chosen)
        inbox_acts.draw(words, pin)
    with right, st.container(key="kk-place"):
        look = Look(scope="all", marks=[desk.mark(pin, "chosen")], go=pin.at)
        maps.show(
            here.area,
            words,
            look,
            key="inbox-map",
            on_event=happened,
            taps=False,
            keep=False,
        )
        near(pin)


def handled(now_read: PinId | None) -> None:
    """Draw what was handled last, with a way to correct it."""
    found = [pin for pin in office.handled(here.store, actor) if pin.id != now_read]
    if not found:
        return
    st.markdown(f"## {words('inbox.handled')}")
    for pin in found:
        with st.container(key=f"kk-row-done-{pin.id}", gap=None):
            cards.pins(words, [pin])
            with st.container(horizontal=True, vertical_alignment="center"):
                desk.acts(words, pin, "inbox", more=False)


frame.look("flags")
frame.look("inbox")
st.markdown(f"# {words('page.inbox')}")
chosen = inbox_lists.choose(words)
pin = inbox_lists.turn(chosen)
notices.show("inbox")
undo_bar.draw(words, "inbox")
inbox_lists.head(words, chosen)
if pin:
    reading(pin, chosen)
else:
    inbox_lists.nothing(words, chosen)
inbox_acts.listen(pin)
handled(pin.id if pin else None)
