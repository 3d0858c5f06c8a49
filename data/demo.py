"""The demo: invented pins, needs and projects, put in through the same doors as real ones."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from data import (
    answers,
    areas,
    demo_meetings,
    demo_projects,
    demo_sittings,
    needs,
    partners,
    pins,
    settings,
    voices,
)
from data.demo_meetings import Door, Ids
from data.demo_projects import Around
from data.filters import BERLIN, local_day
from data.needs import NeedId, NeedStatus
from data.pins import Draft, Status
from data.rules import HOUSE, MeetingId, PinId
from data.store import Store
from geo.area import Area
from geo.points import LonLat

NOON, AFTERNOON = "12:00", "14:30"
ROOM = "neighbours"  # the meeting where the demo's pins of source "meeting" were said


class Event(NamedTuple):
    """Something that happened in the demo's past."""

    at: datetime
    act: Callable[..., object]  # is called with now=at


def seed(store: Store, area: Area, *, now: datetime, door: Door | None = None) -> None:
    """Put an area's demo into the database as if it had grown over the last weeks.

    Adds nothing a second time; an area without demo files gets none, and without a door there
    are no meetings.
    """
    if settings.get(store, "demo") == "1" or not _file(area, "pins").is_file():
        return
    met = list(_met(store, area, now, door)) if door else []
    said = _said(store, area, now, met=bool(met))
    history = [*met, *said, *_needed(store, area, now), *_planned(store, area, now)]
    history += _listed(store, area, now)
    for event in sorted(history, key=lambda event: event.at):
        event.act(now=event.at)
    settings.change(store, HOUSE, "demo", "1", now=now)


def id_of(area: Area, thing: str, name: object) -> str:
    """Return the id of a demo pin (by number), need (by key) or project (by number)."""
    return str(uuid5(NAMESPACE_URL, f"kiezkarte:demo:{area.name}:{thing}:{name}"))


def _met(store: Store, area: Area, now: datetime, door: Door) -> Iterator[Event]:
    if not _file(area, "meetings").is_file():
        return
    ids = Ids(partial(id_of, area), partial(_moment, now))
    for raw in _read(area, "meetings"):
        for moment, act in demo_meetings.history(store, raw, door, ids):
            yield Event(moment, act)


def _said(store: Store, area: Area, now: datetime, *, met: bool) -> Iterator[Event]:
    room = MeetingId(id_of(area, "meeting", ROOM)) if met else None
    for raw in _read(area, "pins"):
        said = _moment(now, raw["said"]["days_ago"], raw["said"]["at"])
        yield Event(said, partial(_add, store, area, raw, room))
        if raw["released"]:
            read = _moment(now, raw["said"]["days_ago"] - 1, "09:30")
            yield Event(read, partial(_release, store, area, raw))
            if "voices" in raw:
                yield Event(read, partial(_support, store, area, raw))


def _needed(store: Store, area: Area, now: datetime) -> Iterator[Event]:
    for raw in _read(area, "needs"):
        yield Event(_moment(now, raw["days_ago"], NOON), partial(_need, store, area, raw))
        if told := raw.get("forwarded"):
            at = _moment(now, told["days_ago"], AFTERNOON)
            yield Event(at, partial(_forward, store, area, raw["key"], told))
        if told := raw.get("answered"):
            at = _moment(now, told["days_ago"], AFTERNOON)
            yield Event(at, partial(_answer, store, area, raw["key"], told["words"]))


def _planned(store: Store, area: Area, now: datetime) -> Iterator[Event]:
    every = _read(area, "projects")
    around = Around(area, partial(id_of, area), partial(_moment, now), areas.SEED / area.name)
    first = _moment(now, max(raw["days_ago"] for raw in every), NOON)
    for moment, act in demo_projects.pots_of(store, _read(area, "projects", "pots"), first, now):
        yield Event(moment, act)
    for raw in every:
        for moment, act in demo_projects.history(store, raw, around):
            yield Event(moment, act)
    if _file(area, "sittings").is_file():
        sat = _read(area, "sittings")
        for moment, act in demo_sittings.history(store, sat, around, now):
            yield Event(moment, act)


