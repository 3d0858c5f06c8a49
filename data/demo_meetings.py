"""The demo's meetings: one that was held, with what the room made of its pins, and one to try."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from data import ballots, meetings, rounds
from data.meetings import Plan, State
from data.rounds import GroupId
from data.rules import HOUSE, MeetingId, PinId
from data.store import Store


class Door(NamedTuple):
    """How one gets into the meeting to try: its tablets' code, its facilitator's PIN."""

    code: str
    pin: str


class Ids(NamedTuple):
    """Who names the demo's things: ids by sort and name, moments by days ago and clock."""

    of: Callable[[str, object], str]
    moment: Callable[[int, str], datetime]


def history(
    store: Store, raw: dict[str, Any], door: Door, ids: Ids
) -> Iterator[tuple[datetime, Callable[..., object]]]:
    """List what happened to a meeting: when, and what to call with `now`."""
    meeting_id = MeetingId(ids.of("meeting", raw["key"]))
    begun = ids.moment(raw["days_ago"], raw["from"])
    over = "to" in raw
    code = meeting_id[:8].upper() if over else door.code
    made = partial(
        meetings.create,
        store,
        HOUSE,
        meeting_id=meeting_id,
        code=code,
        plan=_plan(raw, begun.date()),
        pin=door.pin,
        demo=True,
    )
    yield ids.moment(raw["planned_days_ago"], raw["from"]), made
    yield begun, partial(meetings.move, store, HOUSE, meeting_id, to=State.OPEN)
    if over:
        yield ids.moment(raw["days_ago"], raw["groups_at"]), partial(_work, store, raw, ids)
        end = ids.moment(raw["days_ago"], raw["to"])
        yield end, partial(meetings.move, store, HOUSE, meeting_id, to=State.CLOSED)


def _plan(raw: dict[str, Any], day: date) -> Plan:
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in raw["plan"].items()
    }
    answer_on = day + timedelta(days=raw["answer_after_days"])
    return Plan(held_on=day, answer_on=answer_on, **given)


def _work(store: Store, raw: dict[str, Any], ids: Ids, *, now: datetime) -> None:
    """Let the room count its people, group its pins, and give its dots."""
    meeting_id = MeetingId(ids.of("meeting", raw["key"]))
    meetings.count_people(store, HOUSE, meeting_id, number=raw["people"], now=now)
    rounds.show_all(store, HOUSE, meeting_id, now=now)
    for group in raw["groups"]:
        group_id = GroupId(ids.of("group", group["key"]))
        rounds.add_group(
            store,
            HOUSE,
            meeting_id,
            group_id=group_id,
            title=group["title"],
            pin_ids=[PinId(ids.of("pin", number)) for number in group["pins"]],
            priority=group["priority"],
            who=group["who"],
            now=now,
        )
        ballots.hand_dots(store, HOUSE, meeting_id, group_id, group["dots"], now=now)
