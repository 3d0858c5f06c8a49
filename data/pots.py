"""Pots: what a fund has in a year. Every sum is a booking; nothing is overwritten, nothing below zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from data import rules, trail
from data.filters import local_day
from data.funds import MAX_CENTS, check_fund
from data.problems import BadInput, Cents, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean

FIRST_YEAR, YEARS_AHEAD = 1999, 5
MAX_REASON = 500
# Applications that still wait for a decision
ASKING = ("submitted", "checking", "revision", "before_jury", "postponed")


class Kind(StrEnum):
    """What a booking is about."""

    ALLOTTED = "allotted"
    DECIDED = "decided"
    PAID = "paid"
    ACCOUNTED = "accounted"  # receipts that were accepted
    RETURNED = "returned"  # paid money that came back


BY_HAND = (Kind.PAID, Kind.ACCOUNTED, Kind.RETURNED)  # a decision is booked by the decision


class Sums(NamedTuple):
    """Bookings added up by kind, in cents; of a pot, or of one project."""

    allotted: int = 0
    decided: int = 0
    paid: int = 0
    accounted: int = 0
    returned: int = 0

    @property
    def left(self) -> int:
        """Tell what can still be decided on."""
        return self.allotted - self.decided + self.returned

    @property
    def owed(self) -> int:
        """Tell what was decided and is not paid yet."""
        return self.decided - self.paid

    @property
    def gone(self) -> int:
        """Tell what a decision cannot take away any more: it was paid, or its receipts accepted."""
        return max(self.paid, self.accounted + self.returned)


@dataclass(frozen=True)
class Balance:
    """What a pot comes to, in cents; `requested` waits for a decision."""

    allotted: int
    requested: int
    decided: int
    paid: int
    accounted: int
    returned: int
    left: int


def added(bookings: Iterable[tuple[str, int]]) -> Sums:
    """Add up bookings of (kind, cents).

    >>> added([("allotted", 1000), ("decided", 300), ("decided", -100)]).left
    800
    """
    sums = dict.fromkeys(Sums._fields, 0)
    for kind, cents in bookings:
        sums[kind] += cents
    return Sums(**sums)


def left(source: Store | Transaction, fund: str, year: int) -> int:
    """Tell how many cents of a year's pot can still be decided on; 0 when none was allotted."""
    return of_pot(source, fund, year).left


def of_pot(
    source: Store | Transaction, fund: str, year: int, *, until: datetime | None = None
) -> Sums:
    """Add up a pot's bookings, all of them or as it stood at a moment (UTC)."""
    return added(
        _rows(
            source,
            "select kind, cents from booking join pot on pot.id = pot_id "
            "where fund = $fund and year = $year and ($all or happened_at <= $until)",
            {
                "fund": check_fund(fund),
                "year": year,
                "all": until is None,
                "until": until and trail.utc(until),
            },
        )
    )


def of_project(source: Store | Transaction, project_id: str) -> Sums:
    """Add up what was decided for a project, paid to it, accounted and returned."""
    return added(
        _rows(
            source,
            "select kind, cents from booking where project_id = $project",
            {"project": project_id},
        )
    )


def balance(
    store: Store, actor: Actor, fund: str, year: int, *, until: datetime | None = None
) -> Balance:
    """Tell what a pot comes to, now or as it stood; what is asked for is always as of now."""
    rules.check(actor, Act.FUND_READ)
    sums = of_pot(store, fund, year, until=until)
    return Balance(**sums._asdict(), requested=_requested(store, fund, year), left=sums.left)


def allot(
    store: Store,
    actor: Actor,
    *,
    fund: str,
    year: int,
    cents: int,
    seen: int,
    now: datetime,
    reason: str = "",
) -> None:
    """Say what a fund has in a year; a change is booked as the difference, with its reason.

    `seen` is what was allotted when the form was opened, in cents: Conflict when it is another
    sum by now. BadInput below what was decided already.
    """
    rules.check(actor, Act.FUND_WRITE)
    check_fund(fund)
    _check_year(year, now)
    _check_cents(cents, least=0)
    said = _checked_reason(reason)

    def job(tx: Transaction) -> None:
        before = of_pot(tx, fund, year)
        if before.allotted == cents:
            return
        if before.allotted != seen:
            raise Conflict("pot.changed_meanwhile")
        if before.allotted and not said:
            raise BadInput("pot.reason_missing", field="reason")
        least = before.allotted - before.left
        if cents < least:
            raise BadInput("pot.below_decided", field="cents", decided=Cents(least))
        booked = _Booking(_pot(tx, fund, year), None, Kind.ALLOTTED, cents - before.allotted, said)
        _put(tx, actor, Act.FUND_WRITE, booked, now=now)

    store.write(job)


