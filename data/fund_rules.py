"""What a fund's rules are from one day to another; an application keeps those it was made under."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from data import rules, trail
from data.filters import local_day
from data.funds import MAX_CENTS, Fund, check_fund
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean

MAX_TITLE = 200
MAX_WEEKS, MAX_AGE, WHOLE = 104, 99, 1000
BODIES = ("jury", "council")  # the kind of body that decides
CRITERIA = (  # `criterion.<key>` says each
    *("community", "activation", "self_help", "contacts"),
    *("culture", "image", "climate", "traditions"),
)
FORM = (  # what an application can be asked, in the form's order
    *("title", "applicant", "contact", "description", "goal", "target_group", "people", "at"),
    *("period", "helpers", "own_share", "costs", "cents", "other_funding", "field", "criteria"),
    *("permissions", "publicity", "needs"),
    *("indicators", "lasting", "diversity", "finance_plan"),
)
ALWAYS = frozenset({"title", "description", "at", "costs", "cents"})  # no application without
STEPS = {  # a fund's own way beside the states of a project; `fund_step.<key>` says each
    Fund.AKTIONSFONDS: (),
    Fund.PROJEKTFONDS: (
        *("need", "plan", "outline", "eligibility", "priority", "call", "bids", "bids_checked"),
        *("selection", "main_application", "notice", "carrying_out", "proof", "handing_over"),
    ),
    Fund.BAUFONDS: (
        *("need", "plan", "proposal", "eligibility", "priority", "senate_choice", "planning"),
        *("main_application", "notice", "building", "proof", "upkeep"),
    ),
}


@dataclass(frozen=True)
class Terms:
    """What the rules say. Sums are in cents, shares in thousandths."""

    title: str
    least: int
    most: int
    weeks_before: int  # an application comes so long before its start
    own_share: int  # of the sum asked for
    fees: bool  # whether fees are paid at all, and never to the applicant
    lump: int  # at most, of the other costs
    least_age: int
    criteria: tuple[str, ...]
    form: tuple[str, ...]  # what is asked
    required: tuple[str, ...]  # without these nothing goes on to the body
    steps: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class FundRules(Terms):
    """The rules of a fund from a day on, to a last one or until further notice."""

    id: str
    fund: Fund
    valid_from: date
    valid_to: date | None
    version: int


COLUMNS = "id, fund, title, valid_from, valid_to, least, most, rules, version"
IN_JSON = tuple(one.name for one in fields(Terms) if one.name not in ("title", "least", "most"))


def current(store: Store, fund: str, day: date) -> FundRules:
    """Load the rules of a fund on a day; anybody may know them. NotFound before the first ones."""
    found = _found(
        store,
        "fund = $fund and valid_from <= $day and coalesce(valid_to >= $day, true)",
        {"fund": check_fund(fund), "day": day},
    )
    if not found:
        raise NotFound("fund_rules.not_found")
    return found[0]


def get(store: Store, rules_id: str) -> FundRules:
    """Load rules by their id, also old ones; NotFound when there are none."""
    found = _found(store, "id = $id", {"id": rules_id})
    if not found:
        raise NotFound("fund_rules.not_found")
    return found[0]


def listing(store: Store, actor: Actor) -> list[FundRules]:
    """List all rules, fund by fund, the newest first."""
    rules.check(actor, Act.FUND_READ)
    order = list(Fund)
    return sorted(_found(store, "true", {}), key=lambda one: order.index(one.fund))


def used(store: Store, actor: Actor, rules_id: str) -> int:
    """Count the applications made under rules."""
    rules.check(actor, Act.FUND_READ)
    found = store.read("select count(*) from project where rules_id = $id", {"id": rules_id})
    return found[0][0]


def add(
    store: Store,
    actor: Actor,
    *,
    rules_id: str,
    fund: str,
    terms: Terms,
    valid_from: date,
    seen: str,
    now: datetime,
) -> FundRules:
    """Let new rules hold from a day on; those before end the day before, and stay as they are.

    `seen` is the id of the newest rules of the fund that the form showed: Conflict when there are
    newer ones. Made twice under one id is once.
    """
    rules.check(actor, Act.FUND_WRITE)
    record = _checked(check_fund(fund), terms)
    if valid_from < local_day(now):
        raise BadInput("fund_rules.day_past", field="valid_from")
    record |= {"id": rules_id, "fund": fund, "from": valid_from, "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        if tx.execute("select 1 from fund_rules where id = $id", {"id": rules_id}):
            return
        _end_before(tx, fund, valid_from, seen)
        tx.execute(
            "insert into fund_rules values ($id, $fund, $title, $from, null, $least, $most, "
            "$rules, 1, $now)",
            record,
        )
        told = {name: record[name] for name in ("title", "least", "most", "rules")}
        told["valid_from"] = valid_from.isoformat()
        trail.note(tx, actor, Act.FUND_WRITE, "fund_rules", rules_id, now=now, details=told)

    store.write(job)
    return get(store, rules_id)


def take_back(store: Store, actor: Actor, rules_id: str, *, now: datetime) -> None:
    """Take back rules that hold from a later day and were used by no application.

    Those before them hold on. Conflict when they hold already, or are not the newest.
    """
    rules.check(actor, Act.FUND_WRITE)

    def job(tx: Transaction) -> None:
        newest = _newest(tx, _fund_of(tx, rules_id))
        if newest[0] != rules_id or newest[1] <= local_day(now) or _is_used(tx, rules_id):
            raise Conflict("fund_rules.hold_already")
        tx.execute("delete from fund_rules where id = $id", {"id": rules_id})
        tx.execute(
            "update fund_rules set valid_to = null, version = version + 1, changed_at = $now "
            "where fund = $fund and valid_to = $eve",
            {"fund": newest[2], "eve": newest[1] - timedelta(days=1), "now": trail.utc(now)},
        )
        told = {"valid_from": newest[1].isoformat(), "taken_back": True}
        trail.note(tx, actor, Act.FUND_WRITE, "fund_rules", rules_id, now=now, details=told)

    store.write(job)


# --- inside -------------------------------------------------------------------


def _fund_of(tx: Transaction, rules_id: str) -> str:
    found = tx.execute("select fund from fund_rules where id = $id", {"id": rules_id})
    if not found:
        raise NotFound("fund_rules.not_found")
    return found[0][0]


def _end_before(tx: Transaction, fund: str, day: date, seen: str) -> None:
    newest = _newest(tx, fund)
    if newest[0] != seen:
        raise Conflict("fund_rules.changed_meanwhile")
    if day <= newest[1]:
        raise BadInput("fund_rules.day_taken", field="valid_from")
    tx.execute(
        "update fund_rules set valid_to = $eve, version = version + 1 "
        "where id = $id and valid_to is null",
        {"id": newest[0], "eve": day - timedelta(days=1)},
    )


def _newest(tx: Transaction, fund: str) -> tuple[str, date, str]:
    found = tx.execute(
        "select id, valid_from, fund from fund_rules where fund = $fund "
        "order by valid_from desc limit 1",
        {"fund": fund},
    )
    return found[0][0], found[0][1], found[0][2]


def _is_used(tx: Transaction, rules_id: str) -> bool:
    return bool(tx.execute("select 1 from project where rules_id = $id limit 1", {"id": rules_id}))


def _found(store: Store, where: str, params: dict[str, Any]) -> list[FundRules]:
    rows = store.rows(
        f"select {COLUMNS} from fund_rules where {where} order by valid_from desc",  # noqa: S608
        params or None,
    )
    return [_rules(row) for row in rows]


def _rules(row: dict[str, Any]) -> FundRules:
    said = json.loads(row.pop("rules"))
    listed = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return FundRules(**{**row, **listed, "fund": Fund(row["fund"])})


def _checked(fund: Fund, terms: Terms) -> dict[str, Any]:
    """Return what can be stored, or refuse it with BadInput."""
    title = " ".join(clean(terms.title).split())
    if not title or len(title) > MAX_TITLE:
        raise BadInput("fund_rules.title_missing", field="title")
    for name, least, most in (
        ("least", 1, MAX_CENTS),
        ("most", 1, MAX_CENTS),
        ("weeks_before", 0, MAX_WEEKS),
        ("own_share", 0, WHOLE),
        ("lump", 0, WHOLE),
        ("least_age", 0, MAX_AGE),
    ):
        _whole(name, getattr(terms, name), least, most)
    if terms.least > terms.most:
        raise BadInput("fund_rules.least_over_most", field="most")
    if terms.body not in BODIES:
        raise BadInput("fund_rules.body_missing", field="body")
    said = {name: getattr(terms, name) for name in IN_JSON} | {"fees": bool(terms.fees)}
    said |= {
        "criteria": _known(terms.criteria, CRITERIA),
        "form": _known({*terms.form, *terms.required, *ALWAYS}, FORM),
        "required": _known({*terms.required, *ALWAYS}, FORM),
        "steps": _known(terms.steps, STEPS[fund]),
    }
    told = json.dumps(said, ensure_ascii=False)
    return {"title": title, "least": terms.least, "most": terms.most, "rules": told}


def _whole(name: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise BadInput("fund_rules.number_unreadable", field=name)


def _known(asked: Sequence[str] | set[str], known: Sequence[str]) -> list[str]:
    return [key for key in known if key in asked]
