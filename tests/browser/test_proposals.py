"""The jury on a tablet: the walk by keyboard, a note, two side by side; on a phone in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, TABLET, axe, log_in, settled, until

SUMS = re.compile(r"\d\s*€")


def opened(watched, size, address):
    page, _ = watched(size)
    log_in(page, "jury")
    page.goto(address)
    settled(page)
    return page


def chart(page):
    return page.frame_locator(".st-key-kk-jury-map iframe")


def test_the_walk_goes_along_the_map_by_keyboard_and_two_stand_side_by_side(watched):
    page = opened(watched, TABLET, "/proposals?lang=de")
    marks = chart(page).locator(".kk-fund")
    expect(marks.first).to_be_visible()
    sizes = {mark.evaluate("one => one.clientWidth") for mark in marks.all()}
    assert min(sizes) >= 44  # a fingertip
    assert len(sizes) >= 3  # and the sums are seen
    expect(chart(page).locator("#map_div[data-path]")).to_be_visible()
    page.get_by_role("button", name="Rundgang beginnen").press("Enter")
    expect(page.locator(".st-key-kk-jury-steps")).to_contain_text(re.compile(r"^.*1 von \d+"))
    first = page.locator("#kk-proposal").inner_text()
    page.get_by_role("button", name="Nächster").press("Enter")
    expect(page.locator(".st-key-kk-jury-steps")).to_contain_text("2 von")
    expect(page.locator("#kk-proposal")).not_to_have_text(first)
    expect(chart(page).locator(".kk-fund.kk-chosen")).to_have_count(1)
    assert axe(page) == []

    page.get_by_text("Meine Notiz", exact=True).click()
    page.get_by_role("radio", name="Eher ja").click()
    expect(page.locator(".kk-lean-yes")).to_have_count(1)  # in the list
    page.get_by_label("Notiz", exact=True).fill("Gut für die Kinder")
    page.get_by_role("button", name="Notiz speichern").click()
    expect(page.get_by_text("Gespeichert. Nur Sie sehen das.")).to_be_visible()
    page.reload()
    settled(page)
    page.get_by_text("Meine Notiz: Eher ja").click()
    expect(page.get_by_label("Notiz", exact=True)).to_have_value("Gut für die Kinder")

    choice = page.get_by_role("combobox", name="Mit einem anderen Antrag vergleichen")
    choice.press("ArrowDown")
    page.get_by_role("option").nth(1).click()
    table = page.locator(".kk-compare")
    expect(table).to_be_visible()
    expect(page.locator(".kk-compare > thead th")).to_have_count(2)
    expect(chart(page).locator(".kk-fund.kk-chosen")).to_have_count(2)
    assert all(
        SUMS.search(cell)
        for cell in page.locator(".kk-compare > tbody > tr").first.locator("td").all_inner_texts()
    )
    assert axe(page) == []


@pytest.mark.parametrize("address", ["/proposals?lang=ar", "/proposals?lang=ar&project=3&with=7"])
def test_a_phone_in_arabic_runs_from_the_right_and_nothing_is_cut_off(watched, address):
    page = opened(watched, PHONE, address)
    shown = page.locator(".kk-compare" if "with" in address else ".kk-key").last
    expect(shown).to_be_visible()
    until(page, "document.documentElement.dir === 'rtl'")
    until(page, "document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
