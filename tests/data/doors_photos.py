"""The doors of photos and offers, for the rights matrix: each door's act, and how to knock."""

import io

from PIL import Image

from data import offers, photos, pins, settings
from data.rules import HOUSE, Act, Actor, Role


def picture(size=(320, 240), kind="JPEG", **more) -> bytes:
    """Return a file with a plain picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def doors(store, area, now, draft):
    """Return the doors; with-photo has a photo and an offer."""
    settings.change(store, HOUSE, "photos", "on", now=now)
    pins.add(store, HOUSE, area, [draft(id="with-photo", released=True)], now=now)
    photos.add(store, Actor(Role.SENDER, pin="with-photo"), picture(), now=now)
    one, raw = "with-photo", picture()
    help_ = offers.Draft("offer-1", "pin", "with-photo", ("hands",), contact="0151 1")
    offers.make(store, HOUSE, help_, now=now)
    more = offers.Draft("offer-2", "pin", "with-photo", ("room",))
    return {
        "photos.add": (Act.PHOTO_ADD, lambda a: photos.add(store, a, raw, now=now)),
        "photos.own": (Act.PIN_FOLLOW, lambda a: photos.own(store, a)),
        "photos.shown": (Act.PIN_READ, lambda a: photos.shown(store, a, [])),
        "photos.picture": (Act.PIN_READ, lambda a: photos.picture(store, a, one)),
        "photos.original": (Act.PHOTO_CHECK, lambda a: photos.original(store, a, one)),
        "photos.waiting_count": (Act.PHOTO_CHECK, lambda a: photos.waiting_count(store, a)),
        "photos.waiting": (Act.PHOTO_CHECK, lambda a: photos.waiting(store, a)),
        "photos.checked": (Act.PHOTO_CHECK, lambda a: photos.checked(store, a)),
        "photos.show": (
            Act.PHOTO_CHECK,
            lambda a: photos.show(store, a, one, parts=(), seen=now, now=now),
        ),
        "photos.take_back": (Act.PHOTO_CHECK, lambda a: photos.take_back(store, a, one, now=now)),
        "photos.refuse": (
            Act.PHOTO_CHECK,
            lambda a: photos.refuse(store, a, one, reason="people", seen=now, now=now),
        ),
        "offers.make": (Act.OFFER_MAKE, lambda a: offers.make(store, a, more, now=now)),
        "offers.withdraw": (
            Act.OFFER_MAKE,
            lambda a: offers.withdraw(store, a, offers.OfferId("offer-2"), now=now),
        ),
        "offers.listing": (Act.OFFER_READ, lambda a: offers.listing(store, a)),
        "offers.open_count": (Act.OFFER_READ, lambda a: offers.open_count(store, a)),
        "offers.behind_needs": (Act.OFFER_READ, lambda a: offers.behind_needs(store, a)),
        "offers.use": (
            Act.OFFER_READ,
            lambda a: offers.use(store, a, offers.OfferId("offer-1"), now=now),
        ),
    }
