"""The doors of partners and strengths, for the rights matrix: each door's act, and how to knock."""

from data import partners, strengths
from data.partners import Entry, Wanted
from data.rules import Act
from geo.points import LonLat


def doors(store, area, now, draft):
    """Return the doors; need-1 is there, no partner is."""
    at = LonLat(13.42430, 52.50206)
    entry = Entry("Nachbarschaftsladen", "room", ("IN",), at)
    return {
        "partners.create": (
            Act.PARTNER_WRITE,
            lambda a: partners.create(store, a, area, partner_id="p-1", entry=entry, now=now),
        ),
        "partners.change": (
            Act.PARTNER_WRITE,
            lambda a: partners.change(store, a, area, "p-1", entry=entry, version=1, now=now),
        ),
        "partners.set_active": (
            Act.PARTNER_WRITE,
            lambda a: partners.set_active(store, a, "p-1", False, version=1, now=now),
        ),
        "partners.get": (Act.PARTNER_READ, lambda a: partners.get(store, a, "p-1")),
        "partners.listing": (Act.PARTNER_READ, lambda a: partners.listing(store, a, Wanted())),
        "partners.near": (Act.PARTNER_READ, lambda a: partners.near(store, a, at)),
        "strengths.near": (Act.NEED_READ, lambda a: strengths.near(store, a, "need-1")),
        "strengths.linked": (Act.NEED_READ, lambda a: strengths.linked(store, a, ["need-1"])),
        "strengths.link": (
            Act.NEED_WRITE,
            lambda a: strengths.link(store, a, "need-1", "pin-2", now=now),
        ),
        "strengths.unlink": (
            Act.NEED_WRITE,
            lambda a: strengths.unlink(store, a, "need-1", "pin-2", now=now),
        ),
    }
