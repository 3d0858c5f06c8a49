"""How a body decides, as data: quorum, residents' majority, majority, tie. Pure counting."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Self


class Majority(StrEnum):
    """How many yes votes a proposal needs."""

    SIMPLE = "simple"  # more than half of the base
    ABSOLUTE = "absolute"  # more than half of all seats that may vote on it, whatever the base
    TWO_THIRDS = "two_thirds"  # at least two thirds of the base


class Base(StrEnum):
    """What a majority is counted from."""

    CAST = "cast"  # yes and no; an abstention counts for neither
    PRESENT = "present"  # who was there with a vote while it ran; an abstention is no yes
    ENTITLED = "entitled"  # all seats that may vote on it, present or not


class Tie(StrEnum):
    """What exactly as many yes as no mean."""

    REJECTED = "rejected"
    AGAIN = "again"  # voted once more
    CHAIR = "chair"  # who leads decides, as an act of its own


class Secret(StrEnum):
    """Whether votes are secret."""

    NEVER = "never"
    ALLOWED = "allowed"
    REQUIRED = "required"


class Choice(StrEnum):
    """One vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What a vote came to."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TIE = "tie"  # to be voted again, or for who leads


class Share(NamedTuple):
    """A fraction of a number of people: more than it, or at least it."""

    part: int
    whole: int
    more_than: bool

    def of(self, people: int) -> int:
        """Return how many are enough: the smallest whole number that reaches it, one at least.

        >>> Share(1, 2, True).of(7), Share(1, 2, True).of(18), Share(2, 3, False).of(7)
        (4, 10, 5)
        >>> Share(2, 3, False).of(6), Share(51, 100, False).of(4), Share(1, 2, True).of(0)
        (4, 3, 1)
        """
        exact, rest = divmod(people * self.part, self.whole)
        return max(exact + (self.more_than or rest > 0), 1)


HALF = Share(1, 2, more_than=True)
TWO_THIRDS = Share(2, 3, more_than=False)


class Tally(NamedTuple):
    """Votes counted."""

    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def given(self) -> int:
        """Count all of them."""
        return self.yes + self.no + self.abstain


@dataclass(frozen=True)
class Rules:
    """The rule set of a body; a sitting keeps those of the day it was opened."""

    quorum: Share = HALF  # of the seats
    residents: Share | None = HALF  # of those present with a vote; None: nothing is asked
    majority: Majority = Majority.SIMPLE
    base: Base = Base.CAST
    tie: Tie = Tie.REJECTED
    secret: Secret = Secret.ALLOWED
    papers_days: int = 7  # the papers go out so many days before
    seats: int = 0  # how many there should be, 0 = not set; counted are those who are there

    def plain(self) -> dict[str, Any]:
        """Return the rules as JSON can keep them."""
        return asdict(self)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """Read kept rules; ValueError, KeyError or TypeError for what are none."""
        return cls(
            quorum=Share(*kept["quorum"]),
            residents=Share(*kept["residents"]) if kept["residents"] else None,
            majority=Majority(kept["majority"]),
            base=Base(kept["base"]),
            tie=Tie(kept["tie"]),
            secret=Secret(kept["secret"]),
            papers_days=int(kept["papers_days"]),
            seats=int(kept.get("seats", 0)),
        )


def base_of(rules: Rules, tally: Tally, *, present: int, seats: int) -> int:
    """Return the number that the majority is counted from."""
    if rules.majority == Majority.ABSOLUTE or rules.base == Base.ENTITLED:
        return max(seats, present)
    return present if rules.base == Base.PRESENT else tally.yes + tally.no


def needed(rules: Rules, base: int) -> int:
    """Return how many yes votes are enough.

    >>> needed(Rules(), 7), needed(Rules(majority=Majority.TWO_THIRDS), 7)
    (4, 5)
    """
    return (TWO_THIRDS if rules.majority == Majority.TWO_THIRDS else HALF).of(base)


def result(rules: Rules, tally: Tally, *, present: int, seats: int) -> Outcome:
    """Return what votes came to.

    `present`: who was there with a vote while it ran; `seats`: all who may vote on it, there or
    not. As many yes as no is a tie only where one more yes would have been enough.

    >>> result(Rules(), Tally(3, 2, 1), present=6, seats=7).value
    'accepted'
    >>> result(Rules(tie=Tie.AGAIN), Tally(3, 3, 1), present=7, seats=7).value
    'tie'
    >>> result(Rules(), Tally(0, 0, 5), present=5, seats=7).value
    'rejected'
    """
    base = base_of(rules, tally, present=present, seats=seats)
    if tally.yes >= needed(rules, base):
        return Outcome.ACCEPTED
    even = tally.yes == tally.no > 0 and tally.yes * 2 == base
    if even and rules.majority != Majority.TWO_THIRDS and rules.tie != Tie.REJECTED:
        return Outcome.TIE
    return Outcome.REJECTED
