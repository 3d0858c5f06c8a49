"""What was changed in an application since it was sent back, on the office's screen."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components.words import Words
from data import application_form as form
from data import costs
from data.application_changes import Change

# Parts whose own question is none: it stands on the step, or asks for a number first
NAMED = {"costs": "application.step.costs", "climate": "climate", "of_age": "application.applicant"}
WORDS = frozenset({"title", *form.LIMITS})


def draw(words: Words, changes: Sequence[Change] | None) -> None:
    """Draw the changes, before and now; nothing for an application that was never sent back."""
    if changes is None:
        return
    st.html(f"<h3>{escape(words('projects.changes'))}</h3>")
    if not changes:
        st.text(words("projects.changes_none"))
        return
    rows = "".join(_row(words, one) for one in changes)
    st.html(f'<dl class="kk-dl kk-changes">{rows}</dl>')


# --- inside -----------------------------------------------------------------


def _row(words: Words, one: Change) -> str:
    name = words(NAMED.get(one.part, f"application.{one.part}"))
    told = [_told(words, one.part, value) for value in (one.was, one.now)]
    both = "".join(
        f'<p><span class="kk-facts">{escape(words(f"projects.changes.{when}"))}</span> '
        f'<span dir="auto">{escape(text or words("projects.changes.empty"))}</span></p>'
        for when, text in zip(("was", "now"), told, strict=True)
    )
    return f"<div><dt>{escape(name)}</dt><dd>{both if any(told) else ''}</dd></div>"


def _told(words: Words, part: str, value: Any) -> str:
    """Say a part in a line or two; '' where its name says enough, or nothing stands in it."""
    if part in WORDS or part == "people":
        return str(value or "")
    if part in form.SUMS:
        return words.money(value or 0)
    if part in form.DAYS and value:
        return words.day(date.fromisoformat(value))
    if part == "costs":
        plan = costs.rows({"costs": value})
        return " · ".join(f"{row.item}: {words.money(row.total)}" for row in plan)
    return ""
