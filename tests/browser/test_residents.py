"""A resident: from a tap to thanks, by touch and by keyboard, and what the receipt tells."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, TABLET, settled, tap_map, the_map, until

SHEET = ".st-key-kk-sheet"
# the map has come to rest: what it noted at the end of its last move is where it is
MOVED = """() => { const at = frames[0].kiezkarte.state().centre;
  const kept = JSON.parse(frames[0].sessionStorage.getItem("kiezkarte-view") || "[]");
  return kept[0] === at.lat && kept[1] === at.lng; }"""


def say(page: Page, kind: str, words: str) -> None:
    page.get_by_role("radio", name=kind).check(force=True)
    page.locator(f"{SHEET} textarea").fill(words)
    page.locator("[data-testid=stFormSubmitButton] button").click()


def code_of(page: Page) -> str:
    expect(page.locator(".kk-code")).to_be_visible()
    return page.locator(".kk-code").inner_text()


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
def test_a_tap_becomes_a_pin_with_thanks_and_a_receipt(watched, size) -> None:
    page, _ = watched(size)
    page.goto("/?lang=de")
    frame = the_map(page)
    tap_map(page, 0.4, 0.4)
    expect(frame.locator(".kk-draft")).to_be_visible()
    expect(page.locator(f"{SHEET} textarea")).to_be_visible()
    say(page, "Das stört", "Hier ist es abends zu dunkel. {{7*7}} ${7*7} <b>fett</b>")
    code = code_of(page)
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}", code)
    expect(page.locator(".kk-where")).to_be_visible()
    expect(frame.locator(".kk-waiting")).to_be_visible()

    page.goto(f"/follow?lang=de&code={code}")
    card = page.locator(".kk-card .kk-words")
    expect(card).to_have_text("Hier ist es abends zu dunkel. {{7*7}} ${7*7} <b>fett</b>")
    expect(page.locator(".kk-way li")).to_have_count(1)
    assert page.context.cookies() == []  # as the privacy notice says


def test_pan_and_zoom_cause_no_rerun_and_the_view_stays(watched) -> None:
    page, _ = watched()
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    page.goto("/?lang=de")
    frame = the_map(page)
    settled(page)
    before = len(sent)
    frame.locator(".leaflet-control-zoom-in").click()
    until(page, "frames[0].kiezkarte.state().zoom >= 17")
    until(page, MOVED)
    view = page.evaluate("JSON.stringify(frames[0].kiezkarte.state().centre)")
    assert len(sent) == before
    tap_map(page, 0.3, 0.3)
    expect(page.locator(f"{SHEET} textarea")).to_be_visible()
    assert page.evaluate("JSON.stringify(frames[0].kiezkarte.state().centre)") == view


def test_everything_can_be_said_without_the_map_by_keyboard_alone(watched) -> None:
    page, _ = watched()
    page.goto("/?lang=de")
    settled(page)
    button = page.get_by_role("button", name="Ort aus der Liste")
    button.focus()
    page.keyboard.press("Enter")
    place = page.locator(f"{SHEET} [data-testid=stTextInput] input")
    expect(place).to_be_visible()
    place.focus()
    page.keyboard.type("Manteuffel Waldemar")
    first = page.locator(f"{SHEET} [class*='st-key-spot-'] button").first
    expect(first).to_contain_text("Waldemarstraße Ecke Audre-Lorde-Straße")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kk-where")).to_contain_text("Audre-Lorde-Straße")
    settled(page)
    expect(page.locator("[class*=st-key-kind-]")).to_have_count(1)  # the form before is gone
    radio = page.get_by_role("radio", name="Das wünsche ich mir")
    radio.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Eine Bank im Schatten.")
    send = page.locator("[data-testid=stFormSubmitButton] button")
    send.focus()
    page.keyboard.press("Enter")
    assert code_of(page)


def test_a_refused_pin_keeps_its_words_and_says_why(watched) -> None:
    page, _ = watched()
    page.goto("/?lang=de")
    the_map(page)
    tap_map(page, 0.4, 0.4)
    page.locator(f"{SHEET} textarea").fill("Noch ohne Art.")
    page.locator("[data-testid=stFormSubmitButton] button").click()
    expect(page.locator(f"{SHEET} [data-testid=stAlert]")).to_contain_text("Bitte wählen")
    expect(page.locator(f"{SHEET} textarea")).to_have_value("Noch ohne Art.")
    say(page, "Das ist gut hier", "Noch ohne Art.")
    assert code_of(page)


def test_a_double_tap_on_send_is_one_pin(watched) -> None:
    page, _ = watched()
    page.goto("/?lang=de")
    the_map(page)
    tap_map(page, 0.5, 0.3)
    page.get_by_role("radio", name="Das wünsche ich mir").check(force=True)
    page.locator(f"{SHEET} textarea").fill("Doppelt getippt.")
    page.locator("[data-testid=stFormSubmitButton] button").dblclick()
    assert code_of(page)
    page.get_by_role("button", name="Fertig").click()
    page.goto("/?lang=de&view=list&text=Doppelt")
    settled(page)
    assert page.locator(".kk-card .kk-words").count() <= 1


def test_languages_switch_in_one_tap_and_arabic_runs_from_the_right(watched) -> None:
    page, _ = watched(PHONE)
    page.goto("/?lang=de")
    the_map(page)
    page.locator(".st-key-kk-lang-de").get_by_role("radio", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.locator(".st-key-kk-lang-ar").get_by_role("radio", name="Türkçe").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_role("button", name="Listeden yer seç")).to_be_visible()


def test_the_list_shows_the_same_pins_as_the_map_under_the_same_filter(watched) -> None:
    page, _ = watched()
    page.goto("/?lang=de&view=list&kind=strength")
    expect(page.locator(".kk-card").first).to_be_visible()
    listed = page.locator(".kk-card").count()
    assert listed > 0
    page.goto("/?lang=de&kind=strength")
    frame = the_map(page)
    expect(frame.locator(f"#map_div[data-pins='{listed}']")).to_be_attached()


def test_a_withdrawn_pin_loses_its_words(watched) -> None:
    page, _ = watched()
    page.goto("/?lang=de")
    the_map(page)
    tap_map(page, 0.35, 0.45)
    say(page, "Das stört", "Das nehme ich zurück.")
    code = code_of(page)
    page.goto(f"/follow?lang=de&code={code}")
    page.get_by_role("button", name="Beitrag zurückziehen").click()
    page.get_by_role("button", name="Ja, zurückziehen").click()
    expect(page.locator("[data-testid=stAlert]").first).to_contain_text("zurückgezogen")
    expect(page.locator("body")).not_to_contain_text("Das nehme ich zurück.")


def test_a_wrong_receipt_is_told_so(watched) -> None:
    page, _ = watched()
    page.goto("/follow?lang=tr&code=AAAAA-AAAAA-AAA")
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("Bu kodu tanımıyoruz")
