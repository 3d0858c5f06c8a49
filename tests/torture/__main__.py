"""`make torture`: kills, power cuts, full disks and the rest; prints one table with counts.

ROUNDS= kills and power cuts (1000), MINUTES= after which no further round begins (60).
"""

import logging
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from data.store import Store
from tests.torture import cuts, kills, trouble
from tests.torture.load import Found

ACTS = 300  # recorded for a set of power cuts
ROUNDS = int(os.environ.get("ROUNDS") or 1000)
MINUTES = float(os.environ.get("MINUTES") or 60)


class Table:
    """Counts by sort of trouble, and whether all is as it must be."""

    def __init__(self) -> None:
        self.rows: dict[str, Counter[str]] = {}
        self.bad: list[str] = []

    def add(self, what: str, found: Found, more: str = "") -> None:
        """Count one round."""
        row = self.rows.setdefault(what, Counter())
        row.update(rounds=1, acked=found.acked, lost=found.lost, doubled=found.doubled)
        row.update(loose=found.loose, **({more: 1} if more else {}))
        if not found.good:
            self.bad.append(f"{what}: {found}")

    def needs_person(self, what: str, why: str) -> None:
        """Count a start that failed."""
        self.rows.setdefault(what, Counter()).update(rounds=1, person=1)
        self.bad.append(f"{what}: {why}")

    def show(self) -> None:
        """Print what was counted."""
        print(f"{'':16}{'rounds':>8}{'acts':>10}{'lost':>6}{'doubled':>9}{'loose':>7}{'person':>8}")
        for what, row in self.rows.items():
            print(
                f"{what:16}{row['rounds']:8}{row['acked']:10}{row['lost']:6}{row['doubled']:9}"
                f"{row['loose']:7}{row['person']:8}"
            )
            rest = {key: n for key, n in row.items() if key.startswith("store.")}
            if rest:
                print(" " * 16, rest)
        print("\n".join(self.bad) or "nothing lost, nothing doubled, no start that needs a person")


def _kills(table: Table, folder: Path, rounds: int) -> Iterator[None]:
    for found in kills.rounds(folder, rounds):
        table.add("kill -9", found)
        yield


def _cuts(table: Table, folder: Path, rounds: int) -> Iterator[None]:
    windows, told = cuts.record(folder / "cut" / "k.duckdb", ACTS)
    for number, (window, way, files) in enumerate(cuts.images(windows, rounds)):
        home = folder / f"cut{number}"
        try:
            found = cuts.try_one(home, "k.duckdb", files, told[: window.told])
            table.add("power cut", found, cuts.repaired(home / "k.duckdb"))
        except AssertionError as error:
            table.needs_person("power cut", f"{window.what} {way}: {error}")
        for file in sorted(home.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        yield


def _full(table: Table, folder: Path, rounds: int) -> Iterator[None]:
    disk = folder / "small"
    disk.mkdir()
    if not trouble.has_small_disk(disk):
        print("full disk: this machine lets us have no small disk of our own")
        return
    for seed in range(rounds):
        done = trouble.full_disk(disk, seed)
        table.add("full disk", done.found, "store.disk_full" if done.refused else "")
        if done.by != signal.SIGKILL or not 0 <= done.waited < 10:
            table.needs_person("full disk", f"signal {done.by}, went on after {done.waited:.1f} s")
        if done.start != "store.disk_full":
            table.needs_person("full disk", f"a start was told {done.start!r}")
        yield


def _others(table: Table, folder: Path) -> None:
    path = folder / "other.duckdb"
    for found in trouble.clock_back(path, 20):
        table.add("clock back", found)
    store = Store.open(path)
    for what, nobody, key in (
        ("second", False, "store.busy"),
        ("read-only", True, "store.read_only"),
    ):
        if nobody:
            store.close()
        told, seconds = trouble.told_when_opening(path, as_nobody=nobody)
        table.add(what, Found(0))
        if told != key:
            table.needs_person(what, f"was told {told!r} after {seconds:.1f} s")


def main() -> int:
    """Do it all, as long as there is time; 1 when anything was not as it must be."""
    logging.getLogger("kiezkarte.store").setLevel(logging.CRITICAL)
    table, end = Table(), time.monotonic() + MINUTES * 60
    with tempfile.TemporaryDirectory(prefix="torture-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _others(table, folder)
        parts = [
            _full(table, folder, max(1, ROUNDS // 20)),
            _kills(table, folder, ROUNDS),
            _cuts(table, folder, ROUNDS),
        ]
        while parts and time.monotonic() < end:
            part = parts.pop(0)  # by turns, so that a short time sees all of them
            try:
                next(part)
                parts.append(part)
            except StopIteration:
                pass
            except AssertionError as error:
                table.needs_person("start", str(error))
    table.show()
    return 1 if table.bad else 0


if __name__ == "__main__":
    sys.exit(main())
