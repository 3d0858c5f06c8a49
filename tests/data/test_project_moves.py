"""How a project goes on: the table, the money in its pot, and what the pins behind it are told."""

import random
from collections import Counter

import pytest

from data import (
    agreements,
    expenses,
    fund_steps,
    needs,
    pins,
    pot_sums,
    pots,
    project_moves,
    project_reports,
    projects,
    to_check,
    trail,
    worklists,
)
from data.needs import NeedStatus
from data.pins import Status
from data.problems import BadInput, Conflict, NotAllowed, Problem
from data.project_moves import DECIDED, GRANTED, MOVES
from data.projects import OVER
from data.projects import ProjectStatus as S
from data.rules import HOUSE, Actor, Role
from tests.data.doors_photos import picture

APPLICANT = Actor(Role.APPLICANT, project="project-1")
YEAR = 2026


@pytest.fixture
def project(store, area, office, now, spots, released):
    """A draft with one need of two pins, and a pin that it answers directly."""
    ids = released("Zu dunkel", "Kein Licht", "Der Weg ist schön")
    needs.create(
        store, office, need_id="need-1", title="Mehr Licht", field="OER", priority="now",
        pin_ids=ids[:2], now=now,
    )  # fmt: skip
    pots.allot(store, HOUSE, fund="aktionsfonds", year=YEAR, cents=1_000_00, seen=0, now=now)
    projects.create(
        store, office, project_id="project-1", title="Lampen", description="", fund="aktionsfonds",
        cents=780_00, field="OER", climate=False, at=spots.lawn, area=area, need_ids=["need-1"],
        pin_ids=ids[2:], status=S.DRAFT, now=now,
        details={"costs": [{"item": "Lampen", "quantity": 2, "cents": 390_00}]},
    )  # fmt: skip
    return ids


def go(store, now, *states, actor=HOUSE, **more):
    for state in states:
        one = projects.get(store, HOUSE, "project-1")
        given = {"reason": "Darum.", "conditions": "Nur abends."} | more
        project_moves.move(
            store, actor, "project-1", to=state, version=one.version, now=now, **given
        )
    return projects.get(store, HOUSE, "project-1")


def told(store, pin_id):
    return [step.key for step in trail.steps(store, "pin", pin_id)][1:]


BEFORE = (S.SUBMITTED, S.CHECKING, S.BEFORE_JURY)
TO_RUNNING = (*BEFORE, S.APPROVED, S.AGREEMENT, S.RUNNING)


# --- the table ----------------------------------------------------------------


def test_every_state_is_reached_and_only_the_over_ones_are_ends():
    assert {move.to for move in MOVES} == set(S) - {S.DRAFT}
    ends = set(S) - {move.start for move in MOVES}
    assert ends == {S.CLOSED, S.WITHDRAWN}  # a rejection is decided anew when its sitting reopens
    assert len({(move.start, move.to) for move in MOVES}) == len(MOVES)


def test_no_decision_is_an_applicants_and_none_comes_without_a_body_before_it():
    for move in MOVES:
        if move.to in DECIDED:
            assert Role.APPLICANT not in move.who
            assert move.start == S.BEFORE_JURY or (move.start, move.to) == (S.CHECKING, S.REJECTED)
            assert move.step == f"project_{move.to}"
        if Role.APPLICANT in move.who:
            assert move.to in (S.SUBMITTED, S.WITHDRAWN)
        if Role.JURY in move.who:
            assert S.BEFORE_JURY in (move.start, move.to)


def test_what_is_not_in_the_table_is_refused(store, now, project, fingerprint):
    known = {(move.start, move.to) for move in MOVES}
    for status in S:
        store.write(
            lambda tx, given=status: tx.execute(
                "update project set status = $status", {"status": given}
            )
        )
        before = fingerprint(store)
        for to in S:
            if (status, to) not in known:
                with pytest.raises(Conflict):
                    project_moves.move(
                        store, HOUSE, "project-1", to=to, version=1, reason="x", now=now
                    )
        assert fingerprint(store) == before, status