def book(
    store: Store,
    actor: Actor,
    *,
    token: str,
    project_id: str,
    kind: str,
    cents: int,
    seen: int,
    now: datetime,
    reason: str = "",
) -> None:
    """Book by hand what was paid to a project, accounted or returned by it.

    `token` is the form's: sent twice it is one booking. `seen` is the project's last booking that
    the form showed (0 = none): Conflict when there is a newer one.
    """
    rules.check(actor, Act.POT_BOOK)
    if kind not in BY_HAND:
        raise BadInput("pot.kind_missing", field="kind")
    said = _checked_reason(reason)

    def job(tx: Transaction) -> None:
        if token and tx.execute("select 1 from booking where token = $token", {"token": token}):
            return
        if last_of(tx, project_id) != seen:
            raise Conflict("pot.booked_meanwhile")
        _book(tx, actor, project_id, Kind(kind), cents, reason=said, token=token, now=now)

    store.write(job)


def take_back(store: Store, actor: Actor, booking_id: int, *, reason: str, now: datetime) -> None:
    """Take a wrong booking back by a counter-booking with its reason; only once.

    What was decided is not taken back here: that is a decision's.
    """
    rules.check(actor, Act.POT_BOOK)
    said = _checked_reason(reason)
    if not said:
        raise BadInput("pot.reason_missing", field="reason")

    def job(tx: Transaction) -> None:
        pot_id, project_id, kind, cents = _wrong(tx, booking_id)
        booked = _Booking(pot_id, project_id, kind, -cents, said, corrects=booking_id)
        _check_project(of_project(tx, project_id), kind, -cents)
        if kind == Kind.RETURNED:
            _check_left(tx, pot_id, cents)
        _put(tx, actor, Act.POT_BOOK, booked, now=now)

    store.write(job)


# --- inside a write: whoever calls has asked for the right ----------------------


def decide(tx: Transaction, actor: Actor, project_id: str, cents: int, *, now: datetime) -> None:
    """Book a grant on the pot of the project's fund and of this year, in place of an earlier one.

    Raises BadInput("pot.too_little", left=...) when the pot would go below zero. What was paid
    from already stays in its pot, and the new sum with it.
    """
    _check_cents(cents, least=1)
    before = of_project(tx, project_id)
    pot_id = _pot(tx, _fund_of(tx, project_id), local_day(now).year)
    granted = _granted_from(tx, project_id)
    if granted and before.gone:
        pot_id = granted
    if granted == pot_id and before.decided == cents:
        return
    if before.decided:
        _check_decided(before, cents)
        taken = _Booking(granted, project_id, Kind.DECIDED, -before.decided, "")
        _put(tx, actor, Act.POT_BOOK, taken, now=now)
    _check_left(tx, pot_id, cents)
    _put(tx, actor, Act.POT_BOOK, _Booking(pot_id, project_id, Kind.DECIDED, cents, ""), now=now)


def release(tx: Transaction, actor: Actor, project_id: str, *, reason: str, now: datetime) -> None:
    """Take a grant back, all that was not paid yet; nothing happens without a grant."""
    before = of_project(tx, project_id)
    rest = before.decided - before.gone
    if rest > 0:
        pot_id, said = _granted_from(tx, project_id), _checked_reason(reason)
        booked = _Booking(pot_id, project_id, Kind.DECIDED, -rest, said)
        _put(tx, actor, Act.POT_BOOK, booked, now=now)


def pay(
    tx: Transaction, actor: Actor, project_id: str, cents: int, *, now: datetime, reason: str = ""
) -> None:
    """Book money paid to a project; BadInput when it is more than was decided."""
    _book(tx, actor, project_id, Kind.PAID, cents, reason=_checked_reason(reason), now=now)


def account(
    tx: Transaction, actor: Actor, project_id: str, cents: int, *, now: datetime, reason: str = ""
) -> None:
    """Book receipts that were accepted; BadInput when they are more than was decided."""
    _book(tx, actor, project_id, Kind.ACCOUNTED, cents, reason=_checked_reason(reason), now=now)


def give_back(
    tx: Transaction, actor: Actor, project_id: str, cents: int, *, now: datetime, reason: str = ""
) -> None:
    """Book money that came back; BadInput when it is more than was paid and not accounted."""
    _book(tx, actor, project_id, Kind.RETURNED, cents, reason=_checked_reason(reason), now=now)


def last_of(source: Store | Transaction, project_id: str) -> int:
    """Tell the number of a project's last booking, 0 = none."""
    found = _rows(
        source,
        "select coalesce(max(id), 0) from booking where project_id = $project",
        {"project": project_id},
    )
    return found[0][0]


# --- inside -------------------------------------------------------------------


