"""Two proposals side by side, line by line: what each asks for, by which criteria, with whose voices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from components import proposal_list, proposal_near, proposal_reading
from components.cards import own_words, plain, speech
from components.proposal_voices import counted
from components.words import Words
from data.jury_notes import Note
from data.pins import Pin
from data.projects import Project
from data.texts import isolated, lang_of

LINES = (
    *("sum", "fund", "status", "field", "place", "period", "applicant", "description"),
    *("own_contribution", "costs", "criteria", "voices", "languages", "strengths", "lean"),
)


@dataclass(frozen=True)
class Side:
    """A proposal as it is compared, with the pins behind it and one's own note on it."""

    project: Project
    pins: Sequence[Pin]
    note: Note


def draw(words: Words, sides: Sequence[Side], *, on_open: Callable[[int], None]) -> None:
    """Draw the comparison, and the way back to each of the two."""
    st.html(f'<h2 id="kk-proposal" tabindex="-1">{escape(words("compare.title"))}</h2>')
    cells = [_cells(words, side) for side in sides]
    heads = "".join(
        f'<th scope="col"><span class="kk-facts">{side.project.number}</span> '
        f"<span {speech(side.project.title)}>{escape(side.project.title)}</span></th>"
        for side in sides
    )
    rows = "".join(_row(words, name, [one.get(name, "") for one in cells]) for name in LINES)
    st.html(
        f'<table class="kk-compare"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    with st.container(horizontal=True, gap="small"):
        for side in sides:
            st.button(
                words("compare.read", title=isolated(plain(side.project.title))),
                key=f"compare-open-{side.project.number}",
                on_click=on_open,
                args=(side.project.number,),
            )


def _row(words: Words, name: str, cells: Sequence[str]) -> str:
    if not any(cells):
        return ""
    shown = "".join(f"<td>{cell or '–'}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(words(f"compare.{name}"))}</th>{shown}</tr>'


def _cells(words: Words, side: Side) -> Mapping[str, str]:
    """Return a proposal's cells as HTML, by line."""
    project = side.project
    held, near = proposal_near.found(project)
    ours = {
        "fund": words(f"fund.{project.fund}"),
        "status": words(f"project_status.{project.status}"),
        "field": words(f"field.{project.field}"),
        "place": words.place(project.place),
        **counted(words, side.pins),
        "strengths": words.number(len(held) + len(near)),
    }
    theirs = {
        "period": proposal_reading.period(words, project),
        "applicant": project.applicant,
        "own_contribution": proposal_reading.text_of(project.details, "own_contribution"),
    }
    return {
        **{name: escape(text) for name, text in ours.items()},
        **{name: f"<span {speech(text)}>{escape(text)}</span>" for name, text in theirs.items() if text},
        "sum": f"<strong>{escape(words.money(project.cents))}</strong>",
        "description": own_words(project.description, lang_of(project.description, "de")),
        "costs": proposal_reading.cost_table(words, project),
        "criteria": _criteria(words, project),
        "lean": proposal_list.leaning(words, side.note),
    }  # fmt: skip


def _criteria(words: Words, project: Project) -> str:
    claimed = [key for key, yes in proposal_reading.criteria(project) if yes]
    every = "".join(f"<li>{escape(words(f'criterion.{key}'))}</li>" for key in claimed)
    return f'<ul class="kk-ticks">{every}</ul>' if every else ""
