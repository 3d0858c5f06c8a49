"""The fields that name a need: title, field of action, priority."""

import streamlit as st

from components import field_names
from components.words import Words
from data.needs import MAX_TITLE, Priority


def title(words: Words, before: str, key: str) -> None:
    """Ask for a title, starting from what it is now."""
    st.text_input(words("need.title"), before, key=key, max_chars=MAX_TITLE)


def field(words: Words, before: str | None, key: str) -> None:
    """Ask for a field of action; none is chosen where there is none yet."""
    offered = field_names.offered(before or "")
    st.selectbox(
        words("filter.field"),
        offered,
        index=offered.index(before) if before else None,
        format_func=lambda code: words(f"field.{code}"),
        placeholder=words("desk.choose"),
        key=key,
    )


def priority(words: Words, before: Priority, key: str) -> None:
    """Ask when something should happen."""
    st.radio(
        words("need.priority"),
        list(Priority),
        index=list(Priority).index(before),
        horizontal=True,
        format_func=lambda one: words(f"priority.{one}"),
        key=key,
    )
