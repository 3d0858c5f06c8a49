"""At which meetings the pins behind a project were said."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from data import rules
from data.pins import PUBLIC
from data.rules import Act, Actor, PinId
from data.store import Store


class Heard(NamedTuple):
    """A meeting, the day on which it was, and how many of the pins were said there."""

    title: str
    day: date
    pins: int


def by_meeting(store: Store, actor: Actor, pin_ids: Collection[PinId]) -> list[Heard]:
    """Count public pins by the meeting where they were said, the most first."""
    rules.check(actor, Act.PROJECT_READ)
    rows = store.read(
        "select meeting.title, meeting.held_on, count(*) as n from pin "
        "join meeting on meeting.id = pin.meeting_id "
        "where pin.id = any($ids) and pin.status = any($public) "
        "group by meeting.id, meeting.title, meeting.held_on "
        "order by n desc, meeting.held_on desc, meeting.id",
        {"ids": list(pin_ids), "public": sorted(PUBLIC)},
    )
    return [Heard(*row) for row in rows]
