"""A meeting's plan as a form: a title is enough, everything else has a sensible beginning."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from components import edits, filters, notices, session
from components.words import LANGUAGES, Words
from data import meetings
from data.fields import FIELDS
from data.filters import local_day
from data.meetings import MAX_DOTS, MAX_TEXT, MAX_TITLE, Meeting, Plan, Publish, Round
from data.pins import Kind
from data.problems import BadInput
from data.rules import MeetingId

NEW, EDIT = "new-meeting", "meeting-edit"
CHOICES: dict[str, tuple[tuple[str, ...], str]] = {
    "kinds": (tuple(Kind), "kind"),
    "fields": (FIELDS, "field"),
    "languages": (meetings.LANGUAGES, ""),
    "rounds": (tuple(one for one in Round if one != Round.COLLECT), "meeting.round"),
}


@dataclass(frozen=True)
class Begun:
    """A meeting that is being planned; its id is the stored one's, however often it is sent."""

    id: MeetingId
    code: str
    pin: str


def new(words: Words) -> None:
    """Draw the form of a new meeting; only its title is needed."""
    begun = _begun()
    plan = Plan(title="", held_on=local_day(session.now()))
    with st.form(f"meeting-{begun.id}", enter_to_submit=False):
        _always(words, plan, begun.id)
        with st.expander(words("meetings.more"), icon=":material/tune:"):
            _more(words, plan, begun.id)
            st.text_input(
                words("meetings.pin"),
                begun.pin,
                key=f"meeting-pin-{begun.id}",
                max_chars=8,
                autocomplete="off",
            )
        notices.show(NEW)
        label = words("meetings.create")
        st.form_submit_button(label, type="primary", icon=":material/add:", on_click=_create)


def edit(words: Words, meeting: Meeting) -> None:
    """Draw a meeting's plan, to be changed as it was when the form was opened."""
    form = edits.opened(meeting.id, meeting.version)
    with st.form(f"meeting-edit-{form.token}", enter_to_submit=False):
        _always(words, meeting.plan, form.token)
        _more(words, meeting.plan, form.token)
        notices.show(EDIT)
        st.form_submit_button(
            words("meetings.save"), icon=":material/check:", on_click=_save, args=(meeting.id, form)
        )


def written(day: date | None) -> str:
    """Write a day as the form takes it."""
    return day.strftime("%d.%m.%Y") if day else ""


# --- the fields -------------------------------------------------------------


def _always(words: Words, plan: Plan, token: str) -> None:
    _line(words, "title", plan.title, token)
    left, right = st.columns([1, 2])
    with left:
        _day(words, "held_on", plan.held_on, token)
    with right:
        _line(words, "place", plan.place, token)
    st.text_area(
        words("meetings.question"),
        plan.question,
        key=f"meeting-question-{token}",
        max_chars=MAX_TEXT,
        height=80,
        placeholder=words("meetings.question_hint"),
    )


def _more(words: Words, plan: Plan, token: str) -> None:
    _line(words, "decides", plan.decides, token, MAX_TEXT)
    _line(words, "changes", plan.changes, token, MAX_TEXT)
    _day(words, "answer_on", plan.answer_on, token)
    for name in CHOICES:
        _choice(words, name, getattr(plan, name), token)
    st.radio(
        words("meetings.publish"),
        list(Publish),
        index=list(Publish).index(Publish(plan.publish)),
        format_func=lambda rule: words(f"meeting.publish.{rule}"),
        key=f"meeting-publish-{token}",
    )
    for name in ("children", "photos"):
        st.checkbox(words(f"meetings.{name}"), getattr(plan, name), key=f"meeting-{name}-{token}")
    _dots(words, plan, token)
    _wifi(words, plan, token)


def _dots(words: Words, plan: Plan, token: str) -> None:
    some = range(1, MAX_DOTS + 1)  # chosen: the steps of a number field speak English
    st.selectbox(
        words("meetings.dots"), some, some.index(plan.dots), key=f"meeting-dots-{token}", width=220
    )
    st.checkbox(words("meetings.dots_stack"), plan.dots_stack, key=f"meeting-dots_stack-{token}")


