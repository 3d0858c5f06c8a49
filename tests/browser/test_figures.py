"""The office's figures: charts that are tables, the way from a bar to its pins, the silence map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, LOOKED_AT, TABLET, axe, log_in, settled, until


def figures(page: Page, query: str = "lang=de") -> None:
    page.goto(f"/figures?{query}")
    settled(page)
    expect(page.locator(".kk-charts, .kk-empty").first).to_be_visible()


def numbers(page: Page, chart: str, row: str) -> list[str]:
    found = page.locator(f".kk-chart-{chart} tbody tr").filter(has_text=row)
    return found.locator("td:not([aria-hidden])").all_inner_texts()


def fits_the_narrowest_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    until(
        page,
        "[...document.querySelectorAll('.kk-chart')].every(c => c.scrollWidth <= c.clientWidth + 1)",
    )


@pytest.mark.parametrize(("lang", "size"), LOOKED_AT)
def test_charts_and_silence_can_be_read_by_everybody(watched, lang, size) -> None:
    page, _ = watched(size)
    log_in(page, "office")
    figures(page, f"lang={lang}")
    expect(page.locator(".kk-chart")).not_to_have_count(0)
    assert axe(page) == []
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    fits_the_narrowest_phone(page)
    page.set_viewport_size(size["viewport"])
    figures(page, f"lang={lang}&view=silence")
    frame = page.frame_locator(".st-key-kk-silence-map iframe")
    expect(frame.locator("#map_div[data-squares]")).to_be_visible(timeout=30_000)
    expect(page.locator("[class*=st-key-kk-quiet-]").first).to_be_visible()
    assert axe(page) == []
    until(page, "document.documentElement.scrollWidth <= innerWidth")


def test_a_row_leads_to_as_many_pins_under_its_filter(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    figures(page)
    *_, every = numbers(page, "field", "Bildung")
    row = page.locator(".kk-chart-field tbody tr").filter(has_text="Bildung")
    box = row.locator("td.kk-all").bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)  # the whole row is the way, not its name alone
    page.wait_for_url(re.compile(r"/pins\?.*field=BI"))
    settled(page)
    expect(page.get_by_text(re.compile(rf"^{every} Beitr"))).to_be_visible()
    expect(page.get_by_role("button", name="Bildung", exact=True)).to_be_visible()


def test_the_filter_of_the_address_is_the_charts(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    figures(page, "lang=de&kind=idea")
    strength, problem, idea, every = numbers(page, "field", "Öffentlicher Raum")
    assert (strength, problem) == ("0", "0")
    assert idea == every != "0"
    page.get_by_role("button", name="Alle anzeigen").click()
    expect(page).not_to_have_url(re.compile("kind="))
    expect(page.locator(".kk-chart-field tbody tr").nth(2).locator("td.kk-all")).not_to_have_text(
        every
    )


def test_nothing_under_a_filter_is_said_kindly(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    for view in ("charts", "silence"):
        figures(page, f"lang=de&text=Zeppelin&view={view}")
        expect(page.locator(".kk-empty")).to_be_visible()
        expect(page.get_by_role("button", name="Alle anzeigen")).to_be_visible()


def test_a_quiet_place_of_the_list_is_shown_on_the_map(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    figures(page, "lang=de&view=silence")
    frame = page.frame_locator(".st-key-kk-silence-map iframe")
    expect(frame.locator(".kk-square").first).to_be_visible(timeout=30_000)
    first = page.locator(".st-key-kk-quiet-1 button")
    first.click()
    expect(page.locator(".st-key-kk-quiet-chosen-1")).to_be_visible()
    expect(frame.locator(".kk-square", has_text="1").first).to_be_visible()


def test_the_files_are_offered_under_the_filter(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    figures(page, "lang=de&kind=problem")
    page.get_by_role("button", name="Herunterladen").click()
    link = page.get_by_role("link", name="Beiträge als Tabelle (CSV)")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.startswith("kiezkarte-mariannenplatz-pins-")
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert ";problem;" in text
    assert ";idea;" not in text


def test_nobody_else_sees_figures(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "jury")
    page.goto("/figures?lang=de")
    settled(page)
    expect(page.locator(".kk-go")).to_be_visible()
    expect(page.locator(".kk-chart")).to_have_count(0)
