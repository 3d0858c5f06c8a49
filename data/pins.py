"""Pins: what residents said about a place, from the tap to its release."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from data import filters, quotes, receipts, rules, settings, trail, undo
from data.fields import FIELDS, KNOWN
from data.filters import Filter, local_day
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, MeetingId, PinId, Role
from data.store import Store, Transaction
from data.texts import clean, lang_of
from geo import grid, places
from geo.area import Area, contains, in_box
from geo.points import LonLat, is_place

MAX_WORDS = 1000
MAX_TYPED = 20 * MAX_WORDS  # beyond it nothing is cleaned first: a megabyte takes half a second


class Kind(StrEnum):
    """What a pin says about its place."""

    STRENGTH = "strength"
    PROBLEM = "problem"
    IDEA = "idea"


class Status(StrEnum):
    """Where a pin stands (docs/architecture.md shows the way through them)."""

    WAITING = "waiting"  # for the office to read it
    HIDDEN = "hidden"
    NEW = "new"  # public, not yet read by the office
    READ = "read"  # public, read by the office
    GROUPED = "grouped"  # part of a need
    FORWARDED = "forwarded"  # its need was passed on to an authority
    IN_PROJECT = "in_project"
    DONE = "done"
    NOT_FEASIBLE = "not_feasible"
    WITHDRAWN = "withdrawn"


PUBLIC = frozenset(Status) - {Status.WAITING, Status.HIDDEN, Status.WITHDRAWN}
RELEASABLE = frozenset({Status.WAITING, Status.NEW, Status.HIDDEN})
UNREAD = (Status.WAITING, Status.NEW)  # what the office has read is the office's
HIDEABLE = PUBLIC | {Status.WAITING}
# Public steps that tell the sender what comes of it. That somebody has read it is no answer.
ANSWERS = frozenset(
    {"answered", "forwarded", "project", "done", "not_feasible"}
    | {"route_answered", "route_done", "route_refused"}
)
HIDE_REASONS = ("personal_data", "insult", "spam", "duplicate", "not_here", "other")


@dataclass(frozen=True)
class Draft:
    """A pin before it is saved; its id is the pin's id, so that saving twice is one pin."""

    id: PinId
    kind: str
    words: str
    at: LonLat
    field: str = ""
    climate: bool = False
    lang: str = "de"  # the screen's language: a hint for the language of the text
    source: str = "web"
    origin: str = ""
    created_at: datetime | None = None  # when it was said, if not now
    code: str = ""  # the receipt code; '' = nobody gets one
    released: bool = False  # only staff may ask for it
    meeting: MeetingId | None = None  # where it is said


@dataclass(frozen=True)
class Pin:
    """A stored pin. Times are UTC."""

    id: PinId
    number: int
    kind: Kind
    field: str
    climate: bool
    words: str
    lang: str
    at: LonLat
    place: places.PlaceWords
    inside: bool
    source: str
    status: Status
    need_id: str | None
    demo: bool
    created_at: datetime
    changed_at: datetime
    meeting_id: MeetingId | None = None
    answer_due: date | None = None  # by when an answer was promised; None until it is released
    answered_at: datetime | None = None  # when the first answer was given


@dataclass(frozen=True)
class Saved:
    """What became of drafts: ids newly stored, and ids that were there already."""

    stored: tuple[PinId, ...] = ()
    already: tuple[PinId, ...] = field(default=())


COLUMNS = (
    "id, number, kind, field, climate, words, lang, lon, lat, place, inside, source, status, "
    "need_id, demo, created_at, changed_at, meeting_id, answer_due, answered_at"
)
WORDLESS = "children"  # the source of pins that need no words


