"""The doors of merging, splitting and ending needs, for the rights matrix."""

from data import need_ends, need_moves
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; need-1 is there with pin-1."""
    named = {"new_id": "need-8", "title": "Licht", "field": "OER", "priority": "now"}
    end = {"status": "done", "sentence": "Erledigt.", "version": 1}
    return {
        "need_moves.merge": (
            Act.NEED_WRITE,
            lambda a: need_moves.merge(store, a, "need-1", ["need-2"], version=1, why="", now=now),
        ),
        "need_moves.split": (
            Act.NEED_WRITE,
            lambda a: need_moves.split(
                store, a, "need-1", **named, pin_ids=["pin-1"], version=1, now=now
            ),
        ),
        "need_moves.move": (
            Act.NEED_WRITE,
            lambda a: need_moves.move(store, a, ["pin-1"], "need-1", now=now),
        ),
        "need_moves.merged_into": (
            Act.NEED_READ,
            lambda a: need_moves.merged_into(store, a, "need-1"),
        ),
        "need_ends.close": (
            Act.NEED_HAND_ON,
            lambda a: need_ends.close(store, a, "need-1", **end, now=now),
        ),
        "need_ends.reopen": (
            Act.NEED_HAND_ON,
            lambda a: need_ends.reopen(store, a, "need-1", reason="Noch da", version=1, now=now),
        ),
    }
