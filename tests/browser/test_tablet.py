"""The tablet of a meeting: whole journeys, dropouts of the Wi-Fi, and what is left for the next person."""

import contextlib
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import meetings, pins, rounds
from data.filters import Filter
from data.meetings import Plan, Round, State
from data.rounds import GroupId
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.browser.conftest import (
    PHONE,
    TABLET,
    Server,
    axe,
    start_server,
    stop_server,
    until,
)
from tests.browser.serving import free_port
from tests.pages.conftest import Copy, settle

PORTRAIT = {**TABLET, "viewport": {"width": 820, "height": 1180}}
WORDS = "Abends ist es am Brunnen zu dunkel."
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{3}")
LANGUAGES = ("de", "en", "tr", "ar", "ls")
SMALL = """() => [...document.querySelectorAll("#kk-tablet :is(button, a[href], input, textarea, label.photo)")]
  .filter((part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest("[inert]") && !part.matches(".kk-unseen"))
  .map((part) => [part, part.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
  .map(([part, box]) => `${part.className} ${part.textContent.slice(0, 20)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
WIDE = """() => Math.max(0, ...[document.scrollingElement, ...document.querySelectorAll("#kk-tablet .screen, #kk-tablet .layer")]
  .map((part) => part.scrollWidth - part.clientWidth))"""
RESTS = """(() => {
  const { lng, lat } = frames[0].kiezkarte.state().centre, before = window.seen;
  return before === (window.seen = `${lng},${lat}`);
})()"""
LEFT = """() => JSON.stringify([
  document.documentElement.outerHTML.replace(/<script[^]*?<\\/script>/g, ""),
  [...document.querySelectorAll("input, textarea")].map((field) => field.value),
  location.href, history.state, { ...sessionStorage }, { ...localStorage }, document.cookie,
])"""


def planned(store: Store) -> None:
    now = datetime.now(UTC)

    def plan(code: str, *states: State, **more) -> MeetingId:
        meeting_id = MeetingId(f"meeting-{code}")
        settings = Plan(
            **{
                "title": "Kiezwerkstatt",
                "held_on": date(2026, 5, 4),
                "question": "Was fehlt rund um den Platz?",
                "decides": "Der Quartiersrat",
                "changes": "Licht, Bänke und Wege",
                "answer_on": date(2026, 9, 1),
                **more,
            }
        )
        meetings.create(
            store, HOUSE, meeting_id=meeting_id, code=code, plan=settings, pin="2468", now=now
        )
        for state in states:
            meetings.move(store, HOUSE, meeting_id, to=state, now=now)
        return meeting_id

    plan("room", State.OPEN)
    plan("photos", State.OPEN, photos=True, languages=("de",))
    plan("children", State.OPEN, children=True)
    plan("planned", languages=("de", "ar"))
    plan("paused", State.OPEN, State.PAUSED)
    plan("closed", State.OPEN, State.CLOSED)
    dots = plan("dots", State.OPEN, rounds=(Round.COLLECT, Round.DOTS), dots=4, dots_stack=False)
    for i, title in enumerate(("Licht am Brunnen", "مكان للعب", "<b>Bänke</b>", "Wege", "Bäume")):
        rounds.add_group(store, HOUSE, dots, group_id=GroupId(f"g{i}"), title=title, now=now)
    meetings.go_to_round(store, HOUSE, dots, to=Round.DOTS, now=now)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tablet")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    settle(folder, planned)
    running = start_server(folder, filled=True)
    yield running
    stop_server(running)


@pytest.fixture
def said(folder: Path) -> Callable[[str], list[pins.Pin]]:
    """Return the pins whose words begin so."""

    def listed(begin: str) -> list[pins.Pin]:
        with Copy(folder) as store:
            found = pins.listing(store, HOUSE, Filter(), limit=500)
        return [pin for pin in found if pin.words.startswith(begin)]

    return listed


def at(page: Page, code: str = "room", *, lang: str = "de") -> Page:
    """Open a tablet and wait for its map."""
    page.goto(f"/tablet?m={code}&lang={lang}")
    expect(page.locator("#kk-tablet h1")).to_be_attached(timeout=30_000)
    expect(
        page.frame_locator(".st-key-kk-tablet-map iframe").locator("#map_div[data-ground=drawn]")
    ).to_be_attached(timeout=30_000)
    return page


def step(page: Page, name: str) -> None:
    expect(page.locator(f"#kk-tablet[data-step={name}]")).to_be_attached()


def speak(page: Page, lang: str) -> None:
    page.locator(".tongue").nth(LANGUAGES.index(lang)).tap()
    step(page, "map")
    expect(page.locator(".here")).to_be_enabled()


def to_words(page: Page, *, lang: str = "de", kind: str = "problem") -> None:
    speak(page, lang)
    page.locator(".here").tap()
    page.locator(f".kind.{kind}").tap()
    expect(page.locator("#kk-said")).to_be_focused()


def send(page: Page, words: str) -> None:
    page.locator("#kk-said").fill(words)
    page.locator("footer .main").tap()
    step(page, "thanks")


def faults(page: Page) -> list[str]:
    found = [f"small: {what}" for what in page.evaluate(SMALL)]
    return found + [f"{n} px too wide" for n in [page.evaluate(WIDE)] if n > 0]


# --- whole journeys ---------------------------------------------------------


@pytest.mark.parametrize(("lang", "size"), [("de", TABLET), ("ar", PORTRAIT), ("ls", PHONE)])
def test_a_person_is_through_by_touch(watched, said, lang, size) -> None:
    page, _ = watched(size)
    words = f"{lang}: {WORDS}"
    at(page)
    assert faults(page) == []
    for told in ("Was fehlt rund um den Platz?", "Der Quartiersrat", "Licht, Bänke und Wege"):
        expect(page.locator("#kk-tablet .screen")).to_contain_text(told)
    speak(page, lang)
    html = page.locator("html")
    expect(html).to_have_attribute("lang", "de" if lang == "ls" else lang)
    expect(html).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    expect(page.locator("#kk-heading")).to_be_focused()
    assert faults(page) == []
    expect(page.locator(".panel .where bdi")).not_to_be_empty()
    page.locator(".here").tap()
    assert faults(page) == []
    page.locator(".kind.problem").tap()
    page.locator(".field").nth(2).tap()
    page.locator("#kk-said").fill(words)
    assert faults(page) == []
    page.locator("footer .main").tap()
    step(page, "thanks")
    expect(page.locator(".qr")).to_be_visible()
    expect(page.locator("#kk-tablet .code")).to_have_text(CODE)
    assert faults(page) == []
    page.locator(".next").tap()
    step(page, "start")
    expect(html).to_have_attribute("lang", "de")
    (pin,) = said(words)
    assert (pin.kind, pin.field, pin.source, pin.meeting_id) == (
        "problem",
        "OER",
        "tablet",
        "meeting-room",
    )
    assert pin.lang == ("ar" if lang == "ar" else "de") or pin.lang == "de"


def test_the_place_under_the_cross_is_the_pins(watched, said) -> None:
    page, _ = watched(TABLET)
    at(page)
    speak(page, "de")
    box = page.locator(".st-key-kk-tablet-map iframe").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 60, steps=6)
    page.mouse.up()
    until(page, RESTS)
    centre = page.evaluate("(({lng, lat}) => [lng, lat])(frames[0].kiezkarte.state().centre)")
    page.set_viewport_size(PORTRAIT["viewport"])  # the tablet is turned round
    until(page, "frames[0].innerHeight > 600")
    page.locator(".here").tap()
    page.locator(".kind.idea").tap()
    send(page, "Genau hier")
    expect(page.locator(".qr")).to_be_visible()
    (pin,) = said("Genau hier")
    assert pin.at == pytest.approx(centre, abs=5e-5)


def test_a_person_is_through_by_keyboard_without_the_map(watched, said) -> None:
    page, _ = watched(TABLET)
    at(page)

    def press(name: str | re.Pattern) -> None:
        button = page.get_by_role("button", name=name).first
        for _ in range(30):
            if button.evaluate("(one) => one === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")

    press(re.compile("^Deutsch"))
    press("Ort aus der Liste")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("NAUNYNSTR maria")
    press("Naunynstraße Ecke Mariannenstraße")
    press(re.compile("^Das stört"))
    expect(page.get_by_role("textbox", name="Was möchten Sie sagen?")).to_be_focused()
    page.keyboard.type("Mit der Tastatur")
    press("Abschicken")
    expect(page.locator(".qr")).to_be_visible()
    press("Nächste Person")
    step(page, "start")
    (pin,) = said("Mit der Tastatur")
    assert str(pin.place) == "Naunynstraße Ecke Mariannenstraße"


def test_the_list_knows_accents_and_turkish_signs(watched) -> None:
    page, _ = watched(TABLET)
    at(page)
    speak(page, "tr")
    page.locator(".panel .quiet").tap()
    for typed, first in {
        "kopenicker adalb": "Köpenicker Straße Ecke Adalbertstraße",
        "KOEPENICKER ADALBERT": "Köpenicker Straße Ecke Adalbertstraße",
        "MARIANNENPLATZ": "Mariannenplatz",
        "marıannenplatz": "Mariannenplatz",
    }.items():
        page.locator("#kk-spot").fill(typed)
        expect(page.locator(".spots strong").first).to_contain_text(first.split(" Ecke")[0])
    page.locator("#kk-spot").fill("Atlantis")
    expect(page.locator(".spots [role=status]")).to_be_visible()


def test_children_tap_the_map_and_a_picture(watched, folder) -> None:
    page, _ = watched(TABLET)
    at(page, "children")
    step(page, "map")
    assert faults(page) == []
    assert axe(page) == []
    page.touchscreen.tap(500, 300)
    expect(page.locator(".kind")).to_have_count(2)
    assert axe(page) == []
    assert faults(page) == []
    page.locator(".kind.strength").tap()
    until(page, "!localStorage.getItem('kiezkarte-unsent')")
    page.locator(".next").tap()
    step(page, "map")
    with Copy(folder) as store:
        (pin,) = [
            p for p in pins.listing(store, HOUSE, Filter(), limit=500) if p.source == "children"
        ]
    assert (pin.words, pin.kind, pin.meeting_id) == ("", "strength", "meeting-children")


def test_dots_are_given_under_the_announced_rule(watched, folder) -> None:
    page, _ = watched(PORTRAIT)
    at(page, "dots")
    page.locator(".tongue").nth(3).tap()
    expect(page.locator(".group")).to_have_count(5)
    assert faults(page) == []
    assert axe(page) == []
    left = page.locator(".act .left")
    expect(left).to_have_text("بقيت لديك 4 نقاط")
    more = page.locator(".group button:last-of-type")
    more.nth(0).tap()
    more.nth(0).tap(force=True)  # one is the most
    expect(page.locator(".given").nth(0)).to_have_text("1")
    more.nth(1).tap()
    expect(left).to_have_text("بقيت لديك نقطتان")
    more.nth(2).tap()
    expect(left).to_have_text("بقيت لديك نقطة واحدة")
    page.locator(".group button:first-of-type").nth(2).tap()
    expect(left).to_have_text("بقيت لديك نقطتان")
    page.locator("footer .main").tap()
    step(page, "counted")
    expect(page.locator(".told")).to_have_text("تم احتساب نقاطك.")
    with Copy(folder) as store:
        given = {
            group.id: group.dots for group in rounds.groups(store, HOUSE, MeetingId("meeting-dots"))
        }
    assert given == {"g0": 1, "g1": 1, "g2": 0, "g3": 0, "g4": 0}


def test_a_photo_goes_with_the_receipt(watched) -> None:
    page, watch = watched(TABLET)
    got: list[tuple[str, bytes]] = []

    def take(call) -> None:
        got.append((call.request.headers["x-receipt"], call.request.post_data_buffer))
        if len(got) == 1:
            call.fulfill(status=422, json={"error": "photo", "sentence": "Das ist kein Foto."})
        else:
            call.fulfill(status=200, json={})

    page.route("**/api/photos*", take)
    at(page, "photos")
    page.locator(".tongue").tap()
    page.locator(".here").tap()
    page.locator(".kind.idea").tap()
    send(page, "Mit Foto")
    photo = page.locator(".photo input")
    photo.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"kein Foto"})
    expect(page.locator(".picture-part [role=status]")).to_have_text("Das ist kein Foto.")
    photo.set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": b"doch"})
    expect(page.locator(".photo")).to_be_hidden()
    code = page.locator("#kk-tablet .code").inner_text()
    assert got == [(code, b"kein Foto"), (code, b"doch")]
    watch.complaints.clear()  # the browser's own remark on 422


# --- dropouts ---------------------------------------------------------------


class Line:
    """A line between browser and server that can be cut, or lose the answers to what is saved."""

    def __init__(self, to: int) -> None:
        self.to, self.port, self.whole, self.deaf = to, free_port(), True, False
        self.ends: set[socket.socket] = set()
        self.server = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        for end in list(self.ends):
            self._close(end)

    def mend(self) -> None:
        self.whole, self.deaf = True, False

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self.server.accept()
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                return
            self.ends |= {near, far}
            heard = threading.Event()
            for one, other, back in ((near, far, False), (far, near, True)):
                threading.Thread(
                    target=self._pump, args=(one, other, back, heard), daemon=True
                ).start()

    def _pump(
        self, one: socket.socket, other: socket.socket, back: bool, lost: threading.Event
    ) -> None:
        try:
            while data := one.recv(65536):
                if not back and self.deaf and b"/pins" in data:
                    lost.set()
                if back and lost.is_set():  # it has arrived, but nobody learns of it
                    break
                other.sendall(data)
        except OSError:
            pass
        self._close(one)
        self._close(other)

    def _close(self, end: socket.socket) -> None:
        self.ends.discard(end)
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    made = Line(int(server.url.rsplit(":", 1)[1]))
    yield made
    made.cut()
    made.server.close()


@pytest.fixture
def far(line: Line, browser) -> Iterator[Page]:
    context = browser.new_context(**TABLET, base_url=f"http://127.0.0.1:{line.port}")
    yield context.new_page()
    context.close()


UNSENT = "JSON.parse(localStorage.getItem('kiezkarte-unsent') || '[]').length"


def test_no_dropout_loses_or_doubles_a_pin(far: Page, line: Line, said) -> None:
    page = at(far)
    for n, how in enumerate(("typing", "saving", "answer", "typing", "answer", "saving")):
        to_words(page, lang="tr" if n % 2 else "de")
        area = page.locator("#kk-said")
        area.press_sequentially(f"Runde {n}")
        if how == "typing":
            line.cut()
        area.press_sequentially(": Worte bei Ausfall")
        expect(area).to_have_value(f"Runde {n}: Worte bei Ausfall")
        if how == "saving":
            line.cut()
        line.deaf = how == "answer"
        page.locator("footer .main").tap()
        step(page, "thanks")
        expect(page.locator("#kk-tablet .code")).to_have_text(CODE)
        until(page, f"{UNSENT} === 1 && JSON.parse(localStorage['kiezkarte-unsent'])[0].tries > 0")
        line.mend()
        until(page, f"{UNSENT} === 0")
        expect(page.locator(".qr")).to_be_visible()
        page.locator(".next").tap()
    assert sorted(pin.words for pin in said("Runde")) == [
        f"Runde {n}: Worte bei Ausfall" for n in range(6)
    ]


def test_a_long_dropout_keeps_people_going_and_says_so(far: Page, line: Line, said) -> None:
    page = at(far)
    speak(page, "de")  # the page is whole before the line is cut
    line.cut()
    page.locator(".back").first.tap()
    for n in range(3):
        to_words(page, kind="idea")
        send(page, f"Lange ohne Netz {n}")
        expect(page.locator(".told")).to_have_text("Ohne Internet gespeichert – wird gesendet.")
        page.locator(".next").tap()
    expect(page.locator(".unsent")).to_have_text("3 noch nicht gesendet")
    with pytest.raises(Exception, match="ERR_"):
        page.reload()
    assert said("Lange ohne Netz") == []
    line.mend()
    at(page)  # it came back by itself, or somebody started the browser anew
    until(page, f"{UNSENT} === 0")
    expect(page.locator(".unsent")).to_be_hidden()
    found = said("Lange ohne Netz")
    assert sorted(pin.words for pin in found) == [f"Lange ohne Netz {n}" for n in range(3)]
    assert [pin.words[-1] for pin in sorted(found, key=lambda pin: pin.number)] == ["0", "1", "2"]
    times = [pin.created_at for pin in sorted(found, key=lambda pin: pin.number)]
    assert times == sorted(times)


def test_a_page_of_somebody_else_is_no_answer(watched, said) -> None:
    """A hotel's Wi-Fi answers everything with its own page."""
    page, _ = watched(TABLET)
    at(page)
    to_words(page)
    page.route(
        "**/api/rooms/room/pins*", lambda call: call.fulfill(status=200, body="<h1>Willkommen</h1>")
    )
    send(page, "Im Hotel")
    expect(page.locator(".told")).to_contain_text("Ohne Internet")
    page.unroute("**/api/rooms/room/pins*")
    expect(page.locator(".qr")).to_be_visible()
    assert len(said("Im Hotel")) == 1


