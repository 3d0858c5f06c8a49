"""The journal: every committed change in its order, on disk before anybody hears that it is stored.

A line is a transaction: a checksum, a blank, and JSON with its number and its statements with their
parameters. Statements use only what they are given (no clock, no chance), so that the same ones in
the same order make the same rows. A file ("segment") begins with each start and each base copy
(data/bases.py) and is called after the number of its first line.
"""

import base64
import contextlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data import engine

Statement = tuple[str, Mapping[str, Any] | None]
TOGETHER = 64  # lines that are replayed in one commit
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Gap(Exception):
    """A line that is needed is not there."""


@dataclass(frozen=True)
class Line:
    """A transaction: its number, what it did, and whether it erased words."""

    seq: int
    statements: list[Statement]
    erases: bool = False


class Journal:
    """The segment that is written now; used by the writer alone."""

    def __init__(self, folder: Path, after: int) -> None:
        self._folder = folder
        self._begin(after)

    def append(self, line: bytes) -> None:
        """Put a line on disk; OSError when that is not possible, and then it is not there."""
        self._before = self._size
        try:
            if os.fstat(self._file).st_size != self._size:
                os.ftruncate(self._file, self._size)  # what a failed write left behind
            _write(self._file, line)
            os.fsync(self._file)
            self._size += len(line)
        except OSError:
            with contextlib.suppress(OSError):
                self.take_back()
            raise

    def take_back(self) -> None:
        """Remove the last line again: its transaction was not committed."""
        self._size = self._before
        os.ftruncate(self._file, self._size)
        os.fsync(self._file)

    def rotate(self, after: int) -> None:
        """Begin the next segment; what was written stays until a base copy holds it."""
        self.close()
        self._begin(after)

    def bytes(self) -> int:
        """Count the bytes of all segments."""
        return sum(file.stat().st_size for file in segments(self._folder))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def _begin(self, after: int) -> None:
        path = self._folder / f"journal-{after + 1:012}.log"
        self._file = os.open(path, _FLAGS, 0o600)
        try:
            os.ftruncate(self._file, 0)  # a line of this number was never acknowledged
            os.fsync(self._file)
            engine.sync(self._folder)
        except OSError:
            os.close(self._file)
            raise
        self._size = self._before = 0


def encode(seq: int, statements: Iterable[Statement], *, erases: bool) -> bytes:
    """Write a transaction as one line."""
    told: dict[str, Any] = {"seq": seq, "do": list(statements)}
    if erases:
        told["erases"] = True
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def segments(folder: Path) -> list[Path]:
    """List the segments, oldest first."""
    return sorted(folder.glob("journal-*.log"))


def first_of(segment: Path) -> int:
    """Read from a segment's name which line is its first."""
    return int(segment.stem.removeprefix("journal-"))


def lines(folder: Path, after: int) -> Iterator[Line]:
    """Read the lines after one, in order; Gap when one of them is missing.

    A torn or empty end is no gap: what stood there was never acknowledged.
    """
    expected = after + 1
    for line in _every(folder):
        if line.seq > expected:
            raise Gap(f"line {expected} is missing, {line.seq} is there")
        if line.seq == expected:
            yield line
            expected += 1


def last(folder: Path, after: int) -> int:
    """Return the number of the last line after one (or that one itself)."""
    return max((line.seq for line in _every(folder) if line.seq > after), default=after)


def replay(connection: engine.Connection, folder: Path, after: int) -> int:
    """Do once more what a database does not hold yet; returns the number of its last line then."""
    count = 0
    for line in lines(folder, after):
        if count % TOGETHER == 0:
            connection.begin()
        for sql, params in line.statements:
            engine.run(connection, sql, params)
        set_mark(connection, line.seq, erases=line.erases)
        count += 1
        if count % TOGETHER == 0:
            connection.commit()
    if count % TOGETHER:
        connection.commit()
    return after + count


def mark(connection: engine.Connection) -> tuple[int, int] | None:
    """Read which line a database holds, and which erased last; None when it stands for itself.

    A file of before there was a journal does so too.
    """
    if not engine.has_table(connection, "journal_mark"):
        return None
    rows = connection.execute("select seq, erased from journal_mark").fetchall()
    return rows[0] if rows else None


def set_mark(connection: engine.Connection, seq: int, *, erases: bool) -> None:
    """Note in the same transaction which line a database holds now."""
    erased = "$seq" if erases else "erased"
    engine.run(connection, f"update journal_mark set seq = $seq, erased = {erased}", {"seq": seq})  # noqa: S608


def begin_mark(connection: engine.Connection) -> None:
    """Tie a database to a journal that begins with it."""
    clear_mark(connection)
    connection.execute("insert into journal_mark values (1, 0, 0)")


def clear_mark(connection: engine.Connection) -> None:
    """Let a copy stand for itself: no journal belongs to it."""
    connection.execute("delete from journal_mark")


# --- inside -----------------------------------------------------------------


def _every(folder: Path) -> Iterator[Line]:
    for segment in segments(folder):
        with segment.open("rb") as file:
            for raw in file:
                line = _decode(raw)
                if line:
                    yield line


def _decode(raw: bytes) -> Line | None:
    """Read a line; None for one that is torn."""
    checksum, _, text = raw.rstrip(b"\n").partition(b" ")
    try:
        if int(checksum, 16) != zlib.crc32(text):
            return None
    except ValueError:
        return None
    told = json.loads(text, object_hook=_typed)
    return Line(told["seq"], [(sql, params) for sql, params in told["do"]], "erases" in told)


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    raise TypeError(f"no journal for a parameter of the type {type(value).__name__}")


def _typed(found: dict[str, Any]) -> Any:
    match found:
        case {"$time": text}:
            return datetime.fromisoformat(text)
        case {"$day": text}:
            return date.fromisoformat(text)
        case {"$bytes": text}:
            return base64.b64decode(text)
        case _:
            return found


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
