"""The doors of undoing and tagging, for the rights matrix: each door's act, and how to knock."""

from data import pins, undo
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public."""
    return {
        "undo.last": (Act.TRAIL_READ, lambda a: undo.last(store, a)),
        "undo.undo": (Act.PIN_REVIEW, lambda a: undo.undo(store, a, 1, now=now)),
        "pins.tag": (
            Act.PIN_REVIEW,
            lambda a: pins.tag(store, a, ["pin-2"], field="OER", now=now),
        ),
    }
