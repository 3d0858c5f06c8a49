"""What is known about a need beside its pins: who did what, what meetings said, when it is due."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import rules
from data.needs import NeedId
from data.pins import PUBLIC
from data.rules import Act, Actor
from data.store import Store


@dataclass(frozen=True)
class Line:
    """One line of the trail. Times are UTC."""

    at: datetime
    person: str  # a name, '' = the program itself
    what: str  # `history.<what>` in the locales
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """What the room of a meeting said about a group whose pins are in a need."""

    meeting: str
    held_on: date
    group: str
    priority: str  # '' | now | soon | later
    who: str  # '' or one of WHO
    dots: int
    pins: int  # of the group in this need


def lines(store: Store, actor: Actor, need_ids: Sequence[NeedId]) -> list[Line]:
    """List what the office did with needs, the oldest first."""
    rules.check(actor, Act.TRAIL_READ)
    rows = store.read(
        "select happened_at, coalesce(person.name, ''), step, details from trail "
        "left join person on person.id = person_id "
        "where thing = 'need' and thing_id = any($needs) order by trail.id",
        {"needs": list(need_ids)},
    )
    found = [(at, person, step, json.loads(text)) for at, person, step, text in rows]
    return [
        Line(at.replace(tzinfo=UTC), person, _what(step, details), details)
        for at, person, step, details in found
    ]


def meetings(store: Store, actor: Actor, need_id: NeedId) -> list[Said]:
    """List what meetings said about groups whose pins are in a need, the latest first."""
    rules.check(actor, Act.NEED_WRITE)
    rows = store.read(
        "select meeting.title, held_on, said.title, said.priority, said.who, "
        "coalesce((select sum(dots) from meeting_ballot where group_id = said.id), 0), count(*) "
        "from pin join meeting_pin on meeting_pin.pin_id = pin.id "
        "join meeting_group as said on said.id = meeting_pin.group_id "
        "join meeting on meeting.id = said.meeting_id where pin.need_id = $need "
        "group by meeting.title, held_on, said.id, said.title, said.priority, said.who "
        "order by held_on desc, said.title",
        {"need": need_id},
    )
    return [Said(*row[:5], dots=int(row[5]), pins=row[6]) for row in rows]


def due(store: Store, actor: Actor) -> dict[NeedId, date]:
    """Tell of each need whose pins wait for an answer by which day they get one.

    A need without a waiting pin is there with the day that the office set itself.
    """
    rules.check(actor, Act.NEED_READ)
    rows = store.read(
        "select need.id, coalesce(answer_on, (select min(answer_due) from pin "
        "where need_id = need.id and answered_at is null and status = any($public))) as day "
        "from need where gone = '' and status in ('open', 'forwarded', 'project')",
        {"public": sorted(PUBLIC)},
    )
    return {NeedId(need_id): day for need_id, day in rows if day}


KNOWN = (
    "undone", "merged", "merged_into", "split_from", "split_off", "moved_from", "moved_to",
    "closed", "reopened", "was", "authority", "project",
)  # fmt: skip
WHATS = (*KNOWN, "made", "noted", "task", "task_done", "task_open", "note_erased", "other")


def _what(step: str, details: Mapping[str, Any]) -> str:
    """Name a line by what it tells; one that tells nothing made the need."""
    said = str(details.get("what", step or ""))
    if said:
        return said if said in WHATS else "other"
    return next((name for name in KNOWN if name in details), "other" if details else "made")
