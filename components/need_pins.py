"""A need's pins on screen: on the map and in the residents' words, ticked one by one or by a shape."""

from collections.abc import Sequence

import streamlit as st

from components import cards, desk, notices, session, translation
from components import map as maps
from components.map import Event, Look
from components.projects import apart
from components.words import Words
from data import needs
from data.needs import Need, NeedId
from data.pins import Pin
from data.rules import PinId
from geo import shapes

PLACE = "need-pins"
FIRST, MARKED = 10, 400  # cards drawn at first; marks on the map at most
LIMIT = "need-limit"


def ticked(need_id: NeedId, found: Sequence[Pin]) -> list[PinId]:
    """List the ticked pins that are still in the need, as they are shown."""
    chosen = _chosen(need_id)
    return [pin.id for pin in found if pin.id in chosen]


def clear(need_id: NeedId) -> None:
    """Take every tick away."""
    for pin_id in _chosen(need_id):
        st.session_state.pop(f"tick-{need_id}-{pin_id}", None)
    _chosen(need_id).clear()


def on_map(words: Words, need: Need, found: Sequence[Pin]) -> None:
    """Draw the pins on a map; a shape drawn there ticks those inside it, a tap one."""
    chosen = _chosen(need.id)
    marks = [desk.mark(pin, "chosen" if pin.id in chosen else "") for pin in found[:MARKED]]
    look = Look(scope="none", marks=apart(marks), fit=maps.around([pin.at for pin in found]))

    def happened(event: Event) -> None:
        if event.pick in chosen:
            chosen.discard(PinId(str(event.pick)))
            st.session_state[f"tick-{need.id}-{event.pick}"] = False
            return
        inside = shapes.inside(event.shape, [pin.at for pin in found]) if event.shape else ()
        by_shape = [pin.id for pin, within in zip(found, inside, strict=False) if within]
        one = [pin.id for pin in found if pin.id == event.pick]
        _tick_all(need.id, by_shape or one)

    with st.container(key="kk-place"):
        maps.show(
            session.instance().area,
            words,
            look,
            key=f"need-map-{need.id}",
            on_event=happened,
            taps=False,
            keep=False,
            shape=True,
        )


def cards_of(words: Words, need: Need, found: Sequence[Pin], *, open_: bool) -> None:
    """Draw the pins in their senders' words, each with a tick while the need is `open_`."""
    limit = st.session_state.get(LIMIT, FIRST)
    for pin in found[:limit]:
        with st.container(key=f"kk-row-need-{pin.id}", gap=None):
            cards.pins(words, [pin], more={pin.id: translation.shown(words, pin)})
            if open_:
                _acts(words, need, pin)
    if len(found) > limit:
        st.button(words("filter.more"), key="need-more", on_click=_more)


def take_out(need_id: NeedId, pin_ids: Sequence[PinId], numbers: str, place: str) -> None:
    """Take pins out of a need, and say so."""
    here, words = session.instance(), session.the_words()
    with notices.said(place):
        needs.remove_pins(here.store, session.actor(), need_id, pin_ids=pin_ids, now=session.now())
        clear(need_id)
        notices.keep(place, words("need.taken_out", number=numbers), "success")


def _acts(words: Words, need: Need, pin: Pin) -> None:
    with st.container(key=f"kk-need-acts-{pin.id}", horizontal=True, vertical_alignment="center"):
        key = f"tick-{need.id}-{pin.id}"
        st.session_state.setdefault(key, pin.id in _chosen(need.id))
        st.checkbox(
            words("need.tick", number=pin.number),
            key=key,
            on_change=_tick,
            args=(need.id, pin.id),
        )
        st.button(
            words("need.take_out", number=pin.number),
            key=f"out-{pin.id}",
            type="tertiary",
            icon=":material/remove_circle_outline:",
            on_click=take_out,
            args=(need.id, [pin.id], str(pin.number), PLACE),
        )


def _chosen(need_id: NeedId) -> set[PinId]:
    return st.session_state.setdefault(f"ticked-{need_id}", set())


def _tick(need_id: NeedId, pin_id: PinId) -> None:
    chosen = _chosen(need_id)
    if st.session_state.get(f"tick-{need_id}-{pin_id}"):
        chosen.add(pin_id)
    else:
        chosen.discard(pin_id)


def _tick_all(need_id: NeedId, pin_ids: Sequence[PinId]) -> None:
    for pin_id in pin_ids:
        _chosen(need_id).add(pin_id)
        st.session_state[f"tick-{need_id}-{pin_id}"] = True


def _more() -> None:
    st.session_state[LIMIT] = st.session_state.get(LIMIT, FIRST) + 50
