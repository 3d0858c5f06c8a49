"""The doors of legal pages and feedback, for the rights matrix: each door's act, and how to knock."""

from data import feedback, legal
from data.rules import HOUSE, Act


def doors(store, area, now, draft):
    """Return the doors; feedback-1 is open."""
    said = {"page": "/", "words": "Zu klein.", "contact": "", "lang": "de", "now": now}
    feedback.give(store, HOUSE, feedback_id="feedback-1", **said)
    return {
        "legal.fill": (
            Act.SETTING_CHANGE,
            lambda a: legal.fill(store, a, {"phone": "030 1"}, now=now),
        ),
        "legal.replace": (
            Act.SETTING_CHANGE,
            lambda a: legal.replace(store, a, page="privacy", lang="de", text="Text", now=now),
        ),
        "feedback.give": (
            Act.FEEDBACK_GIVE,
            lambda a: feedback.give(store, a, feedback_id="feedback-2", **said),
        ),
        "feedback.listing": (Act.FEEDBACK_READ, lambda a: feedback.listing(store, a)),
        "feedback.answered": (
            Act.FEEDBACK_READ,
            lambda a: feedback.answered(store, a, "feedback-1", now=now),
        ),
    }
