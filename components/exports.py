"""The ways out: the pins under a filter, and the numbers of the charts, as files."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import charts
from components.words import Words
from data.filters import Filter

FILES = ("pins.csv", "pins.geojson", "figures.csv")


def draw(words: Words, wanted: Filter, *, key: str, files: Sequence[str] = FILES) -> None:
    """Draw a button that offers the files; what is in them is said before."""
    with st.popover(words("export.title"), icon=":material/download:", key=f"{key}-export"):
        links = "".join(
            f'<li><a href="{escape(charts.way(words, f"api/exports/{file}", wanted))}" '
            f'target="_self">{escape(words(f"export.{file}"))}</a></li>'
            for file in files
        )
        st.html(
            f'<p class="kk-facts">{escape(words("export.what"))}</p><ul class="kk-files">{links}</ul>'
        )
