"""The doors of flags, for the rights matrix: each door's act, and how to knock."""

from data import flags, pins
from data.rules import HOUSE, Act


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public."""
    return {
        "flags.of_pin": (
            Act.PIN_REVIEW,
            lambda a: flags.of_pin(store, a, pins.get(store, HOUSE, "pin-2")),
        ),
        "flags.dismiss": (
            Act.PIN_REVIEW,
            lambda a: flags.dismiss(store, a, "pin-2", "spam", now=now),
        ),
        "flags.restore": (
            Act.PIN_REVIEW,
            lambda a: flags.restore(store, a, "pin-2", "spam", now=now),
        ),
    }
