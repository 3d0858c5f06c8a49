"""What is filtered by, as chips: each can be taken away by itself, all of them with one tap."""

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from components import cards, filter_address, filter_fields
from components.words import Words
from data.filters import LISTS, Filter


class Chip(NamedTuple):
    """One thing that is filtered by: its words (plain), and the filter without it."""

    key: str
    said: str
    without: Filter


def draw(words: Words, wanted: Filter, *, key: str) -> None:
    """Draw the chips of a filter; nothing when it wants everything."""
    chips = of(words, wanted)
    if not chips:
        return
    with st.container(
        key=f"kk-chips-{key}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.html(f'<h2 class="kk-unseen">{words("filter.chips")}</h2>')
        for chip in chips:
            st.button(
                cards.plain(chip.said),
                key=f"{key}-chip-{chip.key}",
                icon=":material/close:",
                icon_position="right",
                on_click=filter_address.put,
                args=(chip.without,),
            )
        st.button(
            words("filter.all"),
            key=f"{key}-all",
            type="tertiary",
            on_click=filter_address.put,
            args=(Filter(),),
        )


def of(words: Words, wanted: Filter) -> list[Chip]:
    """List what a filter wants, in the order of its fields."""
    chips: list[Chip] = []
    for name in vars(wanted):
        now = getattr(wanted, name)
        if now == getattr(Filter(), name):
            continue
        if name in (*LISTS, "flags"):
            known = [one for one in now if one in filter_fields.CHOICES[name]]
            chips += [
                Chip(
                    f"{name}-{one}",
                    filter_fields.value(words, name, one),
                    replace(wanted, **{name: tuple(other for other in now if other != one)}),
                )
                for one in known
            ]
        else:
            empty = replace(wanted, **{name: getattr(Filter(), name)})
            chips.append(Chip(name, _said(words, name, now), empty))
    return chips


def _said(words: Words, name: str, now: object) -> str:
    if name in ("since", "until"):
        return f"{words(f'filter.{name}')} {words.day(now)}"  # type: ignore[arg-type]
    if name in ("climate", "inside", "support"):
        return filter_fields.value(words, name, now)
    if name == "text":
        return f"„{now}“"
    if name == "need":
        return words("filter.without_need" if now == "-" else "filter.of_need")
    if name == "meeting":
        return filter_fields.titles().get(str(now)) or words("filter.of_meeting")
    return words(f"filter.{name}")  # the window and the shape
