"""One proposal as the jury reads it: what, how much, for whom, by which criteria, after what advice."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from components import projects, session
from components.cards import own_words, speech, tag
from components.words import Words
from data import consultations, costs, fund_rules
from data.consultations import Consultation
from data.needs import Need
from data.pins import Pin
from data.problems import Problem
from data.projects import Project
from data.texts import lang_of

GIVEN = (
    *("applicant", "goal", "period", "target_group", "people", "helpers", "own_contribution"),
    *("own_share", "other_funding", "permissions", "publicity", "indicators", "lasting"),
    *("diversity", "finance_plan"),
)


def head(words: Words, project: Project) -> None:
    """Draw what it is called, where it stands, and what it asks for."""
    tags = [words(f"project_status.{project.status}")]
    tags += [words("demo.label")] if project.demo else []
    granted = ""
    if project.granted is not None:
        granted = escape(words("proposal.granted", sum=words.money(project.granted)))
        granted = f'<p class="kk-granted">{granted}</p>'
    st.html(
        f'<article class="kk-proposal"><p class="kk-tags">{"".join(map(tag, tags))}</p>'
        f'<h2 id="kk-proposal" tabindex="-1" {speech(project.title)}>{escape(project.title)}</h2>'
        f'<p class="kk-sum">{escape(words.money(project.cents))}'
        f" <span>{escape(words(f'fund.{project.fund}'))}</span></p>{granted}</article>"
    )


def body(words: Words, project: Project, needs: Sequence[Need], pins: Sequence[Pin]) -> None:
    """Draw the proposal itself, the office's advice meant for the jury, and its needs."""
    st.html(
        f'<article class="kk-proposal">'
        f"{own_words(project.description, lang_of(project.description, 'de'))}"
        f"{_decision(words, project)}{_facts(words, project)}{cost_table(words, project)}"
        f"{_criteria(words, project)}{_advice(words, project)}{projects.answered(words, needs, pins)}</article>"
    )


def period(words: Words, project: Project) -> str:
    """Say from when to when; in the applicant's words where no days are known."""
    if project.starts_on and project.ends_on and project.starts_on != project.ends_on:
        return words("proposal.from_to", start=words.day(project.starts_on),
                     end=words.day(project.ends_on))  # fmt: skip
    if day := project.starts_on or project.ends_on:
        return words.day(day)
    return text_of(project.details, "period")


def text_of(details: Mapping[str, Any], name: str) -> str:
    """Return what an application says on something as one text; '' for what is none.

    >>> text_of({"helpers": ["Kita", "Verein"], "people": 40, "x": {}}, "helpers")
    'Kita, Verein'
    >>> text_of({"people": 40}, "people"), text_of({"x": {}}, "x"), text_of({}, "y")
    ('40', '', '')
    """
    found = details.get(name)
    if isinstance(found, list | tuple):
        return ", ".join(str(one) for one in found if isinstance(one, str | int))
    return str(found).strip() if isinstance(found, str | int) and found is not True else ""


def cost_table(words: Words, project: Project) -> str:
    """Return the cost plan row by row, with what each is and its sum, as HTML."""
    return projects.cost_table(words, project, _how_many)


def criteria(project: Project) -> list[tuple[str, bool]]:
    """List the criteria of the fund's rules it was made under, and whether it claims each."""
    store, claimed = session.instance().store, set(_claimed(project))
    try:
        known = fund_rules.get(store, project.rules_id).criteria if project.rules_id else ()
    except Problem:
        known = ()
    return [(key, key in claimed) for key in known or sorted(claimed)]


# --- inside -----------------------------------------------------------------


def _claimed(project: Project) -> list[str]:
    found = project.details.get("criteria")
    every = found if isinstance(found, list | tuple) else []
    return [key for key in every if key in fund_rules.CRITERIA]


def _how_many(words: Words, row: costs.Cost) -> str:
    said = words(f"proposal.cost.{row.kind}")
    if row.quantity != 1:
        each = words("proposal.each", n=words.number(row.quantity), sum=words.money(row.cents))
        said = f"{said} · {each}"
    return f"<small>{escape(said)}</small>"


def _facts(words: Words, project: Project) -> str:
    climate = f" · {words('climate')}" if project.climate else ""
    ours = (
        ("number", str(project.number)),
        ("place", words.place(project.place)),
        ("field", words(f"field.{project.field}") + climate),
    )
    given = {name: text_of(project.details, name) for name in GIVEN}
    given |= {"applicant": project.applicant, "period": period(words, project)}
    rows = [projects.fact(words, name, escape(text)) for name, text in ours]
    rows += [
        projects.fact(words, name, f"<span {speech(text)}>{escape(text)}</span>")
        for name, text in given.items()
        if text
    ]
    return f'<dl class="kk-dl">{"".join(rows)}</dl>'


def _decision(words: Words, project: Project) -> str:
    """Return what was decided before and why, where something was."""
    said = (("conditions", project.conditions), ("reason", project.reason))
    lines = "".join(
        f"<p><strong>{escape(words(f'proposal.{name}'))}:</strong> "
        f"<span {speech(text)}>{escape(text)}</span></p>"
        for name, text in said
        if text
    )
    return f'<div class="kk-said">{lines}</div>' if lines else ""


def _criteria(words: Words, project: Project) -> str:
    every = criteria(project)
    if not every:
        return ""
    rows = "".join(_criterion(words, key, claimed) for key, claimed in every)
    return f'<h3>{escape(words("proposal.criteria"))}</h3><ul class="kk-ticks">{rows}</ul>'


def _criterion(words: Words, key: str, claimed: bool) -> str:
    sign, said = ("✓", "yes") if claimed else ("–", "no")
    return (
        f'<li class="kk-tick-{said}"><span aria-hidden="true">{sign}</span>'
        f'<span class="kk-unseen">{escape(words(f"proposal.claimed.{said}"))}: </span>'
        f"{escape(words(f'criterion.{key}'))}</li>"
    )


def _advice(words: Words, project: Project) -> str:
    talks = consultations.for_jury(session.instance().store, session.actor(), project.id)
    if not talks:
        return ""
    every = "".join(_talk(words, one) for one in talks)
    return f"<h3>{escape(words('proposal.advice'))}</h3>{every}"


def _talk(words: Words, one: Consultation) -> str:
    day = f'<p class="kk-facts">{escape(words.day(one.held_on))}</p>'
    return f'<div class="kk-said">{day}{own_words(one.words, lang_of(one.words, "de"))}</div>'
