"""The inbox with flags, run whole in memory: order, reasons, marks that are only marks, and dismissing."""

import pytest

from components.words import LANGUAGES, words
from data import flags, pins
from data.rules import VISITOR
from tests.pages.test_office import here as here
from tests.pages.test_office import press, show, text

GAS = "Im Keller riecht es nach Gas"
HOSTILE = "Du Arschloch <script>alert(1)</script> <b>030 23125 417</b> {{7*7}}"


@pytest.fixture
def waiting(here, area, now, draft):
    """Let three pins wait: plain, hostile, and dangerous."""
    said = {"plain": "Mehr Bänke", "hostile": HOSTILE, "gas": GAS}
    drafts = [draft(one, id=name) for name, one in said.items()]
    pins.add(here.store, VISITOR, area, drafts, now=now)
    return said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_comes_first_with_its_reason_and_marked_words(here, waiting, lang) -> None:
    page = show("inbox", lang=lang)
    assert not page.exception
    shown = text(page)
    assert words(lang)("flags.danger") in shown
    assert words(lang)("flags.reason.gas") in shown
    assert "<mark>Gas</mark>" in shown


def test_marked_words_are_never_more_than_words(here, waiting) -> None:
    shown = text(press(show("inbox", lang="de"), "later-gas"))
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<mark>Arschloch</mark>" in shown
    assert "<mark>030 23125 417</mark>" in shown


def test_a_flag_said_to_be_untrue_keeps_the_pin_in_turn_and_can_be_taken_back(
    here, waiting, office
) -> None:
    page = press(show("inbox", lang="de"), "flag-danger-gas")
    assert not page.exception
    assert words("de")("flags.dismissed") in text(page)
    assert GAS in text(page)
    assert "<mark>" not in text(page)
    page = press(page, "flag-danger-gas")
    assert "<mark>Gas</mark>" in text(page)
    assert not flags.of_pin(here.store, office, pins.get(here.store, office, "gas"))[0].dismissed


def test_later_leads_on_after_a_flag_was_changed(here, waiting) -> None:
    page = press(show("inbox", lang="de"), "flag-danger-gas")
    page = press(page, "later-gas")
    assert "Arschloch" in text(page)


def test_only_flagged_ones_can_be_asked_for_until_none_is_left(here, waiting, office, now) -> None:
    page = show("inbox", lang="de", list="flagged")
    for name in ("gas", "hostile"):
        page = press(page, f"release-{name}")
    assert words("de")("worklist.empty.flagged") in text(page)
    assert "Mehr Bänke" not in text(page)
    assert "Mehr Bänke" in text(show("inbox", lang="de"))


def test_without_flags_the_inbox_speaks_of_none(here, area, now, draft) -> None:
    pins.add(here.store, VISITOR, area, [draft("Mehr Bänke", id="w1")], now=now)
    page = show("inbox", lang="de")
    assert 'class="kk-flag' not in text(page)
