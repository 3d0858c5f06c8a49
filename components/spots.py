"""A place by its name instead of the map: typed, found, chosen."""

from collections.abc import Callable

import streamlit as st

from components import session
from components.cards import plain
from components.words import Words
from geo import places
from geo.places import Spot
from geo.points import LonLat


def search(
    words: Words, label: str, *, key: str, choose: Callable[[LonLat], None], most: int = 8
) -> None:
    """Draw the field for a place's name, and what is found under it, one button each."""
    typed = st.text_input(
        words(label),
        key=key,
        placeholder=words("pin_form.spot_type"),
        autocomplete="off",
        live=True,
        max_chars=80,
    )
    if not typed or not typed.strip():
        return
    found = places.search(session.instance().area, typed[:80], limit=most)
    if not found:
        st.info(words("pin_form.spot_unknown"))
    for i, spot in enumerate(found):
        st.button(
            plain(_named(spot)),
            key=f"{key}-{i}",
            icon=":material/location_on:",
            width="stretch",
            on_click=choose,
            args=(spot.at,),
        )


def _named(spot: Spot) -> str:
    return f"{spot.name} ({', '.join(spot.aliases)})" if spot.aliases else spot.name
