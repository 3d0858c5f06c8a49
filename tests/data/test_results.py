import json
from dataclasses import asdict
from datetime import timedelta

import pytest

from data import needs, pins, projects, results
from data.projects import ProjectStatus
from data.results import State
from data.rules import VISITOR

SECRET = "NUR-INTERN"


@pytest.fixture
def at_work(store, area, office, now, spots, released):
    """Make needs and projects of released pins; return what makes one of each."""

    def need(name, *ids, title="Zu wenig Licht", why=None):
        return needs.create(
            store, office, need_id=name, title=title, field="OER", priority="now",
            pin_ids=ids, now=now, **({"why": why} if why else {}),
        )  # fmt: skip

    def forward(name, sentence="Wir haben es gemeldet.", version=1, days=10):
        needs.forward(
            store, office, name, authority="lighting", sentence=sentence, version=version,
            now=now + timedelta(days=days),
        )  # fmt: skip

    def project(name, *need_ids, status="submitted", title="Lampen"):
        return projects.create(
            store, office, project_id=name, title=title, description=SECRET, applicant=SECRET,
            details={"note": SECRET}, fund="baufonds", cents=60_000_00, field="OER", climate=False,
            at=spots.lawn, area=area, need_ids=need_ids, status=status,
            now=now + timedelta(days=20),
        )  # fmt: skip

    return need, forward, project


def all_told(store) -> str:
    """Write everything that the public doors give as one text."""
    every = results.entries(store)
    told = [asdict(results.figures(store)), [asdict(entry) for entry in every]]
    for entry in every:
        told.append([asdict(step) for step in results.way_of(store, entry)])
        told.append([asdict(pin) for pin in results.behind(store, entry)])
    found = results.unanswered(store, limit=1000)
    told.append([asdict(pin) for pin in found])
    for pin in pins.listing(store, VISITOR, pins.Filter(), limit=1000):
        told.append([asdict(step) for step in results.way(store, pin)])
    return json.dumps(told, default=str, ensure_ascii=False)


def test_an_empty_neighbourhood_has_no_figures(store):
    found = results.figures(store)
    assert (found.public, found.answered, found.share, found.days) == (0, 0, 0, None)
    assert results.entries(store) == []


def test_read_and_grouped_are_no_answer(store, released, at_work):
    need, _, _ = at_work
    released("Zu dunkel", "Kein Licht", "Zu laut")
    need("need-1", "pin-1", "pin-2")
    found = results.figures(store)
    assert (found.public, found.answered, found.days) == (3, 0, None)
    assert results.entries(store) == []
    assert len(results.unanswered(store, limit=9)) == 3


def test_the_median_counts_days_from_the_pin_to_its_first_answer(store, released, at_work):
    need, forward, _ = at_work
    released("Zu dunkel", "Kein Licht", "Zu laut", "Zu eng")
    need("need-1", "pin-1")
    need("need-2", "pin-2")
    need("need-3", "pin-3")
    forward("need-1", days=10)
    forward("need-1", days=90, version=2)
    forward("need-2", days=4)
    forward("need-3", days=30)
    found = results.figures(store)
    assert (found.public, found.answered, found.share) == (4, 3, 75)
    assert found.days == pytest.approx(10)


def test_a_share_is_never_rounded_up_to_all():
    assert results.Figures(public=1000, answered=999, days=1.0).share == 99


def test_forwarded_is_not_done(store, released, at_work):
    need, forward, _ = at_work
    released("Zu dunkel")
    need("need-1", "pin-1")
    forward("need-1")
    (entry,) = results.entries(store)
    assert (entry.state, entry.key, entry.authority) == (State.FORWARDED, "need-1", "lighting")
    assert [step.key for step in results.way_of(store, entry)] == ["forwarded"]


