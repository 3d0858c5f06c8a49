"""The filter bar and the list under it; the filter lives in the address."""

import contextlib
import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape

import streamlit as st

from components import cards, session
from components.words import Words
from data import filters, pins
from data.fields import FIELDS
from data.filters import Filter
from data.pins import Kind, Status
from data.rules import Actor, PinId

PAGE = 25
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "field": FIELDS,
    "status": tuple(status for status in Status if status != Status.WITHDRAWN),
    "source": ("web", "tablet", "desk", "paper", "children", "meeting", "import", "demo"),
    "lang": ("de", "en", "tr", "ar"),
}
LABELS = {"lang": "language"}
IN_ADDRESS = {"lang": "spoken"}  # `lang` in the address is the screen's language
ALL = ("kind", "field", "status", "source", "lang", "text", "since", "until")


def map_or_list(words: Words, key: str = "view") -> str:
    """Let choose between map and list; the address says which."""
    asked = "list" if st.query_params.get("view") == "list" else "map"
    shown = st.segmented_control(
        words("filter.view"),
        ["map", "list"],
        default=asked,
        required=True,
        format_func=lambda view: words(f"filter.{view}"),
        key=f"{key}-{words.lang}",
        label_visibility="collapsed",
    )
    if shown != asked:
        st.query_params["view"] = str(shown)
    return str(shown)


def bar(words: Words, *, names: Sequence[str], key: str) -> Filter:
    """Draw the filter and return it as chosen; what the address said is where it starts."""
    before = _asked()
    chosen: dict[str, object] = {}
    with st.popover(words("filter.title"), icon=":material/tune:", key=f"{key}-filter"):
        for name in names:
            chosen[name] = _one(words, name, before, key)
        st.button(
            words("filter.reset"), key=f"{key}-reset", on_click=_reset, args=(names, key, words)
        )
    wanted = Filter(**{**vars(before), **chosen})  # type: ignore[arg-type]
    _keep(wanted)
    return wanted


def active(words: Words, wanted: Filter, *, names: Sequence[str], key: str) -> None:
    """Draw what is filtered by, in words, with one tap back to everything."""
    parts = [part for name in names if (part := _said(words, name, wanted))]
    if wanted.box:
        parts.append(words("filter.box"))
    if wanted.need:
        parts.append(words("filter.without_need" if wanted.need == "-" else "filter.of_need"))
    if wanted.meeting:
        parts.append(words("filter.of_meeting"))
    if not parts:
        return
    with st.container(key=f"{key}-active", horizontal=True, vertical_alignment="center"):
        tags = "".join(f'<li class="kk-tag" dir="auto">{escape(part)}</li>' for part in parts)
        st.html(f'<ul class="kk-filtered" aria-label="{escape(words("filter.on"))}">{tags}</ul>')
        st.button(
            words("filter.all"),
            key=f"{key}-all",
            type="tertiary",
            icon=":material/close:",
            on_click=_reset,
            args=(names, key, words),
        )


def keep_to(wanted: Filter) -> None:
    """Keep to a window of the map, or to a shape drawn on it, from now on; for callbacks."""
    for name, value in filters.to_query(wanted).items():
        st.query_params[IN_ADDRESS.get(name, name)] = value


def listing(
    words: Words,
    actor: Actor,
    wanted: Filter,
    *,
    own: Sequence[PinId] = (),
    key: str,
    choose: Callable[[PinId], None] | None = None,
    draw: Callable[[Words, Sequence[pins.Pin]], None] = cards.pins,
) -> None:
    """Draw the pins under a filter as cards, a page at a time; `choose` adds a way to open one.

    `draw` draws the cards where there is no such way.
    """
    store = session.instance().store
    every = pins.count(store, actor, wanted, own=own)
    st.markdown(f"**{words.many('filter.found', every)}**")
    limit = st.session_state.setdefault(f"{key}-limit", PAGE)
    found = pins.listing(store, actor, wanted, own=own, limit=limit)
    if choose is None:
        draw(words, found)
    else:
        for pin in found:
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


def _one(words: Words, name: str, before: Filter, key: str) -> object:
    label = words(f"filter.{name}")
    widget = _widget(key, name, words)
    if name in CHOICES:
        return tuple(
            st.pills(
                label,
                CHOICES[name],
                selection_mode="multi",
                default=[value for value in getattr(before, name) if value in CHOICES[name]],
                format_func=lambda value: words(f"{LABELS.get(name, name)}.{value}"),
                key=widget,
            )
        )
    if name == "text":
        return st.text_input(label, before.text, key=widget, max_chars=100)
    return _day(words, label, getattr(before, name), widget)


def _day(words: Words, label: str, before: date | None, widget: str) -> date | None:
    """Ask for a day as it is written in Germany; Streamlit's calendar speaks English only."""
    shown = before.strftime("%d.%m.%Y") if before else ""
    typed = st.text_input(
        label,
        shown,
        key=widget,
        max_chars=10,
        placeholder=words("filter.day"),
        autocomplete="off",
    )
    found = day_from(typed or "")
    if typed and found is None:
        st.caption(words("filter.day_unreadable"))
    return found


def day_from(typed: str) -> date | None:
    """Read a day, month and year; None for anything else.

    >>> day_from("1.5.2026"), day_from(" 24/12/2026 ")
    (datetime.date(2026, 5, 1), datetime.date(2026, 12, 24))
    >>> day_from("31.2.2026"), day_from("morgen"), day_from("")
    (None, None, None)
    """
    found = re.fullmatch(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*", typed)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    with contextlib.suppress(ValueError):
        return date(year, month, day)
    return None


def _widget(key: str, name: str, words: Words) -> str:
    """Name a filter's widget; a reset gives it a new name, so that the browser forgets as well."""
    return f"{key}-{name}-{words.lang}-{st.session_state.get(f'{key}-resets', 0)}"


def _asked() -> Filter:
    query = st.query_params.to_dict()
    return filters.from_query({n: query[a] for n, a in _addresses() if a in query})


def _addresses() -> list[tuple[str, str]]:
    return [(name, IN_ADDRESS.get(name, name)) for name in vars(Filter())]


def _said(words: Words, name: str, wanted: Filter) -> str:
    value = getattr(wanted, name)
    if not value:
        return ""
    if name in CHOICES:
        return ", ".join(
            words(f"{LABELS.get(name, name)}.{v}") for v in value if v in CHOICES[name]
        )
    if name == "text":
        return f"„{value}“"
    return f"{words(f'filter.{name}')} {words.day(value)}"


def _keep(wanted: Filter) -> None:
    query = filters.to_query(wanted)
    for name, address in _addresses():
        if name in query:
            if st.query_params.get(address) != query[name]:
                st.query_params[address] = query[name]
        elif address in st.query_params:
            del st.query_params[address]


def _reset(names: Sequence[str], key: str, words: Words) -> None:
    for name in names:
        st.session_state.pop(_widget(key, name, words), None)
    st.session_state[f"{key}-resets"] = st.session_state.get(f"{key}-resets", 0) + 1
    _keep(Filter())


def _more(key: str) -> None:
    st.session_state[key] += PAGE
