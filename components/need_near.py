"""Who is active near a need, and the strengths that must not be broken."""

from components.words import Words
from data.needs import Need


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
