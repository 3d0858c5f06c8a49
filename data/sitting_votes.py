"""Votes in a sitting: begun and ended by who leads, given by members, never by staff."""

import contextlib
from collections.abc import Collection, Iterator
from datetime import datetime

from data import rules, trail, urn
from data.deciding_count import at_vote
from data.deciding_rules import Choice, Outcome, Secret, Tally, Tie
from data.deciding_standing import (
    Course,
    ItemId,
    ItemStanding,
    MemberId,
    Standing,
    State,
    Vote,
    Way,
    What,
)
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem
from data.rules import HOUSE, Act, Actor
from data.sitting_record import (
    Moment,
    check_open,
    led,
    load,
    member_of,
    reason_of,
    standing_of,
    write,
)
from data.store import Store, Transaction

MAX_ID = 64  # of what a refused click said it was about


def begin_vote(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    vote_id: str,
    secret: bool,
    seen: int,
    now: datetime,
    way: str = Way.DEVICES,
) -> None:
    """Open the vote on the item called; refused without quorum or residents' majority.

    The vote's id is made before the click: begun twice, it is one.
    """
    if way not in set(Way) or (secret and way == Way.HANDS):
        raise BadInput("vote.way_unknown", field="way")

    def begun(moment: Moment) -> None:
        standing = moment.standing
        item = called(standing, item_id)
        if any(one.id == vote_id for one in item.votes):
            return
        _check_free(standing, item)
        _check_secret(standing, secret)
        if moment.sitting.item(item_id).kind == "ranking":
            raise BadInput("vote.is_ranking")
        _check_able(item.count.quorum, item.count.resident_majority)
        moment.add(What.VOTE_BEGUN, item=item_id, vote=vote_id, secret=bool(secret), way=way)

    with urn.of(store).lock:
        led(store, actor, sitting_id, begun, seen=seen, now=now)
        if secret and way == Way.DEVICES:
            urn.of(store).begin(vote_id)


def vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, choice: str, now: datetime
) -> None:
    """Give the own vote, once; the same again changes nothing. What is refused stands in the trail.

    An open vote is an event. Of a secret one nothing is written: it lies in the urn.
    """
    with _refusals_noted(store, actor, sitting_id, vote_id, now=now):
        rules.check(actor, Act.VOTE_CAST)
        if choice not in set(Choice):
            raise BadInput("vote.choice_unknown", field="choice")
        found = find(standing_of(store.read, load(store.read, sitting_id), now=now), vote_id)
        if found and found.secret:
            _vote_secret(store, actor, sitting_id, vote_id, Choice(choice), now=now)
        else:
            _vote_open(store, actor, sitting_id, vote_id, Choice(choice), now=now)


def count_hands(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    vote_id: str,
    yes: int,
    no: int,
    abstain: int,
    seen: int,
    now: datetime,
) -> None:
    """Write what was counted of hands or slips; may be counted again until the vote is ended."""

    def counted(moment: Moment) -> None:
        running = _running(moment.standing, vote_id)
        if running.way == Way.DEVICES:
            raise Conflict("vote.on_devices")
        _check_numbers((yes, no, abstain), len(running.present))
        moment.add(What.COUNTED, item=running.item, vote=vote_id, yes=yes, no=no, abstain=abstain)

    led(store, actor, sitting_id, counted, seen=seen, now=now)


def end_vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, seen: int, now: datetime
) -> None:
    """End the vote; its result stands from now on. Of a secret one the totals alone are written."""
    with urn.of(store).lock:
        void_lost(store, actor, sitting_id, now=now)
        box = urn.of(store)

        def ended(moment: Moment) -> None:
            if _is_ended(moment.standing, vote_id):
                return
            running = _running(moment.standing, vote_id)
            hidden = running.secret and running.way == Way.DEVICES
            voted = box.voters(vote_id) if hidden else running.chosen
            here = at_vote(moment.standing, running, voted)
            _check_able(here.quorum, here.resident_majority)
            if running.way != Way.DEVICES and running.tally is None:
                raise Conflict("vote.not_counted")
            tally = box.tally(vote_id) if hidden else _open_tally(running)
            moment.add(What.VOTE_ENDED, item=running.item, vote=vote_id, **tally._asdict())

        led(store, actor, sitting_id, ended, seen=seen, now=now)
        box.forget(vote_id)


