"""Checking a photo: black out parts of it, show it, or do not."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import frame
from components.words import Words
from data import pictures
from data.instance import ROOT
from data.photos import Photo

SAID = (
    *("how", "keys", "picture", "part", "add", "left", "right", "up", "down"),
    *("larger", "smaller", "remove", "missing", "show"),
)


@st.cache_resource
def _blackout() -> Any:
    script = (ROOT / "static" / "blackout.js").read_text(encoding="utf-8")
    home = '<div class="kk-check"></div>'
    return v2.component("kiezkarte_blackout", html=home, js=script, isolate_styles=False)


def blackout(words: Words, photo: Photo, *, on_show: Callable[[dict], None]) -> None:
    """Draw a waiting photo to paint on; `on_show` gets what was decided: `seen` and `parts`.

    Both come in one message with the tap on the button, so that no part drawn last is missing.
    """
    frame.look("photo")
    # The moment belongs to the picture: another one that came since has another name and key
    moment = photo.changed_at.isoformat()
    key = f"kk-check-{photo.pin_id}-{photo.changed_at.timestamp():.6f}"
    data = {
        "source": f"api/photos/{photo.pin_id}?scope=office",
        "width": photo.width,
        "height": photo.height,
        "seen": moment,
        "most": pictures.MAX_RECTANGLES,
        "texts": {name: words(f"photos.{name}") for name in SAID},
    }

    def decided() -> None:
        on_show(st.session_state[key]["show"])

    _blackout()(data=data, key=key, on_show_change=decided)