def check(area: Area, draft: Draft) -> Draft:
    """Return the draft as it would be stored (words cleaned), or refuse it with BadInput."""
    if draft.kind not in list(Kind):
        raise BadInput("pin.kind_unknown", field="kind")
    if draft.field and draft.field not in KNOWN:
        raise BadInput("pin.field_unknown", field="field")
    if not is_place(draft.at.lon, draft.at.lat):
        raise BadInput("pin.place_unreadable", field="place")
    if not in_box(area, draft.at):
        raise BadInput("pin.place_outside", field="place", area=area.title)
    if isinstance(draft.words, str) and len(draft.words) > MAX_TYPED:
        raise _too_long(len(draft.words))
    words = clean(draft.words)
    if not words and draft.source != WORDLESS:
        raise BadInput("pin.words_missing", field="words")
    if len(words) > MAX_WORDS:
        raise _too_long(len(words))
    return replace(draft, words=words)


def add(
    store: Store, actor: Actor, area: Area, drafts: Sequence[Draft], *, now: datetime, demo=False
) -> Saved:
    """Store drafts as pins; one already stored under its id stays as it is.

    Raises BadInput for the first draft that cannot be taken; then none is stored.
    """
    rules.check(actor, Act.PIN_ADD)
    if demo or any(draft.origin or draft.released for draft in drafts):
        rules.check(actor, Act.PIN_IMPORT)
    _check_meeting(actor, drafts)
    checked = [check(area, draft) for draft in drafts]
    status = Status.NEW if settings.moderation(store) == "at_once" else Status.WAITING
    due = due_from(store, now)
    records = [
        _record(area, draft, status=status, due=due, now=now, demo=demo) for draft in checked
    ]
    return store.write(lambda tx: _insert(tx, actor, checked, records, now=now))


def get(store: Store, actor: Actor, pin_id: PinId) -> Pin:
    """Load one pin that the actor may see; NotFound otherwise."""
    found = _load(store.rows(f"select {COLUMNS} from pin where id = $id", {"id": pin_id}))  # noqa: S608
    if found and _may_see(actor, found[0]):
        return found[0]
    raise NotFound("pin.not_found")


def by_ids(store: Store, actor: Actor, pin_ids: Iterable[PinId]) -> list[Pin]:
    """Load the pins of these ids that the actor may see, newest first; others are left out."""
    order = "order by created_at desc, number desc"
    sql = f"select {COLUMNS} from pin where id = any($ids) {order}"  # noqa: S608
    found = _load(store.rows(sql, {"ids": list(pin_ids)}))
    return [pin for pin in found if _may_see(actor, pin)]


