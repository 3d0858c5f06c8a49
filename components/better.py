"""The question some weeks after a result, to the holder of a receipt: is it better."""

from components.words import Words
from data.pins import Pin


def ask(words: Words, code: str, pin: Pin) -> None:
    """Ask the holder of a receipt, once there is a result."""
