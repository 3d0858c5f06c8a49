"""A meeting as the office sees it: what is planned, where it stands, the ways to its screens and prints."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import cards, meeting_state, notices, session
from components.cards import own_words
from components.words import Words
from data import meetings
from data.meetings import Meeting, Round
from data.rules import MeetingId

PLACE = "meeting"
SCREENS = ("tablet", "desk", "wall")
PRINTS: dict[str, dict[str, str]] = {
    "codes": {},
    "map_a3": {"size": "a3"},
    "map_a0": {"size": "a0"},
    "cards": {"count": "24"},
    "protocol": {},
}


def head(words: Words, meeting: Meeting, pins: int, *, tag: str = "h2") -> str:
    """Return a meeting's head as HTML: state, title, day, place, how many pins and people."""
    plan = meeting.plan
    title = escape(plan.title)
    facts = [words.day(plan.held_on), *([plan.place] if plan.place else [])]
    facts += [words.many("meetings.pins", pins), words.many("meetings.people", meeting.people)]
    said = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
    demo = cards.tag(words("demo.label")) if meeting.demo else ""
    return (
        f'<header class="kk-meeting">{state(words, meeting)}{demo}'
        f'<{tag} class="kk-meeting-title" dir="auto">{title}</{tag}>'
        f'<p class="kk-facts">{said}</p></header>'
    )


def state(words: Words, meeting: Meeting) -> str:
    """Return where a meeting stands, as HTML."""
    text = escape(words(f"meeting.state.{meeting.state}"))
    return f'<span class="kk-state kk-state-{meeting.state}">{text}</span>'


def show(words: Words, meeting: Meeting) -> None:
    """Draw where the meeting stands and what comes next, its call, its screens and prints."""
    with st.container(key="kk-meeting-state"):
        st.html(f'<p class="kk-lead">{escape(words(f"meetings.then.{meeting.state}"))}</p>')
        with st.container(horizontal=True, gap="small"):
            meeting_state.buttons(words, meeting, PLACE)
            _new_pin(words, meeting)
    _call(words, meeting)
    st.html(
        _ways(words, "meetings.screens", [(name, screen(words, meeting, name)) for name in SCREENS])
        + _ways(words, "meetings.prints", [(name, _print(words, meeting, name)) for name in PRINTS])
    )


def screen(words: Words, meeting: Meeting, name: str) -> str:
    """Return the address of one of the meeting's screens, beside this page."""
    return f"{name}?{urlencode({'m': meeting.code, 'lang': words.lang})}"


def protocol(words: Words, meeting: Meeting) -> str:
    """Return the address of the meeting's protocol."""
    return _print(words, meeting, "protocol")


def _print(words: Words, meeting: Meeting, name: str) -> str:
    asked = {"m": meeting.code, **PRINTS[name], "lang": words.lang}
    return f"api/prints/{name.split('_')[0]}?{urlencode(asked)}"


def _ways(words: Words, title: str, ways: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<li><a class="kk-way-to" target="_blank" rel="noopener" href="{escape(href)}">'
        f"<strong>{escape(words(f'meetings.way.{name}'))}</strong>"
        f"<span>{escape(words(f'meetings.way.{name}.for'))}</span></a></li>"
        for name, href in ways
    )
    return f'<h2>{escape(words(title))}</h2><ul class="kk-ways-to">{links}</ul>'


def _call(words: Words, meeting: Meeting) -> None:
    """Draw the Aufruf: what is asked, who decides, what can change, when the answer comes."""
    plan = meeting.plan
    told = {"question": plan.question, "decides": plan.decides, "changes": plan.changes}
    told["answer_on"] = words.day(plan.answer_on) if plan.answer_on else ""
    rounds = [words(f"meeting.round.{one}") for one in plan.rounds if one != Round.COLLECT]
    told["rounds"] = ", ".join(rounds)
    lines = "".join(
        f"<div><dt>{escape(words(f'meetings.{name}'))}</dt><dd>{own_words(text, '', '')}</dd></div>"
        for name, text in told.items()
        if text
    )
    if lines:
        st.html(f'<dl class="kk-dl kk-call">{lines}</dl>')


def _new_pin(words: Words, meeting: Meeting) -> None:
    with st.popover(words("meetings.new_pin"), icon=":material/key:"):
        st.text(words("meetings.new_pin_ask"))
        st.button(
            words("meetings.new_pin_yes"),
            key=f"new-pin-{meeting.id}",
            on_click=_renew,
            args=(meeting.id,),
        )


def _renew(meeting_id: MeetingId) -> None:
    here, words, pin = session.instance(), session.the_words(), session.new_pin()
    with notices.said(PLACE):
        meetings.change_pin(here.store, session.actor(), meeting_id, pin=pin, now=session.now())
        notices.keep(PLACE, words("meetings.pin_is", pin=pin), "success")
