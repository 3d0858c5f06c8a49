"""What a machine does to a database: a full disk, a read-only one, a second process, a clock set back."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from data.store import Store
from tests.torture import load
from tests.torture.kills import ROOT
from tests.torture.load import Found, Lane, count

# Opens a database as somebody who may not write there, and says what that person is told
OPEN = """
import os, sys
from pathlib import Path
from data.problems import StoreTrouble
from data.store import Store
if len(sys.argv) > 2 and hasattr(os, "setuid") and os.getuid() == 0:
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]))
except StoreTrouble as trouble:
    print(trouble.key)
"""


@dataclass(frozen=True)
class Full:
    """What happened while a disk was full."""

    found: Found
    refused: dict[str, int]
    waited: float  # seconds until it went on
    by: int  # the signal that ended it: 9 is ours
    start: str  # what a start on the full disk was told, with a damaged file


ALONE = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]


def has_small_disk(folder: Path) -> bool:
    """Tell whether this machine lets us have a small disk of our own."""
    mount = [*ALONE, "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    try:
        return subprocess.run(mount, capture_output=True).returncode == 0
    except OSError:
        return False


def full_disk(folder: Path, seed: int) -> Full:
    """Fill a disk under a process that acts, make space again, and count."""
    done = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.torture.full", str(folder), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise AssertionError(done.stderr[-2000:])
    told = json.loads(done.stdout.splitlines()[-1])
    found = Found(**told["found"])
    return Full(found, told.get("refused", {}), told.get("waited", -1.0), told["by"], told["start"])


def told_when_opening(path: Path, *, as_nobody: bool = False) -> tuple[str, float]:
    """Let another process open a database; returns what it is told, and after how many seconds."""
    given = [str(path), *(["nobody"] if as_nobody else [])]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", OPEN, *given], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip(), time.monotonic() - began


def clock_back(path: Path, acts: int) -> Iterator[Found]:
    """Act, with every start a day earlier than the one before; count after each."""
    told: list[str] = []
    now = load.NOW
    try:
        for day in range(3):
            load.NOW = now - timedelta(days=day)
            store = Store.open(path)
            lane = Lane(store, f"day{day}", told.append)
            for _ in range(acts):
                lane.step()
            found = count(store, told)
            times = store.read("select happened_at from trail order by id")
            found.loose += sum(a < b for a, b in pairwise(times))  # not in the order of the acts
            yield found
            store.close()
    finally:
        load.NOW = now
