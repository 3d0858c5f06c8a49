"""Where a meeting stands: its state in words, and the buttons that open, pause and close it."""

import streamlit as st

from components import notices, session
from components.words import Words
from data import meetings
from data.meetings import Meeting, State
from data.rules import MeetingId

ICONS = {State.OPEN: "play_arrow", State.PAUSED: "pause", State.CLOSED: "stop"}


def buttons(words: Words, meeting: Meeting, place: str) -> None:
    """Draw what may come next; closing asks once."""
    for to in (State.OPEN, State.PAUSED, State.CLOSED):
        if to not in meetings.MOVES[meeting.state]:
            continue
        if to == State.CLOSED:
            with st.popover(words("meetings.do.closed"), icon=":material/stop:"):
                st.text(words("meetings.close_ask"))
                _button(words, meeting, to, "meetings.do.closed_yes", place)
        else:
            key = f"meetings.do.{to}"
            known = meeting.state in (State.PAUSED, State.CLOSED) and to == State.OPEN
            _button(words, meeting, to, f"{key}_again" if known else key, place)


def _button(words: Words, meeting: Meeting, to: State, key: str, place: str) -> None:
    st.button(
        words(key),
        key=f"{place}-to-{to}-{meeting.id}",
        icon=f":material/{ICONS[to]}:",
        type="primary" if to == State.OPEN else "secondary",
        on_click=_move,
        args=(meeting.id, to, place),
    )


def _move(meeting_id: MeetingId, to: State, place: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(place):
        meetings.move(here.store, session.leader(), meeting_id, to=to, now=session.now())
        notices.keep(place, words(f"meetings.moved.{to}"), "success")
