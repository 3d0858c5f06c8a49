"""What a project spent: receipts against its cost plan, accepted or refused by the office."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from data import pot_sums, pots, rules, trail
from data.filters import local_day
from data.funds import MAX_CENTS
from data.problems import BadInput, Cents, Conflict, NotFound
from data.projects import ProjectStatus
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_ITEM, MAX_RECEIPT, MAX_REASON = 200, 100, 500
MAX_EXPENSES = 500  # of one project: a hand in of thousands is a mistake
OPEN = (ProjectStatus.AGREEMENT, ProjectStatus.RUNNING)  # when receipts are taken
EARLIEST = timedelta(days=3 * 366)  # no receipt is older


class State(StrEnum):
    """Where a receipt stands."""

    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Expense:
    """A receipt, in cents. `cost` is its row in the cost plan, from 0; None = in none of them."""

    id: str
    project_id: str
    spent_on: date
    item: str
    cost: int | None
    cents: int
    receipt: str  # its number on the paper
    state: State
    reason: str  # why it was refused
    version: int


class Spent(NamedTuple):
    """Receipts of one project added up, in cents."""

    handed_in: int = 0
    accepted: int = 0
    refused: int = 0


FACTS = "id, project_id, spent_on, item, cost, cents, receipt, state, reason, version"


def of_project(store: Store, actor: Actor, project_id: str) -> list[Expense]:
    """List a project's receipts, the earliest first."""
    rules.check_project(actor, Act.APPLICATION_READ, project_id)
    rows = store.rows(
        f"select {FACTS} from expense where project_id = $id order by spent_on, created_at, id",  # noqa: S608
        {"id": project_id},
    )
    return [Expense(**{**row, "state": State(row["state"])}) for row in rows]


def spent(found: Sequence[Expense], cost: int | None = -1) -> Spent:
    """Add receipts up by state: of a row of the cost plan (None = of no row), or all of them.

    >>> spent([])
    Spent(handed_in=0, accepted=0, refused=0)
    """
    sums = dict.fromkeys(Spent._fields, 0)
    for one in found:
        if cost in (-1, one.cost):
            sums[one.state] += one.cents
    return Spent(**sums)


def hand_in(
    store: Store,
    actor: Actor,
    project_id: str,
    *,
    expense_id: str,
    spent_on: date,
    item: str,
    cost: int | None,
    cents: int,
    receipt: str,
    now: datetime,
) -> None:
    """Hand a receipt in; one already handed in under its id stays as it is.

    Raises Conflict while the project is not running, BadInput for what is no receipt.
    """
    rules.check_project(actor, Act.APPLICATION_WRITE, project_id)
    record = _checked(spent_on, item, cost, cents, receipt, now=now)

    def job(tx: Transaction) -> None:
        if tx.execute("select 1 from expense where id = $id", {"id": expense_id}):
            return
        _check_open(tx, project_id)
        _check_cost(tx, project_id, cost)
        tx.execute(
            "insert into expense by name select $id as id, $project as project_id, "
            "$spent_on as spent_on, $item as item, $cost as cost, $cents as cents, "
            "$receipt as receipt, 'handed_in' as state, '' as reason, 1 as version, "
            "$now as created_at, $now as changed_at",
            {**record, "id": expense_id, "project": project_id, "now": trail.utc(now)},
        )
        _note(tx, actor, Act.APPLICATION_WRITE, project_id, now=now, expense=expense_id)

    store.write(job)


def change(
    store: Store,
    actor: Actor,
    expense_id: str,
    *,
    project_id: str,
    spent_on: date,
    item: str,
    cost: int | None,
    cents: int,
    receipt: str,
    version: int,
    now: datetime,
) -> None:
    """Correct a receipt that was not accepted; it is handed in anew.

    Raises Conflict when somebody else changed it meanwhile or it was accepted.
    """
    rules.check_project(actor, Act.APPLICATION_WRITE, project_id)
    record = _checked(spent_on, item, cost, cents, receipt, now=now)

    def job(tx: Transaction) -> None:
        was = _row(tx, project_id, expense_id)
        _check_open(tx, project_id)
        _check_cost(tx, project_id, cost)
        if was["state"] == State.ACCEPTED:
            raise Conflict("expense.accepted")
        sets = ", ".join(f"{name} = ${name}" for name in record)
        sets += ", state = 'handed_in', reason = ''"
        _update(tx, expense_id, version, sets, record, now=now)
        kept = {"was": {name: str(was[name]) for name in record if was[name] != record[name]}}
        _note(tx, actor, Act.APPLICATION_WRITE, project_id, now=now, expense=expense_id, **kept)

    store.write(job)


