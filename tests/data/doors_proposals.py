"""The doors of suggested groups and proposals, for the rights matrix: each door's act, and how to knock."""

from types import SimpleNamespace

from data import dismissals, groups, pins, proposals
from data.filters import Filter
from data.rules import Act
from geo.points import LonLat

FOUNTAIN = LonLat(13.42430, 52.50206)


def doors(store, area, now, draft):
    """Return the doors; pin-2 is public and free, need-1 is open."""
    pin = SimpleNamespace(
        id="pin-2", need_id=None, at=FOUNTAIN, kind="problem", field="", lang="de",
        words="Zu laut", created_at=now,
    )  # fmt: skip
    return {
        "pins.by_ids": (Act.PIN_READ, lambda a: pins.by_ids(store, a, ["pin-1"])),
        "groups.free": (Act.GROUP_SUGGEST, lambda a: groups.free(store, a, Filter())),
        "groups.search": (Act.GROUP_SUGGEST, lambda a: list(groups.search(store, a, []))),
        "groups.put_together": (
            Act.GROUP_SUGGEST,
            lambda a: groups.put_together(store, a, ["pin-2"]),
        ),
        "dismissals.listing": (Act.GROUP_SUGGEST, lambda a: dismissals.listing(store, a)),
        "proposals.search": (
            Act.GROUP_SUGGEST,
            lambda a: list(proposals.search(store, a, Filter())),
        ),
        "proposals.listing": (
            Act.GROUP_SUGGEST,
            lambda a: proposals.listing(store, a, Filter()),
        ),
        "proposals.of_pin": (Act.GROUP_SUGGEST, lambda a: proposals.of_pin(store, a, pin)),
        "proposals.of_group": (
            Act.GROUP_SUGGEST,
            lambda a: proposals.of_group(store, a, ["pin-2"]),
        ),
        "proposals.accept": (
            Act.NEED_WRITE,
            lambda a: proposals.accept(store, a, ["pin-2"], "need-1", now=now),
        ),
        "proposals.dismiss": (
            Act.GROUP_SUGGEST,
            lambda a: proposals.dismiss(store, a, "pin-2", "need-1", now=now),
        ),
        "proposals.restore": (
            Act.GROUP_SUGGEST,
            lambda a: proposals.restore(store, a, "pin-2", "need-1", now=now),
        ),
    }
