"""Pins nearby while somebody writes, and voices for them. Words travel in bodies only."""

from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute

from components.session import now
from components.words import Words
from data import pins, voices
from data.instance import running
from data.pins import Pin
from data.problems import BadInput
from data.rules import VISITOR, PinId
from geo.points import LonLat, is_place
from pages.api import acts

UNREADABLE = "text_unreadable"
ONE = "/api/voices/{pin_id}"


def routes() -> list[BaseRoute]:
    """Return the routes."""
    return [
        acts.acting("/api/voices/near", near),
        acts.reading(ONE, number),
        acts.acting(ONE, give),
        acts.acting(ONE, take_back, methods=("DELETE",)),
    ]


def near(request: Request, body: bytes) -> dict[str, Any]:
    """Give up to three public pins that say the same: {at: [lon, lat], kind, words, field}."""
    running().limits.hit("near", acts.source(request))
    asked = acts.given(body, UNREADABLE)
    at = asked.get("at")
    if not (isinstance(at, list) and len(at) == 2 and is_place(*at)):
        raise BadInput("pin.place_unreadable", field="place")
    store = running().store
    kind, words, field = (_text(asked, name) for name in ("kind", "words", "field"))
    found = voices.alike_near(store, LonLat(*at), kind=kind, words=words, field=field)
    counted = voices.count(store, [pin.id for pin in found])
    say = acts.say(request)
    return {"pins": [_card(say, pin, counted[pin.id]) for pin in found]}


def number(request: Request) -> dict[str, Any]:
    """Give the number of voices besides the sender's."""
    pin = pins.get(running().store, VISITOR, _pin_id(request))
    return _counted(request, pin.id)


def give(request: Request, body: bytes) -> dict[str, Any]:
    """Add a voice: {token, words}; sent twice it is one."""
    running().limits.hit("support", acts.source(request))
    asked, pin_id = acts.given(body, UNREADABLE), _pin_id(request)
    new = voices.give(
        running().store,
        VISITOR,
        pin_id,
        key_hash=voices.key_of(pin_id, _text(asked, "token")),
        words=_text(asked, "words"),
        lang=acts.say(request).html_lang,
        now=now(),
    )
    return _counted(request, pin_id) | {"new": new}


def take_back(request: Request, body: bytes) -> dict[str, Any]:
    """Erase a voice and its words: {token}."""
    running().limits.hit("support", acts.source(request))
    pin_id = _pin_id(request)
    voices.take_back(
        running().store, voices.key_of(pin_id, _text(acts.given(body, UNREADABLE), "token"))
    )
    return _counted(request, pin_id)


def _card(say: Words, pin: Pin, counted: int) -> dict[str, Any]:
    same = {name: getattr(pin, name) for name in ("id", "kind", "words", "lang")}
    told = {"place": say.place(pin.place), "day": say.day(pin.created_at)}
    told |= {"number": say("pin.number", number=pin.number), "said": _said(say, counted)}
    return {**same, **told, "voices": counted}


def _counted(request: Request, pin_id: PinId) -> dict[str, Any]:
    counted = voices.count(running().store, [pin_id])[pin_id]
    return {"voices": counted, "said": _said(acts.say(request), counted)}


def _said(say: Words, counted: int) -> str:
    return say.many("support.count", counted) if counted else ""


def _pin_id(request: Request) -> PinId:
    return PinId(request.path_params["pin_id"])


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name, "")
    return value if isinstance(value, str) else ""