def test_refused_words_come_back_to_who_said_them(watched, said) -> None:
    page, watch = watched(TABLET)
    at(page)
    to_words(page)
    answers = [{"error": "x", "sentence": "So geht es nicht.", "field": "words"}]

    def refuse(call) -> None:
        call.fulfill(status=422, json=answers.pop()) if answers else call.continue_()

    page.route("**/api/rooms/room/pins*", refuse)
    page.locator("#kk-said").fill("Zurück an mich")
    page.locator("footer .main").tap()
    expect(page.locator(".trouble")).to_have_text("So geht es nicht.")
    expect(page.locator("#kk-said")).to_have_value("Zurück an mich")
    send(page, "Zurück an mich, besser")
    expect(page.locator(".qr")).to_be_visible()
    assert [pin.words for pin in said("Zurück an mich")] == ["Zurück an mich, besser"]
    watch.complaints.clear()  # the browser's own remark on 422


def test_no_words_are_asked_for(watched) -> None:
    page, _ = watched(TABLET)
    at(page)
    to_words(page)
    page.locator("#kk-said").fill("   ")
    page.locator("footer .main").tap()
    expect(page.locator(".trouble")).to_be_visible()
    expect(page.locator("#kk-said")).to_be_focused()


# --- the next person --------------------------------------------------------


