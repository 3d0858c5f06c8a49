"""Talks of advice in the office's page of a project: what was said, and what of it the jury reads."""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components import application_field, cards, edits, notices, session
from components.filters import day_from
from components.words import Words
from data import consultations
from data.consultations import MAX_WORDS, Consultation
from data.problems import BadInput
from data.projects import Project
from data.rules import ProjectId
from data.texts import lang_of

PLACE = "consultation"
NEW = "consultation-new"  # the id of the next one, by project: a double click is one


def draw(words: Words, project: Project) -> None:
    """Draw the talks, the newest first, and the form of a new one."""
    here, actor = session.instance(), session.actor()
    notices.show(PLACE)
    for one in consultations.listing(here.store, actor, project.id):
        _one(words, one)
    new = st.session_state.setdefault(f"{NEW}-{project.id}", session.new_id())
    with st.expander(words("consultation.new"), icon=":material/forum:", key=f"talk-{project.id}"):
        _form(
            words, new, None,
            given={"on_click": _write, "args": (project.id, new)},
        )  # fmt: skip


def for_jury(words: Words, found: list[Consultation]) -> None:
    """Draw what of the talks the jury may read; nothing without any."""
    if found:
        st.html(f"<h3>{escape(words('consultation.jury'))}</h3>")
    for one in found:
        st.html(_card(words, one))


# --- inside -----------------------------------------------------------------


def _card(words: Words, one: Consultation) -> str:
    facts = [words.day(one.held_on), *([one.person] if one.person else [])]
    tag = words("consultation.for_jury_tag" if one.for_jury else "consultation.inside")
    said = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
    return (
        f'<p class="kk-facts">{said} <span class="kk-tag">{escape(tag)}</span></p>'
        f"{cards.own_words(one.words, lang_of(one.words, 'de'), 'kk-note')}"
    )


def _one(words: Words, one: Consultation) -> None:
    st.html(_card(words, one))
    with st.expander(words("consultation.change"), icon=":material/edit:", key=f"talk-{one.id}"):
        form = edits.opened(one.id, one.version)
        notices.show(f"{PLACE}-{one.id}")
        _form(
            words,
            form.token,
            one,
            given={"on_click": _change, "args": (one.project_id, one.id, form)},
        )


def _form(words: Words, token: str, one: Consultation | None, *, given: dict[str, Any]) -> None:
    held_on = one.held_on if one else application_field.today()
    with st.form(f"talk-{token}", border=False, enter_to_submit=False):
        st.text_input(
            words("consultation.held_on"), application_field.written(held_on),
            key=f"talk-day-{token}", max_chars=10, autocomplete="off",
        )  # fmt: skip
        st.text_area(
            words("consultation.words"), one.words if one else "", key=f"talk-words-{token}",
            max_chars=MAX_WORDS, height=140, placeholder=words("consultation.example"),
        )  # fmt: skip
        st.checkbox(
            words("consultation.for_jury"), one.for_jury if one else False, key=f"talk-jury-{token}"
        )
        st.form_submit_button(
            words("consultation.save"), key=f"talk-save-{token}", icon=":material/check:", **given
        )


def _typed(token: str) -> dict[str, Any]:
    state = st.session_state
    day = day_from(state[f"talk-day-{token}"] or "")
    if not isinstance(day, date):
        raise BadInput("application.day_unreadable", field="held_on")
    return {
        "held_on": day,
        "words": state[f"talk-words-{token}"] or "",
        "for_jury": bool(state[f"talk-jury-{token}"]),
        "now": session.now(),
    }


def _write(project_id: ProjectId, new: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        consultations.write(
            here.store, session.actor(), project_id, consultation_id=new, **_typed(new)
        )
        st.session_state.pop(f"{NEW}-{project_id}", None)
        notices.keep(PLACE, words("consultation.saved"), "success")


def _change(project_id: ProjectId, consultation_id: str, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    actor = session.actor()

    def stored() -> int:
        found = consultations.listing(here.store, actor, project_id)
        return next((one.version for one in found if one.id == consultation_id), form.version)

    with notices.said(f"{PLACE}-{consultation_id}"):
        with edits.following(consultation_id, stored):
            consultations.change(
                here.store, actor, consultation_id, version=form.version, **_typed(form.token)
            )
        edits.close(consultation_id)
        notices.keep(f"{PLACE}-{consultation_id}", words("consultation.saved"), "success")
