"""Every screen in every language it must speak: readable, reachable, nothing cut off, nothing English."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from components.words import LANGUAGES, catalogs, words
from tests.browser.conftest import TABLET, axe, log_in, settled, tap_map, the_map

KEYS = {m.id if isinstance(m.id, str) else m.id[0] for c in catalogs("de") for m in c if m.id}
LOOKS_LIKE_A_KEY = re.compile(r"\b[a-z_]+(?:\.[A-Za-z0-9_]+)+\b")
NARROW = (390, 320)
# What Streamlit would say by itself in labels, hints and dialogs of the widgets that we use
ENGLISH = {
    *(key.removeprefix("framework.") for key in KEYS if key.startswith("framework.")),
    *("Link to heading", "Press Enter to apply", "Press Enter to submit form", "Choose date"),
    *("Clear date", "Select all", "Copy to clipboard", "streamlit_folium.st_folium", "Search"),
} - {"open"}
SPOKEN = """() => {
  const found = new Set();
  for (const part of document.querySelectorAll("body *")) {
    if (!part.checkVisibility()) continue;
    for (const name of ["aria-label", "title", "placeholder"])
      if (part.hasAttribute(name)) found.add(part.getAttribute(name));
    if (!part.childElementCount && !part.closest("style, script, [aria-hidden=true]"))
      found.add(part.textContent.trim());
  }
  return [...found];
}"""
# Buttons and links as large as a finger; what lies in a larger label or field counts as that
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, [role=radio], label:has(input)")]
  .filter((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter((part) => !part.closest("[data-testid=stTextInput], [data-testid=stSelectbox], [data-testid=stMultiSelect], .kk-unseen"))
  .map((part) => [part, part.getBoundingClientRect()])
  .filter(([part, box]) => box.width > 2 && box.bottom > 0 && box.right > 0)
  .filter(([part, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([part, box]) => `${part.tagName} ${part.textContent.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
# Text that its box cuts off, and hints that do not fit into their field; what scrolls on purpose
# (the row of pages on a phone) can be reached
CUT = """() => {
  const pen = document.createElement("canvas").getContext("2d"), found = [];
  const seen = (part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !part.closest(".kk-unseen, [aria-hidden=true], svg");
  for (const part of document.querySelectorAll("[data-testid=stApp] *, main *")) {
    if (![...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) || !seen(part)) continue;
    for (let box = part; box && box !== document.body; box = box.parentElement) {
      const look = getComputedStyle(box), inner = box.getBoundingClientRect(), text = document.createRange();
      text.selectNodeContents(part);
      const line = text.getBoundingClientRect();
      if (box.matches(".st-key-kk-nav, .st-key-kk-sheet, [data-testid=stMain], textarea, .kk-read-sign span, [role=listbox]") || inner.width < 3) break;
      if (["hidden", "clip"].includes(look.overflowX) && (line.right > inner.right + 1.5 || line.left < inner.left - 1.5)) { found.push(part.textContent.slice(0, 40)); break; }
    }
  }
  for (const field of document.querySelectorAll("input[placeholder], textarea[placeholder]")) {
    const look = getComputedStyle(field);
    if (!seen(field) || !field.placeholder || field.value || field.tagName === "TEXTAREA") continue;
    pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    if (pen.measureText(field.placeholder).width > field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight) + 1)
      found.push(`hint ${field.placeholder.slice(0, 40)}`);
  }
  return [...new Set(found)];
}"""
# By keyboard: whatever can be clicked takes the focus, by itself or by the arrows of its group
UNREACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input, textarea, [role=button], [role=tab]")]
  .filter((part) => part.checkVisibility() && !part.disabled && !part.closest("[inert], [aria-hidden=true]") && part.tabIndex < 0)
  .filter((part) => !part.closest("[role=radiogroup], [role=toolbar], [role=tablist], [role=listbox], [data-baseweb=select], [data-testid=stSelectbox], [data-testid=stMultiSelect], [data-testid=stNumberInput]")?.querySelector("[tabindex='0'], input, button"))
  .map((part) => `${part.tagName} ${part.getAttribute("aria-label") || part.textContent.slice(0, 30)}`)"""


