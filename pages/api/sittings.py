"""What the screens of a sitting ask and do: who leads it, and each member's own device.

Everything is decided in data/sittings: nothing here knows who may vote.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from components import money, session, sitting_state
from components.sitting_items import Room, may_lead
from data import bodies, instance, members, sittings
from data.deciding_standing import ItemId, MemberId, State
from data.filters import local_day
from data.members import Member
from data.problems import NotAllowed, NotFound
from data.rules import Actor
from data.sittings import Sitting
from data.store import Store
from pages.api import acts
from pages.api import sitting_fields as fields
from pages.api.sitting_fields import UNREADABLE, Body

Deed = Callable[[Store, Actor, str, Body], Any]


def routes() -> list[BaseRoute]:
    """Return the routes: the state of a sitting, and one for every act."""
    deeds: dict[str, Deed] = {
        "here": here,
        "away": away,
        "aside": aside,
        "vote": vote,
        "rank": rank,
        "open": _led(sittings.open_),
        "come": come,
        "leave": leave,
        "recuse": recuse,
        "unrecuse": unrecuse,
        "begin": _led(sittings.begin_item, item_id="item"),
        "sum": change_sum,
        "conditions": _led(sittings.set_conditions, item_id="item", conditions="words"),
        "begin_vote": begin_vote,
        "count_hands": count_hands,
        "end_vote": _led(sittings.end_vote, vote_id="vote"),
        "void": _led(sittings.void_vote, vote_id="vote", reason="reason"),
        "tie": break_tie,
        "postpone": _led(sittings.postpone, item_id="item", reason="reason"),
        "decide": _led(sittings.decide, item_id="item", reason="reason"),
        "begin_ranking": begin_ranking,
        "end_ranking": _led(sittings.end_ranking),
        "settle": settle,
        "decide_ranking": _led(sittings.decide_ranking, reason="reason"),
        "close": _led(sittings.close),
        "reopen": _led(sittings.reopen, reason="reason"),
    }
    return [
        acts.reading("/api/sittings/{id}/state", state),
        *(acts.acting(f"/api/sittings/{{id}}/{name}", _done(deed)) for name, deed in deeds.items()),
    ]


# --- what is shown ------------------------------------------------------------


def state(request: Request) -> Response:
    """Answer how a sitting stands, for who leads (`?as=lead`) or for a member; 304 when as before."""
    store, actor, say = instance.running().store, acts.person(request), acts.say(request)
    sitting_id, leading = request.path_params["id"], request.query_params.get("as") == "lead"
    stamp = sittings.stamp(store, actor, sitting_id)  # taken before anything is read
    sign = f"{store.revision}-{stamp}-{say.lang}-{leading:d}-{actor.person}"

    def told() -> Any:
        room = _room(store, actor, sitting_id, leading=leading)
        return sitting_state.led(say, room) if leading else sitting_state.own(say, room)

    return acts.tagged(request, sign, told)


def _room(store: Store, actor: Actor, sitting_id: str, *, leading: bool) -> Room:
    now = session.now()
    sitting = sittings.get(store, actor, sitting_id)
    me = members.of_person(store, actor.person, sitting.body)
    leads = may_lead(actor, me, local_day(now))
    if leading and not leads:
        raise NotAllowed("not_allowed")
    found, left = sitting_state.loaded(store, actor, sitting, now=now)
    standing = sittings.standing(store, actor, sitting_id, now=now)
    return Room(
        sitting,
        bodies.get(store, actor, sitting.body).title,
        standing,
        found,
        left,
        _members(store, actor, sitting, list(standing.seats)) if leading else (),
        me,
        leads,
        standing.vote is not None and me is not None and sittings.voted(store, actor, sitting_id),
    )


def _members(store: Store, actor: Actor, sitting: Sitting, seats: list[MemberId]) -> list[Member]:
    """List who belongs to a sitting; while it runs also who became a member since it was opened."""
    now = session.now()
    joined = local_day(now) if sitting.state == State.OPEN else None
    return [
        one
        for one in members.listing(store, actor, sitting.body, now=now)
        if one.id in seats or (joined and one.sits(joined))
    ]


# --- a member's own acts --------------------------------------------------------


def here(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Write that the member who asks is there."""
    me = _me(store, actor, sitting_id)
    sittings.come(store, actor, sitting_id, member_id=me.id, now=session.now())


