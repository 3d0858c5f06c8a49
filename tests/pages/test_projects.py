# ruff: noqa: F811 (fixtures of other tests)
"""The office's page of projects, run whole in memory: taking an application, what is to be checked."""

import pytest

from components.words import LANGUAGES, words
from data import expenses, pots, project_moves, projects
from data.problems import BadInput
from data.rules import HOUSE
from tests.pages.test_office import here, press, show, text  # noqa: F401

ON_PAPER = "Kam auf Papier, die Bescheinigung folgt."


@pytest.fixture
def paper(here, area, office, now, spots):
    """A draft that the office typed in for somebody; much of its form is empty."""
    pots.allot(here.store, HOUSE, fund="aktionsfonds", year=2026, cents=1_000_00, seen=0, now=now)
    return projects.create(
        here.store, office, project_id="p1", title="Grillfest", description="Grillen", now=now,
        fund="aktionsfonds", cents=300_00, field="IN", climate=False, at=spots.lawn, area=area,
        need_ids=[], status="draft",
    )  # fmt: skip


def stands(here, office):
    return projects.get(here.store, office, "p1").status


def test_an_application_on_paper_is_taken_by_a_reason_beside_what_is_missing(
    here, office, paper
) -> None:
    page = show("projects", lang="de", project=str(paper.number))
    assert words("de")("check.missing.applicant") in text(page)
    page = press(page, "hand-in-p1")
    missing = words("de").problem(BadInput("application.reason_missing"))
    assert (missing in [one.value for one in page.error], stands(here, office)) == (True, "draft")
    next(box for box in page.text_area if box.key == f"why-p1-{paper.version}").set_value(ON_PAPER)
    page = press(page, "hand-in-p1")
    assert not page.exception
    assert stands(here, office) == "submitted"
    kept = here.store.read("select 1 from trail where contains(details, $why)", {"why": ON_PAPER})
    assert len(kept) == 1
    assert ON_PAPER not in text(page)


def test_a_whole_application_is_taken_without_a_word(here, office, now, paper, monkeypatch) -> None:
    monkeypatch.setattr("data.applications.findings", lambda *_, **__: [])
    page = show("projects", lang="de", project=str(paper.number))
    assert not [box for box in page.text_area if box.key == f"why-p1-{paper.version}"]
    press(page, "hand-in-p1")
    assert stands(here, office) == "submitted"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_to_be_checked_is_a_list_that_leads_to_the_account(
    here, office, now, paper, lang
) -> None:
    for version, state in enumerate(
        ("submitted", "checking", "before_jury", "approved", "agreement", "running"), 1
    ):
        project_moves.move(here.store, HOUSE, "p1", to=state, version=version, now=now)
    expenses.hand_in(
        here.store, office, "p1", expense_id="e1", spent_on=now.date(), item="Würste", cost=None,
        cents=50_00, receipt="7", now=now,
    )  # fmt: skip
    page = show("projects", lang=lang, list="to_check")
    assert not page.exception
    [lists] = [one for one in page.button_group if one.key == f"projects-list-{lang}"]
    assert words(lang)("projects.list.to_check") in " ".join(lists.options)
    page = press(page, f"open-{paper.number}")
    assert not page.exception
    assert "Würste" in text(page)
