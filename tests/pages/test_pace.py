"""Who asks too fast is told when to come again; a whole room behind one address is not."""

import asyncio
import warnings

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from app import app as served
from pages.api import pace
from pages.api.pace import DEAR_AS, PACES, Buckets, Pace, Paced
from pages.api.security import Guard

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

VIEW = "/api/map/pins?view=13.40,52.49,13.44,52.51&z=16"
FEW = {"looking": Pace(3, 1), "pictures": Pace(2, 1), "meeting": Pace(4, 0.5)}
PEOPLE = 250


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Place:
    """A server that counts what reaches it, and people who ask from one address each."""

    def __init__(self, paces=None) -> None:
        self.clock, self.reached = Clock(), []
        more = {"paces": paces} if paces else {}
        self.paced = Paced(self._whole, clock=self.clock, **more)
        paced = Middleware(Paced, clock=self.clock, **more)
        self.app = Starlette(
            routes=[Mount("/", self._whole)], middleware=[Middleware(Guard), paced]
        )

    async def _whole(self, scope, receive, send) -> None:
        self.reached.append(scope["path"])
        await PlainTextResponse("here")(scope, receive, send)

    def at(self, address: str = "192.0.2.1") -> TestClient:
        return TestClient(self.app, client=(address, 50000))

    def quick(self, path: str, times: int, address: str = "192.0.2.1") -> list[int]:
        """Ask the paced part itself, without a client that takes milliseconds for each."""
        said: list[int] = []

        async def send(message) -> None:
            if message["type"] == "http.response.start":
                said.append(message["status"])

        async def ask() -> None:
            scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
            scope |= {"headers": [], "client": (address, 1)}
            for _ in range(times):
                await self.paced(scope, None, send)

        asyncio.run(ask())
        return said

    def statuses(self, path: str, times: int, address: str = "192.0.2.1") -> list[int]:
        client = self.at(address)
        return [client.get(path).status_code for _ in range(times)]


def test_the_server_that_is_started_paces_what_it_is_asked():
    assert Paced in [one.cls for one in served._user_middleware]


def test_too_many_are_refused_before_anything_is_done_and_told_when_to_come_again():
    place = Place(FEW)
    assert place.statuses(VIEW, 5) == [200, 200, 200, 429, 429]
    assert len(place.reached) == 3
    refused = place.at().get(f"{VIEW}&lang=tr")
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["cache-control"] == "no-store"
    assert refused.headers["x-content-type-options"] == "nosniff"
    assert refused.json()["error"] == "too_many"
    assert "bekleyin" in refused.json()["sentence"]
    place.clock.now += 1  # as it said; what was refused has not been counted
    assert place.statuses(VIEW, 2) == [200, 429]


def test_who_asks_from_elsewhere_does_not_wait():
    place = Place(FEW)
    assert 429 in place.statuses(VIEW, 9)
    assert place.statuses(VIEW, 3, "198.51.100.7") == [200, 200, 200]


def test_one_network_is_one_source_however_many_addresses_it_has():
    place = Place(FEW)
    asked = [place.statuses(VIEW, 1, f"2001:db8::{n}")[0] for n in range(1, 6)]
    assert asked == [200, 200, 200, 429, 429]


def test_a_meeting_goes_on_while_somebody_in_the_room_floods_the_map():
    place = Place(FEW)
    assert 429 in place.statuses(VIEW, 9)
    for path in ("/api/rooms/A/groups", "/api/walls/A", "/api/sittings/x/state"):
        assert place.statuses(path, 1) == [200]
    assert place.statuses("/api/photos/x", 3) == [200, 200, 429]


@pytest.mark.parametrize(
    "path", ["/", "/inbox", "/assets/app.css", "/vendor/leaflet/leaflet.js", "/static/js/a.js",
             "/api/map/base.svg", "/api/map/tiles/16/1/1", "/_stcore/health"],
)  # fmt: skip
def test_files_and_pages_are_not_counted(path):
    place = Place(FEW)
    assert set(place.statuses(path, 9)) == {200}
    assert place.statuses(VIEW, 3) == [200, 200, 200]


