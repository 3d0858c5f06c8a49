"""The facilitator's desk: a meeting is planned, opened, led by its PIN, typed along by keyboard."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from data import meetings
from data.meetings import Plan, State
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.browser.conftest import (
    PHONE,
    TABLET,
    Server,
    axe,
    log_in,
    settled,
    start_server,
    stop_server,
    the_map,
    until,
)
from tests.browser.test_screens import SMALL
from tests.pages.conftest import settle

LINES = ".kk-line .kk-words"
WORDS = ".st-key-typing-words input"
SPOT = "[class*=st-key-typing-spot] input"
CARD = "[class*=st-key-typing-card] input"
LAST = ".st-key-kk-typing-last strong"
UPRIGHT = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "locale": "de-DE"}
FOCUS = "document.activeElement?.closest('[class*=st-key-{name}]') !== null"


ROOMS = 24  # one for each test, and for each that is tried again
NEXT = itertools.count()


def opened(store: Store) -> None:
    """Open meetings with nothing in them."""
    now = datetime.now(UTC)
    for n in range(ROOMS):
        one = MeetingId(f"meeting-desk{n}")
        plan = Plan("Kiezwerkstatt", date(2026, 5, 4))
        meetings.create(
            store, HOUSE, meeting_id=one, code=f"desk{n}", plan=plan, pin="2468", now=now
        )
        meetings.move(store, HOUSE, one, to=State.OPEN, now=now)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("desk")
    settle(folder, opened)
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


def planned(page: Page, title: str) -> tuple[str, str]:
    """Plan a meeting as the office, open it, and return its code and PIN."""
    page.goto("/meetings?lang=de")
    expect(page.get_by_role("heading", name="Treffen", exact=True)).to_be_visible()
    settled(page)
    field = page.get_by_label("Titel", exact=True).first
    if not field.is_visible():
        page.get_by_text("Neues Treffen", exact=True).click()
    field.fill(title)
    page.get_by_role("button", name="Treffen anlegen").press("Enter")  # it may still unfold
    told = page.get_by_text("Die PIN für die Moderation ist")
    expect(told).to_be_visible()
    found = re.search(r"\d{6}", told.inner_text())
    assert found
    page.get_by_role("button", name="Öffnen", exact=True).click()
    expect(page.get_by_text("Das Treffen läuft.")).to_be_visible()
    expect(page.locator(".kk-state-open")).to_be_visible()
    href = page.get_by_role("link", name=re.compile("^Mitschreiben")).get_attribute("href")
    code = re.search(r"m=([0-9A-Z]{8})", href or "")
    assert code
    return code[1], found[0]


@pytest.fixture
def room(watched) -> tuple[Page, str]:
    """Return the office's page and the code of a meeting that is open and empty."""
    page, _ = watched(TABLET)
    log_in(page, "office")
    return page, f"desk{next(NEXT) % ROOMS}"


def at_desk(page: Page, code: str, *, lang: str = "de", more: str = "") -> None:
    page.goto(f"/desk?m={code}&lang={lang}{more}")
    expect(page.locator(WORDS)).to_be_visible(timeout=30_000)
    settled(page)


def focus_is_in(page: Page, name: str) -> None:
    until(page, FOCUS.replace("{name}", name))


def line(page: Page, words: str):
    return page.locator("[class*=st-key-kk-line-]").filter(has_text=words)


def place(page: Page, name: str) -> None:
    page.locator(SPOT).fill(name)
    page.locator(SPOT).press("Enter")
    expect(page.locator(".st-key-kk-typing-where .kk-where")).to_be_visible()


def test_the_pin_opens_the_desk_and_a_wrong_one_does_not(watched) -> None:
    office, _ = watched(TABLET)
    log_in(office, "office")
    code, pin = planned(office, "Kiezwerkstatt am Platz")
    page, watch = watched(TABLET)
    page.goto(f"/desk?m={code}&lang=de")
    page.get_by_role("link", name="PIN eingeben").click()
    page.locator("input[type=password], input[name=pin]").first.fill(
        "000000" if pin != "000000" else "1"
    )
    page.click("button[type=submit]")
    expect(page.get_by_text("Diese PIN stimmt nicht.")).to_be_visible()
    watch.complaints.clear()  # the refusal's status is complained of in the console
    page.locator("input[type=password], input[name=pin]").first.fill(pin)
    page.click("button[type=submit]")
    expect(page.locator(WORDS)).to_be_visible(timeout=30_000)
    focus_is_in(page, "typing-words")
    page.get_by_role("link", name="Abmelden").click()
    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"/desk?m={code}&lang=de")
    expect(page.get_by_role("link", name="PIN eingeben")).to_be_visible(timeout=30_000)
    other, _ = watched(TABLET)
    other.goto("/desk?m=ZZZZZZZZ&lang=de")
    expect(other.get_by_text("Dieses Treffen gibt es nicht.")).to_be_visible()


