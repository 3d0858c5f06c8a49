"""What was done with suggested groups on this screen, the last first, and how to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components import notices, session, suggested
from components.suggested import Kept
from components.words import Words
from data import groups, proposals, undo
from data.followers import NeedId
from data.rules import Act, Actor, PinId

KEY = "group-steps"
MOST = 20
PLACE = "group"


@dataclass(frozen=True)
class Step:
    """One step: what it was in words, what was on the screen before, and what was stored."""

    said: str
    before: Kept | None
    proposed: object = None  # the proposals on the screen before
    deeds: tuple[int, ...] = ()  # of `data.undo`
    dismissed: str = ""  # the key of a group
    refused: tuple[PinId, NeedId] | None = None  # a proposal


def done(step: Step) -> None:
    """Remember a step that was just taken."""
    steps = st.session_state.setdefault(KEY, [])
    steps.append(step)
    del steps[:-MOST]


def last_deeds(actor: Actor, number: int = 1) -> tuple[int, ...]:
    """Return what this person stored last, the latest first, to be undone with a step."""
    store = session.instance().store
    return tuple(deed.id for deed in undo.last(store, actor, act=Act.NEED_WRITE, limit=number))


def draw(words: Words) -> None:
    """Draw what was done last, with the way back."""
    steps: Sequence[Step] = st.session_state.get(KEY, ())
    if not steps:
        return
    with st.container(key="kk-steps", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(steps[-1].said)
        st.button(words("groups.undo"), key="group-undo", icon=":material/undo:", on_click=_back)


def _back() -> None:
    """Take the last step back; what somebody else has changed since is told and left alone."""
    step = st.session_state[KEY].pop()
    store, actor, now = session.instance().store, session.actor(), session.now()
    words = session.the_words()
    with notices.said(PLACE):
        for deed in step.deeds:
            undo.undo(store, actor, deed, now=now)
        if step.dismissed:
            groups.restore(store, actor, step.dismissed, now=now)
        if step.refused:
            proposals.restore(store, actor, *step.refused, now=now)
        suggested.put_back(step.before)
        if step.proposed is not None:
            st.session_state["proposed"] = step.proposed
        notices.keep(PLACE, words("groups.undone"), "info")
