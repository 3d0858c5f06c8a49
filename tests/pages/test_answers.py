"""Answers, templates and the promised day, run whole in memory: five languages, refusals, two staff."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.words import LANGUAGES, words
from data import answers, needs, pins, promises, settings, templates
from data.filters import local_day
from data.rules import VISITOR
from tests.pages.test_office import ROOT, press, show, text
from tests.pages.test_office import here as here

CODE = "7Q2MX-9D4RT-0KB"
GERMAN, TURKISH = "Wir haben die Lampe gemeldet.", "Lambayı bildirdik."


@pytest.fixture(autouse=True)
def source(monkeypatch) -> None:
    """Say from where somebody asks, which no test browser does."""
    monkeypatch.setattr(session, "source", lambda: "here")


@pytest.fixture
def own(here, area, now, draft, office):
    """A released pin with a receipt, in a need."""
    pins.add(here.store, VISITOR, area, [draft("Zu dunkel", id="own", code=CODE)], now=now)
    pins.release(here.store, office, ["own"], now=now)
    return needs.create(
        here.store, office, need_id="need-1", title="Licht", field="OER", priority="now",
        pin_ids=["own"], now=now,
    )  # fmt: skip


def answer(here, office, now, *, words=None, thing="need", thing_id="need-1"):
    return answers.give(
        here.store, office, thing=thing, thing_id=thing_id, seen=0, now=now,
        words=words or {"de": GERMAN, "tr": TURKISH},
    )  # fmt: skip


def resident(name: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "residents" / f"{name}.py"), default_timeout=30)
    for key, value in query.items():
        page.query_params[key] = value
    page.session_state["pages"] = {"advice": "https://kiez.example/advice"}  # no menu here
    return page.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_receipt_tells_the_answer_in_the_readers_language_else_in_german(
    here, own, office, now, lang
) -> None:
    answer(here, office, now)
    page = resident("follow", lang=lang, code=CODE)
    assert not page.exception
    shown = text(page)
    assert words(lang)("step.answered") in shown
    said, of = (TURKISH, "tr") if lang == "tr" else (GERMAN, "de")
    assert f'<p class="kk-answer" lang="{of}" dir="auto">{said}</p>' in shown
    assert (words(lang)("answer.german") in shown) == (lang not in ("de", "tr"))
    assert "kk-promise" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("days", "key"), [(1, "promise.until"), (90, "promise.late")])
def test_the_receipt_names_the_day_and_is_honest_when_it_has_passed(
    here, own, office, now, monkeypatch, lang, days, key
) -> None:
    monkeypatch.setattr(session, "now", lambda: now + timedelta(days=days))
    day = pins.get(here.store, office, "own").answer_due
    shown = text(resident("follow", lang=lang, code=CODE))
    assert words(lang)(key, day=words(lang).day(day)) in shown
    assert ("kk-promise kk-late" in shown) == (key == "promise.late")


def test_who_waits_for_the_first_look_is_told_what_comes_then(here, area, now, draft) -> None:
    pins.add(here.store, VISITOR, area, [draft(id="wait", code=CODE)], now=now)
    assert words("de")("promise.waiting") in text(resident("follow", lang="de", code=CODE))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_put_off_stands_in_the_way_with_its_reason(here, own, office, now, lang) -> None:
    promises.postpone(
        here.store, office, thing="need", thing_id="need-1", day=local_day(now)
        + timedelta(days=80), reason="money", words="<b>Bald</b>", now=now,
        seen=pins.get(here.store, office, "own").answer_due,
    )  # fmt: skip
    page = resident("follow", lang=lang, code=CODE)
    assert not page.exception
    assert words(lang)("promise.reason.money") in text(page)
    assert "&lt;b&gt;Bald" in text(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_results_show_rate_and_answer(here, own, office, now, lang) -> None:
    answer(here, office, now)
    page = resident("results", lang=lang, entry="need-1")
    assert not page.exception
    shown = text(page)
    assert (TURKISH if lang == "tr" else GERMAN) in shown
    assert words(lang)("results.now.answered") in shown
    assert words(lang).many("promise.kept", 1, in_time="1") in shown
    assert ("1" if lang == "ls" else words(lang).percent(100)) in shown


def test_a_single_pins_words_are_only_words_among_the_results(
    here, area, office, now, draft
) -> None:
    hostile = "<script>alert(1)</script> *fett* [x](http://x) {{7*7}}"
    pins.add(here.store, VISITOR, area, [draft(hostile, id="p")], now=now)
    pins.release(here.store, office, ["p"], now=now)
    answer(here, office, now, words={"de": hostile}, thing="pin", thing_id="p")
    for query in ({}, {"entry": "pin-1"}):
        page = resident("results", lang="de", **query)
        assert not page.exception
        assert "<script>" not in text(page)
    label = next(one.label for one in resident("results", lang="de").button if "alert" in one.label)
    assert "\\[x\\]" in label


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_answers_draws_in_every_language(here, own, lang) -> None:
    page = show("answers", lang=lang)
    assert not page.exception
    assert words(lang)("answers.templates.own") in text(page)
    assert len(page.expander) == len(templates.SHIPPED)


def typed(page: AppTest, lang: str):
    return next(one for one in page.text_area if (one.key or "").startswith(f"answer-{lang}-"))


def opened(lang: str = "de") -> AppTest:
    return press(show("needs", lang=lang, need="need-1"), "answer-start-")


def test_a_template_goes_behind_what_was_typed_and_its_gaps_are_not_published(
    here, own, office
) -> None:
    page = opened()
    typed(page, "de").set_value("Guten Tag.").run()
    page = press(page, "put-looked-")
    assert typed(page, "de").value.startswith("Guten Tag.\n\nWir waren am …")
    assert typed(page, "ar").value == words("ar")("template.looked")
    page = press(page, "answer-give-")
    assert "Lücken" in text(page)
    assert answers.get(here.store, office, thing="need", thing_id="need-1").words == {}
    page = press(page, "answer-without-")
    assert "Deutsch" in text(page)  # German is never left out
    typed(page, "de").set_value(GERMAN).run()
    press(page, "answer-give-")
    given = answers.get(here.store, office, thing="need", thing_id="need-1")
    assert dict(given.words) == {"de": GERMAN}


def test_without_german_nothing_is_published_and_the_words_stay(here, own, office) -> None:
    page = opened("en")
    typed(page, "tr").set_value(TURKISH).run()
    page = press(page, "answer-give-")
    assert words("en")("problem.answer.german_missing") in text(page)
    assert typed(page, "tr").value == TURKISH
    assert answers.get(here.store, office, thing="need", thing_id="need-1").words == {}


def test_a_colleagues_answer_is_shown_and_the_own_words_stay(here, own, office, admin, now) -> None:
    page = opened()
    typed(page, "de").set_value("Meine Worte").run()
    answer(here, admin, now)
    page = press(page, "answer-give-")
    shown = text(page)
    assert words("de")("problem.answer.changed_meanwhile") in shown
    assert GERMAN in shown
    assert typed(page, "de").value == "Meine Worte"
    press(page, "answer-give-")
    given = answers.get(here.store, office, thing="need", thing_id="need-1")
    assert dict(given.words) == {"de": "Meine Worte"}


def test_a_shipped_template_becomes_an_own_one_and_goes_again(here, own, office) -> None:
    page = press(show("answers", lang="de"), "template-copy-thanks")
    assert typed(page, "ar").value == words("ar")("template.thanks")
    typed(page, "de").set_value("Danke!").run()
    page = press(page, "template-save")
    assert not page.exception
    (made,) = templates.listing(here.store, office)
    assert made.words["de"] == "Danke!"
    page = press(page, f"template-edit-{made.id}")
    assert typed(page, "de").value == "Danke!"
    typed(page, "de").set_value("Vielen Dank!").run()
    page = press(page, "template-save")
    (changed,) = templates.listing(here.store, office)
    assert changed.words["de"] == "Vielen Dank!"
    page = press(page, f"template-delete-{made.id}")
    assert templates.listing(here.store, office) == []


def test_a_template_changed_by_a_colleague_is_shown_and_the_own_words_stay(
    here, own, office, admin, now
) -> None:
    save = {"field": "", "title": "Dank", "now": now}
    made = templates.save(here.store, office, "t", words={"de": "Danke"}, seen=0, **save)
    page = press(show("answers", lang="de"), "template-edit-t")
    typed(page, "de").set_value("Meine Worte").run()
    templates.save(here.store, admin, "t", words={"de": "Ihre Worte"}, seen=made.version, **save)
    page = press(page, "template-save")
    assert words("de")("problem.template.changed_meanwhile") in text(page)
    assert "Ihre Worte" in text(page)
    assert typed(page, "de").value == "Meine Worte"
    press(page, "template-save")
    assert templates.listing(here.store, office)[0].words == {"de": "Meine Worte"}


def test_what_was_answered_leaves_the_list_and_the_page_says_so(
    here, area, office, draft, now
) -> None:
    pins.add(here.store, VISITOR, area, [draft("Zu laut", id="p")], now=now)
    pins.release(here.store, office, ["p"], now=now)
    page = press(press(show("answers", lang="de"), "due-answer-p"), "answer-start-p")
    typed(page, "de").set_value(GERMAN).run()
    page = press(page, "answer-give-p")
    assert not page.exception
    assert words("de")("answers.given") in text(page)
    assert words("de")("answers.due.none") in text(page)


def test_the_admin_sets_the_promise_and_promised_days_stay(here, own, admin, office) -> None:
    here.actor = admin
    before = pins.get(here.store, office, "own").answer_due
    page = show("people", lang="de")
    assert words("de")("people.promise.how") in text(page)
    page.radio(key="people-promise").set_value("14").run()
    press(page, "promise-save")
    assert settings.promise_days(here.store) == 14
    assert pins.get(here.store, office, "own").answer_due == before
