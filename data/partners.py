"""Partners: the office's directory of initiatives, institutions and rooms, with their places."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NewType

from data import rules, trail
from data.fields import FIELDS
from data.filters import Box
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer
from geo import places
from geo.area import Area, in_box
from geo.points import LonLat, is_place, metres

PartnerId = NewType("PartnerId", str)
MAX_NAME, MAX_ABOUT, MAX_CONTACT = 200, 1000, 300
MAX_TEXT = 100  # of a search
# Spoken in Berlin's neighbourhood offices; the screen's four come first
LANGUAGES = ("de", "tr", "ar", "en", "ku", "fa", "ru", "uk", "pl", "ro", "bg", "es", "fr")
NEAR_METRES = 1000  # a walk of a quarter of an hour


class PartnerKind(StrEnum):
    """What sort of partner it is."""

    INITIATIVE = "initiative"
    INSTITUTION = "institution"
    ROOM = "room"


@dataclass(frozen=True)
class Entry:
    """What the office writes about a partner."""

    name: str
    kind: str
    fields: tuple[str, ...]
    at: LonLat
    languages: tuple[str, ...] = ()
    about: str = ""
    contact: str = ""  # the office's own


@dataclass(frozen=True)
class Partner:
    """A stored partner. Times are UTC; the contact is '' for who may not see it."""

    id: PartnerId
    name: str
    kind: PartnerKind
    fields: tuple[str, ...]
    languages: tuple[str, ...]
    at: LonLat
    place: places.PlaceWords
    about: str
    contact: str
    active: bool
    demo: bool
    version: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Wanted:
    """Which partners are wanted; empty means all that are active."""

    kind: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    text: str = ""
    box: Box | None = None
    inactive: bool = False  # also those that are not active any more


@dataclass(frozen=True)
class Near:
    """A partner near a place, how far in metres, and whether it works in the field asked for."""

    partner: Partner
    metres: float
    fits: bool


COLUMNS = (
    "id, name, kind, fields, languages, lon, lat, place, about, contact, active, demo, version, "
    "created_at, changed_at"
)


def create(
    store: Store,
    actor: Actor,
    area: Area,
    *,
    partner_id: PartnerId,
    entry: Entry,
    now: datetime,
    demo: bool = False,
) -> Partner:
    """Put a partner into the directory; one already there under its id stays as it is."""
    rules.check(actor, Act.PARTNER_WRITE)
    record = {**_checked(area, entry), "id": partner_id, "demo": demo, "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        made = tx.execute(
            f"insert into partner ({COLUMNS}) values ($id, $name, $kind, $fields, $languages, "  # noqa: S608
            "$lon, $lat, $place, $about, $contact, true, $demo, 1, $now, $now) "
            "on conflict (id) do nothing returning id",
            record,
        )
        if made:
            trail.note(tx, actor, Act.PARTNER_WRITE, "partner", partner_id, now=now)

    store.write(job)
    return get(store, actor, partner_id)


def change(
    store: Store,
    actor: Actor,
    area: Area,
    partner_id: PartnerId,
    *,
    entry: Entry,
    version: int,
    now: datetime,
) -> Partner:
    """Change an entry as it was at a version; Conflict when somebody else changed it meanwhile."""
    rules.check(actor, Act.PARTNER_WRITE)
    record = _checked(area, entry)
    sets = ", ".join(f"{name} = ${name}" for name in record)
    _update(store, actor, partner_id, sets, record, version=version, now=now)
    return get(store, actor, partner_id)


def set_active(
    store: Store, actor: Actor, partner_id: PartnerId, active: bool, *, version: int, now: datetime
) -> Partner:
    """Say that a partner is not active any more, or is again; it stays in the directory."""
    rules.check(actor, Act.PARTNER_WRITE)
    record = {"active": bool(active)}
    _update(store, actor, partner_id, "active = $active", record, version=version, now=now)
    return get(store, actor, partner_id)


def get(store: Store, actor: Actor, partner_id: PartnerId) -> Partner:
    """Load one partner; NotFound when there is none."""
    rules.check(actor, Act.PARTNER_READ)
    rows = store.rows(f"select {COLUMNS} from partner where id = $id", {"id": partner_id})  # noqa: S608
    if not rows:
        raise NotFound("partner.not_found")
    return _load(actor, rows)[0]


def listing(store: Store, actor: Actor, wanted: Wanted) -> list[Partner]:
    """List the partners under a filter by name."""
    rules.check(actor, Act.PARTNER_READ)
    where, params = _where(wanted)
    found = _load(actor, store.rows(f"select {COLUMNS} from partner where {where}", params))  # noqa: S608
    asked = places.fold(wanted.text[:MAX_TEXT]).split()
    found = [one for one in found if all(word in _searched(one) for word in asked)]
    return sorted(found, key=lambda one: (places.fold(one.name), one.id))


def near(
    store: Store,
    actor: Actor,
    at: LonLat,
    *,
    field: str = "",
    within_m: float = NEAR_METRES,
    limit: int = 5,
) -> list[Near]:
    """List active partners near a place: those in the field first, then the nearest."""
    found = [
        Near(one, far, field in one.fields)
        for one in listing(store, actor, Wanted())
        if (far := metres(at, one.at)) <= within_m
    ]
    return sorted(found, key=lambda one: (not one.fits, one.metres, one.partner.id))[:limit]


# --- inside -----------------------------------------------------------------


def _checked(area: Area, entry: Entry) -> dict[str, Any]:
    """Return an entry's columns, or refuse it with BadInput."""
    if entry.kind not in set(PartnerKind):
        raise BadInput("partner.kind_missing", field="kind")
    fields = _known(entry.fields, FIELDS)
    if not fields:
        raise BadInput("partner.fields_missing", field="fields")
    if not is_place(*entry.at) or not in_box(area, entry.at):
        raise BadInput("partner.place_outside", field="place", area=area.title)
    return {
        "name": _name(entry.name),
        "kind": PartnerKind(entry.kind),
        "fields": json.dumps(fields),
        "languages": json.dumps(_known(entry.languages, LANGUAGES)),
        "lon": entry.at.lon,
        "lat": entry.at.lat,
        "place": places.in_words(area, entry.at).encode(),
        "about": _bounded(entry.about, MAX_ABOUT, "about"),
        "contact": _bounded(entry.contact, MAX_CONTACT, "contact"),
    }


