"""What an application still lacks, on screen: in plain words, the same for applicant and office."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components import frame
from components.words import Words
from data import application_form as form
from data.applications import Finding, Level

SUMS = frozenset({"asked", "most", "least", "left", "total", "paid", "lump", "needed", "by_year"})


def draw(
    words: Words, found: Sequence[Finding], *, go: Callable[[str], None] | None = None
) -> None:
    """Draw the list by weight; `go` leads to the step of the form where a point is filled in."""
    frame.look("application")
    if not found:
        st.html(f'<p class="kk-check kk-check-fine">{escape(words("check.fine"))}</p>')
        return
    for level in Level:
        points = [one for one in found if one.level == level]
        if points:
            st.html(f'<p class="kk-label">{escape(words(f"check.{level}"))}</p>')
            _points(words, points, go)


def beside(words: Words, found: Sequence[Finding], fields: Sequence[str]) -> None:
    """Draw what concerns the fields of one step while they are filled in; not what is missing."""
    seen = [one for one in found if one.field in fields and one.level != Level.MISSING]
    if seen:
        st.html(f'<div role="status">{_list(words, seen)}</div>')


def said(words: Words, finding: Finding) -> str:
    """Say one point in a sentence."""
    params = {name: _shown(words, name, value) for name, value in finding.params.items()}
    return words(f"check.{finding.key}", **params)


# --- inside -----------------------------------------------------------------


def _points(words: Words, points: Sequence[Finding], go: Callable[[str], None] | None) -> None:
    if go is None:
        st.html(_list(words, points))
        return
    for step in form.STEPS:
        here = [one for one in points if form.step_of(one.field) == step]
        if not here:
            continue
        st.html(_list(words, here))
        st.button(
            words("check.go", step=words(f"application.step.{step}")),
            key=f"check-{here[0].level}-{step}",
            icon=":material/edit:",
            on_click=go,
            args=(step,),
        )


def _list(words: Words, points: Sequence[Finding]) -> str:
    return f'<ul class="kk-checks">{"".join(_row(words, one) for one in points)}</ul>'


def _row(words: Words, one: Finding) -> str:
    mark = escape(words(f"check.mark.{one.level}"))
    return (
        f'<li class="kk-check kk-check-{one.level}"><span class="kk-unseen">{mark}: </span>'
        f"{escape(said(words, one))}</li>"
    )


def _shown(words: Words, name: str, value: Any) -> str:
    if isinstance(value, date):
        return words.day(value)
    return words.money(value) if name in SUMS else words.number(value)
