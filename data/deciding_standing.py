"""A sitting at a moment, and the events that led there: what is counted, as plain things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NewType

from data.deciding_rules import Choice, Outcome, Rules, Tally

MemberId = NewType("MemberId", str)
ItemId = NewType("ItemId", str)


class State(StrEnum):
    """Where a sitting stands."""

    PLANNED = "planned"
    PAPERS = "papers"  # sent
    OPEN = "open"
    CLOSED = "closed"


class Course(StrEnum):
    """Where an item of the agenda stands."""

    WAITING = "waiting"
    BEGUN = "begun"
    POSTPONED = "postponed"
    DECIDED = "decided"


class Way(StrEnum):
    """How votes are given."""

    DEVICES = "devices"  # each on the own device
    HANDS = "hands"  # shown, and counted by who leads
    PAPER = "paper"  # slips, counted by who leads; may be secret


@dataclass(frozen=True)
class Seat:
    """A member as a sitting counts it."""

    id: MemberId
    resident: bool
    substitute: bool = False
    chair: bool = False


class What(StrEnum):
    """What can happen in a sitting."""

    PAPERS = "papers"
    OPENED = "opened"  # details: rules, members, as they are frozen
    CAME = "came"  # details: the member, when new since the opening
    LEFT = "left"
    REMOVED = "removed"  # is no member any more
    RECUSED = "recused"  # details: why
    UNRECUSED = "unrecused"
    ITEM_BEGUN = "item_begun"
    SUM_CHANGED = "sum_changed"  # details: cents
    CONDITIONS_SET = "conditions_set"  # details: words
    VOTE_BEGUN = "vote_begun"  # details: vote, secret, way
    VOTED = "voted"  # details: vote, choice; only in an open vote on devices
    COUNTED = "counted"  # details: vote, yes, no, abstain
    VOTE_ENDED = "vote_ended"  # details: vote, yes, no, abstain
    VOTE_VOID = "vote_void"  # details: vote, reason
    TIE_BROKEN = "tie_broken"  # details: accepted
    POSTPONED = "postponed"  # details: reason
    RANKING_BEGUN = "ranking_begun"  # details: among
    RANKED = "ranked"  # details: order
    RANKING_ENDED = "ranking_ended"
    RANKING_SETTLED = "ranking_settled"  # details: order
    DECIDED = "decided"  # details: outcome, cents, conditions, reason, and how it was counted
    CLOSED = "closed"
    REOPENED = "reopened"  # details: reason


# What members do themselves; everything else is led, and two who lead must not cross
OWN = frozenset({What.CAME, What.LEFT, What.REMOVED, What.RECUSED, What.VOTED, What.RANKED})


@dataclass(frozen=True)
class Event:
    """Something that happened; `id` is the order."""

    id: int
    what: str
    item: ItemId | None = None
    member: MemberId | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """Who counts at a moment: in the sitting as a whole, or for one item."""

    seats: int  # full members; for an item without those who stepped aside
    entitled: tuple[MemberId, ...]  # present with a vote, in order of coming
    needed: int  # present for a quorum
    residents: int  # among the entitled
    residents_needed: int  # 0: nothing is asked

    @property
    def quorum(self) -> bool:
        """Tell whether enough are there."""
        return len(self.entitled) >= self.needed

    @property
    def resident_majority(self) -> bool:
        """Tell whether enough of those there are residents."""
        return self.residents >= self.residents_needed

    @property
    def able(self) -> bool:
        """Tell whether it can be voted."""
        return self.quorum and self.resident_majority


@dataclass(frozen=True)
class Vote:
    """One vote on one item. What members chose in a secret one is nowhere."""

    id: str
    item: ItemId
    secret: bool
    way: Way
    present: tuple[MemberId, ...]  # who had a vote when it began; not who was taken out since
    seats: int
    tally: Tally | None = None  # counted; None: on devices, and it still runs
    chosen: Mapping[MemberId, Choice] = field(default_factory=dict)  # on devices and open
    given: int = 0  # how many votes are in
    running: bool = True
    void: str = ""  # why it does not count
    outcome: Outcome | None = None  # None: it runs, or is void
    base: int = 0  # what the majority is counted from; while it runs, if nobody abstains
    needed: int = 0  # yes votes


@dataclass(frozen=True)
class ItemStanding:
    """Where one item stands."""

    id: ItemId
    course: Course = Course.WAITING
    cents: int | None = None  # changed by the sitting; None: as asked
    conditions: str = ""
    reason: str = ""  # of the decision or the postponement
    recused: Mapping[MemberId, str] = field(default_factory=dict)  # why: for who leads alone
    votes: tuple[Vote, ...] = ()  # since it was begun, the newest last
    outcome: Outcome | None = None  # of the vote, or of who leads after a tie
    decided: Mapping[str, Any] = field(default_factory=dict)  # how it was written down
    final: bool = False  # decided or postponed, and the sitting was not opened again since
    count: Count = Count(0, (), 1, 0, 0)

    @property
    def vote(self) -> Vote | None:
        """Return the newest vote that is not void."""
        counting = [one for one in self.votes if not one.void]
        return counting[-1] if counting else None


@dataclass(frozen=True)
class Ranking:
    """An order of proposals made by all: each list gives k-1 points to its first of k, 0 to its last."""

    item: ItemId
    among: tuple[ItemId, ...]
    present: tuple[MemberId, ...] = ()  # as with a vote
    lists: Mapping[MemberId, tuple[ItemId, ...]] = field(default_factory=dict)
    running: bool = True
    decided: bool = False
    points: Mapping[ItemId, int] = field(default_factory=dict)
    order: tuple[ItemId, ...] = ()  # the final one; () while ties are to be settled
    ties: tuple[tuple[ItemId, ...], ...] = ()  # proposals of equal points


@dataclass(frozen=True)
class Standing:
    """A sitting at a moment."""

    state: State
    rules: Rules
    seats: Mapping[MemberId, Seat]  # full members and substitutes, without removed ones
    present: tuple[MemberId, ...]  # in order of coming
    count: Count
    items: Mapping[ItemId, ItemStanding]
    item: ItemId | None = None  # the one that is talked about
    vote: Vote | None = None  # the one that runs
    ranking: Ranking | None = None
    last: int = 0  # the id of the last event: what who leads has seen
