"""The pot book: every booking of a pot with its project and who booked it, to read and to export."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from data import rules
from data.exchange_refused import guarded
from data.exports import BOM
from data.filters import BERLIN
from data.funds import Fund, check_fund
from data.pot_sums import Kind, Sums, added
from data.rules import Act, Actor
from data.store import Store

# The columns stay as they are: others read them by name
COLUMNS = (
    *("booking", "fund", "year", "date", "kind", "euros", "left"),
    *("project", "title", "reason", "corrects", "by"),
)
TYPED = ("title", "reason", "by")  # a spreadsheet may take it for a formula


@dataclass(frozen=True)
class Booking:
    """A booking as it stands in the book. Money is in cents, times are UTC."""

    id: int
    fund: Fund
    year: int
    kind: Kind
    cents: int
    left: int  # in the pot, after it
    project_id: str | None
    number: int | None  # the project's
    title: str
    reason: str
    corrects: int | None
    corrected: bool  # a later one takes it back
    role: str
    name: str  # of who booked it, '' for who may not see it
    at: datetime


@dataclass(frozen=True)
class Granted:
    """A project whose money stands in a pot, with what came of it so far."""

    project_id: str
    number: int
    title: str
    sums: Sums
    last: int  # its last booking


def pots(store: Store, actor: Actor) -> list[tuple[Fund, int]]:
    """List the pots that are there, the newest year first."""
    rules.check(actor, Act.FUND_READ)
    found = store.read("select fund, year from pot order by year desc, fund")
    return [(Fund(fund), year) for fund, year in found]


def bookings(store: Store, actor: Actor, fund: str, year: int) -> list[Booking]:
    """List a pot's bookings, the newest first, each with what was left after it."""
    rules.check(actor, Act.FUND_READ)
    rows = store.rows(_SELECT, {"fund": check_fund(fund), "year": year})
    named = rules.may(actor, Act.POT_BOOK)
    return [
        Booking(
            **{
                **row,
                "fund": Fund(row["fund"]),
                "kind": Kind(row["kind"]),
                "left": int(row["left"]),
                "name": row["name"] if named else "",
                "at": row["at"].replace(tzinfo=UTC),
            }
        )
        for row in rows
    ]


def granted(store: Store, actor: Actor, fund: str, year: int) -> list[Granted]:
    """List the projects whose money stands in a pot, the newest first."""
    rules.check(actor, Act.FUND_READ)
    rows = store.read(
        "select project_id, number, title, booking.id, kind, booking.cents "
        "from booking join pot on pot.id = pot_id join project on project.id = project_id "
        "where pot.fund = $fund and year = $year order by number desc, booking.id",
        {"fund": check_fund(fund), "year": year},
    )
    found = [_granted(list(lines)) for _, lines in groupby(rows, key=lambda row: row[0])]
    return [one for one in found if one.sums.decided or one.sums.paid]


def as_csv(store: Store, actor: Actor, fund: str, year: int) -> str:
    """Write a pot's bookings as CSV for spreadsheets, oldest first: no live formula."""
    text = io.StringIO()
    text.write(BOM)
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows(_line(one) for one in reversed(bookings(store, actor, fund, year)))
    return text.getvalue()


# --- inside -------------------------------------------------------------------

_SELECT = (
    "select booking.id, pot.fund, year, kind, booking.cents, "
    "sum(case kind when 'decided' then -booking.cents "
    "when 'allotted' then booking.cents when 'returned' then booking.cents else 0 end) "
    "over (order by booking.id) as left, "
    "project_id, project.number, coalesce(project.title, '') as title, booking.reason, corrects, "
    "exists (select 1 from booking as later where later.corrects = booking.id) as corrected, "
    "booking.role, coalesce(person.name, '') as name, happened_at as at "
    "from booking join pot on pot.id = pot_id left join project on project.id = project_id "
    "left join person on person.id = person_id "
    "where pot.fund = $fund and year = $year order by booking.id desc"
)


def _granted(rows: list[tuple]) -> Granted:
    project_id, number, title, last, _, _ = rows[-1]
    return Granted(project_id, number, title, added(row[4:] for row in rows), last)


def _line(one: Booking) -> list[str]:
    said = {
        "booking": one.id,
        "fund": one.fund,
        "year": one.year,
        "date": one.at.astimezone(BERLIN).date().isoformat(),
        "kind": one.kind,
        "euros": _euros(one.cents),
        "left": _euros(one.left),
        "project": "" if one.number is None else one.number,
        "title": one.title,
        "reason": one.reason,
        "corrects": one.corrects or "",
        "by": one.name or one.role,
    }
    return [guarded(str(said[name])) if name in TYPED else str(said[name]) for name in COLUMNS]


def _euros(cents: int) -> str:
    """Write cents exactly, with a comma as German spreadsheets read it.

    >>> _euros(-123456), _euros(5)
    ('-1234,56', '0,05')
    """
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"
