"""The silence map: squares on the map, the same as a list in words, languages and fields beside."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from components import cards, charts, session
from components import map as maps
from components.charts import Bar, Chart
from components.map import Event, Look
from components.words import Words
from data.filters import Filter
from data.silence import Place, Share, Silence
from geo.silence import Level

LISTED = 8
CHOSEN, ALL = "silence-chosen", "silence-all"
TAGS = {Level.NONE: "silence.none", Level.FEW: "silence.few"}


def draw(words: Words, found: Silence, wanted: Filter) -> None:
    """Draw where few voices are heard, and in which language and field."""
    if not found.squares or not found.voices:
        _empty(words)
        if any(row.voices for row in found.languages):
            st.html(charts.html(words, _tables(words, found, wanted)))
        return
    st.html(f'<p class="kk-total">{escape(_said(words, found))}</p>')
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _map(words, found)
        st.html(_legend(words))
        st.text(_compared(words, found))
    with right:
        _places(words, found.quiet)
    st.html(charts.html(words, _tables(words, found, wanted)))


def _empty(words: Words) -> None:
    st.html(
        f'<div class="kk-empty"><p>{escape(words("silence.empty"))}</p>'
        f"<p>{escape(words('figures.empty_next'))}</p></div>"
    )


def _said(words: Words, found: Silence) -> str:
    """Say in a sentence or two what the map shows."""
    silent = sum(place.level == Level.NONE for place in found.quiet)
    says = words.many("silence.says", silent, all=words.number(found.squares))
    return f"{says} {words('silence.shaky')}" if found.shaky else says


def _compared(words: Words, found: Silence) -> str:
    parts = [words("silence.how" if found.blocks else "silence.how_ground")]
    parts.append(words.many("silence.counted", found.voices))
    if found.elsewhere:
        parts.append(words.many("silence.elsewhere", found.elsewhere))
    return " ".join(parts)


def _map(words: Words, found: Silence) -> None:
    here = session.instance()
    chosen = st.session_state.get(CHOSEN)
    places = {place.box: place for place in found.quiet}
    squares = [
        (*place.box, int(place.level), number if number <= LISTED else 0)
        for number, place in enumerate(found.quiet, 1)
    ]
    go = places[chosen].at if chosen and chosen in places else None
    fit = maps.around([place.at for place in found.quiet]) if go is None else None
    look = Look(scope="none", squares=squares, go=go, fit=fit)
    with st.container(key="kk-silence-map"):
        maps.show(
            here.area, words, look, key="silence-map", on_event=_nothing, taps=False, keep=False
        )


def _nothing(event: Event) -> None:
    """The squares are looked at, the list is what is tapped."""


def _places(words: Words, quiet: Sequence[Place]) -> None:
    st.markdown(f"## {words('silence.stall')}")
    if not quiet:
        st.html(f'<p class="kk-facts">{escape(words("silence.all_loud"))}</p>')
    shown = quiet if st.session_state.get(ALL) else quiet[:LISTED]
    for number, place in enumerate(shown, 1):
        _place(words, number, place)
    if len(shown) < len(quiet):
        st.button(words("filter.more"), key="silence-more", on_click=_all)


def _place(words: Words, number: int, place: Place) -> None:
    chosen = "chosen-" if st.session_state.get(CHOSEN) == place.box else ""
    with st.container(key=f"kk-quiet-{chosen}{number}", gap=None):
        st.button(
            f"{number}\\. {cards.plain(words.place(place.place))}",
            key=f"silence-{number}-{words.lang}",
            type="tertiary",
            icon=":material/location_on:",
            on_click=_choose,
            args=(place,),
        )
        facts = [
            words.many("silence.voices", place.voices),
            words("silence.expected", n=words.number(round(place.expected)))
            if place.expected >= 0.5
            else words("silence.expected_less"),
        ]
        st.html(f'<p class="kk-facts">{escape(" · ".join(facts))}</p>')


def _choose(place: Place) -> None:
    st.session_state[CHOSEN] = place.box


def _all() -> None:
    st.session_state[ALL] = True


def _tables(words: Words, found: Silence, wanted: Filter) -> list[Chart]:
    known = found.residents
    compared = words("silence.residents", source=known.source) if known else words("silence.alike")
    return [
        _table(words, wanted, "lang", "language", found.languages, compared),
        _table(words, wanted, "field", "field", found.fields, words("silence.alike_fields")),
    ]


def _table(
    words: Words, wanted: Filter, name: str, says: str, rows: Sequence[Share], compared: str
) -> Chart:
    bars = [
        Bar(
            words(f"{says}.{row.value}"),
            (row.voices,),
            charts.way(words, "pins", replace(wanted, **{name: (row.value,)})),
            tag=words(TAGS[row.level]) if row.level else "",
            note=_about(words, row.expected),
        )
        for row in rows
    ]
    return Chart(
        f"quiet-{name}", words(f"silence.{name}"), compared, words(f"filter.{name}"), bars,
        note=words("silence.expected_head"),
    )  # fmt: skip


def _about(words: Words, expected: float) -> str:
    return words.number(round(expected)) if expected >= 0.5 else "< 1"


def _legend(words: Words) -> str:
    parts = "".join(
        f'<span><i class="kk-{css}"></i>{escape(words(key))}</span>'
        for css, key in (("none", "silence.legend.none"), ("few", "silence.legend.few"))
    )
    return f'<p class="kk-legend">{parts}</p>'
