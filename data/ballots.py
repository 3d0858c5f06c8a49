"""Dots: what a room gives to its groups, on tablets and on paper. No ballot knows whose it is."""

from collections.abc import Mapping
from datetime import datetime

from data import meetings, rules, trail
from data.meetings import Meeting, Round, State
from data.problems import BadInput, Conflict, NotFound
from data.rounds import HAND, GroupId
from data.rules import Act, Actor, MeetingId
from data.store import Store, Transaction

MAX_ID = 64
ROW = 20  # dots that one row of the table holds
MAX_BY_HAND = 2000


def vote(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    *,
    ballot_id: str,
    dots: Mapping[GroupId, int],
    now: datetime,
    late: bool = False,
) -> None:
    """Give one person's dots to groups; the first of two ballots with one id counts.

    `late` hands in what a tablet could not send in time: after the round, but not after the end.
    Raises Conflict unless the meeting is open and gives dots now, BadInput for too many dots.
    """
    rules.check_meeting(actor, Act.MEETING_ATTEND, meeting_id)
    if not 0 < len(ballot_id) <= MAX_ID or ballot_id.startswith(HAND):
        raise BadInput("rounds.dots_unreadable", field="dots")
    mine = {"id": ballot_id, "meeting": meeting_id}
    if store.read(_THERE, mine):  # sent once more because the answer got lost
        return
    meeting = meetings.get(store, actor, meeting_id)
    given = _check(meeting, dots, late=late)

    def job(tx: Transaction) -> None:
        if tx.execute(_THERE, mine):
            return
        _check_groups(tx, meeting_id, given)
        tx.execute(
            "insert into meeting_ballot "
            "select $id, unnest($groups::varchar[]), $meeting, unnest($dots::integer[])",
            {**mine, "groups": list(given), "dots": list(given.values())},
        )
        details = {"ballot": True}  # not which: a line has a time, and a tablet has a sender
        trail.note(tx, actor, Act.MEETING_ATTEND, "meeting", meeting_id, now=now, details=details)

    store.write(job)


def hand_dots(
    store: Store,
    actor: Actor,
    meeting_id: MeetingId,
    group_id: GroupId,
    number: int,
    *,
    now: datetime,
) -> None:
    """Set how many dots a group got on paper, counted by hand; 0 takes them back."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if not isinstance(number, int) or not 0 <= number <= MAX_BY_HAND:
        raise BadInput("rounds.by_hand", field="dots", limit=MAX_BY_HAND)
    parts = [min(ROW, number - start) for start in range(0, number, ROW)]
    ids = [f"{HAND}{group_id}:{part}" for part in range(len(parts))]

    def job(tx: Transaction) -> None:
        _check_groups(tx, meeting_id, {group_id: number})
        tx.execute(
            "delete from meeting_ballot where group_id = $group and starts_with(id, $hand) "
            "and id <> all($ids::varchar[])",
            {"group": group_id, "hand": HAND, "ids": ids},
        )
        if parts:
            tx.execute(
                "insert into meeting_ballot "
                "select unnest($ids::varchar[]), $group, $meeting, unnest($dots::integer[]) "
                "on conflict (id, group_id) do update set dots = excluded.dots",
                {"ids": ids, "group": group_id, "meeting": meeting_id, "dots": parts},
            )
        details = {"group": group_id, "by_hand": number}
        trail.note(tx, actor, Act.MEETING_LEAD, "meeting", meeting_id, now=now, details=details)

    store.write(job)


def count(store: Store, actor: Actor, meeting_id: MeetingId) -> int:
    """Count the people who gave dots on a tablet."""
    rules.check_meeting(actor, Act.MEETING_ATTEND, meeting_id)
    found = store.read(
        "select count(distinct id) from meeting_ballot "
        "where meeting_id = $id and not starts_with(id, $hand)",
        {"id": meeting_id, "hand": HAND},
    )
    return found[0][0]


_THERE = "select 1 from meeting_ballot where id = $id and meeting_id = $meeting limit 1"


def _check(meeting: Meeting, dots: Mapping[GroupId, int], *, late: bool) -> dict[GroupId, int]:
    """Return what is given without empty groups, or refuse it by the meeting's announced rule."""
    if meeting.state != State.OPEN and not (late and meeting.state == State.PAUSED):
        raise Conflict(f"meeting.is_{meeting.state}")
    if meeting.round != Round.DOTS and not late:
        raise Conflict("rounds.not_now")
    if any(type(number) is not int or number < 0 for number in dots.values()):
        raise BadInput("rounds.dots_unreadable", field="dots")
    given = {group_id: number for group_id, number in dots.items() if number}
    if not given:
        raise BadInput("rounds.dots_missing", field="dots")
    if sum(given.values()) > meeting.plan.dots:
        raise BadInput("rounds.dots_many", field="dots", limit=meeting.plan.dots)
    if not meeting.plan.dots_stack and max(given.values()) > 1:
        raise BadInput("rounds.dots_one", field="dots")
    return given


def _check_groups(tx: Transaction, meeting_id: MeetingId, given: Mapping[GroupId, int]) -> None:
    found = tx.execute(
        "select count(*) from meeting_group where id = any($ids) and meeting_id = $meeting",
        {"ids": list(given), "meeting": meeting_id},
    )
    if found[0][0] != len(given):
        raise NotFound("rounds.group_gone")
