"""Sittings: planned, led and closed."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
gate.require(words, session.actor(), Act.SITTING_WRITE)
st.title(words("page.sittings"), anchor=False)
