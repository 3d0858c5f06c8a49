"""Receipts of a funded project: handed in, corrected, accepted or refused with a reason."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components import application_field, edits, money, notices, session
from components.cards import own_words
from components.filters import day_from
from components.words import Words
from data import costs, expenses
from data.expenses import Expense, State
from data.problems import BadInput
from data.projects import Project
from data.rules import Act, may

PLACE = "receipts"
NEW = "receipt-new"  # the id of the next one, by project: a double click is one
NONE = -1  # no row of the cost plan


def draw(words: Words, project: Project, found: Sequence[Expense]) -> None:
    """Draw the receipts, and the form of a new one while they are taken."""
    opened = project.status in expenses.OPEN
    for one in found:
        _one(words, project, one, opened=opened)
    if not opened:
        return
    new = st.session_state.setdefault(f"{NEW}-{project.id}", session.new_id())
    with st.expander(words("account.new"), icon=":material/receipt_long:", key=f"receipt-{new}"):
        _form(words, project, new, None, on_click=_hand_in, args=(project.id, new))


# --- inside -----------------------------------------------------------------


def _one(words: Words, project: Project, one: Expense, *, opened: bool) -> None:
    facts = [words.day(one.spent_on), words.money(one.cents)]
    facts += [words("account.receipt", number=one.receipt)] if one.receipt else []
    with st.container(key=f"kk-receipt-{one.id}", gap=None):
        st.html(
            f'<p class="kk-facts"><span class="kk-tag kk-receipt-{one.state}">'
            f"{escape(words(f'account.state.{one.state}'))}</span> {escape(' · '.join(facts))}</p>"
            f"{own_words(one.item, 'de', 'kk-item')}"
            f"{own_words(one.reason, 'de', 'kk-answer') if one.reason else ''}"
        )
        if not opened:
            return
        with st.container(key=f"kk-receipt-acts-{one.id}", horizontal=True, gap="small"):
            if may(session.actor(), Act.POT_BOOK):
                _look_at(words, one)
            if one.state != State.ACCEPTED:
                _correct(words, project, one)


def _look_at(words: Words, one: Expense) -> None:
    """Let the office accept a receipt, or refuse it with a reason."""
    if one.state != State.ACCEPTED:
        st.button(
            words("account.accept"),
            key=f"accept-{one.id}",
            icon=":material/check:",
            on_click=_review,
            args=(one, State.ACCEPTED, ""),
        )
    if one.state != State.REFUSED:
        with st.popover(words("account.refuse"), key=f"refuse-pop-{one.id}"):
            key = f"refuse-why-{one.id}"
            st.text_area(words("account.why"), key=key, max_chars=expenses.MAX_REASON, height=100)
            st.button(
                words("account.refuse"),
                key=f"refuse-{one.id}",
                type="primary",
                on_click=_review,
                args=(one, State.REFUSED, key),
            )


def _correct(words: Words, project: Project, one: Expense) -> None:
    form = edits.opened(one.id, one.version)
    with st.popover(words("account.correct"), key=f"correct-pop-{one.id}"):
        _form(words, project, form.token, one, on_click=_change, args=(one, form))


def _form(words: Words, project: Project, token: str, one: Expense | None, **given: Any) -> None:
    plan = costs.rows(project.details)
    rows = [*range(len(plan)), NONE]
    names = {number: row.item for number, row in enumerate(plan)}  # no Markdown in a list
    names[NONE] = words("account.none_of_these")
    before = NONE if one and one.cost is None else one.cost if one else 0
    with st.form(f"receipt-{token}", border=False, enter_to_submit=False):
        st.text_input(
            words("account.item"),
            one.item if one else "",
            key=f"receipt-item-{token}",
            max_chars=expenses.MAX_ITEM,
        )
        left, right = st.columns(2)
        left.text_input(
            words("account.sum"),
            money.typed(one.cents) if one else "",
            key=f"receipt-sum-{token}",
            max_chars=20,
            placeholder="12,90",
        )
        day = one.spent_on if one else application_field.today()
        right.text_input(
            words("account.day"),
            application_field.written(day),
            key=f"receipt-day-{token}",
            max_chars=10,
            autocomplete="off",
        )
        st.selectbox(
            words("account.row"),
            rows,
            index=rows.index(before) if before in rows else 0,
            format_func=names.__getitem__,
            key=f"receipt-row-{token}",
        )
        st.text_input(
            words("account.number"),
            one.receipt if one else "",
            key=f"receipt-number-{token}",
            max_chars=expenses.MAX_RECEIPT,
        )
        st.form_submit_button(words("account.hand_in"), icon=":material/check:", **given)


def _typed(token: str) -> dict[str, Any]:
    state = st.session_state
    day = day_from(state[f"receipt-day-{token}"] or "")
    if not isinstance(day, date):
        raise BadInput("application.day_unreadable", field="spent_on")
    row = state[f"receipt-row-{token}"]
    return {
        "spent_on": day,
        "item": state[f"receipt-item-{token}"] or "",
        "cost": None if row == NONE else row,
        "cents": money.cents(state[f"receipt-sum-{token}"] or ""),
        "receipt": state[f"receipt-number-{token}"] or "",
        "now": session.now(),
    }


def _hand_in(project_id: str, new: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        given = _typed(new)
        expenses.hand_in(here.store, session.applying(), project_id, expense_id=new, **given)
        st.session_state.pop(f"{NEW}-{project_id}", None)
        notices.keep(PLACE, words("account.saved"), "success")


def _change(one: Expense, form: edits.Edit) -> None:
    here, words, actor = session.instance(), session.the_words(), session.applying()

    def stored() -> int:
        found = expenses.of_project(here.store, actor, one.project_id)
        return next((now.version for now in found if now.id == one.id), form.version)

    with notices.said(PLACE):
        given = _typed(form.token)
        with edits.following(one.id, stored):
            expenses.change(
                here.store,
                actor,
                one.id,
                project_id=one.project_id,
                version=form.version,
                **given,
            )
        edits.close(one.id)
        notices.keep(PLACE, words("account.saved"), "success")


def _review(one: Expense, state: State, why: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        expenses.review(
            here.store,
            session.actor(),
            one.id,
            project_id=one.project_id,
            state=state,
            reason=st.session_state.get(why) or "" if why else "",
            version=one.version,
            now=session.now(),
        )
        edits.moved(one.id, one.version, one.version + 1)
        notices.keep(PLACE, words(f"account.state.{state}"), "success")
