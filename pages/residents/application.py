"""The applicant's own application, by the private link."""

import streamlit as st

from components import session

words = session.the_words()
st.title(words("page.application"), anchor=False)
