"""A need on the office's page: split by a shape, merged, undone with true receipts; two staff on one."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from data import areas, needs, pins
from data.needs import NeedId
from data.pins import Draft
from data.rules import HOUSE, PinId
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import (
    DESKTOP,
    LOOKED_AT,
    PHONE,
    Server,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
    the_map,
    until,
)
from tests.pages.conftest import settle

WEST, EAST = LonLat(13.42430, 52.50206), LonLat(13.42805, 52.50120)
CODES = {"west": "7Q2MX-9D4RT-0KC", "east": "7Q2MX-9D4RT-0KD", "lamp": "7Q2MX-9D4RT-0KE"}
SAID = {"west": "Am Brunnen ist es dunkel", "east": "An der Ecke auch", "lamp": "Lampe kaputt"}
HOSTILE = "**Müll** [hier](http://evil.example) <b>x</b> {{7*7}}"


def _neighbourhood(store: Store) -> None:
    """Need `dark` with two pins in the west and two in the east, need `lamp` with one."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    at = {"west": WEST, "east": EAST, "lamp": EAST}
    drafts = [
        Draft(PinId(name), "problem", SAID[name], at[name], code=CODES[name]) for name in SAID
    ]
    drafts += [Draft(PinId(f"{n}-2"), "problem", "Hier auch", at[n]) for n in ("west", "east")]
    pins.add(store, HOUSE, area, drafts, now=now)
    pins.release(store, HOUSE, [draft.id for draft in drafts], now=now)
    for need_id, title, of in (
        ("dark", "Dunkle Orte", ["west", "west-2", "east", "east-2"]),
        ("lamp", "Eine Lampe", ["lamp"]),
        ("two", HOSTILE, []),
    ):
        some = [PinId(name) for name in of] or [PinId("pin-2")]
        needs.create(
            store, HOUSE, need_id=NeedId(need_id), title=title, field="OER", priority="soon",
            pin_ids=some, now=now,
        )  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("needs")
    settle(folder, _neighbourhood)
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def opened(watched, need: str, *, who: str = "office", lang: str = "de", size=DESKTOP) -> Page:
    page, _ = watched(size)
    log_in(page, who)
    page.goto(f"/needs?lang={lang}&need={need}")
    expect(page.locator("h1.kk-need-title")).to_be_visible()
    settled(page)
    return page


def last_step(page: Page, name: str) -> str:
    """Read on the receipt's page what was told last; its words are still the sender's."""
    page.goto(f"/follow?lang=de&code={CODES[name]}")
    expect(page.locator(".kk-words", has_text=SAID[name])).to_be_visible()
    settled(page)
    return page.locator(".kk-way li").last.inner_text()


