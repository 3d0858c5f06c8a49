"""The board of needs: a filter, what to look after first, and three columns: now, soon, later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from components import map as maps
from components import need_card, session
from components.map import Event, Look, Mark
from components.projects import apart
from components.words import Words
from data import need_history, needs, offers, office
from data.authorities import AUTHORITIES
from data.fields import FIELDS
from data.filters import local_day
from data.needs import OPEN_FOR_PINS, Need, NeedStatus, Priority
from geo.places import fold

FIRST, MORE, MARKED = 15, 30, 400
LIMIT = "needs-limit"
LOOK_AFTER = ("overdue", "empty")


def draw(words: Words, on_open: Callable[[str], None]) -> None:
    """Draw the board; `on_open` is given the id of the need that is chosen."""
    here, actor = session.instance(), session.actor()
    status, field, body, text = _filter(words)
    found = needs.listing(here.store, actor, status=status, field=[field] if field else [])
    found = [need for need in found if _fits(need, body, text)]
    late = _late(found)
    found = _looked_after(words, found, late)
    st.html(f'<p class="kk-facts" role="status">{words.many("need.found", len(found))}</p>')
    if not found:
        st.html(f'<div class="kk-empty"><p>{words("need.none")}</p></div>')
        return
    kinds = office.kinds_behind(here.store, actor)
    helping = offers.behind_needs(here.store, actor)
    for column, priority in zip(st.columns(3, gap="medium"), Priority, strict=True):
        some = [need for need in found if need.priority == priority]
        with column, st.container(key=f"kk-column-{priority}"):
            st.markdown(f"## {words(f'priority.{priority}')} ({words.number(len(some))})")
            limit = st.session_state.get(f"{LIMIT}-{priority}", FIRST)
            for need in some[:limit]:
                card = need_card.html(
                    words,
                    need,
                    kinds.get(need.id, {}),
                    helping=helping.get(need.id, 0),
                    late=late.get(need.id),
                )
                _entry(words, need, card, on_open)
            if len(some) > limit:
                st.button(
                    words("filter.more"),
                    key=f"more-{priority}",
                    on_click=_more,
                    args=(f"{LIMIT}-{priority}", limit),
                )
    _map(words, found, on_open)


def _filter(words: Words) -> tuple[Sequence[str], str | None, str | None, str]:
    """Draw the filter; what is chosen in one language is not lost in another."""
    status = st.pills(
        words("filter.status"),
        list(NeedStatus),
        selection_mode="multi",
        default=sorted(OPEN_FOR_PINS),
        format_func=lambda key: words(f"need_status.{key}"),
        key=f"needs-status-{words.lang}",
    )
    with st.container(key="kk-tools", horizontal=True, vertical_alignment="bottom", gap="medium"):
        text = st.text_input(
            words("filter.text"), key="needs-text", max_chars=100, autocomplete="off"
        )
        field = st.selectbox(
            words("filter.field"),
            FIELDS,
            index=None,
            format_func=lambda key: words(f"field.{key}"),
            placeholder=words("need.all_fields"),
            key=f"needs-field-{words.lang}",
        )
        body = st.selectbox(
            words("need.responsible"),
            AUTHORITIES,
            index=None,
            format_func=lambda key: words(f"authority.{key}"),
            placeholder=words("need.all_bodies"),
            key=f"needs-body-{words.lang}",
        )
    return status, field, body, text or ""


def _fits(need: Need, body: str | None, text: str) -> bool:
    said = fold(f"{need.number} {need.title}")
    return body in (None, need.authority, need.responsible) and all(
        word in said for word in fold(text[:100]).split()
    )


def _late(found: Sequence[Need]) -> dict[str, date]:
    """Tell of the needs whose answer is overdue by which day it was promised."""
    today = local_day(session.now())
    due = need_history.due(session.instance().store, session.actor())
    return {need.id: due[need.id] for need in found if need.id in due and due[need.id] < today}


def _looked_after(words: Words, found: Sequence[Need], late: Mapping[str, date]) -> Sequence[Need]:
    """Draw what waits for the office, each a switch, and keep the needs that it asks for."""
    empty = [need for need in found if not need.pins and need.status in OPEN_FOR_PINS]
    some = {"overdue": [need for need in found if need.id in late], "empty": empty}
    asked = st.pills(
        words("need.look_after"),
        [key for key in LOOK_AFTER if some[key]],
        format_func=lambda key: words.many(f"need.only_{key}", len(some[key])),
        key=f"needs-look-{words.lang}",
        label_visibility="collapsed",
    )
    return some.get(asked or "", found)


def _entry(words: Words, need: Need, card: str, on_open: Callable[[str], None]) -> None:
    with st.container(key=f"kk-card-{need.id}", gap=None):
        st.html(card)
        label = words("need.open", number=need.number)
        st.button(label, key=f"open-{need.id}", on_click=on_open, args=(need.id,))


def _map(words: Words, found: Sequence[Need], on_open: Callable[[str], None]) -> None:
    known = {need.id for need in found}

    def happened(event: Event) -> None:
        if event.pick in known:
            on_open(str(event.pick))

    with st.container(key="kk-place"):
        marks = apart([Mark(n.id, n.at, "project", "", n.number) for n in found if n.at][:MARKED])
        look = Look(scope="none", marks=marks, fit=maps.around([mark.at for mark in marks]))
        area = session.instance().area
        maps.show(area, words, look, key="needs-map", on_event=happened, taps=False, keep=False)


def _more(key: str, limit: int) -> None:
    st.session_state[key] = limit + MORE
