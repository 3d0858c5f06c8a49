"""Paper as the browser prints it: sizes, pages, letters of every language, no script."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data import areas, attendance, meetings, pins, rounds
from data.meetings import Plan, Round, State
from data.pins import Draft
from data.rules import HOUSE, PinId
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import Server, axe, start_server, stop_server
from tests.browser.contexts import Contexts

SENTENCES = (
    ("Der Weg hinter dem Bethanien ist nachts stockdunkel. Ich nehme lieber den Umweg.", "de"),
    ("Bu köşeye sürekli eski eşya ve çöp bırakılıyor. Yazın çok kötü kokuyor.", "tr"),
    ("تتراكم القمامة بجانب الحاويات في نهاية كل أسبوع، والأطفال يلعبون هنا", "ar"),
)
EVIL = "</style><img src=x onerror=document.title='caught'><script>document.title='caught'</script>"
A4, A3, A0 = (210, 297), (420, 297), (1189, 841)


def room(store: Store, code: str, number: int, title: str = "Kiezwerkstatt") -> None:
    """Store an open meeting with so many pins, three groups, and a facilitator."""
    now, area, meeting = datetime.now(UTC), areas.load("mariannenplatz"), f"id-{code}"
    plan = Plan(
        title, date(2026, 5, 4), place="Statthaus", question="Was soll rund um den Platz bleiben?",
        decides="Der Quartiersrat", changes="Wege, Licht und Bänke", answer_on=date(2026, 7, 1),
        rounds=tuple(Round), wifi_name="Saal",
    )  # fmt: skip
    meetings.create(store, HOUSE, meeting_id=meeting, code=code, plan=plan, pin="2468", now=now)  # type: ignore[arg-type]
    meetings.move(store, HOUSE, meeting, to=State.OPEN, now=now)  # type: ignore[arg-type]
    attendance.unlock(store, code, "2468", token=f"token-{code}", now=now)
    kinds = ("problem", "idea", "strength")
    drafts = []
    for n in range(number):
        words, lang = SENTENCES[n % 3]
        words = EVIL if title == EVIL else words
        at = LonLat(13.4205 + 0.0021 * (n % 5), 52.5008 + 0.0009 * (n // 5 % 5))
        drafts.append(
            Draft(PinId(f"{code}-{n}"), kinds[n % 3], words, at, lang=lang, meeting=meeting)  # type: ignore[arg-type]
        )
    pins.add(store, HOUSE, area, drafts, now=now)
    rounds.show_all(store, HOUSE, meeting, now=now)  # type: ignore[arg-type]
    for n, (priority, who) in enumerate(
        (("now", "institution"), ("soon", "several"), ("later", "one"))
    ):
        inside = [draft.id for draft in drafts[n * 8 : n * 8 + 8]]
        rounds.add_group(
            store, HOUSE, meeting, group_id=f"{code}-{n}", title=f"{title} {n}", now=now,
            pin_ids=inside, priority=priority, who=who,
        )  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("paper")
    store = Store.open(folder / "kiezkarte.duckdb")
    for code, number in (("usual", 30), ("full", 120), ("none", 0)):
        room(store, code, number)
    room(store, "evil", 6, EVIL)
    store.close()
    running = start_server(folder, filled=True, KIEZKARTE_DEMO="0")
    yield running
    stop_server(running)


Opened = Callable[[str, str], Page]


@pytest.fixture
def paper(server: Server, contexts: Contexts) -> Iterator[Opened]:
    """Open a sheet as the meeting's facilitator; nothing may be refused or asked for elsewhere."""
    context = contexts.lend(server.url, {})
    troubles: list[str] = []

    def open_sheet(sheet: str, code: str = "usual") -> Page:
        cookie = {"name": "kiezkarte_meeting", "value": f"token-{code}", "url": server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on(
            "request", lambda call: call.url.startswith(server.url) or troubles.append(call.url)
        )
        path, _, query = sheet.partition("?")
        answer = page.goto(f"/api/prints/{path}?m={code}&{query}")
        assert answer is not None
        assert answer.status == 200
        return page

    yield open_sheet
    contexts.take_back()
    quiet = ("Unrecognized feature", "Permissions policy", "Permissions-Policy")
    assert [text for text in troubles if not text.startswith(quiet)] == []


def printed(page: Page) -> list[tuple[float, float]]:
    """Print to PDF and return the size of each page in millimetres."""
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(wide) / 72 * 25.4, float(high) / 72 * 25.4) for wide, high in boxes]


