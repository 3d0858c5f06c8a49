"""The pins behind a proposal: counted by kind, language, source and meeting, and in own words."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from components import projects as shown
from components import session
from components.cards import speech
from components.words import Words
from data import projects, proposal_voices, voices
from data.pins import Pin
from data.store import Store

PAGE = 12  # voices of a kind
LIMIT = "jury-limit"


def draw(words: Words, behind: Sequence[Pin]) -> None:
    """Draw what people say about it."""
    st.html(f"<h3>{escape(words('voices.title'))}</h3>")
    if not behind:
        st.text(words("voices.none"))
        return
    others = sum(voices.count(_store(), [pin.id for pin in behind]).values())
    also = f" · {words('support.office', n=words.number(others))}" if others else ""
    st.html(f'<p class="kk-facts">{escape(words.many("voices.count", len(behind)) + also)}</p>')
    shown.voices(words, projects.voices(behind))
    _meetings(words, behind)
    if shown.own_voices(words, behind, limit=st.session_state.setdefault(LIMIT, PAGE)):
        st.button(words("filter.more"), on_click=_more, width="stretch")


def again() -> None:
    """Begin with few voices again."""
    st.session_state.pop(LIMIT, None)


def counted(words: Words, behind: Sequence[Pin]) -> Mapping[str, str]:
    """Say how many voices there are, of which kinds and in which languages, a line each."""
    if not behind:
        return {"voices": words.number(0)}
    found = projects.voices(behind)
    kinds = [f"{words(f'kind.{k}')} {words.number(n)}" for k, n in found.kinds.items()]
    langs = [f"{words(f'language.{k}')} {words.number(n)}" for k, n in found.languages.items()]
    return {
        "voices": f"{words.number(len(behind))} ({', '.join(kinds)})",
        "languages": ", ".join(langs),
    }


def _meetings(words: Words, behind: Sequence[Pin]) -> None:
    heard = proposal_voices.by_meeting(_store(), session.actor(), [pin.id for pin in behind])
    if heard:
        rows = "".join(
            f"<li><span {speech(one.title)}>{escape(one.title)}</span> "
            f'<span class="kk-facts">{escape(words.day(one.day))} · '
            f"{escape(words.many('filter.found', one.pins))}</span></li>"
            for one in heard
        )
        title = escape(words("voices.meeting"))
        st.html(f'<h4 class="kk-kind">{title}</h4><ul class="kk-needs">{rows}</ul>')


def _more() -> None:
    st.session_state[LIMIT] += PAGE


def _store() -> Store:
    return session.instance().store
