"""Back to the pin: a receipt tells the decision with its reason, and leads to the chain and back."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import areas, needs, pins, pots, project_moves, projects
from data.filters import local_day
from data.followers import NeedId
from data.pins import Draft
from data.projects import ProjectId
from data.rules import HOUSE, PinId
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import PHONE, Server, Watch, axe, start_server, stop_server

Open = Callable[..., tuple[Page, Watch]]
CODE = "7Q2MX-9D4RT-0KB"
WORDS, REASON = "Am Brunnen fehlt Licht", "Wer abends über den Platz geht, sieht jetzt den Weg."
AT = LonLat(13.42430, 52.50206)
WAY = ("submitted", "checking", "before_jury", "approved_with_conditions")


def settle(folder: Path) -> None:
    store, area = Store.open(folder / "kiezkarte.duckdb"), areas.load("mariannenplatz")
    now = datetime.now(UTC) - timedelta(hours=1)
    said = Draft(PinId("pin-1"), "problem", WORDS, AT, code=CODE, released=True)
    pins.add(store, HOUSE, area, [said], now=now)
    needs.create(
        store, HOUSE, need_id=NeedId("need-1"), title="Mehr Licht am Brunnen", field="OER",
        priority="now", pin_ids=[said.id], now=now,
    )  # fmt: skip
    year = local_day(now).year
    pots.allot(store, HOUSE, fund="aktionsfonds", year=year, cents=10_000_00, seen=0, now=now)
    projects.create(
        store, HOUSE, project_id=ProjectId("project-1"), title="Lampen am Brunnen", description="",
        fund="aktionsfonds", cents=780_00, field="OER", climate=False, at=AT, area=area,
        need_ids=[NeedId("need-1")], status="draft", now=now,
    )  # fmt: skip
    for version, state in enumerate(WAY, 1):
        decided = state == WAY[-1]
        project_moves.move(
            store, HOUSE, "project-1", to=state, version=version, now=now,
            reason=REASON if decided else "", conditions="Nur bis 22 Uhr." if decided else "",
            cents=600_00 if decided else None,
        )  # fmt: skip
    store.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("funded")
    settle(folder)
    running = start_server(folder, filled=True, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


def test_a_receipt_leads_to_the_decision_the_chain_and_back(server, watched: Open) -> None:
    page, _ = watched(PHONE)
    page.goto(f"/follow?lang=de&code={CODE}")
    way = page.locator(".kk-way")
    expect(way).to_contain_text("Mit Auflagen bewilligt")
    for told in ("600\u00a0€", REASON, "Nur bis 22 Uhr."):
        expect(way).to_contain_text(told)
    page.get_by_role("link", name="Zum Projekt Nr. 1").press("Enter")

    stations = page.locator(".kk-chain > li")
    expect(stations).to_have_count(5)
    expect(page).to_have_url(f"{server.url}/funded?lang=de&project=1")
    wanted = (WORDS, "Mehr Licht am Brunnen", "780\u00a0€", REASON, "sobald das Projekt")
    for station, told in zip(stations.all(), wanted, strict=True):
        expect(station).to_contain_text(told)
    assert list(axe(page)) == []

    stations.first.get_by_role("link").press("Enter")  # and back to what was said
    card = page.locator(".st-key-kk-sheet")
    expect(card).to_contain_text(WORDS)
    expect(card.get_by_role("link", name="Zum Projekt Nr. 1")).to_be_visible()
    page.goto(f"/follow?lang=tr&code={CODE}")
    expect(way).to_contain_text("Koşullu olarak onaylandı")
