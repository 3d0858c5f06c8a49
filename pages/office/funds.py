"""The pot book, and the rules of the funds."""

import streamlit as st

from components import gate, session
from data.rules import Act

words = session.the_words()
gate.require(words, session.actor(), Act.FUND_READ)
st.title(words("page.funds"), anchor=False)
