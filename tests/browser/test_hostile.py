"""Hostile words in every place that shows somebody's words: they are words, and stay as they are."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from components.words import words
from data.texts import clean
from tests import hostile_kiez
from tests.browser.conftest import DESKTOP, PHONE, Server, settled, start_server, stop_server
from tests.browser.hostile_page import (
    COOKIES,
    FILES,
    FIRST,
    MARKS,
    OFFICE,
    PAPER,
    VISITS,
    Visit,
    faults,
    noted,
    words_on,
)  # fmt: skip
from tests.hostile import CHOSEN as TEXTS
from tests.hostile_kiez import CODE
from tests.hostile_said import line

EVERYTHING = clean("\n".join(TEXTS)[:1000])  # what the pin of the receipt says
STORED = {clean(text) for text in TEXTS}
TITLES = [line(text) for text in TEXTS]
WORDLESS = {"tablet", "application?step=check"}  # what may show nobody's words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    hostile_kiez.settle(folder, TEXTS)
    running = start_server(folder, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


@pytest.fixture
def opened(server: Server, watched) -> Callable[..., Page]:
    """Open a page as somebody, which notes every script that somebody's words would run."""

    def open_page(who: str, size: dict) -> Page:
        page = noted(watched(size)[0])
        page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
        if who:
            name, value = COOKIES[who]
            page.context.add_cookies([{"name": name, "value": value, "url": server.url}])
        return page

    return open_page


def go(page: Page, address: str, lang: str) -> None:
    page.goto(f"/{address}{'&' if '?' in address else '?'}lang={lang}")
    settled(page)
    expect(page.locator("html[dir]")).to_be_attached()  # which way it runs is said a moment later


def walk(page: Page, visit: Visit, lang: str) -> list[str]:
    """Go to each address of a visit and list what is wrong there."""
    wrong = []
    for address in visit.addresses:
        go(page, address, lang)
        if not address.startswith(tuple(WORDLESS)):
            shown(page)
        wrong += [f"{address} ({lang}): {fault}" for fault in faults(page)]
        if page.get_by_text(words(lang)("problem.unexpected", reference="")[:30]).count():
            wrong.append(f"{address} ({lang}): broke")
    return wrong


def shown(page: Page) -> None:
    """Wait until somebody's words are on the page."""
    for _ in range(100):
        if any(mark in words_on(page) for mark in MARKS):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no words on {page.url}")


# --- every page ---------------------------------------------------------------------


@pytest.mark.parametrize("name", VISITS)
def test_a_page_shows_words_and_nothing_more(opened, name) -> None:
    visit = VISITS[name]
    assert walk(opened(visit.who, visit.size), visit, visit.lang) == []


@pytest.mark.thorough
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("lang", ["de", "en", "tr", "ar", "ls"])
@pytest.mark.parametrize("name", VISITS)
def test_a_page_shows_words_and_nothing_more_in_any_size(opened, name, lang) -> None:
    visit = VISITS[name]
    for size in (PHONE, DESKTOP) if lang in ("de", "ar") else (PHONE,):
        assert walk(opened(visit.who, size), visit, lang) == []


@pytest.mark.parametrize("lang", ["de", pytest.param("ar", marks=pytest.mark.thorough)])
def test_the_list_has_every_text_as_it_was_written(opened, lang) -> None:
    page = opened("", PHONE)
    go(page, "?view=list", lang)
    expect(page.locator(".kk-words").first).to_be_visible()
    more = page.locator(".st-key-residents-more button")
    while more.count():
        before = page.locator(".kk-words").count()
        more.click()
        expect(page.locator(".kk-words").nth(before)).to_be_attached()
        settled(page)
    assert own_words(page) >= STORED
    assert faults(page) == []
    go(page, f"follow?code={CODE}", lang)
    expect(page.locator(".kk-words").first).to_be_visible()
    assert EVERYTHING in own_words(page)


@pytest.mark.parametrize("lang", ["ar", pytest.param("de", marks=pytest.mark.thorough)])
def test_the_jury_reads_every_text_as_it_was_written(opened, lang) -> None:
    page = opened("jury", DESKTOP)
    go(page, f"proposals?project={FIRST}", lang)
    expect(page.locator(".kk-needs strong").first).to_be_visible()
    found = one_line(page.locator(".kk-needs strong").all_text_contents())
    assert one_line(TITLES) <= found
    for text in ("W" * 1000, "a\n" * 60 + "viele Zeilen"):
        go(page, f"proposals?project={FIRST + TEXTS[::2].index(text)}", lang)
        expect(page.locator(".kk-proposal .kk-words").first).to_have_text(clean(text))
        assert faults(page) == []


