"""How long a page's script runs with 100,000 pins stored: the residents' map and the office's."""

import asyncio
import json
import time
import urllib.parse
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench import measure

COUNT = 100_000
MOST = 150  # milliseconds
RUNS = 40
PLACE = (13.4243, 52.50206)  # a tap beside the fountain


class Visitor:
    """A browser tab without the browser: it speaks Streamlit's protocol and draws nothing."""

    def __init__(self, host: str, *, page: str = "", query: str = "", cookies: str = "") -> None:
        """Say which page of which server is looked at."""
        self._host, self._page, self._query, self._cookies = host, page, query, cookies
        self._hash = ""
        self.widgets: dict[str, Any] = {}  # what the tab would send back: id -> JSON
        self.map = ""  # the widget id of the map
        self.seen: set[str] = set()  # kinds of elements drawn by the last run
        self.bytes = 0

    async def __aenter__(self) -> "Visitor":
        """Open the connection and let the page run for the first time."""
        self._socket = await websockets.connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers={"Cookie": self._cookies} if self._cookies else {},
            origin=websockets.Origin(f"http://{self._host}"),
            max_size=None,
            ping_interval=None,
            proxy=None,
        )
        await self.rerun()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the tab."""
        await self._socket.close()

    async def rerun(self) -> float:
        """Run the page once more; returns the milliseconds until its script has finished."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        message.rerun_script.page_script_hash = self._hash
        for name, value in self.widgets.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.json_value = name, json.dumps(value)
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._finished()
        return 1000 * (time.perf_counter() - began)

    async def go(self, page: str, query: str) -> float:
        """Open another page, or this one with another address; returns milliseconds as `rerun`."""
        self._page, self._query, self._hash = page, query, ""
        self.widgets = {}
        return await self.rerun()

    async def _finished(self) -> None:
        self.seen, self.bytes, started = set(), 0, False
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), 60)
            self.bytes += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                started = True
                self._hash = answer.new_session.page_script_hash or self._hash
            elif kind == "navigation":
                self._hash = answer.navigation.page_script_hash or self._hash
            elif kind == "delta":
                self._look_at(answer.delta.new_element)
            elif kind == "script_finished" and started:
                assert answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, answer
                return

    def _look_at(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        self.seen.add(kind)
        assert kind != "exception", element.exception.message
        if kind == "component_instance":
            self.map = element.component_instance.id


def run() -> None:
    """Measure the reruns of both pages on one server."""
    with measure.serving(COUNT) as server:
        host = measure.host(server)
        cookies = measure.log_in(server.url, "office")
        asyncio.run(_residents(host, server.process.pid))
        asyncio.run(_office(host, cookies, server.process.pid))


async def _residents(host: str, pid: int) -> None:
    async with Visitor(host, query="lang=de") as visitor:
        assert visitor.map, "the residents' page has no map"
        await _measure(visitor, "the residents' map", pid)
        await _measure(visitor, "the residents' map, a tap opens the form", pid, taps=True)
        assert "text_area" in visitor.seen, "the tap opened no form"


async def _office(host: str, cookies: str, pid: int) -> None:
    async with Visitor(host, page="pins", query="lang=de", cookies=cookies) as office:
        assert office.map, "the office's page has no map"
        await _measure(office, "the office's map and list", pid)
    query = urllib.parse.urlencode({"lang": "de", "text": "Müll"})
    async with Visitor(host, page="pins", query=query, cookies=cookies) as office:
        await _measure(office, "the office's map and list, a word searched", pid)


async def _measure(visitor: Visitor, name: str, pid: int, *, taps: bool = False) -> None:
    for _ in range(3):
        await visitor.rerun()
    times, used = [], measure.cpu_ms(pid)
    for number in range(RUNS):
        if taps:
            lon, lat = PLACE
            visitor.widgets[visitor.map] = {"n": number + 1, "tap": [lon + number * 1e-5, lat]}
        times.append(await visitor.rerun())
    used = measure.cpu_ms(pid) - used
    measure.judge(
        f"rerun of {name}, {COUNT} pins stored",
        measure.median(times),
        "ms, median",
        most=MOST,
        p95=round(measure.quantile(times, 0.95), 1),
        cpu_ms=round(used / RUNS, 1),
        kilobytes=round(visitor.bytes / 1000, 1),
        runs=RUNS,
    )
