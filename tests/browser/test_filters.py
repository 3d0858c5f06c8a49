"""The office's filter: bar, chips, map and list in step; a drawn shape, a saved view, one spot, warmth."""

import re

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, TABLET, axe, log_in, settled, the_map, until

CHIPS = "[class*=st-key-kk-chips-pins] button"
NONSENSE = "kind=problem,quatsch&box=1,2,3&shape=x&support=-1&flags=nichts&since=gestern"
IN_STEP = """() => { const list = document.body.innerText.match(/(\\d+) Beitr[aä]g/);
  return frames[0].document.querySelector("#map_div").dataset.pins === (list && list[1]); }"""
STILL = "!frames[0].document.querySelector('.leaflet-zoom-anim, .leaflet-pan-anim')"
ZOOM = "frames[0].kiezkarte.state().zoom"


def open_pins(page: Page, query: str = "", lang: str = "de") -> FrameLocator:
    page.goto(f"/pins?lang={lang}&{query}")
    frame = the_map(page)
    expect(frame.locator("#map_div[data-cells]")).to_be_attached()
    settled(page)
    return frame


def corners(page: Page, *shares: tuple[float, float]) -> None:
    box = page.locator("iframe").first.bounding_box()
    assert box
    hint = page.frame_locator("iframe").first.locator(".kk-hint")
    for n, (across, down) in enumerate(shares, 1):
        page.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        expect(hint).to_contain_text(f"Ecken: {n}")


def opened(page: Page, what: str) -> None:
    settled(page)
    page.locator(f".st-key-pins-{what} button").first.click()
    expect(page.locator(f".st-key-kk-{what}-pins")).to_be_visible()


def close(page: Page, what: str) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(f".st-key-kk-{what}-pins")).to_have_count(0)


def test_bar_map_list_shape_and_saved_view_are_in_step(watched) -> None:
    page, _ = watched(TABLET)
    log_in(page, "office")
    frame = open_pins(page, NONSENSE)
    expect(page.locator(CHIPS)).to_have_text([re.compile("Problem"), "Alle anzeigen"])
    until(page, IN_STEP)

    opened(page, "filter")
    page.locator("[class*=st-key-pins-kind] button").filter(has_text="Idee").click()
    expect(page.locator(CHIPS)).to_have_count(3)
    close(page, "filter")
    until(page, IN_STEP)

    frame.locator(".kk-shape-button").click()
    corners(page, (0.25, 0.3), (0.6, 0.3), (0.6, 0.7))
    frame.locator(".kk-shape-button").click()
    page.wait_for_url(re.compile("shape=13"))
    expect(page.locator(CHIPS)).to_have_count(4)
    expect(frame.locator("#map_div[data-shape='3']")).to_be_attached()
    until(page, IN_STEP)

    opened(page, "views")
    page.get_by_label("Diese Auswahl speichern als").fill("<b>Platz</b> *1*")
    page.get_by_role("button", name="Ansicht speichern").click()
    view = page.get_by_role("button", name="<b>Platz</b> *1*")
    expect(view).to_be_visible()
    close(page, "views")
    page.get_by_role("button", name="Alle anzeigen").click()
    expect(page.locator(CHIPS)).to_have_count(0)
    expect(frame.locator("#map_div[data-shape='0']")).to_be_attached()
    until(page, IN_STEP)

    opened(page, "views")
    view.click()
    expect(page.locator(CHIPS)).to_have_count(4)
    expect(frame.locator("#map_div[data-shape='3']")).to_be_attached()
    page.get_by_role("button", name="Ändern").click()
    page.get_by_label("Name der Ansicht").fill("Rund um den Platz")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("button", name="Rund um den Platz")).to_be_visible()
    page.get_by_role("button", name="Ändern").click()
    page.get_by_role("button", name="Löschen").click()
    expect(page.get_by_role("button", name="Rund um den Platz")).to_have_count(0)
    close(page, "views")
    page.locator(CHIPS).filter(has_text="Idee").click()
    expect(page.locator(CHIPS)).to_have_count(3)
    until(page, IN_STEP)


def test_a_shape_is_drawn_by_keys_and_taken_back(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    frame = open_pins(page)
    start, hint = frame.locator(".kk-shape-button"), frame.locator(".kk-hint")
    start.focus()
    page.keyboard.press("Enter")
    for n, key in enumerate(("Tab", "ArrowRight", "ArrowDown")):
        if n:
            before = page.evaluate("JSON.stringify(frames[0].kiezkarte.state().centre)")
            page.keyboard.press(key)
            until(page, f"JSON.stringify(frames[0].kiezkarte.state().centre) !== '{before}'")
            until(page, STILL)  # a corner beside the last one would be a finger that trembled
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Enter")
        expect(hint).to_contain_text(f"Ecken: {n + 1}")
    page.keyboard.press("Backspace")
    expect(hint).to_contain_text("Ecken: 2")
    page.keyboard.press("Escape")
    expect(hint).to_be_hidden()
    assert "shape" not in page.url


def test_map_and_list_answer_each_other_and_one_spot_fans_out(watched) -> None:
    page, _ = watched(DESKTOP)
    log_in(page, "office")
    frame = open_pins(page, "text=Ballhaus")
    row = page.locator("[class*=st-key-pins-open-] button").first
    number = re.sub(r"\D", "", row.inner_text())
    row.click()
    expect(page.locator(".st-key-kk-opened .kk-number")).to_contain_text(number)
    expect(frame.locator(".kk-chosen")).to_have_count(1)
    cluster = frame.locator(".kk-cluster").first
    while page.evaluate(ZOOM) < 19:
        until(page, STILL)
        with page.expect_response(lambda answer: "/api/map/pins" in answer.url):
            cluster.press("Enter")
    until(page, STILL)
    cluster.press("Enter")
    expect(frame.locator("#map_div[data-fan]")).to_be_attached()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("frames[0].document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-kk-opened .kk-number")).to_contain_text(re.sub(r"\D", "", name))
    page.keyboard.press("Escape")
    expect(frame.locator("#map_div[data-fan]")).to_have_count(0)


def test_warmth_is_shown_without_a_rerun(watched) -> None:
    page, _ = watched(DESKTOP)
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    log_in(page, "office")
    frame = open_pins(page, "kind=problem")
    before = len(sent)
    button = frame.get_by_role("button", name="Häufung zeigen")
    button.click()
    expect(frame.locator("#map_div[data-heat=on]")).to_be_attached()
    until(page, "frames[0].document.querySelector('#map_div').dataset.warm > 0")
    expect(frame.locator(".kk-cluster")).to_have_count(0)
    expect(frame.locator(".kk-legend")).to_be_visible()
    button.click()
    expect(frame.locator(".kk-legend")).to_be_hidden()
    expect(frame.locator(".kk-cluster").first).to_be_visible()
    assert len(sent) == before


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_nothing_stands_in_anybodys_way(watched, lang) -> None:
    page, _ = watched(PHONE if lang == "ar" else TABLET)
    log_in(page, "office")
    open_pins(page, "kind=idea&climate=0&shape=13.42,52.5,13.43,52.5,13.43,52.51", lang)
    assert axe(page) == []
    for what in ("filter", "views"):
        opened(page, what)
        assert axe(page) == []
        wide = page.locator("[data-testid=stPopoverBody]").evaluate(
            "one => one.scrollWidth <= one.clientWidth + 1 && one.getBoundingClientRect().right <= innerWidth"
        )
        assert wide
        close(page, what)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
