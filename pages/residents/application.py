"""The applicant's own application, by the private link: fill it in, hand it in, see what becomes of it."""

from html import escape

import streamlit as st

from components import (
    application_form,
    application_way,
    decision_link,
    frame,
    notices,
    project_account,
    session,
)
from components import projects as shown
from data import applications
from data.applications import Application, may_write
from data.rules import Role

words = session.the_words()
here = session.instance()
holder = session.applicant()


def closed() -> None:
    """Say how one gets in."""
    st.title(words("page.application"), anchor=False)
    st.text(words("application.closed_door"))
    st.page_link(
        st.session_state["pages"]["advice"],
        label=words("application.to_advice"),
        icon=":material/lightbulb:",
        query_params={"lang": words.lang},
    )


def one(application: Application) -> None:
    """Draw the application: where it stands, the form while it is open, and its way."""
    project = application.project
    notices.show(application_way.PLACE)
    application_way.head(words, application)
    if may_write(session.applying(), project):
        application_form.draw(words, project)
        if application_form.is_last():
            found = applications.findings(
                here.store, session.applying(), here.area, project.id, now=session.now()
            )
            ready = not applications.blocking(found)
            application_way.hand_in(words, project, ready=ready)
        with st.expander(words("application.way"), icon=":material/route:"):
            application_way.way(words, project)
    else:
        frame.look("application")
        decision_link.draw(words, project)
        with st.expander(words("application.read"), icon=":material/description:"):
            shown.proposal(words, project, [], [])
        project_account.draw(words, project, head="##")
        st.markdown(f"## {words('application.way')}")
        application_way.way(words, project)
    application_way.take_back(words, project)
    leave = escape(words("application.leave"))
    st.html(
        f'<p><a class="kk-account" target="_self" href="/auth/application?lang={words.lang}">'
        f"{leave}</a></p>"
    )


with st.container(key="kk-read"):
    if holder.role == Role.APPLICANT and holder.project:
        one(applications.get(here.store, holder, holder.project))
    else:
        closed()
