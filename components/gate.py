"""The door of a page: who has no right here is told so, and shown the way to log in."""

import urllib.parse
from html import escape

import streamlit as st

from components.words import Words
from data.rules import Act, Actor, Role, may


def require(words: Words, actor: Actor, *acts: Act) -> None:
    """Stop the page with a sentence unless the actor may do every one of the acts."""
    if all(may(actor, act) for act in acts):
        return
    stranger = actor.role in (Role.VISITOR, Role.SENDER)
    st.info(words("gate.closed" if stranger else "gate.other_account"), icon=":material/lock:")
    text = escape(words("gate.log_in" if stranger else "gate.log_in_other"))
    query = urllib.parse.urlencode({"lang": words.lang, "next": _page()})
    link = escape(f"/auth/login?{query}")
    st.html(f'<p><a class="kk-account kk-go" target="_self" href="{link}">{text}</a></p>')
    st.stop()


def _page() -> str:
    url = st.context.url
    return urllib.parse.urlsplit(url).path if isinstance(url, str) else "/"
