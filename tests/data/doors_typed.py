"""The doors of the desk, for the rights matrix; meeting-1 is made by doors_meetings."""

from data import desk, meetings, pins
from data.rules import HOUSE, Act


def doors(store, area, now, draft):
    """Return the doors; two pins were typed at the desk."""
    one, lead = "meeting-1", Act.MEETING_LEAD
    for name in ("typed-1", "typed-2"):
        typed = draft(id=name, meeting=one, source="desk")
        desk.write(store, HOUSE, area, typed, now=now, card=7)
    new = draft(id="typed-3", meeting=one, source="paper")
    mended = {"words": "Zu dunkel am Tor", "kind": "idea", "field": "", "now": now}
    return {
        "desk.write": (lead, lambda a: desk.write(store, a, area, new, now=now)),
        "desk.latest": (lead, lambda a: desk.latest(store, a, one)),
        "desk.lines": (lead, lambda a: desk.lines(store, a, one, ["typed-1"])),
        "pins.at_meeting": (lead, lambda a: pins.at_meeting(store, a, one, ["typed-1"])),
        "desk.with_card": (lead, lambda a: desk.with_card(store, a, one, 7)),
        "desk.edit": (lead, lambda a: desk.edit(store, a, area, one, "typed-1", **mended)),
        "desk.undo": (lead, lambda a: desk.undo(store, a, one, "typed-2", now=now)),
        "meetings.pin_counts": (Act.MEETING_WRITE, lambda a: meetings.pin_counts(store, a)),
    }