def at_meeting(
    store: Store, actor: Actor, meeting_id: MeetingId, pin_ids: Iterable[PinId]
) -> list[Pin]:
    """Load a meeting's pins, also waiting ones, for who leads it; others are left out."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    sql = f"select {COLUMNS} from pin where id = any($ids) and meeting_id = $meeting"  # noqa: S608
    return _load(store.rows(sql, {"ids": list(pin_ids), "meeting": meeting_id}))


def listing(
    store: Store,
    actor: Actor,
    wanted: Filter,
    *,
    own: Iterable[PinId] = (),
    limit: int = 50,
    offset: int = 0,
) -> list[Pin]:
    """List the pins under a filter that the actor may see, newest first."""
    where, params = filters.where(wanted, scope(actor, own))
    sql = f"select {COLUMNS} from pin where {where} order by created_at desc, number desc"  # noqa: S608
    page = {"limit": limit, "offset": offset}
    return _load(store.rows(f"{sql} limit $limit offset $offset", {**params, **page}))


def count(store: Store, actor: Actor, wanted: Filter, *, own: Iterable[PinId] = ()) -> int:
    """Count the pins under a filter that the actor may see."""
    where, params = filters.where(wanted, scope(actor, own))
    return store.read(f"select count(*) from pin where {where}", params)[0][0]  # noqa: S608


def scope(actor: Actor, own: Iterable[PinId] = ()) -> filters.Scope:
    """Say which pins the actor may see: all but withdrawn ones, or the public and the own ones."""
    if rules.may(actor, Act.PIN_READ_ALL):
        return filters.Scope(hidden=(Status.WITHDRAWN,), flags=True)
    rules.check(actor, Act.PIN_READ)
    return filters.Scope(hidden=tuple(sorted(set(Status) - PUBLIC)), ids=tuple(own))


def release(
    store: Store,
    actor: Actor,
    pin_ids: Sequence[PinId],
    *,
    now: datetime,
    note: str = "",
    seen: str = "",
) -> None:
    """Make waiting, new or hidden pins public as read by the office.

    Raises Conflict when one of them stands elsewhere by now: than it may, or than `seen`, the
    status in which they were looked at.
    """
    rules.check(actor, Act.PIN_REVIEW)
    details = {"note": clean(note)}
    before = RELEASABLE & {seen} if seen else RELEASABLE
    _review(store, actor, pin_ids, before, Status.READ, step="released", details=details, now=now)


def hide(
    store: Store,
    actor: Actor,
    pin_ids: Sequence[PinId],
    *,
    reason: str,
    now: datetime,
    note: str = "",
    seen: str = "",
) -> None:
    """Take pins out of the public's sight for a reason; the original stays for the office.

    A pin that stood in a need leaves it: what nobody may read can be no voice for it. Raises
    Conflict as `release` does.
    """
    rules.check(actor, Act.PIN_REVIEW)
    if reason not in HIDE_REASONS:
        raise BadInput("pin.reason_missing", field="reason")
    details = {"reason": reason, "note": clean(note)}
    before = HIDEABLE & {seen} if seen else HIDEABLE
    _review(store, actor, pin_ids, before, Status.HIDDEN, step="hidden", details=details, now=now)


def due_from(store: Store, now: datetime) -> date:
    """Tell by which day a pin that is released now is promised an answer."""
    return local_day(now) + timedelta(days=settings.promise_days(store))


def tag(
    store: Store,
    actor: Actor,
    pin_ids: Sequence[PinId],
    *,
    now: datetime,
    field: str | None = None,
    climate: bool | None = None,
) -> None:
    """Set the field of action, or whether pins are about the climate, as the office sees it."""
    rules.check(actor, Act.PIN_REVIEW)
    if field is not None and field not in ("", *FIELDS):
        raise BadInput("pin.field_unknown", field="field")
    given = {"field": field, "climate": climate}
    sets = {name: value for name, value in given.items() if value is not None}
    if not sets:
        return

    def job(tx: Transaction) -> None:
        with undo.recorded(tx, actor, Act.PIN_REVIEW, "tag", pin_ids=pin_ids, now=now):
            columns = ", ".join(f"{name} = ${name}" for name in sets)
            done = tx.execute(
                f"update pin set {columns}, changed_at = $now "  # noqa: S608
                "where id = any($ids) and status <> 'withdrawn' returning id",
                {**sets, "ids": list(pin_ids), "now": trail.utc(now)},
            )
            if len(done) != len(set(pin_ids)):
                raise Conflict("pin.moved_on")
            trail.note_many(tx, actor, Act.PIN_REVIEW, "pin", pin_ids, now=now, details=sets)

    store.write(job)


def withdraw(store: Store, actor: Actor, *, now: datetime) -> None:
    """Take the sender's own pin back; its words are erased, its way stays."""
    rules.check(actor, Act.PIN_WITHDRAW)
    pin_id = actor.pin
    if pin_id is None:
        raise NotFound("pin.not_found")

    def job(tx: Transaction) -> None:
        erase(tx, pin_id, now=now)
        trail.note(tx, actor, Act.PIN_WITHDRAW, "pin", pin_id, now=now, step="withdrawn")

    store.write(job)


