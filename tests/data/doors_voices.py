"""The doors of voices, for the rights matrix: each door's act, and how to knock."""

from data import voices
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public."""
    return {
        "voices.give": (
            Act.PIN_SUPPORT,
            lambda a: voices.give(store, a, "pin-2", key_hash=f"door-{a.role}", now=now),
        ),
        "voices.words_of": (Act.PIN_READ_ALL, lambda a: voices.words_of(store, a, "pin-2")),
    }
