"""How fast and how small a window's clusters are, under any filter, and folium's own for 10,000."""

import http.client
import json
import math
import random
import time
import urllib.parse
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from data import cells, columns, filters, pins
from data.filters import Box, Filter
from data.rules import VISITOR
from data.store import Store
from geo.points import LonLat
from tests.bench import measure
from tests.browser.conftest import Server

REACH = {10_000: 20, 100_000: 20, 1_000_000: 20}
READY = columns.REST + 8  # seconds until a large stock's columns are in memory
KILOBYTES = 60
ZOOMS = range(11, 19)
SCREEN = (1920, 1080)  # the largest window there is in offices: most cells
PAD = 1.1  # static/map.js asks for a little more than is seen
PLACES = 2  # windows a filter and zoom
ROUNDS = 3  # every window is asked for so often; its median counts
WANTED = {
    "none": Filter(),
    "kind": Filter(kind=("idea",)),
    "field and status": Filter(field=("OER", "BI"), status=("new",)),
    "period": Filter(since=date(2026, 1, 1), until=date(2026, 3, 31)),
    "source": Filter(source=("meeting", "paper")),
    "language": Filter(lang=("tr",)),
    "a frequent word": Filter(text="Müll"),
    "two words": Filter(text="Autos schnell"),
    "an Arabic word": Filter(text="قمامة"),
    "a word nobody said": Filter(text="Zeppelin"),
    "climate": Filter(climate=True),
    "voices": Filter(support=2),
    "a drawn shape": Filter(
        shape=tuple(
            LonLat(13.425 + 0.004 * math.cos(n / 10), 52.503 + 0.0025 * math.sin(n / 10))
            for n in range(60)
        )
    ),
    "box": Filter(box=Box(13.4220, 52.5010, 13.4280, 52.5050)),
    "all at once": Filter(
        kind=("problem", "idea"),
        field=("OER",),
        status=("read",),
        source=("web",),
        lang=("de",),
        since=date(2025, 9, 1),
        text="der",
        inside=True,
    ),
}


class Look(NamedTuple):
    """One look at the map."""

    name: str  # of the filter
    wanted: Filter
    view: Box
    zoom: int

    @property
    def path(self) -> str:
        """The request that the map makes."""
        view = ",".join(f"{edge:.5f}" for edge in self.view)
        query = {"view": view, "z": self.zoom, "scope": "public", **filters.to_query(self.wanted)}
        return f"/api/map/pins?{urllib.parse.urlencode(query)}"


def run() -> None:
    """Measure each size of stock: the function, the real server, the peer."""
    for count, most in REACH.items():
        _alone(count)
        with measure.serving(count) as server:
            _served(server, count, most)
            if count == min(REACH):
                _not_changed(server, count)
    _folium(min(REACH))


def looks(places: int = PLACES) -> list[Look]:
    """List windows round the area's spots for every filter and zoom, in random order."""
    chance = random.Random(7)
    spots = measure.area().spots
    found = [
        Look(name, wanted, window(chance.choice(spots).at, zoom), zoom)
        for name, wanted in WANTED.items()
        for zoom in ZOOMS
        for _ in range(places)
    ]
    chance.shuffle(found)
    return found


def window(centre: LonLat, zoom: int) -> Box:
    """Cut the window that a screen shows of the map at a zoom."""
    pixel = 360 / 256 / 2**zoom  # degrees of longitude
    high = pixel * math.cos(math.radians(centre.lat)) * SCREEN[1] * PAD / 2
    wide = pixel * SCREEN[0] * PAD / 2
    return Box(centre.lon - wide, centre.lat - high, centre.lon + wide, centre.lat + high)


def _alone(count: int) -> None:
    """Measure the function without a server: the clock, and the processor time of all threads."""
    store = Store.open(measure.filled(count))
    try:
        asked = looks()
        _clusters(store, asked[0])  # has the columns made
        time.sleep(READY)
        for look in asked:  # fills the cache, as the first visitors do
            _clusters(store, look)
        rounds = [[_clusters(store, look) for look in asked] for _ in range(ROUNDS)]
    finally:
        store.close()
    clock, used = (_by_filter(asked, [[pair[n] for pair in one] for one in rounds]) for n in (0, 1))
    measure.show(
        f"clusters of a view, {count} pins, the function alone",
        _p95(_all(clock)),
        "ms, p95",
        median=round(measure.median(_all(clock)), 1),
        slowest=_worst(clock),
        p95_by_filter=_each(clock),
        cpu_p95_by_filter=_each(used),
        runs=len(asked) * ROUNDS,
    )


def _clusters(store: Store, look: Look) -> tuple[float, float]:
    used = time.process_time()
    ms = measure.timed(
        lambda: cells.in_view(store, VISITOR, look.wanted, look.view, zoom=look.zoom)
    )
    return ms, 1000 * (time.process_time() - used)


