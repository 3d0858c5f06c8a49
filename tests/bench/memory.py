"""How much memory the server holds with 100,000 pins, idle after one visitor and office staff."""

import asyncio
import math
import time

import httpx

from tests.bench import measure
from tests.bench.cells import looks
from tests.bench.pages import COUNT, Visitor
from tests.browser.conftest import Server

MOST = 600  # MB
RUNS = 2


def run() -> None:
    """Start the server afresh each time, let people look, and weigh it when it rests."""
    found = [_one() for _ in range(RUNS)]
    if any(math.isnan(mb) for way in found for mb in way):
        raise RuntimeError("this system does not tell a process's memory")
    before, after = (measure.median(way) for way in zip(*found, strict=True))
    measure.judge(
        f"memory of the server, {COUNT} pins, idle",
        after,
        "MB",
        most=MOST,
        before_the_first_visitor=round(before),
        runs=RUNS,
    )


def _one() -> tuple[float, float]:
    with measure.serving(COUNT) as server:
        before = _rested(server)
        cookies = measure.log_in(server.url, "office")
        asyncio.run(_visits(server, cookies))
        return before, _rested(server)


async def _visits(server: Server, cookies: str) -> None:
    host = measure.host(server)
    async with Visitor(host, query="lang=de") as visitor:
        await visitor.rerun()
    async with Visitor(host, page="pins", query="lang=de", cookies=cookies) as office:
        await office.rerun()
    with httpx.Client(base_url=server.url, trust_env=False) as browser:
        for look in looks(1):
            browser.get(look.path).raise_for_status()


def _rested(server: Server) -> float:
    """Wait until the memory has not moved by a percent for two seconds, 20 seconds at most."""
    last = measure.megabytes(server.process.pid)
    for _ in range(10):
        time.sleep(2)
        now = measure.megabytes(server.process.pid)
        if math.isnan(now) or abs(now - last) < last / 100:
            return now
        last = now
    return last
