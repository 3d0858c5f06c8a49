"""The jury's reading screen: a walk along the map past the proposals, and the voices behind each."""

from collections.abc import Sequence

import streamlit as st

from components import (
    cards,
    compare,
    frame,
    gate,
    pot,
    proposal_agenda,
    proposal_list,
    proposal_marks,
    proposal_near,
    proposal_note,
    proposal_reading,
    proposal_voices,
    session,
)
from components import map as maps
from components import projects as shown
from components.compare import Side
from components.map import Event, Look
from data import needs, projects
from data.filters import Box, local_day
from data.jury_notes import Note
from data.pins import Pin
from data.projects import Project
from data.rules import Act

KEY = "jury"

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PROJECT_READ)
frame.look("proposals")


def open_proposal(number: int) -> None:
    """Open a proposal; the map shows it with its pins."""
    st.query_params["project"] = str(number)
    st.query_params.pop("with", None)
    st.session_state.pop("jury-pin", None)
    proposal_voices.again()


def close_proposal() -> None:
    """Go back to all of them."""
    for name in ("project", "with"):
        st.query_params.pop(name, None)
    st.session_state.pop("jury-pin", None)


def compare_with(key: str) -> None:
    """Put another proposal beside the open one."""
    if number := st.session_state.get(key):
        st.query_params["with"] = str(number)


def happened(event: Event) -> None:
    """Take what was tapped on the map: a proposal opens, a pin shows its words."""
    number = next((project.number for project in every if project.id == event.pick), 0)
    if number:
        open_proposal(number)
    elif event.pick:
        st.session_state["jury-pin"] = event.pick


def everything() -> None:
    """Want all proposals again, of every sitting."""
    shown.reset(words, KEY)
    proposal_agenda.reset(words, KEY)


def put_pin_away() -> None:
    """Close the card of the tapped pin."""
    st.session_state.pop("jury-pin", None)


def asked_for(name: str) -> Project | None:
    """Find the proposal that the address names."""
    number = st.query_params.get(name, "")
    return next((project for project in every if str(project.number) == number), None)


def how_many() -> str:
    """Say how many proposals there are, and how many of them are shown."""
    if len(found) == len(every):
        return words.many("proposals.found", len(every))
    return words.many("proposals.found_of", len(every), shown=len(found))


def in_sight() -> Box | None:
    """Tell what the map moves to, once: what is open with the pins behind it, or all proposals."""
    now = tuple(one.number for one in opened)
    last, st.session_state["jury-opened"] = st.session_state.get("jury-opened"), now
    places = [*(one.at for one in opened), *(pin.at for pin in pins)]
    return maps.around(places or [one.at for one in found]) if now != last else None


def map_and_list() -> None:
    """Draw where and what is proposed."""
    pin = st.session_state.get("jury-pin", "")
    marks = proposal_marks.marks(found, opened, pins, pin)
    look = Look(scope="none", marks=marks, fit=in_sight(), path=[one.at for one in found])
    with st.container(key="kk-jury-map"):
        maps.show(here.area, words, look, key="jury-map", on_event=happened, taps=False, keep=False)
    tapped([one for one in pins if one.id == pin])
    with st.container(key="kk-jury-list", gap="small"):
        if every and not found:
            st.info(words("proposals.none_found"))
            st.button(words("filter.reset"), on_click=everything)
        proposal_list.entries(words, found, opened=opened, notes=notes, on_open=open_proposal)


def tapped(some: list[Pin]) -> None:
    """Draw the card of the pin tapped on the map."""
    if some:
        with st.container(key="kk-jury-pin"):
            st.button(words("sheet.close"), icon=":material/close:", on_click=put_pin_away)
            cards.pins(words, some)


def reading(project: Project) -> None:
    """Draw the open proposal, one's own note, and what stands behind it and near it."""
    steps(project)
    proposal_reading.head(words, project)
    pot.left(words, project.fund, local_day(session.now()).year)
    proposal_note.draw(words, project, notes.get(project.id, Note()))
    answered = [needs.get(here.store, actor, need_id) for need_id in project.needs]
    proposal_reading.body(words, project, answered, pins)
    proposal_voices.draw(words, pins)
    proposal_near.strengths_near(words, project)
    proposal_near.earlier(words, project)


