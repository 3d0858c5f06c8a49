"""What is said in the hostile neighbourhood (tests/hostile_kiez.py): one text after the other."""

from collections.abc import Callable, Sequence

from data.rules import Actor, PersonId, Role
from data.texts import clean
from geo.points import LonLat

AREA = "mariannenplatz"
LINKS = {"written": "w" * 43, "running": "r" * 43}  # of an application to write, of one that runs
OFFICE = Actor(Role.OFFICE, person=PersonId("p-office"), name="Büro")
FOUNTAIN = LonLat(13.42430, 52.50206)
Next = Callable[[int], str]


def following(texts: Sequence[str]) -> Next:
    """Return what gives the next of the texts that is not empty and of at most so many signs."""
    kept = [text for text in map(clean, texts) if text]
    at = 0

    def say(limit: int) -> str:
        nonlocal at
        while True:
            at += 1
            if len(kept[at % len(kept)]) <= limit:
                return kept[at % len(kept)]

    return say


def line(text: str, limit: int = 200) -> str:
    """Return a text as a title, a name or an item: one line, not too long, never empty."""
    return " ".join(clean(text).split())[:limit].strip() or "leer"


def spot(n: int) -> LonLat:
    """Return the place of the n-th thing."""
    return LonLat(13.4225 + n % 9 * 0.0006, 52.5005 + n // 9 % 8 * 0.0003)
