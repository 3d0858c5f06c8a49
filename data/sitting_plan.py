"""Planning sittings: when and where, the agenda, the papers; and reading them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from data import rules, trail
from data.bodies import BodyId
from data.bodies import of as body_of
from data.deciding_rules import Rules
from data.deciding_standing import State, What
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, Role
from data.sitting_items import checked_items, store_items
from data.sitting_record import Item, Moment, Sitting, load, many, member_of, raise_version, write
from data.store import Store, Transaction
from data.texts import clean

MAX_TITLE = 200


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
    rules.check(actor, Act.SITTING_WRITE)
    body_of(store, body_id)
    record = _checked(title, place, held_at, public)
    record |= {"id": sitting_id, "body": body_id, "demo": demo, "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        if tx.execute(
            "insert into sitting select $id, coalesce(max(number), 0) + 1, $body, $title, $place, "
            "$held, $public, '', 'planned', $demo, 1, null, null, null, $now, $now from sitting "
            "on conflict (id) do nothing returning id",
            record,
        ):
            trail.note(tx, actor, Act.SITTING_WRITE, "sitting", sitting_id, now=now)

    store.write(job)
    return load(store.read, sitting_id)


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
    rules.check(actor, Act.SITTING_WRITE)
    record = _checked(title, place, held_at, public)

    def moved(moment: Moment) -> None:
        _check_before(moment)
        raise_version(moment, version)
        moment.tx.execute(
            "update sitting set title = $title, place = $place, held_at = $held, public = $public "
            "where id = $id",
            {**record, "id": sitting_id},
        )
        before = moment.sitting
        was = {"title": before.title, "place": before.place, "held_at": str(before.held_at)}
        moment.note(Act.SITTING_WRITE, was=was)

    write(store, actor, sitting_id, moved, now=now)
    return load(store.read, sitting_id)


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
    rules.check(actor, Act.SITTING_WRITE)

    def put(moment: Moment) -> None:
        if moment.standing.state == State.CLOSED:
            raise Conflict("sitting.closed")
        chosen = checked_items(moment, items)
        raise_version(moment, version)
        store_items(moment, chosen)
        moment.note(Act.SITTING_WRITE, agenda=[one.id for one in chosen])

    write(store, actor, sitting_id, put, now=now)
    return load(store.read, sitting_id)


def send_papers(
    store: Store, actor: Actor, sitting_id: str, *, version: int, now: datetime
) -> Sitting:
    """Let the members read the papers; sent again, they stay sent."""
    rules.check(actor, Act.SITTING_WRITE)

    def send(moment: Moment) -> None:
        if moment.standing.state == State.PAPERS:
            return
        _check_before(moment)
        if not moment.sitting.items:
            raise BadInput("sitting.agenda_empty", field="items")
        raise_version(moment, version)
        moment.add(What.PAPERS)
        moment.tx.execute(
            "update sitting set state = 'papers', papers_at = $now where id = $id",
            {"id": sitting_id, "now": trail.utc(now)},
        )
        moment.note(Act.SITTING_WRITE, what="papers")

    write(store, actor, sitting_id, send, now=now)
    return load(store.read, sitting_id)


def papers_due(sitting: Sitting, how: Rules) -> datetime:
    """Return by when the papers are to be out."""
    return sitting.held_at - timedelta(days=how.papers_days)


def listing(store: Store, actor: Actor) -> list[Sitting]:
    """List sittings, the newest first; a member sees those of the own bodies."""
    rules.check(actor, Act.SITTING_READ)
    if actor.role != Role.JURY:
        return many(store.read, "true", {})
    own = "body_id in (select body_id from member where person_id = $person and removed_at is null)"
    return [_shown(actor, one) for one in many(store.read, own, {"person": actor.person})]


def get(store: Store, actor: Actor, sitting_id: str) -> Sitting:
    """Load one sitting that the actor may see; a member sees the agenda once the papers are out."""
    rules.check(actor, Act.SITTING_READ)
    sitting = load(store.read, sitting_id)
    if actor.role == Role.JURY and not member_of(store.read, actor, sitting):
        raise NotFound("sitting.not_found")
    return _shown(actor, sitting)


# --- inside -----------------------------------------------------------------


def _shown(actor: Actor, sitting: Sitting) -> Sitting:
    hidden = actor.role == Role.JURY and sitting.state == State.PLANNED
    return replace(sitting, items=()) if hidden else sitting


def _check_before(moment: Moment) -> None:
    if moment.standing.state not in (State.PLANNED, State.PAPERS):
        raise Conflict("sitting.opened")


def _checked(title: str, place: str, held_at: datetime, public: bool) -> dict[str, Any]:
    shown = " ".join(clean(title).split())
    where = " ".join(clean(place).split())
    if not shown:
        raise BadInput("sitting.title_missing", field="title")
    if max(len(shown), len(where)) > MAX_TITLE:
        raise BadInput("sitting.title_too_long", field="title", limit=MAX_TITLE)
    return {"title": shown, "place": where, "held": trail.utc(held_at), "public": bool(public)}
