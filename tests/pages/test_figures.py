"""The office's figures, run whole in memory: languages, hostile titles, filters with nonsense."""

import pytest

from components.words import LANGUAGES, words
from data import pins, trail
from data.rules import VISITOR, Actor, Role
from geo import silence
from tests.pages.test_office import HOSTILE, press, show, text
from tests.pages.test_office import here as here

VIEWS = ("charts", "silence")


@pytest.fixture
def told(store, office_day, office, now):
    """One pin is answered, one waits past its day, one was said at a meeting with an evil name."""
    del office_day

    def job(tx):
        tx.execute("update pin set answered_at = $now where id = 'pin-1'", {"now": trail.utc(now)})
        tx.execute("update pin set answer_due = date '2020-01-01' where id = 'pin-2'")
        tx.execute("update pin set meeting_id = 'meeting-1' where id = 'pin-2'")
        tx.execute(
            "insert into meeting select 'meeting-1', 'code', $title, date '2026-05-01', '', '', '', "
            "'', null, '[]', '[]', '[]', '[]', false, false, 'at_once', 3, true, 'hash', '', '', "
            "'open', 'collect', 0, false, 1, $now, $now, null",
            {"title": HOSTILE, "now": trail.utc(now)},
        )

    store.write(job)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_views_draw_in_every_language_with_pins_and_without(
    here, office_day, view, lang
) -> None:
    for query in ({}, {"text": "Zeppelin"}):
        page = show("figures", lang=lang, view=view, **query)
        assert not page.exception
        assert words(lang)("page.figures") in text(page)
    assert "kk-empty" in text(page)


@pytest.mark.parametrize("view", VIEWS)
def test_nonsense_in_the_address_is_no_trouble(here, office_day, view) -> None:
    nonsense = {"kind": "x,,", "since": "gestern", "box": "1,2", "shape": "nan", "meeting": "'--"}
    page = show("figures", lang="de", view=view, **nonsense)
    assert not page.exception
    assert not show("figures", lang="de", view="<script>").exception


def test_every_chart_says_in_a_sentence_what_one_sees(here, told) -> None:
    shown = text(show("figures", lang="de"))
    for key in ("time", "field", "answered", "ages", "due", "status", "lang", "source", "meeting"):
        assert f'id="kk-chart-{key}"' in shown, key
    assert "Die Hälfte der Antworten kam innerhalb von" in shown
    assert words("de").many("figures.overdue", 1) in shown
    assert words("de").many("figures.waiting", 1) in shown


def test_words_that_people_typed_stay_words(here, told) -> None:
    shown = text(show("figures", lang="de"))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", [None, Role.JURY])
def test_others_see_no_number(here, office_day, view, role) -> None:
    here.actor = Actor(role, person="p") if role else VISITOR
    page = show("figures", lang="de", view=view)
    assert not page.exception
    assert "kk-chart" not in text(page)
    assert not page.button


def test_a_quiet_place_is_chosen_and_more_are_shown(here, area, now, draft, office) -> None:
    at = silence.squares(area)[0].at
    pins.add(here.store, office, area, [draft(id="one", at=at, released=True)], now=now)
    page = show("figures", lang="de", view="silence")
    before = [button.key for button in page.button if (button.key or "").startswith("silence-")]
    assert len(before) == 9  # eight places, and the way to the others
    page = press(page, "silence-2-")
    assert not page.exception
    page = press(page, "silence-more")
    after = [button.key for button in page.button if (button.key or "").startswith("silence-")]
    assert len(after) > len(before)
