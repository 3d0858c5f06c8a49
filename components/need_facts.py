"""What is known about a need, in short lines: where it stands, who is needed, what meetings said."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from components import cards, session
from components.words import Words
from data import need_history
from data.filters import local_day
from data.need_history import Said
from data.needs import Need
from data.texts import isolated


def draw(words: Words, need: Need, due: date | None) -> None:
    """Draw a need's facts, with what meetings said beside the office's own priority."""
    body = need.responsible or need.authority
    responsible = words(f"authority.{body}") if body else ""
    facts = [
        (words("need.priority_short"), words(f"priority.{need.priority}")),
        (words("need.who"), who(words, need.who)),
        (words("need.responsible"), responsible or words("need.responsible_open")),
        (words("need.answer_on"), _day(words, due)),
    ]
    if need.climate:
        facts.append((words("need.climate_short"), words("need.yes")))
    lines = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts
    )
    st.html(f'<dl class="kk-need-facts">{lines}</dl>')
    _meetings(words, need)


def who(words: Words, key: str) -> str:
    """Say who is needed, as on the boards of a meeting."""
    return words(f"meeting.who.{key}") if key else words("need.who_open")


def changed(words: Words, name: str, before: Need, now: Need) -> str:
    """Say what somebody else changed in one field, safe for Markdown."""
    was, new = value(words, name, getattr(before, name)), value(words, name, getattr(now, name))
    said = words("need.changed_from", field=words(f"need.field.{name}"), was=was, now=new)
    return f"- {cards.plain(said)}"


def value(words: Words, name: str, stored: object) -> str:
    """Say the value of a field."""
    if name == "climate":
        return words("need.yes" if stored else "need.no")
    if not stored:
        return words("need.nothing")
    if name == "answer_on":
        day = date.fromisoformat(stored) if isinstance(stored, str) else stored
        return words.day(day)  # type: ignore[arg-type]
    prefix = {
        "field": "field",
        "priority": "priority",
        "who": "meeting.who",
        "responsible": "authority",
    }
    return words(f"{prefix[name]}.{stored}") if name in prefix else isolated(str(stored))


def _day(words: Words, due: date | None) -> str:
    if due is None:
        return words("need.nothing")
    over = due < local_day(session.now())
    return words("need.overdue", day=words.day(due)) if over else words.day(due)


def _meetings(words: Words, need: Need) -> None:
    """Draw what the rooms said about groups whose pins are in the need."""
    here = session.instance()
    found = need_history.meetings(here.store, session.actor(), need.id)
    if found:
        st.html(
            f'<p class="kk-label">{escape(words("need.meetings"))}</p>'
            f'<ul class="kk-said">{"".join(_said(words, one) for one in found)}</ul>'
        )


def _said(words: Words, said: Said) -> str:
    parts: Sequence[str] = [
        words(f"priority.{said.priority}") if said.priority else "",
        words(f"meeting.who.{said.who}") if said.who else "",
        words.many("need.dots", said.dots) if said.dots else "",
        words.many("need.pins_of_it", said.pins),
    ]
    where = f"{escape(words.day(said.held_on))} · <bdi>{escape(said.meeting)}</bdi>"
    return (
        f'<li><strong dir="auto">{escape(said.group)}</strong> {escape(" · ".join(filter(None, parts)))}'
        f'<span class="kk-facts">{where}</span></li>'
    )
