"""Which pins of a suggested group are meant: by tick, by tap or by a shape drawn on the map."""

from collections.abc import Collection, Sequence

import streamlit as st

from components import cards, desk, session
from components import map as maps
from components.map import Event, Look
from components.projects import apart
from components.words import Words
from data import office
from data.groups import Suggestion
from data.pins import Pin
from data.rules import Actor, PinId
from geo.area import Area
from geo.shapes import inside

OUT = "group-out"  # by group, the pins that are not ticked
LIMIT = "group-ticks"
PAGE = 20
ON_MAP = 400  # marks drawn; the ticks count for all


def ticked(group: Suggestion) -> list[PinId]:
    """List the pins of a group that are ticked; a tick may be newer than the last drawing."""
    state = st.session_state
    return [pin for pin in group.ids if state.get(f"take-{pin}", pin not in _out(group))]


def on_map(words: Words, area: Area, group: Suggestion, found: Sequence[Pin]) -> None:
    """Draw the pins on the map: a tap ticks one, a shape ticks or unticks all that it holds."""
    out = _out(group)
    marks = [desk.mark(pin, "dim" if pin.id in out else "") for pin in found[:ON_MAP]]
    with st.container(key="kk-place"):
        maps.show(
            area,
            words,
            Look(scope="none", marks=apart(marks), fit=maps.around([pin.at for pin in found])),
            key="groups-map",
            on_event=lambda event: _happened(group, event),
            taps=False,
            keep=False,
            shape=True,
        )
    st.text(words("groups.map_how"))


def listed(words: Words, group: Suggestion, found: Sequence[Pin]) -> None:
    """Draw the ticks, twenty at a time, and the ways to set many at once."""
    out = _out(group)
    number = len(group.ids) - len(out)
    with st.container(horizontal=True, vertical_alignment="center", key="kk-ticks", gap="small"):
        st.markdown(
            f"**{words.many('groups.ticked', number, every=words.number(len(group.ids)))}**",
            width="content",
        )
        for name, ids in (("all", ()), ("none", group.ids), ("other", set(group.ids) - out)):
            st.button(
                words(f"groups.tick_{name}"),
                key=f"tick-{name}",
                on_click=_leave_out,
                args=(group, ids),
            )
    limit = st.session_state.get(LIMIT, {}).get(group.key, PAGE)
    for pin in found[:limit]:
        _tick(words, group, pin)
    if len(found) > limit:
        st.button(
            words("groups.more_pins"), key="ticks-more", on_click=_more, args=(group, limit + PAGE)
        )


def behind(actor: Actor, group: Suggestion) -> list[Pin]:
    """Load the pins of a group; of a very large one the first that the map can show."""
    return office.pins_by_id(session.instance().store, actor, group.ids[:ON_MAP])


def _tick(words: Words, group: Suggestion, pin: Pin) -> None:
    with st.container(horizontal=True, key=f"kk-tick-{pin.id}"):
        st.session_state[f"take-{pin.id}"] = pin.id not in _out(group)
        st.checkbox(
            words("pin.number", number=pin.number),
            key=f"take-{pin.id}",
            on_change=_ticked,
            args=(group,),
        )
        cards.pins(words, [pin])


def _ticked(group: Suggestion) -> None:
    """Keep the ticks as the boxes say: two quick ones may come in one go."""
    _leave_out(group, set(group.ids) - set(ticked(group)))


def _happened(group: Suggestion, event: Event) -> None:
    """Turn a pin that was tapped; tick all in a shape, or untick them when all are ticked."""
    out = set(_out(group))
    if event.pick in group.ids:
        _leave_out(group, out ^ {PinId(str(event.pick))})
    elif event.shape:
        held = _held(group, event.shape)
        _leave_out(group, out - held if held & out else out | held)


def _held(group: Suggestion, shape: Sequence) -> set[PinId]:
    found = office.pins_by_id(session.instance().store, session.actor(), group.ids)
    within = inside(shape, [pin.at for pin in found])
    return {pin.id for pin, held in zip(found, within, strict=True) if held}


def _leave_out(group: Suggestion, ids: Collection[PinId]) -> None:
    """Keep which pins are not ticked; the boxes on the screen follow."""
    st.session_state.setdefault(OUT, {})[group.key] = frozenset(ids)
    for pin in group.ids:
        if f"take-{pin}" in st.session_state:
            st.session_state[f"take-{pin}"] = pin not in ids


def _out(group: Suggestion) -> frozenset[PinId]:
    return st.session_state.get(OUT, {}).get(group.key, frozenset())


def _more(group: Suggestion, limit: int) -> None:
    st.session_state.setdefault(LIMIT, {})[group.key] = limit
