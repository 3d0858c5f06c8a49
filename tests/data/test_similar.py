"""Earlier projects that resemble a proposal: by need, matter and place; never those undecided."""

import pytest

from data import areas, demo, projects, similar
from data.problems import NotAllowed
from data.rules import HOUSE
from geo.points import LonLat


@pytest.fixture
def made(store, area, now, spots):
    """Store a project in a state, and return it."""

    def make(id, title, status="submitted", *, at=None, field="OER", description="", **more):
        return projects.create(
            store, HOUSE, project_id=id, title=title, description=description,
            fund="aktionsfonds", cents=500_00, field=field, climate=False, at=at or spots.fountain,
            area=area, need_ids=[], status=status, now=now, **more,
        )  # fmt: skip

    return make


def found(store, actor, project):
    return [one.project.id for one in similar.earlier(store, actor, project)]


def test_the_same_matter_near_by_is_found_with_its_report(store, jury, made):
    made("old", "Bänke und Blumen für die Baumscheiben", "closed")
    store.write(
        lambda tx: tx.execute("insert into report values ('old', 'Alles grün.', 12, 1, now())")
    )
    new = made("new", "Grüne Baumscheiben", description="Wir bepflanzen die Baumscheiben.")
    [one] = similar.earlier(store, jury, new)
    assert (one.project.id, one.report, one.people) == ("old", "Alles grün.", 12)
    assert one.words or one.subjects
    assert one.same_field


@pytest.mark.parametrize("status", sorted(similar.UNDECIDED))
def test_what_is_not_decided_is_no_earlier_one(store, jury, made, status):
    made("old", "Bänke für die Baumscheiben", status)
    assert found(store, jury, made("new", "Grüne Baumscheiben")) == []


def test_the_same_field_next_door_alone_is_no_resemblance(store, jury, made):
    made("old", "Schachturnier", "closed")
    assert found(store, jury, made("new", "Frühjahrsputz")) == []


def test_another_matter_far_away_is_not_found(store, jury, made):
    made("old", "Vorlesen auf Türkisch", "closed", at=LonLat(13.4190, 52.5050), field="BI")
    assert found(store, jury, made("new", "Grüne Baumscheiben")) == []


def test_the_likest_comes_first_and_no_more_than_asked_for(store, jury, made, spots):
    for n in range(6):
        made(f"far-{n}", f"Baumscheiben bepflanzen {n}", "closed", at=spots.school)
    made("near", "Baumscheiben bepflanzen", "rejected")
    new = made("new", "Baumscheiben am Brunnen bepflanzen")
    ids = found(store, jury, new)
    assert ids[0] == "near"
    assert len(ids) == 4


def test_residents_are_told_nothing(store, visitor, made):
    with pytest.raises(NotAllowed):
        similar.earlier(store, visitor, made("new", "Baumscheiben"))


def test_the_demo_has_earlier_ones_that_resemble(store, jury, now):
    demo.seed(store, areas.load("mariannenplatz"), now=now)
    every = projects.listing(store, jury)
    assert any(similar.earlier(store, jury, one) for one in every)
    for one in every:
        for other in similar.earlier(store, jury, one):
            assert other.project.id != one.id
            assert other.points >= similar.ENOUGH
