"""Ordering accepted proposals when the pot does not suffice for all, and granting down the list.

Down the list everything that still fits is granted; what does not fit is postponed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from data import rules, urn
from data.deciding_count import aside, count
from data.deciding_ranking import settled
from data.deciding_rules import Outcome
from data.deciding_standing import (
    ItemId,
    Ranking,
    Standing,
    What,
)
from data.problems import BadInput, Conflict, NotAllowed
from data.rules import Act, Actor
from data.sitting_casting import refusals_noted
from data.sitting_decisions import grant, put_off
from data.sitting_lead import led
from data.sitting_money import left_of, sum_of
from data.sitting_record import Moment, check_open, load, member_of, reason_of, standing_of
from data.store import Store, Transaction


def begin_ranking(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    among: Sequence[ItemId],
    seen: int,
    now: datetime,
) -> None:
    """Let everybody order accepted proposals that the pot does not suffice for.

    Who stepped aside from one of them orders none.
    """

    def begun(moment: Moment) -> None:
        standing = moment.standing
        check_open(standing)
        if standing.ranking and not standing.ranking.decided:
            if standing.ranking.item == item_id and set(standing.ranking.among) == set(among):
                return
            raise Conflict("sitting.vote_runs")
        if moment.sitting.item(item_id).kind != "ranking" or standing.vote:
            raise Conflict("sitting.vote_runs" if standing.vote else "ranking.not_a_ranking")
        chosen = _checked_among(moment, among)
        here = count(
            standing.rules,
            standing.seats,
            standing.present,
            aside(standing.items, (item_id, *chosen)),
        )
        if not here.quorum or not here.resident_majority:
            raise Conflict("vote.few_residents" if here.quorum else "vote.no_quorum")
        if standing.item != item_id:
            moment.add(What.ITEM_BEGUN, item=item_id)
        moment.add(What.RANKING_BEGUN, item=item_id, among=chosen)

    led(store, actor, sitting_id, begun, seen=seen, now=now)


def rank(
    store: Store, actor: Actor, sitting_id: str, *, order: Sequence[ItemId], now: datetime
) -> None:
    """Give the own order, the dearest first, once; the same again changes nothing."""

    def ranked(tx: Transaction) -> None:
        sitting = load(tx.execute, sitting_id)
        standing = standing_of(tx.execute, sitting, now=now)
        running = _running(standing)
        member = member_of(tx.execute, actor, sitting)
        if member is None or member not in standing.seats:
            raise NotAllowed("vote.not_a_member")
        if member in aside(standing.items, (running.item, *running.among)):
            raise NotAllowed("vote.recused")
        if member not in standing.present or member not in running.present:
            raise Conflict("vote.came_later" if member in standing.present else "vote.not_there")
        if sorted(order) != sorted(running.among):
            raise BadInput("ranking.not_all", field="order")
        before = running.lists.get(member)
        if before and list(before) != list(order):
            raise Conflict("vote.twice")
        if not before:
            Moment(tx, actor, sitting, standing, now).add(
                What.RANKED, item=running.item, member=member, order=list(order)
            )

    with refusals_noted(store, actor, sitting_id, "ranking", now=now):
        rules.check(actor, Act.VOTE_CAST)
        store.write(ranked)


def end_ranking(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Count the orders; ties are named and wait for who leads."""

    def ended(moment: Moment) -> None:
        ranking = moment.standing.ranking
        if ranking and not ranking.running and not ranking.decided:
            return
        running = _running(moment.standing)
        if not running.lists:
            raise Conflict("ranking.no_lists")
        moment.add(What.RANKING_ENDED, item=running.item)

    led(store, actor, sitting_id, ended, seen=seen, now=now)


def settle_ranking(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    order: Sequence[ItemId],
    seen: int,
    now: datetime,
) -> None:
    """Set the order of proposals with equal points: the whole list, changed among equals alone."""

    def done(moment: Moment) -> None:
        ranking = _counted(moment.standing)
        if not settled(ranking.points, order):
            raise BadInput("ranking.not_among_equals", field="order")
        moment.add(What.RANKING_SETTLED, item=ranking.item, order=list(order))

    led(store, actor, sitting_id, done, seen=seen, now=now)


def decide_ranking(
    store: Store, actor: Actor, sitting_id: str, *, reason: str, seen: int, now: datetime
) -> None:
    """Grant down the list what the pot still holds; the others are postponed with this reason."""
    rules.check(actor, Act.SITTING_LEAD)
    why = reason_of(reason)

    def decided(moment: Moment) -> None:
        last = moment.standing.ranking
        if last and last.decided:
            return
        ranking = _counted(moment.standing)
        if not ranking.order:
            raise Conflict("ranking.ties")
        costs = {one: sum_of(moment, moment.sitting.item(one)) for one in ranking.order}
        pots = {fund: left_of(moment, fund) for fund, _ in costs.values()}
        given = granted(ranking.order, costs, pots)
        for one in ranking.order:
            item = moment.sitting.item(one)
            if one in given:
                grant(moment, item, moment.standing.items[one], "")
            else:
                put_off(moment, item, why)
        moment.add(
            What.DECIDED,
            item=ranking.item,
            outcome=Outcome.ACCEPTED,
            order=list(ranking.order),
            granted=list(given),
            costs=costs,
            pots=pots,
            reason=why,
        )

    with urn.of(store).lock:
        led(store, actor, sitting_id, decided, seen=seen, now=now)


def granted(
    order: Sequence[ItemId], costs: Mapping[ItemId, tuple[str, int]], pots: Mapping[str, int]
) -> list[ItemId]:
    """Go down the list and return what the pots suffice for; sums and pots in cents.

    >>> granted(["a", "b", "c"], {"a": ("f", 6), "b": ("f", 5), "c": ("f", 4)}, {"f": 10})
    ['a', 'c']
    """
    left, found = dict(pots), []
    for one in order:
        fund, cents = costs[one]
        if cents <= left[fund]:
            left[fund] -= cents
            found.append(one)
    return found


# --- inside -----------------------------------------------------------------


def _checked_among(moment: Moment, among: Sequence[ItemId]) -> list[ItemId]:
    """Return the proposals to be ordered, as on the agenda: accepted, and not decided yet."""
    agenda = [one.id for one in moment.sitting.items if one.project and one.id in among]
    if len(agenda) < len(set(among)) or len(agenda) < 2:
        raise BadInput("ranking.too_few", field="among")
    for one in agenda:
        item = moment.standing.items.get(one)
        if item is None or item.final or item.outcome != Outcome.ACCEPTED:
            raise BadInput("ranking.not_accepted", field="among")
    return agenda


def _running(standing: Standing) -> Ranking:
    check_open(standing)
    if standing.ranking is None or not standing.ranking.running:
        raise Conflict("vote.late")
    return standing.ranking


def _counted(standing: Standing) -> Ranking:
    check_open(standing)
    ranking = standing.ranking
    if ranking is None or ranking.running or ranking.decided:
        raise Conflict("ranking.not_counted")
    return ranking
