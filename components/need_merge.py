"""Merging two needs: both are seen side by side before one goes into the other."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import cards, desk, edits, need_card, need_choice, notices, session
from components.words import Words
from data import need_moves, needs
from data.need_fields import MAX_WHY
from data.needs import Need, NeedId, NeedStatus

PLACE = "need-merge"
SEEN = 3  # voices of each need before they are merged


def draw(words: Words, need: Need, others: Sequence[Need]) -> None:
    """Draw the way to merge an open need with another one."""
    st.text(words("need.merge_how"))
    other = need_choice.draw(words, need, others, key=f"merge-{need.id}")
    if other:
        _preview(words, need, other)
        _how(words, need, other)
    notices.show(PLACE)


def _preview(words: Words, need: Need, other: Need) -> None:
    here, actor = session.instance(), session.actor()
    for column, one in zip(st.columns(2), (need, other), strict=True):
        found = needs.pins_of(here.store, actor, one.id)
        said = "".join(cards.said(words, pin) for pin in found[:SEEN])
        column.html(
            f'<div class="kk-preview">{need_card.html(words, one, desk.kinds_of(found))}{said}</div>'
        )


def _how(words: Words, need: Need, other: Need) -> None:
    """Draw which of the two stays, why, and what the senders will read."""
    both = {need.id: need, other.id: other}
    stays = st.radio(
        words("need.merge_stays"),
        list(both),
        index=0 if _first(need, other) is need else 1,
        format_func=lambda one: cards.plain(f"{both[one].number} · {both[one].title}"),
        key=f"merge-into-{need.id}-{other.id}",
    )
    into = both[stays]
    goes = other if into is need else need
    if goes.status == NeedStatus.FORWARDED and into.status == NeedStatus.OPEN:
        st.warning(words("need.merge_back"))
    form = edits.opened(f"merge-{need.id}", need.version)
    st.text_input(words("need.merge_why"), key=f"merge-why-{form.token}", max_chars=MAX_WHY)
    st.html(f'<p class="kk-facts">{escape(words("need.merge_told"))}</p>')
    st.button(
        words("need.merge_do", number=goes.number, into=into.number),
        key=f"merge-do-{need.id}",
        type="primary",
        icon=":material/merge:",
        on_click=_merge,
        args=(need.id, into, goes, form),
    )


def _first(need: Need, other: Need) -> Need:
    """Choose which need should stay: the one that has gone further, else the older one."""
    way = [NeedStatus.PROJECT, NeedStatus.FORWARDED, NeedStatus.OPEN]
    return min((need, other), key=lambda one: (way.index(one.status), one.number))


def _merge(need_id: NeedId, into: Need, goes: Need, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        after = need_moves.merge(
            here.store,
            session.actor(),
            into.id,
            [goes.id],
            version=into.version,
            why=st.session_state.get(f"merge-why-{form.token}") or "",
            now=session.now(),
        )
        edits.moved(into.id, into.version, after.version)
        edits.close(f"merge-{need_id}")
        st.query_params["need"] = into.id
        told = words("need.merged", number=goes.number, into=into.number)
        notices.keep("need", told, "success")
