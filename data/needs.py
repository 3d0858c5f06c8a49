"""Needs: pins about one concern, named by the office and handed on to those who can help."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from data import followers, pins, rules, trail
from data.authorities import AUTHORITIES
from data.fields import FIELDS
from data.filters import Filter
from data.followers import FREE as FREE
from data.followers import OPEN_FOR_PINS as OPEN_FOR_PINS
from data.followers import NeedId, NeedStatus
from data.pins import Pin, Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import clean
from geo.places import fold
from geo.points import LonLat

MAX_TITLE = 200
MAX_SENTENCE = 1000
MAX_PINS = 100_000
WHO = ("one", "several", "third", "institution")  # as on the boards of a meeting


class Priority(StrEnum):
    """When something should happen, as on the boards of a meeting."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Need:
    """A need for action. It may be left without pins when their senders withdraw them."""

    id: NeedId
    number: int
    title: str
    field: str
    priority: Priority
    status: NeedStatus
    authority: str  # a key of `data.authorities`, '' = not handed on
    public_sentence: str
    why: Mapping[str, Any]  # what the suggestion said when it was accepted; {} without one
    demo: bool
    version: int
    created_at: datetime
    changed_at: datetime
    pins: int
    at: LonLat | None  # the middle of its pins; None without any
    climate: bool = False
    who: str = ""  # who is needed: '' or one of WHO
    responsible: str = ""  # a key of `data.authorities`, '' = open
    answer_on: date | None = None  # the next answer; None = as its pins were promised
    gone: str = ""  # '' = here, 'undone', or the id of the need it was merged into


SELECT = (
    "select id, number, title, field, priority, status, authority, public_sentence, why, demo, "
    "version, created_at, changed_at, climate, who, responsible, answer_on, gone, coalesce(behind.pins, 0) as pins, behind.lon, behind.lat "
    "from need left join (select need_id, count(*) as pins, avg(lon) as lon, avg(lat) as lat "
    "from pin where need_id is not null group by need_id) as behind on behind.need_id = need.id"
)


COUNT = "select {0}, count(*) from need where gone = '' group by {0} order by {0}"


def create(
    store: Store,
    actor: Actor,
    *,
    need_id: NeedId,
    title: str,
    field: str,
    priority: str,
    pin_ids: Collection[PinId],
    now: datetime,
    why: Mapping[str, Any] | None = None,
    demo: bool = False,
) -> Need:
    """Make a need of released pins; one already made under its id stays as it is.

    Raises Conflict when a pin is not public (any more) or is part of another need.
    """
    rules.check(actor, Act.NEED_WRITE)
    record = {"id": need_id, **checked(title=title, field=field, priority=priority)}
    record |= {"why": json.dumps(why or {}, ensure_ascii=False), "demo": demo}
    wanted = _some(pin_ids)

    def job(tx: Transaction) -> None:
        made = tx.execute(
            "insert into need (id, number, title, field, priority, status, authority, "
            "public_sentence, why, demo, version, created_at, changed_at, climate, who, "
            "responsible, gone) "
            "select $id, (select coalesce(max(number), 0) + 1 from need), "
            "$title, $field, $priority, 'open', '', '', $why, $demo, 1, $now, $now, "
            "false, '', '', '' "
            "on conflict (id) do nothing returning number",
            {**record, "now": trail.utc(now)},
        )
        if made:
            trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now)
            followers.take(tx, actor, need_id, wanted, now=now)

    store.write(job)
    return get(store, actor, need_id)


def change(
    store: Store,
    actor: Actor,
    need_id: NeedId,
    *,
    version: int,
    now: datetime,
    title: str | None = None,
    field: str | None = None,
    priority: str | None = None,
) -> Need:
    """Change a need as it was at a version; Conflict when somebody else changed it meanwhile."""
    rules.check(actor, Act.NEED_WRITE)
    before = get(store, actor, need_id)
    after = checked(
        title=before.title if title is None else title,
        field=before.field if field is None else field,
        priority=before.priority if priority is None else priority,
    )
    was = {name: getattr(before, name) for name in after if getattr(before, name) != after[name]}

    def job(tx: Transaction) -> None:
        sets = "title = $title, field = $field, priority = $priority"
        followers.update(tx, need_id, version, sets, after, now=now)
        details = {"was": was}
        trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=details)

    store.write(job)
    return get(store, actor, need_id)


def add_pins(
    store: Store, actor: Actor, need_id: NeedId, *, pin_ids: Collection[PinId], now: datetime
) -> Need:
    """Take more released pins into a need; they go the way that it has gone already."""
    rules.check(actor, Act.NEED_WRITE)
    wanted = _some(pin_ids)
    store.write(lambda tx: followers.take(tx, actor, need_id, wanted, now=now))
    return get(store, actor, need_id)


def remove_pins(
    store: Store, actor: Actor, need_id: NeedId, *, pin_ids: Collection[PinId], now: datetime
) -> Need:
    """Take pins out of a need again; they are single released pins as before."""
    rules.check(actor, Act.NEED_WRITE)
    wanted = _some(pin_ids)

    def job(tx: Transaction) -> None:
        row = followers.row_of(tx, need_id)
        freed = tx.execute(
            "update pin set status = 'read', need_id = null, changed_at = $now "
            "where id = any($ids) and need_id = $need returning id",
            {"ids": wanted, "need": need_id, "now": trail.utc(now)},
        )
        if len(freed) != len(wanted):
            raise Conflict("need.pin_not_here")
        told = {"need": row["number"], "title": row["title"]}
        trail.note_many(
            tx, actor, Act.NEED_WRITE, "pin", wanted, now=now, step="ungrouped", details=told
        )
        followers.touch(tx, need_id, now=now)

    store.write(job)
    return get(store, actor, need_id)


