"""What all benches share: quantiles, one JSON line a figure, filled databases, a real server."""

import json
import math
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from data import areas, reading, samples
from data.store import Store
from geo.area import Area
from tests.browser.conftest import PASSWORD, Server, start_server, stop_server

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
SEED = 1
missed: list[str] = []  # names of the figures that were printed and not met


def median(values: Sequence[float]) -> float:
    """Return the middle value.

    >>> median([3, 1, 2, 100])
    2
    """
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed.

    >>> quantile(range(1, 101), 0.95), quantile([7], 0.95)
    (95, 7)
    """
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that an act takes."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def show(figure: str, value: float, unit: str, *, runs: int, **more: object) -> None:
    """Print a figure that has no reach: a peer, or what explains another figure."""
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    line = {"figure": figure, "value": _short(value), "unit": unit, **more, "runs": runs}
    print(
        json.dumps(line | {"load": load, "cores": os.cpu_count()}, ensure_ascii=False), flush=True
    )


def judge(
    figure: str,
    value: float,
    unit: str,
    *,
    runs: int,
    most: float | None = None,
    least: float | None = None,
    **more: object,
) -> None:
    """Print a figure with what it shall reach (at most, or at least) and whether it does."""
    met = (most is None or value <= most) and (least is None or value >= least)
    if not met:
        missed.append(figure)
    reach = f"<= {most:g}" if least is None else f">= {least:g}"
    show(figure, value, unit, reach=reach, met=met, runs=runs, **more)


def _short(value: float) -> float:
    return round(value) if abs(value) >= 1000 else round(value, 2 if abs(value) < 10 else 1)


# --- data -----------------------------------------------------------------


@cache
def area() -> Area:
    """Load the area that all benches play in."""
    return areas.load("mariannenplatz")


@cache
def _shelf() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="kiezkarte-bench-", ignore_cleanup_errors=True)


@cache
def filled(count: int) -> Path:
    """Fill a database file with made-up pins, once a run of the benches; copy it to write."""
    path = Path(_shelf().name) / f"{count}.duckdb"
    store = Store.open(path)
    samples.fill(store, area(), count, SEED, NOW)
    store.write(lambda tx: tx.execute(UNLIKE))
    store.write(lambda tx: tx.execute(READ, {"rules": reading.rules()}))
    store.close()
    return path


# In life no two texts are the same; a few that repeat would be a dictionary, and flatter the search
UNLIKE = "update pin set folded = folded || ' ' || substring(id, 1, 10)"

# Their flags were read long ago; else the server would do that while it is measured, for two hours
READ = "insert into pin_read select id, changed_at, $rules, null from pin"


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kiezkarte-bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def serving(count: int) -> Iterator[Server]:
    """Start Kiezkarte on a file with so many made-up pins, the demo and its accounts."""
    with folder() as place:
        shutil.copy(filled(count), place / "kiezkarte.duckdb")
        server = start_server(place)
        try:
            yield server
        finally:
            stop_server(server)


def log_in(url: str, name: str) -> str:
    """Log in with a demo account over HTTP; returns the cookies of the browser that did."""
    with httpx.Client(base_url=url, trust_env=False) as browser:
        form = re.search(r'name="form" value="([^"]+)"', browser.get("/auth/login").text)
        assert form, "the log-in form has no secret"
        fields = {"login": name, "password": PASSWORD, "form": form[1]}
        answer = browser.post("/auth/login", data=fields)
        assert answer.status_code == 303, answer.status_code
        return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def host(server: Server) -> str:
    """Return host and port of a server."""
    return urlsplit(server.url).netloc


# --- the server's process, where the system tells (Linux) -------------------


def cpu_ms(pid: int) -> float:
    """Return the processor time that a process has used, in milliseconds; NaN if unknown."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return math.nan
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """Return the resident memory of a process and its children; NaN if unknown."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return math.nan
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 + sum(megabytes(int(child)) for child in children) if found else 0.0
