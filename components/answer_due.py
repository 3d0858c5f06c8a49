"""What waits for an answer: needs and single pins by the day that they were promised."""

from datetime import timedelta
from html import escape

import streamlit as st

from components import answer_form, cards, session
from components.words import Words
from data import promises
from data.filters import local_day
from data.pins import get
from data.promises import Due
from data.rules import PinId
from data.texts import lang_of

AHEAD = timedelta(days=14)
SHOWN = 20


def draw(words: Words) -> None:
    """Draw how many wait too long, then what is due within two weeks, the most urgent first."""
    store, actor, now = session.instance().store, session.actor(), session.now()
    counts = promises.counts(store, actor, now=now)
    st.html(
        f'<p class="kk-due{" kk-late" if counts.overdue else ""}">'
        f"{escape(words.many('answers.overdue', counts.overdue))}</p>"
        f'<p class="kk-facts">{escape(words.many("answers.soon", counts.soon))}</p>'
    )
    found = promises.due(store, actor, until=local_day(now) + AHEAD, now=now, limit=_limit() + 1)
    shown = st.session_state.get(answer_form.SHOWN)
    if shown and shown not in {one.id for one in found}:  # just answered or put off
        answer_form.told(shown)
    if not found:
        st.html(f'<div class="kk-empty"><p>{escape(words("answers.due.none"))}</p></div>')
    for one in found[: _limit()]:
        _row(words, one)
    if len(found) > _limit():
        st.button(words("filter.more"), key="answers-more", on_click=_more)


def _limit() -> int:
    return st.session_state.get("answers-limit", SHOWN)


def _more() -> None:
    st.session_state["answers-limit"] = _limit() + SHOWN


def _row(words: Words, one: Due) -> None:
    with st.container(key=f"kk-due-{one.thing}-{one.id}", gap="small"):
        st.html(_html(words, one))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if one.thing == "need":
                _link(words, one)
            else:
                st.button(
                    words("answers.answer_pin", number=one.number),
                    key=f"due-answer-{one.id}",
                    icon=":material/edit:",
                    on_click=answer_form.toggle,
                    args=(one.id,),
                )
        if one.thing == "pin" and st.session_state.get(answer_form.SHOWN) == one.id:
            pin = get(session.instance().store, session.actor(), PinId(one.id))
            answer_form.draw(words, "pin", pin.id, pin.field)


def _link(words: Words, one: Due) -> None:
    page = st.session_state["pages"].get("needs")
    if page:
        st.page_link(
            page,
            label=words("answers.open_need", number=one.number),
            icon=":material/checklist:",
            query_params={"lang": words.lang, "need": one.id},
        )


def _html(words: Words, one: Due) -> str:
    key = "promise.office_late" if one.overdue else "promise.office"
    said = words(key, day=words.day(one.day))
    if one.thing == "need":
        lang = lang_of(one.title, "de")
        text = f'<p class="kk-need-title" lang="{lang}" dir="auto">{escape(one.title)}</p>'
        behind = f'<p class="kk-facts">{escape(words.many("results.pins", one.pins))}</p>'
    else:
        text = cards.own_words(one.title or words("pin.wordless"), one.lang)
        behind = ""
    late = " kk-late" if one.overdue else ""
    return f'<p class="kk-due{late}">{escape(said)}</p>{text}{behind}'
