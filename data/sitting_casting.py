"""Votes given by members on their own devices: once each, and by nobody else."""

import contextlib
from collections.abc import Collection, Iterator
from datetime import datetime

from data import rules, trail, urn
from data.deciding_count import at_vote
from data.deciding_rules import Choice
from data.deciding_standing import MemberId, Standing, Vote, Way, What
from data.problems import BadInput, Conflict, NotAllowed, Problem
from data.rules import HOUSE, Act, Actor
from data.sitting_checks import check_able, find, running_of, void_lost
from data.sitting_record import Moment, load, member_of, standing_of
from data.store import Store, Transaction

MAX_ID = 64  # of what a refused click said it was about


def vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, choice: str, now: datetime
) -> None:
    """Give the own vote, once; the same again changes nothing. What is refused stands in the trail.

    An open vote is an event. Of a secret one nothing is written: it lies in the urn.
    """
    with refusals_noted(store, actor, sitting_id, vote_id, now=now):
        rules.check(actor, Act.VOTE_CAST)
        if choice not in set(Choice):
            raise BadInput("vote.choice_unknown", field="choice")
        found = find(standing_of(store.read, load(store.read, sitting_id), now=now), vote_id)
        if found and found.secret:
            _vote_secret(store, actor, sitting_id, vote_id, Choice(choice), now=now)
        else:
            _vote_open(store, actor, sitting_id, vote_id, Choice(choice), now=now)


# --- inside -----------------------------------------------------------------


def _vote_open(
    store: Store, actor: Actor, sitting_id: str, vote_id: str, choice: Choice, *, now: datetime
) -> None:
    def voted(tx: Transaction) -> None:
        sitting = load(tx.execute, sitting_id)
        standing = standing_of(tx.execute, sitting, now=now)
        member = member_of(tx.execute, actor, sitting)
        if _is_in(standing, vote_id, member, choice):
            return
        running = _open_for(standing, vote_id)
        if member in running.chosen:
            raise Conflict("vote.twice")
        member = _may_vote(standing, running, member, running.chosen)
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


def _is_in(standing: Standing, vote_id: str, member: MemberId | None, choice: Choice) -> bool:
    """Tell whether this very vote counts already; said again, it may come after the end."""
    found = find(standing, vote_id)
    return bool(found and not found.void and member and found.chosen.get(member) == choice)


def _open_for(standing: Standing, vote_id: str) -> Vote:
    """Return the vote while votes can be given in it; each reason why not has its sentence."""
    running = running_of(standing, vote_id)
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
    check_able(here)
    return member


@contextlib.contextmanager
def refusals_noted(
    store: Store, by: Actor, sitting_id: str, vote_id: str, *, now: datetime
) -> Iterator[None]:
    """Write a refused vote into the trail, without the choice.

    That somebody tried a second time says that the first vote is in: there no person is written.
    Who is nobody's account writes nothing at all: a stranger cannot fill the trail.
    """
    try:
        yield
    except Problem as problem:
        if not by.person:
            raise
        key = problem.key
        who = HOUSE if key == "vote.twice" else by

        def noted(tx: Transaction) -> None:
            if not tx.execute("select 1 from sitting where id = $id", {"id": sitting_id}):
                return
            details = {"refused": key, "vote": vote_id[:MAX_ID]}
            trail.note(tx, who, Act.VOTE_CAST, "sitting", sitting_id, now=now, details=details)

        store.write(noted)
        raise
