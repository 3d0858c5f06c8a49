"""A photo from the thanks to everybody's eyes, and help from a card to the office and its erasure."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from components.words import words
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    TABLET,
    axe,
    log_in,
    settled,
    the_map,
    until,
)
from tests.browser.test_residents import code_of, say

PICTURE = {"name": "zaun.jpg", "mimeType": "image/jpeg"}
PHASE = "document.querySelector('.kk-photo')?.dataset.phase"


def a_photo(size=(2400, 1800)) -> dict:
    image, out = Image.new("RGB", size, "white"), io.BytesIO()
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(out, "JPEG")
    return {**PICTURE, "buffer": out.getvalue()}


@pytest.fixture(scope="module", autouse=True)
def photos_on(server, contexts) -> None:
    context = contexts.lend(server.url, DESKTOP)
    page = context.new_page()
    log_in(page, "admin")
    page.goto("/people?lang=de")
    settled(page)
    page.locator(".st-key-people-photos [data-testid=stRadioOption]").nth(1).click()
    settled(page)
    page.locator(".st-key-photos-save button").click()
    expect(page.get_by_text("Gespeichert.", exact=True)).to_be_visible()
    contexts.take_back()


def said(page: Page, text: str, *, lang: str = "de") -> str:
    """Say something on the map and return the receipt code; the thanks stay open."""
    page.goto(f"/?lang={lang}")
    the_map(page)
    settled(page)
    page.get_by_role("button", name=words(lang)("pin_form.by_list")).click()
    page.locator(".st-key-kk-sheet [data-testid=stTextInput] input").fill("Naunyn Mariannen")
    page.locator(".st-key-kk-sheet [class*=st-key-spot-] button").first.click()
    expect(page.locator(".st-key-kk-sheet .kk-where")).to_be_visible()
    settled(page)
    say(page, words(lang)("kind.problem.say"), text)
    return code_of(page)


def choose(page: Page, file: dict) -> None:
    page.locator(".kk-photo input").last.set_input_files(file)


def find(page: Page, text: str) -> None:
    """Find a pin on the office's page of photos, leaving others for later."""
    shown = page.locator(".kk-big .kk-words")
    for _ in range(20):
        expect(shown).to_be_visible()
        settled(page)
        before = shown.inner_text()
        if text in before:
            return
        page.get_by_role("button", name="Später").click()
        expect(shown).not_to_have_text(before)
    raise AssertionError(f"no photo waits for: {text}")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    stage = page.locator(".kk-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*spots[0])
    page.mouse.down()
    page.mouse.move(*spots[1], steps=4)
    page.mouse.up()


def ready(page: Page) -> None:
    until(page, "document.querySelector('.kk-decide button')?.disabled === false")


def test_a_photo_goes_from_the_thanks_over_the_office_to_everybody(watched) -> None:
    text = "Der Zaun am Spielplatz hat ein Loch."
    page, _ = watched(PHONE)
    code = said(page, text)
    choose(page, a_photo())
    expect(page.locator(".kk-photo img")).to_be_visible()
    expect(page.locator(".kk-photo-send")).to_be_focused()
    page.locator(".kk-photo-send").click()
    expect(page.locator(".kk-photo-said")).to_have_text(words("de")("photo.sent"))

    page.goto(f"/follow?lang=de&code={code}")
    expect(page.locator(".kk-photo-said")).to_have_text(words("de")("photo.waiting"))

    office, _ = watched(TABLET)
    log_in(office, "office")
    office.goto(f"/pins?lang=de&text={'Loch'}")
    office.get_by_role("button", name=re.compile(r"Nr\. \d+ öffnen")).first.click()
    office.locator("[class*=st-key-release-] button").first.click()
    expect(office.get_by_text(re.compile(r"^Nr\. \d+ ist veröffentlicht"))).to_be_visible()
    office.goto("/photos?lang=de")
    find(office, text)
    ready(office)
    drag(office, (0.55, 0.2), (0.95, 0.8))
    expect(office.locator(".kk-part")).to_have_count(1)
    office.locator(".kk-black-tools button").first.click()  # another one, by keyboard alone
    expect(office.locator(".kk-part").last).to_be_focused()
    for key in ("ArrowLeft", "Shift+ArrowUp", "Delete"):
        office.keyboard.press(key)
    expect(office.locator(".kk-part")).to_have_count(1)
    office.locator(".kk-decide button").click()
    expect(office.get_by_text(re.compile(r"^Geprüft\. "))).to_be_visible()

    page.goto("/?lang=de&view=list&text=Loch")
    seen = page.locator(".kk-card", has_text=text).locator("img.kk-seen")
    seen.scroll_into_view_if_needed()
    until(page, "document.querySelector('img.kk-seen').naturalWidth > 0")
    assert seen.get_attribute("alt").startswith("Foto zu Beitrag ")
    raw = page.request.get(f"/{seen.get_attribute('src')}").body()
    found = Image.open(io.BytesIO(raw))
    assert found.size == (1600, 1200)
    assert max(found.getpixel((1200, 600))) < 12  # blacked out
    assert found.getpixel((300, 600))[0] > 240  # the rest is there
    page.goto(f"/follow?lang=de&code={code}")
    expect(page.locator(".kk-way li").last).to_contain_text("Ihr Foto ist geprüft")
    expect(page.locator(".kk-photo")).to_have_count(0)


def test_a_photo_that_is_not_shown_is_told_with_its_reason(watched) -> None:
    text = "Hier parken immer Autos auf dem Gehweg."
    page, _ = watched(PHONE)
    code = said(page, text)
    choose(page, a_photo((600, 600)))
    page.locator(".kk-photo-send").click()
    until(page, f"{PHASE} === 'sent'")
    office, _ = watched(TABLET)
    log_in(office, "office")
    office.goto("/photos?lang=de")
    find(office, text)
    office.locator(".st-key-kk-photo-acts [data-testid=stPopoverButton]").click()
    office.locator("[class*=st-key-refuse-personal_data] button").click()
    expect(office.get_by_text(re.compile("ist gelöscht"))).to_be_visible()
    page.goto(f"/follow?lang=de&code={code}")
    expect(page.locator(".kk-way li").last).to_contain_text("persönliche Angaben")
    expect(page.locator(".kk-photo")).to_have_count(0)


def test_what_could_not_be_sent_stays_and_is_sent_once_by_one_tap(watched) -> None:
    page, watch = watched(PHONE)
    said(page, "Der Weg ist im Winter glatt.")
    choose(page, a_photo())
    page.route("**/api/photos?*", lambda call: call.abort())
    page.locator(".kk-photo-send").click()
    expect(page.locator(".kk-photo-said")).to_have_text(words("de")("photo.offline"))
    page.unroute("**/api/photos?*")
    expect(page.locator(".kk-photo img")).to_be_visible()
    page.get_by_role("button", name="Noch einmal versuchen").click()
    until(page, f"{PHASE} === 'sent'")
    choose(page, a_photo((900, 300)))  # another one takes its place
    page.locator(".kk-photo-send").click()
    until(page, f"{PHASE} === 'sent'")
    watch.complaints.clear()  # the browser's own word about the call that was cut


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_what_is_no_photo_is_told_and_another_may_be_chosen(watched, lang) -> None:
    page, watch = watched(PHONE)
    said(page, "Zu laut.", lang=lang)
    choose(
        page, {"name": "film.jpg", "mimeType": "image/jpeg", "buffer": b"\0\0\0\x18ftypheic" * 9}
    )
    page.locator(".kk-photo-send").click()
    expect(page.locator(".kk-photo-said")).to_have_text(words(lang)("problem.photo.heic"))
    expect(page.locator(".kk-photo-pick").last).to_be_visible()
    assert axe(page) == []
    watch.complaints.clear()  # the browser's own word about the answer 422


def test_a_file_beyond_the_bound_is_told_without_being_sent(watched, tmp_path: Path) -> None:
    page, _ = watched(PHONE)
    said(page, "Zu dunkel hier.")
    large = tmp_path / "large.jpg"
    large.write_bytes(bytes(15_000_001))
    sent = []
    page.on("request", lambda call: sent.append(call.url) if "api/photos" in call.url else None)
    page.locator(".kk-photo input").last.set_input_files(large)
    expect(page.locator(".kk-photo-said")).to_contain_text("15 MB")
    assert sent == []


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_help_is_offered_read_used_and_its_contact_is_gone(watched, lang) -> None:
    say_it, phone = words(lang), "0151 2345678"
    page, _ = watched(PHONE)
    page.goto(f"/?lang={lang}&view=list")
    settled(page)
    pin = page.locator("[data-pin]").first.get_attribute("data-pin")
    page.goto(f"/?lang={lang}&pin={pin}")
    the_map(page)
    page.get_by_text(say_it("offer.title"), exact=True).click()
    page.locator("[class*=st-key-offer-hands-] label").click()
    page.locator("[class*=st-key-offer-words-] textarea").fill("<b>Ich</b> repariere Zäune")
    page.locator("[class*=st-key-offer-contact-] input").fill(phone)
    assert axe(page) == []
    page.locator("[class*=st-key-offer-send-] button").click()
    expect(page.get_by_text(say_it("offer.thanks"))).to_be_visible()
    assert axe(page) == []

    office, _ = watched(TABLET)
    log_in(office, "office")
    office.goto(f"/offers?lang={lang}")
    expect(office.locator(".kk-contact")).to_contain_text(phone)
    expect(office.locator(".kk-words", has_text="<b>Ich</b>").first).to_be_visible()
    settled(office)
    assert axe(office) == []
    office.get_by_text(say_it("offers.use"), exact=True).click()
    office.locator("[class*=st-key-offer-use-] button").click()
    expect(office.get_by_text(say_it("offers.used"))).to_be_visible()
    expect(office.locator("body")).not_to_contain_text(phone)
    page.locator("[class*=st-key-offer-back-] button").click()
    expect(page.get_by_text(say_it("problem.offer.moved_on"))).to_be_visible()


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_page_of_photos_is_without_fault(watched, lang) -> None:
    page, _ = watched(PHONE)
    said(page, f"Bild {lang}", lang=lang)
    choose(page, a_photo((600, 600)))
    assert axe(page) == []
    page.locator(".kk-photo-send").click()
    until(page, f"{PHASE} === 'sent'")
    office, _ = watched(TABLET)
    log_in(office, "office")
    office.goto(f"/photos?lang={lang}")
    ready(office)
    settled(office)
    office.locator(".kk-black-tools button").first.click()
    main = "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth; }"
    small = "() => [...document.querySelectorAll('.kk-check button:not(.kk-part)')].filter(b => b.getBoundingClientRect().height < 44).length"
    for width in (1180, 320):
        office.set_viewport_size({"width": width, "height": 820})
        assert axe(office) == []
        assert office.evaluate(main) <= 0
        assert office.evaluate(small) == 0
