"""The office's work lists of projects: what waits for whom, counted; the address keeps the choice."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.words import Words
from data.projects import Project
from data.projects import ProjectStatus as S
from data.rules import ProjectId

TO_CHECK = "to_check"  # receipts and photos that nobody has looked at, at whatever project
LISTS: dict[str, tuple[S, ...]] = {
    "advice": (S.DRAFT,),
    "submitted": (S.SUBMITTED,),
    "checking": (S.CHECKING,),
    "revision": (S.REVISION,),
    "before_jury": (S.BEFORE_JURY,),
    "decided": (S.APPROVED, S.APPROVED_WITH_CONDITIONS, S.POSTPONED),
    "agreement": (S.AGREEMENT,),
    "running": (S.RUNNING,),
    "to_account": (S.ACCOUNTED,),
    "over": (S.CLOSED, S.REJECTED, S.WITHDRAWN),
}


def chosen() -> str:
    """Return the list that the address names; '' for all projects."""
    asked = st.query_params.get("list", "")
    return asked if asked in (TO_CHECK, *LISTS) else ""


def of(name: str, every: Sequence[Project], waiting: Mapping[ProjectId, int]) -> list[Project]:
    """Return the projects of a list, all of them without one; `waiting` is what is to be checked."""
    if name == TO_CHECK:
        return [one for one in every if one.id in waiting]
    return [one for one in every if not name or one.status in LISTS[name]]


def draw(words: Words, every: Sequence[Project], waiting: Mapping[ProjectId, int]) -> None:
    """Draw the lists, each with how much is in it; those without anything are left out."""
    counts = {TO_CHECK: sum(waiting.values())}
    counts |= {name: len(of(name, every, waiting)) for name in LISTS}
    now = chosen()
    st.pills(
        words("projects.lists"),
        [name for name, number in counts.items() if number or name == now],
        default=now or None,
        format_func=lambda name: words(
            "frame.counted", page=words(f"projects.list.{name}"), n=words.number(counts[name])
        ),
        key=f"projects-list-{words.lang}",
        on_change=_choose,
        args=(words.lang,),
        label_visibility="collapsed",
    )


def _choose(lang: str) -> None:
    name = st.session_state.get(f"projects-list-{lang}")
    st.query_params.pop("project", None)
    st.query_params.pop("list", None)
    if name:
        st.query_params["list"] = name
