"""What a tablet asks of its meeting: how it stands, a pin to keep, a place in words, the way out."""

import math
import re
import urllib.parse
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import segno
from starlette.requests import Request
from starlette.routing import BaseRoute

from components import session
from components.words import LANGUAGES
from data import attendance, instance, meetings, pins, receipts, settings
from data.meetings import Meeting
from data.pins import WORDLESS, Draft
from data.problems import BadInput, NotFound
from data.rules import PinId
from geo import places
from geo.points import LonLat, is_place
from pages.api import acts

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
UNREADABLE = "room.unreadable"
SOURCES = ("tablet", WORDLESS)
MASK = 4  # of the eight that a QR code may have; trying all of them was four fifths of drawing one
LONGEST = timedelta(days=2).total_seconds()  # a tablet's clock is believed so far back


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        acts.reading("/api/rooms/{code}", room),
        acts.acting("/api/rooms/{code}/pins", take),
        acts.acting("/api/rooms/{code}/leave", let_out),
        acts.reading("/api/place", place),
    ]


def room(request: Request) -> dict[str, Any]:
    """Tell how a meeting stands now."""
    _, meeting = _here(request)
    return {
        "title": meeting.plan.title,
        "question": meeting.plan.question,
        "state": meeting.state,
        "round": meeting.round,
        "version": meeting.version,
        "now": session.now().isoformat(),
    }


def take(request: Request, body: bytes) -> dict[str, Any]:
    """Store what somebody said on a tablet; the same id again is the same pin, and the same answer."""
    here = instance.running()
    guest, meeting = _here(request)
    draft, late = _draft(acts.given(body, UNREADABLE), meeting)
    if not _is_stored(draft):
        here.limits.hit("meeting.say", meeting.id)
        meetings.say(here.store, guest, here.area, draft, now=session.now(), late=late)
    say = acts.say(request)
    query = urllib.parse.urlencode({"code": draft.code, "lang": say.lang})
    link = f"{acts.address(request)}/follow?{query}"
    return {
        "id": draft.id,
        "place": say.place(places.in_words(here.area, draft.at)),
        "waiting": settings.moderation(here.store) != "at_once",
        "qr": drawn(link) if draft.code else None,
    }


def place(request: Request) -> dict[str, str]:
    """Say a place (`?at=lon,lat`) in words."""
    parts = request.query_params.get("at", "")[:80].split(",")
    try:
        at = LonLat(*(float(part) for part in parts))
    except (TypeError, ValueError) as error:
        raise BadInput("pin.place_unreadable", field="place") from error
    if not is_place(*at):
        raise BadInput("pin.place_unreadable", field="place")
    return {"place": acts.say(request).place(places.in_words(instance.running().area, at))}


def let_out(request: Request, body: bytes) -> dict[str, bool]:
    """Check the facilitator's PIN before a tablet leaves its page."""
    here, code = instance.running(), request.path_params["code"]
    pin = acts.given(body, UNREADABLE).get("pin")
    if not isinstance(pin, str):
        raise BadInput("meeting.pin_wrong", field="pin")
    with acts.pin_tried(request, code):
        attendance.check_pin(here.store, code, pin)
    return {"open": True}


def drawn(text: str) -> dict[str, Any]:
    """Draw a QR code as the data of one SVG path, in modules without a quiet zone.

    >>> drawn("Kiez")["size"], drawn("Kiez")["path"][:16]
    (21, 'M0 0h7v1h-7zM9 0')
    """
    rows = list(segno.make(text, error="m", micro=False, mask=MASK).matrix)
    path = ""
    for y, row in enumerate(rows):
        for dark in re.finditer(b"\\x01+", bytes(row)):
            wide = dark.end() - dark.start()
            path += f"M{dark.start()} {y}h{wide}v1h-{wide}z"
    return {"size": len(rows), "path": path}


# --- inside -----------------------------------------------------------------


def _here(request: Request) -> tuple[Any, Meeting]:
    return attendance.by_code(instance.running().store, request.path_params["code"])


def _draft(said: Mapping[str, Any], meeting: Meeting) -> tuple[Draft, bool]:
    """Read a pin as a tablet sends it; what no tablet would send is refused with BadInput."""
    source = said.get("source", "tablet")
    texts = [said.get(name, "") for name in ("id", "receipt", "kind", "words", "field", "lang")]
    if source not in SOURCES or not all(isinstance(text, str) for text in texts):
        raise BadInput(UNREADABLE)
    pin_id, receipt, kind, words, field, lang = texts
    if not ID.fullmatch(pin_id) or lang not in LANGUAGES or not _is_receipt(receipt, source):
        raise BadInput(UNREADABLE)
    draft = Draft(
        PinId(pin_id),
        kind,
        words,
        _at(said.get("at")),
        field=field,
        lang="de" if lang == "ls" else lang,
        source=source,
        created_at=session.now() - _ago(said.get("seconds_ago", 0)),
        code=receipt,
        meeting=meeting.id,
    )
    return draft, said.get("late") is True


def _is_receipt(receipt: str, source: str) -> bool:
    if source == WORDLESS:  # a child gets none
        return not receipt
    signs = receipts.normal(receipt[:40])
    return len(signs) == receipts.LENGTH and not set(signs) - set(receipts.ALPHABET)


def _at(raw: object) -> LonLat:
    if not isinstance(raw, list) or len(raw) != 2 or not is_place(*raw):
        raise BadInput("pin.place_unreadable", field="place")
    return LonLat(*(float(number) for number in raw))


def _ago(raw: object) -> timedelta:
    number = isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)
    return timedelta(seconds=min(max(0.0, float(raw)), LONGEST) if number else 0)  # type: ignore[arg-type]


def _is_stored(draft: Draft) -> bool:
    """Tell whether its answer was lost on the way: then it is taken, whatever happened since."""
    try:
        sender = pins.by_receipt(instance.running().store, draft.code)
    except NotFound:
        return False
    if sender.pin != draft.id:  # one in 2^65 by chance; the same receipt cannot be two pins'
        raise BadInput(UNREADABLE)
    return True
