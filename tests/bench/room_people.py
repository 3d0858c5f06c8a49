"""Who is in a full room, as protocol clients: tablets, phones that browse, a wall, and latecomers.

A tablet opens its page over Streamlit's socket and keeps it open, asks for the meeting's state and
sends its pins as static/tablet.js does; one answer in twenty is lost on its way back, so that the
tablet sends again. A phone moves the map, filters, reads the results and follows a pin.
"""

import asyncio
import random
import re
import secrets
import ssl
import time
import urllib.parse
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache

import httpx
from websockets.exceptions import WebSocketException

from data import areas, receipts
from tests.bench.pages import Visitor

EVERY, STATE_EVERY, LOOK_EVERY = 20.0, 4.0, 5.0  # seconds
OUR_SCRIPT = {"x-kiezkarte": "1"}
PAGE = {"accept": "text/html"}
SAYINGS = (
    "Der Müll liegt jede Woche vor der Tür.",
    "Bu sokak akşamları çok karanlık.",
    "نريد مقاعد أكثر في الساحة.",
    "Please plant more trees here.",
)
FILTERS = ({}, {"kind": "problem"}, {"field": "OER"}, {"kind": "idea,strength"}, {"text": "Müll"})


@dataclass
class Room:
    """What happened: milliseconds by what was done, pins acknowledged, what went wrong."""

    url: str
    code: str = ""  # of the evening's meeting
    until: float = 0.0
    took: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)  # id -> when
    shown: list[float] = field(default_factory=list)  # milliseconds until the wall shows a pin
    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    dropped: int = 0  # lines that the server closed while something was on its way: asked again
    kind_pages: int = 0
    turned_away: int = 0
    over: bool = False

    @property
    def host(self) -> str:
        """Return host and port."""
        return self.url.partition("//")[2]

    def client(self) -> httpx.AsyncClient:
        """Return a browser of its own, with its own lines."""
        lines = httpx.Limits(max_connections=6)  # as a browser has
        return httpx.AsyncClient(
            base_url=self.url, trust_env=False, timeout=60, limits=lines, verify=_certificates()
        )

    def note(self, what: str, began: float) -> None:
        """Keep how long something took."""
        self.took.setdefault(what, []).append(1000 * (time.perf_counter() - began))

    async def get(self, browser: httpx.AsyncClient, what: str, path: str) -> httpx.Response:
        """Ask for something, note how long that took and whether it went wrong."""
        began = time.perf_counter()
        answer = await self.again(lambda: browser.get(path))
        self.note(what, began)
        if answer.status_code != 200:
            self.wrong.append(f"{what} {answer.status_code} {answer.url.path}")
        return answer

    async def again(self, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """Ask; once more, as a browser does, when a line that was kept open is closed meanwhile."""
        try:
            return await ask()
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            self.dropped += 1
            return await ask()


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()  # once: reading them takes longer than a minute of a tablet


async def arrive(room: Room, wait: float) -> None:
    """Open the residents' map by QR code: the page's files, its socket, the map and its clusters."""
    await asyncio.sleep(wait)
    began = time.perf_counter()
    async with room.client() as browser, Visitor(room.host, query="lang=de"):
        await _load(room, browser)
        await room.get(
            browser, "file", "/api/map/pins?view=13.40,52.49,13.44,52.51&z=16&scope=public"
        )
        room.note("first map", began)


async def _load(room: Room, browser: httpx.AsyncClient) -> None:
    """Fetch the page's own files and what its map needs, as a browser with an empty cache does."""
    index = (await room.get(browser, "file", "/")).text
    wanted = re.findall(r'(?:src|href)="\./(static/[^"]+)"', index)
    wanted.append("/component/streamlit_folium.st_folium/index.html")
    wanted += ["/vendor/leaflet/leaflet.js", "/assets/map.js", "/api/map/base.svg"]
    await asyncio.gather(*(room.get(browser, "file", path) for path in wanted))


# --- a tablet -----------------------------------------------------------------


async def tablet(room: Room, number: int, wait: float) -> None:
    """Sit at a table until the evening is over."""
    dice = random.Random(f"{room.until} {number}")
    await asyncio.sleep(wait)
    async with (
        Visitor(room.host, page="tablet", query=f"lang=de&m={room.code}"),
        room.client() as own,
    ):
        state = asyncio.create_task(_ask_for_state(room, own))
        while time.perf_counter() < room.until:
            due = time.perf_counter() + EVERY
            await _say(room, own, dice)
            await asyncio.sleep(max(0.0, min(due, room.until) - time.perf_counter()))
        state.cancel()


async def _ask_for_state(room: Room, browser: httpx.AsyncClient) -> None:
    while True:
        await room.get(browser, "state", f"/api/rooms/{room.code}")
        await asyncio.sleep(STATE_EVERY)


async def _say(room: Room, browser: httpx.AsyncClient, dice: random.Random) -> None:
    box = areas.load("mariannenplatz").box
    pin = {
        "id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
        "receipt": receipts.code(secrets.token_bytes(9)),
        "kind": dice.choice(("strength", "problem", "idea")),
        "words": f"{dice.choice(SAYINGS)} {dice.randrange(10**9)}",
        "field": dice.choice(("", "OER", "BI")),
        "at": [dice.uniform(box[0], box[2]), dice.uniform(box[1], box[3])],
        "lang": "de",
        "source": "tablet",
        "seconds_ago": 0,
        "late": False,
    }
    for _ in range(2 if dice.random() < 0.05 else 1):  # its first answer was lost on the way
        began = time.perf_counter()
        answer = await room.again(
            lambda: browser.post(
                f"/api/rooms/{room.code}/pins?lang=de", json=pin, headers=OUR_SCRIPT
            )
        )
        room.note("save", began)
        if answer.status_code != 200:
            room.wrong.append(f"save {answer.status_code} {answer.text[:80]}")
            return
        room.acknowledged.setdefault(pin["id"], time.perf_counter())


# --- a phone ------------------------------------------------------------------


async def phone(room: Room, number: int, wait: float) -> None:
    """Browse until the evening is over: move the map, filter, read results, follow a pin."""
    dice = random.Random(f"{room.until} phone {number}")
    await asyncio.sleep(wait)
    async with Visitor(room.host, query="lang=de") as tab, room.client() as browser:
        while time.perf_counter() < room.until:
            due = time.perf_counter() + LOOK_EVERY * dice.uniform(0.5, 1.5)
            await _look(room, browser, tab, dice)
            await asyncio.sleep(max(0.0, min(due, room.until) - time.perf_counter()))


async def _look(room: Room, browser: httpx.AsyncClient, tab: Visitor, dice: random.Random) -> None:
    what, began = dice.random(), time.perf_counter()
    if what < 0.7:  # pan or zoom: the server's script does not run
        await room.get(browser, "map data", _window(dice, {}))
    elif what < 0.85:  # a filter: the page, then its pins
        chosen = dice.choice(FILTERS)
        await tab.go("", urllib.parse.urlencode({"lang": "de", **chosen}))
        room.note("rerun", began)
        await room.get(browser, "map data", _window(dice, chosen))
    else:
        await tab.go(dice.choice(("results", "follow")), "lang=de")
        room.note("rerun", began)


def _window(dice: random.Random, chosen: dict[str, str]) -> str:
    zoom = dice.randint(14, 18)
    wide = 0.02 / 2 ** (zoom - 14)
    lon, lat = dice.uniform(13.41, 13.43), dice.uniform(52.495, 52.508)
    view = ",".join(f"{v:.5f}" for v in (lon - wide, lat - wide, lon + wide, lat + wide))
    asked = {"view": view, "z": zoom, "scope": "public", **chosen}
    return f"/api/map/pins?{urllib.parse.urlencode(asked, safe=',')}"


# --- the wall, and who comes too late -----------------------------------------


async def wall(room: Room, cookies: str) -> None:
    """Look at the wall once a second, as static/wall.js does, and note when a pin is first there."""
    headers = {"cookie": cookies}
    turn = ""
    async with room.client() as browser:
        while not room.over:
            path = f"/api/walls/{room.code}?lang=de&since={turn}"
            answer = await room.again(lambda path=path: browser.get(path, headers=headers))
            if answer.status_code == 200:
                headers["if-none-match"] = answer.headers.get("etag", "")
                news = answer.json()
                turn = news["turn"]
                _see(room, {pin["id"] for pin in news["pins"]})
            await asyncio.sleep(1)


def _see(room: Room, ids: set[str]) -> None:
    now = time.perf_counter()
    for pin_id in ids - room.seen:
        room.shown.append(max(0.0, 1000 * (now - room.acknowledged.get(pin_id, now))))
    room.seen |= ids


async def latecomers(room: Room, free: int, more: int) -> None:
    """Fill what is free of the house, then knock: who comes then gets the kind page, and no socket."""
    inside = [Visitor(room.host, query="lang=de") for _ in range(free)]
    for one in inside:
        await one.__aenter__()
    async with room.client() as browser:
        for _ in range(more):
            answer = await browser.get("/", headers=PAGE)
            kind = answer.status_code == 503 and "retry-after" in answer.headers
            room.kind_pages += kind and "<h1" in answer.text
            try:
                async with Visitor(room.host, query="lang=de"):
                    pass
            except (WebSocketException, OSError):
                room.turned_away += 1
    for one in inside:
        await one.__aexit__()
