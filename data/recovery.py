"""At the start: find out how the database was left, repair it by itself, and say what was done."""

import contextlib
import json
import logging
import re
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from data import bases, engine, journal, probe
from data.problems import StoreTrouble

PAUSES = (0.1, 0.2, 0.4, 0.8)  # seconds between tries
CUTS = 6  # torn ends of the log that are cut off, one after the other
_TORN = re.compile(r"Corrupt WAL file: entry at byte position (\d+)")
log = logging.getLogger("kiezkarte.store")


@dataclass(frozen=True)
class Report:
    """What the last repair did."""

    cut: bool = False  # a torn end of DuckDB's log, never acknowledged or in the journal as well
    base: bool = False  # the database was damaged or gone: base copy and journal took its place
    replayed: int = 0  # acts that the journal held and the database did not
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Name the sentence about it; '' when nothing had to be done."""
        if self.base:
            return "store.repaired.base"
        return "store.repaired.end" if self.cut or self.replayed else ""


def recover(path: Path) -> Report:
    """Make a closed database whole again, unless it was closed as it should be.

    Damaged files are put aside. Raises StoreTrouble: "store.unreadable" when there is nothing to
    repair it from, "store.incomplete" when acts would be missing, else what is in the way.
    """
    safe = bases.folder(path)
    nothing = not path.exists() and not bases.newest(safe)
    if bases.was_clean(path) is not None or nothing:
        return Report()
    sound, cut = _examine(path)
    replayed = _complete(path) if sound else None
    if base := replayed is None:
        _from_base(path)
        replayed = _complete(path) if _examine(path)[0] else None
    if replayed is None:
        raise StoreTrouble("store.incomplete", path=str(path))
    found = Report(cut, base, replayed)
    if found.key:
        with contextlib.suppress(OSError):  # on a full disk
            (safe / "report.json").write_text(json.dumps(asdict(found)))
        log.warning("the database was repaired: %s", asdict(found))
    return found


def last_report(path: Path) -> Report | None:
    """Read what the last repair did and when; None when there never was one."""
    file = bases.folder(path) / "report.json"
    try:
        told = json.loads(file.read_text())
    except (OSError, ValueError):
        return None
    told["at"] = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Report(**told)


# --- inside -----------------------------------------------------------------


def _examine(path: Path) -> tuple[bool, bool]:
    """Have a database read by a process of its own; returns (is sound, its log was cut).

    What a power cut left torn at the end of DuckDB's log is cut off where DuckDB says that it is.
    """
    if not path.exists():
        return False, False
    told, cuts = _ask(path), 0
    while (torn := _TORN.search(told)) and cuts < CUTS:
        _cut(path, max(0, int(torn[1]) - 16))  # where the entry begins
        told, cuts = _ask(path), cuts + 1
    return told == probe.SOUND, cuts > 0


def _ask(path: Path) -> str:
    """Probe a database; raises StoreTrouble for what is no damage of the file."""
    told, trouble = _probed(path)
    for pause in PAUSES:  # the probe of a start that was killed may still hold it
        if trouble.key == "store.busy":
            time.sleep(pause)
            told, trouble = _probed(path)
    if trouble.key != "store.unreadable":
        raise trouble
    return told


def _probed(path: Path) -> tuple[str, StoreTrouble]:
    told = probe.ask(path)
    return told, engine.barred(RuntimeError(told), path)


def _cut(path: Path, size: int) -> None:
    wal = bases.wal(path)
    aside = bases.put_aside(bases.folder(path), ())
    shutil.copyfile(wal, aside / wal.name)
    with wal.open("rb+") as file:
        file.truncate(size)
    engine.sync(wal)


def _complete(path: Path) -> int | None:
    """Do again what only the journal holds; returns how many acts, None when some are missing."""
    safe = bases.folder(path)
    base = bases.newest(safe)
    with contextlib.closing(engine.connect(path)) as connection:
        mark = journal.mark(connection)
        if mark is None:  # it stands for itself
            return 0
        if base and mark[0] < base[0]:
            return None
        try:
            replayed = journal.replay(connection, safe, mark[0]) - mark[0]
        except (journal.Gap, engine.Error):
            log.exception("the journal does not fit")
            return None
        with contextlib.suppress(engine.Error):  # on a full disk: its log holds everything
            connection.execute("checkpoint")
    return replayed


def _from_base(path: Path) -> None:
    safe = bases.folder(path)
    base = bases.newest(safe)
    if not base:
        raise StoreTrouble("store.unreadable", path=str(path))
    if path.exists():
        bases.put_aside(safe, [path, *path.parent.glob(f"{path.name}.wal*")])
    bases.put_back(base[1], path)
