"""The doors of the inbox, for the rights matrix: each door's act, and how to knock."""

from data import office, photos, pins, redactions, translations, worklists
from data.rules import HOUSE, Act

WORDS = "Zu laut"


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public and says WORDS."""
    return {
        "worklists.counts": (Act.PIN_REVIEW, lambda a: worklists.counts(store, a, now=now)),
        "worklists.ids_of": (Act.PIN_REVIEW, lambda a: worklists.ids_of(store, a, "new", now=now)),
        "worklists.pins_of": (
            Act.PIN_REVIEW,
            lambda a: worklists.pins_of(store, a, "new", now=now),
        ),
        "worklists.due": (
            Act.PIN_REVIEW,
            lambda a: worklists.due(store, a, pins.get(store, HOUSE, "pin-2")),
        ),
        "worklists.piles": (Act.PIN_REVIEW, lambda a: worklists.piles(store, a)),
        "worklists.release_ready": (
            Act.PIN_REVIEW,
            lambda a: worklists.release_ready(store, a, ["wait"], now=now),
        ),
        "photos.of_pin": (Act.PHOTO_CHECK, lambda a: photos.of_pin(store, a, "pin-2")),
        "office.last_review": (Act.PIN_REVIEW, lambda a: office.last_review(store, a, "pin-2")),
        "translations.of_pins": (
            Act.PIN_REVIEW,
            lambda a: translations.of_pins(store, a, ["pin-2"]),
        ),
        "translations.write": (
            Act.PIN_REVIEW,
            lambda a: translations.write(
                store, a, "pin-2", "tr", "Gürültü", of=WORDS, seen=None, now=now
            ),
        ),
        "redactions.of_pin": (Act.PIN_REVIEW, lambda a: redactions.of_pin(store, a, "pin-2")),
        "redactions.black_out": (
            Act.PIN_REVIEW,
            lambda a: redactions.black_out(
                store, a, "pin-2", [(0, 2)], reason="other", seen=WORDS, now=now
            ),
        ),
        "redactions.take_back": (
            Act.PIN_REVIEW,
            lambda a: redactions.take_back(store, a, "pin-2", seen=WORDS, now=now),
        ),
    }