def test_the_office_decides_nothing_that_is_the_jurys(store, office, now, project, fingerprint):
    go(store, now, *BEFORE)
    before = fingerprint(store)
    for state in DECIDED:
        with pytest.raises(Conflict, match=r"project\.body_decides"):
            go(store, now, state, actor=office)
    assert fingerprint(store) == before
    moves = project_moves.allowed(office, S.BEFORE_JURY, "aktionsfonds")
    assert not {move.to for move in moves} & DECIDED
    elsewhere = project_moves.allowed(office, S.BEFORE_JURY, "baufonds")
    assert {move.to for move in elsewhere} >= DECIDED  # the Senate decides: the office notes it


def test_an_applicant_withdraws_the_own_one_alone_and_hands_nothing_in_past_the_list(
    store, now, project
):
    stranger = Actor(Role.APPLICANT, project="project-2")
    for actor, to in ((stranger, S.WITHDRAWN), (APPLICANT, S.SUBMITTED)):
        with pytest.raises(NotAllowed):
            go(store, now, to, actor=actor)
    go(store, now, S.SUBMITTED)
    with pytest.raises(NotAllowed):
        go(store, now, S.CHECKING, actor=APPLICANT)
    assert go(store, now, S.WITHDRAWN, actor=APPLICANT, reason="").status is S.WITHDRAWN


@pytest.mark.parametrize(
    ("to", "given", "key"),
    [
        (S.REJECTED, {"reason": " "}, "reason_missing"),
        (S.POSTPONED, {"reason": ""}, "reason_missing"),
        (S.APPROVED_WITH_CONDITIONS, {"conditions": "\n"}, "conditions_missing"),
        (S.APPROVED, {"cents": 0}, "sum_missing"),
        (S.APPROVED, {"cents": -5}, "sum_missing"),
        (S.APPROVED, {"cents": True}, "sum_missing"),
        (S.APPROVED, {"cents": 780_01}, "granted_too_much"),
        (S.REJECTED, {"reason": "x" * 501}, "words_too_long"),
    ],
)
def test_a_decision_is_whole_or_none(store, now, project, fingerprint, to, given, key):
    go(store, now, *BEFORE)
    before = fingerprint(store)
    with pytest.raises(BadInput, match=rf"project\.{key}"):
        go(store, now, to, **given)
    assert fingerprint(store) == before


def test_a_double_click_is_one_move_and_a_second_person_is_told(store, now, project):
    for _ in range(2):
        project_moves.move(store, HOUSE, "project-1", to=S.SUBMITTED, version=1, now=now)
    assert projects.get(store, HOUSE, "project-1").version == 2
    assert told(store, project[0]).count("project") == 1
    with pytest.raises(Conflict, match="changed_meanwhile"):
        project_moves.move(store, HOUSE, "project-1", to=S.WITHDRAWN, version=1, now=now)


# --- what pins are told ---------------------------------------------------------


def test_every_pin_behind_hears_each_public_step_once_with_the_reason(store, now, project):
    go(store, now, *BEFORE, S.APPROVED_WITH_CONDITIONS, cents=500_00)
    for pin_id in project:
        assert told(store, pin_id)[-3:] == [
            "project", "project_before_jury", "project_approved_with_conditions",
        ]  # fmt: skip
        assert trail.steps(store, "pin", pin_id)[-1].details == {
            "project": 1,
            "title": "Lampen",
            "cents": 500_00,
            "conditions": "Nur abends.",
            "sentence": "Darum.",
        }
        assert pins.get(store, HOUSE, pin_id).status is Status.IN_PROJECT
    assert needs.get(store, HOUSE, "need-1").status is NeedStatus.PROJECT


@pytest.mark.parametrize("end", [S.REJECTED, S.WITHDRAWN])
def test_a_project_given_up_gives_its_needs_and_pins_back(store, now, project, end):
    go(store, now, *BEFORE, end)
    assert needs.get(store, HOUSE, "need-1").status is NeedStatus.OPEN
    states = [pins.get(store, HOUSE, pin_id).status for pin_id in project]
    assert states == [Status.GROUPED, Status.GROUPED, Status.READ]
    assert {told(store, pin_id)[-1] for pin_id in project} == {f"project_{end}"}


