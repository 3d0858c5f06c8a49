"""The rules of the funds, those of today first, those before and after them folded together."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from components import fund_form, notices, session
from components.words import Words
from data import fund_rules
from data.filters import local_day
from data.fund_rules import FundRules
from data.funds import MAX_CENTS, Fund


def draw(words: Words, *, writes: bool) -> None:
    """Draw the rules fund by fund; who may can write new ones."""
    here, actor = session.instance(), session.actor()
    today = local_day(session.now())
    every = fund_rules.listing(here.store, actor)
    for fund, column in zip(Fund, st.columns(len(Fund), gap="medium"), strict=True):
        with column:
            _fund(words, fund, [one for one in every if one.fund == fund], today, writes=writes)


def html(words: Words, one: FundRules, today: date) -> str:
    """Return rules as HTML: limits, shares, criteria and steps in plain words."""
    facts = "".join(
        f"<div><dt>{escape(words(f'funds.rule.{name}'))}</dt><dd>{escape(said)}</dd></div>"
        for name, said in _facts(words, one)
    )
    parts = _list(words, "criteria", [words(f"criterion.{key}") for key in one.criteria])
    parts += _list(words, "steps", [words(f"fund_step.{key}") for key in one.steps], tag="ol")
    tag = "later" if one.valid_from > today else "now" if _holds(one, today) else "before"
    return (
        f'<div class="kk-rules"><p class="kk-tags"><strong>{escape(one.title)}</strong> '
        f'<span class="kk-tag kk-rules-{tag}">{escape(words(f"funds.rules.{tag}"))}</span></p>'
        f'<p class="kk-facts">{escape(span(words, one.valid_from, one.valid_to))}</p>'
        f"<dl>{facts}</dl>{parts}</div>"
    )


def span(words: Words, first: date, last: date | None) -> str:
    """Say from which day to which one."""
    if last is None:
        return words("funds.from", first=words.day(first))
    return words("funds.from_to", first=words.day(first), last=words.day(last))


# --- inside -------------------------------------------------------------------


def _fund(
    words: Words, fund: Fund, every: Sequence[FundRules], today: date, *, writes: bool
) -> None:
    st.html(f"<h2>{escape(words(f'fund.{fund}'))}</h2>")
    with st.container():  # always there: what is open below it stays open
        notices.show(f"fund-rules-{fund}")
    for one in every:
        title = f"{one.title} · {span(words, one.valid_from, one.valid_to)}"
        if _holds(one, today):
            st.html(html(words, one, today))
            continue
        with st.expander(title):
            st.html(html(words, one, today))
            if writes and one.valid_from > today:
                st.button(
                    words("funds.rules.take_back"),
                    key=f"rules-back-{one.id}",
                    icon=":material/undo:",
                    on_click=_take_back,
                    args=(one,),
                )
    if writes and every:
        fund_form.draw(words, every[0], today)


def _holds(one: FundRules, day: date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)


def _facts(words: Words, one: FundRules) -> list[tuple[str, str]]:
    most = words("funds.rule.no_limit") if one.most >= MAX_CENTS else words.money(one.most)
    least = words.money(one.least) if one.least > 1 else words("funds.rule.no_limit")
    weeks = words.many("funds.weeks", one.weeks_before) if one.weeks_before else "–"
    return [
        ("least", least),
        ("most", most),
        ("weeks_before", weeks),
        ("own_share", share(words, one.own_share)),
        ("lump", share(words, one.lump)),
        ("fees", words("funds.rule.yes" if one.fees else "funds.rule.no")),
        ("least_age", words.many("funds.years", one.least_age)),
        ("body", words(f"funds.body.{one.body}")),
        ("form", words.number(len(one.form))),
    ]


def share(words: Words, thousandths: int) -> str:
    """Write thousandths as a share of a hundred."""
    whole, part = divmod(thousandths, 10)
    return words.percent(whole) if not part else f"{words.number(thousandths / 10)} %"


def _list(words: Words, name: str, said: Sequence[str], *, tag: str = "ul") -> str:
    if not said:
        return ""
    entries = "".join(f"<li>{escape(one)}</li>" for one in said)
    return f'<p class="kk-label">{escape(words(f"funds.rule.{name}"))}</p><{tag}>{entries}</{tag}>'


def _take_back(one: FundRules) -> None:
    place = f"fund-rules-{one.fund}"
    with notices.said(place):
        fund_rules.take_back(session.instance().store, session.actor(), one.id, now=session.now())
        notices.keep(place, session.the_words()("funds.rules.taken_back"), "success")
