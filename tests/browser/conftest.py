"""A browser that sees no outside world, and what the journeys do again and again."""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    APIRequestContext,
    Browser,
    ConsoleMessage,
    FrameLocator,
    Page,
    Request,
    expect,
)
from playwright.sync_api import Error as PlaywrightError

from tests.browser.contexts import STAYS, Contexts
from tests.browser.install import found
from tests.browser.serving import PASSWORD, SESSIONS, Server, start_server, stop_server

TABLET = {"viewport": {"width": 1180, "height": 820}, "has_touch": True, "locale": "de-DE"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "de-DE"}
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "locale": "de-DE"}
# What is looked at in every size: a German tablet and an Arabic phone each time, else `make thorough`
LOOKED_AT = [
    pytest.param("de", TABLET, id="de-tablet"),
    pytest.param("ar", PHONE, id="ar-phone"),
    *(
        pytest.param(lang, size, id=f"{lang}-{name}", marks=pytest.mark.thorough)
        for lang, name, size in (
            ("de", "phone", PHONE),
            ("ar", "tablet", TABLET),
            ("de", "desktop", DESKTOP),
            ("ar", "desktop", DESKTOP),
        )
    ),
]
expect.set_options(timeout=15_000)


# Nobody outside is reached: a name leads nowhere, and what asks for one is noted by `watched`
QUIET = (
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# The same page, drawn with less work: one process for all pages of a context, no chip for graphics,
# and no time for making scripts fast that run for two seconds
FAST = ("--process-per-site", "--disable-gpu", "--js-flags=--no-opt --no-maglev")
# German and Arabic, which runs from the right, are looked at every time; what only repeats it in
# one of these is left to `make thorough`
REPEATED = {"en", "tr", "ls"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            given = item.callspec.params.values() if hasattr(item, "callspec") else ()
            if any(isinstance(one, str) and one in REPEATED for one in given):
                item.add_marker(pytest.mark.thorough)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin a second try with another server: nothing is left of what the first one did."""
    if getattr(item, "execution_count", 1) > 1:
        for name in ("server", "folder"):
            for fixture in item.session._fixturemanager.getfixturedefs(name, item) or ():
                fixture.finish(item._request)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    chromium = found()
    more = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **more, "args": [*QUIET, *FAST]}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("kiezkarte"))
    yield running
    stop_server(running)


@dataclass
class Watch:
    """What a page must not do: speak to others, complain, break a policy."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


# Chromium's remarks on features that Streamlit asks for and we do not grant: no fault of a page
HARMLESS = ("Permissions-Policy", "Permissions policy", "Unrecognized feature", "sandbox attribute")
# Streamlit finds its base path by asking below the page's own path first
BASE_SEARCH = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    kept = Contexts(browser)
    yield kept
    kept.close()


@pytest.fixture
def watched(server: Server, contexts: Contexts) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Open pages that note what they must not do; `alone` for what changes a context for good."""
    watches: list[Watch] = []
    quiet: list[Callable[[], None]] = []

    def open_page(size: dict = TABLET, *, alone: bool = False) -> tuple[Page, Watch]:
        context = contexts.lend(server.url, size, alone=alone)
        watch = Watch()
        watches.append(watch)

        def hear(call: Request) -> None:
            if not call.url.startswith((server.url, "data:", "blob:")):
                watch.foreign.append(call.url)

        context.on("request", hear)
        quiet.append(lambda: context.remove_listener("request", hear))
        page = context.new_page()
        page.on("console", lambda message: _hear(watch, message))
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        return page, watch

    yield open_page
    contexts.take_back()
    for stop in quiet:
        stop()
    for watch in watches:
        assert watch.foreign == []
        assert watch.complaints == []


def _hear(watch: Watch, message: ConsoleMessage) -> None:
    if message.type != "error" or any(known in message.text for known in HARMLESS):
        return
    if not BASE_SEARCH.search(message.location.get("url", "")):
        watch.complaints.append(f"{message.text} {message.location.get('url', '')}")


def the_map(page: Page) -> FrameLocator:
    """Wait for the map to be drawn and return its frame."""
    frame = page.frame_locator(".st-key-kk-map iframe, iframe[data-kk=map]").first
    expect(frame.locator("#map_div[data-ground=drawn]")).to_be_visible(timeout=30_000)
    return frame


# The free place of the map nearest to a share of its width and height: no pin, no button so near
# that a browser would take the finger to have meant it
FREE = """([across, down]) => {
  const map = frames[0], wide = map.innerWidth, high = map.innerHeight;
  const free = (x, y) => [-40, -20, 0, 20, 40].flatMap((dx) => [-40, -20, 0, 20, 40].map((dy) => [dx, dy])).every(([dx, dy]) =>
    !map.document.elementFromPoint(x + dx, y + dy)?.closest(".leaflet-marker-icon, .leaflet-control"));
  for (let far = 0; far < 300; far += 12)
    for (const [dx, dy] of [[0, 0], [far, 0], [-far, 0], [0, far], [0, -far], [far, far], [-far, -far]]) {
      const x = wide * across + dx, y = high * down + dy;
      if (x > 30 && y > 60 && x < wide - 30 && y < high - 30 && free(x, y)) return [x, y];
    }
  return [wide * across, high * down];
}"""


def tap_map(page: Page, across: float, down: float) -> None:
    """Tap the map by touch, at or near a share of its width and height where nothing lies."""
    settled(page)
    expect(the_map(page).locator("#map_div[data-cells]")).to_be_attached()
    box = page.locator("iframe").first.bounding_box()
    assert box
    x, y = page.evaluate(FREE, [across, down])
    page.touchscreen.tap(box["x"] + x, box["y"] + y)


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript condition holds; asked from outside, as the policy allows no eval."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


def settled(page: Page) -> None:
    """Wait until Streamlit has finished running the script."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(
        timeout=30_000
    )


def log_in(page: Page, name: str) -> None:
    """Be a demo account, which logs in once for each server, by what the form sends."""
    url = page.context.pages[0].url.removesuffix(STAYS)
    sessions = SESSIONS.setdefault(url, {})
    if name not in sessions:
        sessions[name] = _begun(page.request, name)
    cookie = {"name": "kiezkarte_session", "value": sessions[name], "url": url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def _begun(request: APIRequestContext, name: str) -> str:
    form = re.search(r'name="form" value="([^"]+)"', request.get("/auth/login").text())
    assert form
    given = {"form": form[1], "login": name, "password": PASSWORD}
    answer = request.post("/auth/login", form=given, max_redirects=0)
    assert answer.status == 303, answer.status_text
    found = re.search("kiezkarte_session=([^;]+)", answer.headers["set-cookie"])
    assert found
    return found[1]


def log_in_by_form(page: Page, name: str) -> None:
    """Log in as a person does, and wait for the page that comes then."""
    page.goto("/auth/login?lang=de")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/auth/" not in url)
    settled(page)


def axe(page: Page) -> list[str]:
    """Run axe on the page and its frames; an empty list is what we want."""
    # page.js has had its say: it sets language and direction, and what scrolls can be reached
    expect(page.locator("html[dir]")).to_be_attached()
    look = Axe()
    for frame in page.frames[1:]:  # without it there, axe waits a while and leaves the frame out
        with contextlib.suppress(PlaywrightError):  # one that has just gone
            frame.evaluate(look.axe_script)
    report = look.run(page)
    return [
        f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']][:4]}"
        for rule in report.response["violations"]
    ]
