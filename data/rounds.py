"""What a room does with its pins: which of them the wall shows, in which groups, how urgent, with whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NewType

from data import meanings, meetings, pins, rules, trail, walls
from data.filters import Filter, local_day
from data.meetings import MAX_TITLE, Publish
from data.pins import Pin, Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import HOUSE, Act, Actor, MeetingId, PinId
from data.store import Store, Transaction
from data.texts import clean
from data.walls import Seen, Wall
from geo.needs import Group, Voice
from geo.needs import suggest as suggest_needs

GroupId = NewType("GroupId", str)
WALLS = ("", "shown", "hidden")  # the facilitator's word on a pin
PRIORITIES = ("", "now", "soon", "later")
WHO = ("", "one", "several", "third", "institution")
HAND = "hand:"  # begins the id of a ballot that stands for dots counted on paper
MAX_PINS = 5000  # of one meeting


@dataclass(frozen=True)
class RoomGroup:
    """Pins that the room put together, and what it says about them."""

    id: GroupId
    title: str
    priority: str  # '' | now | soon | later
    who: str  # '' | one | several | third | institution
    dots: int  # all of them
    by_hand: int  # of these: counted on paper
    ballots: int  # people who gave it dots on a tablet
    pin_ids: tuple[PinId, ...]  # on the wall, newest first
    created_at: datetime


@dataclass(frozen=True)
class OpenGroup:
    """A group as a guest sees it, who is to give dots."""

    id: GroupId
    title: str
    pins: int


# --- what the wall shows ----------------------------------------------------


def on_wall(store: Store, actor: Actor, meeting_id: MeetingId) -> list[Seen]:
    """List the pins that the publish rule lets through to the wall, newest first."""
    return list(wall(store, actor, meeting_id).pins)


def wall(store: Store, actor: Actor, meeting_id: MeetingId) -> Wall:
    """Return the same pins with what tells who looks on all the time what changed since."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    return walls.of(store, meeting_id)


def waiting(store: Store, actor: Actor, meeting_id: MeetingId) -> list[Pin]:
    """List the pins that wait for the facilitator's look, the oldest first."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if meetings.get(store, actor, meeting_id).plan.publish != Publish.AFTER_DESK:
        return []
    wanted = Filter(status=(Status.WAITING,), meeting=meeting_id)
    told = {row[0] for row in store.read(_TOLD, {"meeting": meeting_id})}
    # A facilitator may read what waits at this meeting alone, so the house asks
    found = pins.listing(store, HOUSE, wanted, limit=MAX_PINS)
    return [pin for pin in reversed(found) if pin.id not in told]


def count_waiting(store: Store, actor: Actor, meeting_id: MeetingId) -> int:
    """Count what `waiting` lists; a wall asks each second."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    found = store.read(
        "select count(*) from pin p join meeting on meeting.id = p.meeting_id "
        "left join meeting_pin m on m.pin_id = p.id where p.meeting_id = $meeting "
        "and meeting.publish = $rule and p.status = $waiting and coalesce(m.wall, '') = ''",
        {"meeting": meeting_id, "rule": Publish.AFTER_DESK, "waiting": Status.WAITING},
    )
    return found[0][0]


def show(
    store: Store, actor: Actor, meeting_id: MeetingId, pin_id: PinId, wall: str, *, now: datetime
) -> None:
    """Say whether the wall shows one pin: 'shown', 'hidden', or '' to leave it to the rule."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if wall not in WALLS:
        raise BadInput("rounds.choice", field="wall")
    store.write(lambda tx: _say(tx, actor, meeting_id, [pin_id], wall, now=now))


def show_all(store: Store, actor: Actor, meeting_id: MeetingId, *, now: datetime) -> int:
    """Let everything through that waits for a look; return how many."""
    ids = [pin.id for pin in waiting(store, actor, meeting_id)]
    if ids:
        store.write(lambda tx: _say(tx, actor, meeting_id, ids, "shown", now=now))
    return len(ids)


# --- groups -----------------------------------------------------------------


def groups(store: Store, actor: Actor, meeting_id: MeetingId) -> list[RoomGroup]:
    """List the room's groups, those with most dots first, then the oldest."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    return grouped(store, actor, meeting_id, walls.of(store, meeting_id).pins)


def grouped(
    store: Store, actor: Actor, meeting_id: MeetingId, seen: Sequence[Seen]
) -> list[RoomGroup]:
    """List the groups as `groups` does, of pins that `on_wall` gave already."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    inside: dict[str, list[PinId]] = defaultdict(list)
    for pin in seen:
        inside[pin.group_id or ""].append(pin.id)
    rows = store.rows(_GROUPS, {"meeting": meeting_id, "hand": HAND})
    return [_load(row, inside[row["id"]]) for row in rows]


def ties(found: Sequence[RoomGroup]) -> list[tuple[GroupId, ...]]:
    """List the sets of groups that have equally many dots, the most dots first.

    >>> ties([])
    []
    """
    same: dict[int, list[GroupId]] = defaultdict(list)
    for group in found:
        if group.dots:
            same[group.dots].append(group.id)
    return [tuple(ids) for _, ids in sorted(same.items(), reverse=True) if len(ids) > 1]


def open_groups(store: Store, actor: Actor, meeting_id: MeetingId) -> list[OpenGroup]:
    """List the groups for guests, the oldest first: nobody's dots are shown before the end."""
    rules.check_meeting(actor, Act.MEETING_ATTEND, meeting_id)
    number: dict[str | None, int] = defaultdict(int)
    for pin in walls.of(store, meeting_id).pins:
        number[pin.group_id] += 1
    rows = store.read(
        "select id, title from meeting_group where meeting_id = $meeting order by created_at, id",
        {"meeting": meeting_id},
    )
    return [OpenGroup(GroupId(id), title, number[id]) for id, title in rows]