def erase(tx: Transaction, pin_id: PinId, *, now: datetime) -> None:
    """Take a pin back inside a write: its words are erased, also where the trail kept them."""
    move(tx, pin_id, set(Status) - {Status.WITHDRAWN}, Status.WITHDRAWN, now=now)
    tx.execute(
        "update pin set words = '', folded = '', need_id = null where id = $id", {"id": pin_id}
    )
    for table in ("photo", "redaction", "translation", "better"):
        tx.execute(f"delete from {table} where pin_id = $id", {"id": pin_id})  # noqa: S608
    tx.execute("delete from answer where thing = 'pin' and thing_id = $id", {"id": pin_id})
    quotes.erase(tx, pin_id)
    trail.erase_before(tx, "pin", pin_id)


def by_receipt(store: Store, code: str) -> Actor:
    """Turn a receipt code into the sender of its pin; NotFound for a wrong one."""
    found = store.read(
        "select pin_id from receipt where code_hash = $hash", {"hash": receipts.hashed(code)}
    )
    if not found:
        raise NotFound("receipt.unknown")
    return Actor(Role.SENDER, pin=PinId(found[0][0]))


def follow(store: Store, actor: Actor) -> tuple[Pin, list[trail.Step]]:
    """Load the sender's own pin and its public way, oldest step first."""
    rules.check(actor, Act.PIN_FOLLOW)
    if actor.pin is None:
        raise NotFound("pin.not_found")
    return get(store, actor, actor.pin), trail.steps(store, "pin", actor.pin)


def move(
    tx: Transaction, pin_id: PinId, before: Iterable[Status], after: Status, *, now: datetime
) -> None:
    """Change a pin's status inside a write; Conflict when it stands elsewhere by now."""
    moved = tx.execute(
        "update pin set status = $after, changed_at = $now "
        "where id = $id and status = any($before) returning id",
        {"id": pin_id, "before": sorted(before), "after": after, "now": trail.utc(now)},
    )
    if not moved:
        raise Conflict("pin.moved_on")


# --- inside -----------------------------------------------------------------


def _check_meeting(actor: Actor, drafts: Sequence[Draft]) -> None:
    """Refuse what is said for a meeting by somebody who is not there."""
    for draft in drafts:
        if draft.meeting:
            rules.check_meeting(actor, Act.MEETING_ATTEND, draft.meeting)
        elif draft.source == WORDLESS:
            raise BadInput("pin.words_missing", field="words")


def _too_long(length: int) -> BadInput:
    return BadInput("pin.words_too_long", field="words", limit=MAX_WORDS, length=length)


def _review(
    store: Store,
    actor: Actor,
    pin_ids: Sequence[PinId],
    before: Iterable[Status],
    after: Status,
    *,
    step: str,
    details: Mapping[str, str],
    now: datetime,
) -> None:
    rules.check(actor, Act.PIN_REVIEW)
    due = due_from(store, now)
    what = "hide" if after == Status.HIDDEN else "release"

    def job(tx: Transaction) -> None:
        with undo.recorded(tx, actor, Act.PIN_REVIEW, what, pin_ids=pin_ids, now=now):
            moved = tx.execute(
                "update pin set status = $after, changed_at = $now, need_id = null, "
                "answer_due = case when $public then coalesce(answer_due, $due) "
                "else answer_due end where id = any($ids) and status = any($before) returning id",
                {
                    "ids": list(pin_ids),
                    "before": sorted(before),
                    "after": after,
                    "now": trail.utc(now),
                    "public": after in PUBLIC,
                    "due": due,
                },
            )
            if len(moved) != len(set(pin_ids)):
                raise Conflict("pin.moved_on")
            trail.note_many(
                tx, actor, Act.PIN_REVIEW, "pin", pin_ids, now=now, step=step, details=details
            )

    store.write(job)


