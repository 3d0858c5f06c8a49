"""What came out of a meeting: its let-through pins, numbered, counted and under their groups."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data import meetings, rounds, rules
from data.meetings import Meeting
from data.pins import Status
from data.rounds import GroupId, RoomGroup
from data.rules import Act, Actor, MeetingId
from data.store import Store
from data.walls import Seen


@dataclass(frozen=True)
class Said:
    """A pin with its number on this meeting's paper: 1 is what was said first."""

    number: int
    pin: Seen


@dataclass(frozen=True)
class Part:
    """A group of the room and what was said in it."""

    group: RoomGroup
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Protocol:
    """What the paper tells. `unread` pins were said as well, but nobody let them through yet."""

    meeting: Meeting
    said: tuple[Said, ...]
    parts: tuple[Part, ...]  # by urgency, then by dots
    alone: tuple[Said, ...]  # in no group
    unread: int
    kinds: Counter[str]
    fields: Counter[str]  # '' = none chosen
    languages: Counter[str]  # of the texts; '' = not told


def numbered(store: Store, actor: Actor, meeting_id: MeetingId) -> tuple[Said, ...]:
    """List the pins that the wall shows with their numbers on paper, in the order they were said."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    return _numbered(rounds.on_wall(store, actor, meeting_id))


def of(store: Store, actor: Actor, meeting_id: MeetingId) -> Protocol:
    """Read the protocol of a meeting, at any time; raises NotFound for one that is not there."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    seen = rounds.on_wall(store, actor, meeting_id)
    groups = rounds.grouped(store, actor, meeting_id, seen)
    said = _numbered(seen)
    known = {group.id for group in groups}
    return Protocol(
        meeting=meetings.get(store, actor, meeting_id),
        said=said,
        parts=tuple(Part(group, _within(said, group.id)) for group in _by_urgency(groups)),
        alone=tuple(one for one in said if one.pin.group_id not in known),
        unread=_all(store, meeting_id) - len(said),
        kinds=Counter(str(pin.kind) for pin in seen),
        fields=Counter(pin.field for pin in seen),
        languages=Counter(pin.lang for pin in seen if pin.words),
    )


# --- inside -----------------------------------------------------------------


def _numbered(seen: Sequence[Seen]) -> tuple[Said, ...]:
    return tuple(Said(number, pin) for number, pin in enumerate(reversed(seen), 1))


def _within(said: Iterable[Said], group_id: GroupId) -> tuple[Said, ...]:
    return tuple(one for one in said if one.pin.group_id == group_id)


def _by_urgency(groups: Sequence[RoomGroup]) -> list[RoomGroup]:
    order = {priority: place for place, priority in enumerate(("now", "soon", "later", ""))}
    return sorted(groups, key=lambda group: order[group.priority])  # the order by dots stays within


def _all(store: Store, meeting_id: MeetingId) -> int:
    return store.read(
        "select count(*) from pin where meeting_id = $id and status <> all($never)",
        {"id": meeting_id, "never": [Status.HIDDEN, Status.WITHDRAWN]},
    )[0][0]
