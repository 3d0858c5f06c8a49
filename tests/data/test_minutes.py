"""Minutes tell what happened in a sitting, and nothing that did not."""

from datetime import timedelta

import pytest

from data import decision_letters, minutes, sittings
from data.deciding_rules import Outcome
from data.deciding_standing import Course
from data.problems import Conflict, NotAllowed, NotFound
from data.rules import Actor, Role
from data.sittings import Item
from tests.data.hall import Hall


def planned(store, now, office, area, spots) -> Hall:
    """A jury of seven; three proposals and a talk on the agenda; 900 euros in the pot."""
    made = Hall(store, now, office, area, spots)
    made.add_body()
    for number in range(1, 8):
        made.add_member(number)
    for number in (1, 2, 3):
        made.add_project(number)
    made.allot(900_00)
    made.plan(
        Item("i1", "project", "", "p1"),
        Item("i2", "project", "", "p2"),
        Item("i3", "project", "", "p3"),
        Item("i4", "talk", "Termine"),
    )
    return made


def later(hall, minutes_=5):
    hall.now += timedelta(minutes=minutes_)


def held(hall: Hall) -> Hall:
    """One granted with a smaller sum, one rejected in secret, one postponed, the talk not reached."""
    hall.lead(sittings.open_)
    later(hall)
    hall.come(1, 2, 3, 4, 5)
    later(hall)
    hall.call("i1")
    hall.recuse(5, "i1")
    hall.lead(sittings.change_sum, item_id="i1", cents=450_00)
    hall.lead(sittings.set_conditions, item_id="i1", conditions="Mit dem Grünflächenamt")
    later(hall)
    hall.begin("i1")
    for number, choice in ((1, "yes"), (2, "yes"), (3, "yes"), (4, "no")):
        hall.vote(number, choice)
    hall.end()
    hall.decide("i1", reason="Gut für alle")
    later(hall)
    hall.leave(4)
    hall.come(6)
    hall.ballot("i2", secret=True, m1="no", m2="no", m3="no", m5="yes", m6="abstain")
    hall.decide("i2", reason="Zu teuer")
    hall.call("i3")
    hall.lead(sittings.postpone, item_id="i3", reason="Unterlagen fehlen")
    later(hall)
    hall.lead(sittings.close)
    return hall


@pytest.fixture
def hall(store, now, office, area, spots):
    return planned(store, now, office, area, spots)


@pytest.fixture
def evening(hall):
    return held(hall)


@pytest.fixture
def told(evening):
    return minutes.of(evening.store, evening.office, evening.id)


def test_attendance_has_the_times_of_coming_and_going(evening, told):
    spans = {one.name: one.spans for one in told.attended}
    start = told.sitting.opened_at
    assert spans["Mitglied 4"] == ((start + timedelta(minutes=5), start + timedelta(minutes=20)),)
    assert spans["Mitglied 6"][0][0] == start + timedelta(minutes=20)
    assert spans["Mitglied 1"][0][1] == told.sitting.closed_at
    assert told.absent == ("Mitglied 7",)


def test_an_item_has_its_recusals_sum_vote_and_decision(told):
    first = told.handled[0]
    assert first.recused == ("Mitglied 5",)
    assert (first.asked, [cents for _, cents in first.sums]) == (500_00, [450_00])
    vote = first.standing.vote
    assert vote.tally == (3, 1, 0)
    assert vote.outcome == Outcome.ACCEPTED
    assert first.standing.decided["cents"] == 450_00
    assert first.standing.conditions == "Mit dem Grünflächenamt"
    assert first.ballots[0].count.seats == 6  # without who stepped aside


def test_a_secret_vote_has_totals_and_no_names(told):
    vote = told.handled[1].standing.vote
    assert vote.secret
    assert vote.tally == (1, 3, 1)
    assert dict(vote.chosen) == {}


def test_postponed_and_untouched_items_are_told(told):
    assert told.handled[2].standing.course == Course.POSTPONED
    assert told.handled[2].standing.reason == "Unterlagen fehlen"
    assert [one.title for one in told.untouched] == ["Termine"]


def test_the_pot_is_told_before_and_after(told):
    [pot] = told.pots
    assert (pot.before, pot.after) == (900_00, 450_00)


def test_a_closed_sitting_is_no_draft_and_a_reopened_one_is(evening, told):
    assert not told.draft
    evening.lead(sittings.reopen, reason="Zählfehler")
    again = minutes.of(evening.store, evening.office, evening.id)
    assert again.draft
    assert [reason for _, reason in again.reopened] == ["Zählfehler"]


def test_an_item_decided_again_after_a_reopening_is_told_twice(evening):
    evening.lead(sittings.reopen, reason="Zählfehler")
    later(evening)
    evening.come(1, 2, 3, 5, 6)
    evening.ballot("i2", m1="yes", m2="yes", m3="yes", m5="yes", m6="yes")
    told = minutes.of(evening.store, evening.office, evening.id)
    twice = [one for one in told.handled if one.item.id == "i2"]
    assert [one.standing.vote.outcome for one in twice] == ["rejected", "accepted"]
    assert [one.ended_at is None for one in twice] == [False, True]


def test_why_somebody_stepped_aside_is_not_in_the_minutes(evening, told):
    assert "own" not in {name for one in told.handled for name in one.recused}


def test_no_minutes_before_it_is_opened(hall):
    with pytest.raises(Conflict):
        minutes.of(hall.store, hall.office, hall.id)


def test_no_minutes_for_residents_nor_of_another_body(evening, visitor):
    with pytest.raises(NotAllowed):
        minutes.of(evening.store, visitor, evening.id)
    with pytest.raises(NotFound):
        minutes.of(evening.store, Actor(Role.JURY, person="stranger"), evening.id)
    assert minutes.of(evening.store, evening.m(1), evening.id).body == "Jury"


# --- letters ------------------------------------------------------------------


def test_a_letter_tells_the_decision_and_its_sitting(evening):
    told = decision_letters.of(evening.store, evening.office, "p1")
    assert told.outcome == "approved_with_conditions"
    assert (told.body, told.sitting_at) == ("Jury", evening.store and told.sitting_at)
    assert told.project.granted == 450_00
    assert decision_letters.of(evening.store, evening.office, "p2").outcome == "rejected"
    assert decision_letters.of(evening.store, evening.office, "p3").outcome == "postponed"


def test_who_applied_reads_the_own_letter_alone(evening):
    applicant = Actor(Role.APPLICANT, project="p1")
    assert decision_letters.of(evening.store, applicant, "p1").project.number == 1
    with pytest.raises(NotAllowed):
        decision_letters.of(evening.store, applicant, "p2")


def test_there_is_no_letter_without_a_decision_nor_after_it_was_taken_back(evening):
    evening.lead(sittings.reopen, reason="Zählfehler")
    evening.call("i1")
    with pytest.raises(Conflict):
        decision_letters.of(evening.store, evening.office, "p1")
