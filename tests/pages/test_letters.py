"""A letter on paper: for the office alone, with its map, and whatever was typed in it is words."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from data import areas, needs, pins, routes
from data.pins import Draft
from data.routes import RouteId
from data.rules import HOUSE, PinId
from data.store import Store
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import FOUNTAIN, TRACES, Kiez, settle

HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{reference}"


def letters(store: Store) -> None:
    """Two routes of need-1: a usual letter, and one full of what could do harm."""
    now, area = datetime.now(UTC), areas.load("mariannenplatz")
    pins.add(store, HOUSE, area, [Draft(PinId("evil"), "idea", HOSTILE, FOUNTAIN)], now=now)
    pins.release(store, HOUSE, [PinId("evil")], now=now)
    needs.create(
        store, HOUSE, need_id=needs.NeedId("need-evil"), title=HOSTILE, field="OER",
        priority="now", pin_ids=[PinId("evil")], now=now,
    )  # fmt: skip
    for name, words in (("1", "Bitte prüfen Sie die Lampen."), ("evil", HOSTILE)):
        routes.draft(
            store, HOUSE, route_id=RouteId(f"route-{name}"),
            need_id=needs.NeedId(f"need-{name}"), authority="lighting",
            subject=f"{words} {{reference}}"[:200], letter=words, now=now,
        )  # fmt: skip
    routes.change(
        store, HOUSE, RouteId("route-evil"), version=1, their_reference=HOSTILE[:100], now=now
    )


@pytest.fixture(scope="module")
def kiez(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiez]:
    folder: Path = tmp_path_factory.mktemp("letters")
    settle(folder, letters)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def letter(kiez: Kiez, route: str = "route-1", who: str = "office", **query: str) -> str:
    asked = "".join(f"&{name}={quote(value)}" for name, value in query.items())
    answer = kiez.ask(f"/api/prints/letter?route={route}{asked}", cookie=kiez.cookie(who))
    assert answer.status == 200, answer.text
    return answer.text


@pytest.mark.parametrize("who", ["office", "admin"])
def test_the_office_prints_a_letter_with_its_reference_and_map(kiez: Kiez, who: str) -> None:
    text = letter(kiez, who=who)
    assert "Bitte prüfen Sie die Lampen." in text
    assert "KK-" in text
    assert 'class="chart"' in text
    assert 'class="mark"' in text


@pytest.mark.parametrize("cookie", ["", "jury", "kiezkarte_meeting=x"])
def test_nobody_else_reads_a_letter(kiez: Kiez, cookie: str) -> None:
    sent = kiez.cookie("jury") if cookie == "jury" else cookie or "none=1"
    for path in ("/api/prints/letter?route=route-1", "/api/prints/letter"):
        answer = kiez.ask(path, cookie=sent)
        assert answer.status == 403
        assert "Lampen" not in answer.text


@pytest.mark.parametrize("route", ["nope", "", "x" * 5000, "' or 1=1 --", "%00"])
def test_a_letter_that_is_not_there_is_404(kiez: Kiez, route: str) -> None:
    path = f"/api/prints/letter?route={quote(route, safe='%')}"
    answer = kiez.ask(path, cookie=kiez.cookie("office"))
    assert answer.status == 404
    assert "Diese Weiterleitung gibt es nicht" in answer.text
    assert not TRACES.search(answer.text.partition("</style>")[2])


def test_what_could_do_harm_is_words(kiez: Kiez) -> None:
    text = letter(kiez, "route-evil").partition("</style>")[2]
    assert "<script" not in text
    assert "<img" not in text
    assert "49" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_letter_is_kept_by_nobody_and_runs_nothing(kiez: Kiez) -> None:
    answer = kiez.ask("/api/prints/letter?route=route-evil", cookie=kiez.cookie("office"))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_letter_stays_german_where_the_screen_is_arabic(kiez: Kiez) -> None:
    text = letter(kiez, lang="ar")
    assert '<html lang="ar" dir="rtl">' in text
    assert '<article class="letter" lang="de" dir="ltr">' in text


def test_a_reminder_that_was_never_written_is_the_letter(kiez: Kiez) -> None:
    assert "Bitte prüfen Sie die Lampen." in letter(kiez, what="reminder")
