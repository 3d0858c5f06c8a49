"""One process a database: a file of our own that is locked as long as it is open.

DuckDB locks its file too, but on POSIX that lock falls as soon as any part of the process has
opened and closed the file once more.
"""

import os
import sys
from pathlib import Path

from data.problems import StoreTrouble


class Lock:
    """Held from `take` to `release`; the system lets go of it when the process dies."""

    def __init__(self, file: int) -> None:
        self._file = file

    def release(self) -> None:
        """Let another process have the database."""
        os.close(self._file)


def take(path: Path, *, database: Path) -> Lock:
    """Lock at once, or raise StoreTrouble("store.busy")."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
    except OSError as error:
        os.close(file)
        raise StoreTrouble("store.busy", path=str(database)) from error
    return Lock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
