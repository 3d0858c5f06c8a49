"""Templates for answers, by field of action and language."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.ANSWER_GIVE)

st.markdown(f"# {words('page.answers')}")
