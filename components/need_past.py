"""Who did what with a need, and which needs went into it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import need_facts, session
from components.words import Words
from data import need_history
from data.need_history import Line
from data.needs import Need


def draw(words: Words, need: Need, before: Sequence[Need]) -> None:
    """Draw a need's history, the oldest first, with ways to the needs that went into it."""
    if before:
        st.html(f'<p class="kk-label">{escape(words("need.merged_here"))}</p>')
        for other in before:
            st.page_link(
                st.session_state["pages"]["needs"],
                label=words("need.gone_one", number=other.number),
                icon=":material/merge:",
                query_params={"lang": words.lang, "need": other.id},
            )
    here = session.instance()
    found = need_history.lines(here.store, session.actor(), [need.id])
    every = "".join(f"<li>{_line(words, line)}</li>" for line in found)
    st.html(f'<ol class="kk-way">{every}</ol>')


def _line(words: Words, line: Line) -> str:
    who = f" · <bdi>{escape(line.person)}</bdi>" if line.person else ""
    said = escape(words(f"history.{line.what}", **_known(words, line)))
    why = str(line.details.get("why", ""))
    told = str(line.details.get("sentence", ""))
    more = "".join(
        f'<p class="kk-facts" dir="auto">{escape(text)}</p>'
        for text in (why, told, *_was(words, line))
        if text
    )
    return f"<time>{escape(words.moment(line.at))}{who}</time><p>{said}</p>{more}"


def _known(words: Words, line: Line) -> dict[str, str]:
    """Return what a line's sentence may name: numbers of needs, a body, how it ended."""
    known = {}
    for name in ("merged", "merged_into", "split_from", "split_off", "moved_from", "moved_to"):
        value = line.details.get(name)
        if value is not None:
            known["number"] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if "pins" in line.details:
        known["pins"] = words.number(line.details["pins"])
    if line.what == "authority":
        known["authority"] = words(f"authority.{line.details['authority']}")
    if line.what == "closed":
        known["end"] = words(f"need_status.{line.details['closed']}")
    if line.what == "project":
        known["title"], known["project"] = line.details["title"], str(line.details["project"])
    return known


def _was(words: Words, line: Line) -> list[str]:
    """List what fields said before they were changed."""
    was = line.details.get("was", {})
    return [
        words(
            "history.before",
            field=words(f"need.field.{name}"),
            was=need_facts.value(words, name, value),
        )
        for name, value in was.items()
    ]
