"""Needs: pins about one concern, named by the office and handed on to those who can help."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import followers, need_fields, pins, rules, trail, undo
from data.filters import Filter
from data.followers import FREE as FREE
from data.followers import OPEN_FOR_PINS as OPEN_FOR_PINS
from data.followers import NeedId, NeedStatus
from data.need_fields import MAX_SENTENCE as MAX_SENTENCE
from data.need_fields import MAX_TITLE as MAX_TITLE
from data.need_fields import WHO as WHO
from data.need_fields import Priority as Priority
from data.need_fields import checked_title as checked_title
from data.pins import Pin, Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo.places import fold
from geo.points import LonLat

MAX_PINS = 100_000


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
    ending: str = ""  # what was told when it was closed without a project
    gone: str = ""  # '' = here, 'undone', or the id of the need it was merged into


SELECT = (
    "select id, number, title, field, priority, status, authority, public_sentence, why, demo, "
    "version, created_at, changed_at, climate, who, responsible, answer_on, ending, gone, "
    "coalesce(behind.pins, 0) as pins, behind.lon, behind.lat "
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
    climate: bool = False,
) -> Need:
    """Make a need of released pins; one already made under its id stays as it is.

    Raises Conflict when a pin is not public (any more) or is part of another need, or when its
    making was undone: made again it gets an id of its own.
    """
    rules.check(actor, Act.NEED_WRITE)
    named = need_fields.named(title=title, field=field, priority=priority)
    record = {"id": need_id, **named, "climate": climate}
    record |= {"why": json.dumps(why or {}, ensure_ascii=False), "demo": demo}
    wanted = some(pin_ids)

    def job(tx: Transaction) -> None:
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "create", pin_ids=wanted, need_ids=[need_id], now=now
        ):
            if insert(tx, record, now=now):
                trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now)
                followers.take(tx, actor, need_id, wanted, now=now)

    store.write(job)
    return _here(store, actor, need_id)


def insert(tx: Transaction, record: Mapping[str, Any], *, now: datetime) -> bool:
    """Store a new open need inside a write; False when there is one of its id already."""
    made = tx.execute(
        "insert into need (id, number, title, field, priority, status, authority, "
        "public_sentence, why, demo, version, created_at, changed_at, climate, who, "
        "responsible, ending, gone) "
        "select $id, (select coalesce(max(number), 0) + 1 from need), "
        "$title, $field, $priority, 'open', '', '', $why, $demo, 1, $now, $now, "
        "$climate, '', '', '', '' "
        "on conflict (id) do nothing returning number",
        {**record, "now": trail.utc(now)},
    )
    return bool(made)


def change(
    store: Store, actor: Actor, need_id: NeedId, *, version: int, now: datetime, **changes: Any
) -> Need:
    """Change a need as it was at a version; Conflict when somebody else changed it meanwhile.

    What may be changed: title, field, priority, climate, who, responsible, answer_on.
    """
    rules.check(actor, Act.NEED_WRITE)
    before = get(store, actor, need_id)
    new = {name: getattr(before, name) for name in need_fields.CHANGEABLE} | changes
    after = need_fields.checked(new, before.answer_on, now=now)
    was = {name: getattr(before, name) for name in after if getattr(before, name) != after[name]}

    def job(tx: Transaction) -> None:
        with undo.recorded(tx, actor, Act.NEED_WRITE, "change", need_ids=[need_id], now=now):
            if "answer_on" in was and after["answer_on"]:
                _check_promise(tx, need_id, after["answer_on"])
            sets = ", ".join(f"{name} = ${name}" for name in after)
            followers.update(tx, need_id, version, sets, after, now=now)
            details = {"was": {name: need_fields.plain(value) for name, value in was.items()}}
            trail.note(tx, actor, Act.NEED_WRITE, "need", need_id, now=now, details=details)

    store.write(job)
    return get(store, actor, need_id)


def add_pins(
    store: Store, actor: Actor, need_id: NeedId, *, pin_ids: Collection[PinId], now: datetime
) -> Need:
    """Take more released pins into a need; they go the way that it has gone already."""
    rules.check(actor, Act.NEED_WRITE)
    wanted = some(pin_ids)

    def job(tx: Transaction) -> None:
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "add", pin_ids=wanted, details={"into": need_id}, now=now
        ):
            followers.take(tx, actor, need_id, wanted, now=now)

    store.write(job)
    return get(store, actor, need_id)


def remove_pins(
    store: Store, actor: Actor, need_id: NeedId, *, pin_ids: Collection[PinId], now: datetime
) -> Need:
    """Take pins out of a need again; they are single released pins as before."""
    rules.check(actor, Act.NEED_WRITE)
    wanted = some(pin_ids)

    def job(tx: Transaction) -> None:
        details = {"out_of": need_id}
        with undo.recorded(
            tx, actor, Act.NEED_WRITE, "remove", pin_ids=wanted, details=details, now=now
        ):
            followers.let_go(tx, actor, need_id, wanted, now=now)

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

    def job(tx: Transaction) -> None:
        behind = followers.pins_in(tx, [need_id])
        with undo.recorded(
            tx, actor, Act.NEED_HAND_ON, "forward", pin_ids=behind, need_ids=[need_id], now=now
        ):
            forward_in(tx, actor, need_id, told, version=version, now=now)

    store.write(job)
    return get(store, actor, need_id)


def handed_on(authority: str, sentence: str) -> dict[str, str]:
    """Return what is told when a need is handed on, or refuse it with BadInput."""
    known = need_fields.authority(authority)
    return {"authority": known, "sentence": need_fields.sentence(sentence)}


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


def some(pin_ids: Collection[PinId]) -> list[PinId]:
    """Return pin ids without doubles; BadInput when there is none."""
    if not pin_ids:
        raise BadInput("need.pins_missing", field="pins")
    return sorted(set(pin_ids))


def _check_promise(tx: Transaction, need_id: str, day: date) -> None:
    """Refuse with BadInput a day after the one that waiting senders were promised.

    To put it off takes a reason that they are told, see `data.promises`.
    """
    [(promised,)] = tx.execute(
        "select min(coalesce(need.answer_on, answer_due)) from pin "
        "join need on need.id = need_id where need_id = $id and answered_at is null",
        {"id": need_id},
    )
    if promised and day > promised:
        raise BadInput("need.day_later", field="answer_on")


def _here(store: Store, actor: Actor, need_id: NeedId) -> Need:
    need = get(store, actor, need_id)
    if need.gone:
        raise Conflict("need.gone")
    return need


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
