"""A route as it is stored: its states, its days, its reference."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from data.filters import BERLIN, local_day
from data.followers import NeedId
from data.store import Store

RouteId = NewType("RouteId", str)
MAX_SUBJECT, MAX_LETTER, MAX_REFERENCE, MAX_TOLD = 200, 8000, 100, 1000
REFERENCE = "{reference}"  # stands in a prepared letter until its route has a number
WAIT = timedelta(days=28)  # after which one asks again, if nothing else was chosen


class RouteState(StrEnum):
    """Where a route stands."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"  # they wrote back; nothing is decided
    DONE = "done"  # they say that it is done
    REFUSED = "refused"


WAITING = frozenset({RouteState.SENT, RouteState.ANSWERED})
RESULTS = (RouteState.ANSWERED, RouteState.DONE, RouteState.REFUSED)


@dataclass(frozen=True)
class Route:
    """One way to an authority. `need_id` is where its need stands now, also after a merge."""

    id: RouteId
    number: int
    need_id: NeedId
    title: str  # of its need; '' when the need was undone
    authority: str  # a key of `data.authorities`
    subject: str
    letter: str
    recipient: str  # an e-mail address; '' = none
    their_reference: str
    state: RouteState
    sent_on: date | None
    remind_on: date | None  # when to ask again; None = no more
    reminder: str  # the last reminder's text
    reminders: int
    reminded_on: date | None
    answered_on: date | None
    told: Mapping[str, str]  # the result's public sentence by language
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def reference(self) -> str:
        """Our reference, as it stands in the letter."""
        return reference_of(self.number, self.created_at)

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to ask again."""
        waits = self.state in WAITING and self.remind_on is not None
        return waits and self.remind_on <= local_day(now)  # type: ignore[operator]


COLUMNS = (
    "route.id, route.number, route.need_id, route.authority, subject, letter, recipient, "
    "their_reference, state, sent_on, remind_on, reminder, reminders, reminded_on, answered_on, "
    "told, route.version, route.created_at, route.changed_at"
)
BRIEF = COLUMNS.replace(" letter,", " '' as letter,").replace(" reminder,", " '' as reminder,")


def reference_of(number: int, made: datetime) -> str:
    """Return a route's reference.

    >>> reference_of(12, datetime(2026, 3, 4, tzinfo=UTC))
    'KK-2026-0012'
    """
    return f"KK-{made.astimezone(BERLIN).year}-{number:04}"


def load(
    store: Store, where: str, params: Mapping[str, Any] | None, columns: str = COLUMNS
) -> list[Route]:
    """Load the routes that were not put aside, by number; their needs are where these went."""
    rows = store.rows(
        f"select {columns} from route where not discarded and {where} order by route.number",  # noqa: S608
        params,
    )
    known = {row[0]: row[1:] for row in store.read("select id, gone, title from need")}
    return [_route(row, known) for row in rows]


def _route(row: dict[str, Any], known: Mapping[str, tuple[str, str]]) -> Route:
    need_id = row["need_id"]
    while known.get(need_id, ("undone",))[0] not in ("", "undone"):
        need_id = known[need_id][0]
    gone, title = known.get(need_id, ("undone", ""))
    return Route(
        **{
            **row,
            "need_id": need_id,
            "title": "" if gone else title,
            "state": RouteState(row["state"]),
            "told": json.loads(row["told"]),
            "created_at": row["created_at"].replace(tzinfo=UTC),
            "changed_at": row["changed_at"].replace(tzinfo=UTC),
        }
    )