def test_a_project_tells_of_its_needs_and_they_do_not_stand_beside_it(store, released, at_work):
    need, forward, project = at_work
    released("Zu dunkel", "Kein Licht")
    need("need-1", "pin-1", "pin-2")
    forward("need-1")
    project("project-1", "need-1")
    (entry,) = results.entries(store)
    assert (entry.key, entry.state, entry.pins) == ("project-1", State.IN_PROJECT, 2)
    assert (entry.fund, entry.cents, entry.under_way) == ("baufonds", 60_000_00, False)
    assert [step.key for step in results.way_of(store, entry)] == ["forwarded", "project"]
    assert {pin.id for pin in results.behind(store, entry)} == {"pin-1", "pin-2"}
    assert results.unanswered(store, limit=9) == []


@pytest.mark.parametrize("status", [ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN])
def test_drafts_and_withdrawn_projects_are_not_public(store, released, at_work, status):
    need, _, project = at_work
    released("Zu dunkel")
    need("need-1", "pin-1", title=f"{SECRET} Bedarf")
    project("project-1", "need-1", status=status, title=f"{SECRET} Antrag")
    assert results.entries(store) == []
    assert SECRET not in all_told(store)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("closed", State.DONE),
        ("rejected", State.NOT_FEASIBLE),
        ("approved", State.IN_PROJECT),
        ("postponed", State.IN_PROJECT),
    ],
)
def test_a_projects_state_is_what_was_decided(store, released, at_work, status, state):
    _, _, project = at_work
    project("project-1", status=status)
    (entry,) = results.entries(store)
    assert (entry.state, entry.under_way) == (state, status == "approved")


def test_nothing_internal_is_told(store, area, office, now, draft, released, at_work):
    need, forward, project = at_work
    released("Zu dunkel", "Kein Licht", "Zu laut")
    pins.add(
        store, VISITOR, area,
        [
            draft(f"{SECRET} wartet", id="wait"),
            draft(f"{SECRET} verborgen", id="hidden"),
            draft(f"{SECRET} weg", id="gone", code="00000-00000-002"),
            draft("Wieder da", id="back"),
        ],
        now=now,
    )  # fmt: skip
    pins.hide(store, office, ["hidden", "back"], reason="insult", now=now, note=SECRET)
    pins.release(store, office, ["back"], now=now, note=SECRET)
    pins.withdraw(store, pins.by_receipt(store, "00000-00000-002"), now=now)
    need("need-1", "pin-1", why={"words": SECRET})
    need("need-2", "pin-2", title=f"{SECRET} offen")
    forward("need-1")
    project("project-1", "need-1")
    told = all_told(store)
    assert SECRET not in told
    assert "insult" not in told
    assert "person-office" not in told
    assert "Wir haben es gemeldet." in told


def test_a_grouped_pin_is_told_without_the_title_of_an_open_need(
    store, released, at_work, office, now
):
    need, forward, _ = at_work
    released("Zu dunkel")
    need("need-1", "pin-1", title="Arbeitstitel")
    pin = pins.get(store, VISITOR, "pin-1")
    assert [step.key for step in results.way(store, pin)] == ["received", "released", "together"]
    forward("need-1")
    told = results.way(store, pin)
    assert [step.key for step in told] == ["received", "released", "grouped", "forwarded"]
    assert told[2].details["title"] == "Arbeitstitel"


def test_a_hidden_pin_has_no_public_way(store, released, office, now):
    released("Zu dunkel")
    pins.hide(store, office, ["pin-1"], reason="spam", now=now)
    assert results.way(store, pins.get(store, office, "pin-1")) == []


def test_a_need_whose_pins_are_all_hidden_is_not_told(store, released, at_work, office, now):
    need, forward, _ = at_work
    released("Zu dunkel", "Kein Licht")
    need("need-1", "pin-1")
    forward("need-1")
    pins.hide(store, office, ["pin-1"], reason="insult", now=now)
    assert results.entries(store) == []
    assert results.figures(store).public == 1
