"""The desk's head: which meeting, where it stands, how many are here, which round."""

from html import escape

import streamlit as st

from components import desk_draft, meeting_card, meeting_state, notices, session
from components.words import Words
from data import meetings
from data.meetings import Meeting, Round, State
from data.receipts import western

PLACE, PEOPLE = "typing-head", "typing-people"


def show(words: Words, meeting: Meeting) -> None:
    """Draw the head, its numbers and the ways to wall and protocol."""
    with st.container(
        key="kk-typing-head", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.html(
            f'<div class="kk-typing-title">{meeting_card.state(words, meeting)}'
            f'<h1 dir="auto">{escape(meeting.plan.title)}</h1></div>',
            width="stretch",
        )
        _people(words.lang)
        _round(words, meeting)
        st.html(_links(words, meeting))
        with st.container(horizontal=True, gap="small", width="content"):
            meeting_state.buttons(words, meeting, PLACE)
    notices.show(PLACE)
    if meeting.state != State.OPEN:
        st.info(words(f"meetings.then.{meeting.state}"))


def _links(words: Words, meeting: Meeting) -> str:
    ways = {
        "wall": meeting_card.screen(words, meeting, "wall"),
        "protocol": meeting_card.protocol(words, meeting),
    }
    new = ' target="_blank" rel="noopener"'
    links = [(href, words(f"meetings.way.{name}"), new) for name, href in ways.items()]
    links.append(
        (f"/auth/logout?lang={words.lang}", words("accounts.logout.button"), ' target="_self"')
    )
    return (
        '<p class="kk-typing-links">'
        + "".join(f'<a href="{escape(href)}"{how}>{escape(text)}</a>' for href, text, how in links)
        + "</p>"
    )


@st.fragment
def _people(lang: str) -> None:
    """Draw the tally of who is here; a number without names."""
    words = session.the_words()
    _, meeting = desk_draft.where()
    key = f"people-{meeting.people}-{lang}"
    with st.container(
        key="kk-typing-people", horizontal=True, vertical_alignment="center", gap=None
    ):
        _step(words("typing.less"), "remove", -1)
        st.text_input(
            words("typing.people"),
            str(meeting.people),
            key=key,
            max_chars=5,
            autocomplete="off",
            on_change=_count_typed,
            args=(key,),
        )
        _step(words("typing.plus"), "add", 1)
    notices.show(PEOPLE)


def _step(label: str, icon: str, more: int) -> None:
    st.button(
        label,
        key=f"people-{icon}",
        icon=f":material/{icon}:",
        on_click=_count_more,
        args=(more,),
    )


def _round(words: Words, meeting: Meeting) -> None:
    if len(meeting.plan.rounds) < 2:
        return
    key = f"typing-round-{meeting.round}-{words.lang}"
    st.selectbox(
        words("typing.round"),
        meeting.plan.rounds,
        index=meeting.plan.rounds.index(meeting.round),
        format_func=lambda one: words(f"meeting.round.{one}"),
        key=key,
        on_change=_go_to,
        args=(key,),
        label_visibility="collapsed",
        width=230,
    )


def _go_to(key: str) -> None:
    here = session.instance()
    with notices.said(PLACE):
        actor, meeting = desk_draft.where()
        to = Round(st.session_state.get(key) or meeting.round)
        meetings.go_to_round(here.store, actor, meeting.id, to=to, now=session.now())


def _count_more(more: int) -> None:
    with notices.said(PEOPLE):
        _, meeting = desk_draft.where()
        _count(max(0, meeting.people + more))


def _count_typed(key: str) -> None:
    with notices.said(PEOPLE):
        typed = western(st.session_state.get(key) or "").strip()
        _count(int(typed) if typed.isascii() and typed.isdigit() else -1)


def _count(number: int) -> None:
    actor, meeting = desk_draft.where()
    store = session.instance().store
    meetings.count_people(store, actor, meeting.id, number=number, now=session.now())
