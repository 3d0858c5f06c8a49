"""Packing a copy of the database into a sealed file, with its manifest in front."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from data import areas, manifest, sealed


def pack(*, plain: str, to: str, area: str, passphrase: str, salt: str, now: str) -> dict[str, Any]:
    """Seal the clean copy `plain` into the file `to`; return the manifest's short form.

    The file appears under its name only when it is whole and on disk. `salt` is hexadecimal.
    """
    with manifest.looked_at(Path(plain)) as store:
        told = manifest.taken(store, areas.load(area), now=datetime.fromisoformat(now))
    target = Path(to)
    half = target.with_suffix(".part")
    try:
        with half.open("wb") as out:
            os.chmod(half, 0o600)
            sealed.seal(Path(plain), out, told, passphrase=passphrase, salt=bytes.fromhex(salt))
            out.flush()
            os.fsync(out.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(target.parent)
    return {
        "rows": manifest.rows_of(told),
        "pins": told["tables"]["pin"][0],
        "bytes": target.stat().st_size,
        "seal": told["seal"],
    }


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