def forward(
    store: Store,
    actor: Actor,
    need_id: NeedId,
    *,
    authority: str,
    sentence: str,
    version: int,
    now: datetime,
) -> Need:
    """Hand a need on to an authority and tell so, in one public sentence, at each of its pins.

    It may be handed on again, to somebody else; not once it is in a project or closed.
    """
    rules.check(actor, Act.NEED_HAND_ON)
    told = handed_on(authority, sentence)
    store.write(lambda tx: forward_in(tx, actor, need_id, told, version=version, now=now))
    return get(store, actor, need_id)


def handed_on(authority: str, sentence: str) -> dict[str, str]:
    """Return what is told when a need is handed on, or refuse it with BadInput."""
    return {"authority": _authority(authority), "sentence": _sentence(sentence)}


def forward_in(
    tx: Transaction,
    actor: Actor,
    need_id: NeedId,
    told: Mapping[str, str],
    *,
    version: int,
    now: datetime,
) -> None:
    """Hand a need on inside a write, as its letter is sent (data.routes) or without one."""
    row = followers.row_of(tx, need_id)
    if row["status"] not in (NeedStatus.OPEN, NeedStatus.FORWARDED):
        raise Conflict("need.moved_on")
    sets = "status = 'forwarded', authority = $authority, public_sentence = $sentence"
    followers.update(tx, need_id, version, sets, told, now=now)
    trail.note(tx, actor, Act.NEED_HAND_ON, "need", need_id, now=now, details=told)
    followers.follow(tx, actor, need_id, Status.FORWARDED, "forwarded", told, now=now)


def get(store: Store, actor: Actor, need_id: NeedId) -> Need:
    """Load one need; NotFound when there is none."""
    rules.check(actor, Act.NEED_READ)
    found = _load(store.rows(f"{SELECT} where need.id = $id", {"id": need_id}))
    if not found:
        raise NotFound("need.not_found")
    return found[0]


def listing(
    store: Store,
    actor: Actor,
    *,
    field: Sequence[str] = (),
    priority: Sequence[str] = (),
    status: Sequence[str] = (),
    text: str = "",
) -> list[Need]:
    """List the needs under a filter (empty means all), the most urgent and newest first."""
    rules.check(actor, Act.NEED_READ)
    given = {"field": field, "priority": priority, "status": status}
    params = {name: list(values) for name, values in given.items() if values}
    where = " and ".join(["need.gone = ''", *(f"need.{name} = any(${name})" for name in params)])
    order = "case priority when 'now' then 1 when 'soon' then 2 else 3 end, number desc"
    found = _load(store.rows(f"{SELECT} where {where} order by {order}", params or None))
    asked = fold(text).split()
    return [need for need in found if all(word in fold(need.title) for word in asked)]


def counts(store: Store, actor: Actor) -> dict[str, dict[str, int]]:
    """Count the needs by status, by priority and by field."""
    rules.check(actor, Act.NEED_READ)
    return {name: dict(store.read(COUNT.format(name))) for name in ("status", "priority", "field")}


def pins_of(store: Store, actor: Actor, need_id: NeedId) -> list[Pin]:
    """List a need's pins, newest first, as far as the actor may see them."""
    rules.check(actor, Act.NEED_READ)
    return pins.listing(store, actor, Filter(need=need_id), limit=MAX_PINS)


# --- inside -----------------------------------------------------------------


def checked(*, title: str, field: str, priority: str) -> dict[str, str]:
    """Return what can be stored, or refuse it with BadInput."""
    if field not in FIELDS:
        raise BadInput("need.field_missing", field="field")
    if priority not in set(Priority):
        raise BadInput("need.priority_missing", field="priority")
    return {"title": checked_title(title), "field": field, "priority": priority}


def checked_title(title: str) -> str:
    """Return a title on one line, or refuse it with BadInput."""
    line = " ".join(clean(title).split())
    if not line:
        raise BadInput("title.missing", field="title")
    if len(line) > MAX_TITLE:
        raise BadInput("title.too_long", field="title", limit=MAX_TITLE, length=len(line))
    return line


def _authority(key: str) -> str:
    if key not in AUTHORITIES:
        raise BadInput("authority.unknown", field="authority")
    return key


def _sentence(words: str) -> str:
    sentence = clean(words)
    if not sentence:
        raise BadInput("need.sentence_missing", field="sentence")
    if len(sentence) > MAX_SENTENCE:
        limits = {"limit": MAX_SENTENCE, "length": len(sentence)}
        raise BadInput("need.sentence_too_long", field="sentence", **limits)
    return sentence


def _some(pin_ids: Collection[PinId]) -> list[PinId]:
    if not pin_ids:
        raise BadInput("need.pins_missing", field="pins")
    return sorted(set(pin_ids))


def _load(rows: Sequence[dict[str, Any]]) -> list[Need]:
    return [_need(row) for row in rows]


def _need(row: dict[str, Any]) -> Need:
    lon, lat = row.pop("lon"), row.pop("lat")
    return Need(
        **{
            **row,
            "priority": Priority(row["priority"]),
            "status": NeedStatus(row["status"]),
            "why": json.loads(row["why"]),
            "created_at": row["created_at"].replace(tzinfo=UTC),
            "changed_at": row["changed_at"].replace(tzinfo=UTC),
        },
        at=None if lon is None else LonLat(lon, lat),
    )
