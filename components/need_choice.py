"""Choosing another need: by number, title and distance, the nearest first."""

from collections.abc import Sequence

import streamlit as st

from components import into_need
from components.words import Words
from data.needs import Need
from geo.points import metres


def draw(words: Words, need: Need, others: Sequence[Need], *, key: str) -> Need | None:
    """Draw the choice and return the chosen need."""
    known = {other.id: other for other in sorted(others, key=lambda other: _far(need, other))}
    chosen = st.selectbox(
        words("need.other"),
        list(known),
        index=None,
        format_func=lambda need_id: into_need.named(words, known[need_id], need.at),
        placeholder=words("desk.choose"),
        key=f"{key}-{words.lang}",
    )
    return known.get(chosen) if chosen else None


def _far(need: Need, other: Need) -> float:
    return metres(need.at, other.at) if need.at and other.at else float("inf")
