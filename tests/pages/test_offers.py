"""Help offered at a pin, and the office's page of offers, run whole in memory."""

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.words import LANGUAGES, words
from data import needs, offers
from data.offers import Draft
from data.rules import VISITOR, Actor, PersonId, Role
from tests.pages.test_office import HOSTILE, here, press, show, text  # noqa: F401

PHONE = "0151 2345678"


@pytest.fixture(autouse=True)
def from_here(monkeypatch) -> None:
    """A script in memory has no address that it comes from."""
    monkeypatch.setattr(session, "source", lambda: "here")


def the_form() -> AppTest:
    def script() -> None:
        from components import offers, session

        offers.form(session.the_words(), "pin", "pin-1")

    page = AppTest.from_function(script, default_timeout=30)
    page.query_params["lang"] = "de"
    return page.run()


def fill(page: AppTest, *, kinds=("hands",), words="", contact="") -> AppTest:
    for kind in kinds:
        page.checkbox(key=f"offer-{kind}-pin-1").check()
    page.text_area(key="offer-words-pin-1").set_value(words)
    page.text_input(key="offer-contact-pin-1").set_value(contact)
    return press(page, "offer-send-pin-1")


@pytest.fixture
def offered(here, office_day, now):  # noqa: F811
    draft = Draft(
        "offer-1", "pin", "pin-1", ("hands", "skill"), words=HOSTILE, contact=f"<i>{PHONE}"
    )
    offers.make(here.store, VISITOR, draft, now=now)
    return here


def test_help_is_offered_once_and_taken_back(here, office_day, office) -> None:  # noqa: F811
    here.actor = VISITOR
    page = fill(the_form(), kinds=("hands", "room"), words="Ich male", contact=PHONE)
    assert not page.exception
    assert words("de")("offer.thanks") in text(page)
    assert not page.text_input
    (found,) = offers.listing(here.store, office)
    assert (found.kinds, found.words, found.contact) == (("hands", "room"), "Ich male", PHONE)
    page = press(page, "offer-back-pin-1")
    assert not page.exception
    assert words("de")("offer.withdrawn") in text(page)
    assert offers.open_count(here.store, office) == 0
    assert PHONE not in repr(here.store.read("select * from offer"))


def test_without_a_tick_nothing_is_sent_and_nothing_typed_is_lost(
    here,  # noqa: F811
    office_day,
    office,
) -> None:
    page = fill(the_form(), kinds=(), words="Ich male", contact=PHONE)
    assert words("de")("problem.offer.kinds_missing") in text(page)
    assert page.text_area(key="offer-words-pin-1").value == "Ich male"
    assert page.text_input(key="offer-contact-pin-1").value == PHONE
    assert offers.open_count(here.store, office) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_draws_in_every_language(offered, lang) -> None:
    page = show("offers", lang=lang)
    assert not page.exception
    assert words(lang)("page.offers") in text(page)
    assert PHONE in text(page)


def test_hostile_words_are_words(offered) -> None:
    page = show("offers", lang="de")
    assert "&lt;script&gt;" in text(page)
    assert "&lt;i&gt;" in text(page)
    assert "<script>" not in text(page)
    assert not any("evil.example" in markdown.value for markdown in page.markdown)


@pytest.mark.parametrize("role", [None, Role.JURY, Role.FACILITATOR])
def test_nobody_else_reads_who_offered(offered, role) -> None:
    offered.actor = Actor(role, person=PersonId("p")) if role else VISITOR
    page = show("offers", lang="de")
    assert PHONE not in text(page)
    assert not page.button


def test_used_means_that_the_contact_is_gone_and_the_note_stays(offered) -> None:
    page = show("offers", lang="de")
    page.text_input(key="offer-note-offer-1").set_value("Hilft am Samstag")
    page = press(page, "offer-use-offer-1")
    assert not page.exception
    assert PHONE not in text(page)
    assert "Hilft am Samstag" in text(page)
    assert PHONE not in repr(offered.store.read("select * from offer"))


def test_the_board_counts_who_helps_with_a_need(offered, office) -> None:
    assert words("de").many("offers.of_need", 1) in text(show("needs", lang="de"))


def test_an_offer_for_a_need_shows_its_title(here, office_day, office, now) -> None:  # noqa: F811
    needs.forward(
        here.store, office, "need-1", authority="sga", sentence="Weiter.", version=1, now=now
    )
    draft = Draft("offer-1", "need", "need-1", ("room",))
    offers.make(here.store, VISITOR, draft, now=now)
    page = show("offers", lang="de")
    assert "Dunkel" in text(page)
    assert words("de")("offers.no_contact") in text(page)
