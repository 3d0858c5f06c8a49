"""The wall in a browser: news without a reload, one key that hides, rounds by mouse, touch and keys."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from data import areas, attendance, meetings, pins, rounds
from data.meetings import Plan, Round, State
from data.pins import Draft
from data.rules import HOUSE, MeetingId, PinId
from data.store import Store
from geo.points import LonLat
from tests.browser import serving
from tests.browser.conftest import (
    PHONE,
    TABLET,
    Server,
    Watch,
    axe,
    start_server,
    stop_server,
    until,
)

PROJECTOR = {"viewport": {"width": 1920, "height": 1080}, "locale": "de-DE"}
LANGUAGES = ("de", "en", "tr", "ar", "ls")
ROOMS = (*LANGUAGES, "collect", "hide", "down", "touch", "drag", "keys", "tray", "steps", "dots")
ROOMS += ("two", "lost", "narrow", "language", "words", "turkish", "anew")
HOSTILE = "<img src=x onerror=alert(1)> {{ 7*7 }} ${1} [x](javascript:1)"
AT = LonLat(13.4243, 52.5021)
Open = Callable[..., tuple[Page, Watch]]


def hold(store: Store, code: str) -> None:
    """Open a meeting with four pins and two groups; its first pin is hostile, its second Arabic."""
    now, one = datetime.now(UTC), MeetingId(code)
    plan = Plan(
        "Kiezwerkstatt",
        date(2026, 5, 4),
        question="Was soll sich ändern?",
        rounds=tuple(Round),
        publish="after_desk",
    )
    meetings.create(store, HOUSE, meeting_id=one, code=code, plan=plan, pin="2468", now=now)
    meetings.move(store, HOUSE, one, to=State.OPEN, now=now)
    meetings.count_people(store, HOUSE, one, number=34, now=now)
    attendance.unlock(store, code, "2468", token=f"token-{code}", now=now)
    texts = [HOSTILE, "نريد مقاعد في الحديقة", "Müll am Zaun", "Müll an der Ecke"]
    said = [
        Draft(
            PinId(f"{code}-{n}"),
            ("idea", "strength", "problem", "problem")[n],
            text,
            LonLat(AT.lon + n * 0.0012, AT.lat),
            field="OER",
            meeting=one,
        )
        for n, text in enumerate(texts)
    ]
    pins.add(store, HOUSE, areas.load("mariannenplatz"), said, now=now)
    rounds.show_all(store, HOUSE, one, now=now)
    for title in ("Licht", "Sitzen"):
        rounds.add_group(
            store, HOUSE, one, group_id=rounds.GroupId(f"{code}-{title}"), title=title, now=now
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walls")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    store = Store.open(folder / "kiezkarte.duckdb")
    for code in ROOMS:
        hold(store, code)
    store.close()
    running = start_server(folder, filled=True, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


def do(server: Server, code: str, act: str, given: dict[str, Any]) -> None:
    """Do something at a meeting from elsewhere, as another wall would."""
    request = urllib.request.Request(
        f"{server.url}/api/walls/{code}/{act}",
        json.dumps(given).encode(),
        {"x-kiezkarte": "1", "cookie": f"kiezkarte_meeting=token-{code}"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200


def wall(
    server: Server, watched: Open, code: str, size: dict = PROJECTOR, lang: str = "de"
) -> Page:
    """Open a meeting's wall as its facilitator and wait until the map has its marks."""
    return opened(server, watched, code, size, lang)[0]


def opened(
    server: Server, watched: Open, code: str, size: dict = PROJECTOR, lang: str = "de"
) -> tuple[Page, Watch]:
    """Open a wall as `wall` does, with what is noted of it."""
    page, watch = watched(size)
    cookie = {"name": "kiezkarte_meeting", "value": f"token-{code}", "url": server.url}
    page.context.add_cookies([cookie])
    page.goto(f"/wall?m={code}&lang={lang}")
    expect(page.locator(".kw h1")).to_have_text("Kiezwerkstatt", timeout=30_000)
    marked(page, 4)
    return page, watch


def marked(page: Page, number: int) -> None:
    frame = page.frame_locator(".st-key-kk-wall-map iframe")
    expect(frame.locator(f"#map_div[data-marks='{number}'][data-ground=drawn]")).to_be_attached(
        timeout=30_000
    )


