"""All pins: map and list side by side under one filter that the address keeps."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components import cards, desk, exports, gate, into_need, notices, session
from components import filters as filter_bar
from components import map as maps
from components.map import Event, Look, Mark
from data import needs, pins
from data.filters import Box, Filter
from data.pins import Pin
from data.problems import Problem
from data.rules import Act, PinId

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PIN_READ_ALL)
SHOWN = "pins-shown"
MOST = 50  # cards of one spot; more are for the filter to tell apart


def happened(event: Event) -> None:
    """Take what was tapped on the map."""
    st.session_state.pop(SHOWN, None)
    if event.pick:
        st.session_state[SHOWN] = {"pin": event.pick}
    elif event.spot:
        st.session_state[SHOWN] = {"box": event.spot}
    elif event.window:
        filter_bar.keep_to(Filter(box=event.window))
    elif event.shape:
        filter_bar.keep_to(Filter(shape=event.shape))


def choose(pin_id: PinId) -> None:
    """Open a pin from the list and show where it is."""
    st.session_state[SHOWN] = {"pin": pin_id, "go": True}


def close() -> None:
    """Put the opened pin away."""
    st.session_state.pop(SHOWN, None)


def chosen() -> Pin | None:
    """Load the opened pin, if it is still there."""
    shown = st.session_state.get(SHOWN, {})
    if "pin" not in shown:
        return None
    try:
        return pins.get(here.store, actor, PinId(shown["pin"]))
    except Problem as problem:
        notices.keep("pins", words.problem(problem))
        return None


def one(pin: Pin) -> None:
    """Draw an opened pin: its words, its way, where it belongs, what may be done."""
    desk.big(words, pin)
    notices.show("pins")
    with st.container(horizontal=True, vertical_alignment="center"):
        if pin.need_id:
            need = needs.get(here.store, actor, needs.NeedId(pin.need_id))
            st.page_link(
                st.session_state["pages"]["needs"],
                label=words("desk.need", number=need.number),
                icon=":material/checklist:",
                query_params={"lang": words.lang, "need": need.id},
            )
        desk.acts(words, pin, "pins")
        into_need.of_pin(words, pin, "pins")
    with st.expander(words("desk.way"), icon=":material/route:", expanded=True):
        desk.way(words, pin)


def opened(pin: Pin) -> None:
    """Draw the opened pin, with a way to put it away."""
    with st.container(key="kk-opened", border=True):
        st.button(words("sheet.close"), key="pins-close", icon=":material/close:", on_click=close)
        one(pin)


def crowd(box: Box) -> None:
    """Draw the pins of a spot that holds too many to be told apart on the map."""
    with st.container(key="kk-opened", border=True):
        st.button(words("sheet.close"), key="pins-close", icon=":material/close:", on_click=close)
        spot = replace(wanted, box=box)
        every = pins.count(here.store, actor, spot)
        st.markdown(f"## {words.many('sheet.same_spot', every)}")
        cards.pins(words, pins.listing(here.store, actor, spot, limit=MOST))


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.pins')}", width="content")
    wanted = filter_bar.bar(words, names=filter_bar.ALL, key="pins")
    exports.draw(words, wanted, key="pins", files=("pins.csv", "pins.geojson"))
    filter_bar.active(words, wanted, names=filter_bar.ALL, key="pins")

pin = chosen()
left, right = st.columns([7, 5], gap="medium")
with left, st.container(key="kk-office-map"):
    marks: list[Mark] = [desk.mark(pin, "chosen")] if pin else []
    seen = pin.at if pin and st.session_state[SHOWN].get("go") else None
    look = Look(wanted=wanted, scope="all", marks=marks, seen=seen, revision=here.store.revision)
    maps.show(
        here.area,
        words,
        look,
        key="pins-map",
        on_event=happened,
        taps=False,
        window=True,
        shape=True,
        fan=True,
        heat=True,
    )
with right, st.container(key="kk-office-side"):
    if not pin:
        notices.show("pins")
    if box := st.session_state.get(SHOWN, {}).get("box"):
        crowd(box)
    if wanted != Filter():
        into_need.of_filter(words, actor, wanted, "pins")
    filter_bar.listing(
        words,
        actor,
        wanted,
        key="pins",
        choose=choose,
        opened=pin.id if pin else None,
        draw_opened=partial(opened, pin) if pin else None,
    )
