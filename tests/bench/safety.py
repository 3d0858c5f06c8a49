"""How long a backup, its drill and a restore take with 100,000 pins, and what sealing the trail costs."""

import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from data import audit, backups, restoring, retention, trail
from data.backups import Plan
from data.rules import HOUSE, Act
from data.store import Store
from tests.bench import measure

COUNT, LINES = 100_000, 50_000
RESTORE = 60  # s into a new machine
SECRET = "00000-11111-22222-33333-44444"


def run() -> None:
    """Back up, try out, restore; then seal an import's lines and check the whole trail."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "here" / "kiezkarte.duckdb"
        database.parent.mkdir()
        shutil.copyfile(measure.filled(COUNT), database)
        store = Store.open(database)
        try:
            _sealed(store)
            _backed_up(store, Plan(database, folder / "stick", measure.area().name, SECRET), folder)
        finally:
            store.close()


def _sealed(store: Store) -> None:
    audit.seal(store)
    ids = [f"line-{n}" for n in range(LINES)]
    store.write(lambda tx: trail.note_many(tx, HOUSE, Act.PIN_IMPORT, "pin", ids, now=measure.NOW))
    began = time.perf_counter()
    done = audit.seal(store)
    measure.show(f"sealing {done} lines of the trail", time.perf_counter() - began, "s", runs=1)
    began = time.perf_counter()
    verdict = audit.chain(store)
    measure.show(
        f"checking {verdict.lines} lines of the trail",
        time.perf_counter() - began, "s", runs=1, holds=verdict.ok,
    )  # fmt: skip


def _backed_up(store: Store, wanted: Plan, folder: Path) -> None:
    now = measure.NOW + timedelta(days=1)
    made = backups.make(store, HOUSE, wanted, report_id="b", salt=bytes(16), now=now)
    size = round(made.details.get("bytes", 0) / 1e6, 1)
    measure.show(f"backup of {COUNT} pins", made.seconds, "s", runs=1, ok=made.ok, size_mb=size)
    tried = backups.drill(store, HOUSE, wanted, report_id="d", now=now)
    measure.show(f"restore drill, {COUNT} pins", tried.seconds, "s", runs=1, ok=tried.ok)
    file = wanted.folder / made.details["file"]
    began = time.perf_counter()
    restoring.restore(
        file, folder / "new" / "kiezkarte.duckdb", passphrase=SECRET, replace=False, now=now
    )
    measure.judge(
        f"restore of {COUNT} pins into a new folder",
        time.perf_counter() - began, "s", most=RESTORE, runs=1,
    )  # fmt: skip
    began = time.perf_counter()
    retention.erase(store, HOUSE, report_id="e", now=now)
    measure.show(
        f"erasure with nothing due, {COUNT} pins", time.perf_counter() - began, "s", runs=1
    )
