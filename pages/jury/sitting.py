"""The sitting on a member's own device."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
gate.require(words, session.actor(), Act.SITTING_READ)
st.title(words("page.sitting"), anchor=False)