def test_nothing_of_a_person_is_left_after_a_pause(watched) -> None:
    page, _ = watched(TABLET, alone=True)
    page.clock.install()
    at(page)
    before = page.evaluate("frames[0].kiezkarte.state().centre")
    address = page.url
    speak(page, "ar")
    page.locator(".panel .quiet").tap()
    page.locator("#kk-spot").fill("Oranien")
    page.locator(".spots button").first.tap()
    place = page.locator(".where bdi").inner_text()
    page.locator(".kind.problem").tap()
    secret = "Geheime Worte von gestern"
    page.locator("#kk-said").fill(secret)
    page.clock.fast_forward(31_000)
    warning = page.get_by_role("alertdialog")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button")).to_be_focused()
    assert faults(page) == []
    warning.get_by_role("button").tap()
    expect(warning).to_be_hidden()
    expect(page.locator("#kk-said")).to_have_value(secret)
    page.locator("footer .main").tap()
    expect(page.locator(".qr")).to_be_visible()
    code = page.locator("#kk-tablet .code").inner_text()
    page.clock.fast_forward(31_000)
    expect(warning).to_be_visible()
    page.clock.fast_forward(10_000)
    step(page, "start")
    left = page.evaluate(LEFT)
    for trace in (secret, code, place, "Oranien", 'lang="ar" dir="rtl" data-step'):
        assert trace not in left
    assert json.loads(left)[2] == address
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    expect(page.locator("html")).to_have_attribute("lang", "de")
    after = page.evaluate("frames[0].kiezkarte.state().centre")
    assert after == pytest.approx(before, abs=2e-5)
    page.go_back()
    page.go_back()
    step(page, "start")
    assert page.url == address
    assert secret not in page.evaluate(LEFT)
    to_words(page)
    expect(page.locator("#kk-said")).to_have_value("")
    page.keyboard.press("Control+z")
    expect(page.locator("#kk-said")).to_have_value("")


