"""The filter bar and the list under it; the filter lives in the address."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from components import cards, filter_address, filter_chips, filter_fields, session, views
from components.filter_address import IN_ADDRESS, keep_to
from components.filter_fields import day_from
from components.words import Words
from data import pins
from data.filters import Filter
from data.rules import Act, Actor, PinId, may

__all__ = ["ALL", "IN_ADDRESS", "active", "bar", "day_from", "keep_to", "listing", "view"]
PAGE = 25
ALL = (
    *("text", "kind", "field", "climate", "status", "flags", "since", "until"),
    *("meeting", "source", "lang", "support", "inside"),
)


def view(words: Words, names: Sequence[str], *, label: str, key: str) -> str:
    """Let choose one of a page's views, the first unless the address says another.

    `label` names the choice in the locales, `<label>.<name>` each view.
    """
    asked = st.query_params.get("view", "")
    asked = asked if asked in names else names[0]
    shown = st.segmented_control(
        words(label),
        names,
        default=asked,
        required=True,
        format_func=lambda name: words(f"{label}.{name}"),
        key=f"{key}-{words.lang}",
        label_visibility="collapsed",
    )
    if shown != asked:
        st.query_params["view"] = str(shown)
    return str(shown)


def bar(words: Words, *, names: Sequence[str], key: str, public: bool = False) -> Filter:
    """Draw the filter and return it as chosen; what the address said is where it starts.

    The office may keep it under a name, but for a `public` page.
    """
    before = filter_fields.known(filter_address.asked())
    if public:
        before = replace(before, flags=())
    chosen: dict[str, object] = {}
    turn = filter_address.turn()
    with st.popover(words("filter.title"), icon=":material/tune:", key=f"{key}-filter"):
        with st.container(key=f"kk-filter-{key}"):
            for name in names:
                chosen[name] = filter_fields.draw(
                    words, name, before, f"{key}-{name}-{words.lang}-{turn}"
                )
        st.button(
            words("filter.reset"),
            key=f"{key}-reset",
            on_click=filter_address.put,
            args=(Filter(),),
        )
    wanted = Filter(**{**vars(before), **chosen})  # type: ignore[arg-type]
    filter_address.keep(wanted)
    if not public and may(session.actor(), Act.VIEW_SAVE):
        views.offer(words, wanted, key=key)
    return wanted


def active(words: Words, wanted: Filter, *, names: Sequence[str], key: str) -> None:
    """Draw what is filtered by as chips, with one tap back to everything."""
    filter_chips.draw(words, wanted, key=key)


def listing(
    words: Words,
    actor: Actor,
    wanted: Filter,
    *,
    own: Sequence[PinId] = (),
    key: str,
    choose: Callable[[PinId], None] | None = None,
    draw: Callable[[Words, Sequence[pins.Pin]], None] = cards.pins,
    opened: PinId | None = None,
    draw_opened: Callable[[], None] | None = None,
) -> None:
    """Draw the pins under a filter as cards, a page at a time; `choose` adds a way to open one.

    `draw` draws the cards where there is no such way. The opened pin is drawn by `draw_opened`
    where it stands in the list, and above it when it does not.
    """
    store = session.instance().store
    every = pins.count(store, actor, wanted, own=own)
    st.markdown(f"**{words.many('filter.found', every)}**")
    if not every:
        st.html(f'<div class="kk-empty"><p>{words("filter.none")}</p></div>')
    limit = st.session_state.setdefault(f"{key}-limit", PAGE)
    found = pins.listing(store, actor, wanted, own=own, limit=limit)
    if draw_opened and opened not in [pin.id for pin in found]:
        draw_opened()
    if choose is None:
        draw(words, found)
    else:
        for pin in found:
            if draw_opened and pin.id == opened:
                draw_opened()
            else:
                _row(words, pin, key, choose)
    if every > limit:
        st.button(words("filter.more"), key=f"{key}-more", on_click=_more, args=(f"{key}-limit",))


def _row(words: Words, pin: pins.Pin, key: str, choose: Callable[[PinId], None]) -> None:
    with st.container(key=f"kk-row-{key}-{pin.id}", gap=None):
        cards.pins(words, [pin])
        st.button(
            words("filter.open", number=pin.number),
            key=f"{key}-open-{pin.id}",
            type="tertiary",
            icon=":material/location_on:",
            on_click=choose,
            args=(pin.id,),
        )


def _more(key: str) -> None:
    st.session_state[key] += PAGE
