"""The inbox by keyboard alone: fifty pins, none twice, none lost, and nothing done while somebody types."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import areas, pins, redactions, undo
from data.pins import Draft
from data.rules import VISITOR, Actor, PersonId, PinId, Role
from data.store import Store
from tests.browser.conftest import (
    DESKTOP,
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
from tests.pages.conftest import FOUNTAIN, Copy, settle

MANY = 50
GAS = "Im Keller riecht es nach Gas"
PRIVATE = "Bitte Frau Öztürk anrufen: 030 23125 417, wegen der Lampe"
CODE = "7Q2MX-9D4RT-0KC"
OFFICE = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")


def said(n: int) -> str:
    """Make up what the n-th pin says; its first word is what the test does with it."""
    what = {0: "Weg", 1: "Feld", 2: "Warten"}.get(n % 10, "Gut")
    return f"{what} damit, Bank Nummer {n} ist kaputt"


def waiting(store: Store) -> None:
    """Empty the inbox of the small neighbourhood and let fifty others wait."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    pins.release(store, OFFICE, [PinId("wait-1")], now=now)
    drafts = [Draft(PinId(f"many-{n}"), "problem", said(n), FOUNTAIN) for n in range(MANY - 2)]
    drafts += [Draft(PinId("gas"), "problem", GAS, FOUNTAIN)]
    drafts += [Draft(PinId("private"), "problem", PRIVATE, FOUNTAIN, code=CODE)]
    pins.add(store, VISITOR, area, drafts, now=now)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    settle(folder, waiting)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def inbox(page: Page, query: str = "lang=de") -> None:
    """Open the inbox and wait until it stands whole: a key before that is nobody's."""
    page.goto(f"/inbox?{query}")
    expect(page.locator(".kk-big")).to_be_visible()
    expect(page.locator(".st-key-kk-foot a").first).to_be_visible()
    the_map(page)  # what it says when it is drawn is heard
    settled(page)


def number(page: Page) -> str:
    """Return which pin is in turn, '' for none."""
    return page.evaluate(
        "document.querySelector('.kk-big .kk-number')?.textContent || "
        "(document.querySelector('.kk-empty') ? 'none' : '')"
    )


def press(page: Page, key: str, then: str) -> None:
    """Press one key once nothing runs, and wait until a JavaScript condition holds."""
    settled(page)
    page.keyboard.press(key)
    until(page, then)
    settled(page)


def next_one(page: Page, key: str) -> None:
    """Press a key that leads to the next pin."""
    before = number(page)
    press(
        page, key,
        "(() => { const it = document.querySelector('.kk-big .kk-number')?.textContent || "
        f"(document.querySelector('.kk-empty') ? 'none' : ''); return it && it !== '{before}'; }})()",
    )  # fmt: skip


def words_of(page: Page) -> str:
    return page.locator(".kk-big .kk-words").first.inner_text()


