"""Votes in a sitting: begun and ended by who leads, given by members, never by staff."""

from datetime import datetime

from data import rules, urn
from data.deciding_count import at_vote
from data.deciding_rules import Choice, Outcome, Secret, Tally, Tie
from data.deciding_standing import (
    ItemId,
    ItemStanding,
    Standing,
    Vote,
    Way,
    What,
)
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.sitting_checks import called, check_able, find, is_ended, is_hidden, running_of, void_lost
from data.sitting_lead import led
from data.sitting_record import Moment, check_open, reason_of
from data.store import Store


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
    rules.check(actor, Act.SITTING_LEAD)
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
        check_able(item.count)
        moment.add(What.VOTE_BEGUN, item=item_id, vote=vote_id, secret=bool(secret), way=way)

    with urn.of(store).lock:
        led(store, actor, sitting_id, begun, seen=seen, now=now)
        if secret and way == Way.DEVICES:
            urn.of(store).begin(vote_id)


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
        running = running_of(moment.standing, vote_id)
        if running.way == Way.DEVICES:
            raise Conflict("vote.on_devices")
        _check_numbers((yes, no, abstain), len(running.present))
        moment.add(What.COUNTED, item=running.item, vote=vote_id, yes=yes, no=no, abstain=abstain)

    led(store, actor, sitting_id, counted, seen=seen, now=now)


def end_vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, seen: int, now: datetime
) -> None:
    """End the vote; its result stands from now on. Of a secret one the totals alone are written."""
    box = urn.of(store)
    with box.lock:
        void_lost(store, actor, sitting_id, now=now)
        voters, totals = box.voters(vote_id), box.tally(vote_id)  # no write may wait for the urn

        def ended(moment: Moment) -> None:
            if is_ended(moment.standing, vote_id):
                return
            running = running_of(moment.standing, vote_id)
            hidden = is_hidden(running)
            check_able(at_vote(moment.standing, running, voters if hidden else running.chosen))
            if running.way != Way.DEVICES and running.tally is None:
                raise Conflict("vote.not_counted")
            tally = totals if hidden else _open_tally(running)
            _check_numbers(tally, len(running.present))  # somebody counted may be out by now
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
    rules.check(actor, Act.SITTING_LEAD)
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


# --- inside -----------------------------------------------------------------


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
