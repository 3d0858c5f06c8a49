"""A full room on one server: 200 tablets, 50 phones that browse, a wall that looks on, latecomers.

`make load`; `MINUTES=2 make load` for less; `WEEK=1 make load` for seven such days in an hour (or
in MINUTES), all pages closed and opened anew each day, with the server's memory after each night. In
a night what closed pages left ends; so a night is half a minute, and the server waits 10 s for a tab.
"""

import asyncio
import json
import os
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

from data import meetings
from data.filters import Filter
from data.meetings import Plan, Publish
from data.pins import count
from data.rules import HOUSE, MeetingId
from data.store import Store
from tests.bench import measure
from tests.bench.room_people import EVERY, Room, arrive, latecomers, phone, tablet, wall
from tests.browser.conftest import Server, start_server, stop_server

TABLETS, PHONES = int(os.environ.get("TABLETS", "200")), int(os.environ.get("PHONES", "50"))
WEEK = os.environ.get("WEEK", "") not in ("", "0")
DAYS = 7 if WEEK else 1
MINUTES = float(os.environ.get("MINUTES") or (60 if WEEK else 10))
PINS = 10_000  # stored before
FREE, LATE = 5, 10  # pages that may still be open, and who knocks then
CODES = [f"R00M{day:04}" for day in range(DAYS)]  # each evening is a meeting of its own
SAVE_MOST, DATA_MOST, WALL_MOST, FIRST_MOST = 400, 100, 2000, 6000  # milliseconds
OPENING = min(60, TABLETS + PHONES)  # people who open the map within a minute
NIGHT = 30.0  # seconds after each evening of a week
MORE: dict[str, Any] = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "10"} if WEEK else {}
GROWN_MOST = 5  # percent of memory within a week


def run() -> None:
    """Fill the room, let it talk, count what is stored; the last line sums up."""
    with measure.folder() as place:
        path = place / "kiezkarte.duckdb"
        _prepare(path)
        began = time.perf_counter()
        server = start_server(place, KIEZKARTE_MOST_OPEN=str(TABLETS + PHONES + FREE), **MORE)
        found: dict[str, Any] = {"start_s": round(time.perf_counter() - began, 1)}
        found["start_cpu_s"] = round(measure.cpu_ms(server.process.pid) / 1000, 1)
        try:
            room = Room(server.url)
            found |= asyncio.run(_days(room, server))
        finally:
            stop_server(server)
        store = Store.open(path)
        meetings_of = (Filter(meeting=MeetingId(code)) for code in CODES)
        found["stored"] = sum(count(store, HOUSE, wanted) for wanted in meetings_of)
        found["twice"] = store.read("select count(*) - count(distinct id) from pin")[0][0]
        store.close()
    _report(room, found)


def _prepare(path: Path) -> None:
    shutil.copy(measure.filled(PINS), path)
    store, now = Store.open(path), measure.NOW
    plan = Plan("Kiezwerkstatt", date(2026, 5, 4), publish=Publish.AT_ONCE)
    for code in CODES:
        one = MeetingId(code)
        meetings.create(store, HOUSE, meeting_id=one, code=code, plan=plan, pin="2468", now=now)
        meetings.move(store, HOUSE, one, to=meetings.State.OPEN, now=now)
    store.close()


async def _days(room: Room, server: Server) -> dict[str, Any]:
    """Let the days pass; returns processor time (of the server, and of all clients) and memory."""
    pid, cookies = server.process.pid, measure.log_in(room.url, "office")
    over = min(60.0, 60 * MINUTES)
    first = [arrive(room, number * over / OPENING) for number in range(OPENING)]
    come = await asyncio.gather(*first, return_exceptions=True)
    room.wrong += [repr(fault) for fault in come if fault]
    memory = [measure.megabytes(pid)]
    began, used, own = time.perf_counter(), measure.cpu_ms(pid), time.process_time()
    for day, room.code in enumerate(CODES):
        await _evening(room, cookies, late=day == 0)
        await asyncio.sleep(NIGHT if WEEK else 0)
        memory.append(measure.megabytes(pid))
    return {
        "seconds": round(time.perf_counter() - began),
        "server_cpu_s": round((measure.cpu_ms(pid) - used) / 1000, 1),
        "clients_cpu_s": round(time.process_time() - own, 1),
        "memory_mb": [round(mb) for mb in memory],
    }


