"""The directory of initiatives, institutions and rooms, on the map."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PARTNER_READ)

st.markdown(f"# {words('page.partners')}")
