"""A pot on screen: what is left of it as one line with a bar, and all its sums as a card."""

from html import escape

import streamlit as st

from components import frame, session
from components.words import Words
from data import pots
from data.funds import Fund
from data.pots import Balance

SUMS = ("allotted", "requested", "decided", "paid", "accounted", "returned")


def left(words: Words, fund: str, year: int) -> None:
    """Draw what a year's pot still holds: one line with a bar, for everybody who may see the fund."""
    frame.look("funds")
    sums = pots.of_pot(session.instance().store, fund, year)
    name = escape(words(f"fund.{fund}"))
    st.html(
        f'<div class="kk-pot-line"><p><strong>{name} {year}</strong> '
        f"{escape(said(words, year, sums.allotted, sums.left))}</p>"
        f"{bar((('paid', sums.paid - sums.returned), ('decided', sums.owed), ('left', sums.left)))}"
        "</div>"
    )


def said(words: Words, year: int, allotted: int, there: int) -> str:
    """Say what a pot still holds, in one sentence; sums in cents."""
    if not allotted:
        return words("pot.left_none", year=year)
    return words("pot.left", left=_money(words, there), allotted=_money(words, allotted))


def bar(parts: tuple[tuple[str, int], ...]) -> str:
    """Return a bar of parts (name, cents) as HTML; the words beside it say the same."""
    shown = "".join(
        f'<span class="kk-pot-{escape(name)}" style="flex-grow:{cents}"></span>'
        for name, cents in parts
        if cents > 0
    )
    return f'<div class="kk-pot-bar" aria-hidden="true">{shown}</div>'


def card(words: Words, fund: Fund, year: int, sums: Balance, *, waiting: str = "") -> str:
    """Return a pot with all its sums as HTML; `waiting` is more for its foot, as HTML."""
    parts = (
        ("paid", sums.paid - sums.returned),
        ("decided", sums.decided - sums.paid),
        ("asked", min(sums.requested, sums.left)),
        ("left", max(sums.left - sums.requested, 0)),
    )
    rows = "".join(
        f'<div><dt><i class="kk-pot-{name}"></i>{escape(words(f"funds.sum.{name}"))}</dt>'
        f"<dd>{escape(words.money(getattr(sums, name)))}</dd></div>"
        for name in SUMS
    )
    over = sums.requested > sums.left
    more = f'<p class="kk-pot-over">{escape(words("funds.over"))}</p>' if over else ""
    return (
        f'<article class="kk-pot"><h2>{escape(words(f"fund.{fund}"))}</h2>'
        f'<p class="kk-pot-said">{escape(said(words, year, sums.allotted, sums.left))}</p>'
        f"{bar(parts)}{more}<dl>{rows}</dl>{waiting}</article>"
    )


def _money(words: Words, cents: int) -> str:
    """Write a sum that is never parted from its sign at the end of a line."""
    return words.money(cents).replace(" ", "\u00a0")
