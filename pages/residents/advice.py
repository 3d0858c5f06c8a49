"""A resident asks for advice on an idea: no account, a few words; the office answers."""

import streamlit as st

from components import advice, session

words = session.the_words()
with st.container(key="kk-read"):
    st.title(words("advice.title"), anchor=False)
    st.html(f'<p class="kk-lead">{words("advice.lead")}</p>')
    advice.draw(words)
