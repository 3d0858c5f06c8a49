"""Which proposals are walked past: all of them, or those on the agenda of a coming sitting."""

from collections.abc import Sequence

import streamlit as st

from components import session
from components.words import Words
from data import sittings
from data.deciding_standing import State
from data.projects import Project
from data.sittings import Sitting

QUERY = "sitting"
MOST = 3  # sittings that are offered, the next ones
ALL = ""


def coming() -> list[Sitting]:
    """Return the sittings that are not over and have proposals on their agenda, the next first."""
    found = sittings.listing(session.instance().store, session.actor())
    ahead = [one for one in found if one.state != State.CLOSED and _projects(one)]
    return sorted(ahead, key=lambda one: (one.held_at, one.number))[:MOST]


def choice(words: Words, ahead: Sequence[Sitting], *, key: str) -> Sitting | None:
    """Draw the choice between all proposals and an agenda; the address keeps it."""
    if not ahead:
        return None
    known = {one.id: one for one in ahead}
    asked = st.query_params.get(QUERY, ALL)
    names = {ALL: words("agenda.all")} | {
        one.id: words("agenda.of", day=words.day(one.held_at)) for one in ahead
    }
    chosen = st.segmented_control(
        words("agenda.label"), list(names), default=asked if asked in known else ALL,
        format_func=names.__getitem__, key=f"{key}-agenda-{words.lang}", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if chosen:
        st.query_params[QUERY] = chosen
    else:
        st.query_params.pop(QUERY, None)
    return known.get(chosen or ALL)


def reset(words: Words, key: str) -> None:
    """Want the proposals of every agenda again."""
    st.session_state.pop(f"{key}-agenda-{words.lang}", None)
    st.query_params.pop(QUERY, None)


def on(sitting: Sitting | None, found: Sequence[Project]) -> list[Project]:
    """Keep the projects on a sitting's agenda; all without a sitting."""
    if sitting is None:
        return list(found)
    wanted = _projects(sitting)
    return [project for project in found if project.id in wanted]


def _projects(sitting: Sitting) -> set[str]:
    return {item.project for item in sitting.items if item.project}
