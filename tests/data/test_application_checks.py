from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data import application_form as form
from data import costs
from data.application_checks import Known, Level, blocking, checklist
from data.application_place import Spot
from data.costs import Cost, CostKind
from data.fund_rules import FundRules
from data.funds import MAX_CENTS, Fund
from geo.points import LonLat

TODAY = date(2026, 5, 4)
RULES = FundRules(
    title="Aktionsfonds", least=1, most=1_500_00, weeks_before=6, own_share=0, fees=True, lump=100,
    least_age=16, criteria=("culture", "contacts"), form=tuple(form.FIELDS),
    required=("title", "applicant", "contact", "description", "at", "period", "own_share", "costs",
              "cents", "field", "criteria", "needs"),
    steps=(), body="jury", id="rules-1", fund=Fund.AKTIONSFONDS, valid_from=date(2015, 1, 1),
    valid_to=None, version=1,
)  # fmt: skip
WHOLE = {
    "title": "Hoffest",
    "description": "Wir feiern",
    "applicant": "Hausgemeinschaft",
    "of_age": True,
    "contact": "030 1",
    "at": Spot(LonLat(13.424, 52.502)),
    "starts_on": date(2026, 8, 1),
    "ends_on": date(2026, 8, 1),
    "own_contribution": "Kuchen",
    "costs": (Cost("Tische", 10, 50_00),),
    "fund": Fund.AKTIONSFONDS,
    "cents": 500_00,
    "field": "IN",
    "criteria": ("culture",),
    "pins": ("pin-1",),
}
KNOWN = Known(TODAY, left=10_000_00)


def keys(parts=WHOLE, rules=RULES, known=KNOWN, **changes):
    return {one.key: one for one in checklist({**parts, **changes}, rules, known)}


def test_an_application_with_everything_lacks_nothing():
    assert keys() == {}


def test_an_empty_one_lacks_all_that_its_fund_asks_for_and_nothing_more():
    found = checklist({"cents": 0}, RULES, KNOWN)
    assert {one.field for one in found} == set(RULES.required)
    assert {one.level for one in found} == {Level.MISSING}


@pytest.mark.parametrize("name", RULES.required)
def test_what_is_taken_away_is_missing_by_its_name(name):
    without = {part: form.empty(part) for part in form.FIELDS[name] if part != "fund"}
    if name == "cents":
        without["cents"] = 0
    assert f"missing.{name}" in keys(**without)


@pytest.mark.parametrize(
    ("changes", "key", "level"),
    [
        ({"cents": 1_500_01, "costs": (Cost("x", 1, 1_500_01),)}, "over", Level.BLOCK),
        ({"cents": MAX_CENTS + 1}, "sum", Level.BLOCK),
        ({"cents": -1}, "sum", Level.BLOCK),
        ({"cents": 400_00}, "differs", Level.BLOCK),
        ({"starts_on": TODAY - timedelta(days=1)}, "started", Level.BLOCK),
        ({"starts_on": date(2026, 8, 2)}, "ends_before", Level.BLOCK),
        ({"starts_on": TODAY + timedelta(days=41)}, "soon", Level.WARNING),
        ({"costs": (Cost("DJ", 1, 500_00, CostKind.FEE),)}, "fees", Level.WARNING),
        (
            {"costs": (Cost("DJ", 1, 500_00, CostKind.FEE),), "fee_self": True},
            "fee_self",
            Level.BLOCK,
        ),
        ({"costs": (Cost("", 1, 500_00),)}, "row", Level.MISSING),
        (
            {"costs": (Cost("x", 1, 400_00), Cost("y", 1, 100_00, CostKind.LUMP))},
            "lump",
            Level.BLOCK,
        ),
        ({"of_age": False}, "of_age", Level.MISSING),
        ({"finance_plan": {"2026": 1}}, "years", Level.BLOCK),
    ],
)
def test_what_does_not_fit_is_said(changes, key, level):
    assert keys(**changes)[key].level == level


def test_six_weeks_are_counted_from_the_day_it_was_handed_in():
    late = Known(TODAY + timedelta(days=60), handed_in=TODAY)
    assert "soon" not in keys(known=late)
    assert "started" not in keys(known=late, starts_on=TODAY + timedelta(days=50))


def test_the_rules_decide_about_fees_shares_and_needs():
    fee = (Cost("DJ", 1, 500_00, CostKind.FEE),)
    assert keys(rules=replace(RULES, fees=False), costs=fee)["no_fees"].level == Level.BLOCK
    tenth = keys(rules=replace(RULES, own_share=100))["own_share"]
    assert tenth.params == {"percent": 10, "needed": 50_00}
    assert "not_in_plan" in keys(rules=replace(RULES, fund=Fund.PROJEKTFONDS))
    named = keys(rules=replace(RULES, fund=Fund.PROJEKTFONDS), needs=("need-1",))
    assert "not_in_plan" not in named
    assert "under" in keys(rules=replace(RULES, least=5_000_00, most=MAX_CENTS))


def test_the_pot_is_a_warning_never_a_block():
    assert keys(known=replace(KNOWN, left=499_99))["pot_too_little"].level == Level.WARNING
    assert keys(known=replace(KNOWN, left=700_00))["pot_low"].params == {"left": 700_00}
    assert keys(known=replace(KNOWN, left=None)) == {}


rows = some.builds(
    Cost,
    some.text(max_size=5),
    some.integers(1, 1000),
    some.integers(0, 10**7),
    some.sampled_from(CostKind),
)
days = some.none() | some.dates(date(2025, 1, 1), date(2028, 1, 1))
parts = some.fixed_dictionaries(
    {
        "cents": some.integers(-10, 3_000_00),
        "own_cents": some.integers(0, 1_000_00),
        "other_cents": some.integers(0, 1_000_00),
        "costs": some.lists(rows, max_size=5).map(tuple),
        "starts_on": days,
        "ends_on": days,
        "fee_self": some.booleans(),
        "criteria": some.lists(some.sampled_from(("culture", "unknown")), unique=True).map(tuple),
    }
)


@given(parts, some.none() | some.integers(0, 5_000_00))
def test_what_passes_the_list_keeps_every_rule(changes, left):
    of = {**WHOLE, **changes}
    if blocking(checklist(of, RULES, Known(TODAY, left=left))):
        return
    assert RULES.least <= of["cents"] <= RULES.most
    assert costs.total(of["costs"]) == of["cents"] + of["own_cents"] + of["other_cents"]
    assert TODAY <= of["starts_on"] <= of["ends_on"]
    assert all(row.is_whole for row in of["costs"])
    assert not (of["fee_self"] and any(row.kind == CostKind.FEE for row in of["costs"]))
    assert "culture" in of["criteria"]
    lump = costs.total(row for row in of["costs"] if row.kind == CostKind.LUMP)
    assert lump * 10 <= costs.total(of["costs"]) - lump


@given(parts)
def test_the_list_points_into_the_form_and_is_the_same_every_time(changes):
    of = {**WHOLE, **changes}
    found = checklist(of, RULES, KNOWN)
    assert all(form.step_of(one.field) in form.steps(RULES.form) for one in found)
    assert found == checklist(of, RULES, KNOWN)
    assert [one.level for one in found] == sorted(
        (one.level for one in found), key=list(Level).index
    )


def test_every_field_of_every_fund_stands_in_one_step():
    placed = [field for fields in form.STEPS.values() for field in fields]
    assert sorted(placed) == sorted(form.FIELDS)
    assert all(form.in_step(form.step_of(field), form.FIELDS) for field in form.FIELDS)
