"""Needs for action: a board by priority, and one need with its pins, its answer and where it goes."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import (
    desk,
    frame,
    gate,
    need_answer,
    need_board,
    need_card,
    need_facts,
    need_form,
    need_merge,
    need_moves,
    need_near,
    need_notes,
    need_past,
    need_pins,
    need_route,
    need_ways,
    notices,
    route_board,
    session,
    undo_bar,
)
from data import need_history, needs
from data import need_moves as moves
from data.needs import OPEN_FOR_PINS, Need, NeedId
from data.pins import Pin
from data.problems import Problem
from data.rules import Act
from data.undo import NEVER_MADE

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.NEED_WRITE)
frame.look("needs")


def choose(need_id: str) -> None:
    """Open a need; the address keeps it."""
    st.query_params["need"] = need_id
    st.session_state.pop(need_pins.LIMIT, None)


def close() -> None:
    """Go back to the board."""
    st.query_params.pop("need", None)


def asked() -> Need | None:
    """Load the need that the address names."""
    need_id = st.query_params.get("need", "")
    if not need_id:
        return None
    try:
        return needs.get(here.store, actor, NeedId(need_id))
    except Problem as problem:
        notices.keep("need", words.problem(problem))
        return None


def one(need: Need) -> None:
    """Draw a need: left what the office does with it, right who is behind it."""
    st.button(
        words("need.back"),
        key="kk-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    found = needs.pins_of(here.store, actor, need.id)
    st.html(need_card.html(words, need, desk.kinds_of(found), tag="h1"))
    notices.show("need")
    undo_bar.draw(words, "need")
    if need.gone:
        gone(need)
        return
    before = moves.merged_into(here.store, actor, need.id)
    others = needs.listing(here.store, actor, status=sorted(OPEN_FOR_PINS))
    others = [other for other in others if other.id != need.id]
    left, right = st.columns([6, 5], gap="medium")
    with left:
        sections(need, before, others)
    with right:
        behind(need, found, others)


def gone(need: Need) -> None:
    """Say where a need went that is no more, and keep what the office wrote about it."""
    if need.gone == NEVER_MADE:
        st.info(words("need.undone"))
    else:
        into = needs.get(here.store, actor, NeedId(need.gone))
        st.info(words("need.went", number=into.number))
        st.button(
            words("need.open", number=into.number),
            key="kk-into",
            icon=":material/merge:",
            type="primary",
            on_click=choose,
            args=(into.id,),
        )
    need_notes.draw(words, need)
    st.markdown(f"## {words('need.tab.past')}")
    need_past.draw(words, need, moves.merged_into(here.store, actor, need.id))


def sections(need: Need, before: Sequence[Need], others: Sequence[Need]) -> None:
    """Draw what the office does with a need; what is typed in one section stays there."""
    names = ("way", "answer", "notes", "near", "past")
    way, answer, notes, near, past = st.tabs([words(f"need.tab.{name}") for name in names])
    with way:
        stands(need, others)
    with answer:
        need_answer.draw(words, need)
    with notes:
        need_notes.draw(words, need, before)
    with near:
        need_near.draw(words, need)
    with past:
        need_past.draw(words, need, before)


def stands(need: Need, others: Sequence[Need]) -> None:
    """Draw what is known about a need, where it goes, and how both are changed."""
    need_facts.draw(words, need, need_history.due(here.store, actor).get(need.id))
    if need.authority:
        st.html(need_card.answer(words, need))
    if need.ending:
        st.html(f'<p class="kk-label">{escape(words("need.ended"))}</p>{need_card.ending(need)}')
    need_ways.draw(words, need, others)
    need_route.draw(words, need)
    with st.expander(words("need.edit"), icon=":material/edit:"):
        need_form.edit(words, need)
    if need.status in OPEN_FOR_PINS and others:
        with st.expander(words("need.merge"), icon=":material/merge:"):
            need_merge.draw(words, need, others)


def behind(need: Need, found: Sequence[Pin], others: Sequence[Need]) -> None:
    """Draw the pins on the map and in their words, to be ticked, moved and taken out."""
    open_ = need.status in OPEN_FOR_PINS
    st.markdown(f"## {words.many('filter.found', len(found))}")
    if not found:
        st.text(words("need.empty_open" if open_ else "need.empty"))
    elif st.session_state.get(need_ways.way_key(need)) != "project":  # it has a map of its own
        need_pins.on_map(words, need, found)
    if open_:
        need_moves.draw(words, need, found, others)
    need_pins.cards_of(words, need, found, open_=open_)


need = asked()
if need:
    one(need)
else:
    st.markdown(f"# {words('page.needs')}")
    notices.show("need")
    undo_bar.draw(words, "need")
    route_board.draw(words)
    need_board.draw(words, choose)
