"""How long a resident waits in Chromium: for the first map, for the form, for the thanks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import measure
from tests.browser.conftest import TABLET
from tests.browser.install import found

COUNT = 100_000
RUNS = 7
SHEET = ".st-key-kk-sheet"
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# A place of the map with nothing upon it, some way from every mark
FREE = """() => {
  const frame = document.querySelector("iframe"), box = frame.getBoundingClientRect();
  const inside = frame.contentDocument;
  const marks = [...inside.querySelectorAll(".leaflet-marker-icon, .leaflet-control")]
    .map((mark) => mark.getBoundingClientRect());
  for (let y = box.height * 0.25; y < box.height * 0.8; y += 7)
    for (let x = box.width * 0.15; x < box.width * 0.85; x += 7)
      if (document.elementFromPoint(box.left + x, box.top + y) === frame &&
          marks.every((m) => x < m.left - 4 || x > m.right + 4 || y < m.top - 4 || y > m.bottom + 4))
        return [box.left + x, box.top + y];
  return null;
}"""


def run() -> None:
    """Measure a new visitor's whole way several times: nothing cached, the server warm."""
    waits: dict[str, list[float]] = {"map": [], "form": [], "thanks": []}
    with measure.serving(COUNT) as server, _chromium() as browser:
        for number in range(RUNS + 1):
            way = _way(browser, server.url)
            if number:  # the first one warms the server
                for name, seconds in way.items():
                    waits[name].append(seconds)
    for name, figure, most in (
        ("map", "cold first map in Chromium", 3),
        ("form", "tap to form in Chromium", 0.6),
        ("thanks", "save to thanks in Chromium", 0.6),
    ):
        measure.judge(
            f"{figure}, {COUNT} pins",
            measure.median(waits[name]),
            "s, median",
            most=most,
            slowest=round(max(waits[name]), 2),
            runs=RUNS,
        )


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
        yield browser
        browser.close()


def _way(browser: Browser, url: str) -> dict[str, float]:
    """Open the map, tap it, save: seconds of each wait."""
    context = browser.new_context(**TABLET)
    try:
        page = context.new_page()
        return {"map": _map(page, url), "form": _form(page), "thanks": _thanks(page)}
    finally:
        context.close()


def _map(page: Page, url: str) -> float:
    """Wait for the first map: its ground and its clusters drawn."""
    began = time.perf_counter()
    page.goto(f"{url}/?lang=de", wait_until="commit")
    drawn = page.frame_locator("iframe").locator("#map_div[data-ground=drawn][data-pins]")
    drawn.wait_for(state="attached")
    seconds = time.perf_counter() - began
    page.locator(READY).wait_for(state="attached")
    return seconds


def _form(page: Page) -> float:
    """Wait for the form after a tap on a free place."""
    place = page.evaluate(FREE)
    assert place, "no free place on the map"
    began = time.perf_counter()
    page.touchscreen.tap(*place)
    page.locator(f"{SHEET} textarea").wait_for(state="visible")
    return time.perf_counter() - began


def _thanks(page: Page) -> float:
    """Wait for the receipt after sending a filled form."""
    page.locator(READY).wait_for(state="attached")
    page.get_by_role("radio", name="Das stört").check(force=True)
    page.locator(f"{SHEET} textarea").fill("Hier ist es abends zu dunkel.")
    began = time.perf_counter()
    page.locator("[data-testid=stFormSubmitButton] button").click()
    page.locator(".kk-code").wait_for(state="visible")
    return time.perf_counter() - began
