"""What became of it: answers on the map and in a list, for everybody; the address keeps the view."""

import streamlit as st

from components import frame, offers, session, voices
from components import map as maps
from components import results as shown
from components.map import Event, Look
from data import pins, promises, results
from data.problems import Problem
from data.results import Entry
from data.rules import VISITOR, PinId

PAGE = 12
words = session.the_words()
here = session.instance()


def open_entry(key: str) -> None:
    """Open one answer."""
    st.query_params["entry"] = key
    forget()


def close_entry() -> None:
    """Go back to the list."""
    st.query_params.pop("entry", None)
    forget()


def forget() -> None:
    """Begin at the top again, with no contribution picked."""
    for name in ("results-pin", "results-limit"):
        st.session_state.pop(name, None)


def happened(event: Event) -> None:
    """Take what was tapped on the map: an answer opens, a contribution shows its words."""
    if event.pick in {entry.key for entry in every}:
        open_entry(str(event.pick))
    elif event.pick:
        st.session_state["results-pin"] = event.pick


def choose() -> None:
    """Keep the chosen state in the address."""
    chosen = st.session_state.get(f"results-state-{words.lang}")
    st.query_params.pop("state", None)
    if chosen:
        st.query_params["state"] = chosen
    close_entry()


def more() -> None:
    """Show more contributions."""
    st.session_state["results-limit"] = limit() + PAGE


def limit() -> int:
    """Return how many contributions are shown."""
    return st.session_state.get("results-limit", PAGE)


def asked_state() -> str:
    """Return the state that the address asks for; '' for all answers."""
    asked = st.query_params.get("state", "")
    return asked if asked in shown.STATES else ""


def wanted_ones() -> list[Entry]:
    """List the answers in the state that is asked for."""
    return [entry for entry in every if wanted in ("", entry.state)]


def picked() -> None:
    """Draw the contribution that was tapped on the map."""
    if pin_id := st.session_state.get("results-pin"):
        try:
            voices.pins(words, [pins.get(here.store, VISITOR, PinId(pin_id))])
        except Problem as problem:
            st.info(words.problem(problem))


def said(found: list[pins.Pin]) -> None:
    """Draw contributions in their words, some at a time."""
    voices.pins(words, found[: limit()])
    if len(found) > limit():
        st.button(words("filter.more"), key="results-more", on_click=more, width="stretch")


def list_side() -> None:
    """Draw one answer, the list of them, or what waits for one."""
    if chosen:
        st.button(words("results.back"), icon=":material/list:", on_click=close_entry)
        shown.one(words, chosen, results.way_of(here.store, chosen), behind)
        if chosen.project is None and chosen.needs:
            offers.form(words, "need", chosen.needs[0])
        if behind:
            st.markdown(f"### {words('results.said')}")
            said(behind)
    elif wanted == shown.OPEN:
        st.html(f'<p class="kk-lead">{words("results.open.how")}</p>')
        said(behind)
    elif found:
        shown.list_of(words, found[: 2 * limit()], chosen="", on_open=open_entry)
        if len(found) > 2 * limit():
            st.button(words("filter.more"), key="results-more", on_click=more, width="stretch")
    if not (chosen or found or behind):
        first, second = words("results.none"), words("results.none.how")
        st.html(f'<div class="kk-empty"><p>{first}</p><p>{second}</p></div>')


frame.look("results")
every = results.entries(here.store)
wanted = asked_state()
found = wanted_ones()
chosen = next((entry for entry in every if entry.key == st.query_params.get("entry")), None)
behind: list[pins.Pin] = []
if chosen:
    behind = results.behind(here.store, chosen)
elif wanted == shown.OPEN:
    behind = results.unanswered(here.store, limit=limit() + 1)

with st.container(key="kk-results"):
    st.title(words("results.title"), anchor=False)
    shown.figures(words, results.figures(here.store), promises.rate(here.store, now=session.now()))
    st.pills(
        words("results.filter"),
        shown.STATES,
        default=wanted or None,
        format_func=lambda state: words(f"results.state.{state}"),
        key=f"results-state-{words.lang}",
        on_change=choose,
    )
    left, right = st.columns([1, 1], gap="medium")
    with left:
        with st.container(key="kk-results-map"):
            shown_ones = [chosen] if chosen else found
            places = [*(entry.at for entry in shown_ones), *(pin.at for pin in behind)]
            look = Look(
                scope="none",
                marks=shown.marks(found, chosen.key if chosen else "", behind),
                fit=maps.around(places),
            )
            maps.show(
                here.area, words, look, key="results-map", on_event=happened, taps=False, keep=False
            )
        picked()
    with right, st.container(key="kk-results-list", gap="small"):
        list_side()
    if not chosen and st.query_params.get("entry"):
        st.info(words("results.unknown"))