def void_vote(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    vote_id: str,
    reason: str,
    seen: int,
    now: datetime,
) -> None:
    """Break off the running vote, or declare an ended one void before it was decided."""
    why = reason_of(reason)

    def void(moment: Moment) -> None:
        check_open(moment.standing)
        found = find(moment.standing, vote_id)
        if found is None:
            raise NotFound("vote.not_found")
        if moment.standing.items[found.item].final:
            raise Conflict("sitting.item_decided")
        if not found.void:
            moment.add(What.VOTE_VOID, item=found.item, vote=vote_id, reason=why)

    with urn.of(store).lock:
        led(store, actor, sitting_id, void, seen=seen, now=now)
        urn.of(store).forget(vote_id)


def break_tie(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    accepted: bool,
    seen: int,
    now: datetime,
) -> None:
    """Decide a tie, where the body's rules leave that to who leads."""

    def broken(moment: Moment) -> None:
        item = called(moment.standing, item_id)
        if moment.standing.rules.tie != Tie.CHAIR or item.outcome != Outcome.TIE:
            raise Conflict("vote.no_tie")
        moment.add(What.TIE_BROKEN, item=item_id, accepted=bool(accepted))

    led(store, actor, sitting_id, broken, seen=seen, now=now)


# --- for the other parts of a sitting ------------------------------------------


def find(standing: Standing, vote_id: str) -> Vote | None:
    """Find a vote by its id."""
    votes = (one for item in standing.items.values() for one in item.votes)
    return next((one for one in votes if one.id == vote_id), None)


def called(standing: Standing, item_id: ItemId) -> ItemStanding:
    """Return an item that was called and is not decided; Conflict otherwise."""
    check_open(standing)
    item = standing.items.get(item_id)
    if item is None or item.course == Course.WAITING:
        raise Conflict("sitting.item_not_begun")
    if item.final or item.course != Course.BEGUN:
        raise Conflict("sitting.item_decided")
    return item


def void_lost(store: Store, actor: Actor, sitting_id: str, *, now: datetime) -> None:
    """Void a secret vote whose urn is gone with a restart, and say so as an event of the house."""
    rules.check(actor, Act.SITTING_READ)

    def void(moment: Moment) -> None:
        found = _lost(store, moment.standing)
        if found:
            moment.add(What.VOTE_VOID, item=found.item, vote=found.id, reason="restart")

    sitting = load(store.read, sitting_id)
    if _lost(store, standing_of(store.read, sitting, now=now)):
        write(store, HOUSE, sitting_id, void, now=now)


# --- inside -----------------------------------------------------------------


def _lost(store: Store, standing: Standing) -> Vote | None:
    found = standing.vote
    hidden = found and found.secret and found.way == Way.DEVICES
    if found is None or not hidden:
        return None
    box = urn.of(store)
    with box.lock:  # not between a beginning and its urn
        return None if box.knows(found.id) else found


def _vote_open(
    store: Store, actor: Actor, sitting_id: str, vote_id: str, choice: Choice, *, now: datetime
) -> None:
    def voted(tx: Transaction) -> None:
        sitting = load(tx.execute, sitting_id)
        standing = standing_of(tx.execute, sitting, now=now)
        running = _open_for(standing, vote_id)
        member = member_of(tx.execute, actor, sitting)
        before = running.chosen.get(member) if member else None
        if before and before != choice:
            raise Conflict("vote.twice")
        member = _may_vote(standing, running, member, running.chosen)
        if not before:
            told = {"vote": vote_id, "choice": choice.value}
            Moment(tx, actor, sitting, standing, now).add(
                What.VOTED, item=running.item, member=member, **told
            )

    store.write(voted)


