"""Opening and closing a sitting; who is there, and who steps aside."""

import json
from datetime import datetime
from typing import Any

from data import rules, trail, urn
from data.deciding_standing import ItemId, MemberId, State, What
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import Act, Actor, Role
from data.sitting_lead import is_chair, led
from data.sitting_record import (
    Moment,
    check_open,
    load,
    member_of,
    plain_seat,
    reason_of,
    seats,
    standing_of,
    write,
)
from data.store import Store, Transaction

WHYS = ("own", "employer", "relatives", "other")


def open_(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Open a sitting; its rules and members are frozen now."""

    def opened(moment: Moment) -> None:
        standing = moment.standing
        if standing.state == State.OPEN:
            return
        if standing.state not in (State.PLANNED, State.PAPERS):
            raise Conflict("sitting.opened")
        if not standing.seats:
            raise BadInput("sitting.no_members")
        how = standing.rules.plain()
        moment.add(
            What.OPENED,
            rules=how,
            members=[plain_seat(one) for one in standing.seats.values()],
        )
        moment.tx.execute(
            "update sitting set state = 'open', opened_at = $now, rules = $rules where id = $id",
            {"id": sitting_id, "now": trail.utc(now), "rules": json.dumps(how)},
        )
        moment.note(Act.SITTING_LEAD, what="opened")

    led(store, actor, sitting_id, opened, seen=seen, now=now)


def come(
    store: Store, actor: Actor, sitting_id: str, *, member_id: MemberId, now: datetime
) -> None:
    """Write that a member is there: a member the own person alone, who leads anybody."""
    _check_self_or_lead(actor)

    def came(moment: Moment) -> None:
        _check_own(moment, actor, member_id)
        check_open(moment.standing)
        if member_id in moment.standing.present:
            return
        new = {} if member_id in moment.standing.seats else _new(moment, member_id)
        moment.add(What.CAME, member=member_id, **new)

    write(store, actor, sitting_id, came, now=now)


def leave(
    store: Store, actor: Actor, sitting_id: str, *, member_id: MemberId, now: datetime
) -> None:
    """Write that a member has gone: a member the own person alone, who leads anybody."""
    _check_self_or_lead(actor)

    def left(moment: Moment) -> None:
        _check_own(moment, actor, member_id)
        check_open(moment.standing)
        if member_id in moment.standing.present:
            moment.add(What.LEFT, member=member_id)

    write(store, actor, sitting_id, left, now=now)


def recuse(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    member_id: MemberId,
    why: str,
    now: datetime,
) -> None:
    """Take a member out of an item: `why` is own, employer, relatives or other; internal.

    A vote given in the running vote is void; one that has ended stays, so that is refused.
    """
    _check_self_or_lead(actor)
    if why not in WHYS:
        raise BadInput("sitting.why_unknown", field="why")

    def recused(moment: Moment) -> None:
        _check_own(moment, actor, member_id)
        check_open(moment.standing)
        moment.sitting.item(item_id)
        if member_id not in moment.standing.seats:
            raise NotFound("sitting.not_a_member")
        item = moment.standing.items.get(item_id)
        if item and member_id in item.recused:
            return
        if item and (item.final or (item.vote and not item.vote.running)):
            raise Conflict("sitting.voted_already")
        moment.add(What.RECUSED, item=item_id, member=member_id, why=why)

    with urn.of(store).lock:
        write(store, actor, sitting_id, recused, now=now)
        _out_of_urn(store, sitting_id, member_id, item_id, now=now)


def unrecuse(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    member_id: MemberId,
    now: datetime,
) -> None:
    """Take a recusal back, before the item is voted on; only who leads."""

    def back(moment: Moment) -> None:
        check_open(moment.standing)
        item = moment.standing.items.get(item_id)
        if item is None or member_id not in item.recused:
            return
        if item.final or item.vote:
            raise Conflict("sitting.voted_already")
        moment.add(What.UNRECUSED, item=item_id, member=member_id)

    led(store, actor, sitting_id, back, seen=None, now=now)


def close(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Close a sitting in which no vote runs; everybody has gone then."""

    def closed(moment: Moment) -> None:
        if moment.standing.state == State.CLOSED:
            return
        check_open(moment.standing)
        ranking = moment.standing.ranking
        if moment.standing.vote or (ranking and ranking.running):
            raise Conflict("sitting.vote_runs")
        moment.add(What.CLOSED)
        moment.tx.execute(
            "update sitting set state = 'closed', closed_at = $now where id = $id",
            {"id": sitting_id, "now": trail.utc(now)},
        )
        moment.note(Act.SITTING_LEAD, what="closed")

    led(store, actor, sitting_id, closed, seen=seen, now=now)


def reopen(
    store: Store, actor: Actor, sitting_id: str, *, reason: str, seen: int, now: datetime
) -> None:
    """Open a closed sitting again, with a reason that stays in the trail."""
    rules.check(actor, Act.SITTING_LEAD)
    why = reason_of(reason)

    def reopened(moment: Moment) -> None:
        if moment.standing.state == State.OPEN:
            return
        if moment.standing.state != State.CLOSED:
            raise Conflict("sitting.not_closed")
        moment.add(What.REOPENED, reason=why)
        moment.tx.execute(
            "update sitting set state = 'open', closed_at = null where id = $id",
            {"id": sitting_id},
        )
        moment.note(Act.SITTING_LEAD, what="reopened", reason=why)

    led(store, actor, sitting_id, reopened, seen=seen, now=now)


def take_out(tx: Transaction, actor: Actor, member_id: MemberId, *, now: datetime) -> None:
    """Take a removed member out of every sitting that is open, inside the removing write."""
    found = tx.execute(
        "select sitting.id from sitting join member on member.body_id = sitting.body_id "
        "where member.id = $id and state = 'open'",
        {"id": member_id},
    )
    for (sitting_id,) in found:
        sitting = load(tx.execute, sitting_id)
        moment = Moment(tx, actor, sitting, standing_of(tx.execute, sitting, now=now), now)
        if member_id in moment.standing.seats:
            moment.add(What.REMOVED, member=member_id)


# --- inside -----------------------------------------------------------------


def _check_self_or_lead(actor: Actor) -> None:
    act = Act.SITTING_ATTEND if actor.role == Role.JURY else Act.SITTING_LEAD
    rules.check(actor, act)


def _check_own(moment: Moment, actor: Actor, member_id: MemberId) -> None:
    """Let a member speak for the own person alone, unless it leads."""
    if actor.role != Role.JURY:
        return
    ask = moment.tx.execute
    own = member_of(ask, actor, moment.sitting) == member_id
    if not own and not is_chair(ask, actor, moment.sitting, now=moment.now):
        raise NotAllowed("sitting.only_yourself")


def _new(moment: Moment, member_id: MemberId) -> dict[str, Any]:
    """Return a member who joined the body after the opening."""
    for seat in seats(moment.tx.execute, moment.sitting.body, now=moment.now):
        if seat.id == member_id:
            return dict(plain_seat(seat))
    raise NotFound("sitting.not_a_member")


def _out_of_urn(
    store: Store, sitting_id: str, member_id: MemberId, item_id: ItemId, *, now: datetime
) -> None:
    standing = standing_of(store.read, load(store.read, sitting_id), now=now)
    if standing.vote and standing.vote.item == item_id:
        urn.of(store).take_out(member_id, standing.vote.id)