def away(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Write that the member who asks has gone."""
    me = _me(store, actor, sitting_id)
    sittings.leave(store, actor, sitting_id, member_id=me.id, now=session.now())


def aside(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Take the member who asks out of an item."""
    me, item, why = (
        _me(store, actor, sitting_id),
        ItemId(fields.one_id(given, "item")),
        fields.text(given, "reason"),
    )
    sittings.recuse(
        store, actor, sitting_id, item_id=item, member_id=me.id, why=why, now=session.now()
    )


def vote(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Give the own vote; the same tap again is the same vote."""
    vote_id, choice = fields.one_id(given, "vote"), fields.text(given, "choice")
    sittings.vote(store, actor, sitting_id, vote_id=vote_id, choice=choice, now=session.now())


def rank(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Give the own order of proposals."""
    order = [ItemId(one) for one in fields.ids(given, "order")]
    sittings.rank(store, actor, sitting_id, order=order, now=session.now())


# --- led ------------------------------------------------------------------------


def come(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Write that a member is there."""
    member = MemberId(fields.one_id(given, "member"))
    sittings.come(store, actor, sitting_id, member_id=member, now=session.now())


def leave(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Write that a member has gone."""
    member = MemberId(fields.one_id(given, "member"))
    sittings.leave(store, actor, sitting_id, member_id=member, now=session.now())


def recuse(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Take a member out of an item."""
    item, member = ItemId(fields.one_id(given, "item")), MemberId(fields.one_id(given, "member"))
    why, now = fields.text(given, "reason"), session.now()
    sittings.recuse(store, actor, sitting_id, item_id=item, member_id=member, why=why, now=now)


def unrecuse(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Let a member take part in an item again."""
    item, member = ItemId(fields.one_id(given, "item")), MemberId(fields.one_id(given, "member"))
    sittings.unrecuse(store, actor, sitting_id, item_id=item, member_id=member, now=session.now())


def change_sum(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Set the sum that is voted on, as it was typed."""
    cents = money.cents(fields.text(given, "sum"))
    item, seen = ItemId(fields.one_id(given, "item")), fields.seen(given)
    sittings.change_sum(
        store, actor, sitting_id, item_id=item, cents=cents, seen=seen, now=session.now()
    )


def begin_vote(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Open a vote on the item called."""
    sittings.begin_vote(
        store, actor, sitting_id, item_id=ItemId(fields.one_id(given, "item")), vote_id=fields.one_id(given, "vote"),
        secret=fields.yes_or_no(given, "secret"), way=fields.text(given, "way"), seen=fields.seen(given), now=session.now(),
    )  # fmt: skip


def count_hands(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Write what was counted of hands or slips, and end the vote with it."""
    vote_id, seen, now = fields.one_id(given, "vote"), fields.seen(given), session.now()
    votes = {name: fields.number(given, name) for name in ("yes", "no", "abstain")}
    sittings.count_hands(store, actor, sitting_id, vote_id=vote_id, seen=seen, now=now, **votes)


def break_tie(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Decide a tie."""
    accepted, item = fields.yes_or_no(given, "accepted"), ItemId(fields.one_id(given, "item"))
    sittings.break_tie(
        store, actor, sitting_id, item_id=item, accepted=accepted, seen=fields.seen(given),
        now=session.now(),
    )  # fmt: skip


def begin_ranking(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Let everybody order proposals."""
    among, item = (
        [ItemId(one) for one in fields.ids(given, "among")],
        ItemId(fields.one_id(given, "item")),
    )
    sittings.begin_ranking(
        store,
        actor,
        sitting_id,
        item_id=item,
        among=among,
        seen=fields.seen(given),
        now=session.now(),
    )


def settle(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
    """Set the order among proposals of equal points."""
    order = [ItemId(one) for one in fields.ids(given, "order")]
    sittings.settle_ranking(
        store, actor, sitting_id, order=order, seen=fields.seen(given), now=session.now()
    )


# --- inside -----------------------------------------------------------------


def _led(act: Callable[..., None], **named: str) -> Deed:
    """Make a deed of an act of who leads, whose texts are named alike: by argument, by field."""

    def deed(store: Store, actor: Actor, sitting_id: str, given: Body) -> None:
        read = {
            argument: fields.one_id(given, name)
            if argument.endswith("_id")
            else fields.text(given, name)
            for argument, name in named.items()
        }
        act(store, actor, sitting_id, seen=fields.seen(given), now=session.now(), **read)

    return deed


def _done(deed: Deed) -> Callable[[Request, bytes], Any]:
    def act(request: Request, body: bytes) -> dict[str, bool]:
        running, actor = instance.running(), acts.person(request)
        running.limits.hit("sitting", actor.person or acts.source(request))
        deed(running.store, actor, request.path_params["id"], acts.given(body, UNREADABLE))
        return {"done": True}

    return act


def _me(store: Store, actor: Actor, sitting_id: str) -> Member:
    sitting = sittings.get(store, actor, sitting_id)
    me = members.of_person(store, actor.person, sitting.body)
    if not me:
        raise NotFound("sitting.not_member")
    return me
