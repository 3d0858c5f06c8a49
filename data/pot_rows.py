"""The rows of pots and bookings: bookings are only ever put in, each with its line in the trail."""

from datetime import datetime
from typing import NamedTuple

from data import trail
from data.pot_sums import BY_HAND, Kind
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Transaction


class NewBooking(NamedTuple):
    """A booking to put in; the sum is in cents, what is taken back is negative."""

    pot_id: str
    project_id: str | None
    kind: Kind
    cents: int
    reason: str
    token: str = ""
    corrects: int | None = None


def put(tx: Transaction, actor: Actor, act: Act, booked: NewBooking, *, now: datetime) -> None:
    """Put a booking in, under the next number."""
    told = tx.execute(
        "insert into booking by name select (select coalesce(max(id), 0) + 1 from booking) as id, "
        "$pot_id as pot_id, $project_id as project_id, $kind as kind, $cents as cents, "
        "$reason as reason, $token as token, $corrects as corrects, $role as role, "
        "$person as person_id, $now as happened_at returning id",
        {
            **booked._asdict(),
            "role": actor.role,
            "person": actor.person,
            "now": trail.utc(now),
        },
    )
    details = {"booking": told[0][0], "project": booked.project_id}
    details |= {"kind": booked.kind, "cents": booked.cents}
    trail.note(tx, actor, act, "pot", booked.pot_id, now=now, details=details)


def pot_of(tx: Transaction, fund: str, year: int) -> str:
    """Return the pot of a fund and year, made when it is not there yet."""
    tx.execute(
        "insert into pot values ($id, $fund, $year) on conflict (id) do nothing",
        {"id": f"{fund}-{year}", "fund": fund, "year": year},
    )
    return f"{fund}-{year}"


def fund_of(tx: Transaction, project_id: str) -> str:
    """Tell a project's fund; NotFound when there is no such project."""
    found = tx.execute("select fund from project where id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    return found[0][0]


def granted_from(tx: Transaction, project_id: str) -> str:
    """Return the pot that a project's money stands in, '' when nothing was ever decided."""
    found = tx.execute(
        "select pot_id from booking where project_id = $id and kind = 'decided' and cents > 0 "
        "order by id desc limit 1",
        {"id": project_id},
    )
    return found[0][0] if found else ""


def wrong(tx: Transaction, booking_id: int) -> tuple[str, str, Kind, int]:
    """Load a booking that is to be taken back: pot, project, kind, cents."""
    found = tx.execute(
        "select pot_id, project_id, kind, cents, corrects, "
        "exists (select 1 from booking as later where later.corrects = booking.id) "
        "from booking where id = $id",
        {"id": booking_id},
    )
    if not found:
        raise NotFound("pot.booking_not_found")
    pot_id, project_id, kind, cents, corrects, done = found[0]
    if done or corrects is not None:
        raise Conflict("pot.taken_back_already")
    if kind not in BY_HAND:
        raise BadInput("pot.kind_missing", field="kind")
    return pot_id, project_id, Kind(kind), cents
