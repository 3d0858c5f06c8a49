"""A resident asks for advice on an idea."""

import streamlit as st

from components import session

words = session.the_words()
st.title(words("page.advice"), anchor=False)
