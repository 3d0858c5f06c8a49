"""The office and the jury: a pin from the inbox to a need, a project, the jury's eyes and its receipt."""

import re

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.conftest import TABLET, log_in, log_in_by_form, settled, tap_map, the_map
from tests.browser.test_residents import code_of, say

WORDS = (
    "Der Trinkbrunnen am Spielplatz ist seit Wochen kaputt.",
    "Am Spielplatz gibt der Trinkbrunnen kein Wasser mehr.",
)
OFFICE = ("inbox", "pins", "groups", "needs", "projects")


def pin_of(watched, words: str, *, across: float = 0.3, down: float = 0.85) -> str:
    page, _ = watched(TABLET)
    page.goto("/?lang=de")
    the_map(page)
    tap_map(page, across, down)
    expect(page.locator(".st-key-kk-sheet textarea")).to_be_visible()
    say(page, "Das stört", words)
    return code_of(page)


def empty_inbox(page: Page) -> None:
    """Release at once what may be, then one pin after the other with its button."""
    page.goto("/inbox?lang=de")
    waiting = page.get_by_text(re.compile(r"^\d+ Beitr\S+ warte"))
    page.get_by_text("Viele auf einmal").click()
    settled(page)
    ready = page.locator("[class*=st-key-kk-pile-] [data-testid=stPopoverButton]")
    while ready.count():
        before = waiting.first.inner_text()
        ready.first.click()
        page.locator("[class*=st-key-pile-yes-] button").click()
        expect(page.get_by_text(before, exact=True)).to_have_count(0)
        settled(page)
    release = page.locator(".st-key-kk-acts [class*=st-key-release-] button")
    for _ in range(40):
        expect(release.or_(page.locator(".kk-empty")).first).to_be_visible()
        settled(page)
        if not release.count():
            return
        before = waiting.first.inner_text()
        release.first.click()
        expect(page.get_by_text(before, exact=True)).to_have_count(0)
    raise AssertionError("the inbox does not get empty")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by keyboard; a rerun that comes in between closes it, so try again."""
    settled(page)
    box = page.get_by_role("combobox", name=label, exact=True).first
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(5):
        box.focus()
        box.press("ArrowDown")
        try:
            wanted.click(timeout=3_000)
            break
        except PlaywrightTimeout:
            continue
    expect(box).to_have_value(option)


def test_a_pin_goes_from_the_inbox_to_the_jury_and_its_receipt_tells_each_step(watched) -> None:
    codes = [pin_of(watched, words) for words in WORDS]
    page, _ = watched(TABLET)
    log_in(page, "office")
    empty_inbox(page)

    page.goto("/groups?lang=de&text=Trinkbrunnen")
    for words in WORDS:
        expect(page.locator(".kk-words", has_text=words)).to_be_visible(timeout=60_000)
    page.get_by_label("Titel", exact=True).fill("Trinkbrunnen reparieren")
    choose(page, "Handlungsfeld", "Öffentlicher Raum")
    page.get_by_role("button", name="Als Handlungsbedarf übernehmen").click()
    expect(page.get_by_text("Übernommen: Handlungsbedarf Nr.")).to_be_visible()

    page.goto("/needs?lang=de")
    card = page.locator("[class*=st-key-kk-column] [data-testid=stVerticalBlock]").filter(
        has_text="Trinkbrunnen reparieren"
    )
    card.last.get_by_role("button").click()
    expect(page.locator(".kk-words", has_text=WORDS[1])).to_be_visible()
    page.get_by_text("Ein Projekt daraus machen").click()
    page.get_by_label("Titel des Projekts").fill("Neuer Trinkbrunnen")
    page.get_by_label("Was soll geschehen, für wen, durch wen?").fill("Ein Brunnen für alle.")
    choose(page, "Fonds", "Aktionsfonds")
    page.get_by_label("Summe in Euro").fill("1.250,50")
    page.get_by_role("button", name="Projekt anlegen").click()
    expect(page.get_by_text(re.compile(r"Projekt Nr\. \d+ ist angelegt"))).to_be_visible()

    jury, _ = watched(TABLET)
    log_in(jury, "jury")
    jury.goto("/proposals?lang=de&text=Trinkbrunnen")
    jury.get_by_role("button", name=re.compile("Neuer Trinkbrunnen")).first.click()
    for words in WORDS:
        expect(jury.locator(".kk-words", has_text=words)).to_be_visible()
    expect(jury.locator("body")).to_contain_text("1.250,50")

    for code in codes:
        jury.goto(f"/follow?lang=de&code={code}")
        way = jury.locator(".kk-way li")
        expect(way).to_have_count(4)  # received, read, grouped, part of a project
        expect(way.last).to_contain_text("Neuer Trinkbrunnen")


def test_a_pin_is_hidden_with_a_reason_and_its_sender_is_told_kindly(watched) -> None:
    code = pin_of(watched, "Das hier soll niemand sehen.", across=0.2, down=0.3)
    page, _ = watched(TABLET)
    log_in(page, "office")
    page.goto("/pins?lang=de&text=niemand")
    expect(page.locator(".kk-words", has_text="niemand sehen")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Nr\. \d+ öffnen")).first.click()
    page.get_by_role("button", name="Ausblenden …").first.click()
    page.locator("[class*=st-key-hide-insult] button").click()
    expect(page.get_by_text(re.compile("ist ausgeblendet"))).to_be_visible()
    page.goto(f"/follow?lang=de&code={code}")
    expect(page.locator(".kk-way li")).to_have_count(2)
    visitor, _ = watched(TABLET)
    visitor.goto("/?lang=de&view=list&text=niemand")
    settled(visitor)
    expect(visitor.locator("body")).not_to_contain_text("niemand sehen")


def test_a_filter_link_restores_map_and_list(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    page.goto("/pins?lang=de&kind=idea&field=GB")
    expect(page.locator(".kk-card").first).to_be_visible()
    frame = the_map(page)
    listed = page.locator(".kk-card").count()
    expect(frame.locator(f"#map_div[data-pins='{listed}']")).to_be_attached()
    assert page.locator(".kk-edge-problem").count() == 0


def test_a_visitor_sees_nothing_of_a_staff_page(watched) -> None:
    page, _ = watched(TABLET)
    for name in (*OFFICE, "people", "proposals"):
        page.goto(f"/{name}?lang=de")
        link = page.locator("[data-testid=stMain] a[href*='/auth/login']").first
        expect(link, name).to_be_visible()
        settled(page)
        assert page.locator(".kk-card").count() == 0, name


def test_the_jury_sees_no_office_page(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "jury")
    for name in OFFICE:
        page.goto(f"/{name}?lang=de")
        expect(page.locator("[data-testid=stAlert]").first).to_be_visible()
        assert page.locator(".kk-card").count() == 0


def test_logging_out_ends_the_session_in_every_tab(watched) -> None:
    page, _ = watched(TABLET)
    log_in_by_form(page, "office")
    other = page.context.new_page()
    other.goto("/inbox?lang=de")
    expect(other.locator("h1")).to_have_text("Eingang")
    page.goto("/auth/logout?lang=de")
    page.click("button[type=submit]")
    other.reload()
    expect(other.locator("[data-testid=stMain] a[href*='/auth/login']").first).to_be_visible()
