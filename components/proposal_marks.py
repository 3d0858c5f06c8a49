"""Proposals on the jury's map: the fund is the shape, the state the shade, the sum the size."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from components.map import Mark
from components.projects import MAX_MARKS, apart
from components.words import Words
from data.funds import Fund
from data.pins import Pin
from data.projects import Project, ProjectStatus

# Cents from which a mark is so many pixels across; the smallest is a fingertip
SIZES = ((0, 44), (1_000_00, 52), (10_000_00, 62), (100_000_00, 74))
SHADES = ("early", "jury", "granted", "over")
_SHADE_OF = {
    ProjectStatus.BEFORE_JURY: "jury",
    ProjectStatus.APPROVED: "granted",
    ProjectStatus.APPROVED_WITH_CONDITIONS: "granted",
    ProjectStatus.AGREEMENT: "granted",
    ProjectStatus.RUNNING: "granted",
    ProjectStatus.ACCOUNTED: "granted",
    ProjectStatus.CLOSED: "granted",
    ProjectStatus.REJECTED: "over",
    ProjectStatus.WITHDRAWN: "over",
}


def size(cents: int) -> int:
    """Return how many pixels a mark is across for a sum in cents.

    >>> [size(cents) for cents in (0, 999_99, 1_000_00, 420_000_00)]
    [44, 44, 52, 74]
    """
    return max(across for least, across in SIZES if cents >= least)


def shade(status: ProjectStatus) -> str:
    """Return the shade of a state; what the jury does not have yet, or not now, is `early`.

    >>> shade(ProjectStatus.BEFORE_JURY), shade(ProjectStatus.POSTPONED)
    ('jury', 'early')
    """
    return _SHADE_OF.get(status, "early")


def marks(
    found: Iterable[Project], chosen: Sequence[Project], behind: Sequence[Pin], pin: str = ""
) -> list[Mark]:
    """Mark the proposals, and the pins behind those that are open; the others step back."""
    opened = {one.id for one in chosen}
    others = [project for project in found if project.id not in opened]
    said = [Mark(p.id, p.at, p.kind, "chosen" if p.id == pin else "") for p in behind[:MAX_MARKS]]
    return [  # proposals step aside of each other on the map itself, by its zoom
        *(_mark(project, "chosen") for project in chosen),
        *apart(said),
        *(_mark(project, "dim" if chosen else "") for project in others),
    ]


def legend(words: Words) -> None:
    """Draw what shape, shade and size say; each in words too."""
    parts = (
        ("fund", [(f"kk-f-{fund}", words(f"fund.{fund}")) for fund in Fund]),
        ("shade", [(f"kk-s-{name}", words(f"legend.{name}")) for name in SHADES]),
        ("size", [(f"kk-z-{n}", _from(words, n)) for n in range(len(SIZES))]),
    )
    lists = "".join(
        f"<div><dt>{escape(words(f'legend.{name}'))}</dt>{''.join(_entry(*one) for one in every)}</div>"
        for name, every in parts
    )
    st.html(f'<dl class="kk-key">{lists}</dl>')


def _mark(project: Project, look: str) -> Mark:
    across, tone = size(project.cents), shade(project.status)
    return Mark(project.id, project.at, project.fund, look, project.number, across, tone)


def _from(words: Words, n: int) -> str:
    if n == 0:
        return words("legend.below", sum=words.money(SIZES[1][0]))
    return words("legend.from", sum=words.money(SIZES[n][0]))


def _entry(css: str, text: str) -> str:
    return f'<dd><span class="kk-sign {css}" aria-hidden="true"></span>{escape(text)}</dd>'
