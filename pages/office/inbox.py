"""The inbox: what residents sent and nobody has read yet, one pin after the other."""

import streamlit as st

from components import cards, desk, frame, gate, notices, session
from components import flags as flag_rows
from components import map as maps
from components.map import Event, Look
from data import flags, office, pins
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
    if st.session_state.pop(flag_rows.STAY, None) is None:
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
        raised = flags.of_pin(here.store, actor, pin)
        flag_rows.draw(words, pin, raised, "inbox")
        desk.big(words, pin, marked=flag_rows.marked(pin, raised))
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


def turn() -> flags.Queue:
    """Find the pin in turn, under what was asked for."""
    state = st.session_state
    return flags.queue(
        here.store,
        actor,
        skip=state.get("inbox-skip", 0),
        only_flagged=state.get("inbox-flagged", False),
        stay=state.get(flag_rows.STAY),
    )


def counts(queue: flags.Queue) -> None:
    """Draw how many wait, how many of them are flagged, and the switch to see those alone."""
    st.text(words.many("inbox.count", queue.number))
    if queue.flagged or st.session_state.get("inbox-flagged"):
        with st.container(key="kk-flag-counts", horizontal=True, vertical_alignment="center"):
            st.text(flag_rows.counted(words, queue))
            st.toggle(words("flags.only"), key="inbox-flagged", width="content")


def nothing(queue: flags.Queue) -> None:
    """Say that there is nothing to read, or nothing flagged."""
    keys = ("flags.none",) if queue.number else ("inbox.empty", "inbox.empty_next")
    st.html(f'<div class="kk-empty">{"".join(f"<p>{words(key)}</p>" for key in keys)}</div>')


frame.look("flags")
queue = turn()
st.markdown(f"# {words('page.inbox')}")
notices.show("inbox")
if queue.number:
    counts(queue)
if queue.pin:
    reading(queue.pin)
else:
    nothing(queue)
handled()
