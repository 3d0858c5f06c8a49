"""Projects: work lists beside the map; one project with its next steps, form, talks and account."""

from html import escape

import streamlit as st

from components import application_changes as changes
from components import (
    application_form,
    application_link,
    checklist,
    consultation,
    decision_link,
    frame,
    gate,
    notices,
    project_account,
    project_agreement,
    project_lists,
    project_moves,
    session,
)
from components import map as maps
from components import projects as shown
from components.map import Event, Look
from data import application_changes, applications, needs, projects, to_check
from data.problems import Problem
from data.projects import Project
from data.projects import ProjectStatus as S
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PROJECT_WRITE)
PAGE = 30
PARTS = ("stands", "form", "talks", "account", "voices")
CHECKED = (S.DRAFT, S.SUBMITTED, S.CHECKING, S.REVISION)  # the formal check is still ahead


def choose(number: int) -> None:
    """Open a project; the address keeps it. What is to be checked stands with its account."""
    st.query_params["project"] = str(number)
    if project_lists.chosen() == project_lists.TO_CHECK:
        st.query_params["part"] = "account"
    st.session_state.pop("project-limit", None)


def close() -> None:
    """Go back to all of them."""
    for name in ("project", "part", "step"):
        st.query_params.pop(name, None)


def more() -> None:
    """Show more of the pins behind it."""
    st.session_state["project-limit"] = st.session_state.get("project-limit", PAGE) + PAGE


def happened(event: Event) -> None:
    """Open the project that was tapped on the map."""
    tapped = next((project for project in every if project.id == event.pick), None)
    if tapped:
        choose(tapped.number)


def one(project: Project) -> None:
    """Draw a project: where it stands and what comes next, then the part that is open."""
    st.button(
        words("project.back"),
        key="kk-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    notices.show("project")
    part = opened(project)
    if part == "form":
        application_form.draw(words, project)
    elif part == "talks":
        consultation.draw(words, project)
        application_link.draw(words, project)
    elif part == "account":
        project_agreement.draw(words, project)
        project_account.draw(words, project)
    elif part == "voices":
        said(project)
    else:
        stands(project)


def opened(project: Project) -> str:
    """Draw the parts of a project and return the one that is open; the address keeps it."""
    parts = [name for name in PARTS if name != "account" or project.status in project_account.SEEN]
    asked = st.query_params.get("part", "")
    st.html(
        f'<h2 id="kk-proposal" tabindex="-1" dir="auto">{escape(project.title)}</h2>'
        f'<p class="kk-facts">{escape(shown.status(words, project))} · '
        f"{escape(words.money(project.cents))} · {escape(words(f'fund.{project.fund}'))}</p>"
    )
    key = f"project-part-{project.id}-{words.lang}"
    st.segmented_control(
        words("projects.part"),
        parts,
        default=asked if asked in parts else PARTS[0],
        format_func=lambda name: words(f"projects.part.{name}"),
        key=key,
        on_change=lambda: go(st.session_state[key] or PARTS[0]),
        label_visibility="collapsed",
        required=True,
    )
    return asked if asked in parts else PARTS[0]


def go(part: str) -> None:
    """Open a part of the project."""
    st.query_params["part"] = part


def stands(project: Project) -> None:
    """Draw what can be done next, what is missing before it, and the project as it is read."""
    project_moves.left(words, project)
    decision_link.draw(words, project)
    found = []
    if project.status in CHECKED:
        found = applications.findings(here.store, actor, here.area, project.id, now=session.now())
    project_moves.draw(words, project, found, to_agreement=lambda: go("account"))
    if project.status in CHECKED:
        st.html(f"<h3>{escape(words('projects.check'))}</h3>")
        checklist.draw(words, found)
        sent_back = application_changes.since_sent_back(here.store, actor, project.id)
        changes.draw(words, sent_back)
    project_moves.steps(words, project)
    with st.expander(words("projects.way"), icon=":material/route:"):
        project_moves.way(words, project)
    shown.proposal(words, project, answered(project), behind, head=False)


def said(project: Project) -> None:
    """Draw the voices behind a project."""
    st.html(f"<h3>{words('voices.title')}</h3>")
    shown.voices(words, projects.voices(behind))
    limit = st.session_state.get("project-limit", PAGE)
    if shown.own_voices(words, behind, limit=limit):
        st.button(words("filter.more"), key="project-more", on_click=more)


def answered(project: Project) -> list[needs.Need]:
    """Load the needs that a project answers, as links lead to them."""
    found = []
    for need_id in project.needs:
        try:
            found.append(needs.get(here.store, actor, need_id))
        except Problem as problem:
            notices.keep("project", words.problem(problem))
    return found


every = projects.listing(here.store, actor)
number = st.query_params.get("project", "")
project = next((one for one in every if str(one.number) == number), None)
behind = projects.pins_behind(here.store, actor, project.id) if project else []

with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.projects')}", width="content")
    wanted = shown.filter_bar(words, every, key="office-projects")
waiting = to_check.by_project(here.store, actor)
project_lists.draw(words, every, waiting)
frame.look("account")
found = projects.listing(
    here.store, actor, fund=wanted.fund, field=wanted.field, status=wanted.status
)
found = project_lists.of(project_lists.chosen(), found, waiting)
left, right = st.columns([5, 6], gap="medium")
with left, st.container(key="kk-office-map"):
    marks = shown.marks(found, project, behind)
    places = [project.at, *(pin.at for pin in behind)] if project else [one.at for one in found]
    look = Look(scope="none", marks=marks, fit=maps.around(places))
    maps.show(here.area, words, look, key="projects-map", on_event=happened, taps=False, keep=False)
with right, st.container(key="kk-office-side"):
    if project:
        one(project)
    elif found:
        st.text(words.many("project.found", len(found)))
        shown.entries(words, found, chosen=project, on_open=choose)
    else:
        st.html(f'<div class="kk-empty"><p>{words("project.none")}</p></div>')