def test_only_what_is_unsent_stays_on_the_tablet_and_shows_nowhere(far: Page, line: Line) -> None:
    page = at(far)
    to_words(page)
    page.locator("#kk-said").fill("Noch nicht gesendet: geheim")
    line.cut()
    page.locator("footer .main").tap()
    page.locator(".next").tap()
    step(page, "start")
    assert page.evaluate("Object.keys(localStorage)") == ["kiezkarte-unsent"]
    assert "geheim" not in page.evaluate("document.documentElement.outerHTML")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_tablet_that_slept_begins_anew(watched) -> None:
    page, _ = watched(TABLET, alone=True)
    page.clock.install()
    at(page)
    to_words(page)
    page.locator("#kk-said").fill("Vor einer Stunde")
    page.clock.fast_forward("01:00:00")
    step(page, "start")
    assert "Vor einer Stunde" not in page.evaluate(LEFT)
    to_words(page)  # and goes on working


def test_the_devices_back_button_goes_one_step_back_and_never_out(watched) -> None:
    page, _ = watched(TABLET)
    page.goto("/about")
    at(page)
    to_words(page)
    page.locator("#kk-said").fill("Bleibt stehen")
    page.go_back()
    expect(page.locator(".kind")).to_have_count(3)
    page.locator(".kind.problem").tap()
    expect(page.locator("#kk-said")).to_have_value("Bleibt stehen")
    for _ in range(8):
        page.go_back()
    step(page, "start")
    assert "/tablet?m=room" in page.url