def test_a_need_stays_with_the_other_project_that_goes_on(store, area, office, now, project, spots):
    go(store, now, *BEFORE)
    projects.create(
        store, office, project_id="project-2", title="Zweites", description="",
        fund="aktionsfonds", cents=100_00, field="OER", climate=False, at=spots.lawn, area=area,
        need_ids=["need-1"], now=now,
    )  # fmt: skip
    go(store, now, S.REJECTED)
    assert needs.get(store, HOUSE, "need-1").status is NeedStatus.PROJECT
    assert told(store, project[0])[-1] == "project_rejected"
    assert pins.get(store, HOUSE, project[0]).status is Status.IN_PROJECT


def test_what_is_rejected_is_taken_up_again_when_its_sitting_reopens(store, now, project):
    again = go(store, now, *BEFORE, S.REJECTED, S.BEFORE_JURY)
    assert (again.reason, again.granted) == ("", None)
    assert needs.get(store, HOUSE, "need-1").status is NeedStatus.PROJECT
    assert told(store, project[2])[-1] == "project_again"


# --- money ----------------------------------------------------------------------


def booked(store):
    return pot_sums.of_project(store, "project-1")


def left(store):
    return pots.left(store, "aktionsfonds", YEAR)


def test_a_grant_leaves_the_pot_and_comes_back_with_what_is_given_up(store, now, project):
    assert go(store, now, *BEFORE, S.APPROVED, cents=600_00).granted == 600_00
    assert (booked(store).decided, left(store)) == (600_00, 400_00)
    assert go(store, now, S.WITHDRAWN).granted is None
    assert (booked(store).decided, left(store)) == (0, 1_000_00)


def test_a_pot_that_has_too_little_refuses_and_nothing_moves(store, now, project, fingerprint):
    pots.allot(
        store, HOUSE, fund="aktionsfonds", year=YEAR, cents=700_00, seen=1_000_00,
        reason="gekürzt", now=now,
    )  # fmt: skip
    go(store, now, *BEFORE)
    before = fingerprint(store)
    with pytest.raises(BadInput, match=r"pot\.too_little"):
        go(store, now, S.APPROVED)
    assert fingerprint(store) == before
    assert go(store, now, S.APPROVED, cents=700_00).granted == 700_00
    assert left(store) == 0


def receipt(store, now, cents, *, number="1", state="accepted", actor=HOUSE):
    expenses.hand_in(
        store, actor, "project-1", expense_id=f"e-{number}", spent_on=now.date(), item="Lampe",
        cost=0, cents=cents, receipt=number, now=now,
    )  # fmt: skip
    if state != "handed_in":
        expenses.review(
            store, HOUSE, f"e-{number}", project_id="project-1", state=state, version=1,
            reason="Kein Beleg.", now=now,
        )  # fmt: skip


def pay(store, now, kind, cents):
    seen = pot_sums.last_of(store, "project-1")
    pots.book(
        store, HOUSE, token=f"{kind}-{cents}", project_id="project-1", kind=kind, cents=cents,
        seen=seen, now=now,
    )  # fmt: skip


def test_a_project_is_closed_only_when_its_money_is_even(store, now, project):
    go(store, now, *TO_RUNNING)
    pay(store, now, "paid", 780_00)
    receipt(store, now, 700_00)
    receipt(store, now, 30_00, number="2", state="handed_in")
    with pytest.raises(Conflict, match=r"expense\.waiting"):
        go(store, now, S.ACCOUNTED)
    expenses.review(
        store, HOUSE, "e-2", project_id="project-1", state="refused", reason="Privat.", version=1,
        now=now,
    )  # fmt: skip
    go(store, now, S.ACCOUNTED)
    assert booked(store).accounted == 700_00
    with pytest.raises(Conflict, match=r"expense\.to_return"):
        go(store, now, S.CLOSED)
    pay(store, now, "returned", 80_00)
    assert go(store, now, S.CLOSED).status is S.CLOSED
    assert left(store) == 1_000_00 - 700_00
    assert needs.get(store, HOUSE, "need-1").status is NeedStatus.DONE
    assert {pins.get(store, HOUSE, pin_id).status for pin_id in project} == {Status.DONE}


