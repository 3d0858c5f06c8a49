"""What a pot and a project's money come to: bookings added up, and what may be booked on them."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from data import trail
from data.funds import check_fund
from data.problems import BadInput, Cents
from data.store import Store, Transaction


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


def added(bookings: Iterable[tuple[str, int]]) -> Sums:
    """Add up bookings of (kind, cents).

    >>> added([("allotted", 1000), ("decided", 300), ("decided", -100)]).left
    800
    """
    sums = dict.fromkeys(Sums._fields, 0)
    for kind, cents in bookings:
        sums[kind] += cents
    return Sums(**sums)


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


def last_of(source: Store | Transaction, project_id: str) -> int:
    """Tell the number of a project's last booking, 0 = none."""
    found = _rows(
        source,
        "select coalesce(max(id), 0) from booking where project_id = $project",
        {"project": project_id},
    )
    return found[0][0]


def check_project(before: Sums, kind: Kind, cents: int) -> None:
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


def check_decided(before: Sums, cents: int) -> None:
    """Refuse to grant less than what is gone already."""
    if cents < before.gone:
        raise BadInput("pot.paid_already", field="cents", paid=Cents(before.gone))


def check_left(tx: Transaction, pot_id: str, cents: int) -> None:
    """Refuse to take more out of a pot than is left in it."""
    fund, year = tx.execute("select fund, year from pot where id = $id", {"id": pot_id})[0]
    there = of_pot(tx, fund, year).left
    if cents > there:
        raise BadInput("pot.too_little", field="cents", left=Cents(there), year=year)


# --- inside -------------------------------------------------------------------


def _rows(source: Store | Transaction, sql: str, params: dict[str, object]) -> list[tuple]:
    return source.read(sql, params) if isinstance(source, Store) else source.execute(sql, params)
