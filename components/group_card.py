"""A suggested group of pins: why it is one, in sentences for the office."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.words import Words
from data.groups import Suggestion
from geo import places
from geo.area import Area

FIELD_OF = {  # what a subject is about, unless it is public space ("OER")
    subject: code
    for code, subjects in {
        "IN": "elderly loneliness meeting_place culture sharing advice housing discrimination"
        " women youth shops market prices business",
        "BI": "school childcare books language jobs",
        "GB": "sport health food",
        "BVK": "participation internet",
    }.items()
    for subject in subjects.split()
}
SURE = ((0.6, "high"), (0.35, "middle"), (0.0, "low"))  # least sureness, its word


def title(words: Words, area: Area, group: Suggestion) -> str:
    """Propose a title: what it is about, and where."""
    return f"{about(words, group)}: {words.place(places.in_words(area, group.centre))}"


def about(words: Words, group: Suggestion, *, most: int = 2) -> str:
    """Name a group's subjects, or its field when its pins name none."""
    fields = [f"field.{code}" for code, _ in group.fields if code] or ["groups.untitled"]
    keys = [f"subject.{key}" for key in group.subjects[:most]] or fields[:1]
    return ", ".join(words(key) for key in keys)


def field(group: Suggestion) -> str | None:
    """Propose the field that most of its pins name, else that of its subject; None without any."""
    named = next((code for code, _ in group.fields if code), None)
    if named or not group.subjects:
        return named
    return FIELD_OF.get(group.subjects[0], "OER")


def sure(group: Suggestion) -> str:
    """Put a group's sureness into one of three words: high, middle or low; or that it is by hand."""
    return "by_hand" if group.by_hand else sure_word(group.sureness)


def sure_word(sureness: float) -> str:
    """Put a sureness of 0 to 1 into one of three words: high, middle or low.

    >>> sure_word(0.9), sure_word(0.0)
    ('high', 'low')
    """
    return next(word for least, word in SURE if sureness >= least)


def html(words: Words, area: Area, group: Suggestion, *, chosen: bool) -> str:
    """Return the short card of the list."""
    where = words.place(places.in_words(area, group.centre))
    mark = " kk-chosen-card" if chosen else ""
    return (
        f'<div class="kk-group{mark}"><strong>{escape(about(words, group, most=3))}</strong>'
        f'<p class="kk-facts">{escape(size(words, group))} · {escape(where)}</p>'
        f"{_again(words, group)}</div>"
    )


def size(words: Words, group: Suggestion) -> str:
    """Say how many pins a group has and how far apart they are."""
    metres = words.number(max(5, round(group.width_m / 5) * 5))
    return words.many("groups.size", len(group.ids), metres=metres)


def why(words: Words, group: Suggestion) -> None:
    """Draw why these pins look like one need."""
    rows = [
        (words("groups.why.subjects"), _list(words, [f"subject.{s}" for s in group.subjects])),
        (words("groups.why.words"), _telling(words, group)),
        (words("groups.why.fields"), _fields(words, group)),
        (words("groups.why.days"), _days(words, group)),
        (words("groups.why.sure"), escape(words(f"groups.sure.{sure(group)}"))),
    ]
    lines = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows if value
    )
    st.html(
        f'<p class="kk-why">{escape(size(words, group))}</p>{_again(words, group)}'
        f'<dl class="kk-reasons">{lines}</dl>'
    )


def _list(words: Words, keys: list[str]) -> str:
    return escape(", ".join(words(key) for key in keys))


def tags(said: Sequence[tuple[str, str]]) -> str:
    """Return residents' words (language, word), each in its own language and direction, as HTML."""
    return " ".join(
        f'<bdi class="kk-tag" lang="{escape(lang)}">{escape(word)}</bdi>' for lang, word in said
    )


def _telling(words: Words, group: Suggestion) -> str:
    """Return the residents' telling words, a line for each language."""
    return "".join(
        f'<span class="kk-telling">{escape(words(f"language.{lang}"))}: '
        f"{tags([(lang, word) for word in found])}</span>"
        for lang, found in group.words.items()
        if found
    )


def _again(words: Words, group: Suggestion) -> str:
    """Say that a group was dismissed before, and what is different now."""
    if group.again is None:
        return ""
    said = [words("groups.again")]
    if group.again.new:
        said.append(words.many("groups.again_new", group.again.new))
    if group.again.left:
        said.append(words.many("groups.again_left", group.again.left))
    return f'<p class="kk-again">{escape(" ".join(said))}</p>'


def _fields(words: Words, group: Suggestion) -> str:
    return escape(
        ", ".join(
            f"{words(f'field.{code}' if code else 'field.none')} ({words.number(count)})"
            for code, count in group.fields
        )
    )


def _days(words: Words, group: Suggestion) -> str:
    if not group.first or not group.last:
        return ""
    if group.first == group.last:
        return escape(words.day(group.first))
    return escape(words("groups.days", first=words.day(group.first), last=words.day(group.last)))
