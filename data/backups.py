"""Backups: when one is due, making it while the office runs, trying it out, letting old ones go.

One file each, sealed with the passphrase (data/sealed.py). The plain copy that it is made of lies
beside the database for some seconds, never in the folder that the backup goes to.
"""

import errno
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data import aside, rotation, rules, safety, settings, trail
from data.filters import BERLIN
from data.problems import BadInput, Problem, StoreTrouble
from data.rotation import Keep
from data.rules import Act, Actor
from data.safety import Report, What
from data.store import Store

FOLDER, HOUR, KEEP = "backup.folder", "backup.hour", rotation.SETTING
WORK = "backup-work-"  # what is left of one after a power cut goes at the next start
FIRST = timedelta(minutes=30)  # after a start without any backup, for laptops that sleep at night
SETTLED = timedelta(minutes=2)  # after a start, when one was missed
RESERVE = 50_000_000  # bytes that must stay free


@dataclass(frozen=True)
class Plan:
    """Where backups go to, of what, under which passphrase, and which of them stay."""

    database: Path
    folder: Path
    area: str
    passphrase: str
    keep: Keep = field(default_factory=Keep)


def plan(store: Store, database: Path, area: str, passphrase: str) -> Plan:
    """Read from the settings what to do; without a folder, `backups` beside the database."""
    chosen = settings.get(store, FOLDER)
    folder = Path(chosen) if chosen else database.parent / "backups"
    return Plan(database, folder, area, passphrase, rotation.read(settings.get(store, KEEP)))


def due(store: Store, *, started: datetime, now: datetime) -> bool:
    """Tell whether the nightly backup should be made now; `started` is when the server did.

    One that was missed because the machine was off is made soon after its next start.
    """
    before = safety.last(store, What.BACKUP)
    if before is None:
        return now >= started + FIRST
    if not before.ok and now - before.at < timedelta(hours=1):
        return False
    return now >= started + SETTLED and before.at < _last_point(now, int(settings.get(store, HOUR)))


def make(
    store: Store, actor: Actor, wanted: Plan, *, report_id: str, salt: bytes, now: datetime
) -> Report:
    """Make a backup, let old ones go, and keep a report; what went wrong is a report too.

    `salt` is 16 random bytes. Reads and writes go on meanwhile.
    """
    rules.check(actor, Act.SETTING_CHANGE)
    begun = time.monotonic()
    try:
        details = _made(store, wanted, salt=salt, now=now)
        _note(store, actor, details["file"], now=now)
        ok = True
    except (BadInput, StoreTrouble) as problem:
        ok, details = False, _failed(problem)
    seconds = round(time.monotonic() - begun, 2)
    return safety.keep(store, Report(report_id, What.BACKUP, now, seconds, ok, details))


def drill(
    store: Store,
    actor: Actor,
    wanted: Plan,
    *,
    report_id: str,
    now: datetime,
    file: Path | None = None,
) -> Report:
    """Try out a backup, by default the newest: restore it elsewhere and compare everything."""
    rules.check(actor, Act.SETTING_CHANGE)
    begun = time.monotonic()
    try:
        details = _tried(wanted, file)
    except (BadInput, StoreTrouble) as problem:
        details = _failed(problem)
    seconds = round(time.monotonic() - begun, 2)
    ok = details.get("differs") == []
    return safety.keep(store, Report(report_id, What.DRILL, now, seconds, ok, details))


def choose(store: Store, actor: Actor, *, folder: str, hour: str, keep: str, now: datetime) -> None:
    """Set where and when the nightly backup is made and how many stay; BadInput for what cannot be."""
    rules.check(actor, Act.SETTING_CHANGE)
    there = folder.strip()
    if there:
        check_folder(Path(there))
    for key, value in ((FOLDER, there), (HOUR, hour), (KEEP, keep)):
        if settings.get(store, key) != value:
            settings.change(store, actor, key, value, now=now)


def check_folder(folder: Path) -> None:
    """Refuse with BadInput a folder that backups cannot be written to; it is made when missing."""
    if not folder.is_absolute():
        raise BadInput("backup.folder_relative", field="folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        raise BadInput("backup.folder_unusable", field="folder") from error


def sweep(database: Path) -> None:
    """Remove what a backup left behind that was cut off."""
    for left in database.parent.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


# --- inside -----------------------------------------------------------------


def _made(store: Store, wanted: Plan, *, salt: bytes, now: datetime) -> dict:
    if not wanted.passphrase:
        raise BadInput("backup.passphrase_missing")
    try:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        target = wanted.folder / rotation.name(wanted.area, now)
        with _work_folder(wanted) as work:
            plain = work / "copy.duckdb"
            store.snapshot(plain)
            short = aside.run(
                "pack", plain=str(plain), to=str(target), area=wanted.area,
                passphrase=wanted.passphrase, salt=salt.hex(), now=now.isoformat(),
            )  # fmt: skip
        gone = rotation.turn(wanted.folder, wanted.area, wanted.keep, now=now)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise StoreTrouble("backup.disk_full" if full else "backup.not_writable") from error
    kept = len(rotation.found(wanted.folder, wanted.area))
    return {"file": target.name, "folder": str(wanted.folder), "gone": gone, "kept": kept, **short}


def _failed(problem: Problem) -> dict[str, str]:
    """Say what was in the way; what the server's own end cut off is no failure and is done later."""
    if problem.key == "backup.stopped":
        raise problem
    return {"problem": problem.key}


def _tried(wanted: Plan, file: Path | None) -> dict:
    every = list(rotation.found(wanted.folder, wanted.area))
    file = file or (every[-1] if every else None)
    if file is None:
        raise BadInput("backup.none")
    before = [one for one in every if one.name < file.name]
    try:
        with _work_folder(wanted) as work:
            answer = aside.run(
                "drill", file=str(file), work=str(work), passphrase=wanted.passphrase,
                earlier=str(before[-1]) if before else "",
            )  # fmt: skip
    except OSError as error:
        raise StoreTrouble("backup.not_writable") from error
    return {"file": file.name, **answer}


@contextmanager
def _work_folder(wanted: Plan) -> Iterator[Path]:
    """Make a folder beside the database that only its owner can read, gone afterwards."""
    needed = 2 * wanted.database.stat().st_size + RESERVE if wanted.database.exists() else RESERVE
    if shutil.disk_usage(wanted.database.parent).free < needed:
        raise StoreTrouble("backup.disk_full")
    with tempfile.TemporaryDirectory(prefix=WORK, dir=wanted.database.parent) as work:
        yield Path(work)


def _last_point(now: datetime, hour: int) -> datetime:
    """Return when the clock in Berlin last showed this hour.

    >>> _last_point(datetime(2026, 5, 4, 0, 30, tzinfo=UTC), 3)
    datetime.datetime(2026, 5, 3, 1, 0, tzinfo=datetime.timezone.utc)
    """
    here = now.astimezone(BERLIN)
    point = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    if point > here:
        point -= timedelta(days=1)
    return point.astimezone(UTC)


def _note(store: Store, actor: Actor, name: str, *, now: datetime) -> None:
    store.write(lambda tx: trail.note(tx, actor, Act.SETTING_CHANGE, "backup", name, now=now))