def add_group(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    *,
    group_id: GroupId,
    title: str,
    now: datetime,
    pin_ids: Sequence[PinId] = (),
    priority: str = "",
    who: str = "",
) -> None:
    """Make a group; once, however often it is sent. With pins, they leave the group they were in."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    title = _title(title)
    _check_choice(priority, PRIORITIES, "priority")
    _check_choice(who, WHO, "who")
    chosen = {"priority": priority, "who": who}

    def job(tx: Transaction) -> None:
        _add(tx, actor, meeting_id, group_id, title, chosen=chosen, now=now)
        if pin_ids:
            _put(tx, meeting_id, pin_ids, group_id)

    store.write(job)


def rename_group(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    title: str,
    *,
    now: datetime,
) -> None:
    """Give a group another title."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    _set(store, actor, meeting_id, group_id, "title", _title(title), now=now)


def set_priority(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    priority: str,
    *,
    now: datetime,
) -> None:
    """Say how urgent a group is: 'now', 'soon', 'later', or '' for not yet decided."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    _check_choice(priority, PRIORITIES, "priority")
    _set(store, actor, meeting_id, group_id, "priority", priority, now=now)


def set_who(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    who: str,
    *,
    now: datetime,
) -> None:
    """Say who is needed for a group: 'one', 'several', 'third', 'institution', or ''."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    _check_choice(who, WHO, "who")
    _set(store, actor, meeting_id, group_id, "who", who, now=now)


def remove_group(
    store: Store, actor: Actor, meeting_id: MeetingId, group_id: GroupId, *, now: datetime
) -> None:
    """Dissolve a group, its pins go free; Conflict once somebody gave it dots."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)

    def job(tx: Transaction) -> None:
        title = _known(tx, meeting_id, group_id)
        if tx.execute("select 1 from meeting_ballot where group_id = $id", {"id": group_id}):
            raise Conflict("rounds.has_dots")
        freed = tx.execute(
            "update meeting_pin set group_id = null where group_id = $id returning pin_id",
            {"id": group_id},
        )
        tx.execute("delete from meeting_group where id = $id", {"id": group_id})
        details = {"group": group_id, "removed": title, "pins": [row[0] for row in freed]}
        _note(tx, actor, meeting_id, details, now=now)

    store.write(job)


def put(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    pin_ids: Sequence[PinId],
    group_id: GroupId | None,
    *,
    now: datetime,
) -> None:
    """Put pins of the meeting into a group, out of the one they were in; None sets them free."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)

    def job(tx: Transaction) -> None:
        if group_id is not None:
            _known(tx, meeting_id, group_id)
        _put(tx, meeting_id, pin_ids, group_id)
        _note(tx, actor, meeting_id, {"group": group_id, "pins": list(pin_ids)}, now=now)

    store.write(job)


# --- suggested groups -------------------------------------------------------


def suggest(store: Store, actor: Actor, meeting_id: MeetingId) -> list[Group]:
    """Suggest groups among the wall's pins that are in none, the largest first.

    Meanings of texts are used where the office's screens have read them already; nobody waits.
    """
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    free = [pin for pin in walls.of(store, meeting_id).pins if not pin.group_id]
    ready = meanings.ready({pin.id: pin.words for pin in free})
    return suggest_needs([_voice(pin) for pin in free], vectors=ready)


def take_suggestions(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    chosen: Sequence[tuple[GroupId, str, Sequence[PinId]]],
    *,
    now: datetime,
) -> None:
    """Make groups of suggestions (id, title, pins); a pin in a group by now stays there."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    named = [(group_id, _title(title), list(ids)) for group_id, title, ids in chosen]

    def job(tx: Transaction) -> None:
        for group_id, title, ids in named:
            taken = {row[0] for row in tx.execute(_IN_GROUP, {"ids": ids})}
            free = [pin_id for pin_id in ids if pin_id not in taken]
            if free:
                _add(tx, actor, meeting_id, group_id, title, now=now)
                _put(tx, meeting_id, free, group_id)

    store.write(job)


# --- inside -----------------------------------------------------------------

_TOLD = "select pin_id from meeting_pin where meeting_id = $meeting and wall <> ''"
_IN_GROUP = "select pin_id from meeting_pin where group_id is not null and pin_id = any($ids)"
_GROUPS = """
select g.id, g.title, g.priority, g.who, g.created_at, coalesce(b.dots, 0) as dots,
    coalesce(b.by_hand, 0) as by_hand, coalesce(b.ballots, 0) as ballots
