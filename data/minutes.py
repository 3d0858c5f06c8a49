"""The minutes of a sitting: read out of what happened in it, and out of nothing else.

Names stand at who was there and who stepped aside, never at a vote; why somebody stepped aside
is not in here.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from data import bodies, pots, sittings
from data.deciding import fold
from data.deciding_rules import Rules
from data.deciding_standing import (
    Count,
    Event,
    ItemId,
    ItemStanding,
    MemberId,
    Standing,
    State,
    What,
)
from data.filters import local_day
from data.problems import Conflict
from data.rules import Actor
from data.sittings import Item, Sitting
from data.store import Store

FINAL = frozenset({What.DECIDED, What.POSTPONED})


@dataclass(frozen=True)
class Attended:
    """Somebody who was there, with the spans (came, left or None), in UTC."""

    name: str  # '' = erased since
    resident: bool
    substitute: bool
    spans: tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True)
class Ballot:
    """A vote that was begun: when, and who counted for the item then."""

    at: datetime
    vote_id: str
    count: Count


@dataclass(frozen=True)
class Handled:
    """An item from its call to its end; after a reopening it may be handled twice. Sums in cents."""

    item: Item
    standing: ItemStanding
    asked: int | None  # None: no project
    begun_at: datetime
    ended_at: datetime | None  # None: neither decided nor postponed
    recused: tuple[str, ...]  # names
    sums: tuple[tuple[datetime, int], ...]  # set by the sitting, one after the other
    ballots: tuple[Ballot, ...]
    by_chair: bool  # a tie that who leads broke
    points: Mapping[ItemId, int]  # of a ranking


@dataclass(frozen=True)
class PotThen:
    """What a pot still held when the sitting was opened, and at its end; cents."""

    fund: str
    year: int
    before: int
    after: int


@dataclass(frozen=True)
class Minutes:
    """A sitting told from its events. Times are UTC."""

    sitting: Sitting
    body: str
    rules: Rules
    seats: int
    attended: tuple[Attended, ...]
    absent: tuple[str, ...]  # full members
    handled: tuple[Handled, ...]
    untouched: tuple[Item, ...]  # on the agenda, never called
    reopened: tuple[tuple[datetime, str], ...]  # when and why
    pots: tuple[PotThen, ...]
    draft: bool  # until it is closed
    last: int  # the last event
    last_at: datetime


def of(store: Store, actor: Actor, sitting_id: str) -> Minutes:
    """Read a sitting's minutes; Conflict before it was opened."""
    sitting = sittings.get(store, actor, sitting_id)
    happened = _events(store, sitting_id)
    opened = next((at for at, event in happened if event.what == What.OPENED), None)
    if opened is None:
        raise Conflict("minutes.not_opened")
    names = _names(store, sitting)
    standings = _standings(store, sitting, happened)
    end, seen = standings[-1], _attended(happened, standings, names)
    handled = _handled(store, sitting, happened, standings, names)
    called = {one.item.id for one in handled}
    last_at, last = happened[-1]
    return Minutes(
        sitting=replace(sitting, opened_at=opened),
        body=bodies.of(store, sitting.body).title,
        rules=end.rules,
        seats=end.count.seats,
        attended=tuple(seen.values()),
        absent=tuple(
            names.get(one.id, "")
            for one in end.seats.values()
            if not one.substitute and one.id not in seen
        ),
        handled=handled,
        untouched=tuple(one for one in sitting.items if one.id not in called),
        reopened=tuple((at, e.details["reason"]) for at, e in happened if e.what == What.REOPENED),
        pots=_pots(store, actor, sitting, opened, last_at),
        draft=end.state != State.CLOSED,
        last=last.id,
        last_at=last_at,
    )


# --- inside -----------------------------------------------------------------

Happened = Sequence[tuple[datetime, Event]]


def _events(store: Store, sitting_id: str) -> list[tuple[datetime, Event]]:
    rows = store.read(
        "select happened_at, id, what, item_id, member_id, details from sitting_event "
        "where sitting_id = $id order by id",
        {"id": sitting_id},
    )
    return [
        (at.replace(tzinfo=UTC), Event(number, what, item, member, json.loads(details)))
        for at, number, what, item, member, details in rows
    ]


def _names(store: Store, sitting: Sitting) -> Mapping[MemberId, str]:
    return dict(
        store.read("select id, name from member where body_id = $body", {"body": sitting.body})
    )