@pytest.mark.thorough
def test_axe_finds_nothing_in_the_inbox_and_all_that_opens(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    for lang in ("de", "ar"):
        inbox(page, f"lang={lang}")
        for key, what in (
            ("t", "tag-OER-"),
            ("s", "redact-words-"),
            ("u", "translate-"),
            ("h", "hide-insult-"),
        ):
            press(page, key, f"document.querySelector('[class*=\"st-key-{what}\"]') !== null")
            assert axe(page) == [], (lang, what)


def test_a_phone_has_no_sideways_scrolling(watched) -> None:
    page, _ = watched({**PHONE, "viewport": {"width": 320, "height": 700}})
    log_in(page, "office")
    inbox(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_links_say_how_much_waits_for_staff_alone(watched) -> None:
    page, _ = watched(DESKTOP)
    page.goto("/?lang=de")
    expect(page.get_by_role("link", name="Karte", exact=True)).to_be_visible()
    assert "(" not in page.locator(".st-key-kk-nav").inner_text()
    log_in(page, "office")
    page.goto("/inbox?lang=de")
    expect(page.get_by_role("link", name=f"Eingang ({MANY})", exact=True)).to_be_visible()


def test_no_key_does_anything_while_somebody_types(watched, folder) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    inbox(page)
    before = number(page)
    press(page, "h", "document.querySelector('[class*=\"st-key-note-\"] input') !== null")
    note = page.locator("[class*=st-key-note-] input")
    note.focus()
    page.keyboard.type("fhntzsu 123")
    page.keyboard.press("Enter")
    settled(page)
    expect(note).to_have_value("fhntzsu 123")
    assert number(page) == before
    with Copy(folder) as store:
        assert undo.last(store, OFFICE)[0].pin_ids == ("wait-1",)


def test_words_are_blacked_out_and_the_receipt_says_so(watched, folder) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    inbox(page, "lang=de&list=flagged")
    assert words_of(page) == GAS
    next_one(page, "n")
    assert words_of(page) == PRIVATE
    press(page, "s", "document.querySelector('[class*=\"st-key-redact-words-\"]') !== null")
    chosen = page.locator(
        "[class*=st-key-redact-words-] button[aria-pressed=true], "
        "[class*=st-key-redact-words-] [data-selected=true]"
    )
    assert chosen.count() >= 3  # the number was found without anybody's help
    page.get_by_role("button", name=re.compile("^Schwärzen")).last.click()
    expect(page.locator(".kk-big .kk-words").first).to_contain_text("████")
    shown = words_of(page)
    assert "23125" not in shown
    with Copy(folder) as store:
        assert redactions.of_pin(store, OFFICE, PinId("private")).original == PRIVATE
    visitor, _ = watched(PHONE)
    for lang, kindly in (
        ("de", "geschwärzt"),
        ("tr", "kararttı"),
        ("ar", "ظلّل"),
        ("ls", "verdeckt"),
    ):
        visitor.goto(f"/follow?lang={lang}&code={CODE}")
        expect(visitor.locator(".kk-way li").last).to_contain_text(kindly)
        expect(visitor.locator("body")).not_to_contain_text("23125")


def test_fifty_pins_are_worked_through_by_keyboard(watched, folder) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    inbox(page)
    assert words_of(page) == GAS  # danger first
    left, undone = set(), False
    for _turn in range(3 * MANY):
        if number(page) == "none":
            break
        words = words_of(page)
        if words.startswith("Warten") and words not in left:
            left.add(words)
            next_one(page, "n")
        elif words.startswith("Weg"):
            press(page, "h", "document.querySelector('[class*=\"st-key-hide-insult-\"]') !== null")
            next_one(page, "2")
        elif words.startswith("Feld") and not page.locator(".kk-big .kk-field-OER").count():
            press(page, "t", "document.querySelector('[class*=\"st-key-tag-OER-\"]') !== null")
            press(page, "3", "document.querySelector('.kk-big .kk-field-OER') !== null")
        else:
            next_one(page, "f")
            if not undone:  # the last one comes back, and is released once more
                undone = True
                next_one(page, "z")
                assert words_of(page) == words
                next_one(page, "f")
    assert number(page) == "none"
    assert len(left) == 5
    expect(page.locator(".kk-empty")).to_be_visible()
    with Copy(folder) as store:
        for n in range(MANY - 2):
            pin = pins.get(store, OFFICE, PinId(f"many-{n}"))
            assert pin.status == ("hidden" if said(n).startswith("Weg") else "read"), pin.words
            assert (pin.field == "OER") == said(n).startswith("Feld"), pin.words
        assert {pins.get(store, OFFICE, PinId(one)).status for one in ("gas", "private")} == {
            "read"
        }

    page.goto("/groups?lang=de")  # and on into a need, still without the mouse
    accept = page.get_by_role("button", name="Als Handlungsbedarf übernehmen")
    expect(accept).to_be_visible(timeout=60_000)
    settled(page)
    accept.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"Übernommen: Handlungsbedarf Nr. \d+"))).to_be_visible()
    with Copy(folder) as store:
        grouped = [
            n for n in range(MANY - 2) if pins.get(store, OFFICE, PinId(f"many-{n}")).need_id
        ]
    assert len(grouped) > MANY // 2