def _wifi(words: Words, plan: Plan, token: str) -> None:
    st.html(f'<p class="kk-typing-hint">{words("meetings.wifi")}</p>')
    left, right = st.columns(2)
    with left:
        _line(words, "wifi_name", plan.wifi_name, token)
    with right:
        st.text_input(
            words("meetings.wifi_password"),
            plan.wifi_password,
            type="password",
            key=f"meeting-wifi_password-{token}",
            max_chars=MAX_TITLE,
            autocomplete="new-password",
        )


def _line(words: Words, name: str, value: str, token: str, most: int = MAX_TITLE) -> None:
    st.text_input(
        words(f"meetings.{name}"),
        value,
        key=f"meeting-{name}-{token}",
        max_chars=most,
        autocomplete="off",
    )


def _day(words: Words, name: str, value: date | None, token: str) -> None:
    st.text_input(
        words(f"meetings.{name}"),
        written(value),
        key=f"meeting-{name}-{token}",
        max_chars=10,
        placeholder=words("filter.day"),
        autocomplete="off",
    )


def _choice(words: Words, name: str, chosen: tuple[str, ...], token: str) -> None:
    options, prefix = CHOICES[name]
    st.pills(
        words(f"meetings.{name}"),
        options,
        selection_mode="multi",
        default=[one for one in options if one in chosen],
        format_func=lambda one: words(f"{prefix}.{one}") if prefix else LANGUAGES[one],
        key=f"meeting-{name}-{token}",
    )


# --- what was typed ---------------------------------------------------------


def _read(token: str) -> Plan:
    """Read the plan from the form's fields; BadInput for a day that is none."""

    def held(name: str) -> Any:
        return st.session_state.get(f"meeting-{name}-{token}")

    texts = ("title", "place", "question", "decides", "changes", "wifi_name", "wifi_password")
    chosen: dict[str, Any] = {name: tuple(held(name) or ()) for name in CHOICES}
    chosen["rounds"] = (Round.COLLECT, *chosen["rounds"])
    held_on = filters.day_from(held("held_on") or "")
    if held_on is None:
        raise BadInput("meeting.day_missing", field="held_on")
    answer_on = filters.day_from(held("answer_on") or "")
    if answer_on is None and (held("answer_on") or "").strip():
        raise BadInput("meeting.day_missing", field="answer_on")
    return Plan(
        **{name: held(name) or "" for name in texts},
        **chosen,
        held_on=held_on,
        answer_on=answer_on,
        publish=held("publish") or "",
        children=bool(held("children")),
        photos=bool(held("photos")),
        dots=int(held("dots") or 0),
        dots_stack=bool(held("dots_stack")),
    )


def _begun() -> Begun:
    if NEW not in st.session_state:
        meeting_id = MeetingId(session.new_id())
        st.session_state[NEW] = Begun(meeting_id, session.new_meeting_code(), session.new_pin())
    return st.session_state[NEW]


def _create() -> None:
    here, words, begun = session.instance(), session.the_words(), _begun()
    with notices.said(NEW):
        pin = (st.session_state.get(f"meeting-pin-{begun.id}") or "").strip()
        meetings.create(
            here.store,
            session.actor(),
            meeting_id=begun.id,
            code=begun.code,
            plan=_read(begun.id),
            pin=pin,
            now=session.now(),
        )
        del st.session_state[NEW]
        st.query_params["meeting"] = begun.id
        notices.keep("meeting", words("meetings.created", pin=pin), "success")


def _save(meeting_id: MeetingId, form: edits.Edit) -> None:
    here, actor = session.instance(), session.actor()
    with notices.said(EDIT):
        plan, version, now = _read(form.token), form.version, session.now()
        with edits.following(
            meeting_id, lambda: meetings.get(here.store, actor, meeting_id).version
        ):
            meetings.change(here.store, actor, meeting_id, plan=plan, version=version, now=now)
        edits.close(meeting_id)
        notices.keep("meeting", session.the_words()("meetings.saved"), "success")
