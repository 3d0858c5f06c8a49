"""The doors of the protocol, for the rights matrix."""

from data import protocol
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; meeting-1 is open by the doors of meetings."""
    one = "meeting-1"
    return {
        "protocol.numbered": (Act.MEETING_LEAD, lambda a: protocol.numbered(store, a, one)),
        "protocol.of": (Act.MEETING_LEAD, lambda a: protocol.of(store, a, one)),
    }