def _listed(store: Store, area: Area, now: datetime) -> Iterator[Event]:
    if not _file(area, "partners").is_file():
        return
    for raw in _read(area, "partners"):
        yield Event(_moment(now, raw["days_ago"], NOON), partial(_partner, store, area, raw))


def _partner(store: Store, area: Area, raw: dict[str, Any], *, now: datetime) -> None:
    entry = partners.Entry(
        name=raw["name"],
        kind=raw["kind"],
        fields=tuple(raw["fields"]),
        at=LonLat(*raw["at"]),
        languages=tuple(raw["languages"]),
        about=raw["about"],
    )
    partner_id = partners.PartnerId(id_of(area, "partner", raw["no"]))
    partners.create(store, HOUSE, area, partner_id=partner_id, entry=entry, now=now, demo=True)


def _add(
    store: Store, area: Area, raw: dict[str, Any], room: MeetingId | None, *, now: datetime
) -> None:
    draft = Draft(
        id=PinId(id_of(area, "pin", raw["no"])),
        kind=raw["kind"],
        words=raw["words"],
        at=LonLat(*raw["at"]),
        field=raw["field"],
        climate=raw["climate"],
        lang=raw["lang"],
        source=raw["source"],
        meeting=room if raw["source"] == "meeting" else None,
    )
    pins.add(store, HOUSE, area, [draft], now=now, demo=True)


def _release(store: Store, area: Area, raw: dict[str, Any], *, now: datetime) -> None:
    pin = pins.get(store, HOUSE, PinId(id_of(area, "pin", raw["no"])))
    if pin.status in (Status.WAITING, Status.NEW):
        pins.release(store, HOUSE, [pin.id], now=now)


def _support(store: Store, area: Area, raw: dict[str, Any], *, now: datetime) -> None:
    pin_id = PinId(id_of(area, "pin", raw["no"]))
    for number in range(raw["voices"]):
        key_hash = voices.key_of(pin_id, f"sample-data-{number:04}")
        voices.give(store, HOUSE, pin_id, key_hash=key_hash, now=now)


def _need(store: Store, area: Area, raw: dict[str, Any], *, now: datetime) -> None:
    needs.create(
        store,
        HOUSE,
        need_id=NeedId(id_of(area, "need", raw["key"])),
        title=raw["title"],
        field=raw["field"],
        priority=raw["priority"],
        pin_ids=[PinId(id_of(area, "pin", no)) for no in raw["pins"]],
        demo=True,
        now=now,
    )


def _forward(store: Store, area: Area, key: str, told: dict[str, Any], *, now: datetime) -> None:
    need = needs.get(store, HOUSE, NeedId(id_of(area, "need", key)))
    if need.status == NeedStatus.OPEN:
        needs.forward(
            store,
            HOUSE,
            need.id,
            authority=told["authority"],
            sentence=told["sentence"],
            version=need.version,
            now=now,
        )


def _answer(store: Store, area: Area, key: str, words: dict[str, str], *, now: datetime) -> None:
    need_id = id_of(area, "need", key)
    answers.give(store, HOUSE, thing="need", thing_id=need_id, words=words, seen=0, now=now)


def _moment(now: datetime, days_ago: int, clock: str) -> datetime:
    """Find a time of day some days ago in Berlin; never after now."""
    day = local_day(now) - timedelta(days=days_ago)
    return min(datetime.combine(day, time.fromisoformat(clock), BERLIN), now)


def _file(area: Area, things: str) -> Path:
    return areas.SEED / area.name / f"demo_{things}.json"


def _read(area: Area, things: str, part: str = "") -> list[dict[str, Any]]:
    return json.loads(_file(area, things).read_text(encoding="utf-8"))[part or things]
