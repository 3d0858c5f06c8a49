"""Meetings: planned, opened, led, closed."""

import streamlit as st

from components import frame, gate, meeting_card, meeting_form, notices, session
from data import meetings
from data.meetings import Meeting
from data.problems import Problem
from data.rules import Act, MeetingId

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.MEETING_WRITE)
frame.look("desk")


def choose(meeting_id: str) -> None:
    """Open a meeting; the address keeps it."""
    st.query_params["meeting"] = meeting_id


def close() -> None:
    """Go back to the list."""
    st.query_params.pop("meeting", None)


def asked() -> Meeting | None:
    """Load the meeting that the address names."""
    meeting_id = st.query_params.get("meeting", "")
    if not meeting_id:
        return None
    try:
        return meetings.get(here.store, actor, MeetingId(meeting_id))
    except Problem as problem:
        notices.keep("meeting", words.problem(problem))
        return None


def one(meeting: Meeting) -> None:
    """Draw a meeting with its ways, its pins and its plan."""
    st.button(
        words("meetings.back"),
        key="kk-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    pins = meetings.pin_counts(here.store, actor).get(meeting.id, 0)
    st.html(meeting_card.head(words, meeting, pins, tag="h1"))
    notices.show("meeting")
    meeting_card.show(words, meeting)
    with st.container(key="kk-ways"):
        st.page_link(
            st.session_state["pages"]["pins"],
            label=words.many("meetings.see_pins", pins),
            icon=":material/location_on:",
            query_params={"lang": words.lang, "meeting": meeting.id},
        )
    with st.expander(words("meetings.edit"), icon=":material/edit:"):
        meeting_form.edit(words, meeting)


def every() -> None:
    """Draw the way to a new meeting, and all meetings, the running ones first."""
    found = meetings.listing(here.store, actor)
    pins = meetings.pin_counts(here.store, actor)
    if not found:
        st.html(f'<p class="kk-lead">{words("meetings.none")}</p>')
    with st.expander(words("meetings.new"), icon=":material/add:", expanded=not found):
        meeting_form.new(words)
    for meeting in found:
        with st.container(key=f"kk-meeting-{meeting.id}", gap=None):
            st.html(meeting_card.head(words, meeting, pins.get(meeting.id, 0)))
            st.button(
                words("meetings.open"),
                key=f"open-{meeting.id}",
                on_click=choose,
                args=(meeting.id,),
            )


meeting = asked()
with st.container(key="kk-read"):
    if meeting:
        one(meeting)
    else:
        st.markdown(f"# {words('page.meetings')}")
        notices.show("meeting")
        every()
