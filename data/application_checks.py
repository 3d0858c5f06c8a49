"""What an application still lacks, by its fund's rules: the same list for applicant and office.

Pure: it knows no store and no clock. Each finding is a key into locales/<lang>/application.po
(`check.<key>`) and its parameters: sums in cents, days as dates.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from data import application_form as form
from data import costs
from data.costs import Cost, CostKind
from data.fund_rules import FundRules
from data.funds import MAX_CENTS, Fund

NEEDS_ONLY = frozenset({Fund.PROJEKTFONDS, Fund.BAUFONDS})  # funded is what the action plan says
WHOLE = 1000


class Level(StrEnum):
    """How much a finding weighs."""

    MISSING = "missing"  # still to be filled in
    BLOCK = "block"  # cannot be handed in like this
    WARNING = "warning"  # can be, but should be looked at


@dataclass(frozen=True)
class Finding:
    """One thing to be seen to, at a field of the form."""

    level: Level
    key: str
    field: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the list asks of the world around the application."""

    today: date
    handed_in: date | None = None  # when it was first handed in, None = not yet
    left: int | None = None  # cents in its pot, None = not known
    inside: bool = True  # its place lies in the funding area


def checklist(parts: Mapping[str, Any], rules: FundRules, known: Known) -> list[Finding]:
    """List what is missing, what stands in the way and what to look at, in the form's order.

    `parts` are an application's by name (data/application_form.py: PARTS); absent ones are empty.
    """
    of = {part: parts.get(part, form.empty(part)) for part in form.PARTS}
    found = [
        *_missing(of, rules),
        *_days(of, rules, known),
        *_place(of, known),
        *_sums(of, rules, known),
        *_plan(of, rules),
        *_shares(of, rules),
        *_years(of, rules),
        *_links(of, rules),
    ]
    order = [one for fields in form.STEPS.values() for one in fields]
    weight = list(Level)
    return sorted(found, key=lambda one: (weight.index(one.level), order.index(one.field)))


def blocking(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings with which nothing can be handed in."""
    return [one for one in found if one.level != Level.WARNING]


# --- inside -----------------------------------------------------------------


def _missing(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    for name in rules.required:
        if not _is_there(name, of, rules):
            yield Finding(Level.MISSING, f"missing.{name}", name)
    if rules.least_age and "applicant" in rules.form and not of["of_age"]:
        yield Finding(Level.MISSING, "of_age", "applicant", {"age": rules.least_age})


def _is_there(name: str, of: Mapping[str, Any], rules: FundRules) -> bool:
    if name == "period":
        return of["starts_on"] is not None and of["ends_on"] is not None
    if name == "criteria":
        return bool(set(of["criteria"]) & set(rules.criteria))
    if name == "needs":
        return bool(of["needs"] or of["pins"])
    if name == "people":
        return of["people"] is not None
    alone = {"contact": "contact", "applicant": "applicant", "field": "field", "cents": "cents"}
    parts = [alone[name]] if name in alone else form.FIELDS[name]
    return any(of[part] for part in parts)


def _days(of: Mapping[str, Any], rules: FundRules, known: Known) -> Iterator[Finding]:
    start, end = of["starts_on"], of["ends_on"]
    if start and end and end < start:
        yield Finding(Level.BLOCK, "ends_before", "period")
    if not start:
        return
    if start < (known.handed_in or known.today):
        yield Finding(Level.BLOCK, "started", "period", {"day": start})
        return
    first = (known.handed_in or known.today) + timedelta(weeks=rules.weeks_before)
    if start < first:
        params = {"weeks": rules.weeks_before, "day": first}
        yield Finding(Level.WARNING, "soon", "period", params)


def _place(of: Mapping[str, Any], known: Known) -> Iterator[Finding]:
    if of["at"] is not None and not known.inside:
        yield Finding(Level.WARNING, "outside", "at")


def _sums(of: Mapping[str, Any], rules: FundRules, known: Known) -> Iterator[Finding]:
    asked = of["cents"]
    if asked < 0 or asked > MAX_CENTS:
        yield Finding(Level.BLOCK, "sum", "cents")
    elif asked > rules.most:
        yield Finding(Level.BLOCK, "over", "cents", {"asked": asked, "most": rules.most})
    elif 0 < asked < rules.least:
        yield Finding(Level.BLOCK, "under", "cents", {"asked": asked, "least": rules.least})
    if known.left is not None and asked > 0:
        yield from _pot(asked, known.left)


def _pot(asked: int, left: int) -> Iterator[Finding]:
    if asked > left:
        yield Finding(Level.WARNING, "pot_too_little", "cents", {"left": left})
    elif left < 2 * asked:  # not enough for another one like this
        yield Finding(Level.WARNING, "pot_low", "cents", {"left": left})


def _plan(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    plan: Sequence[Cost] = of["costs"]
    for number, row in enumerate(plan, 1):
        if not row.is_whole:
            yield Finding(Level.MISSING, "row", "costs", {"row": number})
    total, paid = costs.total(plan), of["cents"] + of["own_cents"] + of["other_cents"]
    if plan and of["cents"] and total != paid:
        params = {"total": total, "paid": paid}
        yield Finding(Level.BLOCK, "differs", "cents", params)
    yield from _fees(of, rules)
    yield from _lump(plan, rules)


def _fees(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    if not any(row.kind == CostKind.FEE for row in of["costs"]):
        return
    if not rules.fees:
        yield Finding(Level.BLOCK, "no_fees", "costs")
    elif of["fee_self"]:
        yield Finding(Level.BLOCK, "fee_self", "costs")
    else:
        yield Finding(Level.WARNING, "fees", "costs")


def _lump(plan: Sequence[Cost], rules: FundRules) -> Iterator[Finding]:
    lump = costs.total(row for row in plan if row.kind == CostKind.LUMP)
    others = costs.total(plan) - lump
    most = others * rules.lump // WHOLE
    if lump and rules.lump and lump > most:
        yield Finding(Level.BLOCK, "lump", "costs", {"lump": lump, "most": most})


def _shares(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    needed = -(-of["cents"] * rules.own_share // WHOLE)  # rounded up to the cent
    if needed > of["own_cents"]:
        params = {"percent": rules.own_share // 10, "needed": needed}
        yield Finding(Level.BLOCK, "own_share", "own_share", params)


def _years(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    by_year = sum(of["finance_plan"].values())
    if "finance_plan" in rules.form and by_year and by_year != of["cents"]:
        params = {"by_year": by_year, "asked": of["cents"]}
        yield Finding(Level.BLOCK, "years", "finance_plan", params)


def _links(of: Mapping[str, Any], rules: FundRules) -> Iterator[Finding]:
    if rules.fund in NEEDS_ONLY and not of["needs"]:
        yield Finding(Level.BLOCK, "not_in_plan", "needs")
