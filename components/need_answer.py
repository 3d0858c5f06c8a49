"""What the public is told about a need, in the languages of the area, and by when."""

from components.words import Words
from data.needs import Need


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
