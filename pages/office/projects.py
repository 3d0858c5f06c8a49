"""Projects: a list beside the map; one project with its text, its needs and the pins behind it."""

import streamlit as st

from components import gate, notices, project_form, session
from components import map as maps
from components import projects as shown
from components.map import Event, Look
from data import needs, projects
from data.problems import Problem
from data.projects import Project
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PROJECT_WRITE)
PAGE = 30


def choose(number: int) -> None:
    """Open a project; the address keeps it."""
    st.query_params["project"] = str(number)
    st.session_state.pop("project-limit", None)


def close() -> None:
    """Go back to all of them."""
    st.query_params.pop("project", None)


def more() -> None:
    """Show more of the pins behind it."""
    st.session_state["project-limit"] = st.session_state.get("project-limit", PAGE) + PAGE


def happened(event: Event) -> None:
    """Open the project that was tapped on the map."""
    tapped = next((project for project in every if project.id == event.pick), None)
    if tapped:
        choose(tapped.number)


def one(project: Project) -> None:
    """Draw a project: its text, its needs, how to change it, and the voices behind it."""
    st.button(
        words("project.back"),
        key="kk-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    notices.show("project")
    shown.proposal(words, project, answered(project), behind)
    with st.expander(words("project.edit"), icon=":material/edit:"):
        project_form.edit(words, project)
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
found = projects.listing(
    here.store, actor, fund=wanted.fund, field=wanted.field, status=wanted.status
)
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
