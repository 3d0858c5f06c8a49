from datetime import date

import pytest

from data import action_fields, figures, pins, projects
from data.fields import FIELDS, OLD, today, with_old
from data.filters import Filter
from data.problems import BadInput, Conflict, NotFound

TITLES = {"de": "Nachbarschaft", "en": "Neighbourhood", "tr": "Komşuluk", "ar": "الجوار"}


def test_there_are_three_generations_with_a_title_in_every_language(store):
    found = action_fields.listing(store)
    assert [one.generation for one in found] == ["C"] * 5 + ["B"] * 5 + ["A"] * 9
    assert all(set(one.titles) == set(action_fields.LANGUAGES) for one in found)
    assert all(one.now in FIELDS for one in found)


def test_the_fields_of_today_are_those_of_the_forms(store):
    today = action_fields.listing(store, day=date(2026, 5, 4))
    assert tuple(one.code for one in today) == FIELDS


@pytest.mark.parametrize(
    ("code", "generation", "now"),
    [
        ("Z2", "A", "BI"),
        ("Z7", "", "OER"),
        ("AW", "B", "BI"),
        ("NB", "B", "IN"),
        ("OER", "B", "OER"),
        ("GB", "C", "GB"),
        ("GB", "", "GB"),
        ("Z2", "B", ""),
        ("XX", "", ""),
        ("", "", ""),
    ],
)
def test_an_old_code_is_a_field_of_today(store, code, generation, now):
    assert action_fields.now_of(store, code, generation) == now


def test_a_filter_by_a_field_of_today_means_the_old_codes_too(store):
    assert action_fields.codes_now(store, ["BI"]) == ["AW", "BAJ", "BI", "Z1", "Z2"]
    assert action_fields.codes_now(store, []) == []
    assert action_fields.codes_now(store, ["XX"]) == []


def test_filters_and_figures_know_the_same_old_codes(store):
    every = {one.code: one.now for one in action_fields.listing(store) if one.code not in FIELDS}
    assert every == OLD
    assert sorted(with_old(["BI"])) == action_fields.codes_now(store, ["BI"])
    assert [today(code) for code in FIELDS] == list(FIELDS)


def test_a_pin_with_an_old_code_is_found_under_todays_field(store, office, released):
    released("Sicherer Platz", prefix="old", field="Z7")
    released("Neue Bank", prefix="new", field="OER")
    released("Kochkurs", prefix="other", field="GB")
    found = pins.listing(store, office, Filter(field=("OER",)))
    assert {one.id: one.field for one in found} == {"old-1": "Z7", "new-1": "OER"}
    fields = {row.value: row.pins for row in figures.counted(store, office, Filter()).fields}
    assert (fields["OER"], fields["GB"], "Z7" in fields) == (2, 1, False)


def test_an_old_project_is_found_under_todays_field(store, office, area, now, spots):
    projects.create(
        store, office, project_id="p-1", title="Hausaufgabenhilfe", description="",
        fund="aktionsfonds", cents=1_000_00, field="Z2", climate=False, at=spots.lawn, area=area,
        need_ids=[], now=now,
    )  # fmt: skip
    assert [one.field for one in projects.listing(store, office, field=("BI",))] == ["Z2"]
    assert projects.listing(store, office, field=("OER",)) == []


def test_an_old_code_keeps_its_old_title(store):
    one = action_fields.of(store, "Z7", date(2011, 3, 1))
    assert one.title("de") == "Besseres Sicherheitsniveau"
    assert one.title("ls") == one.title("de")
    assert action_fields.of(store, "OER", date(2015, 1, 1)).generation == "B"
    assert action_fields.of(store, "OER", date(2026, 1, 1)).generation == "C"
    assert action_fields.of(store, "Z7", date(2026, 1, 1)).generation == "A"
    assert action_fields.of(store, "XX", date(2026, 1, 1)) is None


def test_a_field_gets_another_name_and_the_old_one_stays_in_the_trail(store, admin, now):
    def rename():
        action_fields.rename(store, admin, "C", "IN", titles=TITLES, version=1, now=now)

    rename()
    one = action_fields.listing(store)[0]
    assert (one.titles, one.version) == (TITLES, 2)
    rename()  # the same click again
    assert action_fields.listing(store)[0].version == 2
    (details,) = store.read("select details from trail where thing = 'action_field'")
    assert "Integration und Nachbarschaft" in details[0]


def test_who_is_second_is_told(store, admin, now):
    action_fields.rename(store, admin, "C", "IN", titles=TITLES, version=1, now=now)
    with pytest.raises(Conflict):
        action_fields.rename(store, admin, "C", "IN", titles={"de": "Neu"}, version=1, now=now)


@pytest.mark.parametrize("titles", [{}, {"de": " "}, {"en": "Only"}, {"de": "x" * 201}])
def test_a_field_needs_a_german_name(store, admin, now, titles):
    with pytest.raises(BadInput):
        action_fields.rename(store, admin, "C", "IN", titles=titles, version=1, now=now)


def test_a_field_ends_and_another_goes_on_for_it(store, admin, now):
    last = date(2026, 12, 31)
    end = {"last_day": last, "goes_into": "IN", "version": 1, "now": now}
    action_fields.end(store, admin, "C", "GB", **end)
    assert "GB" not in [one.code for one in action_fields.listing(store, day=date(2027, 1, 1))]
    assert action_fields.now_of(store, "GB", "C") == "IN"
    action_fields.end(store, admin, "C", "GB", last_day=None, goes_into="GB", version=2, now=now)
    assert action_fields.now_of(store, "GB", "C") == "GB"


@pytest.mark.parametrize(
    "bad", [{"goes_into": "Z1"}, {"goes_into": ""}, {"last_day": date(2026, 5, 3)}]
)
def test_an_end_that_makes_no_sense_is_refused(store, admin, now, bad):
    end = {"last_day": date(2026, 12, 31), "goes_into": "IN", "version": 1, "now": now} | bad
    with pytest.raises(BadInput):
        action_fields.end(store, admin, "C", "GB", **end)


def test_a_field_that_is_none_is_not_changed(store, admin, now):
    with pytest.raises(NotFound):
        action_fields.rename(store, admin, "D", "IN", titles=TITLES, version=1, now=now)
