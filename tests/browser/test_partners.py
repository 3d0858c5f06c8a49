"""The directory of partners and what a need shows of it: by keyboard, by tap, for two people at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    DESKTOP,
    FREE,
    LOOKED_AT,
    PHONE,
    TABLET,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
    the_map,
)

NAME = "Nähwerkstatt am Brunnen"
NEED = "Drogenkonsum am Spielplatz und am Brunnen"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    """Serve a demo of its own: which strengths are near depends on what was released."""
    running = start_server(tmp_path_factory.mktemp("partners"))
    yield running
    stop_server(running)


def opened(watched, account: str = "office", size: dict = DESKTOP, path: str = "/partners?lang=de"):
    page, _ = watched(size)
    log_in(page, account)
    page.goto(path)
    settled(page)
    return page


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button by keyboard alone."""
    button = page.get_by_role("button", name=name, exact=isinstance(name, str)).first
    expect(button).to_be_enabled()
    button.focus()
    button.press("Enter")
    settled(page)


def tap(page: Page, across: float, down: float) -> None:
    """Tap a free place of the map, near a share of its width and height."""
    the_map(page)
    expect(page.frame_locator("iframe").first.locator(".leaflet-marker-icon").first).to_be_visible()
    box = page.locator("iframe").first.bounding_box()
    assert box
    x, y = page.evaluate(FREE, [across, down])
    page.touchscreen.tap(box["x"] + x, box["y"] + y)


def tick(page: Page, name: str) -> None:
    """Choose a pill by keyboard."""
    pill = page.locator("[data-testid=stForm]").get_by_role("button", name=name, exact=True)
    pill.focus()
    pill.press("Enter")


def add(page: Page, name: str) -> None:
    """Write a partner into the directory without ever touching the map."""
    press(page, "Eintragen")
    page.get_by_label(re.compile("^Wo\\?")).press_sequentially("Feuerwehrbr")
    press(page, re.compile("Feuerwehrbrunnen"))
    expect(page.locator(".kk-where")).to_contain_text("Feuerwehrbrunnen")
    page.get_by_label(re.compile("^Name der Initiative")).fill(name)
    page.locator("[data-testid=stForm]").get_by_label("Initiative", exact=True).press(" ")
    tick(page, "Gesundheit und Bewegung")
    tick(page, "Türkisch")
    page.get_by_label("Kontakt (sieht nur das Büro)").fill("030 23125000")
    press(page, "Speichern")
    expect(page.get_by_text("Gespeichert.")).to_be_visible()


def edit(page: Page, name: str) -> None:
    """Find a partner by its name and open the form."""
    page.goto("/partners?lang=de&text=" + name.split()[0])
    settled(page)
    page.locator("[class*=st-key-kk-pick-partner] button").first.click()
    page.get_by_role("button", name="Ändern", exact=True).click()
    expect(page.get_by_label(re.compile("^Name der Initiative"))).to_have_value(name)


def test_a_partner_is_added_by_keyboard_without_the_map_and_found(watched) -> None:
    page = opened(watched)
    before = page.get_by_text(re.compile(r"^\d+ Einträge$")).inner_text()
    add(page, NAME)
    expect(page.get_by_text(before, exact=True)).to_have_count(0)
    page.goto("/partners?lang=de&text=nahwerkstatt&spoken=tr&field=GB")
    expect(page.get_by_text("1 Eintrag", exact=True)).to_be_visible()
    expect(page.locator(".kk-partner").first).to_contain_text(NAME)
    expect(page.locator(".kk-contact")).to_contain_text("030 23125000")

    jury = opened(watched, "jury", PHONE, "/partners?lang=de&text=nahwerkstatt")
    expect(jury.locator(".kk-partner").first).to_contain_text(NAME)
    expect(jury.locator("body")).not_to_contain_text("23125000")
    expect(jury.get_by_role("button", name="Eintragen", exact=True)).to_have_count(0)


