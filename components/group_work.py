"""Thousands of pins on their way into a need: a thousand at a time, to be seen and to be stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from components import group_steps, notices, session, suggested
from components.words import Words
from data import needs
from data.needs import Need
from data.rules import PinId

AT_ONCE = 1000  # pins in one write, about 0.3 s
KEY = "group-work"


@dataclass
class Work:
    """Pins that still have to go into a need."""

    need: Need
    ids: list[PinId]
    of: int


def begin(need: Need, ids: Sequence[PinId]) -> None:
    """Leave pins to be taken into a need with the next drawings of the page."""
    if ids:
        st.session_state[KEY] = Work(need, list(ids), len(ids))


def draw(words: Words) -> None:
    """Take what is left into its need, with a bar and a way to stop after the next thousand."""
    work: Work | None = st.session_state.get(KEY)
    if work is None:
        return
    place = st.empty()
    with place.container(key="kk-work"):
        told = words("groups.taking", number=work.need.number)
        bar = st.progress(1 - len(work.ids) / work.of, told)
        st.button(words("groups.stop"), key="work-stop", icon=":material/stop:", on_click=stop)
    while work.ids and KEY in st.session_state:
        with notices.said(group_steps.PLACE):
            _next(work)
        bar.progress(1 - len(work.ids) / work.of, told)
    stop()
    place.empty()


def stop() -> None:
    """Take in no more: what is in the need stays in it, the rest stays free."""
    st.session_state.pop(KEY, None)


def _next(work: Work) -> None:
    """Take the next thousand in; on a refusal none of what is left."""
    some, rest = work.ids[:AT_ONCE], work.ids[AT_ONCE:]
    work.ids = []
    actor = session.actor()
    needs.add_pins(session.instance().store, actor, work.need.id, pin_ids=some, now=session.now())
    work.ids = rest
    step = st.session_state[group_steps.KEY].pop()
    deeds = (*group_steps.last_deeds(actor), *step.deeds)
    group_steps.done(replace(step, deeds=deeds))
    suggested.taken(some, actor)
