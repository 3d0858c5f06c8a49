"""The tablet on the table: one person after the other says something."""

import streamlit as st

from components import frame, session, tablet
from components import map as maps
from components.map import Look
from data import attendance
from data.problems import NotFound

words = session.the_words()
here = session.instance()
code = st.query_params.get("m", "")

try:
    _, meeting = attendance.by_code(here.store, code)
except NotFound:
    meeting = None

frame.look("tablet")
with st.container(key="kk-tablet-map"):
    maps.show(
        here.area,
        words,
        Look(scope="none"),
        key="tablet-map",
        on_event=lambda _: None,  # static/tablet.js hears what is done on it
        keep=False,
        cross=True,
    )
tablet.show(here.area, words, code, meeting)
