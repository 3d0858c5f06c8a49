"""One vote as it goes on: given, counted, ended, and without whom was taken out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.deciding_rules import Choice, Rules, Tally, base_of, needed, result
from data.deciding_standing import MemberId, Vote, Way


def given(vote: Vote, member: MemberId, choice: Choice) -> Vote:
    """Return the vote with a member's; the first one counts, and none of who has no vote in it."""
    if member not in vote.present or not vote.running:
        return vote
    chosen = {member: choice, **vote.chosen}
    return replace(vote, chosen=chosen, given=len(chosen))


def counted(vote: Vote, told: Mapping[str, Any]) -> Vote:
    """Return the vote with what was counted of hands or slips."""
    tally = _tally(told)
    return replace(vote, tally=tally, given=tally.given)


def ended(rules: Rules, vote: Vote, told: Mapping[str, Any]) -> Vote:
    """Return the vote with its result."""
    tally = _told(vote, told)
    present, seats = len(vote.present), vote.seats
    base = base_of(rules, tally, present=present, seats=seats)
    return replace(
        vote,
        running=False,
        tally=tally,
        given=tally.given,
        base=base,
        needed=needed(rules, base),
        outcome=result(rules, tally, present=present, seats=seats),
    )


def without(vote: Vote, member: MemberId, *, seats: int) -> Vote:
    """Return a running vote without a member who was taken out; one that has ended stays."""
    if not vote.running:
        return vote
    chosen = {who: choice for who, choice in vote.chosen.items() if who != member}
    return replace(
        vote,
        present=tuple(one for one in vote.present if one != member),
        seats=seats,
        chosen=chosen,
        given=len(chosen) if vote.way == Way.DEVICES else vote.given,
    )


def awaited(rules: Rules, vote: Vote) -> Vote:
    """Say how many yes a running vote needs, if everybody votes and nobody abstains."""
    present = len(vote.present)
    base = base_of(rules, Tally(yes=present), present=present, seats=vote.seats)
    return replace(vote, base=base, needed=needed(rules, base))


def _told(vote: Vote, told: Mapping[str, Any]) -> Tally:
    """Count the votes themselves where they are known; else take what was counted."""
    if vote.way == Way.DEVICES and not vote.secret:
        chosen = list(vote.chosen.values())
        return Tally(*(chosen.count(one) for one in (Choice.YES, Choice.NO, Choice.ABSTAIN)))
    return _tally(told) if vote.way == Way.DEVICES else vote.tally or Tally()


def _tally(told: Mapping[str, Any]) -> Tally:
    return Tally(int(told["yes"]), int(told["no"]), int(told["abstain"]))