def _name(typed: str) -> str:
    name = " ".join(clean(typed).split())
    if not name:
        raise BadInput("partner.name_missing", field="name")
    return _bounded(name, MAX_NAME, "name")


def _bounded(typed: str, limit: int, field: str) -> str:
    return not_longer(clean(typed), limit, field, "partner.too_long")


def _known(asked: Iterable[str], known: tuple[str, ...]) -> list[str]:
    chosen = set(asked)
    return [key for key in known if key in chosen]


def _update(
    store: Store,
    actor: Actor,
    partner_id: PartnerId,
    sets: str,
    record: dict[str, Any],
    *,
    version: int,
    now: datetime,
) -> None:
    def job(tx: Transaction) -> None:
        known = tx.execute("select version from partner where id = $id", {"id": partner_id})
        if not known:
            raise NotFound("partner.not_found")
        if known[0][0] != version:
            raise Conflict("partner.changed_meanwhile")
        tx.execute(
            f"update partner set {sets}, version = version + 1, changed_at = $now where id = $id",  # noqa: S608
            {**record, "id": partner_id, "now": trail.utc(now)},
        )
        # Which parts, not what they said: a contact is not kept in the trail
        told = {"changed": sorted(record)} if "active" not in record else record
        trail.note(tx, actor, Act.PARTNER_WRITE, "partner", partner_id, now=now, details=told)

    store.write(job)


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts, params = ["true" if wanted.inactive else "active"], {}
    if wanted.kind:
        parts.append("kind = any($kind)")
        params["kind"] = list(wanted.kind)
    for name, column, known in (
        ("field", "fields", FIELDS),
        ("language", "languages", LANGUAGES),
    ):
        asked = _known(getattr(wanted, name), known)
        if asked:  # only known keys: each stands in the JSON list as it is written here
            parts.append("(" + " or ".join(f"{column} like '%\"{key}\"%'" for key in asked) + ")")
    if wanted.box:
        parts.append("lon between $west and $east and lat between $south and $north")
        params |= wanted.box._asdict()
    return " and ".join(parts), params


def _searched(partner: Partner) -> str:
    return places.fold(f"{partner.name} {partner.about} {partner.place}")


def _load(actor: Actor, rows: Iterable[dict[str, Any]]) -> list[Partner]:
    found = [_partner(row) for row in rows]
    if rules.may(actor, Act.PARTNER_WRITE):
        return found
    return [replace(one, contact="") for one in found]


def _partner(row: dict[str, Any]) -> Partner:
    at = LonLat(row.pop("lon"), row.pop("lat"))
    return Partner(
        **{
            **row,
            "kind": PartnerKind(row["kind"]),
            "fields": tuple(json.loads(row["fields"])),
            "languages": tuple(json.loads(row["languages"])),
            "place": places.decode(row["place"]),
            "created_at": row["created_at"].replace(tzinfo=UTC),
            "changed_at": row["changed_at"].replace(tzinfo=UTC),
        },
        at=at,
    )
