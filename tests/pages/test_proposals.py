"""The jury's walk: two side by side, the own note, an agenda, what resembles it; run whole."""

import pytest

from components.words import words
from data import jury_notes, projects, sittings
from data.rules import HOUSE, Actor, Role
from data.sittings import Item
from tests.data.hall import Hall
from tests.pages.test_jury import here, raw, seen, visit

__all__ = ["here", "visit"]
HOSTILE = "<script>alert(1)</script> {{7*7}} **fett**"
say = words("de")


@pytest.fixture
def hall(here, store, now, office, area, spots):
    """Three proposals of the jury's, two of them on the agenda of a sitting whose papers are out."""
    made = Hall(store, now, office, area, spots)
    made.add_body()
    made.add_member(1)
    for number in (1, 2, 3):
        made.add_project(number, number * 100_00)
    made.plan(Item("i1", "project", "", "p1"), Item("i3", "project", "", "p3"))
    sitting = sittings.get(store, office, made.id)
    sittings.send_papers(store, office, made.id, version=sitting.version, now=now)
    return made


@pytest.fixture
def member(hall):
    return hall.m(1)


def test_two_proposals_stand_side_by_side(visit, hall, member):
    app = visit(member, "jury/proposals", **{"project": "1", "with": "3"})
    table = raw(app).partition('<table class="kk-compare">')[2]
    for part in ("Projekt 1", "Projekt 3", "100 €", "300 €", say("compare.voices")):
        assert part in table
    assert "Projekt 2" not in table


def test_the_second_one_is_chosen_in_the_open_one_and_left_again(visit, hall, member):
    app = visit(member, "jury/proposals", project="1")
    app.selectbox(key="compare-1").set_value(2).run()
    assert app.query_params["with"] == "2"
    app.button(key="compare-open-2").click().run()
    assert app.query_params["project"] == "2"
    assert "with" not in app.query_params


@pytest.mark.parametrize("other", ["1", "99", "<b>", ""])
def test_a_proposal_is_not_compared_with_itself_or_nothing(visit, hall, member, other):
    app = visit(member, "jury/proposals", **{"project": "1", "with": other})
    assert '<table class="kk-compare">' not in raw(app)
    assert "Projekt 1" in seen(app)


def test_the_walk_keeps_to_the_agenda_that_was_chosen(visit, hall, member):
    app = visit(member, "jury/proposals", sitting=hall.id)
    assert {b.key for b in app.button if str(b.key).startswith("open-")} == {"open-1", "open-3"}
    assert "2 von 3 Anträgen" in seen(app)
    every = visit(member, "jury/proposals")
    assert len([b for b in every.button if str(b.key).startswith("open-")]) == 3


def test_an_agenda_that_is_none_shows_all(visit, hall, member):
    app = visit(member, "jury/proposals", sitting="nowhere")
    assert "3 Anträge" in seen(app)


def note(app):
    return next(area for area in app.text_area if area.label == say("note.words"))


def test_the_own_note_is_kept_and_what_one_leans_to_is_in_the_list(visit, hall, member, now):
    app = visit(member, "jury/proposals", project="1")
    note(app).set_value(HOSTILE).run()
    kept = jury_notes.mine(hall.store, member)["p1"]
    assert kept.words == HOSTILE
    again = {"leaning": "yes", "version": kept.version, "now": now}
    jury_notes.keep(hall.store, member, "p1", words=HOSTILE, **again)
    app = visit(member, "jury/proposals")
    assert say("lean.tag.yes") in seen(app)
    assert "<script>alert" not in raw(app)


def test_another_device_is_told_and_its_text_stays(visit, hall, member, now):
    app = visit(member, "jury/proposals", project="1")
    same = {"leaning": "", "version": 0, "now": now}
    jury_notes.keep(hall.store, member, "p1", words="Vom Telefon", **same)
    note(app).set_value("Vom Tablet").run()
    assert say("problem.jury_note.changed_meanwhile") in seen(app)
    assert "Vom Telefon" in seen(app)
    assert note(app).value == "Vom Tablet"
    assert jury_notes.mine(hall.store, member)["p1"].words == "Vom Telefon"
    app.button(key="note-save-1").click().run()
    assert jury_notes.mine(hall.store, member)["p1"].words == "Vom Tablet"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_staff_see_neither_notes_nor_a_field_for_them(visit, hall, member, now, role):
    same = {"leaning": "no", "version": 0, "now": now}
    jury_notes.keep(hall.store, member, "p1", words="Geheime Notiz", **same)
    app = visit(Actor(role, person="x", name="X"), "jury/proposals", project="1")
    assert "Geheime Notiz" not in seen(app)
    assert say("lean.tag.no") not in seen(app)
    assert not [area for area in app.text_area if area.label == say("note.words")]


def test_an_earlier_project_is_told_with_its_reason(visit, hall, member, area, spots, now, store):
    projects.create(
        store, HOUSE, project_id="old", title="Projekt 9", description="", fund="aktionsfonds",
        cents=200_00, field="OER", climate=False, at=spots.lawn, area=area, need_ids=[],
        status="rejected", now=now, details={"costs": [{"item": "Baumscheiben", "cents": 1}]},
    )  # fmt: skip
    store.write(
        lambda tx: tx.execute("update project set reason = $r where id = 'old'", {"r": HOSTILE})
    )
    store.write(
        lambda tx: tx.execute("update project set description = 'Baumscheiben' where id = 'p1'")
    )
    app = visit(member, "jury/proposals", project="1")
    assert "Projekt 9" in seen(app)
    assert "{{7*7}}" in seen(app)
    assert "<script>alert" not in raw(app)
