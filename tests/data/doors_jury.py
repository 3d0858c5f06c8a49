"""The doors of what the jury reads and what comes out of a sitting on paper, for the rights matrix."""

from data import decision_letters, jury_notes, minutes, projects, proposal_voices, similar
from data.rules import HOUSE, Act


def doors(store, area, now, draft):
    """Return the doors; project-1 is there, undecided, and no sitting."""
    note = {"words": "Gut", "leaning": "yes", "version": 0, "now": now}
    return {
        "jury_notes.mine": (Act.JURY_NOTE, lambda a: jury_notes.mine(store, a)),
        "jury_notes.keep": (
            Act.JURY_NOTE,
            lambda a: jury_notes.keep(store, a, "project-1", **note),
        ),
        "similar.earlier": (
            Act.PROJECT_READ,
            lambda a: similar.earlier(store, a, projects.get(store, HOUSE, "project-1")),
        ),
        "proposal_voices.by_meeting": (
            Act.PROJECT_READ,
            lambda a: proposal_voices.by_meeting(store, a, ["pin-1"]),
        ),
        "minutes.of": (Act.SITTING_READ, lambda a: minutes.of(store, a, "sitting-1")),
        "decision_letters.of": (
            Act.APPLICATION_READ,
            lambda a: decision_letters.of(store, a, "project-1"),
        ),
    }
