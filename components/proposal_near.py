"""What a proposal may help or harm near by, and earlier projects that resemble it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import cards, need_near, session
from components.cards import speech, tag
from components.words import Words
from data import similar, strengths
from data.pins import Pin
from data.projects import Project
from data.similar import Similar
from data.texts import isolated

MOST = 6  # strengths that are shown


def strengths_near(words: Words, project: Project) -> None:
    """Draw the strengths that must not be broken, then those near its needs."""
    held, near = found(project)
    if not held and not near:
        return
    st.html(f"<h3>{escape(words('near_it.title'))}</h3>")
    labels = {pin.id: f'<p class="kk-tags">{tag(words("strengths.held"))}</p>' for pin in held}
    feet = {
        pin.id: f'<p class="kk-facts kk-far">{escape(need_near.metres(words, far))}</p>'
        for pin, far in near
    }
    cards.pins(words, [*held, *(pin for pin, _ in near)], more=labels | feet)


def found(project: Project) -> tuple[list[Pin], list[tuple[Pin, float]]]:
    """Return the strengths linked to a project's needs, and those near them with their metres."""
    store, actor = session.instance().store, session.actor()
    held = strengths.linked(store, actor, project.needs) if project.needs else []
    near = {
        one.pin.id: one
        for need_id in project.needs
        for one in reversed(strengths.near(store, actor, need_id, limit=MOST))
    }
    known = {pin.id for pin in held}
    others = sorted((one for one in near.values() if one.pin.id not in known),
                    key=lambda one: (not one.fits, one.metres))  # fmt: skip
    return held, [(one.pin, one.metres) for one in others[: max(0, MOST - len(held))]]


def earlier(words: Words, project: Project) -> None:
    """Draw earlier projects that resemble it, why, and what came of them."""
    found = similar.earlier(session.instance().store, session.actor(), project)
    st.html(f"<h3>{escape(words('earlier.title'))}</h3>")
    if not found:
        st.text(words("earlier.none"))
        return
    every = "".join(_one(words, one) for one in found)
    st.html(f'<ul class="kk-earlier">{every}</ul>')


def _one(words: Words, one: Similar) -> str:
    project = one.project
    lines = [_line("kk-facts", ", ".join(_why(words, one)))]
    if project.reason:
        lines.append(_theirs(words("proposal.reason"), project.reason))
    if project.conditions:
        lines.append(_theirs(words("proposal.conditions"), project.conditions))
    if one.people:
        lines.append(_line("", words.many("earlier.people", one.people)))
    if one.report:
        lines.append(_theirs(words("earlier.report"), one.report))
    title = f"<strong {speech(project.title)}>{escape(project.title)}</strong>"
    number = escape(words("pin.number", number=project.number))
    return (
        f'<li><p class="kk-tags">{tag(words(f"project_status.{project.status}"))}</p>'
        f"<p>{number} · {title} · {escape(_money(words, one))}</p>{''.join(lines)}</li>"
    )


def _money(words: Words, one: Similar) -> str:
    asked, granted = words.money(one.project.cents), one.project.granted
    if granted is None:
        return words("earlier.asked", asked=asked)
    return words("earlier.granted", granted=words.money(granted), asked=asked)


def _why(words: Words, one: Similar) -> Sequence[str]:
    """Say what the two have in common, the strongest first."""
    why = [words("earlier.same_need")] if one.same_need else []
    why += [words(f"subject.{key}") for key in one.subjects[:3]]
    why += [words("earlier.same_words", words=_quoted(one.words))] if one.words else []
    why += [words("earlier.same_field")] if one.same_field else []
    return [*why, need_near.metres(words, one.metres)]


def _quoted(some: Sequence[str]) -> str:
    return ", ".join(isolated(word) for word in some[:3])


def _line(css: str, text: str) -> str:
    return f'<p class="{css}">{escape(text)}</p>'


def _theirs(name: str, text: str) -> str:
    return f"<p><strong>{escape(name)}:</strong> <span {speech(text)}>{escape(text)}</span></p>"
