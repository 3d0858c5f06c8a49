"""The day by which an answer is promised, for the office: seen, and put off with a reason."""

from datetime import date, timedelta
from html import escape

import streamlit as st

from components import notices, session
from components.filters import day_from
from components.words import Words
from data import promises
from data.filters import local_day
from data.problems import BadInput

AHEAD = timedelta(days=28)


def draw(words: Words, thing: str, thing_id: str) -> None:
    """Draw the promised day of those who wait, and the way to put it off; nothing without any."""
    day = promises.day_of(session.instance().store, session.actor(), thing=thing, thing_id=thing_id)
    if day is None:
        told(thing_id)
        return
    late = day < local_day(session.now())
    with st.container(key=f"kk-day-{thing_id}", horizontal=True, vertical_alignment="center"):
        said = words("promise.office_late" if late else "promise.office", day=words.day(day))
        st.html(f'<p class="kk-due{" kk-late" if late else ""}">{escape(said)}</p>')
        with st.popover(  # another day is another one: it closes once the day is put off
            words("promise.postpone"),
            icon=":material/event_upcoming:",
            key=f"day-open-{thing_id}-{day.isoformat()}",
        ):
            _form(words, thing, thing_id, day)
    told(thing_id)


def told(thing_id: str) -> None:
    """Say that a day was just put off."""
    notices.show(_place(thing_id))


def _place(thing_id: str) -> str:
    return f"day-{thing_id}"


def _form(words: Words, thing: str, thing_id: str, day: date) -> None:
    """Draw the new day, its reason for the public, and a sentence to it."""
    token = f"{thing_id}-{day.isoformat()}"  # a day changed meanwhile is another form
    ahead = max(day, local_day(session.now())) + AHEAD
    st.text_input(
        words("promise.new_day"),
        ahead.strftime("%d.%m.%Y"),
        key=f"day-new-{token}",
        placeholder=words("filter.day"),
    )
    st.radio(
        words("promise.reason"),
        promises.REASONS,
        format_func=lambda name: words(f"promise.reason.{name}"),
        key=f"day-reason-{token}-{words.lang}",
    )
    st.text_input(words("promise.words"), key=f"day-words-{token}", max_chars=promises.MAX_WORDS)
    notices.show(f"day-refused-{thing_id}")
    st.button(
        words("promise.postpone_yes"),
        key=f"day-save-{thing_id}",
        type="primary",
        on_click=_postpone,
        args=(thing, thing_id, day, token, words.lang),
    )


def _postpone(thing: str, thing_id: str, seen: date, token: str, lang: str) -> None:
    here, state = session.instance(), st.session_state
    with notices.said(f"day-refused-{thing_id}"):
        day = day_from(state.get(f"day-new-{token}") or "")
        if day is None:
            raise BadInput("promise.day", field="day")
        promises.postpone(
            here.store,
            session.actor(),
            thing=thing,
            thing_id=thing_id,
            day=day,
            reason=state.get(f"day-reason-{token}-{lang}") or "",
            words=state.get(f"day-words-{token}") or "",
            seen=seen,
            now=session.now(),
        )
        words = session.the_words()
        said = words("promise.postponed", day=words.day(day))
        notices.keep(_place(thing_id), said, "success")
