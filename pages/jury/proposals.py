"""The jury's reading screen: proposals on the map and in a list, and the voices behind each."""

import streamlit as st

from components import cards, gate, need_near, session
from components import map as maps
from components import projects as shown
from components.map import Event, Look
from data import needs, projects, voices
from data.filters import Box
from data.pins import Pin
from data.projects import Project
from data.rules import Act

PAGE = 12  # voices of a kind
KEY = "jury"

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PROJECT_READ)


def open_proposal(number: int) -> None:
    """Open a proposal; the map shows it with its pins."""
    st.query_params["project"] = str(number)
    for name in ("jury-pin", "jury-limit"):
        st.session_state.pop(name, None)


def close_proposal() -> None:
    """Go back to all of them."""
    st.query_params.pop("project", None)
    st.session_state.pop("jury-pin", None)


def happened(event: Event) -> None:
    """Take what was tapped on the map: a project opens, a pin shows its words."""
    number = next((project.number for project in every if project.id == event.pick), 0)
    if number:
        open_proposal(number)
    elif event.pick:
        st.session_state["jury-pin"] = event.pick


def put_pin_away() -> None:
    """Close the card of the tapped pin."""
    st.session_state.pop("jury-pin", None)


def asked_for() -> Project | None:
    """Find the proposal that the address names."""
    number = st.query_params.get("project", "")
    return next((project for project in every if str(project.number) == number), None)


def how_many() -> str:
    """Say how many proposals there are, and how many of them are shown."""
    if len(found) == len(every):
        return words.many("proposals.found", len(every))
    return words.many("proposals.found_of", len(every), shown=len(found))


def in_sight() -> Box | None:
    """Tell what the map moves to, once: a proposal with the pins behind it, or all proposals."""
    last = st.session_state.get("jury-opened")
    st.session_state["jury-opened"] = now = chosen.number if chosen else 0
    places = [chosen.at, *(pin.at for pin in behind)] if chosen else [one.at for one in found]
    return maps.around(places) if now != last else None


def map_and_list() -> None:
    """Draw where and what is proposed."""
    pin = st.session_state.get("jury-pin", "")
    with st.container(key="kk-jury-map"):
        look = Look(scope="none", marks=shown.marks(found, chosen, behind, pin), fit=in_sight())
        maps.show(here.area, words, look, key="jury-map", on_event=happened, taps=False, keep=False)
    tapped([one for one in behind if one.id == pin])
    with st.container(key="kk-jury-list", gap="small"):
        if every and not found:
            st.info(words("proposals.none_found"))
            st.button(words("filter.reset"), on_click=shown.reset, args=(words, KEY))
        shown.entries(words, found, chosen=chosen, on_open=open_proposal)


def tapped(pins: list[Pin]) -> None:
    """Draw the card of the pin tapped on the map."""
    if pins:
        with st.container(key="kk-jury-pin"):
            st.button(words("sheet.close"), icon=":material/close:", on_click=put_pin_away)
            cards.pins(words, pins)


def reading(project: Project) -> None:
    """Draw the open proposal, and the voices behind it."""
    steps(project)
    answered = [needs.get(here.store, actor, need_id) for need_id in project.needs]
    shown.proposal(words, project, answered, behind)
    need_near.keep(words, project.needs)
    st.html(f"<h3>{words('voices.title')}</h3>")
    if not behind:
        st.info(words("voices.none"))
        return
    others = sum(voices.count(here.store, [pin.id for pin in behind]).values())
    also = f" · {words('support.office', n=words.number(others))}" if others else ""
    st.html(f'<p class="kk-facts">{words.many("voices.count", len(behind))}{also}</p>')
    shown.voices(words, projects.voices(behind))
    limit = st.session_state.setdefault("jury-limit", PAGE)
    if shown.own_voices(words, behind, limit=limit):
        st.button(words("filter.more"), on_click=more, width="stretch")


def more() -> None:
    """Show more voices."""
    st.session_state["jury-limit"] += PAGE


def steps(project: Project) -> None:
    """Draw the way back, and to the proposals before and after."""
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


def step(name: str, number: int | None) -> None:
    """Draw a button to a neighbouring proposal."""
    st.button(
        words(f"proposals.{name}"),
        key=f"jury-{name}",
        disabled=number is None,
        on_click=open_proposal,
        args=(number or 0,),
    )


every = projects.listing(here.store, actor)
with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.title(words("page.proposals"), anchor=False, width="content")
    wanted = shown.filter_bar(words, every, key=KEY)
    found = projects.listing(here.store, actor, **vars(wanted))
    st.html(f'<p class="kk-facts" role="status">{how_many()}</p>')
chosen = asked_for()
behind = projects.pins_behind(here.store, actor, chosen.id) if chosen else []

with st.container(key="kk-jury"):
    left, right = st.columns([9, 11], gap="medium")
    with left:
        map_and_list()
    with right, st.container(key="kk-proposal"):
        if chosen:
            reading(chosen)
        elif every:
            if st.query_params.get("project"):
                st.info(words("proposals.unknown"))
            shown.overview(words, found)
            st.text(words("proposals.choose"))
        else:
            st.info(words("proposals.none"))
shown.read_from_the_top(chosen.number if chosen else 0)
