"""Power cuts: what a disk may hold when the current fails between two points that are on disk.

The files of a working store are recorded at every such point (each fsync of ours, each commit and
checkpoint of DuckDB's). Between two of them every change may be there, or not, or in part, and in
any order: harsher than a disk, which keeps to DuckDB's own fsyncs inside a commit or a checkpoint.
"""

import contextlib
import functools
import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from data import engine, keeper, recovery, writer
from data.journal import Journal
from data.store import Store
from data.writer import Writer
from tests.torture.kills import look
from tests.torture.load import Found, Lane

SECTOR = 512
WAYS = ("none", "all", "cut", "zero", "torn", "reordered")
REBASE = 40  # acts until a new base copy is made
State = dict[str, bytes]  # the files by their place in the folder


@dataclass(frozen=True)
class Window:
    """What was on disk at two points, and how many acts had been told stored by then."""

    what: str
    before: State
    after: State
    told: int


class Trace:
    """Records a store's folder."""

    def __init__(self, path: Path, told: list[str]) -> None:
        self._path, self._told = path, told
        self._seen: dict[bytes, bytes] = {}
        self._last: State = {}
        self.windows: list[Window] = []

    def note(self, what: str) -> None:
        """Record how the folder is now."""
        now = {str(file.relative_to(self._path.parent)): self._read(file) for file in self._files()}
        if self._last and now != self._last:
            self.windows.append(Window(what, self._last, now, len(self._told)))
        self._last = now

    def after(self, act: Callable, what: str) -> Callable:
        """Let something be recorded when it has been done."""

        @functools.wraps(act)
        def done(*given: object, **named: object) -> object:
            result = act(*given, **named)
            self.note(what)
            return result

        return done

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Record all that a store does meanwhile."""
        points = [
            (engine, "sync"),
            (Journal, "append"),
            (Journal, "take_back"),
            (Writer, "_note"),
            (Writer, "_checkpoint"),
        ]
        with contextlib.ExitStack() as stack:
            for home, name in points:
                recorded = self.after(getattr(home, name), name)
                stack.enter_context(mock.patch.object(home, name, recorded))
            yield

    def _files(self) -> Iterator[Path]:
        for file in self._path.parent.rglob("*"):
            if file.is_file() and file.name != "lock" and not file.name.startswith("making-"):
                yield file

    def _read(self, file: Path) -> bytes:
        content = file.read_bytes()
        return self._seen.setdefault(hashlib.sha256(content).digest(), content)


def record(path: Path, acts: int, name: str = "cut") -> tuple[list[Window], list[str]]:
    """Let an office act, with a checkpoint every few acts and a new base copy every some."""
    told: list[str] = []
    trace = Trace(path, told)
    with (
        mock.patch.object(keeper, "REST", 1e6),
        mock.patch.object(writer, "CHECKPOINT_BYTES", 20_000),
        trace.running(),
    ):
        store = Store.open(path)
        lane = Lane(store, name, told.append)
        for number in range(1, acts + 1):
            lane.step()
            if number % REBASE == 0:
                keeper.make_base(path, store._writer)
        store.close()
    return trace.windows, told


def image(window: Window, way: str, dice: random.Random) -> State:
    """Make what a disk may hold when the current fails between two points."""
    files: State = {}
    for name in window.before.keys() | window.after.keys():
        content = _left(window.before.get(name), window.after.get(name), way, name, dice)
        if content is not None:
            files[name] = content
    return files


def images(windows: list[Window], number: int, seed: int = 1) -> Iterator[tuple]:
    """Yield (window, way, files), each kind of window as often as the others."""
    kinds: dict[str, list[Window]] = defaultdict(list)
    for window in windows:
        kinds[window.what].append(window)
    dice = random.Random(seed)
    for _ in range(number):
        window = dice.choice(kinds[dice.choice(sorted(kinds))])
        way = dice.choice(WAYS)
        yield window, way, image(window, way, dice)


def try_one(folder: Path, name: str, files: State, told: list[str]) -> Found:
    """Start with what a cut left, and count what was told stored until then."""
    for place, content in files.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return look(folder / name, told)


def repaired(path: Path) -> str:
    """Tell how a start repaired what it found, from its own report."""
    report = recovery.last_report(path)
    return report.key if report else ""


# --- inside -----------------------------------------------------------------


def _left(
    before: bytes | None, after: bytes | None, way: str, name: str, dice: random.Random
) -> bytes | None:
    if before == after or way == "all":
        return after
    if way == "none":
        return before
    if before is None or after is None:  # a name that came or went: one or the other
        whole = dice.choice((before, after))
        if whole is None or before is not None or name.endswith(".duckdb"):
            return whole
        return _half(b"", whole, way, dice)
    return _half(before, after, way, dice)


def _half(before: bytes, after: bytes, way: str, dice: random.Random) -> bytes:
    """Mix two contents of a file by sectors, as `way` says."""
    if way in ("cut", "zero") and len(after) > len(before) and after.startswith(before):
        at = dice.randrange(len(before), len(after))
        return after[:at] + (bytes(len(after) - at) if way == "zero" else b"")
    size = max(len(before), len(after))
    old, new = before.ljust(size, b"\0"), after.ljust(size, b"\0")
    changed = [
        at for at in range(0, size, SECTOR) if old[at : at + SECTOR] != new[at : at + SECTOR]
    ]
    if way == "reordered":  # the last ones were written first
        written = set(changed[dice.randrange(len(changed) + 1) :])
    elif way == "torn":
        share = dice.random()
        written = {at for at in changed if dice.random() < share}
    else:  # the first ones only
        written = set(changed[: dice.randrange(len(changed) + 1)])
    mixed = bytearray(old)
    for at in written:
        mixed[at : at + SECTOR] = new[at : at + SECTOR]
    return bytes(mixed[: dice.choice((len(before), len(after), size))])