def test_five_pins_in_a_row_by_keyboard_at_one_place(room) -> None:
    page, code = room
    at_desk(page, code)
    place(page, "feuerwehr")
    focus_is_in(page, "typing-words")
    page.keyboard.press("Alt+2")
    said = [f"Satz {n} vom Brunnen" for n in range(5)]
    for words in said:  # nobody waits for the server, and nobody types that fast
        page.keyboard.type(words, delay=15)
        page.keyboard.press("Enter")
    expect(page.locator(LINES)).to_have_text(said[::-1])
    expect(page.locator(".kk-line .kk-facts")).to_have_text(["Feuerwehrbrunnen"] * 5)
    expect(page.locator(".kk-line .kk-shape.kk-problem")).to_have_count(5)
    expect(page.locator(WORDS)).to_have_value("")
    focus_is_in(page, "typing-words")
    page.locator(SPOT).fill("naunyn adalbert")
    page.locator(SPOT).press("Enter")
    expect(page.locator(".kk-where")).to_have_text("Naunynstraße Ecke Adalbertstraße")
    focus_is_in(page, "typing-words")
    page.keyboard.type("Hier auch")
    page.keyboard.press("Enter")
    expect(page.locator(".kk-line .kk-facts").first).to_have_text(
        "Naunynstraße Ecke Adalbertstraße"
    )


def test_undo_plus_one_mending_and_the_wall(room) -> None:
    page, code = room
    at_desk(page, code)
    place(page, "feuerwehr")
    page.locator(WORDS).fill("Die Bank ist kaput")
    page.locator(WORDS).press("Enter")
    one = line(page, "Die Bank ist kaput")
    expect(one).to_be_visible()
    one.get_by_role("button", name=re.compile(r"^\+1")).click()
    expect(one.locator(".kk-more")).to_have_text("+1")
    expect(page.locator(LAST)).to_contain_text("Noch jemand")
    page.get_by_role("button", name="Rückgängig").click()
    expect(one.locator(".kk-more")).to_have_count(0)

    one.get_by_role("button", name=re.compile("^Ändern")).click()
    page.locator("[class*=st-key-mend-words] input").fill("Die Bank ist kaputt")
    page.locator("[class*=st-key-mend-words] input").press("Enter")
    expect(page.get_by_text("Das Original bleibt im Verlauf.")).to_be_visible()
    expect(page.locator(LINES)).to_have_text(["Die Bank ist kaputt"])

    one = line(page, "Die Bank ist kaputt")
    one.get_by_role("button", name=re.compile("^Von der Leinwand")).click()
    expect(one.get_by_text("nicht auf der Leinwand")).to_be_visible()
    one.get_by_role("button", name=re.compile("^Auf die Leinwand")).click()
    expect(one.get_by_text("nicht auf der Leinwand")).to_have_count(0)

    page.get_by_role("button", name="Rückgängig").click()
    expect(page.locator(LINES)).to_have_count(0)
    expect(page.locator(WORDS)).to_have_value("Die Bank ist kaputt")
    focus_is_in(page, "typing-words")
    page.keyboard.press("Enter")
    expect(page.locator(LINES)).to_have_text(["Die Bank ist kaputt"])


