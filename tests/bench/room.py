"""A full room on one server: sixty tablets, each a pin every ten seconds, and a wall that looks on.

Every tablet is a protocol client of its own: it opens the page over Streamlit's socket and keeps it
open, fetches what the page needs, asks for the meeting's state every four seconds and sends its
pins as static/tablet.js does. One answer in twenty is lost on its way back, so that the tablet
sends again; a pin must then be stored once. Minutes: `MINUTES=2 make load`.
"""

import asyncio
import math
import os
import random
import re
import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import date

import httpx

from data import areas, meetings, receipts
from data.filters import Filter
from data.meetings import Plan, Publish
from data.pins import count
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.bench import measure
from tests.bench.pages import Visitor
from tests.browser.conftest import start_server, stop_server

TABLETS, EVERY, STATE_EVERY = 60, 10.0, 4.0
MINUTES = float(os.environ.get("MINUTES", "10"))
CODE, MEETING = "R00MR00M", MeetingId("meeting-of-the-bench")
SAVE_MOST, WALL_MOST, FIRST_MOST = 500, 2000, 6000  # milliseconds
OUR_SCRIPT = {"x-kiezkarte": "1"}
SAYINGS = (
    "Der Müll liegt jede Woche vor der Tür.",
    "Bu sokak akşamları çok karanlık.",
    "نريد مقاعد أكثر في الساحة.",
    "Please plant more trees here.",
)


@dataclass
class Room:
    """What happened: milliseconds of every save and of every way to the wall, pins acknowledged."""

    url: str
    began: float = field(default_factory=time.perf_counter)
    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    acknowledged: dict[str, float] = field(default_factory=dict)  # id -> when
    refused: list[str] = field(default_factory=list)
    over: bool = False

    def client(self) -> httpx.AsyncClient:
        """Return a browser of its own, with its own lines."""
        lines = httpx.Limits(max_connections=6)  # as a browser has
        return httpx.AsyncClient(base_url=self.url, trust_env=False, timeout=60, limits=lines)


def run() -> None:
    """Fill the room, let it talk, count what is stored."""
    with measure.folder() as place:
        path = place / "kiezkarte.duckdb"
        _prepare(path)
        server = start_server(place)
        try:
            room = Room(server.url)
            used = measure.cpu_ms(server.process.pid)
            asyncio.run(_opening(Room(server.url)))
            asyncio.run(_evening(room))
            used = measure.cpu_ms(server.process.pid) - used
            memory = measure.megabytes(server.process.pid)
        finally:
            stop_server(server)
        store = Store.open(path)
        stored = count(store, HOUSE, Filter(meeting=MEETING))
        twice = store.read("select count(*) - count(distinct id) from pin")[0][0]
        store.close()
    _report(room, stored=stored, twice=twice, cpu_ms=used, memory=memory)


def _prepare(path) -> None:
    store, now = Store.open(path), measure.NOW
    plan = Plan("Kiezwerkstatt", date(2026, 5, 4), publish=Publish.AT_ONCE)
    meetings.create(store, HOUSE, meeting_id=MEETING, code=CODE, plan=plan, pin="2468", now=now)
    meetings.move(store, HOUSE, MEETING, to=meetings.State.OPEN, now=now)
    store.close()


def _report(room: Room, *, stored: int, twice: int, cpu_ms: float, memory: float) -> None:
    runs, said = len(room.saved), len(room.acknowledged)
    about = {"tablets": TABLETS, "minutes": MINUTES, "memory_mb": round(memory)}
    lost = said - stored
    measure.judge("pins of a full room that were lost", max(lost, 0), "pins", most=0, runs=said)
    doubled = max(-lost, 0) + twice
    measure.judge("pins of a full room stored twice", doubled, "pins", most=0, runs=said)
    measure.judge("saves refused in a full room", len(room.refused), "saves", most=0, runs=runs)
    p95 = measure.quantile(room.saved, 0.95)
    more = {"median": round(measure.median(room.saved), 1), "max": round(max(room.saved))}
    measure.judge("a tablet's save", p95, "ms, p95", most=SAVE_MOST, runs=runs, **more, **about)
    unseen = said - len(room.shown)
    more = {"p95": round(measure.quantile(room.shown, 0.95)), "never": unseen}
    slowest = max(room.shown) if not unseen else math.inf
    measure.judge("a pin on the wall", slowest, "ms, slowest", most=WALL_MOST, runs=said, **more)
    measure.show("processor for a full room", cpu_ms / 1000, "s", runs=1, **about)


