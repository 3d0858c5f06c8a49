"""What the public is told about a need, in the languages of the area, and by when."""

import streamlit as st

from components import answer_form
from components.words import Words
from data.needs import Need


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
    st.markdown(f"## {words('answers.public')}")
    answer_form.draw(words, "need", need.id, need.field)
