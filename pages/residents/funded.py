"""What was funded, for everybody: a list beside the map, and each project's chain from the pins."""

import streamlit as st

from components import frame, session, voices
from components import funded as shown
from components import map as maps
from components.map import Event, Look
from data import funded, pins, results
from data.funded import Funded, Stage
from data.problems import Problem
from data.rules import VISITOR, PinId

words = session.the_words()
here = session.instance()
FIRST = (Stage.RUNNING, Stage.DONE)  # without a choice: what was funded


def choose(number: int) -> None:
    """Open a project; the address keeps it."""
    st.query_params["project"] = str(number)
    st.session_state.pop("funded-pin", None)


def close() -> None:
    """Go back to the list."""
    st.query_params.pop("project", None)
    st.session_state.pop("funded-pin", None)


def filter_by() -> None:
    """Keep the chosen stage in the address."""
    chosen = st.session_state.get(f"funded-stage-{words.lang}")
    st.query_params.pop("stage", None)
    if chosen:
        st.query_params["stage"] = chosen
    close()


def happened(event: Event) -> None:
    """Take what was tapped on the map: a project opens, a contribution shows its words."""
    tapped = next((one for one in every if one.entry.key == event.pick), None)
    if tapped:
        choose(tapped.entry.number)
    elif event.pick:
        st.session_state["funded-pin"] = event.pick


def picked() -> None:
    """Draw the contribution that was tapped on the map."""
    if pin_id := st.session_state.get("funded-pin"):
        try:
            voices.pins(words, [pins.get(here.store, VISITOR, PinId(pin_id))])
        except Problem as problem:
            st.info(words.problem(problem))


def one_side(project: Funded) -> None:
    """Draw one project's chain, and all that was said behind it."""
    st.button(words("funded.back"), icon=":material/list:", on_click=close)
    needs = funded.needs_of(here.store, project)
    shown.chain(words, project, needs, behind, funded.result_of(here.store, project))
    if len(behind) > shown.QUOTES:
        with st.expander(words("funded.all_said", n=words.number(len(behind)))):
            voices.pins(words, behind)


def list_side() -> None:
    """Draw the list, or that there is nothing yet."""
    if found:
        shown.list_of(words, found, on_open=choose)
    else:
        first, second = words("funded.none"), words("funded.none.how")
        st.html(f'<div class="kk-empty"><p>{first}</p><p>{second}</p></div>')


frame.look("results")
frame.look("photo")
frame.look("funded")
every = funded.listing(here.store)
asked = st.query_params.get("stage", "")
stage = Stage(asked) if asked in list(Stage) else None
found = [one for one in every if one.stage == stage or (stage is None and one.stage in FIRST)]
number = st.query_params.get("project", "")
project = next((one for one in every if str(one.entry.number) == number), None)
behind = results.behind(here.store, project.entry) if project else []

with st.container(key="kk-results"):
    st.title(words("page.funded"), anchor=False)
    if not project:
        st.html(f'<p class="kk-lead">{words("funded.lead")}</p>')
        shown.figures(words, every)
    st.pills(
        words("funded.stage"),
        list(Stage),
        default=stage,
        format_func=lambda one: words(f"funded.stage.{one}"),
        key=f"funded-stage-{words.lang}",
        on_change=filter_by,
    )
    if number and not project:
        st.info(words("funded.unknown"))
    left, right = st.columns([1, 1], gap="medium")
    with left:
        with st.container(key="kk-results-map"):
            spots = [project.entry.at, *(pin.at for pin in behind)] if project else []
            spots = spots or [one.entry.at for one in found]
            look = Look(
                scope="none",
                marks=shown.marks(found, project, behind),
                fit=maps.around(spots),
            )
            maps.show(
                here.area, words, look, key="funded-map", on_event=happened, taps=False, keep=False
            )
        picked()
    with right, st.container(key="kk-results-list", gap="small"):
        if project:
            one_side(project)
        else:
            list_side()
