"""kill -9 at random moments: while acting, while starting, while repairing, while copying."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from data.problems import Problem
from data.store import Store
from tests.torture.load import Found, count

ROOT = Path(__file__).parents[2]
FRESH = 25  # rounds on one database; then a new one begins
UNSEEN = 0.3  # share of rounds after which nobody looks before the next process starts
STARTING = 0.3  # share of kills at any moment of the start
LONGEST, SHORT = 0.8, 0.05  # seconds from the start, or from an act, until the kill
MOST = 60  # acts
GONE = "gone"
Pipe = subprocess.Popen[str]


@contextlib.contextmanager
def actors() -> Iterator[Pipe]:
    """Start the process that forks those that are killed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def kill_one(actors: Pipe, path: Path, name: str, acts: int, seconds: float) -> list[str]:
    """Kill a process some time after so many acts; return all it was told stored."""
    assert actors.stdin
    assert actors.stdout
    actors.stdin.write(f"{name} {path}\n")
    actors.stdin.flush()
    number = int(actors.stdout.readline())
    told: list[str] = []
    while len(told) < acts and GONE not in told:
        told.append(actors.stdout.readline().strip())
    if GONE in told:
        raise AssertionError(f"a process ended by itself on {path}")
    time.sleep(seconds)
    os.kill(number, signal.SIGKILL)
    return told + [line.strip() for line in iter(actors.stdout.readline, f"{GONE}\n")]


def rounds(folder: Path, number: int, seed: int = 1) -> Iterator[Found]:
    """Kill so many processes; yield what was found whenever somebody looked.

    Raises Problem when a start needs a person.
    """
    dice, told, path = random.Random(seed), [], folder / "0.duckdb"
    with actors() as process:
        for one in range(number):
            if one % FRESH == 0:
                told, path = [], folder / f"{one}.duckdb"
            starting = dice.random() < STARTING
            acts, seconds = (0, LONGEST) if starting else (dice.randrange(1, MOST), SHORT)
            told += kill_one(process, path, f"r{one}", acts, dice.uniform(0.0, seconds))
            last = one % FRESH == FRESH - 1 or one == number - 1
            if last or dice.random() > UNSEEN:
                yield look(path, told)


def look(path: Path, told: list[str]) -> Found:
    """Start as the next morning, and count."""
    try:
        store = Store.open(path)
    except Problem as problem:
        raise AssertionError(f"a start needs a person: {problem.key} {problem.params}") from problem
    found = count(store, told)
    store.close()
    return found
