"""Reading aloud with the device's own voices, easy German, and the way to the legal pages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, TABLET, log_in, settled, tap_map, the_map, until

# Voices that say nothing but write down what they are told; they come late, as real ones do
VOICES = """(() => {
  let known = [], at_work = [];
  const synth = new EventTarget();
  window.heard = []; window.cancelled = 0;
  Object.assign(synth, {
    getVoices: () => known,
    speak: (part) => { window.heard.push({ text: part.text, lang: part.lang, rate: part.rate }); at_work.push(part); },
    cancel: () => { window.cancelled += 1; at_work = []; },
  });
  window.finish = () => { const parts = at_work; at_work = []; for (const part of parts) part.onend?.(); };
  window.come = (...langs) => {
    known = langs.map(([lang, localService]) => ({ lang, localService, name: lang, voiceURI: lang, default: false }));
    synth.dispatchEvent(new Event("voiceschanged"));
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})()"""
READ = ".kk-read"


@pytest.fixture
def spoken(watched):
    def open_page(path: str, *langs: str, size: dict = TABLET, local: bool = True) -> Page:
        page, _ = watched(size)
        page.add_init_script(VOICES)
        page.goto(path)
        expect(page.locator(".st-key-kk-foot a").first).to_be_visible(timeout=30_000)
        settled(page)
        if langs:
            page.evaluate("langs => come(...langs)", [[lang, local] for lang in langs])
        return page

    return open_page


def test_without_a_voice_there_is_no_button_and_one_that_comes_late_brings_it(spoken) -> None:
    page = spoken("/about?lang=de")
    expect(page.locator("html[lang=de]")).to_be_attached()
    expect(page.locator(READ)).to_have_count(0)
    page.evaluate("come(['en-GB', true])")
    expect(page.locator(READ)).to_have_count(0)
    page.evaluate("come(['de_DE', true])")
    expect(page.locator(READ)).to_have_count(1)
    assert page.locator(READ).bounding_box()["height"] >= 44
    page.evaluate("come()")
    expect(page.locator(READ)).to_have_count(0)


def test_a_voice_that_asks_a_server_is_not_used(spoken) -> None:
    page = spoken("/about?lang=de", "de-DE", local=False)
    expect(page.locator(READ)).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "voice", "rate", "start"),
    [
        ("de", "de-DE", 1, "Vorlesen"),
        ("ls", "de-DE", 0.85, "Vorlesen"),
        ("tr", "tr-TR", 1, "Sesli oku"),
    ],
)
def test_a_page_is_read_in_its_language_and_a_second_tap_stops(
    spoken, lang, voice, rate, start
) -> None:
    page = spoken(f"/privacy?lang={lang}", "en-US", "de-DE", "tr-TR")
    button = page.locator(READ)
    expect(button).to_have_text(start)
    title = page.locator("h1").inner_text()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    heard = page.evaluate("heard")
    assert heard[0]["text"] == title
    assert {part["lang"] for part in heard} == {voice}
    assert {part["rate"] for part in heard} == {rate}
    assert start not in " ".join(part["text"] for part in heard)
    assert all(len(part["text"]) <= 320 for part in heard)
    before = page.evaluate("cancelled")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("cancelled") > before


def test_the_button_is_itself_again_when_everything_was_said(spoken) -> None:
    page = spoken("/about?lang=de", "de-DE")
    page.locator(READ).click()
    expect(page.locator(READ)).to_have_text("Stopp")
    page.evaluate("finish()")
    expect(page.locator(READ)).to_have_text("Vorlesen")


def test_nothing_is_read_on_once_the_page_is_hidden_or_left(spoken) -> None:
    page = spoken("/about?lang=de", "de-DE")
    page.locator(READ).click()
    before = page.evaluate("cancelled")
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    assert page.evaluate("cancelled") > before
    expect(page.locator(READ)).to_have_text("Vorlesen")
    said = page.evaluate("heard.length")
    page.locator(READ).click()
    assert page.evaluate("heard.length") == said
    page.evaluate("delete document.hidden")
    page.locator(READ).click()
    before = page.evaluate("cancelled")
    page.locator(".st-key-kk-nav a").first.click()
    the_map(page)
    assert page.evaluate("cancelled") > before


def test_a_card_is_read_each_part_in_its_own_language(spoken) -> None:
    page = spoken("/?view=list&lang=de&text=Çok", "de-DE", "tr-TR")
    card = page.locator(".kk-card", has=page.locator(".kk-words[lang=tr]")).first
    card.locator(READ).click()
    heard = page.evaluate("heard")
    assert {part["lang"] for part in heard} == {"de-DE", "tr-TR"}
    turkish = " ".join(part["text"].strip() for part in heard if part["lang"] == "tr-TR")
    assert turkish == card.locator(".kk-words").inner_text()


def test_the_form_and_the_thanks_are_read_and_the_code_is_spelt(spoken) -> None:
    page = spoken("/?lang=ls", "de-DE", size=PHONE)
    the_map(page)
    tap_map(page, 0.4, 0.4)
    sheet = page.locator(".st-key-kk-sheet")
    expect(sheet.locator("textarea")).to_be_visible()
    settled(page)
    sheet.locator(READ).click()
    said = " ".join(part["text"] for part in page.evaluate("heard"))
    for words in ("Ihr Beitrag", "Das ist gut hier", "Das stört mich", "Ihr Text", "keine Namen"):
        assert words in said
    sheet.locator("[role=radiogroup] input").first.check(force=True)
    sheet.locator("textarea").fill("Hier sitzen alle gern.")
    sheet.locator("[data-testid=stExpander] summary").click()
    sheet.locator("[class*=st-key-field-] button").nth(2).click()
    sheet.locator("[data-testid=stFormSubmitButton] button").click()
    code = page.locator(".kk-code").inner_text()
    page.evaluate("window.heard = []")
    sheet.locator(READ).click()
    said = " ".join(part["text"] for part in page.evaluate("heard"))
    assert " ".join(code).replace("-", ",") in said
    assert "send" not in said
    sheet.locator("[data-testid=stPageLink] a").click()
    expect(page.locator(".kk-field-OER")).to_be_visible()  # the chosen field, with its sign
    expect(page.locator(".kk-words[lang=de]")).to_have_text("Hier sitzen alle gern.")


@pytest.mark.parametrize("lang", ["de", "ar", "ls"])
def test_every_language_is_one_tap_away_in_its_own_name(watched, lang) -> None:
    page, _ = watched(TABLET)
    page.goto(f"/about?lang={lang}")
    choice = page.locator("[class*=st-key-kk-lang-] button")
    expect(choice).to_have_text(["Deutsch", "English", "Türkçe", "العربية", "Leichte Sprache"])
    until(
        page,
        "[...document.querySelectorAll('[class*=st-key-kk-lang-] button')].every((b) => b.lang)",
    )
    assert [button.get_attribute("lang") for button in choice.all()] == [
        "de",
        "en",
        "tr",
        "ar",
        "de",
    ]
    for size in (DESKTOP, TABLET, PHONE):
        page.set_viewport_size(size["viewport"])
        for box in [button.bounding_box() for button in choice.all()]:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["viewport"]["width"]
            assert min(box["width"], box["height"]) >= 43.5
    choice.nth(4).click()
    expect(page.locator("h1").first).to_have_text("Die Kiez-Karte")
    expect(page.locator("html")).to_have_attribute("lang", "de")


def test_every_page_leads_to_the_legal_pages_and_they_know_from_where(watched) -> None:
    page, _ = watched(TABLET)
    page.goto("/follow?lang=de")
    foot = page.get_by_role("navigation", name="Rechtliches")
    expect(foot.locator("a")).to_have_text(
        ["Datenschutz", "Impressum", "Barrierefreiheit", "Netiquette"]
    )
    foot.locator("a").nth(2).click()
    expect(page.locator("h1").first).to_have_text("Barrierefreiheit")
    expect(page.locator("[class*=st-key-about-] input")).to_have_value("/follow")


def test_a_report_goes_from_the_form_to_the_office_and_is_done(watched) -> None:
    page, _ = watched(PHONE)
    page.goto("/accessibility?lang=ls&about=/results")
    form = page.locator("[data-testid=stForm]")
    form.locator("button").last.click()
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("Ihr Text fehlt noch.")
    form.locator("textarea").fill("Die Schrift <b>ist</b> zu klein.")
    form.locator("input").last.fill("oma@example.org")
    form.locator("button").last.click()
    expect(page.locator("[data-testid=stAlert]")).to_contain_text("Ihr Text ist angekommen.")
    office, _ = watched(DESKTOP)
    log_in(office, "office")
    office.goto("/texts?lang=de")
    card = office.locator("[class*=st-key-kk-report-]")
    expect(card).to_contain_text("Die Schrift <b>ist</b> zu klein.")
    expect(card).to_contain_text("oma@example.org")
    expect(office.locator(".st-key-blank-phone input")).to_be_disabled()  # the admin's
    card.locator("button").click()
    expect(card).to_contain_text("Kontaktdaten gelöscht")
    expect(office.locator("body")).not_to_contain_text("oma@example.org")


def test_the_admin_fills_a_blank_and_replaces_a_page_and_takes_it_back(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "admin")
    page.goto("/texts?lang=de")
    expect(page.get_by_text("Noch 10 Angaben fehlen.")).to_be_visible()
    page.locator(".st-key-blank-phone input").fill("030 1234567")
    page.locator("[data-testid=stForm] button").last.click()
    expect(page.get_by_text("Noch 9 Angaben fehlen.")).to_be_visible()
    resident, _ = watched(PHONE)
    resident.goto("/imprint?lang=de")
    expect(resident.locator(".kk-legal")).to_contain_text("030 1234567")
    expect(resident.locator(".kk-open-blank").first).to_have_text("wird vom Büro ergänzt")
    page.goto("/imprint?lang=de")
    expect(page.locator(".kk-missing").first).to_contain_text("fehlt noch")
    page.goto("/texts?lang=de")
    page.locator("[class*=st-key-texts-page-] button").nth(1).click()
    settled(page)
    own = page.locator("[class*=st-key-own-imprint-de] textarea")
    own.fill("Unser *eigener* Text\n\nmit <b>Absatz</b>")
    own.press("Control+Enter")
    settled(page)
    page.get_by_role("button", name="Text veröffentlichen").click()
    expect(page.get_by_text("Hier steht ein eigener Text.")).to_be_visible()
    resident.reload()
    expect(resident.locator(".kk-legal p")).to_have_text(
        ["Unser *eigener* Text", "mit <b>Absatz</b>"]
    )
    page.get_by_role("button", name="Zurück zur Vorlage").click()
    page.get_by_role("button", name="Ja, Vorlage zeigen").click()
    expect(page.get_by_text("Hier steht die Vorlage.")).to_be_visible()
    resident.reload()
    expect(resident.locator(".kk-legal h2").first).to_have_text("Angaben nach § 5 DDG")


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_what_is_behind_more_is_reached_by_keyboard_and_named_when_open(watched, lang) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "admin")
    page.goto(f"/inbox?lang={lang}")
    more = page.locator(".st-key-kk-nav [data-testid=stPopoverButton]")
    more.focus()
    page.keyboard.press("Enter")
    links = page.locator(".st-key-kk-more a")
    expect(links.last).to_be_visible()
    photos = links.and_(page.locator("[href*=photos]"))
    name = photos.inner_text().split(" (")[0]  # how many wait stands at the link alone
    photos.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-kk-nav [data-testid=stPopoverButton]")).to_contain_text(name)
    page.wait_for_url("**/photos?*")
    expect(page.locator(".st-key-kk-nav a[aria-current]")).to_have_count(0)
