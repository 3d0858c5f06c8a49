"""What a sitting decides on an item: its sum, its conditions, the decision with state and money."""

from datetime import datetime
from typing import Any

from data import project_moves, rules, urn
from data.deciding_rules import Outcome, Tally
from data.deciding_standing import Course, ItemId, ItemStanding, Vote, What
from data.problems import BadInput, Cents, Conflict
from data.projects import ProjectStatus
from data.rules import Act, Actor
from data.sitting_checks import called
from data.sitting_lead import led
from data.sitting_money import asked_for, left_of, most_for, sum_of, wait_again
from data.sitting_record import Item, Moment, check_open, load, reason_of, standing_of
from data.store import Store


def begin_item(
    store: Store, actor: Actor, sitting_id: str, *, item_id: ItemId, seen: int, now: datetime
) -> None:
    """Call an item; one postponed before, or decided before a reopening, waits for a decision again."""

    def begun(moment: Moment) -> None:
        standing = moment.standing
        check_open(standing)
        item = moment.sitting.item(item_id)
        if standing.item == item_id:
            return
        if standing.vote or (standing.ranking and standing.ranking.running):
            raise Conflict("sitting.vote_runs")
        before = standing.items.get(item_id)
        if before and before.final:
            raise Conflict("sitting.item_decided")
        if item.project:
            wait_again(moment, item.project)
        moment.add(What.ITEM_BEGUN, item=item_id)

    led(store, actor, sitting_id, begun, seen=seen, now=now)


def change_sum(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    cents: int,
    seen: int,
    now: datetime,
) -> None:
    """Set the sum that is voted on: not above what was asked for, nor above what is left."""
    if isinstance(cents, bool) or not isinstance(cents, int) or cents <= 0:
        rules.check(actor, Act.SITTING_LEAD)
        raise BadInput("project.sum_missing", field="cents")

    def changed(moment: Moment) -> None:
        item = _not_voted(moment, item_id)
        fund, asked = asked_for(moment, item)
        if cents > asked:
            raise BadInput("sitting.above_asked", field="cents", asked=Cents(asked))
        most = most_for(moment, item)
        if most is not None and cents > most:
            raise BadInput("project.over_limit", field="cents", limit=most // 100)
        if cents > (left := left_of(moment, fund)):
            raise BadInput("pot.too_little", field="cents", left=Cents(left))
        moment.add(What.SUM_CHANGED, item=item_id, cents=cents)

    led(store, actor, sitting_id, changed, seen=seen, now=now)


def set_conditions(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    conditions: str,
    seen: int,
    now: datetime,
) -> None:
    """Set what a grant is bound to; '' for nothing."""
    words = project_moves.checked_conditions(conditions)

    def changed(moment: Moment) -> None:
        _not_voted(moment, item_id)
        moment.add(What.CONDITIONS_SET, item=item_id, words=words)

    led(store, actor, sitting_id, changed, seen=seen, now=now)


def postpone(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    reason: str,
    seen: int,
    now: datetime,
) -> None:
    """Put an item off, with a reason; a vote on it that runs is void."""
    rules.check(actor, Act.SITTING_LEAD)
    why = reason_of(reason)

    def postponed(moment: Moment) -> None:
        check_open(moment.standing)
        item, before = moment.sitting.item(item_id), moment.standing.items.get(item_id)
        if before and before.final:
            if before.course == Course.POSTPONED:
                return
            raise Conflict("sitting.item_decided")
        put_off(moment, item, why)

    with urn.of(store).lock:
        running = standing_of(store.read, load(store.read, sitting_id), now=now).vote
        led(store, actor, sitting_id, postponed, seen=seen, now=now)
        if running and running.item == item_id:
            urn.of(store).forget(running.id)


def decide(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    reason: str,
    seen: int,
    now: datetime,
) -> None:
    """Write the decision down as it was voted: state, money and pins follow in the same moment.

    What is not accepted needs its reason. Conflict while nothing is voted, or while it is a tie.
    """

    def decided(moment: Moment) -> None:
        before = moment.standing.items.get(item_id)
        if before and before.final and before.course == Course.DECIDED:
            return
        standing = called(moment.standing, item_id)
        if standing.vote is None or standing.outcome in (None, Outcome.TIE):
            raise Conflict("sitting.nothing_voted")
        ranking = moment.standing.ranking
        if ranking and not ranking.decided and item_id in ranking.among:
            raise Conflict("sitting.in_ranking")
        item = moment.sitting.item(item_id)
        won = standing.outcome == Outcome.ACCEPTED
        why = project_moves.checked_reason(reason) if won else reason_of(reason)
        if won:
            grant(moment, item, standing, why)
        else:
            _reject(moment, item, standing, why)

    led(store, actor, sitting_id, decided, seen=seen, now=now)


# --- for the ranking too --------------------------------------------------------


def grant(moment: Moment, item: Item, standing: ItemStanding, reason: str) -> None:
    """Accept an item; a project gets its sum out of the pot, or the whole act is refused."""
    if item.project:
        to = (
            ProjectStatus.APPROVED_WITH_CONDITIONS
            if standing.conditions
            else ProjectStatus.APPROVED
        )
        project_moves.moved(
            moment.tx,
            moment.actor,
            item.project,
            to,
            now=moment.now,
            reason=reason,
            cents=standing.cents,
            conditions=standing.conditions,
        )
    _note(moment, item, standing, Outcome.ACCEPTED, reason)


def put_off(moment: Moment, item: Item, reason: str) -> None:
    """Postpone an item."""
    if item.project:
        wait_again(moment, item.project)
        project_moves.moved(
            moment.tx,
            moment.actor,
            item.project,
            ProjectStatus.POSTPONED,
            now=moment.now,
            reason=reason,
        )
    moment.add(What.POSTPONED, item=item.id, reason=reason)


# --- inside -----------------------------------------------------------------


def _reject(moment: Moment, item: Item, standing: ItemStanding, reason: str) -> None:
    if item.project:
        project_moves.moved(
            moment.tx,
            moment.actor,
            item.project,
            ProjectStatus.REJECTED,
            now=moment.now,
            reason=reason,
        )
    _note(moment, item, standing, Outcome.REJECTED, reason)


def _note(
    moment: Moment, item: Item, standing: ItemStanding, outcome: Outcome, reason: str
) -> None:
    """Write down what was decided, and the numbers it follows from."""
    vote = standing.vote
    cents = sum_of(moment, item)[1] if item.project and outcome == Outcome.ACCEPTED else None
    moment.add(
        What.DECIDED,
        item=item.id,
        outcome=outcome,
        cents=cents,
        conditions=standing.conditions if outcome == Outcome.ACCEPTED else "",
        reason=reason,
        **(numbers(vote) if vote else {}),
    )


def numbers(vote: Vote) -> dict[str, Any]:
    """Return the numbers that a result follows from."""
    tally = vote.tally or Tally()
    return {
        "vote": vote.id,
        **tally._asdict(),
        "present": len(vote.present),
        "seats": vote.seats,
        "base": vote.base,
        "needed": vote.needed,
    }


def _not_voted(moment: Moment, item_id: ItemId) -> Item:
    """Return an item of a project that no vote runs or stands on: what is voted on stays so."""
    standing = called(moment.standing, item_id)
    if standing.vote and standing.outcome != Outcome.TIE:
        raise Conflict("sitting.voted_already")
    item = moment.sitting.item(item_id)
    if not item.project:
        raise BadInput("sitting.no_project")
    return item
