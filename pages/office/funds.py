"""The pots of the funds with their book, the rules of the funds, and the fields of action."""

from html import escape

import streamlit as st

from components import filters as filter_bar
from components import (
    frame,
    fund_fields,
    fund_rules,
    gate,
    pot,
    pot_allot,
    pot_form,
    pot_table,
    session,
)
from data import pot_book, pots
from data.filters import local_day
from data.funds import Fund
from data.rules import Act, may

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.FUND_READ)
frame.look("funds")
VIEWS = ("pots", "rules", "fields")
LIMIT, PAGE = "pot-limit", 30


def year_chosen() -> int:
    """Let choose the year: those that have a pot, this one and the next."""
    this = local_day(session.now()).year
    years = sorted({year for _, year in pot_book.pots(here.store, actor)} | {this, this + 1})
    asked = st.query_params.get("year", "")
    shown = st.selectbox(
        words("funds.year"),
        years,
        index=years.index(int(asked) if asked in map(str, years) else this),
        key="pot-year",
        width=130,
        label_visibility="collapsed",
    )
    st.query_params["year"] = str(shown)
    return shown


def cards(year: int) -> None:
    """Draw one card per fund; an admin can say what it has."""
    for fund, column in zip(Fund, st.columns(len(Fund), gap="medium"), strict=True):
        sums = pots.balance(here.store, actor, fund, year, now=session.now())
        with column, st.container(key=f"kk-pot-{fund}"):
            st.html(pot.card(words, fund, year, sums))
            if may(actor, Act.FUND_WRITE):
                pot_allot.draw(words, fund, year, sums.allotted)


def book(fund: Fund, year: int) -> None:
    """Draw a pot's bookings, a page at a time, and the way to the file."""
    found = pot_book.bookings(here.store, actor, fund, year)
    limit = st.session_state.setdefault(LIMIT, PAGE)
    st.html(pot_table.html(words, found[:limit]))
    if len(found) > limit:
        st.button(words("filter.more"), key="pot-more", on_click=more)
    if found:
        link = f"api/exports/pot.csv?fund={fund}&year={year}"
        text = escape(words("funds.file"))
        st.html(f'<p class="kk-files"><a href="{link}" target="_self">{text}</a></p>')
    if may(actor, Act.POT_BOOK):
        pot_form.draw_wrong(words, found)


def more() -> None:
    """Show more bookings."""
    st.session_state[LIMIT] += PAGE


def the_pots(year: int) -> None:
    """Draw the pots of a year, and the book of the one that is chosen."""
    cards(year)
    fund = st.pills(
        words("funds.which"),
        list(Fund),
        default=Fund.AKTIONSFONDS,
        required=True,
        format_func=lambda name: words(f"fund.{name}"),
        key=f"pot-fund-{words.lang}",
    )
    left, right = st.columns([7, 4], gap="large") if may(actor, Act.POT_BOOK) else (st, None)
    with left.container(key="kk-pot-book"):
        st.html(f"<h2>{escape(words('funds.book_of', fund=words(f'fund.{fund}'), year=year))}</h2>")
        book(fund, year)
    if right:
        with right.container(key="kk-pot-form"):
            pot_form.draw(words, pot_book.granted(here.store, actor, fund, year))


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.funds')}", width="content")
    shown = filter_bar.view(words, VIEWS, label="funds.view", key="funds-view")
    year = year_chosen() if shown == "pots" else 0
writes = may(actor, Act.FUND_WRITE)
if shown == "pots":
    the_pots(year)
elif shown == "rules":
    fund_rules.draw(words, writes=writes)
else:
    fund_fields.draw(words, writes=writes)