class _Booking(NamedTuple):
    pot_id: str
    project_id: str | None
    kind: Kind
    cents: int
    reason: str
    token: str = ""
    corrects: int | None = None


def _rows(source: Store | Transaction, sql: str, params: dict[str, object]) -> list[tuple]:
    return source.read(sql, params) if isinstance(source, Store) else source.execute(sql, params)


def _book(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    kind: Kind,
    cents: int,
    *,
    reason: str,
    now: datetime,
    token: str = "",
) -> None:
    _check_cents(cents, least=1)
    _fund_of(tx, project_id)
    pot_id = _granted_from(tx, project_id)
    if not pot_id:
        raise BadInput("pot.nothing_decided", field="project")
    _check_project(of_project(tx, project_id), kind, cents)
    booked = _Booking(pot_id, project_id, kind, cents, reason, token)
    _put(tx, actor, Act.POT_BOOK, booked, now=now)


def _put(tx: Transaction, actor: Actor, act: Act, booked: _Booking, *, now: datetime) -> None:
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


def _pot(tx: Transaction, fund: str, year: int) -> str:
    """Return the pot of a fund and year, made when it is not there yet."""
    tx.execute(
        "insert into pot values ($id, $fund, $year) on conflict (id) do nothing",
        {"id": f"{fund}-{year}", "fund": fund, "year": year},
    )
    return f"{fund}-{year}"


def _fund_of(tx: Transaction, project_id: str) -> str:
    found = tx.execute("select fund from project where id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    return found[0][0]


def _granted_from(tx: Transaction, project_id: str) -> str:
    """Return the pot that a project's money stands in, '' when nothing was ever decided."""
    found = tx.execute(
        "select pot_id from booking where project_id = $id and kind = 'decided' and cents > 0 "
        "order by id desc limit 1",
        {"id": project_id},
    )
    return found[0][0] if found else ""


def _wrong(tx: Transaction, booking_id: int) -> tuple[str, str, Kind, int]:
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


def _check_project(before: Sums, kind: Kind, cents: int) -> None:
    """Refuse what cannot be: more paid or accounted than decided, more returned than paid."""
    after = before._replace(**{kind.value: getattr(before, kind) + cents})
    if kind == Kind.RETURNED and cents > 0:
        most = before.paid - before.accounted - before.returned
        if cents > most:
            raise BadInput("pot.over_paid", field="cents", most=Cents(max(most, 0)))
    if after.returned > after.paid:
        raise BadInput("pot.returned_already", field="cents", returned=Cents(before.returned))
    if after.paid > after.decided:
        raise BadInput("pot.over_decided", field="cents", most=Cents(before.owed))
    if after.accounted + after.returned > after.decided:
        most = before.decided - before.accounted - before.returned
        raise BadInput("pot.over_decided", field="cents", most=Cents(most))


def _check_decided(before: Sums, cents: int) -> None:
    if cents < before.gone:
        raise BadInput("pot.paid_already", field="cents", paid=Cents(before.gone))


def _check_left(tx: Transaction, pot_id: str, cents: int) -> None:
    fund, year = tx.execute("select fund, year from pot where id = $id", {"id": pot_id})[0]
    there = left(tx, fund, year)
    if cents > there:
        raise BadInput("pot.too_little", field="cents", left=Cents(there), year=year)


def _requested(store: Store, fund: str, year: int) -> int:
    """Add up the applications that wait, in the year they begin in, else in which they came."""
    found = store.read(
        "select cents, starts_on, created_at from project "
        "where fund = $fund and status = any($asking)",
        {"fund": fund, "asking": list(ASKING)},
    )
    return sum(
        cents
        for cents, starts_on, created_at in found
        if (starts_on or local_day(created_at.replace(tzinfo=UTC))).year == year
    )


def _check_year(year: int, now: datetime) -> None:
    if isinstance(year, bool) or not isinstance(year, int):
        raise BadInput("pot.year_unreadable", field="year")
    if not FIRST_YEAR <= year <= local_day(now).year + YEARS_AHEAD:
        raise BadInput("pot.year_unreadable", field="year")


def _check_cents(cents: int, *, least: int) -> None:
    if isinstance(cents, bool) or not isinstance(cents, int) or cents < least:
        raise BadInput("project.sum_missing", field="cents")
    if cents > MAX_CENTS:
        raise BadInput("project.over_limit", field="cents", limit=MAX_CENTS // 100)


def _checked_reason(reason: str) -> str:
    said = " ".join(clean(reason[: 20 * MAX_REASON]).split())
    if len(said) > MAX_REASON:
        raise BadInput("pot.reason_too_long", field="reason", limit=MAX_REASON, length=len(said))
    return said
