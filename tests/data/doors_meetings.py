"""The doors of meetings, for the rights matrix: each door's act, and how to knock."""

from datetime import date

from data import meetings
from data.rules import HOUSE, Act

PLAN = meetings.Plan("Kiezwerkstatt", date(2026, 5, 4))


def doors(store, area, now, draft):
    """Return the doors; meeting-1 is open."""
    one = "meeting-1"
    meetings.create(store, HOUSE, meeting_id=one, code="room-1", plan=PLAN, pin="2468", now=now)
    meetings.move(store, HOUSE, one, to=meetings.State.OPEN, now=now)
    new = {"code": "room-2", "plan": PLAN, "pin": "1357", "now": now}
    said = draft(id="at-meeting", meeting=one)
    return {
        "meetings.create": (
            Act.MEETING_WRITE,
            lambda a: meetings.create(store, a, meeting_id="meeting-2", **new),
        ),
        "meetings.change": (
            Act.MEETING_WRITE,
            lambda a: meetings.change(store, a, one, plan=PLAN, version=1, now=now),
        ),
        "meetings.change_pin": (
            Act.MEETING_WRITE,
            lambda a: meetings.change_pin(store, a, one, pin="8642", now=now),
        ),
        "meetings.listing": (Act.MEETING_WRITE, lambda a: meetings.listing(store, a)),
        "meetings.move": (
            Act.MEETING_LEAD,
            lambda a: meetings.move(store, a, one, to=meetings.State.PAUSED, now=now),
        ),
        "meetings.go_to_round": (
            Act.MEETING_LEAD,
            lambda a: meetings.go_to_round(store, a, one, to=meetings.Round.COLLECT, now=now),
        ),
        "meetings.count_people": (
            Act.MEETING_LEAD,
            lambda a: meetings.count_people(store, a, one, number=12, now=now),
        ),
        "meetings.get": (Act.MEETING_ATTEND, lambda a: meetings.get(store, a, one)),
        "meetings.say": (
            Act.MEETING_ATTEND,
            lambda a: meetings.say(store, a, area, said, now=now),
        ),
    }