def review(
    store: Store,
    actor: Actor,
    expense_id: str,
    *,
    project_id: str,
    state: str,
    version: int,
    now: datetime,
    reason: str = "",
) -> None:
    """Accept a receipt, or refuse it with a reason that the applicant reads.

    Raises Conflict when it was changed meanwhile, or is part of what was accounted already.
    """
    rules.check(actor, Act.POT_BOOK)
    if state not in (State.ACCEPTED, State.REFUSED):
        raise BadInput("expense.state_missing", field="state")
    said = _text(reason, MAX_REASON, "reason")
    if state == State.REFUSED and not said:
        raise BadInput("project.reason_missing", field="reason")

    def job(tx: Transaction) -> None:
        was = _row(tx, project_id, expense_id)
        _check_open(tx, project_id)
        given = {"state": state, "reason": said if state == State.REFUSED else ""}
        _update(tx, expense_id, version, "state = $state, reason = $reason", given, now=now)
        if was["state"] == State.ACCEPTED and _accepted(tx, project_id) < _accounted(
            tx, project_id
        ):
            raise Conflict("expense.accounted")
        _note(tx, actor, Act.POT_BOOK, project_id, now=now, expense=expense_id, state=state)

    store.write(job)


def account(tx: Transaction, actor: Actor, project_id: str, *, now: datetime) -> None:
    """Book what was accepted, at most what was granted, as its receipts are all looked at.

    Raises Conflict while one waits to be looked at.
    """
    [(waiting,)] = tx.execute(
        "select count(*) from expense where project_id = $id and state = 'handed_in'",
        {"id": project_id},
    )
    if waiting:
        raise Conflict("expense.waiting")
    sums = pot_sums.of_project(tx, project_id)
    more = min(_accepted(tx, project_id), sums.decided - sums.returned) - sums.accounted
    if more > 0:
        pots.account(tx, actor, project_id, more, now=now)


def check_even(tx: Transaction, project_id: str) -> None:
    """Refuse with Conflict until what was paid, less what came back, is what was accounted."""
    sums = pot_sums.of_project(tx, project_id)
    kept = sums.paid - sums.returned
    if kept > sums.accounted:
        raise Conflict("expense.to_return", sum=Cents(kept - sums.accounted))
    if kept < sums.accounted:
        raise Conflict("expense.to_pay", sum=Cents(sums.accounted - kept))


# --- inside -----------------------------------------------------------------


def _checked(
    spent_on: date, item: str, cost: int | None, cents: int, receipt: str, *, now: datetime
) -> dict[str, Any]:
    today = local_day(now)
    if not isinstance(spent_on, date) or not today - EARLIEST <= spent_on <= today:
        raise BadInput("expense.day", field="spent_on")
    if isinstance(cents, bool) or not isinstance(cents, int) or not 0 < cents <= MAX_CENTS:
        raise BadInput("project.sum_missing", field="cents")
    text = _text(item, MAX_ITEM, "item")
    if not text:
        raise BadInput("expense.item_missing", field="item")
    number = _text(receipt, MAX_RECEIPT, "receipt")
    return {"spent_on": spent_on, "item": text, "cost": cost, "cents": cents, "receipt": number}


def _text(typed: str, limit: int, field: str) -> str:
    text = " ".join(clean(typed[: 20 * limit]).split())
    return not_longer(text, limit, field, "project.words_too_long")


def _check_open(tx: Transaction, project_id: str) -> None:
    found = tx.execute(
        "select status, (select count(*) from expense where project_id = $id) "
        "from project where id = $id",
        {"id": project_id},
    )
    if not found:
        raise NotFound("project.not_found")
    if found[0][0] not in OPEN:
        raise Conflict("expense.not_running")
    if found[0][1] >= MAX_EXPENSES:
        raise Conflict("expense.too_many", limit=MAX_EXPENSES)


def _check_cost(tx: Transaction, project_id: str, cost: int | None) -> None:
    if cost is None:
        return
    found = tx.execute("select details from project where id = $id", {"id": project_id})
    rows = json.loads(found[0][0]).get("costs") if found else None
    many = len(rows) if isinstance(rows, list) else 0
    if isinstance(cost, bool) or not isinstance(cost, int) or not 0 <= cost < many:
        raise BadInput("expense.cost_unknown", field="cost")


def _row(tx: Transaction, project_id: str, expense_id: str) -> dict[str, Any]:
    names = FACTS.split(", ")
    found = tx.execute(
        f"select {FACTS} from expense where id = $id and project_id = $project",  # noqa: S608
        {"id": expense_id, "project": project_id},
    )
    if not found:
        raise NotFound("expense.not_found")
    return dict(zip(names, found[0], strict=True))


def _update(
    tx: Transaction,
    expense_id: str,
    version: int,
    sets: str,
    params: dict[str, Any],
    *,
    now: datetime,
) -> None:
    done = tx.execute(
        f"update expense set {sets}, version = version + 1, changed_at = $now "  # noqa: S608
        "where id = $id and version = $version returning id",
        {**params, "id": expense_id, "version": version, "now": trail.utc(now)},
    )
    if not done:
        raise Conflict("expense.changed_meanwhile")


def _accepted(tx: Transaction, project_id: str) -> int:
    [(cents,)] = tx.execute(
        "select coalesce(sum(cents), 0)::bigint from expense "
        "where project_id = $id and state = 'accepted'",
        {"id": project_id},
    )
    return cents


def _accounted(tx: Transaction, project_id: str) -> int:
    return pot_sums.of_project(tx, project_id).accounted


def _note(
    tx: Transaction, actor: Actor, act: Act, project_id: str, *, now: datetime, **details: Any
) -> None:
    trail.note(tx, actor, act, "project", project_id, now=now, details=details)
