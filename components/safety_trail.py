"""The trail as the admin reads it: who did what to which thing, and whether the chain holds."""

import re
from datetime import date
from html import escape

import streamlit as st

from components import notices, safety, session
from components.words import Words
from data import audit, keeping
from data.audit import Line

BELOW, PLACE = "trail-below", "trail"
_RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KNOWN = 300  # signs of a line's details on screen


def show(words: Words) -> None:
    """Draw the check, the filter, and a page of lines."""
    store, actor = session.instance().store, session.actor()
    st.text(words("safety.trail.how"))
    notices.show(PLACE)
    st.button(
        words("safety.trail.check"),
        key="trail-check",
        icon=":material/link:",
        on_click=_check,
        args=(words, session.new_id()),
    )
    things, acts = audit.sorts(store, actor)
    thing, act, day = _filter(words, things, acts)
    below = st.session_state.get(BELOW)
    found = audit.lines(store, actor, thing=thing, act=act, day=day, below=below, limit=audit.PAGE)
    _table(words, found)
    with st.container(horizontal=True, gap="small"):
        if below:
            st.button(words("safety.trail.newest"), key="trail-first", on_click=_turn)
        if len(found) == audit.PAGE:
            st.button(
                words("safety.trail.older"),
                key="trail-older",
                on_click=_turn,
                args=(found[-1].id,),
            )


def _check(words: Words, report_id: str) -> None:
    with notices.said(PLACE):
        store, actor = session.instance().store, session.actor()
        report = keeping.check_trail(store, actor, report_id=report_id, now=session.now())
        told = safety.verdict(words, report.details, ok=report.ok)
        notices.keep(PLACE, told, "success" if report.ok else "error")


def _filter(words: Words, things: list[str], acts: list[str]) -> tuple[str, str, date | None]:
    with st.container(key="kk-trail-filter", horizontal=True, gap="small"):
        thing = st.selectbox(
            words("safety.trail.thing"),
            ["", *things],
            format_func=lambda one: (
                _named(words, "thing", one) if one else words("safety.trail.all")
            ),
            key="trail-thing",
            on_change=_turn,
        )
        act = st.selectbox(
            words("safety.trail.act"),
            ["", *acts],
            format_func=lambda one: _named(words, "act", one) if one else words("safety.trail.all"),
            key="trail-act",
            on_change=_turn,
        )
        day = st.date_input(
            words("safety.trail.day"),
            value=None,
            format="DD.MM.YYYY",
            key="trail-day",
            on_change=_turn,
        )
    return thing or "", act or "", day if isinstance(day, date) else None


def _turn(below: int | None = None) -> None:
    st.session_state[BELOW] = below


def _named(words: Words, sort: str, key: str) -> str:
    """Name a thing or an act; a new one that has no words yet by its key."""
    said = words(f"trail.{sort}.{key}")
    return key if said == f"trail.{sort}.{key}" else said


def _table(words: Words, found: list[Line]) -> None:
    if not found:
        st.html(f'<div class="kk-empty"><p>{escape(words("safety.trail.none"))}</p></div>')
        return
    heads = "".join(
        f"<th scope='col'>{escape(words(f'safety.column.{name}'))}</th>"
        for name in ("line", "when", "who", "act", "thing", "details")
    )
    rows = "".join(_row(words, line) for line in found)
    st.html(
        f'<div class="kk-wide" tabindex="0" role="region" '
        f'aria-label="{escape(words("page.safety"))}"><table class="kk-lines kk-trail">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _short(thing_id: str) -> str:
    """Shorten a random id to what tells it apart; names stay whole."""
    return thing_id[:8] if _RANDOM.fullmatch(thing_id) else thing_id[:60]


def _row(words: Words, line: Line) -> str:
    who = line.person or _named(words, "role", line.role)
    details = "" if line.details == "{}" else line.details[:KNOWN]
    return (
        f"<tr><th scope='row'>{line.id}</th><td>{escape(words.moment(line.at))}</td>"
        f"<td><bdi>{escape(who)}</bdi></td><td>{escape(_named(words, 'act', line.act))}</td>"
        f"<td>{escape(_named(words, 'thing', line.thing))} "
        f"<code dir='ltr'>{escape(_short(line.thing_id))}</code></td>"
        f"<td class='kk-raw'>{f'<bdi>{escape(details)}</bdi>' if details else ''}</td></tr>"
    )