def entry(page: Page, words: str):
    return page.locator(".kw-entry", has_text=words)


def card(page: Page, words: str):
    return page.locator(".kw-card", has_text=words)


def column(page: Page, title: str):
    return page.locator(".kw-col", has=page.get_by_role("heading", name=title, exact=True))


def step(page: Page, name: str) -> None:
    page.locator(".kw-rounds").get_by_role("button", name=name, exact=True).click()


# --- what is seen -----------------------------------------------------------------


def test_a_pin_let_through_appears_without_a_reload(server: Server, watched: Open) -> None:
    page = wall(server, watched, "collect")
    page.evaluate("window.sameDocument = true")
    do(server, "collect", "show", {"pin": "collect-2", "wall": "hidden"})
    expect(page.locator(".kw-entry")).to_have_count(3)
    marked(page, 3)
    do(server, "collect", "show", {"pin": "collect-2", "wall": "shown"})
    expect(entry(page, "Müll am Zaun")).to_be_visible()
    marked(page, 4)
    expect(page.locator(".kw-count").nth(1)).to_have_text("2Problem")
    assert page.evaluate("window.sameDocument")


def test_words_of_residents_are_words_in_their_own_direction(server: Server, watched: Open) -> None:
    page = wall(server, watched, "words")
    expect(entry(page, HOSTILE)).to_be_visible()
    assert page.locator(".kw img").count() == 0
    arabic = entry(page, "مقاعد").locator(".kw-words")
    assert arabic.get_attribute("lang") == "ar"
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    size = arabic.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 24


def test_a_tapped_mark_or_entry_shows_the_pin_big(server: Server, watched: Open) -> None:
    page = wall(server, watched, "down")
    frame = page.frame_locator(".st-key-kk-wall-map iframe")
    frame.locator(".kk-pin").first.click()
    expect(page.locator(".kw-big")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".kw-big")).to_be_hidden()
    entry(page, "Müll an der Ecke").click()
    expect(page.locator(".kw-big p")).to_have_text("Müll an der Ecke")
    expect(frame.locator(".kk-chosen")).to_have_count(1)
    page.get_by_role("button", name="Von der Leinwand nehmen").click()
    expect(page.locator(".kw-big")).to_be_hidden()
    expect(page.locator(".kw-entry")).to_have_count(3)
    page.locator(".kw-toast").get_by_role("button", name="Rückgängig").click()
    expect(entry(page, "Müll an der Ecke")).to_be_visible()


def test_one_key_hides_everything_and_shows_it_again(server: Server, watched: Open) -> None:
    page = wall(server, watched, "hide")
    said = page.get_by_text("Müll am Zaun")
    for key in ("h", "Escape"):
        expect(said).to_be_visible()
        page.keyboard.press(key)
        expect(page.locator(".kw-veil")).to_be_visible()
        expect(said).to_be_hidden()
        expect(page.locator(".st-key-kk-wall-map")).to_be_hidden()
        page.keyboard.press(key)
        expect(page.locator(".st-key-kk-wall-map")).to_be_visible()
    page.get_by_role("button", name="Alles verdecken").click()
    expect(said).to_be_hidden()
    page.reload()  # what was hidden stays so
    expect(page.locator(".kw-veil-title")).to_have_text("Kiezwerkstatt", timeout=30_000)
    expect(said).to_be_hidden()
    page.get_by_role("button", name="Wieder zeigen").click()
    expect(said).to_be_visible()


def test_the_key_works_from_the_map_too(server: Server, watched: Open) -> None:
    page = wall(server, watched, "hide")
    page.frame_locator(".st-key-kk-wall-map iframe").locator("#map_div").focus()
    page.keyboard.press("h")
    expect(page.locator(".kw-veil")).to_be_visible()


def test_a_lost_connection_is_a_small_sign_and_comes_back(server: Server, watched: Open) -> None:
    page, watch = opened(server, watched, "lost")
    page.route("**/api/walls/**", lambda route: route.abort())
    expect(page.locator(".kw-trouble")).to_be_visible()
    expect(page.locator(".kw-entry")).to_have_count(4)
    do(server, "lost", "show", {"pin": "lost-0", "wall": "hidden"})
    page.unroute("**/api/walls/**")
    expect(page.locator(".kw-trouble")).to_be_hidden()
    expect(page.locator(".kw-entry")).to_have_count(3)
    watch.complaints.clear()  # Chromium's own remarks on the lost connection


