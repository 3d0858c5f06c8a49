"""A full room: who comes too late is told so, and a flood slows the flooder alone."""

import asyncio
import warnings
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from data import instance
from data.rules import HOUSE, VISITOR, Actor, Role
from pages.api import acts, crowd
from pages.api.crowd import MAX_MESSAGE, Crowd, Most
from pages.api.pace import Bucket

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

STREAM = {"type": "websocket", "path": "/_stcore/stream", "headers": []}


@pytest.fixture
def nobody(monkeypatch):
    """Nobody is known: neither the office nor who leads."""
    monkeypatch.setattr(acts, "leader", lambda request: VISITOR)


class Room:
    """An app that hears messages until told to end, with a clock that stands and a sleep counted."""

    def __init__(self, most: Most) -> None:
        self.slept: list[float] = []
        self.heard: list[dict] = []
        self.crowd = Crowd(self.app, most, clock=lambda: 0.0, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def app(self, scope, receive, send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            self.heard.append(message)

    async def open(self, client: str) -> SimpleNamespace:
        inbox: asyncio.Queue = asyncio.Queue()
        said: list[dict] = []

        async def send(message):
            said.append(message)

        inbox.put_nowait({"type": "websocket.connect"})
        scope = {**STREAM, "client": (client, 1)}
        task = asyncio.create_task(self.crowd(scope, inbox.get, send))
        await asyncio.sleep(0)
        return SimpleNamespace(inbox=inbox, said=said, task=task)

    async def close(self, one: SimpleNamespace) -> None:
        one.inbox.put_nowait({"type": "websocket.disconnect"})
        await one.task


def test_who_comes_too_late_is_refused_until_somebody_leaves(nobody):
    async def story():
        room = Room(Most(open=2))
        first, second = await room.open("192.0.2.1"), await room.open("192.0.2.2")
        late = await room.open("192.0.2.3")
        await late.task
        assert late.said == [{"type": "websocket.close", "code": 1013}]
        await room.close(first)
        again = await room.open("192.0.2.3")
        await asyncio.sleep(0)
        assert again.said == []
        assert not again.task.done()
        await room.close(again)
        await room.close(second)

    asyncio.run(story())


def test_one_source_cannot_take_all_places(nobody):
    async def story():
        room = Room(Most(open=10, of_source=2))
        own = [await room.open("192.0.2.1") for _ in range(3)]
        other = await room.open("192.0.2.2")
        assert [len(one.said) for one in (*own, other)] == [0, 0, 1, 0]
        for one in (own[0], own[1], other):
            await room.close(one)

    asyncio.run(story())


def test_the_machine_itself_counts_as_nobody_in_particular(nobody):
    async def story():
        room = Room(Most(open=10, of_source=2))
        own = [await room.open("127.0.0.1") for _ in range(4)]
        assert all(not one.said for one in own)
        for one in own:
            await room.close(one)

    asyncio.run(story())


def test_a_flood_waits_and_a_neighbour_does_not():
    async def story():
        room = Room(Most(burst=3, rate=10.0))
        flooder, neighbour = await room.open("192.0.2.1"), await room.open("192.0.2.2")
        for _ in range(6):
            flooder.inbox.put_nowait({"type": "websocket.receive", "bytes": b"x"})
        await asyncio.sleep(0.01)
        assert [round(slept, 1) for slept in room.slept] == [0.1, 0.2, 0.3]
        room.slept.clear()
        neighbour.inbox.put_nowait({"type": "websocket.receive", "bytes": b"x"})
        await asyncio.sleep(0.01)
        assert room.slept == []
        assert len(room.heard) == 2 + 7  # nothing is thrown away
        await room.close(flooder)
        await room.close(neighbour)

    asyncio.run(story())


def test_many_sockets_of_one_source_share_its_speed():
    async def story():
        room = Room(Most(burst=100, source_burst=5, source_rate=10.0))
        flood = [await room.open("192.0.2.1") for _ in range(3)]
        for one in flood:
            for _ in range(3):
                one.inbox.put_nowait({"type": "websocket.receive", "bytes": b"x"})
        await asyncio.sleep(0.01)
        assert len(room.slept) == 4  # nine messages, five at once
        for one in flood:
            await room.close(one)

    asyncio.run(story())


FINISHED = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()


class Scripts(Room):
    """A room whose scripts run until the test says that one has finished."""

    def __init__(self, most: Most) -> None:
        super().__init__(most)
        self.running: list = []

    async def app(self, scope, receive, send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            if message["type"] == "websocket.receive":
                self.running.append((scope["client"][0], send))

    async def ask(self, client: str) -> SimpleNamespace:
        one = await self.open(client)
        one.inbox.put_nowait({"type": "websocket.receive", "bytes": b"x"})
        await asyncio.sleep(0.01)
        return one


def test_of_one_source_some_scripts_run_at_a_time_and_a_neighbours_runs_at_once():
    async def story():
        room = Scripts(Most(source_scripts=2))
        all_ = [await room.ask("192.0.2.1") for _ in range(4)]
        assert [client for client, _ in room.running] == ["192.0.2.1"] * 2
        all_.append(await room.ask("192.0.2.2"))
        all_.append(await room.ask("127.0.0.1"))  # nobody in particular never waits
        assert [client for client, _ in room.running][2:] == ["192.0.2.2", "127.0.0.1"]
        await room.running[0][1]({"type": "websocket.send", "bytes": FINISHED})
        await asyncio.sleep(0.01)
        assert len(room.running) == 5
        await room.close(all_[1])  # who leaves makes room as well
        await asyncio.sleep(0.01)
        assert len(room.running) == 6
        for one in (all_[0], *all_[2:]):
            await room.close(one)

    asyncio.run(story())


def test_a_script_that_runs_long_holds_nobody_up_for_ever():
    async def story():
        places = asyncio.Semaphore(1)
        first, second, third = (crowd.Turn(places, long=0.02) for _ in range(3))
        await first.begin()
        await first.begin()  # who has a place keeps it
        assert places.locked()
        await asyncio.wait_for(second.begin(), 5)  # the first's ends by itself
        for turn in (first, second, third, first):
            turn.end()
        assert not places.locked()
        await asyncio.wait_for(third.begin(), 5)
        third.end()
        assert places._value == 1  # given back as often as it was taken

    asyncio.run(story())


def test_a_giant_message_ends_its_socket():
    async def story():
        room = Room(Most())
        giant = await room.open("192.0.2.1")
        giant.inbox.put_nowait({"type": "websocket.receive", "bytes": b"x" * (MAX_MESSAGE + 1)})
        await asyncio.wait_for(giant.task, 5)
        assert [message["type"] for message in room.heard] == ["websocket.connect"]

    asyncio.run(story())


def test_a_bucket_never_fills_beyond_its_burst_and_a_clock_set_back_gives_nothing():
    bucket = Bucket(2, 1.0)
    assert [bucket.wait(now) for now in (0, 1000, 1000, 1000)] == [0, 0, 0, 1]
    assert bucket.wait(0) == 2


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (VISITOR, 503),
        (Actor(Role.OFFICE), 200),
        (Actor(Role.JURY), 200),
        (Actor(Role.FACILITATOR), 200),
        (HOUSE, 200),
    ],
)
def test_a_full_rooms_page_is_kind_and_the_office_comes_in(monkeypatch, actor, status):
    async def page(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})

    monkeypatch.setattr(acts, "leader", lambda request: actor)
    full = Crowd(page, Most(open=0))
    client = TestClient(full, cookies={"kiezkarte_session": "x"})
    html = {"accept": "text/html"}
    answer = client.get("/inbox?lang=tr", headers=html)
    assert answer.status_code == status
    if status == 503:
        assert answer.headers["retry-after"] == str(crowd.RETRY)
        assert 'lang="tr"' in answer.text
        assert "çok fazla kişi" in answer.text
    # who is in goes on: what pages ask for is no page
    for path in ("/api/map/pins", "/assets/app.css", "/auth/login"):
        assert client.get(path, headers=html).status_code == 200
    assert client.get("/", headers={"accept": "*/*"}).status_code == 200


def test_nobody_is_looked_up_who_brings_no_cookie(monkeypatch):
    monkeypatch.setattr(acts, "leader", lambda request: pytest.fail("looked up"))
    monkeypatch.setattr(instance, "running", lambda: pytest.fail("no database"))

    async def story():
        room = Room(Most(open=0))
        late = await room.open("192.0.2.3")
        await late.task
        assert late.said

    asyncio.run(story())
