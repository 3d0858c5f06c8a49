"""Taking needs apart and together: split, merge, move pins, undo."""

from components.words import Words
from data.needs import Need


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
