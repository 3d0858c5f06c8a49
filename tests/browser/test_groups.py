"""Suggested groups: accept with a name, split by a shape, into a need, dismiss, undo; pins for needs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from data import areas, needs, people, pins
from data.pins import Draft
from data.rules import HOUSE, Actor, PersonId, PinId, Role
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import (
    DESKTOP,
    PASSWORD,
    TABLET,
    Server,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
    the_map,
    until,
)

FOUNTAIN, CORNER = LonLat(13.42430, 52.50206), LonLat(13.42805, 52.50120)
SCHOOL = LonLat(13.42890, 52.50045)
METRE = 1 / 67_700
DARK = (
    "Viel zu dunkel hier", "Die Laterne ist kaputt", "Burası çok karanlık",
    "Kein Licht am Weg", "المكان مظلم جدا", "No light at night",
)  # fmt: skip
LITTER = ("Überall Müll", "Müll neben der Tonne", "Çok çöp var")
MORE_LITTER = ("Schon wieder Müll", "So viel Müll hier")
LOUD = ("Nachts laute Musik", "Lärm bis drei Uhr, kein Schlaf")


def draft(name: str, words: str, at: LonLat, east: float = 0.0, field: str = "OER") -> Draft:
    place = LonLat(at.lon + east * METRE, at.lat)
    return Draft(PinId(name), "problem", words, place, field=field, released=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with three groups to suggest, and a need that fits one of them."""
    folder = tmp_path_factory.mktemp("groups")
    store, now = Store.open(folder / "kiezkarte.duckdb"), datetime.now(UTC)
    office = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
    dark = [draft(f"dark-{n}", words, FOUNTAIN, 18 * n) for n, words in enumerate(DARK)]
    old = [draft(f"litter-{n}", words, CORNER, n) for n, words in enumerate(LITTER)]
    new = [draft(f"more-{n}", words, CORNER, 20 + 5 * n) for n, words in enumerate(MORE_LITTER)]
    loud = [draft(f"loud-{n}", words, SCHOOL, n, "GB") for n, words in enumerate(LOUD)]
    every = [*dark, *old, *new, *loud]
    pins.add(store, office, areas.load("mariannenplatz"), every, now=now)
    needs.create(
        store, office, need_id=needs.NeedId("need-1"), title="Müll an der Ecke", field="OER",
        priority="now", pin_ids=[one.id for one in old], now=now,
    )  # fmt: skip
    people.add(
        store, HOUSE, person_id=PersonId("person-office"), login="office", name="Büro",
        role="office", password=PASSWORD, demo=True, now=now,
    )  # fmt: skip
    store.close()
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def opened(watched, lang: str = "de", size: dict = DESKTOP, view: str = "") -> Page:
    page, _ = watched(size)
    log_in(page, "office")
    page.goto(f"/groups?lang={lang}" + (f"&view={view}" if view else ""))
    settled(page)
    return page


def choose(page: Page, name: str) -> None:
    """Open the group whose card says this."""
    card = page.locator("[class*=st-key-kk-pick-]").filter(has_text=name)
    card.get_by_role("button").click()
    settled(page)
    expect(page.locator(".kk-chosen-card").filter(has_text=name)).to_have_count(1)
    # the form of the group before is gone
    expect(page.get_by_role("button", name="Als Handlungsbedarf übernehmen")).to_have_count(1)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Rückgängig", exact=True).click()
    expect(page.get_by_text("Rückgängig gemacht.")).to_be_visible()
    settled(page)


def cards(page: Page):
    return page.locator("[class*=st-key-kk-pick-]")


def test_a_group_says_why_it_is_one(watched) -> None:
    page = opened(watched)
    choose(page, "Licht und Dunkelheit")
    expect(page.locator(".kk-why")).to_contain_text("6 Beiträge innerhalb von 90 m")
    words = page.locator(".kk-telling")
    expect(words.filter(has_text="Türkisch")).to_contain_text("karanlık")
    expect(words.filter(has_text="Arabisch")).to_contain_text("مظلم")


def test_what_was_accepted_is_suggested_again_when_it_is_undone(watched) -> None:
    page = opened(watched)
    before = cards(page).count()
    choose(page, "Lärm")
    page.get_by_role("button", name="Als Handlungsbedarf übernehmen").click()
    expect(cards(page)).to_have_count(before - 1)
    undo(page)
    expect(cards(page)).to_have_count(before)
    page.reload()
    expect(cards(page)).to_have_count(before)


def test_a_group_goes_into_the_need_near_by_and_out_again(watched) -> None:
    page = opened(watched)
    before = cards(page).count()
    choose(page, "Müll")
    near = page.locator(".st-key-kk-near")
    expect(near).to_contain_text("Müll an der Ecke")
    expect(near).to_contain_text(re.compile(r"Etwa \d+ m entfernt"))
    near.get_by_role("button").click()
    expect(page.get_by_text("2 Beiträge sind jetzt in Handlungsbedarf Nr. 1.")).to_be_visible()
    expect(cards(page)).to_have_count(before - 1)
    undo(page)
    expect(cards(page)).to_have_count(before)