def _served(server: Server, count: int, most: float) -> None:
    """Measure the real server over a line that stays open, as a browser's does."""
    asked = looks()
    _fetch(_line(server), asked[0].path)  # has the columns made
    time.sleep(READY)
    line = _line(server)  # a new one: the server closes what is silent for five seconds
    sizes = [_fetch(line, look.path)[1:] for look in asked]
    used = measure.cpu_ms(server.process.pid)
    rounds = [[_fetch(line, look.path)[0] for look in asked] for _ in range(ROUNDS)]
    used = measure.cpu_ms(server.process.pid) - used
    times = _by_filter(asked, rounds)
    worst = _worst(times)
    measure.judge(
        f"clusters of a view, {count} pins, the slowest filter",
        _p95(times[worst]),
        "ms, p95",
        most=most,
        slowest=worst,
        p95_by_filter=_each(times),
        runs=len(times[worst]) * ROUNDS,
    )
    measure.judge(
        f"clusters of a view, {count} pins, any filter",
        _p95(_all(times)),
        "ms, p95",
        most=most,
        median=round(measure.median(_all(times)), 1),
        cpu_ms=round(used / len(asked) / ROUNDS, 1),  # of all threads, a mean
        runs=len(asked) * ROUNDS,
    )
    measure.judge(
        f"size of a view, {count} pins, the largest",
        max(size for size, _ in sizes) / 1000,
        "KB",
        most=KILOBYTES,
        median=round(measure.median([size for size, _ in sizes]) / 1000, 1),
        cells=max(number for _, number in sizes),
        runs=len(sizes),
    )


def _by_filter(asked: list[Look], rounds: list[list[float]]) -> dict[str, list[float]]:
    """Take each look's median over the rounds, and sort the looks by filter."""
    found: dict[str, list[float]] = {name: [] for name in WANTED}
    for look, *times in zip(asked, *rounds, strict=True):
        found[look.name].append(measure.median(times))
    return found


def _all(times: dict[str, list[float]]) -> list[float]:
    return [ms for of_filter in times.values() for ms in of_filter]


def _p95(times: list[float]) -> float:
    return measure.quantile(times, 0.95)


def _worst(times: dict[str, list[float]]) -> str:
    return max(times, key=lambda name: _p95(times[name]))


def _each(times: dict[str, list[float]]) -> dict[str, float]:
    return {name: round(_p95(of_filter), 1) for name, of_filter in times.items()}


def _not_changed(server: Server, count: int) -> None:
    line, times = _line(server), []
    for look in looks(1):
        status, etag = _ask(line, look.path)
        began = 0.0
        while status != 304:  # the server may have read what a pin is about meanwhile
            began = time.perf_counter()
            status, etag = _ask(line, look.path, {"If-None-Match": etag})
        times.append(1000 * (time.perf_counter() - began))
    measure.show(
        f"clusters of a view that has not changed (304), {count} pins",
        measure.quantile(times, 0.95),
        "ms, p95",
        median=round(measure.median(times), 1),
        runs=len(times),
    )


def _line(server: Server) -> http.client.HTTPConnection:
    line = http.client.HTTPConnection(measure.host(server), timeout=60)
    line.connect()
    return line


def _fetch(line: http.client.HTTPConnection, path: str) -> tuple[float, int, int]:
    """Ask for a window: milliseconds, bytes and clusters of the answer."""
    began = time.perf_counter()
    line.request("GET", path)
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, path)
    ms = 1000 * (time.perf_counter() - began)
    return ms, len(body), len(json.loads(body)["cells"])


def _ask(
    line: http.client.HTTPConnection, path: str, headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """Ask for a window: status and ETag."""
    line.request("GET", path, headers=headers or {})
    answer = line.getresponse()
    answer.read()
    return answer.status, answer.headers["etag"]


# --- the peer ---------------------------------------------------------------


def _folium(count: int) -> None:
    """Draw the same pins with folium's MarkerCluster, one marker a pin, no popups."""
    store = Store.open(measure.filled(count))
    try:
        found = list(_places(store))
    finally:
        store.close()
    sizes: list[int] = []
    times = [measure.timed(lambda: sizes.append(_rendered(found))) for _ in range(2)]
    measure.show(
        f"peer: the same map by folium MarkerCluster, {count} pins",
        measure.median(times),
        "ms",
        kilobytes=round(sizes[0] / 1000),
        runs=len(times),
    )


def _places(store: Store) -> Iterator[tuple[float, float]]:
    for pin in pins.listing(store, VISITOR, Filter(), limit=10_000_000):
        yield pin.at.lat, pin.at.lon


def _rendered(found: list[tuple[float, float]]) -> int:
    import folium
    from folium.plugins import MarkerCluster

    drawn = folium.Map(location=measure.area().centre[::-1], tiles=None)
    group = MarkerCluster().add_to(drawn)
    for place in found:
        folium.Marker(place).add_to(group)
    return len(drawn.get_root().render().encode())
