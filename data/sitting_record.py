"""A sitting's record: its row, its agenda and its events, read and appended; the data layer's own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data import trail, urn
from data.bodies import BodyId
from data.deciding import fold
from data.deciding_rules import Rules
from data.deciding_standing import (
    Event,
    ItemId,
    MemberId,
    Seat,
    Standing,
    State,
    What,
)
from data.filters import local_day
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, ProjectId
from data.store import Params, Store, Transaction
from data.texts import clean

Ask = Callable[[str, Params], list[tuple[Any, ...]]]  # Store.read, or a transaction's execute
MAX_REASON = 500


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

    def item(self, item_id: ItemId) -> Item:
        """Return one item; NotFound when it is not on the agenda."""
        for one in self.items:
            if one.id == item_id:
                return one
        raise NotFound("sitting.item_not_found")


@dataclass(frozen=True)
class Moment:
    """A sitting inside a write: what is, and a pen."""

    tx: Transaction
    actor: Actor
    sitting: Sitting
    standing: Standing
    now: datetime

    def add(
        self,
        what: What,
        *,
        item: ItemId | None = None,
        member: MemberId | None = None,
        **details: Any,
    ) -> None:
        """Append an event."""
        self.tx.execute(
            "insert into sitting_event select coalesce(max(id), 0) + 1, $sitting, $what, $item, "
            "$member, $details, $role, $person, $now from sitting_event",
            {
                "sitting": self.sitting.id,
                "what": what,
                "item": item,
                "member": member,
                "details": json.dumps(details, ensure_ascii=False),
                "role": self.actor.role,
                "person": self.actor.person,
                "now": trail.utc(self.now),
            },
        )

    def note(self, act: Act, **details: Any) -> None:
        """Write a line into the trail."""
        trail.note(
            self.tx, self.actor, act, "sitting", self.sitting.id, now=self.now, details=details
        )


def write(
    store: Store,
    by: Actor,
    sitting_id: str,
    change: Callable[[Moment], None],
    *,
    now: datetime,
) -> None:
    """Run a change on the sitting of this moment, while no secret vote can slip in."""

    def job(tx: Transaction) -> None:
        sitting = load(tx.execute, sitting_id)
        change(Moment(tx, by, sitting, standing_of(tx.execute, sitting, now=now), now))

    with urn.of(store).lock:
        store.write(job)


def member_of(ask: Ask, actor: Actor, sitting: Sitting) -> MemberId | None:
    """Find the member of the sitting's body that a person is."""
    found = ask(
        "select id from member where person_id = $person and body_id = $body "
        "order by removed_at is not null, term_to desc, id limit 1",
        {"person": actor.person, "body": sitting.body},
    )
    return found[0][0] if found else None


def check_open(standing: Standing) -> None:
    """Refuse with Conflict what only an open sitting can do."""
    if standing.state != State.OPEN:
        raise Conflict("sitting.not_open")


def reason_of(text: str, key: str = "sitting.reason_missing") -> str:
    """Return a reason cleaned; BadInput when it is missing or too long."""
    cleaned = clean(text)
    if not cleaned:
        raise BadInput(key, field="reason")
    if len(cleaned) > MAX_REASON:
        raise BadInput("sitting.reason_too_long", field="reason", limit=MAX_REASON)
    return cleaned


def raise_version(moment: Moment, version: int) -> None:
    """Count a change of plan or agenda; Conflict when it was made from an older version."""
    if not moment.tx.execute(
        "update sitting set version = version + 1, changed_at = $now "
        "where id = $id and version = $version returning id",
        {"id": moment.sitting.id, "version": version, "now": trail.utc(moment.now)},
    ):
        raise Conflict("sitting.changed")


# --- reading ----------------------------------------------------------------


def load(ask: Ask, sitting_id: str) -> Sitting:
    """Load a sitting with its agenda; NotFound when there is none."""
    found = many(ask, "id = $id", {"id": sitting_id})
    if not found:
        raise NotFound("sitting.not_found")
    return found[0]


def many(ask: Ask, where: str, params: Params) -> list[Sitting]:
    """Load sittings under a condition, the newest first."""
    rows = ask(
        "select id, number, body_id, title, place, held_at, public, state, demo, version, "  # noqa: S608
        f"papers_at, opened_at, closed_at from sitting where {where} "
        "order by held_at desc, number desc",
        params,
    )
    return [_sitting(ask, row) for row in rows]


def events(ask: Ask, sitting_id: str) -> list[Event]:
    """Read what happened, in its order."""
    found = ask(
        "select id, what, item_id, member_id, details from sitting_event "
        "where sitting_id = $id order by id",
        {"id": sitting_id},
    )
    return [
        Event(number, what, item, member, json.loads(details))
        for number, what, item, member, details in found
    ]


def standing_of(ask: Ask, sitting: Sitting, *, now: datetime) -> Standing:
    """Return where a sitting stands by its events."""
    how = ask("select rules from body where id = $id", {"id": sitting.body})
    return fold(
        Rules.read(json.loads(how[0][0])),
        seats(ask, sitting.body, now=now),
        events(ask, sitting.id),
    )


def seats(ask: Ask, body_id: BodyId, *, now: datetime) -> list[Seat]:
    """List who belongs to a body today, as a sitting counts them."""
    found = ask(
        "select id, resident, substitute, chair from member where body_id = $body "
        "and removed_at is null and $day between term_from and term_to order by id",
        {"body": body_id, "day": local_day(now)},
    )
    return [Seat(*row) for row in found]


# --- inside -----------------------------------------------------------------


def _sitting(ask: Ask, row: tuple[Any, ...]) -> Sitting:
    number, numbered, body, title, place, held, public, state, demo, version, *times = row
    items = ask(
        "select id, kind, title, project_id from sitting_item where sitting_id = $id order by place",
        {"id": number},
    )
    return Sitting(
        number,
        numbered,
        body,
        title,
        place,
        held.replace(tzinfo=UTC),
        public,
        State(state),
        demo,
        version,
        *(moment.replace(tzinfo=UTC) if moment else None for moment in times),
        items=tuple(Item(*one) for one in items),
    )


def plain_seat(seat: Seat) -> Mapping[str, Any]:
    """Return a member as an event keeps it: without a name."""
    return {
        "id": seat.id,
        "resident": seat.resident,
        "substitute": seat.substitute,
        "chair": seat.chair,
    }
