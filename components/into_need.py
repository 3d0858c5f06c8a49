"""Pins into a need by hand: into one that is there, the nearest first, or into a new one."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from components import need_named, notices, session
from components.words import Words
from data import needs, pins
from data.fields import today
from data.filters import Filter
from data.needs import FREE, MAX_PINS, OPEN_FOR_PINS, Need, NeedId, Priority
from data.pins import Pin
from data.rules import Actor, PinId
from geo.points import LonLat, metres

Chosen = Callable[[], Sequence[PinId]]


def of_pin(words: Words, pin: Pin, place: str) -> None:
    """Draw how an opened pin comes into a need, while it is in none."""
    if pin.status in FREE:
        _draw(words, lambda: [pin.id], 1, key=pin.id, place=place, at=pin.at, field=pin.field)


def of_filter(words: Words, actor: Actor, wanted: Filter, place: str) -> None:
    """Draw how the free pins under a filter come into one need together."""
    free = replace(wanted, status=tuple(sorted(FREE)), need="-")
    store = session.instance().store
    number = pins.count(store, actor, free)
    if number:
        _draw(words, lambda: _ids(actor, free), number, key="filter", place=place)


def _ids(actor: Actor, free: Filter) -> list[PinId]:
    found = pins.listing(session.instance().store, actor, free, limit=MAX_PINS)
    return [pin.id for pin in found]


def _draw(
    words: Words,
    chosen: Chosen,
    number: int,
    *,
    key: str,
    place: str,
    at: LonLat | None = None,
    field: str = "",
) -> None:
    with st.popover(words("into.title"), icon=":material/checklist:", key=f"into-{key}"):
        st.text(words.many("into.count", number))
        notices.show(f"into-{key}")
        _present(words, chosen, key, place, at)
        _new(words, chosen, key, place, field)


def _present(words: Words, chosen: Chosen, key: str, place: str, at: LonLat | None) -> None:
    """Draw the choice among the needs that are there."""
    found = needs.listing(session.instance().store, session.actor(), status=sorted(OPEN_FOR_PINS))
    if not found:
        return
    known = {need.id: need for need in sorted(found, key=lambda need: _far(need, at))}
    widget = f"into-need-{key}-{words.lang}"
    st.selectbox(
        words("into.need"),
        list(known),
        index=None,
        format_func=lambda need_id: named(words, known[need_id], at),
        placeholder=words("desk.choose"),
        key=widget,
    )
    st.button(
        words("into.add"),
        key=f"into-add-{key}",
        icon=":material/playlist_add:",
        on_click=_add,
        args=(chosen, key, place, widget),
    )


def _new(words: Words, chosen: Chosen, key: str, place: str, field: str) -> None:
    """Draw what a new need of these pins is called."""
    token = _need_id(key)
    st.html(f'<p class="kk-label">{words("into.new")}</p>')
    need_named.title(words, "", f"into-title-{token}")
    need_named.field(words, today(field), f"into-field-{token}")
    need_named.priority(words, Priority.SOON, f"into-priority-{token}")
    st.button(
        words("into.make"),
        key=f"into-make-{key}",
        type="primary",
        icon=":material/checklist:",
        on_click=_make,
        args=(chosen, key, place),
    )


def _far(need: Need, at: LonLat | None) -> float:
    return metres(need.at, at) if need.at and at else float("inf")


def named(words: Words, need: Need, at: LonLat | None) -> str:
    """Return a need's number and title, with how far it is from a place."""
    far = _far(need, at)
    if far == float("inf"):
        return f"{need.number} · {need.title}"
    away = words("into.away", metres=words.number(max(10, round(far, -1))))
    return f"{need.number} · {need.title} · {away}"


def _add(chosen: Chosen, key: str, place: str, widget: str) -> None:
    here, words = session.instance(), session.the_words()
    need_id = st.session_state.get(widget)
    with notices.said(f"into-{key}"):
        ids = chosen()
        need = needs.add_pins(
            here.store,
            session.actor(),
            NeedId(str(need_id or "")),
            pin_ids=ids,
            now=session.now(),
        )
        told = words.many("into.added", len(ids), need=need.number)
        notices.keep(place, told, "success")


def _make(chosen: Chosen, key: str, place: str) -> None:
    here, words, state = session.instance(), session.the_words(), st.session_state
    need_id = _need_id(key)
    with notices.said(f"into-{key}"):
        ids = chosen()
        need = needs.create(
            here.store,
            session.actor(),
            need_id=need_id,
            title=state.get(f"into-title-{need_id}") or "",
            field=state.get(f"into-field-{need_id}") or "",
            priority=state.get(f"into-priority-{need_id}") or "",
            pin_ids=ids,
            now=session.now(),
        )
        state["into-needs"].pop(key, None)
        notices.keep(place, words.many("into.added", len(ids), need=need.number), "success")


def _need_id(key: str) -> NeedId:
    """Give the need its id before it is made: two taps are one need."""
    ids = st.session_state.setdefault("into-needs", {})
    return ids.setdefault(key, NeedId(session.new_id()))
