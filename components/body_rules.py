"""Changing how a body decides; what is open or over keeps its rules."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from components import body_head, edits, notices, session
from components.words import Words
from data import bodies
from data.bodies import MAX_TITLE, Body, BodyId
from data.deciding_rules import Base, Majority, Rules, Secret, Tie
from data.problems import Conflict

OPENED, PLACE, SAID = "body-rules", "body-rules", "bodies"
BEHIND = "body-rules-behind"  # somebody else changed them meanwhile, and it was told
LISTS = {"majority": Majority, "base": Base, "tie": Tie, "secret": Secret}


def opened() -> BodyId | None:
    """Return the body whose rules are being changed."""
    return st.session_state.get(OPENED)


def start(body: Body) -> None:
    """Open the form, as the rules are now."""
    edits.close(body.id)
    edits.opened(body.id, body.version)
    st.session_state[OPENED] = body.id


def close() -> None:
    """Put the form away."""
    edits.close(st.session_state.pop(OPENED, ""))
    st.session_state.pop(BEHIND, None)


def draw(words: Words, body: Body, seats: int) -> None:
    """Draw the form."""
    edit = edits.opened(body.id, body.version)
    with st.container(key="kk-body-form", border=True):
        st.html(f'<h2 class="kk-member-head">{escape(words("bodies.rules_change"))}</h2>')
        if st.session_state.get(BEHIND):
            shown = body_head.rules(words, body.rules, seats)
            st.html(f'<p class="kk-label">{escape(words("bodies.stands"))}</p>{shown}')
        st.text(words("bodies.rules_hint"))
        with st.form(f"body-{edit.token}", enter_to_submit=False, border=False):
            _fields(words, body, edit.token)
            notices.show(PLACE)
            with st.container(horizontal=True):
                st.form_submit_button(
                    words("bodies.save"),
                    type="primary",
                    icon=":material/check:",
                    on_click=_save,
                    args=(body.id, edit),
                )
                st.form_submit_button(words("bodies.cancel"), on_click=close)


def _fields(words: Words, body: Body, token: str) -> None:
    how = body.rules
    st.text_input(words("bodies.title"), body.title, key=f"body-title-{token}", max_chars=MAX_TITLE)
    left, right = st.columns(2)
    with left:
        quorum = body_head.name_of(body_head.QUORUMS, how.quorum)
        _choice(words, "quorum", body_head.QUORUMS, quorum, token)
        residents = body_head.name_of(body_head.RESIDENTS, how.residents)
        _choice(words, "residents", body_head.RESIDENTS, residents, token)
        _number(words, "seats", how.seats, 60, token)
        _number(words, "papers", how.papers_days, 60, token)
    with right:
        for name, kinds in LISTS.items():
            _choice(words, name, kinds, getattr(how, name), token)


def _choice(words: Words, name: str, names: Iterable[str], now: str, token: str) -> None:
    every = list(names)
    st.selectbox(
        words(f"bodies.rule.{name}"),
        every,
        index=every.index(now),
        format_func=lambda one: words(f"bodies.rule.{name}.{one}"),
        key=f"body-{name}-{token}-{words.lang}",
    )


def _number(words: Words, name: str, now: int, most: int, token: str) -> None:
    st.number_input(
        words(f"bodies.rule.{name}"),
        min_value=0,
        max_value=most,
        value=min(now, most),
        key=f"body-{name}-{token}",
    )


def _save(body_id: BodyId, edit: edits.Edit) -> None:
    """Store the rules; runs in the button's callback, so that a double tap is one change."""
    if opened() != body_id:
        return
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        try:
            title = str(st.session_state.get(f"body-title-{edit.token}") or "")
            bodies.change(
                here.store,
                session.actor(),
                body_id,
                version=edit.version,
                title=title,
                how=_typed(edit.token, words.lang),
                now=session.now(),
            )
        except Conflict:
            now = bodies.get(here.store, session.actor(), body_id)
            edits.seen(body_id, now.version)
            st.session_state[BEHIND] = True
            raise
        close()
        notices.keep(SAID, words("bodies.rules_saved"), "success")


def _typed(token: str, lang: str) -> Rules:
    def chosen(name: str) -> str:
        return st.session_state[f"body-{name}-{token}-{lang}"]

    return Rules(
        quorum=body_head.QUORUMS[chosen("quorum")],
        residents=body_head.RESIDENTS[chosen("residents")],
        majority=Majority(chosen("majority")),
        base=Base(chosen("base")),
        tie=Tie(chosen("tie")),
        secret=Secret(chosen("secret")),
        papers_days=int(st.session_state[f"body-papers-{token}"]),
        seats=int(st.session_state[f"body-seats-{token}"]),
    )
