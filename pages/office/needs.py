"""Needs for action: a board by priority, and one need with its pins, its answer and where it goes."""

import streamlit as st

from components import (
    desk,
    gate,
    need_answer,
    need_card,
    need_form,
    need_moves,
    need_near,
    need_notes,
    need_route,
    notices,
    session,
)
from components import map as maps
from components.map import Event, Look, Mark
from components.projects import apart
from data import needs, offers, office
from data.fields import FIELDS
from data.needs import OPEN_FOR_PINS, Need, NeedId, NeedStatus, Priority
from data.problems import Problem
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.NEED_WRITE)
LIMIT = "need-limit"


def choose(need_id: str) -> None:
    """Open a need; the address keeps it."""
    st.query_params["need"] = need_id
    st.session_state[LIMIT] = 20


def close() -> None:
    """Go back to the board."""
    st.query_params.pop("need", None)


def more() -> None:
    """Show more pins of the need."""
    st.session_state[LIMIT] = st.session_state.get(LIMIT, 20) + 20


def happened(event: Event) -> None:
    """Open the need that was tapped on the map."""
    if event.pick in {need.id for need in needs.listing(here.store, session.actor())}:
        choose(str(event.pick))


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


def board() -> None:
    """Draw the needs in three columns: now, soon, later."""
    with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="medium"):
        status = st.pills(
            words("filter.status"),
            list(NeedStatus),
            selection_mode="multi",
            default=[NeedStatus.OPEN, NeedStatus.FORWARDED, NeedStatus.PROJECT],
            format_func=lambda key: words(f"need_status.{key}"),
            key=f"needs-status-{words.lang}",
        )
        field = st.selectbox(
            words("filter.field"),
            FIELDS,
            index=None,
            format_func=lambda key: words(f"field.{key}"),
            placeholder=words("need.all_fields"),
            key=f"needs-field-{words.lang}",
        )
    found = needs.listing(here.store, actor, status=status, field=[field] if field else [])
    if not found:
        st.html(f'<div class="kk-empty"><p>{words("need.none")}</p></div>')
        return
    kinds = office.kinds_behind(here.store, actor)
    helping = offers.behind_needs(here.store, actor)
    for column, priority in zip(st.columns(3, gap="medium"), Priority, strict=True):
        some = [need for need in found if need.priority == priority]
        with column, st.container(key=f"kk-column-{priority}"):
            st.markdown(f"## {words(f'priority.{priority}')} ({words.number(len(some))})")
            for need in some:
                entry(need, kinds.get(need.id, {}), helping.get(need.id, 0))
    with st.container(key="kk-place"):
        marks = apart([Mark(n.id, n.at, "project", "", n.number) for n in found if n.at])
        look = Look(scope="none", marks=marks, fit=maps.around([mark.at for mark in marks]))
        maps.show(
            here.area, words, look, key="needs-map", on_event=happened, taps=False, keep=False
        )


def entry(need: Need, kinds: dict[str, int], helping: int) -> None:
    """Draw a need on the board with a way to open it."""
    with st.container(key=f"kk-card-{need.id}", gap=None):
        st.html(need_card.html(words, need, kinds, helping=helping))
        label = words("need.open", number=need.number)
        st.button(label, key=f"open-{need.id}", on_click=choose, args=(need.id,))


def one(need: Need) -> None:
    """Draw a need: what it is called, who is behind it, where it goes."""
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
    left, right = st.columns([6, 5], gap="medium")
    with left:
        if need.authority:
            st.html(need_card.answer(words, need))
        others = needs.listing(here.store, actor, status=sorted(OPEN_FOR_PINS))
        need_form.hand_on(words, need, [other for other in others if other.id != need.id])
        with st.expander(words("need.edit"), icon=":material/edit:"):
            need_form.edit(words, need)
        need_answer.draw(words, need)
        need_route.draw(words, need)
        need_notes.draw(words, need)
    with right:
        if found and st.session_state.get(f"way-{need.id}") != "project":
            with st.container(key="kk-place"):
                marks = apart([desk.mark(pin) for pin in found[:400]])
                look = Look(scope="none", marks=marks, fit=maps.around([p.at for p in found]))
                maps.show(
                    here.area,
                    words,
                    look,
                    key=f"need-map-{need.id}",
                    on_event=lambda event: None,
                    taps=False,
                    keep=False,
                )
        st.markdown(f"## {words.many('filter.found', len(found))}")
        limit = st.session_state.get(LIMIT, 20)
        need_form.members(words, need, found, limit)
        if len(found) > limit:
            st.button(words("filter.more"), key="need-more", on_click=more)
        need_moves.draw(words, need)
        need_near.draw(words, need)


need = asked()
if need:
    one(need)
else:
    st.markdown(f"# {words('page.needs')}")
    notices.show("need")
    board()