# --- the way out ------------------------------------------------------------


def test_only_the_pin_leads_out(watched) -> None:
    page, watch = watched(TABLET)
    at(page)
    page.locator(".lock").tap()
    pad = page.get_by_role("dialog")
    assert faults(page) == []
    assert axe(page) == []
    for digit in "1234":
        pad.get_by_role("button", name=digit, exact=True).tap()
    told = pad.get_by_role("alert")
    for _ in range(3):  # a machine with much to do may answer too late, which is said: once more
        pad.locator(".main").tap()
        expect(told).not_to_be_empty()
        if "keine Verbindung" not in told.inner_text():
            break
    expect(told).to_have_text("Diese PIN stimmt nicht. Bitte versuchen Sie es noch einmal.")
    expect(page.locator(".secret")).to_have_value("")
    page.keyboard.press("Escape")
    expect(pad).to_be_hidden()
    page.locator(".lock").tap()
    page.keyboard.type("2468")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/\?lang=de$"))
    watch.complaints.clear()  # the browser's own remark on 422


def test_without_a_line_the_pin_is_asked_for_later(far: Page, line: Line) -> None:
    page = at(far)
    line.cut()
    page.locator(".lock").tap()
    page.keyboard.type("2468")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("keine Verbindung")
    assert "/tablet" in page.url