def test_a_tap_on_the_map_opens_the_form_there_and_what_is_missing_is_said(watched) -> None:
    page = opened(watched, size=TABLET)
    tap(page, 0.6, 0.75)
    expect(page.get_by_role("heading", name="Neu eintragen")).to_be_visible()
    expect(page.locator(".kk-where")).to_be_visible()
    page.get_by_label(re.compile("^Name der Initiative")).fill("Ohne Art")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Bitte wählen: Initiative, Einrichtung oder Raum?")).to_be_visible()
    expect(page.get_by_label(re.compile("^Name der Initiative"))).to_have_value("Ohne Art")
    page.get_by_role("button", name="Abbrechen").click()
    expect(page.get_by_role("heading", name="Neu eintragen")).to_have_count(0)


def test_who_saves_second_is_told_sees_the_change_and_loses_nothing(watched) -> None:
    one, two = opened(watched), opened(watched, "admin")
    add(one, "Kochgruppe")
    edit(one, "Kochgruppe")
    edit(two, "Kochgruppe")
    about = "Was gibt es dort, für wen?"
    one.get_by_label(about).fill("Kocht montags für alle")
    one.get_by_role("button", name="Speichern").click()
    expect(one.get_by_text("Gespeichert.")).to_be_visible()

    two.get_by_label(about).fill("Kocht jetzt freitags")
    two.get_by_role("button", name="Speichern").click()
    expect(two.get_by_text(re.compile("inzwischen jemand geändert"))).to_be_visible()
    expect(two.locator(".kk-partner-now")).to_contain_text("Kocht montags für alle")
    expect(two.get_by_label(about)).to_have_value("Kocht jetzt freitags")
    two.get_by_role("button", name="Speichern").click()
    expect(two.get_by_text("Gespeichert.")).to_be_visible()
    expect(two.locator(".st-key-kk-opened")).to_contain_text("Kocht jetzt freitags")

    two.get_by_role("button", name="Nicht mehr aktiv").click()
    expect(two.locator(".st-key-kk-opened")).to_contain_text("nicht mehr aktiv")
    two.goto("/partners?lang=de&text=Kochgruppe")
    expect(two.get_by_text("0 Einträge", exact=True)).to_be_visible()


def test_a_need_shows_who_is_near_and_the_strength_that_must_not_be_broken(watched) -> None:
    page = opened(watched, path="/needs?lang=de")
    card = page.locator("[class*=st-key-kk-card]").filter(has_text=NEED)
    card.get_by_role("button").last.click()
    page.get_by_role("tab", name="In der Nähe").click()
    near = page.locator(".kk-near li")
    expect(near.first).to_contain_text("m entfernt")
    expect(near.first).to_contain_text("aktiv im Handlungsfeld Gesundheit und Bewegung")
    offered = page.locator("[class*=st-key-kk-keep-off]")
    strength = offered.filter(has_text="Seit es die Bänke mit Tischen gibt")
    strength.get_by_role("button").click()
    held = page.locator("[class*=st-key-kk-keep-on]")
    expect(held).to_contain_text("Seit es die Bänke mit Tischen gibt")
    expect(held).to_contain_text("darf nicht kaputtgehen")

    jury = opened(watched, "jury", TABLET, "/proposals?lang=de")
    jury.locator("[class*=st-key-open-] button", has_text="Platzdialog").click()
    known = jury.locator("article", has_text="Seit es die Bänke mit Tischen gibt")
    expect(known).to_contain_text("darf nicht kaputtgehen")

    held.get_by_role("button").click()
    expect(page.locator("[class*=st-key-kk-keep-on]")).to_have_count(0)


@pytest.mark.parametrize(("lang", "size"), LOOKED_AT)
def test_the_directory_is_accessible_and_fits(watched, lang, size) -> None:
    page = opened(watched, size=size, path=f"/partners?lang={lang}")
    the_map(page)
    assert axe(page) == []
    page.locator(".st-key-partner-add button").click()
    expect(page.locator("[data-testid=stForm]")).to_be_visible()
    settled(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
