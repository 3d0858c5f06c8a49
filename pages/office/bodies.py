"""Juries and councils, and who sits in them."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
gate.require(words, session.actor(), Act.BODY_READ)
st.title(words("page.bodies"), anchor=False)