from meeting_group g
left join (
    select group_id, cast(sum(dots) as integer) as dots,
        cast(sum(case when starts_with(id, $hand) then dots else 0 end) as integer) as by_hand,
        sum(case when starts_with(id, $hand) then 0 else 1 end) as ballots
    from meeting_ballot where meeting_id = $meeting group by group_id
) b on b.group_id = g.id
where g.meeting_id = $meeting
order by coalesce(b.dots, 0) desc, g.created_at, g.id
"""


def _load(row: Mapping[str, Any], pin_ids: Sequence[PinId]) -> RoomGroup:
    same = ("id", "title", "priority", "who", "dots", "by_hand")
    return RoomGroup(
        **{name: row[name] for name in same},
        ballots=int(row["ballots"]),
        pin_ids=tuple(pin_ids),
        created_at=row["created_at"].replace(tzinfo=UTC),
    )


def _voice(pin: Seen) -> Voice:
    day = local_day(pin.created_at)
    return Voice(pin.id, pin.at, pin.kind, pin.field, pin.lang, pin.words, day)


def _say(
    tx: Transaction,
    actor: Actor,
    meeting_id: MeetingId,
    pin_ids: Sequence[PinId],
    wall: str,
    *,
    now: datetime,
) -> None:
    _check_pins(tx, meeting_id, pin_ids)
    tx.execute(
        "insert into meeting_pin (pin_id, meeting_id, wall) "
        "select unnest($ids::varchar[]), $meeting, $wall "
        "on conflict (pin_id) do update set wall = excluded.wall",
        {"ids": list(pin_ids), "meeting": meeting_id, "wall": wall},
    )
    details = {"wall": wall}
    trail.note_many(tx, actor, Act.MEETING_LEAD, "pin", pin_ids, now=now, details=details)


def _put(
    tx: Transaction, meeting_id: MeetingId, pin_ids: Sequence[PinId], group_id: GroupId | None
) -> None:
    _check_pins(tx, meeting_id, pin_ids)
    tx.execute(
        "insert into meeting_pin (pin_id, meeting_id, wall, group_id) "
        "select unnest($ids::varchar[]), $meeting, '', $group "
        "on conflict (pin_id) do update set group_id = excluded.group_id",
        {"ids": sorted(set(pin_ids)), "meeting": meeting_id, "group": group_id},
    )


def _add(
    tx: Transaction,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    title: str,
    *,
    now: datetime,
    chosen: Mapping[str, str] | None = None,
) -> None:
    added = tx.execute(
        "insert into meeting_group values ($id, $meeting, $title, $priority, $who, $now) "
        "on conflict (id) do nothing returning id",
        {"id": group_id, "meeting": meeting_id, "title": title, "now": trail.utc(now)}
        | {"priority": "", "who": "", **(chosen or {})},
    )
    if added:
        _note(tx, actor, meeting_id, {"group": group_id, "title": title}, now=now)
    else:
        _known(tx, meeting_id, group_id)  # of another meeting it would not be ours


def _set(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    column: str,
    value: str,
    *,
    now: datetime,
) -> None:
    def job(tx: Transaction) -> None:
        _known(tx, meeting_id, group_id)
        tx.execute(
            f"update meeting_group set {column} = $value where id = $id",  # noqa: S608
            {"value": value, "id": group_id},
        )
        _note(tx, actor, meeting_id, {"group": group_id, column: value}, now=now)

    store.write(job)


def _note(
    tx: Transaction,
    actor: Actor,
    meeting_id: MeetingId,
    details: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    trail.note(tx, actor, Act.MEETING_LEAD, "meeting", meeting_id, now=now, details=details)


def _known(tx: Transaction, meeting_id: MeetingId, group_id: GroupId) -> str:
    """Return the title of a group of this meeting; NotFound for any other."""
    found = tx.execute(
        "select title from meeting_group where id = $id and meeting_id = $meeting",
        {"id": group_id, "meeting": meeting_id},
    )
    if not found:
        raise NotFound("rounds.group_gone")
    return found[0][0]


def _check_pins(tx: Transaction, meeting_id: MeetingId, pin_ids: Sequence[PinId]) -> None:
    """Refuse pins of another meeting, and what was withdrawn."""
    found = tx.execute(
        "select count(*) from pin where id = any($ids) and meeting_id = $meeting "
        "and status <> $withdrawn",
        {"ids": list(pin_ids), "meeting": meeting_id, "withdrawn": Status.WITHDRAWN},
    )
    if not pin_ids or found[0][0] != len(set(pin_ids)):
        raise NotFound("pin.not_found")


def _title(title: object) -> str:
    text = " ".join(clean(title).split())
    if not text:
        raise BadInput("rounds.title_missing", field="title")
    if len(text) > MAX_TITLE:
        raise BadInput("meeting.too_long", field="title", limit=MAX_TITLE)
    return text


def _check_choice(value: str, known: Sequence[str], field: str) -> None:
    if value not in known:
        raise BadInput("rounds.choice", field=field)
