"""A need on its way to somebody else: the letter, the references, the reminder, the result."""

from components.words import Words
from data.needs import Need


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
