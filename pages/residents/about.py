"""What this is, in a few sentences."""

from html import escape

import streamlit as st

from components import session

words = session.the_words()
st.title(words("about.title"))
for part in ("what", "how", "who", "privacy"):
    st.markdown(f"## {words(f'about.{part}.title')}")
    st.text(words(f"about.{part}"))
st.html(f'<p><a target="_self" href="/auth/login?lang={words.lang}">{words("about.staff")}</a></p>')
st.html(f'<p class="kk-facts">{escape(session.instance().area.attribution)}</p>')