# --- everybody opens the page -----------------------------------------------


async def _opening(room: Room) -> None:
    """Let sixty people open the residents' map by QR code within one minute."""
    await asyncio.gather(*(_arrive(room, number) for number in range(TABLETS)))
    p95 = measure.quantile(room.opened, 0.95)
    measure.judge(
        "the first map, sixty people within a minute",
        p95,
        "ms, p95",
        most=FIRST_MOST,
        median=round(measure.median(room.opened)),
        runs=len(room.opened),
    )


async def _arrive(room: Room, number: int) -> None:
    await asyncio.sleep(number * 60 / TABLETS)
    began = time.perf_counter()
    async with room.client() as browser, Visitor(room.url.partition("//")[2], query="lang=de"):
        await _load(browser, "/")
        answer = await browser.get("/api/map/pins?view=13.40,52.49,13.44,52.51&z=16&scope=public")
        assert answer.status_code == 200
        room.opened.append(1000 * (time.perf_counter() - began))


async def _load(browser: httpx.AsyncClient, page: str) -> None:
    """Fetch the page's own files and what its map needs, as a browser with an empty cache does."""
    index = (await browser.get(page)).text
    wanted = re.findall(r'(?:src|href)="\./(static/[^"]+)"', index)
    frame = "/component/streamlit_folium.st_folium/index.html"
    wanted += [frame, "/vendor/leaflet/leaflet.js", "/assets/map.js", "/api/map/base.svg"]
    for answer in await asyncio.gather(*(browser.get(path) for path in wanted)):
        assert answer.status_code == 200, answer.url


# --- the evening ------------------------------------------------------------


async def _evening(room: Room) -> None:
    cookies = measure.log_in(room.url, "office")
    wall = asyncio.create_task(_wall(room, cookies))
    await asyncio.gather(*(_tablet(room, number) for number in range(TABLETS)))
    await asyncio.sleep(WALL_MOST / 1000)
    room.over = True
    await wall


async def _tablet(room: Room, number: int) -> None:
    dice = random.Random(number)
    await asyncio.sleep(number * EVERY / TABLETS)
    host, query = room.url.partition("//")[2], f"lang=de&m={CODE}"
    async with Visitor(host, page="tablet", query=query), room.client() as browser:
        state = asyncio.create_task(_ask_for_state(room, browser))
        until = time.perf_counter() + MINUTES * 60
        while time.perf_counter() < until:
            due = time.perf_counter() + EVERY
            await _say(room, browser, dice)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        state.cancel()


async def _ask_for_state(room: Room, browser: httpx.AsyncClient) -> None:
    while True:
        (await browser.get(f"/api/rooms/{CODE}")).raise_for_status()
        await asyncio.sleep(STATE_EVERY)


async def _say(room: Room, browser: httpx.AsyncClient, dice: random.Random) -> None:
    box = areas.load("mariannenplatz").box
    words = f"{dice.choice(SAYINGS)} {dice.randrange(10**9)}"
    pin = {
        "id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
        "receipt": receipts.code(secrets.token_bytes(9)),
        "kind": dice.choice(("strength", "problem", "idea")),
        "words": words,
        "field": dice.choice(("", "OER", "BI")),
        "at": [dice.uniform(box[0], box[2]), dice.uniform(box[1], box[3])],
        "lang": "de",
        "source": "tablet",
        "seconds_ago": 0,
        "late": False,
    }
    for _ in range(2 if dice.random() < 0.05 else 1):  # its first answer was lost on the way
        began = time.perf_counter()
        answer = await browser.post(f"/api/rooms/{CODE}/pins?lang=de", json=pin, headers=OUR_SCRIPT)
        room.saved.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            room.refused.append(answer.text)
            return
        room.acknowledged.setdefault(pin["id"], time.perf_counter())


async def _wall(room: Room, cookies: str) -> None:
    """Look at the wall once a second, as static/wall.js does, and note when a pin is first there."""
    seen: set[str] = set()
    headers = {"cookie": cookies}
    async with room.client() as browser:
        while not room.over:
            answer = await browser.get(f"/api/walls/{CODE}", headers=headers)
            if answer.status_code == 200:
                headers["if-none-match"] = answer.headers.get("etag", "")
                now = time.perf_counter()
                ids = {pin["id"] for pin in answer.json()["pins"]}
                for pin_id in ids - seen:
                    acknowledged = room.acknowledged.get(pin_id, now)
                    room.shown.append(max(0.0, 1000 * (now - acknowledged)))
                seen |= ids
            await asyncio.sleep(1)
