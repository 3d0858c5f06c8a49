"""What a sitting has come to: a pure fold over its events. No store, no clock.

How is counted:
- A quorum is a fraction of the seats, that is of the full members; removed ones are none.
- A substitute has a vote only while standing in for an absent full member of the same sort
  (resident or partner), in the order of coming.
- Who steps aside from an item is out of its vote and out of its base: the seat is not counted,
  neither for the quorum nor for the majority, and no substitute takes it.
- Who has a vote in a vote is settled when it begins: who comes later has one in the next. A vote
  given stays when its member leaves, and counts for the quorum; it goes when its member is
  removed or steps aside while the vote runs. Who leaves without voting was there all the same:
  where the majority is counted from those present, that is no yes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from data import deciding_votes as votes
from data.deciding_count import aside, count
from data.deciding_ranking import borda, settled
from data.deciding_rules import Choice, Outcome, Rules
from data.deciding_standing import (
    Count,
    Course,
    Event,
    ItemId,
    ItemStanding,
    MemberId,
    Ranking,
    Seat,
    Standing,
    State,
    Vote,
    Way,
    What,
)


def fold(rules: Rules, members: Iterable[Seat], events: Iterable[Event]) -> Standing:
    """Return what the events come to; the same events always come to the same.

    `rules` and `members` are those of today; from the opening on those it froze count.
    """
    hall = _Hall(rules, members)
    for event in events:
        hall.take(event)
    return hall.standing()


class _Hall:
    """What is so far; each event changes it."""

    def __init__(self, rules: Rules, members: Iterable[Seat]) -> None:
        self.rules = rules
        self.seats = {one.id: one for one in members}
        self.state = State.PLANNED
        self.present: list[MemberId] = []
        self.items: dict[ItemId, ItemStanding] = {}
        self.item: ItemId | None = None
        self.ranking: Ranking | None = None
        self.last = 0

    def take(self, event: Event) -> None:
        self.last = event.id
        acts = _ACTS.get(event.what)
        if acts:
            acts(self, event)

    def standing(self) -> Standing:
        counted = {
            name: replace(one, count=self.count(one.recused)) for name, one in self.items.items()
        }
        running = [vote for one in counted.values() for vote in one.votes if vote.running]
        return Standing(
            state=self.state,
            rules=self.rules,
            seats=self.seats,
            present=tuple(self.present),
            count=self.count(),
            items=counted,
            item=self.item,
            vote=votes.awaited(self.rules, running[0]) if running else None,
            ranking=self.ranking,
            last=self.last,
        )

    def count(self, out: Collection[MemberId] = ()) -> Count:
        return count(self.rules, self.seats, self.present, out)

    # --- the sitting ----------------------------------------------------------

    def papers(self, event: Event) -> None:
        self.state = State.PAPERS

    def opened(self, event: Event) -> None:
        self.state = State.OPEN
        self.rules = Rules.read(event.details["rules"])
        self.seats = {one["id"]: Seat(**one) for one in event.details["members"]}

    def closed(self, event: Event) -> None:
        self.state, self.present, self.item = State.CLOSED, [], None

    def reopened(self, event: Event) -> None:
        self.state = State.OPEN
        for name, one in self.items.items():
            self.items[name] = replace(one, final=False)

    # --- who is there ---------------------------------------------------------

    def came(self, event: Event) -> None:
        member = _member(event)
        if "id" in event.details:
            self.seats[member] = Seat(**event.details)
        if member in self.seats and member not in self.present:
            self.present.append(member)

    def left(self, event: Event) -> None:
        self.present = [one for one in self.present if one != event.member]

    def removed(self, event: Event) -> None:
        self.left(event)
        self.seats.pop(_member(event), None)
        self._take_out(_member(event))

    def recused(self, event: Event) -> None:
        item = self._item(event)
        why = {**item.recused, _member(event): event.details["why"]}
        self.items[item.id] = replace(item, recused=why)
        self._take_out(_member(event), item.id)

    def unrecused(self, event: Event) -> None:
        item = self._item(event)
        kept = {who: why for who, why in item.recused.items() if who != event.member}
        self.items[item.id] = replace(item, recused=kept)

    def _take_out(self, member: MemberId, only: ItemId | None = None) -> None:
        """Take a member out of what runs; what has ended stays as it was."""
        for item in list(self.items.values()):
            if only in (None, item.id):
                seats = self.count(item.recused).seats
                kept = tuple(votes.without(vote, member, seats=seats) for vote in item.votes)
                self.items[item.id] = replace(item, votes=kept)
        now = self.ranking
        if now and now.running and only in (None, now.item, *now.among):
            self.ranking = replace(
                now,
                present=tuple(who for who in now.present if who != member),
                lists={who: order for who, order in now.lists.items() if who != member},
            )

    # --- items ----------------------------------------------------------------

    def item_begun(self, event: Event) -> None:
        item = self._item(event)
        self.item = item.id
        if item.course != Course.BEGUN:  # after a reopening it starts anew
            self.items[item.id] = ItemStanding(
                item.id, Course.BEGUN, item.cents, item.conditions, recused=item.recused
            )

    def sum_changed(self, event: Event) -> None:
        self._set(event, cents=event.details["cents"])

    def conditions_set(self, event: Event) -> None:
        self._set(event, conditions=event.details["words"])

    def postponed(self, event: Event) -> None:
        given = tuple(
            replace(one, running=False, void="postponed") if one.running else one
            for one in self._item(event).votes
        )
        reason = event.details["reason"]
        self._set(event, votes=given, course=Course.POSTPONED, reason=reason, final=True)
        self._leave_item(event)

    def decided(self, event: Event) -> None:
        told, reason = event.details, event.details.get("reason", "")
        self._set(event, course=Course.DECIDED, reason=reason, decided=told, final=True)
        self._leave_item(event)
        if self.ranking and self.ranking.item == event.item:
            self.ranking = replace(self.ranking, decided=True)

    def _leave_item(self, event: Event) -> None:
        if self.item == event.item:
            self.item = None

    # --- votes ----------------------------------------------------------------

    def vote_begun(self, event: Event) -> None:
        item, told = self._item(event), event.details
        here = self.count(item.recused)
        begun = Vote(
            told["vote"], item.id, told["secret"], Way(told["way"]), here.entitled, here.seats
        )
        self._set(event, votes=(*item.votes, begun), outcome=None)

    def voted(self, event: Event) -> None:
        choice = Choice(event.details["choice"])
        self._vote(event, lambda vote: votes.given(vote, _member(event), choice))

    def counted(self, event: Event) -> None:
        self._vote(event, lambda vote: votes.counted(vote, event.details))

    def vote_ended(self, event: Event) -> None:
        self._vote(event, lambda vote: votes.ended(self.rules, vote, event.details))
        self._set(event, outcome=_outcome(self._item(event)))

    def vote_void(self, event: Event) -> None:
        why = event.details["reason"]
        self._vote(event, lambda vote: replace(vote, running=False, void=why, outcome=None))
        self._set(event, outcome=_outcome(self._item(event)))

    def tie_broken(self, event: Event) -> None:
        won = event.details["accepted"]
        self._set(event, outcome=Outcome.ACCEPTED if won else Outcome.REJECTED)

    def _vote(self, event: Event, change: Callable[[Vote], Vote]) -> None:
        item = self._item(event)
        changed = [change(one) if one.id == event.details["vote"] else one for one in item.votes]
        self.items[item.id] = replace(item, votes=tuple(changed))

    # --- ranking --------------------------------------------------------------

    def ranking_begun(self, event: Event) -> None:
        among = tuple(event.details["among"])
        out = aside(self.items, (self._item(event).id, *among))
        here = self.count(out)
        self.ranking = Ranking(self._item(event).id, among, here.entitled)

    def ranked(self, event: Event) -> None:
        now = self.ranking
        if now and _member(event) in now.present:
            first = {_member(event): tuple(event.details["order"])}
            self.ranking = replace(now, lists={**first, **now.lists})

    def ranking_ended(self, event: Event) -> None:
        if self.ranking:
            points, ties = borda(self.ranking.among, self.ranking.lists.values())
            order = () if ties else tuple(points)
            self.ranking = replace(
                self.ranking, running=False, points=points, ties=ties, order=order
            )

    def ranking_settled(self, event: Event) -> None:
        if self.ranking and settled(self.ranking.points, event.details["order"]):
            self.ranking = replace(self.ranking, order=tuple(event.details["order"]))

    # --- inside ---------------------------------------------------------------

    def _item(self, event: Event) -> ItemStanding:
        if event.item is None:
            raise ValueError(f"{event.what} is about an item")
        return self.items.get(event.item) or ItemStanding(event.item)

    def _set(self, event: Event, **changes: Any) -> None:
        item = self._item(event)
        self.items[item.id] = replace(item, **changes)


_ACTS: Mapping[str, Callable[[_Hall, Event], None]] = {
    what: getattr(_Hall, what.value) for what in What
}


def _member(event: Event) -> MemberId:
    if event.member is None:
        raise ValueError(f"{event.what} is about a member")
    return event.member


def _outcome(item: ItemStanding) -> Outcome | None:
    return item.vote.outcome if item.vote else None
