"""The admin's page of safety: the passphrase noted once, a backup made now, and what its drill found."""

import re

from playwright.sync_api import Page, expect

from components.words import words
from tests.browser.conftest import DESKTOP, PHONE, axe, log_in, settled, until

SAY = words("de")
FITS = "document.documentElement.scrollWidth <= innerWidth"


def opened(watched, account: str, size: dict) -> Page:
    page, _ = watched(size)
    log_in(page, account)
    page.goto("/safety?lang=de")
    settled(page)
    return page


def test_an_admin_sees_how_safe_the_data_is_and_backs_up_now(watched) -> None:
    office = opened(watched, "office", DESKTOP)
    expect(office.get_by_text(SAY("gate.other_account"))).to_be_visible()
    expect(office.get_by_role("button", name=SAY("safety.now"))).to_have_count(0)

    page = opened(watched, "admin", PHONE)
    secret = page.locator(".st-key-kk-safety-secret .kk-code")
    expect(secret).to_have_text(re.compile(r"^(\w{5}-){4}\w{5}$"))
    assert axe(page) == []
    until(page, FITS)
    page.get_by_role("button", name=SAY("safety.secret.noted")).tap()
    expect(page.get_by_text(SAY("safety.secret.hidden"))).to_be_visible()

    now = page.get_by_role("button", name=SAY("safety.now"))
    now.focus()
    now.press("Enter")
    expect(page.get_by_text(SAY("safety.under_way"))).to_be_visible()
    expect(page.get_by_text(SAY("safety.now_done"))).to_be_visible(timeout=120_000)
    made, tried, checked = page.locator(".kk-safe .kk-card").all()
    for card, name in ((made, "backup"), (tried, "drill"), (checked, "check")):
        expect(card.get_by_role("heading", name=SAY(f"safety.last_{name}"))).to_be_visible()
        expect(card.locator("strong")).to_have_text(SAY("safety.well"))
    expect(page.locator(".kk-lines tbody tr").first).to_contain_text(".kiez")
    assert axe(page) == []
    until(page, FITS)

    page.reload()
    settled(page)
    expect(page.locator(".kk-safe .kk-well")).to_have_count(3)
    expect(secret).to_have_count(0)  # once noted it is shown no more
