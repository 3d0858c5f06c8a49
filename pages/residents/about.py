"""What this is, in a few sentences."""

from html import escape

import streamlit as st

from components import session

words = session.the_words()
here = session.instance()
pages = st.session_state["pages"]
with st.container(key="kk-read"):
    st.title(words("about.title"), anchor=False)
    for part in ("what", "how", "language", "who", "privacy"):
        st.html(
            f"<h2>{escape(words(f'about.{part}.title'))}</h2>"
            f'<p class="kk-lead">{escape(words(f"about.{part}"))}</p>'
        )
    with st.container(key="kk-ways", horizontal=True, gap="small"):
        for name, icon in (("map", ":material/map:"), ("follow", ":material/route:")):
            st.page_link(
                pages[name],
                label=words(f"page.{name}"),
                icon=icon,
                query_params={"lang": words.lang},
            )
    link = f"/auth/login?lang={words.lang}"
    st.html(
        f'<p><a class="kk-account" target="_self" href="{link}">{escape(words("about.staff"))}</a></p>'
        f'<p class="kk-facts"><bdi lang="de" dir="ltr">{escape(here.area.attribution)}</bdi></p>'
    )
