"""What the parts of a sitting ask of its votes and items; each reason why not has its sentence."""

from datetime import datetime

from data import rules, urn
from data.deciding_standing import (
    Count,
    Course,
    ItemId,
    ItemStanding,
    Standing,
    State,
    Vote,
    Way,
    What,
)
from data.problems import Conflict, NotFound
from data.rules import HOUSE, Act, Actor
from data.sitting_record import Moment, check_open, load, standing_of, write
from data.store import Store


def is_hidden(vote: Vote) -> bool:
    """Tell whether a vote lies in the urn."""
    return vote.secret and vote.way == Way.DEVICES


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


def running_of(standing: Standing, vote_id: str) -> Vote:
    """Return a vote that runs."""
    found = find(standing, vote_id)
    if found is None:
        raise NotFound("vote.not_found")
    if found.void:
        raise Conflict("vote.void")
    if not found.running or standing.state != State.OPEN:
        raise Conflict("vote.late")
    return found


def is_ended(standing: Standing, vote_id: str) -> bool:
    """Tell whether a vote has a result."""
    found = find(standing, vote_id)
    return found is not None and not found.running and not found.void


def check_able(here: Count) -> None:
    """Refuse with Conflict a vote without quorum or residents' majority."""
    if not here.quorum:
        raise Conflict("vote.no_quorum")
    if not here.resident_majority:
        raise Conflict("vote.few_residents")


def void_lost(store: Store, actor: Actor, sitting_id: str, *, now: datetime) -> None:
    """Void a secret vote whose urn is gone with a restart, and say so as an event of the house."""
    rules.check(actor, Act.SITTING_READ)

    box = urn.of(store)
    with box.lock:  # not between a beginning and its urn
        lost = standing_of(store.read, load(store.read, sitting_id), now=now).vote
        if lost is None or not is_hidden(lost) or box.knows(lost.id):
            return

        def void(moment: Moment) -> None:
            if moment.standing.vote and moment.standing.vote.id == lost.id:
                moment.add(What.VOTE_VOID, item=lost.item, vote=lost.id, reason="restart")

        write(store, HOUSE, sitting_id, void, now=now)