def test_words_without_a_place_stay_and_are_saved_once_there_is_one(room) -> None:
    page, code = room
    at_desk(page, code)
    page.locator(WORDS).fill("Noch ohne Ort")
    page.locator(WORDS).press("Enter")
    expect(page.get_by_text("Bitte einen Ort auf der Karte")).to_be_visible()
    expect(page.locator(WORDS)).to_have_value("Noch ohne Ort")
    frame = page.locator(".st-key-kk-typing-map iframe").bounding_box()
    assert frame
    the_map(page)
    page.touchscreen.tap(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    expect(page.locator(".st-key-kk-typing-where .kk-where")).to_be_visible()
    page.locator(WORDS).press("Enter")
    expect(page.locator(LINES)).to_have_text(["Noch ohne Ort"])
    expect(page.locator(WORDS)).to_have_value("")


def test_the_tally_counts_and_the_meeting_pauses_and_ends(room) -> None:
    page, code = room
    at_desk(page, code)
    people = page.get_by_label("sind da").first  # a moment long the one before stands there too
    for number in ("1", "2"):
        page.get_by_role("button", name="Eine Person mehr").click()
        expect(people).to_have_value(number)
    page.get_by_role("button", name="Eine Person weniger").click()
    expect(people).to_have_value("1")
    people.fill("34")
    people.press("Enter")
    expect(people).to_have_value("34")
    people.fill("viele")
    people.press("Enter")
    expect(page.get_by_text("Diese Anzahl ist nicht möglich.")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Die Tablets nehmen gerade nichts an.")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Beenden …").click()
    page.get_by_role("button", name="Ja, beenden").click()
    expect(page.get_by_text("Die Tablets nehmen nichts mehr an.").first).to_be_visible()
    place(page, "feuerwehr")
    page.locator(WORDS).fill("Zu spät")
    page.locator(WORDS).press("Enter")
    expect(page.get_by_text("Das Treffen ist beendet. Zu Hause")).to_be_visible()
    expect(page.locator(WORDS)).to_have_value("Zu spät")


def test_paper_cards_by_keyboard_alone(room) -> None:
    page, code = room
    at_desk(page, code, more="&card=7")
    expect(page.locator(CARD)).to_have_value("7")
    focus_is_in(page, "typing-card")
    for n, (name, key) in enumerate((("naunyn adalbert", "3"), ("feuerwehr", "p")), 1):
        page.keyboard.press("Enter")
        focus_is_in(page, "typing-spot")
        page.keyboard.type(name, delay=30)
        page.keyboard.press("Enter")
        focus_is_in(page, "kind-typing")
        page.keyboard.press(key)
        focus_is_in(page, "typing-words")
        page.keyboard.type(f"Von Karte {n}", delay=30)
        page.keyboard.press("Enter")
        expect(page.locator(LINES).first).to_have_text(f"Von Karte {n}")
        focus_is_in(page, "typing-card")
        page.keyboard.type("7")
    expect(line(page, "Von Karte 1").locator(".kk-facts")).to_contain_text("Karte 7")
    expect(line(page, "Von Karte 1").locator(".kk-idea")).to_be_visible()
    expect(line(page, "Von Karte 2").locator(".kk-problem")).to_be_visible()
    expect(page.get_by_text("Diese Kartennummer gab es schon")).to_be_visible()


def test_a_line_cut_while_saving_loses_and_doubles_nothing(watched, room) -> None:
    """The server gets what was sent or not; the desk cannot know. Both end with one pin."""
    office, code = room
    cookies = office.context.cookies()
    page, watch = watched(TABLET)
    page.context.add_cookies(cookies)
    lines: list[WebSocketRoute] = []
    cut = {"to": False}

    def route(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        lines.append(line)
        line.on_message(lambda message: None if cut["to"] else server.send(message))
        server.on_message(line.send)

    page.route_web_socket(re.compile("/_stcore/stream"), route)
    at_desk(page, code)
    place(page, "feuerwehr")
    page.locator(WORDS).fill("In die Leere gesagt")
    cut["to"] = True
    page.locator(WORDS).press("Enter")
    expect(page.locator(WORDS)).to_have_value("")
    cut["to"] = False
    lines[-1].close()
    expect(page.locator(WORDS)).to_have_value("In die Leere gesagt", timeout=30_000)
    page.locator(WORDS).press("Enter")
    expect(page.locator(LINES)).to_have_text(["In die Leere gesagt"])
    expect(page.locator(WORDS)).to_have_value("")
    watch.complaints.clear()  # a cut line is complained of in the console


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_desk_is_reachable_by_finger_keyboard_and_screen_reader(room, lang) -> None:
    page, code = room
    at_desk(page, code, lang=lang)
    place(page, "feuerwehr")
    page.locator(WORDS).fill("Zu dunkel")
    page.locator(WORDS).press("Enter")
    expect(page.locator(LINES)).to_have_count(1)
    settled(page)
    small = SMALL.replace("43.5", "47.5")
    for size in (TABLET, UPRIGHT, PHONE):
        page.set_viewport_size(size["viewport"])
        assert axe(page) == []
        assert [one for one in page.evaluate(small) if "A  " not in one] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_offices_meetings_are_reachable(room, lang) -> None:
    page, code = room
    meeting = f"meeting-{code}"
    for address in (f"/meetings?lang={lang}", f"/meetings?lang={lang}&meeting={meeting}"):
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        settled(page)
        for summary in page.locator("[data-testid=stExpander] summary").all():
            if summary.is_visible():
                summary.click()
        assert axe(page) == []
        for width in (1180, 390, 320):
            page.set_viewport_size({"width": width, "height": 820})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert page.evaluate(SMALL) == []
        page.set_viewport_size({"width": 1180, "height": 820})
