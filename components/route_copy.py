"""A text to be taken along: one button copies it, or marks it where a browser lets nobody copy."""

from typing import Any

import streamlit as st
from streamlit.components import v2

from components.words import Words
from data.instance import ROOT

SAID = ("copy", "copied", "copy_by_hand")


@st.cache_resource
def _script() -> Any:
    text = (ROOT / "static" / "routes.js").read_text(encoding="utf-8")
    home = '<div class="kk-copy"></div>'
    return v2.component("kiezkarte_copy", html=home, js=text, isolate_styles=False)


def draw(words: Words, text: str, *, label: str, key: str) -> None:
    """Draw the button for a text, which `label` names."""
    texts = {name: words(f"routes.{name}") for name in SAID} | {"label": label}
    _script()(data={"text": text, "texts": texts}, key=f"kk-copy-{key}")
