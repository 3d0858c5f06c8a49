"""The restore drill: a backup is restored into a folder of its own, and compared with its manifest."""

import os
from pathlib import Path
from typing import Any

from data import areas, audit, manifest, sealed
from data.problems import BadInput


def tried(*, file: str, work: str, passphrase: str, earlier: str = "") -> dict[str, Any]:
    """Restore a backup into `work` and say what differs; nothing does in a good one.

    `earlier` is the backup before: the trail that it knew must still stand.
    """
    path = Path(work) / "drill.duckdb"
    told = unpacked(Path(file), path, passphrase=passphrase)
    with manifest.looked_at(path) as store:
        differs = [f"table.{name}" for name in manifest.counts_differ(told, store)]
        differs += [
            f"report.{name}"
            for name in manifest.figures_differ(told, store, areas.load(told["area"]))
        ]
        verdict = audit.chain(store)
        if not verdict.ok:
            differs.append(f"trail.{verdict.fault}")
        if earlier and not audit.stands(store, _seal_of(Path(earlier), passphrase)):
            differs.append("trail.rewritten")
    return {"differs": differs, "rows": manifest.rows_of(told), "lines": verdict.lines}


def unpacked(file: Path, to: Path, *, passphrase: str) -> manifest.Manifest:
    """Write the database of a backup to a new file, on disk when this returns; give its manifest."""
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        told = sealed.unseal(file, out, passphrase=passphrase)
        out.flush()
        os.fsync(out.fileno())
    return told


def _seal_of(file: Path, passphrase: str) -> tuple[int, str]:
    """Read what an earlier backup knew of the trail; one that is not readable knew nothing."""
    try:
        line, hashed = sealed.read_head(file, passphrase=passphrase)["seal"]
    except (BadInput, OSError):
        return 0, ""
    return line, hashed
