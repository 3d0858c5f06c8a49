"""Answers: written once in several languages, read with the code and among the results, in time or late."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from data import areas, needs, pins
from data.pins import Draft
from data.rules import VISITOR, Actor, PersonId, PinId, Role
from data.store import Store
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    TABLET,
    Server,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
)
from tests.browser.test_easy import VOICES
from tests.pages.conftest import FOUNTAIN, settle

CODES = {"dark-1": "7Q2MX-9D4RT-0KC", "late-1": "7Q2MX-9D4RT-0KD", "alone-1": "7Q2MX-9D4RT-0KE"}
LAMP = "Wir haben die Lampe gemeldet."
LAMP_TR = "Lambayı bildirdik."
LAMP_AR = "أبلغنا عن المصباح (Straßenbeleuchtung)."


def neighbourhood(store: Store) -> None:
    """Add a need of a pin with a receipt, a pin that waits too long, and one that stands alone."""
    area, now = areas.load("mariannenplatz"), datetime.now(UTC)
    office = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
    for name, days in (("dark-1", 1), ("late-1", 90), ("alone-1", 2)):
        said = now - timedelta(days=days)
        draft = Draft(PinId(name), "problem", f"Zu dunkel: {name}", FOUNTAIN, code=CODES[name])
        pins.add(store, VISITOR, area, [draft], now=said)
        pins.release(store, office, [PinId(name)], now=said)
    needs.create(
        store, office, need_id=needs.NeedId("need-2"), title="Lampen am Brunnen", field="OER",
        priority="now", pin_ids=[PinId("dark-1")], now=now,
    )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("answers")
    settle(folder, neighbourhood)
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def open_answer(page: Page, need: str, lang: str = "de") -> None:
    """Open the place of a need's answer."""
    page.goto(f"/needs?lang={lang}&need={need}")
    tab = page.get_by_role("tab").nth(1)
    expect(tab).to_be_visible()
    settled(page)
    tab.click()
    expect(page.locator("[class*=st-key-kk-answering-]")).to_be_visible()


def field(page: Page, lang: str):
    return page.locator(f"[class*='st-key-answer-{lang}-'] textarea")


def write(page: Page, **texts: str) -> None:
    for lang, text in texts.items():
        field(page, lang).fill(text)
        field(page, lang).blur()
        settled(page)


def follow(page: Page, name: str, lang: str) -> None:
    page.goto(f"/follow?lang={lang}&code={CODES[name]}")
    expect(page.locator(".kk-way li").first).to_be_visible()
    settled(page)


def test_a_need_is_answered_with_a_template_and_everybody_reads_it_in_their_language(
    watched,
) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    open_answer(page, "need-2")
    page.get_by_role("button", name="Antwort schreiben").click()
    page.get_by_role("button", name="Etwas ist kaputt").click()
    expect(field(page, "tr")).to_have_value(re.compile("Bozuk olanı"))
    expect(field(page, "ar")).to_have_value(re.compile("العطل"))
    expect(field(page, "ar")).to_have_attribute("lang", "ar")
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(page.get_by_role("alert")).to_contain_text("Lücken")
    write(page, de=LAMP, tr=LAMP_TR, ar=LAMP_AR)
    page.get_by_role("button", name="Ohne diese Sprachen veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht. Alle")).to_be_visible()
    expect(page.locator(".kk-answers .kk-answer")).to_have_text([LAMP, LAMP_TR, LAMP_AR])
    expect(page.locator("[class*=st-key-kk-answering-]")).to_contain_text("Frau office")

    reader, _ = watched(PHONE)
    follow(reader, "dark-1", "tr")
    told = reader.locator(".kk-way li").last
    expect(told).to_contain_text("QM ekibinin yanıtı")
    expect(told.locator(".kk-answer")).to_have_text(LAMP_TR)
    expect(told.locator(".kk-answer")).to_have_attribute("lang", "tr")
    follow(reader, "dark-1", "en")
    expect(told.locator(".kk-answer")).to_have_text(LAMP)
    expect(told.locator(".kk-answer")).to_have_attribute("lang", "de")
    expect(told).to_contain_text("in German only")
    follow(reader, "dark-1", "ar")
    expect(told.locator(".kk-answer")).to_have_text(LAMP_AR)
    shown = reader.evaluate("getComputedStyle(document.querySelector('.kk-answer')).direction")
    assert shown == "rtl"
    follow(reader, "dark-1", "ls")
    expect(told.locator(".kk-answer")).to_have_text(LAMP)
    expect(reader.locator(".kk-promise")).to_have_count(0)

    reader.goto("/results?lang=tr&entry=need-2")
    expect(reader.locator(".kk-way .kk-answer").first).to_have_text(LAMP_TR)
    expect(reader.locator("h2", has_text="Lampen am Brunnen")).to_be_visible()


def test_the_results_say_honestly_how_the_promise_was_kept(watched) -> None:
    page, _ = watched(TABLET)
    page.goto("/results?lang=de")
    settled(page)
    figures = page.locator(".kk-figures li")
    expect(figures.last).to_contain_text("in der versprochenen Zeit")
    expect(page.get_by_text("wartet länger, als wir versprochen haben")).to_be_visible()
    page.get_by_role("radio", name="beantwortet", exact=True).click()
    expect(page.get_by_role("button", name="Lampen am Brunnen")).to_be_visible()


