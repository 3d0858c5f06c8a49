"""Forks processes that do an office's acts until they are killed, and tell each act once stored.

Each line of input is a name and a database file; a process prints its own number first, and
"gone" follows when it has died. Forking saves the imports of all the rounds. Copies, checkpoints
and new bases come thousands of times as often as in an office, so that kills meet them too.
"""

import os
import random
import sys
import threading
from pathlib import Path

from data import keeper, pins, writer
from data.rules import PinId
from data.store import Store
from tests.torture.load import AREA, FOUNTAIN, Lane

LANES = 4


def often(name: str) -> None:
    """Let what is rare happen all the time, or as often as it does: by a process's name."""
    dice = random.Random(name)
    keeper.REST, keeper.PAUSE = dice.choice((0.02, 0.2, 2.0)), 0
    writer.CHECKPOINT_BYTES = dice.choice((20_000, 200_000))
    writer.JOURNAL_BYTES = dice.choice((50_000, 8_000_000))


def tell(line: object) -> None:
    """Print a line in one short write: whole lines even when killed."""
    os.write(1, f"{line}\n".encode())


def _forever(lane: Lane) -> None:
    while True:
        lane.step()


def act_until_killed(name: str, path: str) -> None:
    """Open the database (which repairs it) and act on several lanes at once."""
    often(name)
    store = Store.open(Path(path))
    lanes = [Lane(store, f"{name}{letter}", tell) for letter in "abcdefgh"[:LANES]]
    threads = [threading.Thread(target=_forever, args=(lane,)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # they end only when nobody reads any more
    os._exit(1)


def main() -> None:
    """Fork a process a line."""
    pins.check(AREA, pins.Draft(PinId("warm"), kind="problem", words="warm", at=FOUNTAIN))
    for line in sys.stdin:
        if not (child := os.fork()):
            tell(os.getpid())
            act_until_killed(*line.rstrip("\n").split(" ", 1))
        os.waitpid(child, 0)
        tell("gone")


if __name__ == "__main__":
    main()
