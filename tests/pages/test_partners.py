"""The directory of partners, and what a need shows of it, run whole in memory."""

import re
from dataclasses import replace

import pytest

from components.words import LANGUAGES, words
from data import needs, partners, pins, strengths
from data.partners import Entry, Wanted
from data.rules import VISITOR, Actor, PersonId, Role
from tests.pages.test_office import HOSTILE, here, press, show, text  # noqa: F401

CONTACT = "030 23125000"
ENTRY = Entry(HOSTILE, "room", ("OER",), None, ("tr",), about=HOSTILE, contact=CONTACT)  # type: ignore[arg-type]


@pytest.fixture
def listed(here, area, office, now, spots):  # noqa: F811
    entry = replace(ENTRY, at=spots.fountain)
    partners.create(here.store, office, area, partner_id="p-1", entry=entry, now=now)
    return here


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_directory_draws_in_every_language(listed, lang) -> None:
    page = show("partners", lang=lang)
    assert not page.exception
    assert words(lang)("page.partners") in text(page)
    assert CONTACT in text(page)
    page = press(page, "partner-open-p-1")
    assert not page.exception
    assert len(re.findall(CONTACT, text(page))) == 2


def test_hostile_words_are_words(listed) -> None:
    page = press(show("partners", lang="de"), "partner-open-p-1")
    assert "&lt;script&gt;" in text(page)
    assert "<script>" not in text(page)
    assert not any("evil.example" in markdown.value for markdown in page.markdown)
    open_it = next(button for button in page.button if button.key == "partner-open-p-1")
    assert "![x]" not in open_it.label
    page = press(page, "partner-edit-p-1")
    assert not page.exception
    assert page.text_area[0].value == HOSTILE


def test_the_jury_reads_without_contact_and_changes_nothing(listed) -> None:
    listed.actor = Actor(Role.JURY, person=PersonId("p"))
    page = press(show("partners", lang="de"), "partner-open-p-1")
    assert not page.exception
    assert CONTACT not in text(page)
    keys = [button.key for button in page.button]
    assert not [
        key for key in keys if key.startswith(("partner-add", "partner-edit", "partner-active"))
    ]


@pytest.mark.parametrize("role", [None, Role.FACILITATOR])
def test_nobody_else_sees_the_directory(listed, role) -> None:
    listed.actor = Actor(role, person=PersonId("p")) if role else VISITOR
    page = show("partners", lang="de")
    assert "evil.example" not in text(page)
    assert not page.button


@pytest.mark.parametrize(
    "query",
    [
        {"field": "x", "kind": "<b>", "spoken": "xx"},
        {"box": "1,2,3"},
        {"text": "{{7*7}}" * 90},
        {"inactive": "yes"},
    ],
)
def test_nonsense_in_the_address_breaks_nothing(listed, query) -> None:
    assert not show("partners", lang="de", **query).exception


def test_a_new_partner_without_a_place_is_told_so_and_nothing_is_lost(here, office) -> None:  # noqa: F811
    page = press(show("partners", lang="de"), "partner-add")
    name = next(field for field in page.text_input if field.key.startswith("partner-name"))
    name.set_value("Chor")
    page = press(page, "FormSubmitter")
    assert words("de")("problem.partner.place_missing") in text(page)
    kept = next(field for field in page.text_input if field.key.startswith("partner-name"))
    assert kept.value == "Chor"
    assert partners.listing(here.store, office, Wanted()) == []


def test_a_need_shows_partners_and_strengths_and_links_one(
    listed, area, office, office_day, now, released
) -> None:
    released(HOSTILE, prefix="good", kind="strength", field="OER")
    page = show("needs", lang="de", need="need-1")
    assert not page.exception
    assert CONTACT in text(page)
    assert words("de")("near.fits", field=words("de")("field.OER")) in text(page)
    assert "<script>" not in text(page)
    page = press(page, "strength-hold-good-1")
    assert not page.exception
    assert [pin.id for pin in strengths.linked(listed.store, office, ["need-1"])] == ["good-1"]
    assert words("de")("strengths.held") in text(page)
    page = press(page, "strength-undo-good-1")
    assert strengths.linked(listed.store, office, ["need-1"]) == []


def test_a_strength_hidden_meanwhile_cannot_be_linked(
    listed, office, office_day, now, released
) -> None:
    released("Die Bänke", prefix="good", kind="strength")
    page = show("needs", lang="de", need="need-1")
    pins.hide(listed.store, office, ["good-1"], reason="other", now=now)
    page = press(page, "strength-hold-good-1")
    assert words("de")("problem.strength.gone") in text(page)
    assert strengths.linked(listed.store, office, ["need-1"]) == []


def test_a_need_whose_pins_are_all_gone_still_draws(listed, office, office_day, now) -> None:
    needs.remove_pins(listed.store, office, "need-1", pin_ids=["pin-1"], now=now)
    page = show("needs", lang="de", need="need-1")
    assert not page.exception
    assert words("de")("near.none") in text(page)