@pytest.mark.parametrize(
    ("sheet", "size", "pages"),
    [
        ("map?size=a3", A3, 1),
        ("map?size=a3&pins=1", A3, 1),
        ("map?size=a0", A0, 1),
        ("map?size=a0&pins=1", A0, 1),
        ("cards?count=24&lang=all", A4, 6),
        ("cards?count=1&lang=ar", A4, 1),
        ("cards?count=5&from=9995", A4, 2),
        ("codes", A4, 1),
        *[(f"protocol?lang={lang}", A4, 1) for lang in ("de", "en", "tr", "ar", "ls")],
    ],
)
def test_paper_has_its_size_and_no_page_too_many(
    paper: Opened, sheet: str, size: tuple[int, int], pages: int
) -> None:
    found = printed(paper(sheet, "usual"))
    assert len(found) == pages
    for wide, high in found:
        assert abs(wide - size[0]) < 0.6  # a pixel is 0.26 mm
        assert abs(high - size[1]) < 0.6


def test_a_long_protocol_flows_onto_more_pages(paper: Opened) -> None:
    page = paper("protocol", "full")
    assert len(printed(page)) >= 2
    assert page.locator(".said li").count() == 120


def test_an_empty_protocol_is_one_page(paper: Opened) -> None:
    assert len(printed(paper("protocol", "none"))) == 1


@pytest.mark.parametrize("sheet", ["map?pins=1", "cards?count=4", "codes", "protocol"])
def test_hostile_words_are_printed_as_words(paper: Opened, sheet: str) -> None:
    page = paper(sheet, "evil")
    expect(page.get_by_text("<script>").first).to_be_attached()
    assert page.locator("script, img").count() == 0
    assert page.title().endswith("· Kiezkarte")


OVER = """() => {
  const over = [];
  for (const sheet of document.querySelectorAll(".sheet, .card")) {
    const edge = sheet.getBoundingClientRect();
    for (const part of sheet.querySelectorAll("p, h1, h2, li, svg.qr, svg.chart, .address")) {
      const box = part.getBoundingClientRect();
      if (!box.width || part.closest("header")?.closest(".map")) continue;
      if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1) over.push(part.outerHTML.slice(0, 120));
    }
  }
  return over;
}"""


@pytest.mark.parametrize(
    "sheet",
    [
        "map",
        "map?size=a0",
        "cards?count=8&lang=all",
        "cards?count=4&lang=ls&from=9990",
        "codes",
        "codes?lang=ar",
    ],
)
@pytest.mark.parametrize("code", ["usual", "evil"])
def test_nothing_stands_beyond_the_edge_of_its_paper(paper: Opened, sheet: str, code: str) -> None:
    page = paper(sheet, code)
    page.emulate_media(media="print")
    assert page.evaluate(OVER) == []


def test_names_on_the_map_are_large_enough_to_read(paper: Opened) -> None:
    for sheet, least in (("map?size=a3", 2.9), ("map?size=a0", 4.9)):
        page = paper(sheet, "usual")
        page.emulate_media(media="print")
        high = page.evaluate(
            """() => {
              const map = document.querySelector("svg.basemap"), text = map.querySelector(".name-street");
              return parseFloat(getComputedStyle(text).fontSize) * map.getScreenCTM().a * 25.4 / 96;
            }"""
        )
        assert high >= least


@pytest.mark.parametrize(
    "sheet", ["map", "cards?count=4&lang=all", "codes?lang=ar", "protocol", "protocol?lang=tr"]
)
def test_the_sheets_on_screen_have_no_fault(paper: Opened, sheet: str) -> None:
    assert axe(paper(sheet, "usual")) == []
