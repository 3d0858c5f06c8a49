"""The doors of rounds and dots, for the rights matrix; meeting-1 is made by doors_meetings."""

from data import ballots, pins, rounds
from data.rules import HOUSE, Act


def doors(store, area, now, draft):
    """Return the doors; the room has one pin and one group."""
    one, lead, attend = "meeting-1", Act.MEETING_LEAD, Act.MEETING_ATTEND
    said = draft(id="said-1", meeting=one)
    pins.add(store, HOUSE, area, [said], now=now)
    rounds.add_group(store, HOUSE, one, group_id="tray-1", title="Licht", now=now)
    new = {"group_id": "tray-2", "title": "Müll", "now": now}
    return {
        "rounds.on_wall": (lead, lambda a: rounds.on_wall(store, a, one)),
        "rounds.wall": (lead, lambda a: rounds.wall(store, a, one)),
        "rounds.waiting": (lead, lambda a: rounds.waiting(store, a, one)),
        "rounds.count_waiting": (lead, lambda a: rounds.count_waiting(store, a, one)),
        "rounds.show": (lead, lambda a: rounds.show(store, a, one, said.id, "shown", now=now)),
        "rounds.show_all": (lead, lambda a: rounds.show_all(store, a, one, now=now)),
        "rounds.groups": (lead, lambda a: rounds.groups(store, a, one)),
        "rounds.grouped": (lead, lambda a: rounds.grouped(store, a, one, [])),
        "rounds.open_groups": (attend, lambda a: rounds.open_groups(store, a, one)),
        "rounds.add_group": (lead, lambda a: rounds.add_group(store, a, one, **new)),
        "rounds.rename_group": (
            lead,
            lambda a: rounds.rename_group(store, a, one, "tray-1", "Laternen", now=now),
        ),
        "rounds.set_priority": (
            lead,
            lambda a: rounds.set_priority(store, a, one, "tray-1", "now", now=now),
        ),
        "rounds.set_who": (lead, lambda a: rounds.set_who(store, a, one, "tray-1", "one", now=now)),
        "rounds.put": (lead, lambda a: rounds.put(store, a, one, [said.id], "tray-1", now=now)),
        "rounds.suggest": (lead, lambda a: rounds.suggest(store, a, one)),
        "rounds.take_suggestions": (
            lead,
            lambda a: rounds.take_suggestions(store, a, one, [("t-3", "Lärm", [said.id])], now=now),
        ),
        "rounds.remove_group": (
            lead,
            lambda a: rounds.remove_group(store, a, one, "tray-1", now=now),
        ),
        "ballots.vote": (
            attend,
            lambda a: ballots.vote(store, a, one, ballot_id="b-1", dots={"tray-1": 1}, now=now),
        ),
        "ballots.hand_dots": (
            lead,
            lambda a: ballots.hand_dots(store, a, one, "tray-1", 4, now=now),
        ),
        "ballots.count": (attend, lambda a: ballots.count(store, a, one)),
    }