# --- the meeting's states ---------------------------------------------------


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("planned", "Das Treffen beginnt bald."),
        ("paused", "Das Treffen macht gerade Pause."),
        ("closed", "Das Treffen ist beendet."),
        ("nix", "Dieses Treffen gibt es nicht."),
    ],
)
def test_a_meeting_that_is_not_open_is_a_sentence(watched, code, sentence) -> None:
    page, watch = watched(TABLET)
    at(page, code)
    expect(page.locator(".wait")).to_contain_text(sentence)
    expect(page.locator(".tongue")).to_have_count(0)
    assert faults(page) == []
    assert axe(page) == []
    if code == "planned":
        expect(page.locator(".wait p[lang=ar]")).to_be_visible()
    if code == "nix":
        watch.complaints.clear()  # the browser's own remark on 404


def test_who_is_typing_when_a_break_begins_may_finish(watched, said) -> None:
    page, _ = watched(TABLET)
    at(page)
    to_words(page)
    sent: list[dict] = []
    polls: list[str] = []

    def paused(call) -> None:
        told = call.fetch().json()
        polls.append(told["state"])
        call.fulfill(json={**told, "state": "paused"})

    page.route("**/api/rooms/room", paused)
    page.on("request", lambda one: "/pins" in one.url and sent.append(one.post_data_json))
    page.locator("#kk-said").fill("Noch vor der Pause begonnen")
    while len(polls) < 2:  # the first was heard when the second is asked for
        page.wait_for_timeout(50)
    expect(page.locator("#kk-said")).to_have_value("Noch vor der Pause begonnen")
    page.locator("footer .main").tap()
    expect(page.locator(".qr")).to_be_visible()
    assert [body["late"] for body in sent] == [True]
    page.locator(".next").tap()
    expect(page.locator(".wait")).to_contain_text("Pause")
    page.unroute("**/api/rooms/room")
    expect(page.locator(".tongue")).to_have_count(5)  # by itself
    assert len(said("Noch vor der Pause")) == 1


def test_in_a_round_of_the_whole_room_the_tablet_says_so(watched) -> None:
    page, _ = watched(TABLET)
    page.route(
        "**/api/rooms/room", lambda call: call.fulfill(json={**call.fetch().json(), "round": "who"})
    )
    at(page)
    expect(page.locator(".note")).to_contain_text("Bitte schauen Sie zur Leinwand.")
    expect(page.locator(".tongue")).to_have_count(5)


# --- for everybody ----------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_without_fault(watched, lang) -> None:
    page, _ = watched(TABLET)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {fault}" for fault in axe(page))
        for size in ((320, 640), (844, 390)):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            found.extend(f"{name} {size[0]}: {fault}" for fault in faults(page))
        page.set_viewport_size(TABLET["viewport"])

    at(page, lang=lang)
    look("start")
    speak(page, lang)
    look("map")
    page.locator(".panel .quiet").tap()
    look("spots")
    page.locator(".spots button").first.tap()
    look("kind")
    page.locator(".kind.strength").tap()
    look("words")
    page.locator(".below button").tap()
    look("privacy")
    page.locator(".layer .main").tap()
    send(page, f"Ohne Fehler {lang}")
    expect(page.locator(".qr")).to_be_visible()
    look("thanks")
    assert found == []