def test_a_day_put_off_is_told_with_its_reason_in_the_readers_language(watched) -> None:
    reader, _ = watched(PHONE)
    follow(reader, "late-1", "de")
    expect(reader.locator(".kk-late")).to_contain_text("Das tut uns leid")
    page, _ = watched(TABLET)
    log_in(page, "office")
    page.goto("/answers?lang=de")
    row = page.locator("[class*=st-key-kk-due-pin-late-1]")
    expect(row).to_contain_text("Überfällig")
    row.get_by_role("button", name="beantworten").click()
    page.get_by_role("button", name="Verschieben …").click()
    day = datetime.now(UTC) + timedelta(days=40)
    page.get_by_label("Neuer Tag").fill("gestern")
    page.get_by_role("button", name="Verschieben und den Grund nennen").click()
    expect(page.get_by_role("alert")).to_contain_text("Bitte einen späteren Tag")
    page.get_by_label("Neuer Tag").fill(day.strftime("%d.%m.%Y"))
    page.get_by_role("radio", name="Es muss erst geklärt werden").check(force=True)
    page.get_by_role("button", name="Verschieben und den Grund nennen").click()
    expect(page.get_by_text(re.compile("Verschoben bis"))).to_be_visible()
    for lang, reason in (("tr", "bunun için para"), ("ls", "Wir fragen erst nach Geld")):
        follow(reader, "late-1", lang)
        expect(reader.locator(".kk-way li").last).to_contain_text(reason)
        expect(reader.locator(".kk-late")).to_have_count(0)
        expect(reader.locator(".kk-promise")).to_contain_text(str(day.year))


def test_a_single_pin_is_answered_where_it_is_opened(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    page.goto("/pins?lang=de&text=alone")
    page.get_by_role("button", name=re.compile(r"Nr\. \d+ öffnen")).first.click()
    page.get_by_role("button", name="Antworten …").click()
    page.get_by_role("button", name="Antwort schreiben").click()
    hostile = "<script>alert(1)</script> **fett** {{7*7}} Danke!"
    write(page, de=hostile)
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(page.get_by_text("Veröffentlicht. Alle")).to_be_visible()
    reader, _ = watched(PHONE)
    follow(reader, "alone-1", "de")
    expect(reader.locator(".kk-way .kk-answer")).to_have_text(hostile)
    reader.goto("/results?lang=de&state=answered")
    expect(reader.get_by_role("button", name="Zu dunkel: alone-1")).to_be_visible()


def test_an_answer_is_read_aloud_in_its_own_language(watched) -> None:
    page, _ = watched(TABLET)
    page.add_init_script(VOICES)
    follow(page, "dark-1", "en")
    page.evaluate("come(['en-GB', true], ['de-DE', true])")
    page.locator(".kk-read").first.click()
    heard = page.evaluate("heard.map(part => [part.lang, part.text])")
    assert ["de-DE", LAMP] in heard
    assert ["en-GB", "Reply from the QM team:"] in heard


def test_two_staff_answer_one_need_and_nothing_is_lost(watched) -> None:
    first, _ = watched(DESKTOP)
    second, _ = watched(DESKTOP)
    for page, name in ((first, "office"), (second, "admin")):
        log_in(page, name)
        open_answer(page, "need-1")
        page.locator("[class*=st-key-answer-start-] button").click()
        write(page, de=f"Antwort von {name}")
    first.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(first.get_by_text("Veröffentlicht. Alle")).to_be_visible()
    second.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(second.get_by_role("alert")).to_contain_text("inzwischen geändert")
    expect(second.locator(".kk-answers .kk-answer").first).to_have_text("Antwort von office")
    expect(field(second, "de")).to_have_value("Antwort von admin")
    second.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(second.locator(".kk-answers .kk-answer").first).to_have_text("Antwort von admin")


def test_an_own_template_stands_first_when_an_answer_is_written(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    page.goto("/answers?lang=de")
    page.get_by_role("button", name="Neue Vorlage").click()
    page.get_by_label("Name der Vorlage").fill("Laterne *neu*")
    write(page, de="Die Laterne kommt.", tr="Lamba geliyor.")
    page.get_by_role("button", name="Vorlage speichern").click()
    expect(page.get_by_text("Vorlage gespeichert.")).to_be_visible()
    expect(page.get_by_text("Laterne *neu* · alle Handlungsfelder")).to_be_visible()
    open_answer(page, "need-1")
    page.locator("[class*=st-key-answer-start-] button").click()
    offered = page.locator("[class*=st-key-kk-templates-] button")
    expect(offered.first).to_have_text("Laterne *neu*")
    offered.first.click()
    expect(field(page, "tr")).to_have_value(re.compile("Lamba geliyor."))


@pytest.mark.parametrize(
    ("lang", "size"), [("de", DESKTOP), ("ar", TABLET), ("ar", PHONE)], ids=["de", "ar", "phone"]
)
def test_the_offices_side_has_no_barriers(watched, lang, size) -> None:
    page, _ = watched(size)
    log_in(page, "office")
    page.goto(f"/answers?lang={lang}")
    expect(page.locator("[data-testid=stExpander]").first).to_be_visible()
    settled(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_answer(page, "need-2", lang)
    page.locator("[class*=st-key-answer-start-] button").click()
    expect(field(page, "ar")).to_be_visible()
    settled(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", ["de", "ar", "ls"])
def test_the_readers_side_has_no_barriers_on_a_narrow_phone(watched, lang) -> None:
    page, _ = watched({**PHONE, "viewport": {"width": 320, "height": 700}})
    follow(page, "late-1", lang)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"/results?lang={lang}&entry=need-2")
    expect(page.locator(".kk-way .kk-answer").first).to_be_visible()
    settled(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