@pytest.mark.parametrize("path", ["/api/none", "/api/health", "/auth/setup/x", "/api/exports/x"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_everything_else_is_counted_however_it_is_asked(path, method):
    place = Place({**FEW, "looking": Pace(2 * DEAR_AS, 1)})
    client = place.at()
    asked = [client.request(method, path).status_code for _ in range(2 * DEAR_AS + 1)]
    assert asked.count(429) == (2 * DEAR_AS - 1 if "exports" in path else 1)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_counts_as_nobody_in_particular(address):
    assert set(Place(FEW).statuses(VIEW, 9, address)) == {200}


def test_who_opens_sockets_all_the_time_is_told_to_come_later():
    place = Place(FEW)

    async def knock() -> dict:
        said: list[dict] = []
        scope = {"type": "websocket", "path": "/_stcore/stream", "client": ("192.0.2.1", 1)}

        async def come() -> dict:
            return {"type": "websocket.connect"}

        async def send(message) -> None:
            said.append(message)

        async def app(scope, receive, send) -> None:
            await send({"type": "websocket.accept"})

        place.paced.app = app
        await place.paced(scope, come, send)
        return said[0]

    said = [asyncio.run(knock()) for _ in range(4)]
    assert [one["type"] for one in said] == ["websocket.accept"] * 3 + ["websocket.close"]
    assert said[3]["code"] == 1013


def test_a_person_gets_a_page_that_comes_again_by_itself():
    place = Place(FEW)
    place.statuses("/auth/login", 3)
    page = place.at().get("/auth/login?lang=ar", headers={"accept": "text/html"})
    assert page.status_code == 429
    assert page.headers["refresh"] == page.headers["retry-after"] == "1"
    assert 'dir="rtl"' in page.text
    assert "script" not in page.text


def test_who_sends_something_is_told_in_a_sentence():
    place = Place(FEW)
    place.statuses("/api/voices/x", 3)
    told = place.at().post("/api/voices/x", json={})
    assert told.status_code == 429
    assert told.json()["sentence"] == "Das waren viele Versuche. Bitte eine Minute warten."


def test_a_room_of_250_people_behind_one_address_browses_and_a_script_does_not():
    place = Place()
    for _ in range(5):  # everybody moves the map five times at once
        assert set(place.quick(VIEW, PEOPLE)) == {200}
    for second in range(1, 121):  # then each once in five seconds, for two minutes
        place.clock.now = second
        assert set(place.quick(VIEW, PEOPLE // 5)) == {200}
    place.reached.clear()
    for second in range(200, 210):
        place.clock.now = second
        place.quick(VIEW, 500, "198.51.100.7")
    burst, rate = PACES["looking"].burst, PACES["looking"].rate
    assert len(place.reached) == burst + 9 * rate  # of 5,000


def test_tablets_members_and_walls_of_a_full_room_ask_as_often_as_they_do():
    place = Place()
    for second in range(60):
        place.clock.now = second
        for path, times in (("/api/rooms/A", 50), ("/api/rooms/A/pins", 10),  # 200 tablets
                            ("/api/sittings/x/state", 30), ("/api/walls/A", 2)):  # fmt: skip
            assert set(place.quick(path, times)) == {200}


def test_sources_are_forgotten_once_they_could_ask_as_much_as_ever(monkeypatch):
    monkeypatch.setattr(pace, "MANY", 10)
    buckets = Buckets()
    buckets._tidy = 10
    for n in range(100):
        assert buckets.of(n, 1, 1.0, now=10.0 * n).late(10.0 * n) == 0
    assert len(buckets) <= 10
    flooding = buckets.of("flood", 1, 0.001, now=1000.0)
    assert flooding.late(1000.0) == 0
    for n in range(100):
        buckets.of(("other", n), 1, 1.0, now=1001.0)
    assert buckets.of("flood", 1, 0.001, now=1001.0) is flooding  # what it owes is not forgotten
