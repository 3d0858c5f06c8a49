"""The facilitator's desk: type while people talk."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import desk_draft, desk_form, desk_head, desk_lines, frame, notices, session
from components import map as maps
from components.map import Event, Look, Mark
from data import desk, rules
from data.meetings import Meeting
from data.problems import NotAllowed, NotFound
from data.rules import Act, MeetingId

words = session.the_words()
here = session.instance()
frame.look("desk")


def happened(event: Event) -> None:
    """Choose the place that was tapped, or that of a pin."""
    with notices.said(desk_draft.FORM):
        if event.tap:
            desk_draft.put(event.tap)
        elif event.pick:
            actor, meeting = desk_draft.where()
            for line in desk.lines(here.store, actor, meeting.id, [rules.PinId(event.pick)]):
                desk_draft.put(line.pin.at)


def stand(meeting_id: MeetingId) -> None:
    """Draw the map with the last pins and the chosen place."""
    found = desk.latest(here.store, actor, meeting_id)
    look = Look(
        scope="none",
        marks=[Mark(line.pin.id, line.pin.at, line.pin.kind) for line in found],
        draft=desk_draft.begun().at,
        go=st.session_state.pop("go", None),
    )
    with st.container(key="kk-typing-map"):
        maps.show(here.area, words, look, key="desk-map", on_event=happened)


def type_along(meeting: Meeting) -> None:
    """Draw the whole desk."""
    desk_head.show(words, meeting)
    with st.container(key="kk-typing", horizontal=True, gap="medium"):
        stand(meeting.id)
        with st.container(key="kk-typing-side"):
            desk_form.show(words, meeting)
            desk_lines.show(words.lang)


def closed(meeting: Meeting) -> None:
    """Draw the way in: the PIN's form."""
    way = {"to": "desk", "lang": words.lang}
    st.html(
        f'<div class="kk-door"><h1 dir="auto">{escape(meeting.plan.title)}</h1>'
        f"<p>{escape(words('typing.door'))}</p>"
        f'<p><a class="kk-account kk-go" target="_self" '
        f'href="auth/meeting/{escape(meeting.code)}?{escape(urlencode(way))}">'
        f"{escape(words('typing.door_go'))}</a></p></div>"
    )


try:
    actor, meeting = desk_draft.where()
except NotFound as unknown:
    st.html(f'<div class="kk-door"><h1>{words("page.desk")}</h1></div>')
    st.info(words.problem(unknown))
    st.stop()
try:
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting.id)
except NotAllowed:
    closed(meeting)
else:
    type_along(meeting)
