"""The office's work lists: what is new, pressing, overdue, alone, and how much of each there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

from data import filters, flags, pins, rules, trail
from data.filters import local_day
from data.pins import PUBLIC, UNREAD, Pin
from data.problems import BadInput
from data.promises import DUE, OPEN
from data.rules import Act, Actor, PinId
from data.store import Store
from data.to_check import WAITING
from geo.flags import RANK
from geo.flags_text import Flag

SOON = 7  # days ahead that an answer counts as due soon
ALONE = 14  # days after that of its release: a pin in no need, without an answer, is an orphan
MOST = 1000  # public pins of a list that are at hand at once; its count counts them all


class Worklist(StrEnum):
    """A list that is worked through one pin at a time; in the address as `?list=`."""

    NEW = "new"  # unread
    URGENT = "urgent"  # unread, speaks of danger
    FLAGGED = "flagged"  # unread, with any flag
    OVERDUE = "overdue"  # public, its answer was due before today
    DUE_SOON = "due_soon"
    ORPHANS = "orphans"


OF_UNREAD = (Worklist.NEW, Worklist.URGENT, Worklist.FLAGGED)
# counted here, worked through on pages of their own
ELSEWHERE = ("routes", "offers", "photos", "to_check", "feedback")
PAGES = {  # whose link in the navigation says which count
    "inbox": "new",
    "needs": "routes",
    "projects": "to_check",
    "answers": "overdue",
    "offers": "offers",
    "photos": "photos",
    "texts": "feedback",
}


@dataclass(frozen=True)
class Pile:
    """Unread pins that came together: from one meeting, or by one way. `ready` have no flag."""

    source: str
    meeting: str  # its id, '' = from none
    title: str
    number: int
    ready: tuple[PinId, ...]
    unlooked: int  # not looked at for flags yet: the next questions do that


def counts(store: Store, actor: Actor, *, now: datetime) -> Mapping[str, int]:
    """Count every work list, and what waits on other pages: offers, photos, receipts, reports.

    Asked at every rerun of every page of the office: answered from memory until something is
    stored or the day ends.
    """
    rules.check(actor, Act.PIN_REVIEW)
    today = local_day(now)
    revision = store.revision  # before reading: what is stored meanwhile is counted next time
    known = _counted.get(store)
    if known is None or known[:2] != (revision, today):
        known = (revision, today, _count(store, today))
        if store in _ranked:  # else some texts are still to be looked at
            _counted[store] = known
    return known[2]


def pins_of(
    store: Store,
    actor: Actor,
    name: str,
    *,
    now: datetime,
    limit: int = 50,
    offset: int = 0,
) -> list[Pin]:
    """List the pins of a work list: unread ones by how pressing, public ones the earliest first."""
    rules.check(actor, Act.PIN_REVIEW)
    ids = ids_of(store, actor, name, now=now)[offset : offset + limit]
    return [pins.get(store, actor, pin_id) for pin_id in ids]


def ids_of(store: Store, actor: Actor, name: str, *, now: datetime) -> Sequence[PinId]:
    """List the ids of a work list's pins in their order; BadInput for a list that is none."""
    rules.check(actor, Act.PIN_REVIEW)
    if name not in list(Worklist):
        raise BadInput("worklist.unknown", field="list")
    today = local_day(now)
    key = (store.revision, today)
    known = _listed.get(store)
    if known is None or known[0] != key:
        known = _listed[store] = (key, {})
    if name not in known[1]:
        if name in OF_UNREAD:
            return _unread(store, name)
        known[1][name] = _public(store, name, today)
    return known[1][name]


def due(store: Store, actor: Actor, pin: Pin) -> date | None:
    """Tell by which day a pin's answer was promised: its need's day, else its own."""
    rules.check(actor, Act.PIN_REVIEW)
    rows = store.read(
        f"select {DUE} from pin left join need on need.id = pin.need_id where pin.id = $id",  # noqa: S608
        {"id": pin.id},
    )
    return rows[0][0] if rows else None


def piles(store: Store, actor: Actor) -> list[Pile]:
    """Gather the unread pins by meeting or by the way they came, the largest pile first."""
    rules.check(actor, Act.PIN_REVIEW)
    rank = _ranks(store)
    told = store.read(
        "select pin.id, source, coalesce(meeting_id, ''), coalesce(meeting.title, '') from pin "
        "left join meeting on meeting.id = meeting_id where status = any($unread) "
        "order by pin.created_at, pin.number",
        {"unread": list(UNREAD)},
    )
    together: dict[tuple[str, str, str], list[PinId]] = {}
    for pin_id, source, meeting, title in told:
        key = ("", meeting, title) if meeting else (source, "", "")
        together.setdefault(key, []).append(PinId(pin_id))
    found = [_pile(key, ids, rank) for key, ids in together.items()]
    return sorted(found, key=lambda pile: (-pile.number, pile.title, pile.source))


