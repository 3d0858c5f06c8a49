"""The filter bar and the list under it; the filter lives in the address."""

from collections.abc import Sequence

import streamlit as st

from components import cards
from components.words import Words
from data import filters, pins
from data.fields import FIELDS
from data.filters import Filter
from data.pins import Kind, Status
from data.rules import Actor, PinId
from components import session

PAGE = 25
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "field": FIELDS,
    "status": tuple(status for status in Status if status != Status.WITHDRAWN),
    "source": ("web", "meeting", "paper", "import", "demo"),
    "lang": ("de", "en", "tr", "ar"),
}
LABELS = {"lang": "language"}


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
    before = filters.from_query(st.query_params.to_dict())
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


def _one(words: Words, name: str, before: Filter, key: str) -> object:
    label = words(f"filter.{name}")
    widget = f"{key}-{name}-{words.lang}"
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
    return st.date_input(label, getattr(before, name), key=widget, format="DD.MM.YYYY")


def _keep(wanted: Filter) -> None:
    query = filters.to_query(wanted)
    for name in vars(Filter()):
        if name in query:
            if st.query_params.get(name) != query[name]:
                st.query_params[name] = query[name]
        elif name in st.query_params:
            del st.query_params[name]


def _reset(names: Sequence[str], key: str, words: Words) -> None:
    for name in names:
        st.session_state.pop(f"{key}-{name}-{words.lang}", None)
    for name in vars(Filter()):
        if name in st.query_params:
            del st.query_params[name]


def listing(
    words: Words, actor: Actor, wanted: Filter, *, own: Sequence[PinId] = (), key: str
) -> None:
    """Draw the pins under a filter as cards, a page at a time."""
    store = session.instance().store
    every = pins.count(store, actor, wanted, own=own)
    st.markdown(f"**{words.many('filter.found', every)}**")
    limit = st.session_state.setdefault(f"{key}-limit", PAGE)
    cards.pins(words, pins.listing(store, actor, wanted, own=own, limit=limit))
    if every > limit:
        st.button(words("filter.more"), key=f"{key}-more", on_click=_more, args=(f"{key}-limit",))


def _more(key: str) -> None:
    st.session_state[key] += PAGE
