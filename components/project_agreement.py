"""The agreement of a granted project on the office's page: when it was signed, what was agreed."""

from datetime import date

import streamlit as st

from components import application_field, edits, notices, session
from components.filters import day_from
from components.words import Words
from data import agreements
from data.agreements import MAX_WORDS
from data.problems import BadInput
from data.projects import Project

PLACE = "agreement"


def draw(words: Words, project: Project) -> None:
    """Draw the agreement, to be written down or corrected while the project runs."""
    here, actor = session.instance(), session.actor()
    now = agreements.get(here.store, actor, project.id)
    st.markdown(f"### {words('agreement.title')}")
    notices.show(PLACE)
    if project.status not in agreements.OPEN:
        st.text(_said(words, now))
        return
    form = edits.opened(f"agreement-{project.id}", now.version)
    if now.version:
        st.text(_said(words, now))
    with st.form(f"agreement-{form.token}", border=False, enter_to_submit=False):
        st.text_input(
            words("agreement.signed_on"),
            application_field.written(now.signed_on or application_field.today()),
            key=f"signed-{form.token}",
            max_chars=10,
            autocomplete="off",
        )
        st.text_area(
            words("agreement.words"),
            now.words,
            key=f"agreed-{form.token}",
            max_chars=MAX_WORDS,
            height=110,
            placeholder=words("agreement.example"),
        )
        st.form_submit_button(
            words("agreement.save" if now.version else "agreement.sign"),
            type="secondary" if now.version else "primary",
            icon=":material/edit_document:",
            on_click=_sign,
            args=(project.id, form),
        )


# --- inside -----------------------------------------------------------------


def _said(words: Words, now: agreements.Agreement) -> str:
    if now.signed_on is None:
        return words("agreement.none")
    return words("agreement.signed", day=words.day(now.signed_on))


def _sign(project_id: str, form: edits.Edit) -> None:
    here, words, actor = session.instance(), session.the_words(), session.actor()
    state, thing = st.session_state, f"agreement-{project_id}"
    with notices.said(PLACE):
        day = day_from(state[f"signed-{form.token}"] or "")
        if not isinstance(day, date):
            raise BadInput("application.day_unreadable", field="signed_on")
        with edits.following(thing, lambda: agreements.get(here.store, actor, project_id).version):
            agreements.sign(
                here.store,
                actor,
                project_id,
                signed_on=day,
                words=state[f"agreed-{form.token}"] or "",
                seen=form.version,
                now=session.now(),
            )
        edits.close(thing)
        notices.keep(PLACE, words("agreement.saved"), "success")
