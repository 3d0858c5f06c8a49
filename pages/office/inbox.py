"""The inbox: what residents sent and nobody has read yet, one pin after the other."""

import streamlit as st

from components import cards, desk, gate, notices, session
from components import map as maps
from components.map import Event, Look
from data import office, pins
from data.pins import Pin
from data.problems import Problem
from data.rules import Act, PinId

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PIN_REVIEW)


def happened(event: Event) -> None:
    """Take a tap on a neighbouring pin, to compare it."""
    if event.pick:
        st.session_state["inbox-near"] = event.pick


def ask_reason(pin_id: PinId) -> None:
    """Open or close the reasons for hiding."""
    shown = st.session_state.get("inbox-hiding") == pin_id
    st.session_state["inbox-hiding"] = None if shown else pin_id


def later() -> None:
    """Leave this pin for later and go to the next one."""
    st.session_state["inbox-skip"] = st.session_state.get("inbox-skip", 0) + 1


def acts(pin: Pin) -> None:
    """Draw the three things to do, with a key each."""
    with st.container(key="kk-acts", horizontal=True, gap="small"):
        st.button(
            words("desk.release"),
            key=f"release-{pin.id}",
            type="primary",
            icon=":material/check:",
            shortcut="F",
            on_click=desk.release,
            args=(pin.id, pin.number, "inbox"),
        )
        st.button(
            words("desk.hide_open"),
            key=f"hide-{pin.id}",
            icon=":material/visibility_off:",
            shortcut="H",
            on_click=ask_reason,
            args=(pin.id,),
        )
        st.button(
            words("inbox.later"),
            key=f"later-{pin.id}",
            type="tertiary",
            icon=":material/redo:",
            shortcut="N",
            on_click=later,
        )
    if st.session_state.get("inbox-hiding") == pin.id:
        with st.container(key="kk-reasons", border=True):
            desk.hide_form(words, pin, "inbox")


def near(pin: Pin) -> None:
    """Draw the neighbouring pin that was tapped."""
    chosen = st.session_state.get("inbox-near")
    if not chosen or chosen == pin.id:
        return
    try:
        cards.pins(words, [pins.get(here.store, actor, PinId(chosen))])
    except Problem as problem:
        st.info(words.problem(problem))


def reading(pin: Pin) -> None:
    """Draw the pin to be read beside its place."""
    left, right = st.columns([6, 5], gap="medium")
    with left:
        desk.big(words, pin)
        acts(pin)
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


def handled() -> None:
    """Draw what was handled last, with a way to correct it."""
    found = office.handled(here.store, actor)
    if not found:
        return
    st.markdown(f"## {words('inbox.handled')}")
    for pin in found:
        with st.container(key=f"kk-row-done-{pin.id}", gap=None):
            cards.pins(words, [pin])
            with st.container(horizontal=True, vertical_alignment="center"):
                desk.acts(words, pin, "inbox")


unread = office.unread(here.store, actor, skip=st.session_state.get("inbox-skip", 0))
st.markdown(f"# {words('page.inbox')}")
notices.show("inbox")
if unread.pin:
    st.text(words.many("inbox.count", unread.number))
    reading(unread.pin)
else:
    st.html(
        f'<div class="kk-empty"><p>{words("inbox.empty")}</p><p>{words("inbox.empty_next")}</p></div>'
    )
handled()