FROM_THE_EDGE = """e => { const words = document.createRange(); words.selectNodeContents(e);
  return e.parentElement.getBoundingClientRect().right - words.getBoundingClientRect().right }"""


def test_the_walls_language_changes_but_not_what_was_said(server: Server, watched: Open) -> None:
    page = wall(server, watched, "language")
    page.locator(".kw-langs").get_by_role("button", name="العربية").click()
    expect(page.locator(".kw[dir=rtl]")).to_be_visible()
    expect(page.locator(".kw-hide")).to_contain_text("إخفاء كل شيء")
    assert page.locator(".kw h1").evaluate(FROM_THE_EDGE) < 2  # a German title too
    expect(entry(page, "Müll am Zaun")).to_be_visible()
    marked(page, 4)
    entry(page, "Müll am Zaun").click()
    expect(page.locator(".kw-big p")).to_have_text("Müll am Zaun")


def test_without_the_right_a_card_leads_to_the_pin(watched: Open) -> None:
    page, _ = watched(PROJECTOR)
    page.goto("/wall?m=collect&lang=de")
    page.get_by_role("link", name="Mit der PIN öffnen").click()
    page.fill("input[name=pin]", "2468")
    page.click("button[type=submit]")
    expect(page.locator(".kw h1")).to_have_text("Kiezwerkstatt", timeout=30_000)
    page.goto("/wall?m=nowhere&lang=de")
    expect(page.get_by_text("Dieses Treffen gibt es nicht")).to_be_visible()


# --- what the room decides ------------------------------------------------------------


def test_pins_are_grouped_by_touch(server: Server, watched: Open) -> None:
    page = wall(server, watched, "touch", TABLET)
    step(page, "Zusammenfassen")
    card(page, "Müll am Zaun").tap()
    card(page, "Müll an der Ecke").tap()
    expect(page.get_by_text("Ausgewählt: 2")).to_be_visible()
    page.get_by_role("button", name="Hierher: Licht").tap()
    expect(column(page, "Licht").locator(".kw-card")).to_have_count(2)
    page.get_by_role("button", name="Rückgängig").tap()
    expect(column(page, "Licht").locator(".kw-card")).to_have_count(0)
    expect(column(page, "Noch ohne Gruppe").locator(".kw-card")).to_have_count(4)


def middle(box: Any) -> tuple[float, float]:
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_pins_are_dragged_by_mouse(server: Server, watched: Open) -> None:
    page = wall(server, watched, "drag")
    step(page, "Zusammenfassen")
    expect(column(page, "Sitzen")).to_be_visible()
    page.mouse.move(*middle(card(page, "مقاعد").bounding_box()))
    page.mouse.down()
    page.mouse.move(*middle(column(page, "Sitzen").bounding_box()), steps=8)
    expect(page.locator(".kw-ghost")).to_be_visible()
    page.mouse.up()
    expect(column(page, "Sitzen").locator(".kw-card")).to_have_count(1)
    expect(page.locator(".kw-ghost")).to_have_count(0)
    expect(page.locator(".kw-card[aria-pressed=true]")).to_have_count(0)


