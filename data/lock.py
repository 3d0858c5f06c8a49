"""One process a database: a file of our own that is locked as long as it is open.

DuckDB locks its file too, but on POSIX that lock falls as soon as any part of the process has
opened and closed the file once more.
"""

import os
import sys
import time
from pathlib import Path

from data.problems import StoreTrouble

# Seconds between tries: a process that was killed while it started another leaves that one its lock
# for an instant
PAUSES = (0.05, 0.1, 0.2, 0.0)


class Lock:
    """Held from `take` to `release`; the system lets go of it when the process dies."""

    def __init__(self, file: int) -> None:
        self._file = file

    def release(self) -> None:
        """Let another process have the database."""
        os.close(self._file)


def take(path: Path, *, database: Path) -> Lock:
    """Lock within a second, or raise StoreTrouble("store.busy")."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    for pause in PAUSES:
        try:
            _lock(file)
            return Lock(file)
        except OSError:
            time.sleep(pause)
    os.close(file)
    raise StoreTrouble("store.busy", path=str(database))


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
