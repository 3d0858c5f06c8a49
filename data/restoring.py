"""Putting a backup in the place of a database; what stood there is kept aside, never overwritten."""

import contextlib
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data import areas, bases, drill, lock, manifest, packing, pins, rotation, sealed, trail
from data.engine import SCHEMA
from data.problems import BadInput, Conflict, Problem
from data.rules import HOUSE, Act, PinId
from data.store import Store, Transaction

ASIDE = "before-restore-"


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    made_at: datetime  # of the backup
    rows: int
    pins: int
    erased_again: int  # pins that were withdrawn after the backup
    aside: Path | None  # where the old files lie
    seconds: float


def restore(
    file: Path, database: Path, *, passphrase: str, replace: bool, now: datetime
) -> Restored:
    """Restore a backup as the database of an installation, everything checked before it is put there.

    Raises Conflict("restore.exists") without `replace`, StoreTrouble("store.busy") while a server
    has the old one, BadInput for a file that is missing, damaged, of a newer Kiezkarte, or sealed
    with another passphrase. Then nothing has changed.
    """
    begun = time.monotonic()
    if not file.is_file():
        raise BadInput("restore.no_file", path=str(file))
    database.parent.mkdir(parents=True, exist_ok=True)
    old = _files_of(database)
    if database.exists() and not replace:
        raise Conflict("restore.exists", path=str(database))
    _check_free(database)
    withdrawn = _withdrawn_in(database)
    fresh = database.with_name(database.name + ".restoring")
    fresh.unlink(missing_ok=True)
    try:
        told = drill.unpacked(file, fresh, passphrase=passphrase)
        _check(told, fresh)
        withdrawn |= _withdrawn_after(file, passphrase)
        aside = _set_aside(database, old, now)
        fresh.replace(database)
    finally:
        fresh.unlink(missing_ok=True)
    packing.sync_folder(database.parent)
    again = _put_right(database, withdrawn, now=now)
    return Restored(
        datetime.fromisoformat(told["made_at"]),
        manifest.rows_of(told),
        told["tables"]["pin"][0],
        again,
        aside,
        round(time.monotonic() - begun, 1),
    )


# --- inside -----------------------------------------------------------------


def _check(told: manifest.Manifest, fresh: Path) -> None:
    """Refuse what is of a newer Kiezkarte, and what is not what its manifest says."""
    ours = sorted(one.name for one in SCHEMA.glob("*.sql"))
    if told["form"] > manifest.FORM or set(told["schema"]) - set(ours):
        raise BadInput("restore.newer")
    with manifest.looked_at(fresh) as store:
        differs = manifest.counts_differ(told, store)
        if not differs and told["schema"] == ours:  # older ones are asked after their migration
            differs = manifest.figures_differ(told, store, areas.load(told["area"]))
    if differs:
        raise BadInput("backup.damaged")


def _files_of(database: Path) -> list[Path]:
    """Find everything that belongs to a database: its log, its journal, its copies."""
    return sorted(database.parent.glob(f"{database.name}*"))


def _set_aside(database: Path, old: list[Path], now: datetime) -> Path | None:
    if not old:
        return None
    folder = database.parent / f"{ASIDE}{now:{rotation.STAMP}}"
    folder.mkdir(mode=0o700)
    for one in old:
        if one.exists():
            one.rename(folder / one.name)
    return folder


def _withdrawn_after(file: Path, passphrase: str) -> set[str]:
    """Collect whose words were taken back since, as far as newer backups beside this one know."""
    found: set[str] = set()
    for other in file.parent.glob(f"*{rotation.END}"):
        if other.name > file.name:
            with contextlib.suppress(Problem, OSError):
                found.update(sealed.read_head(other, passphrase=passphrase)["withdrawn"])
    return found


def _withdrawn_in(database: Path) -> set[str]:
    """Ask the database that is replaced, unless it is too broken to say."""
    if not database.exists():
        return set()
    try:
        with manifest.looked_at(database) as store:
            return {row[0] for row in store.read("select id from pin where status = 'withdrawn'")}
    except duckdb.Error:
        return set()


def _check_free(database: Path) -> None:
    """Refuse with StoreTrouble("store.busy") while a server has the database."""
    held = bases.folder(database) / "lock"
    if held.exists():
        lock.take(held, database=database).release()


def _put_right(database: Path, withdrawn: set[str], *, now: datetime) -> int:
    """Erase again what was erased since, and let nobody be logged in by an old session."""
    store = Store.open(database)
    try:
        return store.write(lambda tx: _corrected(tx, withdrawn, now=now))
    finally:
        store.close()


def _corrected(tx: Transaction, withdrawn: set[str], *, now: datetime) -> int:
    for table in ("login_session", "meeting_session"):
        tx.execute(f"delete from {table}")  # noqa: S608
    rows = tx.execute(
        "select id from pin where status <> 'withdrawn' and id = any($ids) order by id",
        {"ids": sorted(withdrawn)},
    )
    for (pin_id,) in rows:
        pins.erase(tx, PinId(pin_id), now=now)
        trail.note(tx, HOUSE, Act.PIN_WITHDRAW, "pin", pin_id, now=now, step="withdrawn")
    details = {"erased_again": len(rows)}
    trail.note(tx, HOUSE, Act.SETTING_CHANGE, "backup", "restore", now=now, details=details)
    return len(rows)
