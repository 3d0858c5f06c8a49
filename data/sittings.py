"""Sittings of a body: one door to plan, lead, attend and decide them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.bodies import BodyId
from data.deciding_standing import ItemId, MemberId, Standing, State, Way
from data.rules import Actor, ProjectId
from data.store import Store


@dataclass(frozen=True)
class Item:
    """One item of an agenda."""

    id: ItemId
    kind: str  # project, ranking, talk
    title: str
    project: ProjectId | None = None


@dataclass(frozen=True)
class Sitting:
    """A stored sitting; times are UTC."""

    id: str
    number: int
    body: BodyId
    title: str
    place: str
    held_at: datetime
    public: bool
    state: State
    demo: bool
    version: int
    papers_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    items: tuple[Item, ...]


# --- planned by the office ---------------------------------------------------


def plan(
    store: Store,
    actor: Actor,
    *,
    sitting_id: str,
    body_id: BodyId,
    title: str,
    place: str,
    held_at: datetime,
    public: bool,
    now: datetime,
    demo: bool = False,
) -> Sitting:
    """Plan a sitting; one already planned under its id stays as it is."""
    raise NotImplementedError


def change(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    version: int,
    title: str,
    place: str,
    held_at: datetime,
    public: bool,
    now: datetime,
) -> Sitting:
    """Change when and where, before it is opened; Conflict when changed meanwhile."""
    raise NotImplementedError


def put_on(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    items: Sequence[Item],
    version: int,
    now: datetime,
) -> Sitting:
    """Set the whole agenda in its order; what something happened to already cannot be left out."""
    raise NotImplementedError


def send_papers(
    store: Store, actor: Actor, sitting_id: str, *, version: int, now: datetime
) -> Sitting:
    """Let the members read the papers."""
    raise NotImplementedError


def listing(store: Store, actor: Actor) -> list[Sitting]:
    """List sittings, the newest first; a member sees those of the own bodies, once papers are out."""
    raise NotImplementedError


def get(store: Store, actor: Actor, sitting_id: str) -> Sitting:
    """Load one sitting that the actor may see; NotFound otherwise."""
    raise NotImplementedError


def standing(store: Store, actor: Actor, sitting_id: str, *, now: datetime) -> Standing:
    """Return where a sitting stands; a secret vote lost with a restart is voided by this."""
    raise NotImplementedError


def stamp(store: Store, actor: Actor, sitting_id: str) -> str:
    """Return a sign that changes whenever anything happened; cheap, to be asked every second."""
    raise NotImplementedError


def voted(store: Store, actor: Actor, sitting_id: str) -> bool:
    """Tell a member whether the own vote in the running one is in."""
    raise NotImplementedError


def recount(store: Store, actor: Actor, sitting_id: str) -> list[tuple[ItemId, bool]]:
    """Recompute every decision from the events: each item, and whether it comes to the same."""
    raise NotImplementedError


# --- led: by the office, or by a member who is the chair ----------------------
# `seen` is Standing.last as shown to who acts; Conflict when somebody else led on meanwhile.


def open_(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Open a sitting; its rules and members are frozen now."""
    raise NotImplementedError


def come(
    store: Store, actor: Actor, sitting_id: str, *, member_id: MemberId, now: datetime
) -> None:
    """Write that a member is there: a member the own person alone, who leads anybody."""
    raise NotImplementedError


def leave(
    store: Store, actor: Actor, sitting_id: str, *, member_id: MemberId, now: datetime
) -> None:
    """Write that a member has gone: a member the own person alone, who leads anybody."""
    raise NotImplementedError


def recuse(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    member_id: MemberId,
    why: str,
    now: datetime,
) -> None:
    """Take a member out of an item: `why` is own, employer, relatives or other; internal."""
    raise NotImplementedError


def unrecuse(
    store: Store,
    actor: Actor,
    sitting_id: str,
    *,
    item_id: ItemId,
    member_id: MemberId,
    now: datetime,
) -> None:
    """Take a recusal back, while no vote on the item runs; only who leads."""
    raise NotImplementedError


def begin_item(
    store: Store, actor: Actor, sitting_id: str, *, item_id: ItemId, seen: int, now: datetime
) -> None:
    """Call an item; after a reopening also one that was decided."""
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    """Open the vote on the item called; refused without quorum or residents' majority."""
    raise NotImplementedError


def vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, choice: str, now: datetime
) -> None:
    """Give the own vote, once; the same again changes nothing. What is refused stands in the trail."""
    raise NotImplementedError


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
    raise NotImplementedError


def end_vote(
    store: Store, actor: Actor, sitting_id: str, *, vote_id: str, seen: int, now: datetime
) -> None:
    """End the vote; its result stands from now on."""
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    raise NotImplementedError


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
    """Write the decision down as it was voted: state, money and pins follow in the same moment."""
    raise NotImplementedError


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
    """Let everybody order accepted proposals that the pot does not suffice for."""
    raise NotImplementedError


def rank(
    store: Store, actor: Actor, sitting_id: str, *, order: Sequence[ItemId], now: datetime
) -> None:
    """Give the own order, the dearest first, once; the same again changes nothing."""
    raise NotImplementedError


def end_ranking(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Count the orders; ties are named and wait for who leads."""
    raise NotImplementedError


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
    raise NotImplementedError


def decide_ranking(
    store: Store, actor: Actor, sitting_id: str, *, reason: str, seen: int, now: datetime
) -> None:
    """Grant down the list what the pot still holds; the others are postponed with this reason."""
    raise NotImplementedError


def close(store: Store, actor: Actor, sitting_id: str, *, seen: int, now: datetime) -> None:
    """Close a sitting in which no vote runs; everybody has gone then."""
    raise NotImplementedError


def reopen(
    store: Store, actor: Actor, sitting_id: str, *, reason: str, seen: int, now: datetime
) -> None:
    """Open a closed sitting again, with a reason that stays in the trail."""
    raise NotImplementedError
