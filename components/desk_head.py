"""The desk's head: which meeting, where it stands, how many are here, which round."""

from html import escape

import streamlit as st

from components import desk_draft, meeting_card, meeting_state, notices, session
from components.words import Words
from data import meetings
from data.meetings import Meeting, Round, State

PLACE = "typing-head"


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
    return (
        '<p class="kk-typing-links">'
        + "".join(
            f'<a target="_blank" rel="noopener" href="{escape(href)}">'
            f"{escape(words(f'meetings.way.{name}'))}</a>"
            for name, href in ways.items()
        )
        + "</p>"
    )


@st.fragment
def _people(lang: str) -> None:
    """Draw the tally of who is here; a number without names."""
    words = session.the_words()
    _, meeting = desk_draft.where()
    with st.container(
        key="kk-typing-people", horizontal=True, vertical_alignment="center", gap=None
    ):
        st.button(
            words("typing.less"), key="people-less", icon=":material/remove:", on_click=_count,
            args=(-1,),
        )  # fmt: skip
        said = escape(words("typing.people"))
        st.html(
            f'<p class="kk-people" role="status"><strong>{escape(words.number(meeting.people))}'
            f"</strong> <span>{said}</span></p>"
        )
        st.button(
            words("typing.plus"),
            key="people-more",
            icon=":material/add:",
            on_click=_count,
            args=(1,),
        )
    notices.show(f"people-{lang}")


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


def _count(more: int) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(f"people-{words.lang}"):
        actor, meeting = desk_draft.where()
        number = max(0, meeting.people + more)
        meetings.count_people(here.store, actor, meeting.id, number=number, now=session.now())
