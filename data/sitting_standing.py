"""Where a sitting stands, for who leads and for members; and every past decision counted again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from data import rules, urn
from data.deciding import fold
from data.deciding_standing import ItemId, Standing, What
from data.rules import Act, Actor, Role
from data.sitting_checks import is_hidden, void_lost
from data.sitting_decisions import numbers
from data.sitting_lead import is_chair
from data.sitting_plan import get
from data.sitting_ranking import granted
from data.sitting_record import Sitting, events, load, member_of, standing_of
from data.store import Store


def standing(store: Store, actor: Actor, sitting_id: str, *, now: datetime) -> Standing:
    """Return where a sitting stands; a secret vote lost with a restart is voided by this.

    Why somebody stepped aside is told to who leads alone, and to a member of the own person.
    """
    sitting = get(store, actor, sitting_id)
    void_lost(store, actor, sitting_id, now=now)
    found = standing_of(store.read, sitting, now=now)
    if found.vote and is_hidden(found.vote):
        given = len(urn.of(store).voters(found.vote.id))
        found = replace(found, vote=replace(found.vote, given=given))
    return _without_whys(store, actor, sitting, found, now=now)


def stamp(store: Store, actor: Actor, sitting_id: str) -> str:
    """Return a sign that changes whenever anything happened; cheap, to be asked every second."""
    rules.check(actor, Act.SITTING_READ)
    last, version = store.read(
        "select (select max(id) from sitting_event where sitting_id = $id), "
        "(select version from sitting where id = $id)",
        {"id": sitting_id},
    )[0]
    given = urn.of(store).given()
    return f"{version or 0}-{last or 0}-{given}"


def voted(store: Store, actor: Actor, sitting_id: str) -> bool:
    """Tell a member whether the own vote or order in what runs is in."""
    rules.check(actor, Act.SITTING_ATTEND)
    sitting = load(store.read, sitting_id)
    found = standing_of(store.read, sitting, now=sitting.held_at)
    member = member_of(store.read, actor, sitting)
    if found.vote:
        secret = is_hidden(found.vote)
        inside = urn.of(store).voters(found.vote.id) if secret else found.vote.chosen
        return member in inside
    return bool(found.ranking and found.ranking.running and member in found.ranking.lists)


def recount(store: Store, actor: Actor, sitting_id: str) -> list[tuple[ItemId, bool]]:
    """Recompute every decision from the events: each item, and whether it comes to the same."""
    rules.check(actor, Act.SITTING_READ)
    sitting = get(store, actor, sitting_id)
    happened = events(store.read, sitting.id)
    opened = next((one for one in happened if one.what == What.OPENED), None)
    if opened is None:
        return []
    now = sitting.opened_at or sitting.held_at
    how = standing_of(store.read, sitting, now=now).rules
    return [
        (event.item, _same(fold(how, (), happened[:place]), event.item, event.details))
        for place, event in enumerate(happened)
        if event.what == What.DECIDED and event.item
    ]


def _same(before: Standing, item_id: ItemId, told: Mapping[str, Any]) -> bool:
    ranking = before.ranking
    if ranking and ranking.item == item_id:
        costs = {ItemId(one): tuple(cost) for one, cost in told["costs"].items()}
        again = granted(ranking.order, costs, told["pots"])
        return list(ranking.order) == told["order"] and again == told["granted"]
    item = before.items[item_id]
    if item.vote is None or item.outcome != told["outcome"]:
        return False
    return all(told[name] == number for name, number in numbers(item.vote).items())


def _without_whys(
    store: Store, actor: Actor, sitting: Sitting, found: Standing, *, now: datetime
) -> Standing:
    if actor.role != Role.JURY or is_chair(store.read, actor, sitting, now=now):
        return found
    own = member_of(store.read, actor, sitting)
    items = {
        name: replace(
            item, recused={who: why if who == own else "" for who, why in item.recused.items()}
        )
        for name, item in found.items.items()
    }
    return replace(found, items=items)
