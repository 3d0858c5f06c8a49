"""What the office's screens ask across things: what was handled, who is behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from data import pins, rules
from data.needs import NeedId
from data.pins import Pin, Status
from data.rules import Act, Actor, PinId
from data.store import Store


@dataclass(frozen=True)
class Review:
    """The last thing that somebody of the office did to a pin; `step` is '' for no public one."""

    step: str
    person_id: str | None
    person: str
    at: datetime


def last_review(store: Store, actor: Actor, pin_id: PinId) -> Review | None:
    """Tell who released, hid or changed a pin last, and when (UTC)."""
    rules.check(actor, Act.PIN_REVIEW)
    rows = store.read(
        "select step, person_id, coalesce(person.name, ''), happened_at from trail "
        "left join person on person.id = person_id "
        "where thing = 'pin' and thing_id = $id and act = $act order by trail.id desc limit 1",
        {"id": pin_id, "act": Act.PIN_REVIEW},
    )
    if not rows:
        return None
    step, person_id, person, at = rows[0]
    return Review(step, person_id, person, at.replace(tzinfo=UTC))


def handled(store: Store, actor: Actor, *, limit: int = 6) -> list[Pin]:
    """List the pins that were released or hidden last, the latest first."""
    rules.check(actor, Act.PIN_REVIEW)
    rows = store.read(  # the last lines alone: grouping all of them took 0.4 s at 100,000 pins
        "select thing_id from trail where thing = 'pin' and act = $act order by id desc limit $last",
        {"act": Act.PIN_REVIEW, "last": 10 * limit},
    )
    ids = list(dict.fromkeys(PinId(row[0]) for row in rows))[:limit]
    found = {pin.id: pin for pin in pins_by_id(store, actor, ids)}
    return [found[pin_id] for pin_id in ids if pin_id in found]


def pins_by_id(store: Store, actor: Actor, pin_ids: Iterable[PinId]) -> list[Pin]:
    """Load the pins of these ids that are still there, the newest first."""
    rules.check(actor, Act.PIN_READ_ALL)
    found = pins.by_ids(store, actor, pin_ids)
    return [pin for pin in found if pin.status != Status.WITHDRAWN]


def kinds_behind(store: Store, actor: Actor) -> dict[NeedId, dict[str, int]]:
    """Count the pins of every need by kind."""
    rules.check(actor, Act.NEED_READ)
    rows = store.read(
        "select need_id, kind, count(*) from pin where need_id is not null group by need_id, kind"
    )
    found: dict[NeedId, dict[str, int]] = {}
    for need_id, kind, count in sorted(rows):
        found.setdefault(NeedId(need_id), {})[kind] = count
    return found
