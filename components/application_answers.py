"""Which needs and pins an application answers: ticked in a list of what is near its place."""

import streamlit as st

from components import application_field as part_of
from components import session
from components.cards import plain
from components.words import Words
from data import answerable
from data.applications import Application
from data.texts import isolated

SHORT = 110  # signs of somebody's words in a label


def draw(words: Words, application: Application) -> None:
    """Draw the needs and the pins, those named already first."""
    here = session.instance()
    found = answerable.near(here.store, session.applying(), application.project.id)
    st.text(words("application.needs.why"))
    if not found.needs and not found.pins:
        placed = application.parts["at"] is not None
        st.text(words("application.needs.none" if placed else "application.needs.no_place"))
    if found.needs:
        labels = {
            str(need.id): f"{need.number} · {isolated(_cut(need.title))}" for need in found.needs
        }
        legend = words("application.needs")
        part_of.ticks(words, application, "needs", labels, legend=legend)
    if found.pins:
        labels = {
            str(pin.id): f"{words(f'kind.{pin.kind}')} {pin.number} · "
            f"{isolated(_cut(pin.words or words('pin.wordless')))}"
            for pin in found.pins
        }
        part_of.ticks(words, application, "pins", labels, legend=words("application.pins"))


def _cut(text: str) -> str:
    one_line = " ".join(text.split())
    return plain(one_line if len(one_line) <= SHORT else one_line[: SHORT - 1] + "…")