def _standings(store: Store, sitting: Sitting, happened: Happened) -> list[Standing]:
    """Return where the sitting stood after each event."""
    how, events = bodies.of(store, sitting.body).rules, [event for _, event in happened]
    return [fold(how, (), events[: n + 1]) for n in range(len(events))]


def _attended(
    happened: Happened, standings: Sequence[Standing], names: Mapping[MemberId, str]
) -> dict[MemberId, Attended]:
    """Return who was there from when to when, in the order of coming."""
    spans: dict[MemberId, list[tuple[datetime, datetime | None]]] = {}
    here: set[MemberId] = set()
    for (at, _), standing in zip(happened, standings, strict=True):
        now = set(standing.present)
        for who in standing.present:
            if who not in here:
                spans.setdefault(who, []).append((at, None))
        for who in here - now:
            spans[who][-1] = (spans[who][-1][0], at)
        here = now
    seats = {who: seat for standing in standings for who, seat in standing.seats.items()}
    return {
        who: Attended(names.get(who, ""), seats[who].resident, seats[who].substitute, tuple(times))
        for who, times in spans.items()
    }


def _handled(
    store: Store,
    sitting: Sitting,
    happened: Happened,
    standings: Sequence[Standing],
    names: Mapping[MemberId, str],
) -> tuple[Handled, ...]:
    """Return the items in the order in which they were called, each until its end."""
    asked, found = _asked(store, sitting), []
    for item in sitting.items:
        spans = _spans(item.id, happened)
        found += [
            _one(item, asked.get(item.id), start, end, happened, standings, names)
            for start, end in spans
        ]
    return tuple(sorted(found, key=lambda one: one.begun_at))


def _spans(item_id: ItemId, happened: Happened) -> list[tuple[int, int]]:
    """Return from which event to which an item was handled: (first, last), both included."""
    spans: list[tuple[int, int]] = []
    start = None
    for n, (_, event) in enumerate(happened):
        if event.item != item_id:
            continue
        if start is None and event.what == What.ITEM_BEGUN:
            start = n
        if event.what in FINAL:
            spans.append((n if start is None else start, n))
            start = None
    return spans if start is None else [*spans, (start, len(happened) - 1)]


def _one(
    item: Item,
    asked: int | None,
    start: int,
    end: int,
    happened: Happened,
    standings: Sequence[Standing],
    names: Mapping[MemberId, str],
) -> Handled:
    standing = standings[end].items[item.id]
    within = [
        (n, at, event)
        for n, (at, event) in enumerate(happened[start : end + 1], start)
        if event.item == item.id
    ]
    over = happened[end][1].what in FINAL and happened[end][1].item == item.id
    ranking = standings[end].ranking
    return Handled(
        item=item,
        standing=standing,
        asked=asked,
        begun_at=happened[start][0],
        ended_at=happened[end][0] if over else None,
        recused=tuple(names.get(who, "") for who in standing.recused),
        sums=tuple((at, e.details["cents"]) for _, at, e in within if e.what == What.SUM_CHANGED),
        ballots=tuple(
            Ballot(at, event.details["vote"], standings[n].items[item.id].count)
            for n, at, event in within
            if event.what == What.VOTE_BEGUN
        ),
        by_chair=any(event.what == What.TIE_BROKEN for _, _, event in within),
        points=ranking.points if ranking and ranking.item == item.id else {},
    )


def _asked(store: Store, sitting: Sitting) -> dict[ItemId, int]:
    rows = store.read(
        "select sitting_item.id, project.cents from sitting_item "
        "join project on project.id = sitting_item.project_id where sitting_id = $id",
        {"id": sitting.id},
    )
    return dict(rows)


def _pots(
    store: Store, actor: Actor, sitting: Sitting, opened: datetime, last: datetime
) -> tuple[PotThen, ...]:
    """Return the pots of the funds on the agenda, as they stood before and after."""
    rows = store.read(
        "select distinct fund from project join sitting_item on project.id = project_id "
        "where sitting_id = $id order by fund",
        {"id": sitting.id},
    )
    year = local_day(opened).year
    return tuple(
        PotThen(
            fund,
            year,
            pots.balance(store, actor, fund, year, until=opened).left,
            pots.balance(store, actor, fund, year, until=last).left,
        )
        for (fund,) in rows
    )
