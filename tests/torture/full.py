"""A disk that is full for a while: `python -m tests.torture.full FOLDER SEED`.

Works on a small disk in memory of its own, which needs a namespace of its own (`trouble.py`). It
acts, then something else fills the disk, then there is space again, then it dies; its file is
damaged, and it is started while the disk is full once more. It tells what became of it.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from data.problems import Problem, StoreTrouble
from data.store import Store
from tests.torture.child import often
from tests.torture.kills import look
from tests.torture.load import Lane
from tests.torture.trouble import told_when_opening

DISK = 64  # MB
BEFORE, WHILE, AFTER = 15, 100, 15  # acts
AGAIN = 10.0  # seconds in which it must go on


def main() -> None:
    """Let a process act on a small disk; count what it left."""
    folder, seed = Path(sys.argv[1]), sys.argv[2]
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "tmpfs", folder], check=True)
    path, reader, writer = folder / "k.duckdb", *os.pipe()
    if not (child := os.fork()):
        _act(path, seed, writer)
    os.close(writer)
    with open(reader) as pipe:
        told = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    start = _start_while_full(path)
    found = look(path, [line for line in told if not line.startswith("end ")])
    end = json.loads(told[-1].removeprefix("end ")) if told[-1].startswith("end ") else {}
    by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    print(json.dumps({"found": asdict(found), "by": by, "start": start} | end))


def _start_while_full(path: Path) -> str:
    """Damage the database, start it on a full disk; returns what that start was told."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    filler = path.with_name("filler")
    _fill(filler, 0)
    told, _ = told_when_opening(path)
    filler.unlink()
    return told


def _act(path: Path, seed: str, to: int) -> None:
    """Act with space, without, and with space again; then die without closing."""

    def tell(line: str) -> None:
        os.write(to, f"{line}\n".encode())

    dice = random.Random(seed)
    often(seed)
    store = Store.open(path)
    lane = Lane(store, f"f{seed}", tell)
    for _ in range(BEFORE):
        lane.step()
    filler = path.with_name("filler")
    full = threading.Thread(target=_fill, args=(filler, dice.choice((0, 50_000, 4_500_000))))
    full.start()  # while acts go on
    refused = _while_full(store, lane)
    full.join()
    refused.update(_while_full(store, lane))
    filler.unlink()
    waited = _until_again(lane)
    for _ in range(AFTER):
        lane.step()
    tell("end " + json.dumps({"refused": refused, "waited": waited}))
    os.kill(os.getpid(), signal.SIGKILL)


def _fill(filler: Path, left: int) -> None:
    """Leave so many bytes of a disk."""
    with filler.open("wb") as file, contextlib.suppress(OSError):
        file.write(bytes(max(0, os.statvfs(filler).f_bavail * os.statvfs(filler).f_frsize - left)))


def _while_full(store: Store, lane: Lane) -> Counter[str]:
    """Act on; count the refusals. Reading must go on."""
    refused: Counter[str] = Counter()
    for _ in range(WHILE):
        try:
            lane.step()
        except StoreTrouble as trouble:
            refused[trouble.key] += 1
        except Problem:  # of an act upon what was not stored
            refused["other"] += 1
        store.read("select count(*) from pin")
    return refused


def _until_again(lane: Lane) -> float:
    began = time.monotonic()
    while time.monotonic() - began < AGAIN:
        try:
            lane.step()
        except Problem:
            time.sleep(0.05)
        else:
            break
    return time.monotonic() - began


if __name__ == "__main__":
    main()
