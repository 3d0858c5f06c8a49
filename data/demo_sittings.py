"""The demo's sittings: one that was held and decided, one for tonight with its papers sent."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from data import demo_bodies, projects, sittings
from data.deciding_standing import ItemId, MemberId, State
from data.demo_projects import Around, History
from data.filters import BERLIN, local_day
from data.rules import HOUSE, ProjectId
from data.sittings import Item
from data.store import Store

PLANNED, AGENDA, PAPERS = "11:00", "17:30", "18:00"
LATE = time(17)  # from then on "tonight" is tomorrow's evening
SEEN = 10**9  # whoever leads a demo leads alone


def history(store: Store, raw: list[dict[str, Any]], around: Around, now: datetime) -> History:
    """List what happened to the bodies and their sittings: when, and what to call with `now`."""
    first = around.moment(max(one["planned_days_ago"] for one in raw) + 1, PLANNED)
    yield first, partial(demo_bodies.seed, store)
    for one in raw:
        held = _held_at(one, around, now)
        sent = one["papers_days_ago"]
        planned = around.moment(one["planned_days_ago"], PLANNED)
        yield planned, partial(_plan, store, one, around, held)
        yield around.moment(sent, AGENDA), partial(_agenda, store, one, around)
        yield around.moment(sent, PAPERS), partial(_papers, store, one, around)
        if "days_ago" in one:
            yield held, partial(_hold, store, one, around)


# --- inside -----------------------------------------------------------------


def _held_at(one: Mapping[str, Any], around: Around, now: datetime) -> datetime:
    if "days_ago" in one:
        return around.moment(one["days_ago"], one["at"])
    late = now.astimezone(BERLIN).time() >= LATE
    day = local_day(now) + timedelta(days=int(late))
    return datetime.combine(day, time.fromisoformat(one["at"]), BERLIN)


def _id(one: Mapping[str, Any], around: Around) -> str:
    return around.of("sitting", one["key"])


def _plan(
    store: Store, one: Mapping[str, Any], around: Around, held: datetime, *, now: datetime
) -> None:
    sittings.plan(
        store,
        HOUSE,
        sitting_id=_id(one, around),
        body_id=demo_bodies.JURY,
        title=one["title"],
        place=one["place"],
        held_at=held,
        public=False,
        demo=True,
        now=now,
    )


def _agenda(store: Store, one: Mapping[str, Any], around: Around, *, now: datetime) -> None:
    sitting = sittings.get(store, HOUSE, _id(one, around))
    if not sitting.items:
        items = [_item(store, one, raw, around) for raw in one["items"]]
        sittings.put_on(store, HOUSE, sitting.id, items=items, version=sitting.version, now=now)


def _item(store: Store, one: Mapping[str, Any], raw: Mapping[str, Any], around: Around) -> Item:
    if "talk" in raw:
        return Item(ItemId(around.of("item", f"{one['key']}-talk")), "talk", raw["talk"])
    project = projects.get(store, HOUSE, ProjectId(around.of("project", raw["project"])))
    return Item(_item_id(one, raw, around), "project", project.title, project.id)


def _item_id(one: Mapping[str, Any], raw: Mapping[str, Any], around: Around) -> ItemId:
    return ItemId(around.of("item", f"{one['key']}-{raw['project']}"))


def _papers(store: Store, one: Mapping[str, Any], around: Around, *, now: datetime) -> None:
    sitting = sittings.get(store, HOUSE, _id(one, around))
    if sitting.state == State.PLANNED:
        sittings.send_papers(store, HOUSE, sitting.id, version=sitting.version, now=now)


def _hold(store: Store, one: Mapping[str, Any], around: Around, *, now: datetime) -> None:
    """Let a sitting happen, a few minutes for each item; a broken start goes on with the rest."""
    sitting_id = _id(one, around)
    if sittings.standing(store, HOUSE, sitting_id, now=now).state == State.CLOSED:
        return
    sittings.open_(store, HOUSE, sitting_id, seen=SEEN, now=now)
    for number in one["present"]:
        sittings.come(store, HOUSE, sitting_id, member_id=MemberId(f"demo-jury-{number}"), now=now)
    for number, raw in enumerate(one["items"], 1):
        item_id = _item_id(one, raw, around)
        known = sittings.standing(store, HOUSE, sitting_id, now=now).items.get(item_id)
        if not (known and known.final):
            at = now + timedelta(minutes=15 * number)
            _decide(store, sitting_id, item_id, raw, around.of("vote", item_id), now=at)
    end = now + timedelta(minutes=15 * len(one["items"]) + 20)
    sittings.close(store, HOUSE, sitting_id, seen=SEEN, now=end)


def _decide(
    store: Store,
    sitting_id: str,
    item_id: ItemId,
    raw: Mapping[str, Any],
    vote_id: str,
    *,
    now: datetime,
) -> None:
    """Call an item, change what the room changed, count the hands, write the decision down."""
    on: dict[str, Any] = {"item_id": item_id, "seen": SEEN, "now": now}
    sittings.begin_item(store, HOUSE, sitting_id, **on)
    if "postponed" in raw:
        sittings.postpone(store, HOUSE, sitting_id, reason=raw["postponed"], **on)
        return
    for number, why in raw.get("recused", {}).items():
        who = MemberId(f"demo-jury-{number}")
        sittings.recuse(store, HOUSE, sitting_id, item_id=item_id, member_id=who, why=why, now=now)
    if "cents" in raw:
        sittings.change_sum(store, HOUSE, sitting_id, cents=raw["cents"], **on)
    if "conditions" in raw:
        sittings.set_conditions(store, HOUSE, sitting_id, conditions=raw["conditions"], **on)
    sittings.begin_vote(store, HOUSE, sitting_id, vote_id=vote_id, secret=False, way="hands", **on)
    yes, no, abstain = raw["votes"]
    counted = {"vote_id": vote_id, "seen": SEEN, "now": now}
    sittings.count_hands(store, HOUSE, sitting_id, yes=yes, no=no, abstain=abstain, **counted)
    sittings.end_vote(store, HOUSE, sitting_id, **counted)
    sittings.decide(store, HOUSE, sitting_id, reason=raw["reason"], **on)
