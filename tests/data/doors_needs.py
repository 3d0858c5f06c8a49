"""The doors of merging, splitting and ending needs, for the rights matrix."""

from data import need_ends, need_history, need_moves, need_notes
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
        **_beside(store, now),
    }


def _beside(store, now):
    """Return the doors of notes, tasks and what is known beside a need."""
    note = {"note_id": "note-1", "words": "Rückruf"}
    task = {"task_id": "task-1", "words": "Anrufen"}
    return {
        "need_notes.notes": (Act.NEED_WRITE, lambda a: need_notes.notes(store, a, ["need-1"])),
        "need_notes.tasks": (Act.NEED_WRITE, lambda a: need_notes.tasks(store, a, ["need-1"])),
        "need_notes.write": (
            Act.NEED_WRITE,
            lambda a: need_notes.write(store, a, "need-1", **note, now=now),
        ),
        "need_notes.add_task": (
            Act.NEED_WRITE,
            lambda a: need_notes.add_task(store, a, "need-1", **task, now=now),
        ),
        "need_notes.tick": (
            Act.NEED_WRITE,
            lambda a: need_notes.tick(store, a, "task-1", done=True, now=now),
        ),
        "need_notes.remove": (
            Act.NEED_WRITE,
            lambda a: need_notes.remove(store, a, "note-1", now=now),
        ),
        "need_history.lines": (
            Act.TRAIL_READ,
            lambda a: need_history.lines(store, a, ["need-1"]),
        ),
        "need_history.meetings": (
            Act.NEED_WRITE,
            lambda a: need_history.meetings(store, a, "need-1"),
        ),
        "need_history.due": (Act.NEED_READ, lambda a: need_history.due(store, a)),
    }
