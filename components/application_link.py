"""The private link of an application: shown once with its QR code; the office makes a new one."""

from html import escape
from urllib.parse import quote

import segno
import streamlit as st

from components import frame, notices, session
from components.words import Words
from data import application_links, applications
from data.projects import Project
from data.rules import ProjectId

PLACE = "application-link"
SHOWN = "application-link-shown"  # by project: the token that was just made, once


def keep(words: Words, token: str) -> None:
    """Draw a link to be kept: the sentence, the QR code, the link itself, and the way in."""
    frame.look("application")
    link = f"{session.address()}/auth/application/{token}?lang={words.lang}"
    image = segno.make(link, error="m").png_data_uri(scale=5, border=3)
    subject, body = quote(words("application.link.subject")), quote(link)
    st.html(
        f'<div class="kk-link"><p class="kk-lead">{escape(words("application.link.keep"))}</p>'
        f'<img class="kk-qr" src="{image}" alt="{escape(words("application.link.qr"))}">'
        f'<p class="kk-link-text" dir="ltr">{escape(link)}</p>'
        f'<p class="kk-link-ways"><a class="kk-account kk-go" target="_self" href="{escape(link)}">'
        f"{escape(words('application.link.open'))}</a> "
        f'<a class="kk-account" href="mailto:?subject={subject}&amp;body={body}">'
        f"{escape(words('application.link.mail'))}</a></p></div>"
    )


def draw(words: Words, project: Project) -> None:
    """Draw for the office how to reach the applicant, how the link stands, and a new one."""
    here, actor = session.instance(), session.actor()
    _contact(words, applications.get(here.store, actor, project.id))
    notices.show(PLACE)
    made = st.session_state.get(SHOWN, {}).get(project.id)
    if made:
        keep(words, made)
    state = application_links.state(here.store, actor, project.id)
    now = session.now()
    if state is None:
        told = words("application.link.none")
    elif state.revoked:
        told = words("application.link.revoked")
    elif state.expires_at <= now:
        told = words("application.link.expired", day=words.day(state.expires_at))
    else:
        told = words("application.link.until", day=words.day(state.expires_at))
    st.text(told)
    with st.container(key="kk-link-acts", horizontal=True, gap="small"):
        token = _token(project.id)
        st.button(
            words("application.link.make"), key=f"link-make-{project.id}", icon=":material/link:",
            on_click=_make, args=(project.id, token),
        )  # fmt: skip
        if state is not None and not state.revoked:
            st.button(
                words("application.link.revoke"), key=f"link-revoke-{project.id}",
                icon=":material/link_off:", type="tertiary", on_click=_revoke, args=(project.id,),
            )  # fmt: skip


# --- inside -----------------------------------------------------------------


def _contact(words: Words, application: applications.Application) -> None:
    said = " · ".join(one for one in (application.name, application.contact) if one)
    if said:
        label = escape(words("application.link.contact"))
        st.html(f'<p class="kk-contact">{label} <bdi>{escape(said)}</bdi></p>')
    else:
        st.text(words("application.link.no_contact"))


def _token(project_id: ProjectId) -> str:
    """Return the token of the next link: made before the click, so that a double click is one."""
    return st.session_state.setdefault(f"{PLACE}-next-{project_id}", session.new_token())


def _make(project_id: ProjectId, token: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        application_links.renew(
            here.store, session.actor(), project_id, token=token, now=session.now()
        )
        st.session_state[SHOWN] = {project_id: token}
        st.session_state.pop(f"{PLACE}-next-{project_id}", None)
        notices.keep(PLACE, words("application.link.made"), "success")


def _revoke(project_id: ProjectId) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        application_links.revoke(here.store, session.actor(), project_id, now=session.now())
        st.session_state.pop(SHOWN, None)
        notices.keep(PLACE, words("application.link.taken"), "success")
