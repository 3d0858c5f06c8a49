"""What was funded, and the way of each project back to the pins."""

import streamlit as st

from components import session

words = session.the_words()
st.title(words("page.funded"), anchor=False)
