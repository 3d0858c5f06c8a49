"""New rules of a fund from a day on: they start as those before are; these stay as they were."""

from datetime import date, timedelta

import streamlit as st

from components import edits, money, notices, session
from components.filters import day_from
from components.words import Words
from data import fund_rules
from data.fund_rules import BODIES, CRITERIA, MAX_TITLE, FundRules, Terms
from data.funds import MAX_CENTS
from data.problems import BadInput


def draw(words: Words, newest: FundRules, today: date) -> None:
    """Draw the form, folded together; it is filled from the newest rules."""
    place = _place(newest)
    with st.expander(words("funds.rules.new"), icon=":material/add:"):
        st.text(words("funds.rules.new_hint"))
        form = edits.opened(place, newest.version)
        seen = st.session_state.setdefault(f"{place}-seen-{form.token}", newest.id)
        with st.form(f"{place}-{form.token}", enter_to_submit=False, border=False):
            _first(words, newest, form.token, max(today, newest.valid_from) + timedelta(days=1))
            _numbers(words, newest, form.token)
            _choices(words, newest, form.token)
            notices.show(f"{place}-form")
            st.form_submit_button(
                words("funds.rules.do"),
                type="primary",
                icon=":material/check:",
                on_click=_save,
                args=(newest, form, seen),
            )


def _place(rules: FundRules) -> str:
    return f"fund-rules-{rules.fund}"


def _first(words: Words, newest: FundRules, token: str, day: date) -> None:
    st.text_input(
        words("funds.rules.day"),
        day.strftime("%d.%m.%Y"),
        key=f"rules-day-{token}",
        placeholder=words("filter.day"),
    )
    st.text_input(
        words("funds.rules.title"), newest.title, key=f"rules-title-{token}", max_chars=MAX_TITLE
    )
    st.text_input(
        words("funds.rules.least"),
        money.typed(newest.least),
        key=f"rules-least-{token}",
        max_chars=20,
    )
    st.text_input(
        words("funds.rules.most"),
        money.typed(newest.most) if newest.most < MAX_CENTS else "",
        key=f"rules-most-{token}",
        max_chars=20,
    )


def _numbers(words: Words, newest: FundRules, token: str) -> None:
    for name, now in (
        ("weeks_before", newest.weeks_before),
        ("own_share", newest.own_share // 10),
        ("lump", newest.lump // 10),
        ("least_age", newest.least_age),
    ):
        st.text_input(
            words(f"funds.rules.{name}"), str(now), key=f"rules-{name}-{token}", max_chars=3
        )


def _choices(words: Words, newest: FundRules, token: str) -> None:
    st.checkbox(words("funds.rule.fees"), newest.fees, key=f"rules-fees-{token}")
    st.radio(
        words("funds.rule.body"),
        list(BODIES),
        index=BODIES.index(newest.body),
        format_func=lambda body: words(f"funds.body.{body}"),
        key=f"rules-body-{token}",
    )
    st.pills(
        words("funds.rule.criteria"),
        list(CRITERIA),
        selection_mode="multi",
        default=newest.criteria,
        format_func=lambda key: words(f"criterion.{key}"),
        key=f"rules-criteria-{token}",
    )


def _save(newest: FundRules, form: edits.Edit, seen: str) -> None:
    words, place = session.the_words(), _place(newest)
    with notices.said(f"{place}-form"):
        fund_rules.add(
            session.instance().store,
            session.actor(),
            rules_id=f"{newest.fund}-{form.token}",
            fund=newest.fund,
            terms=_typed(newest, form.token),
            valid_from=_day(form.token),
            seen=seen,
            now=session.now(),
        )
        edits.close(place)
        notices.keep(place, words("funds.rules.done"), "success")


def _day(token: str) -> date:
    day = day_from(st.session_state.get(f"rules-day-{token}") or "")
    if day is None:
        raise BadInput("fund_rules.day_past", field="valid_from")
    return day


def _typed(newest: FundRules, token: str) -> Terms:
    """Read what was typed; what the form does not ask stays as in the newest rules."""

    def typed(name: str) -> str:
        return st.session_state.get(f"rules-{name}-{token}") or ""

    def number(name: str) -> int:
        said = typed(name).strip().rstrip("%").strip().translate(money.DIGITS)
        if not said.isascii() or not said.isdigit():
            raise BadInput("fund_rules.number_unreadable", field=name)
        return int(said)

    return Terms(
        title=typed("title"),
        least=money.cents(typed("least")),
        most=money.cents(typed("most")) if typed("most").strip() else MAX_CENTS,
        weeks_before=number("weeks_before"),
        own_share=number("own_share") * 10,
        fees=bool(st.session_state.get(f"rules-fees-{token}")),
        lump=number("lump") * 10,
        least_age=number("least_age"),
        criteria=tuple(st.session_state.get(f"rules-criteria-{token}") or ()),
        form=newest.form,
        required=newest.required,
        steps=newest.steps,
        body=st.session_state.get(f"rules-body-{token}") or "",
    )
