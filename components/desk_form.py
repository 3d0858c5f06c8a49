"""The desk's form: a place by tap or by typing, the kind, the words, Enter."""

from html import escape
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import desk_draft, notices, session
from components.cards import plain
from components.desk_draft import FIELD, FORM, PAPER, SPOT, TALK, WORDS, Begun
from components.words import Words
from data.instance import ROOT
from data.meetings import Meeting
from data.pins import MAX_WORDS
from geo import places
from geo.area import Spot, contains
from geo.points import LonLat


def show(words: Words, meeting: Meeting) -> None:
    """Draw the form for what is said, or for the next card."""
    begun = desk_draft.begun()
    _mode(words, begun)
    if begun.mode == PAPER:
        st.text_input(
            words("typing.card"),
            begun.card,
            key=desk_draft.card_key(begun),
            max_chars=9,
            autocomplete="off",
            placeholder=words("typing.card_hint"),
        )
    _where(words, begun)
    st.radio(
        words("typing.kind"),
        meeting.plan.kinds,
        format_func=lambda kind: f"{meeting.plan.kinds.index(kind) + 1} · {words(f'kind.{kind}')}",
        key=desk_draft.kind_key(meeting),
        horizontal=True,
        label_visibility="collapsed",
    )
    _words(words, meeting, begun)
    _keys()(
        data={
            "draft": begun.id,
            "mode": begun.mode,
            "turn": begun.turn,
            "looked": begun.looked,
            "back": begun.back,
            "run": session.new_id(),  # so that every run is heard of, also after a lost connection
        },
        key="kk-typing-keys",
    )


@st.cache_resource
def _keys() -> Any:
    script = (ROOT / "static" / "desk.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_desk", html="<span></span>", js=script)


def _mode(words: Words, begun: Begun) -> None:
    key = f"typing-mode-{words.lang}"
    st.segmented_control(
        words("typing.mode"),
        [TALK, PAPER],
        default=begun.mode,
        required=True,
        format_func=lambda mode: words(f"typing.mode.{mode}"),
        key=key,
        on_change=lambda: desk_draft.switch(st.session_state[key]),
        label_visibility="collapsed",
        width="stretch",
    )


def _where(words: Words, begun: Begun) -> None:
    """Draw the chosen place and the field to find another by its name."""
    area = session.instance().area
    key = f"typing-spot-{begun.turn if begun.mode == PAPER else begun.looked}"
    with st.container(key="kk-typing-where"):
        if begun.at is None:
            st.html(f'<p class="kk-typing-hint">{escape(words("typing.no_place"))}</p>')
        else:
            said = words.place(places.in_words(area, begun.at))
            st.html(f'<p class="kk-where" role="status">{escape(said)}</p>')
            if not contains(area, begun.at):
                st.html(f'<p class="kk-outside">{escape(words("pin_form.outside"))}</p>')
        st.text_input(
            words("typing.spot"),
            key=key,
            placeholder=words("pin_form.spot_type"),
            autocomplete="off",
            max_chars=80,
            on_change=_look_for,
            args=(key,),
        )
    notices.show(SPOT)
    if begun.others:
        with st.container(
            key="kk-typing-others", horizontal=True, gap="small", vertical_alignment="center"
        ):
            st.html(
                f'<p class="kk-typing-hint">{escape(words("typing.others"))}</p>', width="content"
            )
            for i, spot in enumerate(begun.others):
                st.button(
                    plain(_name(spot)), key=f"typing-other-{i}", on_click=_put, args=(spot.at,)
                )


def _words(words: Words, meeting: Meeting, begun: Begun) -> None:
    notices.show(FORM)
    with st.form("typing-sheet", border=False, clear_on_submit=True):
        with st.container(key="kk-typing-words", horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                words("typing.words"),
                key=WORDS,
                max_chars=MAX_WORDS,
                placeholder=words("typing.no_names"),
                autocomplete="off",
                width="stretch",
            )
            st.form_submit_button(
                words("typing.save"),
                type="primary",
                key="typing-save",
                on_click=desk_draft.save,
                args=(begun.id,),
            )
        if meeting.plan.fields:
            st.selectbox(
                words("typing.field"),
                meeting.plan.fields,
                index=None,
                format_func=lambda field: words(f"field.{field}"),
                placeholder=words("pin_form.field_open"),
                key=FIELD,
            )


def _look_for(key: str) -> None:
    with notices.said(SPOT):
        desk_draft.look_for(st.session_state.get(key) or "")


def _put(at: LonLat) -> None:
    with notices.said(FORM):
        desk_draft.put(at)
        desk_draft.change(looked=desk_draft.begun().looked + 1)
        st.session_state["go"] = at


def _name(spot: Spot) -> str:
    return f"{spot.name} ({', '.join(spot.aliases)})" if spot.aliases else spot.name
