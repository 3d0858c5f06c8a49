"""The filter over the directory; the address keeps it."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from components.words import Words
from data import filters
from data.fields import FIELDS
from data.filters import Box, Filter
from data.partners import LANGUAGES, MAX_TEXT, PartnerKind, Wanted

KEY = "partners"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(PartnerKind),
    "field": FIELDS,
    "language": LANGUAGES,
}
SAID = {"kind": "partner_kind"}
IN_ADDRESS = {"language": "spoken"}


def wanted_from(query: Mapping[str, str]) -> Wanted:
    """Read what is wanted from URL parameters; what makes no sense is left out.

    >>> wanted_from({"field": "OER,x", "spoken": "tr", "box": "1,2", "inactive": "1"})
    Wanted(kind=(), field=('OER',), language=('tr',), text='', box=None, inactive=True)
    """
    lists = {
        name: tuple(value for value in known if value in query.get(_address(name), "").split(","))
        for name, known in CHOICES.items()
    }
    return Wanted(
        **lists,
        text=query.get("text", "")[:MAX_TEXT],
        box=filters.from_query({"box": query.get("box", "")}).box,
        inactive=query.get("inactive") == "1",
    )


def bar(words: Words) -> Wanted:
    """Draw the filter and return it as chosen; what the address said is where it starts."""
    before = wanted_from(st.query_params.to_dict())
    with st.popover(words("filter.title"), icon=":material/tune:", key=f"{KEY}-filter"):
        text = st.text_input(
            words("filter.text"), before.text, key=_widget(words, "text"), max_chars=MAX_TEXT
        )
        lists = {name: _list(words, name, getattr(before, name)) for name in CHOICES}
        inactive = st.checkbox(
            words("partners.with_inactive"), before.inactive, key=_widget(words, "inactive")
        )
        st.button(words("filter.reset"), key=f"{KEY}-reset", on_click=reset)
    wanted = replace(before, text=text or "", inactive=inactive, **lists)
    _keep(wanted)
    return wanted


def active(words: Words, wanted: Wanted) -> None:
    """Draw what is filtered by, in words, with one tap back to everybody."""
    said = [
        words(f"{SAID.get(name, name)}.{value}")
        for name in CHOICES
        for value in getattr(wanted, name)
    ]
    said += [f"„{wanted.text}“"] if wanted.text else []
    said += [words("filter.box")] if wanted.box else []
    said += [words("partners.inactive")] if wanted.inactive else []
    if not said:
        return
    tags = "".join(f'<li class="kk-tag" dir="auto">{escape(one)}</li>' for one in said)
    with st.container(key=f"{KEY}-active", horizontal=True, vertical_alignment="center"):
        st.html(f'<ul class="kk-filtered" aria-label="{escape(words("filter.on"))}">{tags}</ul>')
        st.button(
            words("filter.all"),
            key=f"{KEY}-all",
            type="tertiary",
            icon=":material/close:",
            on_click=reset,
        )


def keep_to(box: Box) -> None:
    """Keep to a window of the map from now on; for callbacks."""
    st.query_params["box"] = filters.to_query(Filter(box=box))["box"]


def reset() -> None:
    """Want everybody again; the fields get new names, so that the browser forgets as well."""
    st.session_state[f"{KEY}-resets"] = st.session_state.get(f"{KEY}-resets", 0) + 1
    _keep(Wanted())


def _list(words: Words, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    label = "partners.language" if name == "language" else f"filter.{name}"
    return tuple(
        st.pills(
            words(label),
            CHOICES[name],
            selection_mode="multi",
            default=before,
            format_func=lambda value: words(f"{SAID.get(name, name)}.{value}"),
            key=_widget(words, name),
        )
    )


def _keep(wanted: Wanted) -> None:
    query = {_address(name): ",".join(getattr(wanted, name)) for name in CHOICES}
    query["text"] = wanted.text
    query["inactive"] = "1" if wanted.inactive else ""
    query["box"] = filters.to_query(Filter(box=wanted.box)).get("box", "")
    for name, value in query.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]


def _address(name: str) -> str:
    return IN_ADDRESS.get(name, name)


def _widget(words: Words, name: str) -> str:
    return f"{KEY}-{name}-{words.lang}-{st.session_state.get(f'{KEY}-resets', 0)}"
