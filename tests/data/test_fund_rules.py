from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import fund_rules, funds, projects
from data.fund_rules import CRITERIA, FORM, STEPS, Terms
from data.funds import MAX_CENTS, Fund
from data.problems import BadInput, Conflict, NotFound
from tests.data.doors_funds import TERMS

FUND, SHIPPED = "aktionsfonds", "aktionsfonds-2015"


@pytest.fixture
def day(now):
    return now.date() + timedelta(days=30)


@pytest.fixture
def add(store, admin, now, day):
    def make(id="new", *, seen=SHIPPED, fund=FUND, valid_from=day, **changes):
        return fund_rules.add(
            store, admin, rules_id=id, fund=fund, terms=replace(TERMS, **changes),
            valid_from=valid_from, seen=seen, now=now,
        )  # fmt: skip

    return make


@pytest.mark.parametrize(
    ("fund", "when", "least", "most"),
    [
        ("aktionsfonds", date(2014, 12, 31), 1, 1_000_00),
        ("aktionsfonds", date(2015, 1, 1), 1, 1_500_00),
        ("aktionsfonds", date(2026, 5, 4), 1, 1_500_00),
        ("projektfonds", date(2026, 5, 4), 5_000_00, MAX_CENTS),
        ("baufonds", date(2026, 5, 4), 50_000_00, MAX_CENTS),
    ],
)
def test_a_funds_limits_are_those_of_the_day(store, fund, when, least, most):
    found = fund_rules.current(store, fund, when)
    assert (found.least, found.most) == (least, most)


def test_there_are_no_rules_before_the_first_ones(store):
    for fund in Fund:
        with pytest.raises(NotFound):
            fund_rules.current(store, fund, date(1998, 12, 31))
    with pytest.raises(BadInput):
        fund_rules.current(store, "kiezkasse", date(2026, 1, 1))
    with pytest.raises(NotFound):
        fund_rules.get(store, "aktionsfonds-1923")


def test_what_is_shipped_uses_known_keys_alone(store, jury):
    for one in fund_rules.listing(store, jury):
        assert set(one.criteria) <= set(CRITERIA)
        assert set(one.required) <= set(one.form) <= set(FORM)
        assert one.steps == STEPS[one.fund]
        assert one.form == tuple(key for key in FORM if key in one.form)
        assert one.body in fund_rules.BODIES


def test_the_limits_without_a_day_are_those_of_today(store):
    for fund, limits in funds.LIMITS.items():
        now = fund_rules.current(store, fund, date(2026, 5, 4))
        assert (now.least, now.most) == (limits.least, limits.most)


def test_new_rules_hold_from_their_day_on(store, add, day):
    add(most=2_000_00, criteria=("climate", "community"))
    assert fund_rules.current(store, FUND, day - timedelta(days=1)).id == SHIPPED
    found = fund_rules.current(store, FUND, day)
    assert (found.id, found.most, found.criteria) == ("new", 2_000_00, ("community", "climate"))
    assert fund_rules.get(store, SHIPPED).valid_to == day - timedelta(days=1)


def test_rules_that_went_before_stay_word_for_word(store, add, day):
    before = fund_rules.get(store, SHIPPED)
    add(most=2_000_00, least_age=21)
    after = fund_rules.get(store, SHIPPED)
    assert replace(after, valid_to=None, version=1) == before


def test_an_application_keeps_the_rules_it_was_made_under(store, office, area, now, add, spots):
    projects.create(
        store, office, project_id="p-1", title="Fest", description="", fund=FUND, cents=1_400_00,
        field="IN", climate=False, at=spots.lawn, area=area, need_ids=[], now=now,
    )  # fmt: skip
    store.write(
        lambda tx: tx.execute("update project set rules_id = $id", {"id": SHIPPED}) and None
    )
    add(most=1_000_00, valid_from=now.date() + timedelta(days=1))
    kept = fund_rules.get(store, projects.get(store, office, "p-1").rules_id)
    assert kept.most == 1_500_00
    assert funds.check_sum(FUND, 1_400_00, kept) == FUND
    newest = fund_rules.current(store, FUND, now.date() + timedelta(days=1))
    with pytest.raises(BadInput, match=r"project\.over_limit"):
        funds.check_sum(FUND, 1_400_00, newest)
    assert fund_rules.used(store, office, SHIPPED) == 1
    assert fund_rules.used(store, office, "new") == 0