async def _evening(room: Room, cookies: str, *, late: bool) -> None:
    """Everybody comes within the time of one round, stays, and goes."""
    length = MINUTES * 60 / DAYS
    come = min(EVERY, length / 3)
    room.until, room.over = time.perf_counter() + length, False
    looks_on = asyncio.create_task(wall(room, cookies))
    people = [tablet(room, n, n * come / TABLETS) for n in range(TABLETS)]
    people += [phone(room, n, n * come / PHONES) for n in range(PHONES)]
    everybody = asyncio.gather(*people, return_exceptions=True)
    if late:
        await asyncio.sleep(length / 2)
        await latecomers(room, FREE, LATE)
    room.wrong += [repr(fault) for fault in await everybody if fault]
    await asyncio.sleep(WALL_MOST / 1000)
    room.over = True
    await looks_on


# --- what came out --------------------------------------------------------------


def _report(room: Room, found: dict[str, Any]) -> None:
    said, known = len(room.acknowledged), len(measure.missed)
    lost = max(said - found["stored"], 0)
    doubled = max(found["stored"] - said, 0) + found["twice"]
    _at_most("pins of a full room that were lost", lost, "pins", 0, said)
    _at_most("pins of a full room stored twice", doubled, "pins", 0, said)
    _at_most("what went wrong in a full room", len(room.wrong), "answers", 0, said)
    unseen = len(room.acknowledged.keys() - room.seen)
    _at_most("pins that the wall never showed", unseen, "pins", 0, said)
    kind = min(room.kind_pages, room.turned_away)
    measure.judge(
        "who came past the limit got the kind page", kind, "people", least=LATE, runs=LATE
    )
    p95 = {
        name: round(_quick(room, what, name, most), 1)
        for what, name, most in (
            ("save", "a tablet's save", SAVE_MOST),
            ("map data", "map data for a phone", DATA_MOST),
            ("first map", "the first map, sixty people within a minute", FIRST_MOST),
            ("state", "how the meeting stands", None),
            ("rerun", "a phone's page", None),
        )
    }
    slowest = max(room.shown, default=0.0)
    _at_most("a pin on the wall, slowest", slowest, "ms", WALL_MOST, len(room.shown))
    if WEEK:
        grown = found["grown_percent"] = _grown(found["memory_mb"])
        _at_most("memory that a week adds", grown, "%", GROWN_MOST, DAYS)
    about = {"tablets": TABLETS, "phones": PHONES, "minutes": MINUTES, "week": WEEK}
    counts = {"acknowledged": said, "lost": lost, "doubled": doubled, "wrong": room.wrong[:5]}
    counts |= {
        "kind_pages": room.kind_pages,
        "turned_away": room.turned_away,
        "dropped": room.dropped,
    }
    line = {"room": about | counts, "p95_ms": p95, "wall_slowest_ms": round(slowest)}
    missed = measure.missed[known:]
    print(json.dumps(line | found | {"missed": missed, "met": not missed}, ensure_ascii=False))


def _at_most(figure: str, value: float, unit: str, most: float, runs: int) -> None:
    measure.judge(figure, value, unit, most=most, runs=runs)


def _quick(room: Room, what: str, name: str, most: float | None) -> float:
    """Print the p95 of one thing that people did, and return it."""
    took = room.took.get(what) or [0.0]
    p95 = measure.quantile(took, 0.95)
    more = {"median": round(measure.median(took), 1), "max": round(max(took))}
    if most is None:
        measure.show(name, p95, "ms, p95", runs=len(took), **more)
    else:
        measure.judge(name, p95, "ms, p95", most=most, runs=len(took), **more)
    return p95


def _grown(memory: list[int]) -> float:
    """Return by how many percent the last day's memory is above the first day's."""
    return round(100 * (memory[-1] / memory[1] - 1), 1)