@dataclass(frozen=True)
class Screen:
    """An address ("" is where one is already), and what is done there before one looks."""

    path: str
    reach: Callable[[Page], object] = lambda page: None


def tapped(page: Page) -> None:
    the_map(page)
    tap_map(page, 0.3, 0.35)
    expect(page.locator(".st-key-kk-sheet textarea")).to_be_visible()


def thanked(page: Page) -> None:
    page.locator(".st-key-kk-sheet [role=radiogroup] input").first.check(force=True)
    page.locator(".st-key-kk-sheet textarea").fill("Hier spielen alle zusammen.")
    page.locator("[data-testid=stFormSubmitButton] button").click()
    expect(page.locator(".kk-code")).to_be_visible()


def followed(page: Page) -> None:
    page.locator(".st-key-kk-sheet [data-testid=stPageLink] a").click()
    expect(page.locator(".kk-way li")).to_have_count(1)


def pressed(selector: str, then: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(selector).first.click()
        expect(page.locator(then).first).to_be_visible()

    return press


def grouped(page: Page) -> None:
    expect(page.locator(".kk-why")).to_be_visible(timeout=60_000)


def forwarding(page: Page) -> None:
    pressed("[class*=st-key-kk-card-] button", "[class*=st-key-way-]")(page)
    settled(page)
    pressed("[class*=st-key-way-] button", "[class*=st-key-authority-]")(page)


def planning(page: Page) -> None:
    page.locator("[class*=st-key-way-] button").nth(1).click()
    expect(page.locator("[class*=st-key-description-]").first).to_be_visible()


def fields_open(page: Page) -> None:
    page.locator(".st-key-kk-sheet [data-testid=stExpander] summary").click()
    expect(page.locator("[class*=st-key-field-] button").first).to_be_visible()


RESIDENTS = (
    Screen("/", the_map),
    Screen("", tapped),
    Screen("", fields_open),
    Screen("", thanked),
    Screen("", followed),
    Screen("/?view=list"),
    Screen("/follow?code=AAAAA-AAAAA-AAA"),
    Screen("/about"),
    Screen("/results"),
    Screen("/funded"),
    Screen("/funded?project=1"),
    Screen("/privacy"),
    Screen("/imprint"),
    Screen("/accessibility"),
    Screen("/netiquette"),
    Screen("/auth/login"),
)
FILTER = pressed("[data-testid=stPopoverButton]", "[data-testid=stPopoverBody]")
# Looked at by `make test`; the other languages by `make thorough`
ALWAYS = {("office", "ar"), ("jury", "ar"), ("admin", "de")}
STAFF = {
    "office": (
        Screen("/inbox"),
        Screen("", pressed("[class*=st-key-hide-] button", ".st-key-kk-opened-act")),
        Screen("/pins", the_map),
        Screen("", pressed("[class*=-open-] button", ".st-key-kk-opened")),
        Screen("", FILTER),
        Screen("/groups", grouped),
        Screen("/meetings"),
        Screen("/offers"),
        Screen("/partners", the_map),
        Screen("", pressed(".st-key-partner-add button", "[data-testid=stForm]")),
        Screen("/photos"),
        Screen("/texts"),
        Screen("/needs"),
        Screen("", forwarding),
        Screen("", planning),
        Screen("/projects"),
        Screen("/projects?project=17"),
        Screen("/projects?project=2&part=account"),
    ),
    "jury": (Screen("/proposals", the_map), Screen("/proposals?project=11", the_map)),
    "admin": (
        Screen("/people"),
        Screen("/texts"),
        Screen("/funds"),
        Screen("/funds?view=rules"),
        Screen("", pressed(".st-key-kk-nav [data-testid=stPopoverButton]", ".st-key-kk-more")),
    ),
}


def heard(page: Page, lang: str) -> list[str]:
    """Return what is seen and spoken, once page.js has put Streamlit's own words right."""
    for _ in range(40):
        spoken = page.evaluate(SPOKEN)
        if lang == "en" or not ENGLISH.intersection(spoken):
            break
        page.wait_for_timeout(50)
    return spoken


def faults(page: Page, screen: Screen, lang: str) -> Iterator[str]:
    page.set_viewport_size(TABLET["viewport"])
    if screen.path:
        page.goto(f"{screen.path}{'&' if '?' in screen.path else '?'}lang={lang}")
    if "/auth/" not in screen.path:
        expect(page.locator("[data-testid=stMain] h1").first).to_be_attached(timeout=30_000)
        settled(page)
        screen.reach(page)
        settled(page)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", words(lang).html_lang)
    expect(html).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    spoken = heard(page, lang)
    yield from (f"key {key}" for key in LOOKS_LIKE_A_KEY.findall(" ".join(spoken)) if key in KEYS)
    if lang != "en":
        yield from (f"English: {text}" for text in spoken if text in ENGLISH)
    yield from (f"small: {what}" for what in page.evaluate(SMALL))
    yield from (f"not by keyboard: {what}" for what in page.evaluate(UNREACHABLE))
    if lang in ("de", "ar"):  # in the others the same things stand in the same order
        yield from axe(page)
    yield from (f"cut off: {what}" for what in page.evaluate(CUT))
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 740})
        yield from (f"cut off at {width}: {what}" for what in page.evaluate(CUT))
        over = page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
        main = page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m ? m.scrollWidth - m.clientWidth : 0; }"
        )
        if over > 0 or main > 0:
            yield f"{max(over, main)} px too wide at {width}"


