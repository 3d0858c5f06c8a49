"""Forks processes that store pins until they are killed, and print an id once it is told stored.

Each line of input is a name and a database file; a process prints its own number first, and
"gone" follows when it has died. Forking saves the imports of twenty rounds.
"""

import os
import sys
import threading
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from data import areas, pins
from data.pins import Draft
from data.rules import VISITOR
from data.store import Store
from geo.points import LonLat

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
AREA = areas.load("mariannenplatz")


def draft(name: str) -> Draft:
    fountain = LonLat(13.4243, 52.50206)
    return Draft(name, kind="problem", words=f"Satz {name}", at=fountain, code=f"code-{name}")


def tell(line: object) -> None:
    os.write(1, f"{line}\n".encode())  # one short write: whole lines even when killed


def save_forever(store: Store, name: str) -> None:
    for number in count():
        pins.add(store, VISITOR, AREA, [draft(f"{name}-{number}")], now=NOW)
        tell(f"{name}-{number}")


def write_until_killed(name: str, path: str) -> None:
    store = Store.open(Path(path))
    lanes = [threading.Thread(target=save_forever, args=(store, name + lane)) for lane in "abc"]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()  # they end only when nobody reads any more
    os._exit(1)


if __name__ == "__main__":
    pins.check(AREA, draft("warm"))
    for line in sys.stdin:
        if not (child := os.fork()):
            tell(os.getpid())
            write_until_killed(*line.rstrip("\n").split(" ", 1))
        os.waitpid(child, 0)
        tell("gone")
