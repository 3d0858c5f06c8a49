"""Who leads a sitting, and two who lead at once."""

from collections.abc import Callable
from datetime import datetime

from data import rules
from data.deciding_standing import OWN
from data.filters import local_day
from data.problems import Conflict, NotAllowed
from data.rules import Act, Actor, Role
from data.sitting_record import Ask, Moment, Sitting, write
from data.store import Store


def led(
    store: Store,
    actor: Actor,
    sitting_id: str,
    change: Callable[[Moment], None],
    *,
    seen: int | None,
    now: datetime,
) -> None:
    """Let who leads do something; Conflict when somebody else led on after `seen`."""
    rules.check(actor, Act.SITTING_LEAD)

    def checked(moment: Moment) -> None:
        check_lead(moment.tx.execute, actor, moment.sitting, now=now)
        if seen is not None:
            _check_seen(moment, seen)
        change(moment)

    write(store, actor, sitting_id, checked, now=now)


def check_lead(ask: Ask, actor: Actor, sitting: Sitting, *, now: datetime) -> None:
    """Refuse with NotAllowed a member who is not the chair of the sitting's body."""
    if actor.role == Role.JURY and not is_chair(ask, actor, sitting, now=now):
        raise NotAllowed("sitting.only_chair")


def is_chair(ask: Ask, actor: Actor, sitting: Sitting, *, now: datetime) -> bool:
    """Tell whether a person of the jury leads this body today."""
    return bool(
        ask(
            "select 1 from member where person_id = $person and body_id = $body and chair "
            "and removed_at is null and $day between term_from and term_to",
            {"person": actor.person, "body": sitting.body, "day": local_day(now)},
        )
    )


def _check_seen(moment: Moment, seen: int) -> None:
    """Refuse to go on from what is not seen; the own second click is for each act to take."""
    if moment.tx.execute(
        "select 1 from sitting_event where sitting_id = $id and id > $seen "
        "and what <> all($own) and person_id is distinct from $person limit 1",
        {
            "id": moment.sitting.id,
            "seen": seen,
            "own": sorted(OWN),
            "person": moment.actor.person,
        },
    ):
        raise Conflict("sitting.led_on")
