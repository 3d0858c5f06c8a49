"""All routes at a glance: what waits for whom, and since when."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import frame, route_sent, session
from components.words import Words
from data import better, routes
from data.better import Better
from data.filters import local_day
from data.routes import WAITING, Route, RouteState

CLOSED = 20  # of those that are over, the last ones


def draw(words: Words) -> None:
    """Draw the list of all routes, folded together; nothing while there is none."""
    now = session.now()
    store, actor = session.instance().store, session.actor()
    found, unhappy = routes.listing(store, actor), better.unhappy(store, actor)
    if not found and not unhappy:
        return
    frame.look("routes")
    late = sum(one.is_due(now) for one in found)
    label = words("routes.board", n=words.number(sum(one.state in WAITING for one in found)))
    if late:
        label += f" · {words.many('routes.board_due', late)}"
    if unhappy:
        label += f" · {words.many('routes.board_no', len(unhappy))}"
    with st.expander(label, icon=":material/forward_to_inbox:"):
        titles = {str(one.need_id): one.title for one in found}
        rows = "".join(_no(words, one, titles) for one in unhappy[:CLOSED])
        rows += "".join(_row(words, one, titles, now) for one in _in_order(found, now))
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


def _row(words: Words, route: Route, titles: dict[str, str], now: datetime) -> str:
    return (
        f"<li>{_link(words, route.need_id, route.reference, titles)}"
        f"<span>{escape(words(f'authority.{route.authority}'))}</span>"
        f"{route_sent.state(words, route)}{_age(words, route, now)}</li>"
    )


def _no(words: Words, one: Better, titles: dict[str, str]) -> str:
    """Return a row for somebody who says that nothing is better."""
    number = words("pin.number", number=one.number)
    said = (
        f'<span dir="auto" lang="{escape(one.lang)}">{escape(one.words)}</span>'
        if one.words
        else ""
    )
    return (
        f"<li>{_link(words, one.need_id or '', number, titles)}"
        f'<span class="kk-route-state kk-route-refused">{escape(words("routes.says_no"))}</span>{said}</li>'
    )


def _link(words: Words, need_id: str, name: str, titles: dict[str, str]) -> str:
    """Return the way to a need, as HTML; only a name where there is none."""
    if not need_id:
        return f"<span>{escape(name)}</span>"
    about = f"{name} · {titles[need_id]}" if titles.get(need_id) else name
    link = escape(f"?{urlencode({'lang': words.lang, 'need': need_id})}")
    return f'<a href="{link}" target="_self" dir="auto">{escape(about)}</a>'


def _age(words: Words, route: Route, now: datetime) -> str:
    if route.state not in WAITING or not route.sent_on:
        return ""
    days = (local_day(now) - route.sent_on).days
    mark = " · " + words("routes.ask_again") if route.is_due(now) else ""
    return f'<span class="kk-facts">{escape(words.many("routes.age", days) + mark)}</span>'
