"""A route from a need to the answer on the receipt, and the question four weeks later."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from data import areas, needs, pins, routes
from data.pins import Draft
from data.routes import RouteId
from data.rules import HOUSE, PinId
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
from tests.browser.test_office import choose
from tests.pages.conftest import FOUNTAIN, settle

NEW, OLD, LATER = "7Q2MX-9D4RT-0KC", "7Q2MX-9D4RT-0KD", "7Q2MX-9D4RT-0KE"
HOSTILE = "<img src=x onerror=alert(1)> Es ist dunkel %0d%0aBcc: & =?# {{7*7}}"


def _need(store: Store, name: str, words: str, code: str, now: datetime) -> None:
    area = areas.load("mariannenplatz")
    pins.add(
        store, HOUSE, area, [Draft(PinId(name), "problem", words, FOUNTAIN, code=code)], now=now
    )
    pins.release(store, HOUSE, [PinId(name)], now=now)
    needs.create(
        store, HOUSE, need_id=needs.NeedId(f"need-{name}"), title=f"Laterne {name}", field="OER",
        priority="now", pin_ids=[PinId(name)], now=now,
    )  # fmt: skip


def _sent(store: Store, name: str, now: datetime) -> None:
    routes.draft(
        store, HOUSE, route_id=RouteId(f"route-{name}"), need_id=needs.NeedId(f"need-{name}"),
        authority="lighting", subject="Laterne", letter="Bitte prüfen.", now=now,
    )  # fmt: skip
    routes.send(
        store, HOUSE, RouteId(f"route-{name}"), version=1, sentence="Wir fragen nach.",
        sent_on=now.date(), remind_on=now.date() + timedelta(days=28), now=now,
    )  # fmt: skip


def _neighbourhood(store: Store) -> None:
    """One need to be handed on, two that were handed on six weeks ago."""
    now = datetime.now(UTC)
    _need(store, "new", HOSTILE, NEW, now)
    for name, code in (("old", OLD), ("later", LATER)):
        _need(store, name, f"Es ist dunkel ({name})", code, now - timedelta(days=45))
        _sent(store, name, now - timedelta(days=42))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("routes")
    settle(folder, _neighbourhood)
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    settled(page)


def way(page: Page, code: str, lang: str) -> list[str]:
    page.goto(f"/follow?lang={lang}&code={code}")
    expect(page.locator(".kk-way li").first).to_be_visible()
    settled(page)
    return page.locator(".kk-way li").all_inner_texts()


def test_a_need_goes_by_letter_to_an_authority_and_its_result_to_the_receipt(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    page.goto("/needs?lang=de&need=need-new")
    page.get_by_text("An eine Stelle weitergeben").click()
    choose(page, "Wer ist zuständig?", "Straßenbeleuchtung Berlin")
    press(page, "Brief vorbereiten")
    letter = page.get_by_label("Brief auf Deutsch")
    expect(letter).to_be_visible()
    assert HOSTILE in letter.input_value()
    expect(page.get_by_role("button", name="Brief vorbereiten")).to_have_count(0)

    letter.fill(letter.input_value() + "\nPS: Bitte auch an die Ecke denken.")
    page.get_by_label("E-Mail der Stelle (freiwillig)").fill("licht@example.org")
    press(page, "Entwurf speichern")
    expect(page.get_by_text("Der Entwurf ist gespeichert.")).to_be_visible()
    page.get_by_role("button", name="Text kopieren").click()
    expect(page.locator(".kk-copy-said")).not_to_be_empty()
    link = page.get_by_role("link", name="E-Mail öffnen").get_attribute("href") or ""
    assert link.startswith("mailto:licht@example.org?subject=KK-")
    assert not re.search(r"[&?](bcc|cc|to)=", link, re.IGNORECASE)
    assert axe(page) == []

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Drucken mit Karte").click()
    paper = opened.value
    expect(paper.locator(".letter .text")).to_contain_text("PS: Bitte auch an die Ecke denken.")
    expect(paper.locator(".letter .text")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(paper.locator(".chart .mark")).to_have_count(1)
    assert axe(paper) == []
    paper.close()

    press(page, "Als weitergeleitet eintragen")
    expect(page.get_by_text("Eingetragen: weitergeleitet an Straßenbeleuchtung")).to_be_visible()
    page.get_by_text("Noch nichts: erinnern").click()
    reminder = page.get_by_label("Erinnerung auf Deutsch")
    expect(reminder).to_have_value(re.compile("Eine Antwort liegt uns bisher nicht vor"))
    press(page, "Erinnerung als verschickt eintragen")
    expect(page.get_by_text("Die Erinnerung ist eingetragen.")).to_be_visible()
    expect(reminder).to_have_count(0)
    page.get_by_text("Laut Stelle gemacht", exact=True).click()
    page.get_by_label("Eigener Satz dazu auf Deutsch (freiwillig)").fill("Die Lampe ist neu.")
    page.get_by_text("In anderen Sprachen").click()
    page.get_by_label("Türkçe").fill("Lamba yenilendi.")
    press(page, "Eintragen und allen sagen")
    expect(page.get_by_text("Der Handlungsbedarf bleibt offen")).to_be_visible()

    german, turkish = way(page, NEW, "de"), way(page, NEW, "tr")
    assert len([step for step in german if "Weitergeleitet an" in step]) == 1
    assert "noch nicht, dass es erledigt ist" in german[-2]
    assert "Dort heißt es: Das ist gemacht." in german[-1]
    assert "Die Lampe ist neu." in german[-1]
    assert "Bu, işin yapıldığı anlamına gelmez" in turkish[-2]
    assert "Yapıldığını söylüyorlar." in turkish[-1]
    assert "Lamba yenilendi." in turkish[-1]
    expect(page.locator(".st-key-kk-better")).to_have_count(0)  # it is not four weeks yet


def test_four_weeks_later_a_no_is_heard_by_the_office(watched) -> None:
    page, _ = watched(PHONE)
    page.goto(f"/follow?lang=de&code={OLD}")
    asked = page.locator(".st-key-kk-better")
    expect(asked).to_be_visible()
    assert all(box.bounding_box()["height"] >= 44 for box in asked.get_by_role("button").all())
    asked.get_by_role("button", name="Nein").click()
    expect(page.get_by_text("Danke für die ehrliche Antwort.")).to_be_visible()
    settled(page)
    page.get_by_label("Möchten Sie etwas dazu sagen?").fill("Es ist noch immer dunkel <b>hier</b>")
    press(page, "Worte abschicken")
    expect(page.get_by_text("Ihre Worte sind angekommen")).to_be_visible()
    assert axe(page) == []

    office, _ = watched(DESKTOP)
    log_in(office, "office")
    office.goto("/needs?lang=de")
    office.get_by_text("Weiterleitungen:").first.click()
    rows = office.locator(".kk-route-rows li").filter(has_text="Laterne old")
    expect(rows.filter(has_text="KK-")).to_contain_text("jetzt nachfragen")
    expect(rows.filter(has_not_text="KK-")).to_contain_text("sagt: nicht besser")
    office.goto("/needs?lang=de&need=need-old")
    expect(office.locator(".kk-said-no")).to_contain_text("Es ist noch immer dunkel <b>hier</b>")
    expect(office.get_by_text("0 von 1 sagen")).to_be_visible()
    expect(office.locator(".kk-route-due")).to_be_visible()
    press(office, "„Nein“ gesehen: Wir kümmern uns")
    expect(office.locator(".kk-said-no")).to_contain_text("gesehen am")


@pytest.mark.parametrize("lang", ["tr", "ar", "ls"])
def test_the_question_speaks_the_readers_language_and_can_be_changed(watched, lang) -> None:
    page, _ = watched(PHONE)
    page.goto(f"/follow?lang={lang}&code={LATER}")
    asked = page.locator(".st-key-kk-better-row button")
    expect(asked).to_have_count(3)
    for choice in (1, 0):
        asked.nth(choice).click()
        settled(page)
        expect(asked.nth(choice)).to_contain_text("✓")
    expect(page.locator(".st-key-kk-better-row button", has_text="✓")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_a_route_in_arabic_is_free_of_barriers(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    page.goto("/needs?lang=ar&need=need-later")
    expect(page.locator(".kk-route-head")).to_be_visible()
    settled(page)
    assert axe(page) == []