def _record(
    area: Area, draft: Draft, *, status: Status, due: date, now: datetime, demo: bool
) -> dict[str, Any]:
    place = places.in_words(area, draft.at)
    mx, my = grid.cell(draft.at)
    said = trail.utc(draft.created_at or now)
    stands = Status.READ if draft.released else status
    return {
        "id": draft.id,
        "kind": draft.kind,
        "field": draft.field,
        "climate": draft.climate,
        "words": draft.words,
        "folded": places.fold(f"{draft.words} {place}"),
        "lang": lang_of(draft.words, draft.lang),
        "lon": draft.at.lon,
        "lat": draft.at.lat,
        "mx": mx,
        "my": my,
        "place": place.encode(),
        "inside": contains(area, draft.at),
        "source": draft.source,
        "origin": draft.origin,
        "status": stands,
        "answer_due": due if stands in PUBLIC else None,
        "demo": demo,
        "created_at": said,
        "meeting_id": draft.meeting,
    }


_TYPES = {
    "climate": "boolean",
    "lon": "double precision",
    "lat": "double precision",
    "mx": "integer",
    "my": "integer",
    "inside": "boolean",
    "demo": "boolean",
    "created_at": "timestamp",
    "answer_due": "date",
}


def _insert(
    tx: Transaction,
    actor: Actor,
    drafts: Sequence[Draft],
    records: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> Saved:
    if not records:
        return Saved()
    last = tx.execute("select coalesce(max(number), 0) from pin")[0][0]
    names = list(records[0])
    columns = {name: [record[name] for record in records] for name in names}
    lists = ", ".join(
        f"unnest(${name}::{_TYPES.get(name, 'varchar')}[]) as {name}" for name in names
    )
    stored = tx.execute(
        f"insert into pin ({', '.join(names)}, number, changed_at) "  # noqa: S608
        f"select {', '.join(names)}, $last + row, $now from "
        f"(select {lists}, unnest($rows::integer[]) as row) as given "
        "on conflict (id) do nothing returning id",
        {**columns, "rows": list(range(1, len(records) + 1)), "last": last, "now": trail.utc(now)},
    )
    new = {PinId(row[0]) for row in stored}
    fresh = list({draft.id: draft for draft in reversed(drafts) if draft.id in new}.values())[::-1]
    for draft in fresh:
        if draft.code:
            tx.execute(
                "insert into receipt values ($hash, $id)",
                {"hash": receipts.hashed(draft.code), "id": draft.id},
            )
    _note_received(tx, actor, fresh, now=now)
    ids = [draft.id for draft in fresh]
    rest = Counter(draft.id for draft in drafts) - Counter(ids)
    return Saved(tuple(ids), tuple(rest.elements()))


def _note_received(tx: Transaction, actor: Actor, fresh: Sequence[Draft], *, now: datetime) -> None:
    for released, step in ((False, "received"), (True, "released")):
        ids = [draft.id for draft in fresh if draft.released == released]
        trail.note_many(tx, actor, Act.PIN_ADD, "pin", ids, now=now, step=step)


def _load(rows: Iterable[dict[str, Any]]) -> list[Pin]:
    return [
        Pin(
            **{
                name: row[name]
                for name in ("id", "number", "field", "climate", "words", "lang", "inside")
            },
            kind=Kind(row["kind"]),
            at=LonLat(row["lon"], row["lat"]),
            place=places.decode(row["place"]),
            source=row["source"],
            status=Status(row["status"]),
            need_id=row["need_id"],
            demo=row["demo"],
            created_at=row["created_at"].replace(tzinfo=UTC),
            changed_at=row["changed_at"].replace(tzinfo=UTC),
            meeting_id=row["meeting_id"],
            answer_due=row["answer_due"],
            answered_at=row["answered_at"] and row["answered_at"].replace(tzinfo=UTC),
        )
        for row in rows
    ]


def _may_see(actor: Actor, pin: Pin) -> bool:
    if rules.may(actor, Act.PIN_READ_ALL) or pin.id == actor.pin:
        return True
    return pin.status in PUBLIC and rules.may(actor, Act.PIN_READ)
