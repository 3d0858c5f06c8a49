"""The residents' page: look around, tap, say it. Map or list under the same filters."""

import contextlib

import streamlit as st

from components import advice, cards, frame, notices, offers, pin_form, session, voices
from components import filters as filter_bar
from components import funded as leads
from components import map as maps
from components.map import Event, Look, Mark
from data import funded, pins, results, trail
from data.filters import Filter
from data.pins import Pin, Status
from data.problems import Problem
from data.rules import VISITOR, Actor, PinId

words = session.the_words()
here = session.instance()
actor = session.actor()
own = session.own()
NAMES = ("kind", "field", "text")
UNSEEN = (Status.WAITING, Status.HIDDEN)  # the map's own query shows all others


def happened(event: Event) -> None:
    """Take what was done on the map."""
    close()
    if event.tap:
        with notices.said("sheet" if pin_form.is_open() else "map"):
            pin_form.start(event.tap)
    elif event.pick:
        st.session_state["shown"] = {"pin": event.pick}
    elif event.spot:
        st.session_state["shown"] = {"box": event.spot}


def sheet() -> None:
    """Draw what lies upon the map: thanks, the form, or what was tapped."""
    shown = st.session_state.get("shown")
    if pin_form.is_open():
        with st.container(key="kk-sheet"):
            pin_form.show(words)
            if shown and pin_form.is_begun():  # below the form, whose words stay
                with st.container(key="kk-beside"):
                    tapped(shown)
    elif shown:
        with st.container(key="kk-sheet"):
            tapped(shown)


def tapped(shown: dict) -> None:
    """Draw the card of a tapped pin, or of all pins on one spot."""
    st.button(words("sheet.close"), key="close-card", icon=":material/close:", on_click=close)
    if "box" in shown:
        found = pins.listing(here.store, actor, Filter(box=shown["box"]), own=list(own), limit=30)
        st.markdown(f"## {words.many('sheet.same_spot', len(found))}")
        voices.pins(words, found)
        return
    try:
        found = pins.get(here.store, seeing(PinId(shown["pin"])), PinId(shown["pin"]))
    except Problem as problem:
        st.info(words.problem(problem))
    else:
        voices.pins(words, [found])
        if found.status in pins.PUBLIC and not pin_form.is_begun():
            offers.form(words, "pin", found.id)
            advice.lead(words, found)
        st.markdown(f"## {words('support.way')}")
        cards.way(words, told(found))
        if projects := funded.of_pins(here.store, [found.id]).get(found.id):
            frame.look("funded")
            st.html(leads.ways(words, projects))


def told(pin: Pin) -> list[trail.Step]:
    """Return a pin's way: all of it to its sender, to others what is public."""
    if pin.id in own:
        return trail.steps(here.store, "pin", pin.id)
    return results.way(here.store, pin)


def seeing(pin_id: PinId) -> Actor:
    """Who looks at a pin: the sender at the own one, else whoever is here."""
    code = own.get(pin_id)
    return pins.by_receipt(here.store, code) if code else actor


def close() -> None:
    """Put the card away, and with it the address of the pin."""
    st.session_state.pop("shown", None)
    st.query_params.pop("pin", None)


def follow_link() -> None:
    """Open the pin that the address names, once."""
    asked = st.query_params.get("pin", "")
    if asked == st.session_state.get("linked", ""):
        return
    st.session_state["linked"] = asked
    if not asked:
        return
    try:
        found = pins.get(here.store, VISITOR, PinId(asked))
    except Problem:
        notices.keep("sheet" if view == "list" else "map", words("support.unknown_link"), "info")
    else:
        st.session_state["shown"] = {"pin": found.id}
        st.session_state["go"] = found.at


def marks() -> list[Mark]:
    """Mark the last own pins of this screen, also those that wait to be read."""
    found = []
    for pin_id, code in list(own.items())[-20:]:
        with contextlib.suppress(Problem):
            found.append(pins.get(here.store, pins.by_receipt(here.store, code), PinId(pin_id)))
    return [Mark(pin.id, pin.at, pin.kind, "waiting") for pin in found if pin.status in UNSEEN]


st.html(f'<h1 class="kk-unseen">{words("page.map")}</h1>')
with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    view = filter_bar.view(words, ("map", "list"), label="filter.view", key="view")
    st.button(
        words("pin_form.by_list"),
        icon=":material/add_location_alt:",
        type="primary",
        on_click=pin_form.open_by_list,
    )
    wanted = filter_bar.bar(words, names=NAMES, key="residents", public=True)
    filter_bar.active(words, wanted, names=NAMES, key="residents")
    if view == "map":
        st.html(f'<p class="kk-hint">{words("map.hint")}</p>')

follow_link()
if view == "list":
    notices.show("sheet")
    sheet()
    with st.container(key="kk-list"):
        st.html(f'<p class="kk-lead">{words("list.hint")}</p>')
        filter_bar.listing(words, actor, wanted, own=list(own), key="residents", draw=voices.pins)
else:
    notices.show("map")
    with st.container(key="kk-map"):
        look = Look(
            wanted=wanted,
            marks=marks(),
            draft=pin_form.place(),
            go=st.session_state.pop("go", None),
            revision=here.store.revision if own else 0,
        )
        maps.show(here.area, words, look, key="residents-map", on_event=happened)
    sheet()