def steps(project: Project) -> None:
    """Draw the way back, on to the next along the map, and the choice of another beside it."""
    order = [one.number for one in found]
    at = order.index(project.number) if project.number in order else None
    before = order[at - 1] if at else None
    after = order[at + 1] if at is not None and at + 1 < len(order) else None
    with st.container(key="kk-jury-steps", horizontal=True, vertical_alignment="center"):
        st.button(words("proposals.back"), icon=":material/apps:", on_click=close_proposal)
        step("previous", before)
        step("next", after)
        if at is not None:
            st.html(f'<p class="kk-facts">{words("proposals.position", n=at + 1, all=len(order))}')
    beside([one for one in found if one.id != project.id], project)


def step(name: str, number: int | None) -> None:
    """Draw a button to a neighbouring proposal."""
    st.button(
        words(f"proposals.{name}"),
        key=f"jury-{name}",
        disabled=number is None,
        on_click=open_proposal,
        args=(number or 0,),
    )


def beside(others: Sequence[Project], project: Project) -> None:
    """Draw the choice of a proposal to compare with."""
    if others:
        key, titles = f"compare-{project.number}", {one.number: one.title for one in others}
        st.selectbox(
            words("compare.with"), list(titles), key=key, index=None,
            format_func=lambda n: f"{n} · {titles[n]}", placeholder=words("compare.choose"),
            on_change=compare_with, args=(key,), label_visibility="collapsed",
        )  # fmt: skip


def comparing(both: Sequence[Project]) -> None:
    """Draw two proposals side by side."""
    with st.container(key="kk-jury-steps", horizontal=True, vertical_alignment="center"):
        st.button(words("proposals.back"), icon=":material/apps:", on_click=close_proposal)
    sides = [Side(one, behind[one.id], notes.get(one.id, Note())) for one in both]
    compare.draw(words, sides, on_open=open_proposal)


def start() -> None:
    """Draw what all ask for, and the beginning of the walk."""
    proposal_list.overview(words, found)
    for fund in dict.fromkeys(project.fund for project in found):
        pot.left(words, fund, local_day(session.now()).year)
    if found:
        st.button(
            words("proposals.walk"), key="jury-walk", type="primary", icon=":material/route:",
            on_click=open_proposal, args=(found[0].number,),
        )  # fmt: skip
    st.text(words("proposals.choose"))
    proposal_marks.legend(words)


every = projects.listing(here.store, actor)
with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.title(words("page.proposals"), anchor=False, width="content")
    wanted = shown.filter_bar(words, every, key=KEY)
    sitting = proposal_agenda.choice(words, proposal_agenda.coming(), key=KEY)
    found = proposal_agenda.on(sitting, projects.listing(here.store, actor, **vars(wanted)))
    found = proposal_list.walked(found)
    with st.popover(words("legend.title"), icon=":material/key_visualizer:", key="jury-legend"):
        proposal_marks.legend(words)
    st.html(f'<p class="kk-facts" role="status">{how_many()}</p>')
notes = proposal_note.mine()
chosen = asked_for("project")
other = asked_for("with") if chosen else None
opened = [one for one in (chosen, other if other != chosen else None) if one]
behind = {one.id: projects.pins_behind(here.store, actor, one.id) for one in opened}
pins = [pin for some in behind.values() for pin in some]

with st.container(key="kk-jury"):
    left, right = st.columns([9, 11], gap="medium")
    with left:
        map_and_list()
    with right, st.container(key="kk-proposal"):
        if len(opened) == 2:
            comparing(opened)
        elif chosen:
            reading(chosen)
        elif every:
            if st.query_params.get("project"):
                st.info(words("proposals.unknown"))
            start()
        else:
            st.info(words("proposals.none"))
shown.read_from_the_top(chosen.number if chosen else 0)