def _vote_secret(
    store: Store, actor: Actor, sitting_id: str, vote_id: str, choice: Choice, *, now: datetime
) -> None:
    box = urn.of(store)
    with box.lock:
        void_lost(store, actor, sitting_id, now=now)
        sitting = load(store.read, sitting_id)
        standing = standing_of(store.read, sitting, now=now)
        running = _open_for(standing, vote_id)
        member = member_of(store.read, actor, sitting)
        member = _may_vote(standing, running, member, box.voters(vote_id))
        box.put(vote_id, member, choice)


def _open_for(standing: Standing, vote_id: str) -> Vote:
    """Return the vote while votes can be given in it; each reason why not has its sentence."""
    running = _running(standing, vote_id)
    if running.way != Way.DEVICES:
        raise Conflict("vote.by_hands")
    return running


def _may_vote(
    standing: Standing, running: Vote, member: MemberId | None, voted: Collection[MemberId]
) -> MemberId:
    """Return the member who may vote; each reason why not has its sentence."""
    if member is None or member not in standing.seats:
        raise NotAllowed("vote.not_a_member")
    if member in standing.items[running.item].recused:
        raise NotAllowed("vote.recused")
    if member not in standing.present:
        raise Conflict("vote.not_there")
    if member not in running.present:
        raise Conflict("vote.came_later")
    here = at_vote(standing, running, voted)
    _check_able(here.quorum, here.resident_majority)
    return member


def _running(standing: Standing, vote_id: str) -> Vote:
    found = find(standing, vote_id)
    if found is None:
        raise NotFound("vote.not_found")
    if found.void:
        raise Conflict("vote.void")
    if not found.running or standing.state != State.OPEN:
        raise Conflict("vote.late")
    return found


def _is_ended(standing: Standing, vote_id: str) -> bool:
    found = find(standing, vote_id)
    return found is not None and not found.running and not found.void


def _check_free(standing: Standing, item: ItemStanding) -> None:
    """Refuse a vote beside another, and a second one until the result suits."""
    if standing.vote or (standing.ranking and standing.ranking.running):
        raise Conflict("sitting.vote_runs")
    again = item.outcome == Outcome.TIE and standing.rules.tie == Tie.AGAIN
    if item.vote and not again:
        raise Conflict("sitting.voted_already")


def _check_secret(standing: Standing, secret: bool) -> None:
    how = standing.rules.secret
    if (how == Secret.REQUIRED and not secret) or (how == Secret.NEVER and secret):
        raise BadInput(f"vote.secret_{how}", field="secret")


def _check_able(quorum: bool, residents: bool) -> None:
    if not quorum:
        raise Conflict("vote.no_quorum")
    if not residents:
        raise Conflict("vote.few_residents")


def _check_numbers(numbers: tuple[int, int, int], entitled: int) -> None:
    if any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in numbers):
        raise BadInput("vote.number_unreadable", field="yes")
    if sum(numbers) > entitled:
        raise BadInput("vote.too_many", field="yes", entitled=entitled, counted=sum(numbers))


def _open_tally(running: Vote) -> Tally:
    if running.tally is not None:
        return running.tally
    chosen = list(running.chosen.values())
    return Tally(*(chosen.count(one) for one in (Choice.YES, Choice.NO, Choice.ABSTAIN)))


@contextlib.contextmanager
def _refusals_noted(
    store: Store, actor: Actor, sitting_id: str, vote_id: str, *, now: datetime
) -> Iterator[None]:
    """Write a refused vote into the trail, without the choice.

    That somebody tried a second time says that the first vote is in: there no person is written.
    """
    try:
        yield
    except Problem as problem:
        key = problem.key
        who = HOUSE if key == "vote.twice" else actor

        def noted(tx: Transaction) -> None:
            if not tx.execute("select 1 from sitting where id = $id", {"id": sitting_id}):
                return
            details = {"refused": key, "vote": vote_id[:MAX_ID]}
            trail.note(tx, who, Act.VOTE_CAST, "sitting", sitting_id, now=now, details=details)

        store.write(noted)
        raise
