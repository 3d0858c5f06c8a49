"""All routes at a glance: what waits for whom, and since when."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import frame, route_sent, session
from components.words import Words
from data import needs, routes
from data.routes import WAITING, Route, RouteState

CLOSED = 20  # of those that are over, the last ones


def draw(words: Words) -> None:
    """Draw the list of all routes, folded together; nothing while there is none."""
    now = session.now()
    found = routes.listing(session.instance().store, session.actor())
    if not found:
        return
    frame.look("routes")
    late = sum(one.is_due(now) for one in found)
    label = words("routes.board", n=words.number(sum(one.state in WAITING for one in found)))
    if late:
        label += f" · {words.many('routes.board_due', late)}"
    with st.expander(label, icon=":material/forward_to_inbox:"):
        titles = _titles()
        rows = "".join(_row(words, one, titles, now) for one in _in_order(found, now))
        st.html(f'<ul class="kk-route-rows">{rows}</ul>')


def _in_order(found: Sequence[Route], now: datetime) -> list[Route]:
    """Put what is to be done first: due, drafts, waiting; then the last that are over."""
    open_ones = [one for one in found if one.state in WAITING or one.state == RouteState.DRAFT]
    over = [one for one in reversed(found) if one not in open_ones][:CLOSED]
    turn = sorted(
        open_ones,
        key=lambda one: (not one.is_due(now), one.state != RouteState.DRAFT, one.number),
    )
    return [*turn, *over]


def _titles() -> dict[str, str]:
    found = needs.listing(session.instance().store, session.actor())
    return {need.id: need.title for need in found}


def _row(words: Words, route: Route, titles: dict[str, str], now: datetime) -> str:
    title = titles.get(route.need_id, "")
    link = escape(f"?{urlencode({'lang': words.lang, 'need': route.need_id})}")
    about = f"{route.reference} · {title}" if title else route.reference
    named = f'<a href="{link}" target="_self" dir="auto">{escape(about)}</a>'
    return (
        f"<li>{named if title else escape(about)}"
        f"<span>{escape(words(f'authority.{route.authority}'))}</span>"
        f"{route_sent.state(words, route)}{_age(words, route, now)}</li>"
    )


def _age(words: Words, route: Route, now: datetime) -> str:
    if route.state not in WAITING or not route.sent_on:
        return ""
    days = (routes.today(now) - route.sent_on).days
    mark = " · " + words("routes.ask_again") if route.is_due(now) else ""
    return f'<span class="kk-facts">{escape(words.many("routes.age", days) + mark)}</span>'