def release_ready(
    store: Store, actor: Actor, pin_ids: Sequence[PinId], *, now: datetime
) -> list[PinId]:
    """Release those of a pile that nobody has handled since, in one deed; return their ids."""
    rules.check(actor, Act.PIN_REVIEW)
    rows = store.read(
        "select id from pin where id = any($ids) and status = any($unread) "
        "order by created_at, number",
        {"ids": list(pin_ids), "unread": list(UNREAD)},
    )
    ids = [PinId(row[0]) for row in rows]
    if ids:
        pins.release(store, actor, ids, now=now)
    return ids


# --- inside -----------------------------------------------------------------

_counted: WeakKeyDictionary[Store, tuple[int, date, Mapping[str, int]]] = WeakKeyDictionary()
_ranked: WeakKeyDictionary[Store, tuple[int, Mapping[PinId, int | None]]] = WeakKeyDictionary()
_listed: WeakKeyDictionary[Store, tuple[Any, dict[str, Sequence[PinId]]]] = WeakKeyDictionary()

# When a pin was released last: from then on somebody could have answered
_ALONE = (
    "pin.need_id is null and pin.status <> all($unread) and pin.created_at < $before "
    "and pin.id not in (select thing_id from trail where thing = 'pin' and step = 'released' "
    "and happened_at >= $before)"
)
_WHERE = {
    Worklist.OVERDUE: f"{DUE} < $today",
    Worklist.DUE_SOON: f"{DUE} between $today and $soon",
    Worklist.ORPHANS: _ALONE,
}
# What waits at the needs: time to ask an authority again, somebody for whom nothing is better
_TO_ASK = "(select count(*) from route where state in ('sent', 'answered') and remind_on <= $today)"
_NOT_BETTER = (
    "(select count(*) from better join pin on pin.id = better.pin_id where said = 'no' "
    "and handled_at is null and pin.status not in ('hidden', 'withdrawn'))"
)


def _params(today: date) -> dict[str, Any]:
    alone = today - timedelta(days=ALONE - 1)
    return {
        "public": sorted(PUBLIC),
        "unread": list(UNREAD),
        "today": today,
        "soon": today + timedelta(days=SOON),
        "before": trail.utc(datetime.combine(alone, time(), filters.BERLIN)),
    }


def _count(store: Store, today: date) -> Mapping[str, int]:
    sums = ", ".join(f"count(*) filter (where {where})" for where in _WHERE.values())
    numbers = store.read(
        f"select {sums}, (select count(*) from pin where status = any($unread)), "  # noqa: S608
        f"{_TO_ASK} + {_NOT_BETTER}, "
        "(select count(*) from offer where state = 'open'), "
        "(select count(*) from photo join pin on pin.id = photo.pin_id "
        "where photo.state = 'waiting' and pin.status not in ('hidden', 'withdrawn')), "
        f"(select count(*) from {WAITING}), (select count(*) from feedback where done_at is null) {OPEN}",
        _params(today),
    )[0]
    names = (*_WHERE, Worklist.NEW, *ELSEWHERE)
    unread = _ranks(store).values()
    return {
        **dict(zip(map(str, names), numbers, strict=True)),
        str(Worklist.FLAGGED): sum(rank < len(RANK) for rank in unread if rank is not None),
        str(Worklist.URGENT): sum(rank == RANK[Flag.DANGER] for rank in unread),
    }


def _ranks(store: Store) -> Mapping[PinId, int | None]:
    """Number how pressing each unread pin is, the oldest first; kept until something is stored.

    None is for one of a heap of new texts that was not looked at yet; the next question goes on.
    """
    revision = store.revision
    known = _ranked.get(store)
    if known is None or known[0] != revision:
        rows = flags.unread(store)
        ranks = dict(zip((PinId(row[0]) for row in rows), flags.ranks_of(store, rows), strict=True))
        known = (revision, ranks)
        if None not in ranks.values():
            _ranked[store] = known
    return known[1]


def _unread(store: Store, name: str) -> list[PinId]:
    last = len(RANK)
    ranks = {one: last if rank is None else rank for one, rank in _ranks(store).items()}
    wanted = {
        Worklist.NEW: range(last + 1),
        Worklist.FLAGGED: range(last),
        Worklist.URGENT: (RANK[Flag.DANGER],),
    }[Worklist(name)]
    return sorted((one for one in ranks if ranks[one] in wanted), key=ranks.__getitem__)


def _public(store: Store, name: str, today: date) -> list[PinId]:
    where = f"{OPEN} and {_WHERE[Worklist(name)]}"
    known = {part: value for part, value in _params(today).items() if f"${part}" in where}
    sql = f"select pin.id {where} order by {DUE}, pin.number limit {MOST}"
    rows = store.read(sql, known)
    return [PinId(row[0]) for row in rows]


def _pile(key: tuple[str, str, str], ids: list[PinId], rank: Mapping[PinId, int | None]) -> Pile:
    source, meeting, title = key
    ready = tuple(one for one in ids if rank.get(one) == len(RANK))
    return Pile(source, meeting, title, len(ids), ready, sum(rank.get(one) is None for one in ids))
