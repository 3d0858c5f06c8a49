"""Where an application stands, for who applied: what comes next, its way, and taking it back."""

from html import escape

import streamlit as st

from components import cards, notices, session
from components.words import Words
from data import applications, project_moves, trail
from data.applications import BY_APPLICANT, Application
from data.projects import Project, ProjectStatus
from data.rules import ProjectId

PLACE = "application"


def head(words: Words, application: Application) -> None:
    """Draw the title, the state, and in a sentence what is to be done now and by whom."""
    project = application.project
    tag = escape(words(f"project_status.{project.status}"))
    number = escape(words("application.number", number=project.number))
    st.html(
        f'<h1 class="kk-application-title" dir="auto">{escape(project.title)}</h1>'
        f'<p class="kk-facts">{number} <span class="kk-tag">{tag}</span></p>'
        f'<p class="kk-lead">{escape(words(f"application.now.{project.status}"))}</p>'
    )
    reason = last_reason(project)
    if reason:
        st.html(
            f'<p class="kk-label">{escape(words("application.reason"))}</p>'
            f"{cards.own_words(reason, 'de', 'kk-answer')}"
        )
    if project.conditions:
        st.html(
            f'<p class="kk-label">{escape(words("application.conditions"))}</p>'
            f"{cards.own_words(project.conditions, 'de', 'kk-answer')}"
        )


def last_reason(project: Project) -> str:
    """Return why the application stands where it stands, as the office or the jury wrote it."""
    steps = trail.steps(session.instance().store, "project", project.id)
    last = next((step for step in reversed(steps) if step.key.startswith("project_")), None)
    return str(last.details.get("sentence", "")) if last else ""


def hand_in(words: Words, project: Project, *, ready: bool) -> None:
    """Draw the button that hands the application in; it says why when it cannot be yet."""
    if project.status not in BY_APPLICANT:
        return
    again = project.status == ProjectStatus.REVISION
    st.button(
        words("application.submit_again" if again else "application.submit"),
        key="application-submit",
        type="primary",
        icon=":material/send:",
        disabled=not ready,
        on_click=_submit,
        args=(project.id,),
    )
    if not ready:
        st.text(words("application.not_ready"))


def way(words: Words, project: Project) -> None:
    """Draw every public step so far."""
    cards.way(words, trail.steps(session.instance().store, "project", project.id))


def take_back(words: Words, project: Project) -> None:
    """Draw how to withdraw the application, as long as one may."""
    actor = session.applying()
    moves = {move.to: move for move in project_moves.allowed(actor, project.status, project.fund)}
    if ProjectStatus.WITHDRAWN not in moves:
        return
    needs_reason = moves[ProjectStatus.WITHDRAWN].reason
    with st.popover(words("application.withdraw"), icon=":material/undo:"):
        st.text(words("application.withdraw.sure"))
        st.text_area(
            words("application.withdraw.why" if needs_reason else "application.withdraw.why_free"),
            key=f"withdraw-{project.id}", max_chars=project_moves.MAX_REASON, height=90,
        )  # fmt: skip
        st.button(
            words("application.withdraw.yes"), key="application-withdraw", type="primary",
            on_click=_withdraw, args=(project.id, project.version),
        )  # fmt: skip


# --- inside -----------------------------------------------------------------


def _submit(project_id: ProjectId) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        actor = session.applying()
        applications.submit(here.store, actor, here.area, project_id, now=session.now())
        st.query_params.pop("step", None)
        notices.keep(PLACE, words("application.submitted"), "success")


def _withdraw(project_id: ProjectId, version: int) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        reason = st.session_state.get(f"withdraw-{project_id}") or ""
        project_moves.move(
            here.store, session.applying(), project_id, to=ProjectStatus.WITHDRAWN,
            version=version, now=session.now(), reason=reason,
        )  # fmt: skip
        notices.keep(PLACE, words("application.withdrawn"), "success")