def test_what_was_spent_and_not_paid_yet_is_paid_first(store, now, project):
    go(store, now, *TO_RUNNING)
    receipt(store, now, 700_00)
    go(store, now, S.ACCOUNTED)
    with pytest.raises(Conflict, match=r"expense\.to_pay"):
        go(store, now, S.CLOSED)
    pay(store, now, "paid", 700_00)
    go(store, now, S.CLOSED)
    assert (booked(store).decided, left(store)) == (700_00, 300_00)  # the rest is free again


def test_nobody_withdraws_with_money_that_was_paid(store, now, project):
    go(store, now, *TO_RUNNING)
    pay(store, now, "paid", 100_00)
    with pytest.raises(Conflict, match=r"expense\.to_return"):
        go(store, now, S.WITHDRAWN)
    pay(store, now, "returned", 100_00)
    go(store, now, S.WITHDRAWN)
    assert left(store) == 1_000_00


def test_what_was_accounted_is_not_refused_afterwards(store, now, project):
    go(store, now, *TO_RUNNING)
    receipt(store, now, 700_00)
    go(store, now, S.ACCOUNTED, S.RUNNING)
    with pytest.raises(Conflict, match=r"expense\.accounted"):
        expenses.review(
            store, HOUSE, "e-1", project_id="project-1", state="refused", reason="Doch nicht.",
            version=2, now=now,
        )  # fmt: skip
    receipt(store, now, 50_00, number="2")
    go(store, now, S.ACCOUNTED)
    assert booked(store).accounted == 750_00


def test_receipts_over_the_grant_are_accounted_up_to_it(store, now, project):
    go(store, now, *TO_RUNNING)
    receipt(store, now, 900_00)
    go(store, now, S.ACCOUNTED)
    assert booked(store).accounted == 780_00


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"cents": 0}, "project.sum_missing"),
        ({"cents": -1}, "project.sum_missing"),
        ({"cents": 10**13}, "project.sum_missing"),
        ({"item": "  "}, "expense.item_missing"),
        ({"cost": 1}, "expense.cost_unknown"),
        ({"cost": -1}, "expense.cost_unknown"),
        ({"cost": True}, "expense.cost_unknown"),
        ({"receipt": "9" * 101}, "project.words_too_long"),
    ],
)
def test_what_is_no_receipt_is_refused(store, now, project, fingerprint, changes, key):
    go(store, now, *TO_RUNNING)
    before = fingerprint(store)
    given = {
        "spent_on": now.date(),
        "item": "Lampe",
        "cost": 0,
        "cents": 5,
        "receipt": "",
    } | changes
    with pytest.raises(BadInput) as refused:
        expenses.hand_in(store, APPLICANT, "project-1", expense_id="e", now=now, **given)
    assert refused.value.key == key
    assert fingerprint(store) == before


def test_an_applicant_corrects_what_was_refused_and_accepts_nothing(store, now, project):
    go(store, now, *TO_RUNNING)
    receipt(store, now, 700_00, state="refused", actor=APPLICANT)
    given = {"spent_on": now.date(), "item": "Lampe", "cost": None, "cents": 650_00, "receipt": ""}
    at = {"project_id": "project-1", "now": now}
    expenses.change(store, APPLICANT, "e-1", version=2, **given, **at)
    [found] = expenses.of_project(store, APPLICANT, "project-1")
    assert (found.state, found.reason, found.cents) == ("handed_in", "", 650_00)
    with pytest.raises(Conflict):
        expenses.change(store, APPLICANT, "e-1", version=2, **(given | {"cents": 1}), **at)
    with pytest.raises(NotAllowed):
        expenses.review(store, APPLICANT, "e-1", state="accepted", version=3, **at)


# --- agreement and steps of a fund ------------------------------------------------