def test_pins_are_dragged_by_a_finger(server: Server, watched: Open) -> None:
    page = wall(server, watched, "drag", TABLET)
    step(page, "Zusammenfassen")
    expect(column(page, "Licht")).to_be_visible()
    finger = page.context.new_cdp_session(page)
    (x, y), (tx, ty) = (
        middle(part.bounding_box())
        for part in (card(page, "Müll am Zaun").locator(".kw-grip"), column(page, "Licht"))
    )

    def touch(kind: str, *points: tuple[float, float]) -> None:
        spots = [{"x": px, "y": py} for px, py in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    touch("touchStart", (x, y))
    for part in range(1, 11):
        touch("touchMove", (x + (tx - x) * part / 10, y + (ty - y) * part / 10))
    touch("touchEnd")
    expect(column(page, "Licht").locator(".kw-card")).to_have_count(1)


def test_pins_are_grouped_by_keyboard(server: Server, watched: Open) -> None:
    page = wall(server, watched, "keys")
    step(page, "Zusammenfassen")
    card(page, "Müll am Zaun").focus()
    page.keyboard.press("Enter")
    expect(card(page, "Müll am Zaun")).to_be_focused()
    expect(card(page, "Müll am Zaun")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Neue Gruppe").press("Enter")
    expect(page.get_by_label("Name der Gruppe")).to_be_focused()
    page.keyboard.type("Hinterhof")
    page.keyboard.press("Enter")
    expect(column(page, "Hinterhof").locator(".kw-card")).to_have_count(1)
    expect(page.locator(".kw-veil")).to_be_hidden()  # the h of the name hid nothing


def test_groups_are_suggested_renamed_dissolved_and_brought_back(
    server: Server, watched: Open
) -> None:
    page = wall(server, watched, "tray")
    step(page, "Zusammenfassen")
    page.get_by_role("button", name="Vorschläge übernehmen").click()
    suggested = page.locator(".kw-tray", has_text="Müll am Zaun")
    expect(suggested.locator(".kw-card")).to_have_count(2)
    page.locator(".kw-tools").get_by_role("button", name="Rückgängig").click()
    expect(page.locator(".kw-tray")).to_have_count(2)
    page.get_by_role("button", name="Umbenennen: Licht").click()
    page.get_by_label("Name der Gruppe").fill("Lampen")
    page.get_by_role("button", name="Speichern").click()
    expect(column(page, "Lampen")).to_be_visible()
    page.get_by_role("button", name="Auflösen: Lampen").click()
    expect(column(page, "Lampen")).to_have_count(0)
    page.locator(".kw-tools").get_by_role("button", name="Rückgängig").click()
    expect(column(page, "Lampen")).to_be_visible()


def test_groups_move_between_now_soon_later_and_who(server: Server, watched: Open) -> None:
    page = wall(server, watched, "steps", TABLET)
    step(page, "Jetzt – Bald – Später")
    expect(column(page, "Noch offen").locator(".kw-card")).to_have_count(2)
    card(page, "Licht").tap()
    page.get_by_role("button", name="Hierher: Jetzt").tap()
    expect(column(page, "Jetzt").locator(".kw-card")).to_have_text("Licht")
    step(page, "Wer wird gebraucht?")
    expect(column(page, "Noch offen").locator(".kw-card")).to_have_count(2)
    card(page, "Licht").tap()
    card(page, "Sitzen").tap()
    page.get_by_role("button", name="Hierher: Mehrere von uns").tap()
    expect(column(page, "Mehrere von uns").locator(".kw-card")).to_have_count(2)
    page.get_by_role("button", name="Rückgängig").tap()
    expect(column(page, "Noch offen").locator(".kw-card")).to_have_count(2)


def test_dots_are_counted_live_and_ties_are_told(server: Server, watched: Open) -> None:
    page = wall(server, watched, "dots")
    step(page, "Punkte vergeben")
    expect(page.get_by_text("Punkte je Person: 3.")).to_be_visible()
    request = urllib.request.Request(
        f"{server.url}/api/rooms/dots/ballot",
        json.dumps({"id": "ballot-1", "dots": {"dots-Licht": 1, "dots-Sitzen": 1}}).encode(),
        {"x-kiezkarte": "1"},
    )
    urllib.request.urlopen(request, timeout=20).close()
    expect(page.locator(".kw-tie")).to_have_count(2)
    expect(page.get_by_text("Haben schon Punkte gegeben: 1")).to_be_visible()
    page.get_by_role("button", name="Punkte vom Papier eintragen").click()
    page.get_by_label("Punkte auf Papier: Sitzen").fill("25")
    page.keyboard.press("Tab")
    first = page.locator(".kw-result").first
    expect(first).to_contain_text("Sitzen")
    expect(first.locator(".kw-dots")).to_contain_text("26")
    expect(page.locator(".kw-tie")).to_have_count(0)


def test_two_walls_show_the_same_and_the_last_act_wins(server: Server, watched: Open) -> None:
    one, other = (wall(server, watched, "two") for _ in range(2))
    step(one, "Zusammenfassen")
    expect(other.locator(".kw[data-round=group]")).to_be_visible()
    for page, group in ((one, "Licht"), (other, "Sitzen")):
        card(page, "Müll am Zaun").click()
        page.get_by_role("button", name=f"Hierher: {group}").click()
        for each in (one, other):
            expect(column(each, group).locator(".kw-card")).to_have_count(1)
    one.get_by_role("button", name="Auflösen: Licht").click()
    expect(column(other, "Licht")).to_have_count(0)


def test_a_refused_act_says_why(server: Server, watched: Open) -> None:
    page, watch = opened(server, watched, "two")
    step(page, "Zusammenfassen")
    until(page, "document.querySelectorAll('.kw-tray').length > 0")
    page.route("**/api/walls/two/put*", lambda route: route.continue_(post_data='{"pins": []}'))
    card(page, HOSTILE).click()
    page.get_by_role("button", name="Hierher: Sitzen").click()
    expect(page.locator(".kw-toast")).to_contain_text("Diesen Beitrag gibt es nicht")
    page.unroute("**/api/walls/two/put*")
    watch.complaints.clear()  # Chromium's own remark on the refusal


# --- for everybody ----------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "ar"])
def test_the_wall_is_clean_for_axe_in_every_round(server: Server, watched: Open, lang: str) -> None:
    page = wall(server, watched, lang, lang=lang)
    found = axe(page)
    page.keyboard.press("h")
    found += axe(page)
    page.keyboard.press("h")
    page.locator(".kw-entry").first.click()
    found += axe(page)
    page.keyboard.press("Escape")
    for part in ("group", "priority", "who", "dots"):
        do(server, lang, "round", {"round": part})
        expect(page.locator(f".kw[data-round={part}]")).to_be_visible()
        found += [f"{part}: {one}" for one in axe(page)]
    assert found == []


SMALL = """() => [...document.querySelectorAll('.kw button, .kw a, .kw input')]
  .filter(e => e.checkVisibility({visibilityProperty: true})).map(e => [e.textContent, e.getBoundingClientRect()])
  .filter(([, r]) => r.width < 47.5 || r.height < 47.5).map(([t]) => t)"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(
    ("size", "lang"),
    [
        (PHONE, "de"),
        ({**PHONE, "viewport": {"width": 320, "height": 700}}, "tr"),
        (TABLET, "ar"),
        ({**TABLET, "viewport": {"width": 820, "height": 1180}}, "ls"),
    ],
    ids=("390 de", "320 tr", "1180 ar", "820 ls"),
)
def test_every_target_is_big_enough_and_nothing_runs_out_of_the_screen(
    server: Server, watched: Open, size: dict, lang: str
) -> None:
    page = wall(server, watched, "narrow", size, lang)
    for part in ("group", "priority", "who", "dots", "collect"):
        do(server, "narrow", "round", {"round": part})
        expect(page.locator(f".kw[data-round={part}]")).to_be_visible()
        assert page.evaluate(SMALL) == [], part
        assert page.evaluate(WIDE) <= 0, part


def test_the_wall_outlives_a_server_that_starts_anew(
    server: Server, folder: Path, watched: Open, monkeypatch
) -> None:
    page, watch = opened(server, watched, "anew")
    stop_server(server)
    try:
        expect(page.locator(".kw-trouble")).to_be_visible()
        entry(page, "Müll am Zaun").click()  # it can be used all the while
        expect(page.locator(".kw-big p")).to_have_text("Müll am Zaun")
        page.keyboard.press("Escape")
    finally:
        port = int(server.url.rsplit(":", 1)[1])
        monkeypatch.setattr(serving, "free_port", lambda: port)  # the same address once more
        server.process = start_server(folder, filled=True, KIEZKARTE_DEMO="0").process
    expect(page.locator(".kw-trouble")).to_be_hidden(timeout=30_000)
    do(server, "anew", "show", {"pin": "anew-2", "wall": "hidden"})
    expect(page.locator(".kw-entry")).to_have_count(3)
    marked(page, 3)
    watch.complaints.clear()  # Chromium's own remarks on the lost connection
