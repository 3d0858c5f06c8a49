"""The doors of saved views and of a spot's pins, for the rights matrix."""

from data import cells, views
from data.filters import Box, Filter
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; the view that is changed and deleted need not be there."""
    idea = Filter(kind=("idea",))
    return {
        "cells.at_spot": (
            Act.PIN_READ,
            lambda a: cells.at_spot(store, a, Filter(), Box(*area.box)),
        ),
        "views.listing": (Act.VIEW_SAVE, lambda a: views.listing(store, a)),
        "views.save": (
            Act.VIEW_SAVE,
            lambda a: views.save(
                store, a, "view-1", name="Ideen", page="pins", wanted=idea, now=now
            ),
        ),
        "views.change": (
            Act.VIEW_SAVE,
            lambda a: views.change(store, a, "view-1", name="Alle Ideen", now=now),
        ),
        "views.delete": (Act.VIEW_SAVE, lambda a: views.delete(store, a, "view-1", now=now)),
    }