def undo(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Rückgängig").first.click()
    expect(page.get_by_text(re.compile("^Zurückgenommen:"))).to_be_visible()
    settled(page)


MARKS = """() => [...frames[0].document.querySelectorAll("#map_div .leaflet-marker-icon.kk-pin")]
  .map((mark) => mark.getBoundingClientRect())
  .map((box) => [box.left + box.width / 2, box.bottom - 2]).sort((a, b) => a[0] - b[0])"""


def draw_round_the_east(page: Page) -> None:
    the_map(page)
    until(page, f"({MARKS})().length === 4")
    frame = page.frame_locator(".st-key-kk-place iframe").first
    frame.get_by_role("button", name="Form zeichnen").click()
    marks = page.evaluate(MARKS)
    box = page.locator(".st-key-kk-place iframe").first.bounding_box()
    assert box
    left, right = (marks[1][0] + marks[2][0]) / 2, marks[-1][0] + 25
    high, low = min(y for _, y in marks[2:]) - 60, max(y for _, y in marks[2:]) + 25
    for x, y in ((left, high), (right, high), (right, low), (left, low)):
        page.mouse.click(box["x"] + x, box["y"] + y)
    frame.get_by_role("button", name="Form schließen").click()


def test_pins_in_a_shape_are_split_off_and_undone_and_their_receipts_stay_true(watched) -> None:
    receipt, _ = watched(PHONE)
    page = opened(watched, "dark")
    assert "Dunkle Orte" in last_step(receipt, "east")
    draw_round_the_east(page)
    expect(page.get_by_text("2 Beiträge ausgewählt")).to_be_visible()
    page.get_by_role("button", name="Abtrennen").click()
    page.get_by_label("Titel", exact=True).last.fill("Dunkle Ecke")
    page.get_by_role("button", name="2 Beiträge abtrennen").click()
    expect(page.get_by_text("2 Beiträge sind jetzt ein eigener Bedarf")).to_be_visible()
    expect(page.locator("[class*=st-key-kk-row-need-]")).to_have_count(2)
    assert "Dunkle Ecke" in last_step(receipt, "east")
    assert "Dunkle Orte" in last_step(receipt, "west")
    undo(page)
    expect(page.locator("[class*=st-key-kk-row-need-]")).to_have_count(4)
    assert "Dunkle Orte" in last_step(receipt, "east")


def choose_other(page: Page, title: str) -> None:
    """Choose another need by keyboard; a rerun that comes in between closes the list."""
    box = page.get_by_role("combobox", name="Anderer Bedarf (die nächsten zuerst)").first
    for _ in range(5):
        settled(page)
        box.focus()
        box.press("ArrowDown")
        try:
            page.get_by_role("option", name=title).click(timeout=3_000)
            return
        except PlaywrightTimeout:
            continue


def test_needs_are_merged_side_by_side_and_parted_again_by_undoing(watched) -> None:
    receipt, _ = watched(PHONE)
    page = opened(watched, "lamp")
    page.get_by_text("Mit einem anderen Bedarf zusammenlegen").click()
    choose_other(page, "Dunkle Orte")
    expect(page.locator(".kk-preview")).to_have_count(2)
    expect(page.locator(".kk-preview").nth(1)).to_contain_text("Hier auch")
    page.get_by_label("Warum? (nur für das Büro, freiwillig)").fill("Dieselbe Ecke")
    page.get_by_role("button", name="aufgehen lassen").click()
    expect(page.get_by_text("Alle Beiträge sind hier.")).to_be_visible()
    expect(page.locator("h1.kk-need-title")).to_have_text("Dunkle Orte")
    expect(page.locator("[class*=st-key-kk-row-need-]")).to_have_count(5)
    assert "Dunkle Orte" in last_step(receipt, "lamp")
    page.get_by_role("tab", name="Verlauf").click()
    expect(page.get_by_text("Dieselbe Ecke").first).to_be_visible()

    page.goto("/needs?lang=de&need=lamp")
    expect(page.get_by_text("Dieser Bedarf ist in Nr.")).to_be_visible()
    undo(page)
    expect(page.locator("[class*=st-key-kk-row-need-]")).to_have_count(1)
    assert "Eine Lampe" in last_step(receipt, "lamp")


def test_the_second_of_two_staff_sees_what_the_first_one_changed_and_loses_nothing(
    watched,
) -> None:
    first, second = opened(watched, "two"), opened(watched, "two", who="admin")
    for page in (first, second):
        page.get_by_text("Angaben ändern").click()
        expect(page.get_by_label("Titel", exact=True).first).to_be_visible()
    first.get_by_label("Titel", exact=True).first.fill("Müll am Brunnen")
    first.get_by_role("button", name="Änderungen speichern").click()
    expect(first.locator("h1.kk-need-title")).to_have_text("Müll am Brunnen")

    second.get_by_text("Später", exact=True).first.click()
    second.get_by_role("button", name="Änderungen speichern").click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("hat inzwischen jemand geändert")
    expect(told).to_contain_text("**Müll** [hier](http")
    expect(told).to_contain_text("<b>x</b> {{7*7}}")
    expect(told).to_contain_text("Müll am Brunnen")
    expect(told.locator("b, a")).to_have_count(0)
    expect(second.get_by_role("radio", name="Später").first).to_be_checked()
    second.get_by_role("button", name="Änderungen speichern").click()
    expect(second.get_by_text("Gespeichert.")).to_be_visible()
    expect(second.locator("h1.kk-need-title")).to_have_text("Müll am Brunnen")
    expect(second.locator(".kk-need-facts")).to_contain_text("Später")


def test_notes_and_tasks_are_the_offices_own(watched) -> None:
    page = opened(watched, "two")
    page.get_by_role("tab", name="Notizen").click()
    page.get_by_label("Neue Aufgabe").fill(f"Anrufen {HOSTILE}")
    page.get_by_role("button", name="Auf die Liste setzen").click()
    task = page.get_by_role("checkbox", name="Anrufen")
    expect(task).not_to_be_checked()
    page.locator("[class*=st-key-kk-task-] label").first.click()
    expect(task).to_be_checked()
    page.get_by_label("Neue Notiz").fill(HOSTILE)
    page.get_by_role("button", name="Notiz speichern").click()
    expect(page.locator(".kk-note", has_text=HOSTILE)).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_role("tab", name="Notizen").click()
    expect(task).to_be_checked()
    expect(page.locator(".kk-note", has_text=HOSTILE)).to_be_visible()


def test_a_need_is_closed_with_a_sentence_that_its_sender_reads_and_opened_again(watched) -> None:
    receipt, _ = watched(PHONE)
    page = opened(watched, "lamp")
    page.get_by_text("Abschließen", exact=True).click()
    page.get_by_text("Es ist nicht umsetzbar").click()
    page.get_by_label("Öffentliche Antwort an alle").fill("Die Lampe gehört niemandem.")
    page.get_by_role("button", name="Abschließen und Satz veröffentlichen").click()
    expect(page.get_by_text("Der Satz steht jetzt bei einem Beitrag.")).to_be_visible()
    assert "Die Lampe gehört niemandem." in last_step(receipt, "lamp")
    settled(page)
    page.get_by_text("Wieder öffnen", exact=True).click()
    page.get_by_label("Warum geht es weiter?").fill("Doch: dem Bezirk.")
    page.get_by_role("button", name="Wieder öffnen und Grund veröffentlichen").click()
    expect(page.get_by_text("Der Grund steht jetzt bei einem Beitrag.")).to_be_visible()
    assert "Doch: dem Bezirk." in last_step(receipt, "lamp")


@pytest.mark.parametrize(("lang", "size"), LOOKED_AT)
def test_a_need_and_the_board_are_for_everybody(watched, lang: str, size: dict) -> None:
    page = opened(watched, "dark", lang=lang, size=size)
    for tab in range(5):
        page.get_by_role("tab").nth(tab).click()
        settled(page)
        assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"/needs?lang={lang}")
    expect(page.locator(".kk-need").first).to_be_visible()
    settled(page)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