def every_fault(page: Page, screens: tuple[Screen, ...], lang: str) -> list[str]:
    return [
        f"{lang} {i} {screen.path}: {fault}"
        for i, screen in enumerate(screens)
        for fault in faults(page, screen, lang)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_residents_screens_are_without_fault(watched, lang) -> None:
    page, _ = watched(TABLET)
    assert every_fault(page, RESIDENTS, lang) == []


@pytest.mark.parametrize(
    ("role", "lang"),
    [
        pytest.param(role, lang, marks=[] if (role, lang) in ALWAYS else pytest.mark.thorough)
        for role in STAFF
        for lang in ("de", "ar")
    ],
)
def test_the_staff_screens_are_without_fault(watched, role, lang) -> None:
    page, _ = watched(TABLET)
    log_in(page, role)
    assert every_fault(page, STAFF[role], lang) == []


@pytest.mark.parametrize(
    ("lang", "width", "height"),
    [
        ("ar", 390, 844),
        ("de", 320, 640),
        ("de", 844, 390),
        pytest.param("de", 390, 844, marks=pytest.mark.thorough),
        pytest.param("ar", 320, 640, marks=pytest.mark.thorough),
        pytest.param("ar", 844, 390, marks=pytest.mark.thorough),
    ],
)
def test_a_phone_belongs_to_the_map(watched, lang, width, height) -> None:
    size = {**TABLET, "viewport": {"width": width, "height": height}}
    page, _ = watched(size)
    page.goto(f"/?lang={lang}")
    the_map(page)
    settled(page)
    bar, first = page.locator(".st-key-kk-nav"), page.locator(".st-key-kk-nav a").first
    reached = "(e, rtl) => rtl ? -e.getBoundingClientRect().right : e.getBoundingClientRect().left"
    assert first.evaluate(reached, lang == "ar") >= bar.evaluate(reached, lang == "ar") - 0.5
    box = page.locator(".st-key-kk-map iframe").bounding_box()
    assert box
    assert box["y"] <= 200
    assert box["height"] >= 0.6 * height
    assert box["y"] + box["height"] <= height
    tap_map(page, 0.4, 0.4)
    sheet = page.locator(".st-key-kk-sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_be_focused()
    assert sheet.get_attribute("aria-label")
    shown = sheet.bounding_box()
    assert shown
    assert shown["y"] >= 0
    assert shown["y"] + shown["height"] <= height
