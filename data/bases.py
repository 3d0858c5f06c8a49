"""The folder beside the database: its journal, and the base copy that the journal goes on from.

kiezkarte.duckdb
kiezkarte.duckdb.safe/
├── base-<seq>.duckdb      the whole database as it was after that line, written anew
├── journal-<first>.log    every line since (data/journal.py)
├── clean                  closed as it should be, and how the file was then
├── report.json            what the last repair did (data/recovery.py)
├── aside-<n>/             what a repair or an update put aside
└── lock                   held while a process has the database (data/lock.py)

Database or base and journal: either is enough. All functions work with the database closed, or on
copies of it (data/copyist.py).
"""

import contextlib
import json
import os
import shutil
import threading
from collections.abc import Iterable
from pathlib import Path

from data import engine, journal


def folder(path: Path) -> Path:
    """Name the folder beside a database."""
    return path.with_name(path.name + ".safe")


def newest(safe: Path) -> tuple[int, Path] | None:
    """Find the newest base: which line it holds, and its file."""
    found = sorted(safe.glob("base-*.duckdb"))
    return (_seq(found[-1]), found[-1]) if found else None


def wal(path: Path) -> Path:
    """Name the log that DuckDB keeps beside a database."""
    return path.with_name(path.name + ".wal")


def making(safe: Path, name: str) -> Path:
    """Name a file that is being made; what is left of it goes at the next start."""
    return safe / f"making-{os.getpid()}-{threading.get_ident()}-{name}.duckdb"


def install(made: Path, seq: int) -> Path:
    """Make a finished copy the base of line `seq`, and drop what came before it."""
    safe = made.parent
    base = made.replace(safe / f"base-{seq:012}.duckdb")
    engine.sync(safe)
    for old in safe.glob("base-*.duckdb"):
        if _seq(old) < seq:
            engine.drop(old)
    for segment in journal.segments(safe):
        if journal.first_of(segment) <= seq:
            segment.unlink()
    engine.sync(safe)
    return base


def make(path: Path, seq: int, *, anew: bool) -> Path:
    """Make a base of a closed database; `anew` = with nothing of erased words in either file."""
    safe = folder(path)
    made = making(safe, "base")
    if not anew:
        settle(path)
        copy(path, made)
        return install(made, seq)
    engine.rewrite(path, made)
    base = install(made, seq)
    put_back(base, path)
    forget_aside(safe)
    return base


def put_back(base: Path, path: Path) -> None:
    """Put a copy of the base in the place of the database; its log goes first, so it never fits."""
    made = making(base.parent, "back")
    copy(base, made)
    engine.drop_log(path)
    made.replace(path)
    engine.sync(path.parent)


def settle(path: Path) -> None:
    """Bring a closed database's log into its file."""
    if wal(path).exists():
        with contextlib.closing(engine.connect(path)) as connection:
            connection.execute("checkpoint")


def copy(source: Path, target: Path) -> None:
    """Copy a closed file; on disk when this returns."""
    shutil.copyfile(source, target)
    engine.sync(target)


def put_aside(safe: Path, files: Iterable[Path]) -> Path:
    """Move files out of the way into a folder of their own; nothing is removed."""
    number = 1 + max((int(one.name.split("-")[1]) for one in safe.glob("aside-*")), default=0)
    aside = safe / f"aside-{number:04}"
    aside.mkdir()
    for file in files:
        if file.exists():
            file.rename(aside / file.name)
    engine.sync(safe)
    return aside


def line_of(safe: Path) -> list[Path]:
    """List the files of base and journal."""
    return [*safe.glob("base-*.duckdb*"), *journal.segments(safe)]


def forget_aside(safe: Path) -> None:
    """Remove what was put aside: it holds words that were erased since."""
    for aside in safe.glob("aside-*"):
        if not (aside / "needed").exists():
            shutil.rmtree(aside)


def tidy(safe: Path) -> None:
    """Remove what an earlier process had begun to make."""
    for rest in safe.glob("making-*"):
        rest.unlink()


# --- closed as it should be ---------------------------------------------------


def note_clean(path: Path, seq: int) -> None:
    """Note that a database was closed as it should be, and how its file is."""
    marker = folder(path) / "clean"
    marker.write_text(json.dumps({"seq": seq, "file": _looks(path)}))
    engine.sync(marker)


def was_clean(path: Path) -> int | None:
    """Take the note away and return the line it names; None when the file is not as it was then."""
    marker = folder(path) / "clean"
    try:
        told = json.loads(marker.read_text())
    except (OSError, ValueError):
        return None
    marker.unlink()
    engine.sync(marker.parent)
    same = path.exists() and told["file"] == _looks(path) and not wal(path).exists()
    return told["seq"] if same else None


def _looks(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _seq(base: Path) -> int:
    return int(base.stem.removeprefix("base-"))