def test_the_office_opens_a_pin_and_every_menu(opened) -> None:
    page, wrong = opened("admin", DESKTOP), []
    go(page, "pins", "de")
    page.locator("[class*=st-key-pins-open-] button").first.click()
    expect(page.locator(".st-key-kk-opened")).to_be_visible()
    settled(page)
    wrong += faults(page)
    for address in ("needs?need=need-4", "partners", "pins"):
        go(page, address, "de")
        shown(page)
        wrong += opening_menus(page)
    assert wrong == []


def opening_menus(page: Page) -> list[str]:
    """Open each menu of a page, one after the other, and list what is wrong in it."""
    wrong = []
    for n in range(page.locator("[data-testid=stPopoverButton]").count()):
        button = page.locator("[data-testid=stPopoverButton]").nth(n)
        if not button.is_visible():
            continue
        button.click()
        expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
        settled(page)
        wrong += [f"{page.url} menu {n}: {fault}" for fault in faults(page)]
        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    return wrong


def own_words(page: Page) -> set[str]:
    return set(page.locator(".kk-words").all_text_contents())


def one_line(texts: list[str]) -> set[str]:
    return {" ".join(text.replace("\u2060", "").split()) for text in texts}


# --- addresses ----------------------------------------------------------------------

VALUES = ("<img src=x onerror=pwned()>", "{{7*7}}", "%00%ED%A0%80", "${pwned()}", "9" * 400)
NAMES = [
    "text",
    "kind",
    "field",
    "box",
    "project",
    "pin",
    "view",
    "list",
    "need",
    "sitting",
    "entry",
    "stage",
    "state",
    "meeting",
    "m",
    "card",
    "with",
    "part",
    "step",
    "about",
    "year",
    "lead",
    "code",
    "status",
    "climate",
    "language",
    "from",
    "to",
    "sort",
]
ASKED = {"": ("", "results", "follow", "funded", "advice", "tablet"),
         "admin": ("pins", "needs", "projects", "partners", "funds")}  # fmt: skip
ASKED_MORE = {
    "": (
        "wall",
        "desk",
        "about",
        "privacy",
        "imprint",
        "accessibility",
        "netiquette",
        "application",
    ),
    "admin": tuple(one for one in OFFICE if "?" not in one),
    "jury": ("sitting", "proposals"),
}


@pytest.mark.parametrize("who", ASKED)
def test_a_hostile_address_is_a_page_that_finds_nothing(opened, who) -> None:
    page = opened(who, DESKTOP)
    assert asked(page, ASKED[who], VALUES[:2]) == []


@pytest.mark.thorough
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("who", ASKED_MORE)
def test_every_hostile_address_is_a_page_that_finds_nothing(opened, who) -> None:
    page = opened(who, PHONE)
    assert asked(page, (*ASKED.get(who, ()), *ASKED_MORE[who]), VALUES) == []


def asked(page: Page, addresses: tuple[str, ...], values: tuple[str, ...]) -> list[str]:
    """Ask for pages with one hostile value after the other in every part of the address."""
    wrong = []
    for n, address in enumerate(addresses):
        for value in values[n % 2 :: 2] if len(values) == 2 else values:
            given = value if value.startswith("%") else quote(value)
            go(page, f"{address}?{'&'.join(f'{name}={given}' for name in NAMES)}", given)
            wrong += [f"{address} {value[:20]}: {fault}" for fault in faults(page)]
            if page.get_by_text(words("de")("problem.unexpected", reference="")[:30]).count():
                wrong.append(f"{address} {value[:20]}: broke")
    return wrong


# --- paper, files and the log -------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", pytest.param("ar", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("who", PAPER)
def test_on_paper_words_are_words(opened, who, lang) -> None:
    page = opened(who, DESKTOP)
    for address in PAPER[who]:
        answer = page.goto(f"{address}&lang={lang}")
        assert answer is not None
        assert answer.status == 200, address
        assert faults(page) == [], address
        if "protocol" in address or "letter" in address:
            assert any(mark in words_on(page) for mark in MARKS), address


@pytest.mark.parametrize("lang", ["de", "ar"])
@pytest.mark.parametrize("who", FILES)
def test_files_are_made_and_their_names_are_ours(opened, who, lang) -> None:
    page = opened(who, DESKTOP)
    for address in FILES[who]:
        answer = page.request.get(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        assert answer.status == 200, address
        name = answer.headers["content-disposition"].partition("filename=")[2].strip('"')
        assert name.isascii(), name
        assert name.replace("-", "").replace(".", "").isalnum(), name
        assert "x-evil" not in answer.headers
        if "/prints/" in address:
            assert answer.body().startswith(b"%PDF-"), address


def test_the_log_says_neither_trouble_nor_words(opened, server) -> None:
    go(opened("", DESKTOP), "?view=list", "de")
    log = server.log.read_text(encoding="utf-8", errors="replace")
    for sign in ("unexpected trouble", "Traceback", "Uncaught", *MARKS):
        assert sign not in log