def test_a_dismissed_group_stays_away_and_can_be_taken_back(watched) -> None:
    page = opened(watched)
    before = cards(page).count()
    choose(page, "Lärm")
    page.get_by_role("button", name="Passt nicht zusammen").click()
    expect(cards(page)).to_have_count(before - 1)
    page.reload()
    settled(page)
    expect(cards(page)).to_have_count(before - 1)
    page.get_by_role("radio", name="Verworfene").click()
    expect(page.locator("[class*=st-key-kk-row-aside]")).to_contain_text("Lärm")
    page.get_by_role("button", name="Wieder vorschlagen").click()
    expect(page.get_by_text("Die Gruppe wird wieder vorgeschlagen.")).to_be_visible()
    page.get_by_role("radio", name="Gruppen").click()
    expect(cards(page)).to_have_count(before)


def test_a_pin_is_put_into_the_need_it_fits_or_is_not_proposed_again(watched) -> None:
    page = opened(watched, view="needs")
    fits = page.locator("[class*=st-key-kk-fit-]")
    expect(fits).to_have_count(2)
    expect(fits.first).to_contain_text("Gleiches Thema: Müll")
    fits.first.get_by_role("button", name="In Nr. 1 aufnehmen").click()
    expect(fits).to_have_count(1)
    undo(page)
    expect(fits).to_have_count(2)
    fits.first.get_by_role("button", name="Passt nicht").click()
    expect(fits).to_have_count(1)
    page.reload()
    settled(page)
    expect(fits).to_have_count(1)


MARKS = """() => [...frames[0].document.querySelectorAll("#map_div .leaflet-marker-icon.kk-pin")]
  .map((mark) => mark.getBoundingClientRect())
  .map((box) => [box.left + box.width / 2, box.bottom - 2]).sort((a, b) => a[0] - b[0])"""


def test_a_group_is_split_by_a_shape_and_made_one_again(watched) -> None:
    page = opened(watched)
    choose(page, "Licht und Dunkelheit")
    the_map(page)
    until(page, f"({MARKS})().length === {len(DARK)}")
    frame = page.frame_locator(".st-key-kk-place iframe").first
    frame.get_by_role("button", name="Form zeichnen").click()
    marks = page.evaluate(MARKS)
    box = page.locator(".st-key-kk-place iframe").first.bounding_box()
    assert box
    left, right = (marks[2][0] + marks[3][0]) / 2, marks[-1][0] + 25
    high, low = min(y for _, y in marks) - 60, max(y for _, y in marks) + 25
    for x, y in ((left, high), (right, high), (right, low), (left, low)):
        page.mouse.click(box["x"] + x, box["y"] + y)
    frame.get_by_role("button", name="Form schließen").click()
    expect(page.get_by_text("3 von 6 ausgewählt")).to_be_visible()
    until(page, "frames[0].document.querySelectorAll('#map_div .kk-dim').length === 3")
    before = cards(page).count()
    page.get_by_role("button", name="Gruppe teilen").click()
    expect(cards(page)).to_have_count(before + 1)
    expect(page.locator(".kk-why")).to_contain_text("3 Beiträge")
    undo(page)
    expect(cards(page)).to_have_count(before)


def test_a_tap_on_a_mark_unticks_its_pin(watched) -> None:
    page = opened(watched, size=TABLET)
    choose(page, "Lärm")
    the_map(page)
    until(page, f"({MARKS})().length === 2")
    page.frame_locator(".st-key-kk-place iframe").first.locator(".kk-pin").first.click()
    expect(page.get_by_text("1 von 2 ausgewählt")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=False).first).to_be_attached()


def test_a_group_is_accepted_under_another_name(watched) -> None:
    page = opened(watched)
    before = cards(page).count()
    choose(page, "Licht und Dunkelheit")
    page.get_by_label("Titel", exact=True).fill("Licht auf dem Weg")
    page.get_by_role("button", name="Als Handlungsbedarf übernehmen").click()
    expect(page.get_by_text(re.compile(r"Übernommen: Handlungsbedarf Nr. \d+"))).to_be_visible()
    expect(cards(page)).to_have_count(before - 1)
    page.goto("/needs?lang=de")
    expect(page.locator(".kk-need-title", has_text="Licht auf dem Weg")).to_be_visible()


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_views_are_accessible(watched, lang: str) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    for view in ("groups", "needs", "aside"):
        page.goto(f"/groups?lang={lang}&view={view}")
        settled(page)
        assert axe(page) == [], view
