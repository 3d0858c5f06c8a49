"""Pots: what a fund has in a year. Every sum is a booking; nothing is overwritten, nothing below zero."""

from dataclasses import dataclass
from datetime import datetime

from data import pot_rows, rules
from data.filters import local_day
from data.funds import MAX_CENTS, check_fund
from data.pot_sums import (
    BY_HAND,
    Kind,
    check_decided,
    check_left,
    check_project,
    last_of,
    of_pot,
    of_project,
)
from data.problems import BadInput, Cents, Conflict
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

FIRST_YEAR, YEARS_AHEAD = 1999, 5
MAX_REASON = 500
# Applications that still wait for a decision
ASKING = ("submitted", "checking", "revision", "before_jury", "postponed")


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


def left(source: Store | Transaction, fund: str, year: int) -> int:
    """Tell how many cents of a year's pot can still be decided on; 0 when none was allotted."""
    return of_pot(source, fund, year).left


def balance(
    store: Store,
    actor: Actor,
    fund: str,
    year: int,
    *,
    now: datetime | None = None,
    until: datetime | None = None,
) -> Balance:
    """Tell what a pot comes to, all of it or as it was booked until a moment.

    What waits for a decision counts for the running year, whose pot it is decided from: with
    `now` of another year nothing is requested.
    """
    rules.check(actor, Act.FUND_READ)
    sums = of_pot(store, fund, year, until=until)
    running = now is None or local_day(now).year == year
    asked = _requested(store, fund) if running else 0
    return Balance(**sums._asdict(), requested=asked, left=sums.left)


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
        booked = pot_rows.NewBooking(
            pot_rows.pot_of(tx, fund, year), None, Kind.ALLOTTED, cents - before.allotted, said
        )
        pot_rows.put(tx, actor, Act.FUND_WRITE, booked, now=now)

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
        pot_id, project_id, kind, cents = pot_rows.wrong(tx, booking_id)
        booked = pot_rows.NewBooking(pot_id, project_id, kind, -cents, said, corrects=booking_id)
        check_project(of_project(tx, project_id), kind, -cents)
        if kind == Kind.RETURNED:
            check_left(tx, pot_id, cents)
        pot_rows.put(tx, actor, Act.POT_BOOK, booked, now=now)

    store.write(job)


# --- inside a write: whoever calls has asked for the right ----------------------


def decide(tx: Transaction, actor: Actor, project_id: str, cents: int, *, now: datetime) -> None:
    """Book a grant on the pot of the project's fund and of this year, in place of an earlier one.

    Raises BadInput("pot.too_little", left=...) when the pot would go below zero. What was paid
    from already stays in its pot, and the new sum with it.
    """
    _check_cents(cents, least=1)
    before = of_project(tx, project_id)
    pot_id = pot_rows.pot_of(tx, pot_rows.fund_of(tx, project_id), local_day(now).year)
    granted = pot_rows.granted_from(tx, project_id)
    if granted and before.gone:
        pot_id = granted
    if granted == pot_id and before.decided == cents:
        return
    if before.decided:
        check_decided(before, cents)
        taken = pot_rows.NewBooking(granted, project_id, Kind.DECIDED, -before.decided, "")
        pot_rows.put(tx, actor, Act.POT_BOOK, taken, now=now)
    check_left(tx, pot_id, cents)
    pot_rows.put(
        tx,
        actor,
        Act.POT_BOOK,
        pot_rows.NewBooking(pot_id, project_id, Kind.DECIDED, cents, ""),
        now=now,
    )


def release(tx: Transaction, actor: Actor, project_id: str, *, reason: str, now: datetime) -> None:
    """Take a grant back, all that was not paid yet; nothing happens without a grant."""
    before = of_project(tx, project_id)
    rest = before.decided - before.gone
    if rest > 0:
        pot_id, said = pot_rows.granted_from(tx, project_id), _checked_reason(reason)
        booked = pot_rows.NewBooking(pot_id, project_id, Kind.DECIDED, -rest, said)
        pot_rows.put(tx, actor, Act.POT_BOOK, booked, now=now)


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


# --- inside -------------------------------------------------------------------


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
    pot_rows.fund_of(tx, project_id)
    pot_id = pot_rows.granted_from(tx, project_id)
    if not pot_id:
        raise BadInput("pot.nothing_decided", field="project")
    check_project(of_project(tx, project_id), kind, cents)
    booked = pot_rows.NewBooking(pot_id, project_id, kind, cents, reason, token)
    pot_rows.put(tx, actor, Act.POT_BOOK, booked, now=now)


def _requested(store: Store, fund: str) -> int:
    found = store.read(
        "select coalesce(sum(cents), 0) from project where fund = $fund and status = any($asking)",
        {"fund": fund, "asking": list(ASKING)},
    )
    return int(found[0][0])


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
    return not_longer(said, MAX_REASON, "reason", "pot.reason_too_long")
