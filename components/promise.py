"""By when a pin gets an answer."""

from components.words import Words
from data.pins import Pin


def told(words: Words, pin: Pin) -> None:
    """Say by when a pin's sender gets an answer, as long as there is none."""