def test_receipts_and_photos_that_wait_are_counted_until_somebody_has_looked(
    store, now, office, project
):
    def waiting():
        here = to_check.by_project(store, office).get("project-1", 0)
        assert worklists.counts(store, office, now=now)["to_check"] == here
        return here

    go(store, now, *TO_RUNNING)
    assert waiting() == 0
    receipt(store, now, 200_00, state="handed_in", actor=APPLICANT)
    receipt(store, now, 100_00, number="2")  # looked at already
    project_reports.add_photo(store, APPLICANT, "project-1", picture(), photo_id="photo-1", now=now)
    assert waiting() == 2
    project_reports.check_photo(store, office, "photo-1", shown=False, seen="waiting", now=now)
    assert waiting() == 1
    expenses.review(
        store, office, "e-1", project_id="project-1", state="refused", version=1, now=now,
        reason="Nicht zu lesen.",
    )  # fmt: skip
    assert waiting() == 0


def test_the_agreement_moves_a_granted_project_on_and_is_corrected_in_the_open(store, now, project):
    given = {"signed_on": now.date(), "now": now}
    with pytest.raises(Conflict):
        agreements.sign(store, HOUSE, "project-1", words="", seen=0, **given)
    go(store, now, *BEFORE, S.APPROVED)
    for _ in range(2):  # a double click
        agreements.sign(store, HOUSE, "project-1", words="Bis Mai.", seen=0, **given)
    assert projects.get(store, HOUSE, "project-1").status is S.AGREEMENT
    with pytest.raises(Conflict, match="changed_meanwhile"):
        agreements.sign(store, HOUSE, "project-1", words="Bis Juni.", seen=0, **given)
    agreements.sign(store, HOUSE, "project-1", words="Bis Juni.", seen=1, **given)
    assert agreements.get(store, APPLICANT, "project-1").words == "Bis Juni."


def test_each_fund_walks_its_own_steps(store, area, office, now, spots):
    made = {
        fund: projects.create(
            store, office, project_id=fund, title=fund, description="", fund=fund,
            cents=60_000_00 if fund != "aktionsfonds" else 100, field="OER", climate=False,
            at=spots.lawn, area=area, need_ids=[], now=now,
        )
        for fund in ("aktionsfonds", "projektfonds", "baufonds")
    }  # fmt: skip
    lists = {fund: fund_steps.of_project(store, one) for fund, one in made.items()}
    assert lists["aktionsfonds"] == ()
    assert lists["projektfonds"] != lists["baufonds"]
    fund_steps.walk(store, office, "projektfonds", step="call", version=1, now=now)
    assert projects.get(store, office, "projektfonds").step == "call"
    with pytest.raises(BadInput):
        fund_steps.walk(store, office, "baufonds", step="call", version=1, now=now)
    with pytest.raises(Conflict):
        fund_steps.walk(store, office, "projektfonds", step="bids", version=1, now=now)


# --- whatever is tried --------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_no_walk_leaves_the_table_loses_money_or_tells_a_step_twice(store, now, project, seed):
    """Moves drawn at random, allowed or not, with sums that may be too much for the pot."""
    dice = random.Random(seed)
    for _ in range(60):
        before = projects.get(store, HOUSE, "project-1")
        heard = {pin_id: Counter(told(store, pin_id)) for pin_id in project}
        legal = [move for move in MOVES if move.start == before.status]
        to = dice.choice(legal).to if legal and dice.random() < 0.8 else dice.choice(list(S))
        cents = dice.choice([None, 100, 500_00, 780_00, 900_00])
        move = next((one for one in legal if one.to == to), None)
        try:
            after = go(store, now, to, cents=cents)
        except Problem:
            assert projects.get(store, HOUSE, "project-1") == before
            assert all(Counter(told(store, pin_id)) == heard[pin_id] for pin_id in project)
            continue
        assert move, (before.status, to)
        assert after.status is to
        for pin_id in project:
            new = Counter(told(store, pin_id)) - heard[pin_id]
            assert new == (Counter([move.step]) if move.step else Counter())
        sums = booked(store)
        if to != S.CLOSED:
            assert sums.decided == (after.granted or 0)
        assert left(store) == 1_000_00 - sums.decided >= 0
        assert (after.granted is not None) <= (to in GRANTED or to not in OVER | {S.BEFORE_JURY})
        if after.status in (S.CLOSED, S.WITHDRAWN):
            break
