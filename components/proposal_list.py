"""The jury's list of proposals, in the order of the walk along the map, and what all ask for."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from components import proposal_marks
from components.cards import plain, tag
from components.words import Words
from data.funds import Fund
from data.jury_notes import Note
from data.projects import Project
from data.rules import ProjectId
from data.texts import isolated
from geo import tour
from geo.points import LonLat


def walked(found: Sequence[Project]) -> list[Project]:
    """Put proposals in the order of a short walk past their places."""
    return [found[n] for n in _way(tuple(one.at for one in found))]


@lru_cache(maxsize=64)
def _way(places: tuple[LonLat, ...]) -> tuple[int, ...]:
    return tuple(tour.ordered(places))


def entries(
    words: Words,
    found: Sequence[Project],
    *,
    opened: Sequence[Project],
    notes: Mapping[ProjectId, Note],
    on_open: Callable[[int], None],
) -> None:
    """Draw the list; the whole entry is the button."""
    open_ids = {one.id for one in opened}
    for project in found:
        with st.container(key=f"kk-entry-{project.number}", gap=None):
            note = notes.get(project.id)
            st.html(_entry(words, project, project.id in open_ids, note))
            st.button(
                f"{project.number} · {isolated(plain(project.title))}",
                key=f"open-{project.number}",
                type="tertiary",
                width="stretch",
                on_click=on_open,
                args=(project.number,),
            )


def _entry(words: Words, project: Project, opened: bool, note: Note | None) -> str:
    tone = proposal_marks.shade(project.status)
    sign = f'<span class="kk-sign kk-f-{project.fund} kk-s-{tone}" aria-hidden="true"></span>'
    status = tag(words(f"project_status.{project.status}"))
    facts = escape(f"{words(f'fund.{project.fund}')} · {words.money(project.cents)}")
    mine = leaning(words, note) if note else ""
    here = f' <span class="kk-tag kk-open">{escape(words("proposals.opened"))}</span>'
    return f'<p class="kk-facts">{sign}{status} {facts}{mine}{here if opened else ""}</p>'


def leaning(words: Words, note: Note) -> str:
    """Return what one leans to, or that one noted something, as HTML; for the own eyes alone."""
    name = note.leaning or ("note" if note.words else "")
    if not name:
        return ""
    return (
        f' <span class="kk-tag kk-lean kk-lean-{name}">{escape(words(f"lean.tag.{name}"))}</span>'
    )


def overview(words: Words, found: Sequence[Project]) -> None:
    """Draw how many proposals ask for how much, by fund."""
    rows = "".join(
        _row(words, words(f"fund.{fund}"), [p for p in found if p.fund == fund])
        for fund in Fund
        if any(p.fund == fund for p in found)
    )
    names = ("fund", "proposals", "sum")
    heads = "".join(f'<th scope="col">{escape(words(f"overview.{name}"))}</th>' for name in names)
    total = _row(words, words("overview.total"), found)
    st.html(
        f'<h2 id="kk-overview" tabindex="-1">{escape(words("overview.title"))}</h2>'
        f'<table class="kk-costs kk-overview"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody><tfoot>{total}</tfoot></table>"
    )


def _row(words: Words, name: str, some: Sequence[Project]) -> str:
    total = escape(words.money(sum(p.cents for p in some)))
    return (
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(words.number(len(some)))}</td>'
        f"<td>{total}</td></tr>"
    )
