"""Figures of the office: what was said, where, in which language, and how soon it was answered."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.FIGURES_READ)

st.markdown(f"# {words('page.figures')}")