def test_saved_twice_is_once(store, admin, add, fingerprint):
    add()
    before = fingerprint(store)
    add(most=9_000_00)
    assert fingerprint(store) == before


def test_who_is_second_is_told(add, day):
    add("mine")
    with pytest.raises(Conflict, match=r"fund_rules\.changed_meanwhile"):
        add("yours", valid_from=day + timedelta(days=10))
    assert add("yours", seen="mine", valid_from=day + timedelta(days=10)).id == "yours"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": "  "}, "title_missing"),
        ({"title": "x" * 201}, "title_missing"),
        ({"least": 0}, "number_unreadable"),
        ({"least": 2_000_01, "most": 2_000_00}, "least_over_most"),
        ({"most": MAX_CENTS + 1}, "number_unreadable"),
        ({"most": 1500.0}, "number_unreadable"),
        ({"most": True}, "number_unreadable"),
        ({"weeks_before": -1}, "number_unreadable"),
        ({"weeks_before": 105}, "number_unreadable"),
        ({"own_share": 1001}, "number_unreadable"),
        ({"lump": -1}, "number_unreadable"),
        ({"least_age": 100}, "number_unreadable"),
        ({"body": "senate"}, "body_missing"),
        ({"valid_from": date(2026, 5, 3)}, "day_past"),
    ],
)
def test_rules_that_make_no_sense_are_refused(store, add, fingerprint, changes, key):
    before = fingerprint(store)
    with pytest.raises(BadInput, match=f"fund_rules.{key}"):
        add(**changes)
    assert fingerprint(store) == before


def test_a_day_in_the_middle_of_later_rules_is_refused(add, day):
    add()
    with pytest.raises(BadInput, match=r"fund_rules\.day_taken"):
        add("again", seen="new", valid_from=day)


def test_keys_nobody_knows_are_left_out_and_what_is_always_asked_is_there(add):
    found = add(criteria=("nonsense", "image"), form=("x",), required=("y", "goal"), steps=("z",))
    assert (found.criteria, found.steps) == (("image",), ())
    assert set(found.form) == set(found.required) == fund_rules.ALWAYS | {"goal"}


def test_rules_of_a_later_day_can_be_taken_back(store, admin, now, add, day):
    add()
    fund_rules.take_back(store, admin, "new", now=now)
    assert fund_rules.current(store, FUND, day).id == SHIPPED
    assert fund_rules.get(store, SHIPPED).valid_to is None
    details = store.read("select details from trail where thing = 'fund_rules' order by id")
    assert '"taken_back": true' in details[-1][0]


def test_rules_that_hold_or_are_used_are_never_taken_back(
    store, admin, office, area, now, add, day, spots
):
    with pytest.raises(Conflict):
        fund_rules.take_back(store, admin, SHIPPED, now=now)
    add()
    with pytest.raises(Conflict):  # it would leave a hole
        fund_rules.take_back(store, admin, SHIPPED, now=now)
    projects.create(
        store, office, project_id="p-1", title="Fest", description="", fund=FUND, cents=1_00,
        field="IN", climate=False, at=spots.lawn, area=area, need_ids=[], now=now,
    )  # fmt: skip
    store.write(lambda tx: tx.execute("update project set rules_id = 'new'") and None)
    with pytest.raises(Conflict):
        fund_rules.take_back(store, admin, "new", now=now)
    with pytest.raises(NotFound):
        fund_rules.take_back(store, admin, "none", now=now)


def test_rules_read_from_old_ones_can_be_saved_again(store, admin, now, day):
    """The form starts from the newest rules, whose own columns are no part of what they say."""
    newest = fund_rules.get(store, SHIPPED)
    names = Terms.__dataclass_fields__
    terms = Terms(**{name: getattr(newest, name) for name in names})
    found = fund_rules.add(
        store, admin, rules_id="same", fund=FUND, terms=terms, valid_from=day, seen=SHIPPED, now=now
    )
    assert {name: getattr(found, name) for name in names} == {
        name: getattr(newest, name) for name in names
    }
