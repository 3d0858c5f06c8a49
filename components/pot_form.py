"""Booking by hand: what was paid, accounted or returned, and taking a wrong booking back."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import edits, money, notices, pot_table, session
from components.words import Words
from data import pot_sums, pots
from data.pot_book import Booking, Granted
from data.pots import BY_HAND, MAX_REASON

PLACE, WRONG = "pot-form", "pot-wrong"
MAX_TYPED = 20


def draw(words: Words, found: Sequence[Granted]) -> None:
    """Draw the form for a booking: first the project, then what and how much."""
    st.markdown(f"## {words('funds.form')}")
    if not found:
        st.text(words("funds.form.none"))
        return
    by_id = {one.project_id: one for one in found}
    project_id = st.selectbox(
        words("funds.form.project"),
        list(by_id),
        index=None,
        format_func=lambda key: f"{by_id[key].number} · {by_id[key].title}",
        key="pot-project",
        placeholder=words("funds.form.choose"),
    )
    with st.container():  # always there: what is below it stays as it is
        notices.show(PLACE)
    if project_id in by_id:
        _form(words, by_id[project_id])


def draw_wrong(words: Words, bookings: Sequence[Booking]) -> None:
    """Draw the form that takes a wrong booking back."""
    wrong = {
        one.id: one
        for one in bookings
        if one.kind in BY_HAND and not one.corrected and one.corrects is None
    }
    with st.container():  # always there: what is open below it stays open
        notices.show(WRONG)
    if not wrong:
        return
    with st.expander(words("funds.wrong"), icon=":material/undo:"):
        st.text(words("funds.wrong.hint"))
        form = edits.opened("pot-wrong", 0)
        st.selectbox(
            words("funds.wrong.which"),
            list(wrong),
            index=None,
            format_func=lambda key: _named(words, wrong[key]),
            key=f"pot-wrong-{form.token}",
            placeholder=words("funds.form.choose"),
        )
        st.text_input(words("funds.wrong.why"), key=f"pot-why-{form.token}", max_chars=MAX_REASON)
        st.button(
            words("funds.wrong.do"),
            key="pot-take-back",
            icon=":material/undo:",
            on_click=_take_back,
            args=(form,),
        )


# --- inside -------------------------------------------------------------------


def _form(words: Words, one: Granted) -> None:
    form = edits.opened(_thing(one.project_id), one.last)
    st.html(_stands(words, one))
    with st.form(f"pot-form-{form.token}", enter_to_submit=False):
        st.radio(
            words("funds.form.what"),
            list(BY_HAND),
            format_func=lambda kind: words(f"funds.form.{kind}"),
            index=None,
            key=f"pot-kind-{form.token}",
        )
        st.text_input(
            words("funds.form.sum"),
            key=f"pot-sum-{form.token}",
            placeholder=words("funds.form.sum_like"),
            max_chars=MAX_TYPED,
        )
        st.text_input(words("funds.form.note"), key=f"pot-note-{form.token}", max_chars=MAX_REASON)
        st.form_submit_button(
            words("funds.form.do"),
            type="primary",
            icon=":material/check:",
            on_click=_book,
            args=(one.project_id, form),
        )


def _stands(words: Words, one: Granted) -> str:
    rows = "".join(
        f"<div><dt>{escape(words(f'funds.sum.{name}'))}</dt>"
        f"<dd>{escape(words.money(getattr(one.sums, name)))}</dd></div>"
        for name in ("decided", *BY_HAND)
    )
    return f'<dl class="kk-pot-stands">{rows}</dl>'


def _book(project_id: str, form: edits.Edit) -> None:
    """Book what was typed; who was second is told, and sees what stands now."""
    words, state = session.the_words(), st.session_state
    store = session.instance().store
    with notices.said(PLACE):
        with edits.following(_thing(project_id), lambda: pot_sums.last_of(store, project_id)):
            pots.book(
                store,
                session.actor(),
                token=form.token,
                project_id=project_id,
                kind=state.get(f"pot-kind-{form.token}") or "",
                cents=money.cents(state.get(f"pot-sum-{form.token}") or ""),
                reason=state.get(f"pot-note-{form.token}") or "",
                seen=form.version,
                now=session.now(),
            )
        edits.close(_thing(project_id))
        notices.keep(PLACE, words("funds.form.done"), "success")


def _take_back(form: edits.Edit) -> None:
    words, state = session.the_words(), st.session_state
    with notices.said(WRONG):
        pots.take_back(
            session.instance().store,
            session.actor(),
            state.get(f"pot-wrong-{form.token}") or 0,
            reason=state.get(f"pot-why-{form.token}") or "",
            now=session.now(),
        )
        edits.close("pot-wrong")
        notices.keep(WRONG, words("funds.wrong.done"), "success")


def _thing(project_id: str) -> str:
    return f"pot-{project_id}"


def _named(words: Words, one: Booking) -> str:
    title = f"{one.number} · {one.title}" if one.number is not None else ""
    return (
        f"{words.day(one.at)} · {pot_table.kind(words, one)} · {words.money(one.cents)} · {title}"
    )
