"""A process of its own that copies a database while it is open: `python -m data.copyist`.

The server itself must not open its database's file a second time (data/lock.py), and a copy is
written anew at low priority. It is told with JSON lines and answers with words.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from data import engine, journal
from data.problems import StoreTrouble

ROOT = Path(__file__).parents[1]
PATIENCE = 600.0  # seconds for writing anew
HOLD = 60.0  # seconds for the copy itself, while the writer waits


class Copyist:
    """The server's end: first `copy` while nobody writes, then `rewrite` while all go on."""

    def __enter__(self) -> "Copyist":
        """Start the process, and wait until it listens."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "data.copyist"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._told: queue.Queue[str] = queue.Queue()
        self._ear = threading.Thread(target=self._listen, name="copyist", daemon=True)
        self._ear.start()
        self._expect("ready", HOLD)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the process; at once when something went wrong."""
        if kind:
            self._process.kill()
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._ear.join()
        self._process.stdout.close()

    def copy(self, path: Path, to: Path) -> None:
        """Copy a database's file and log; nobody may write to it meanwhile."""
        self._ask("copied", HOLD, do="copy", path=str(path), to=str(to))

    def rewrite(self, path: Path, to: Path, *, alone: bool) -> None:
        """Write a copy anew to `to`, on disk; `alone` = it shall stand for itself, without journal."""
        self._ask("written", PATIENCE, do="rewrite", path=str(path), to=str(to), alone=alone)

    def _ask(self, answer: str, seconds: float, **order: object) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        self._expect(answer, seconds)

    def _expect(self, answer: str, seconds: float) -> None:
        try:
            told = self._told.get(timeout=seconds)
        except queue.Empty:
            told = "too slow"
        if told != answer:
            self._process.kill()
            raise engine.trouble(RuntimeError(told)) if told else StoreTrouble("store.failed")

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._told.put(line.strip())
        self._told.put("")


def _obey(order: dict[str, str]) -> str:
    path, to = Path(order["path"]), Path(order["to"])
    if order["do"] == "copy":
        for ending in ("", ".wal"):
            if Path(f"{path}{ending}").exists():
                shutil.copyfile(f"{path}{ending}", f"{to}{ending}")
        return "copied"
    engine.rewrite(path, to, journal.clear_mark if order["alone"] else None)
    return "written"


def main() -> None:
    """Do what is told, a line each, until there is no more."""
    if hasattr(os, "nice"):
        os.nice(10)
    _tell("ready")
    for line in sys.stdin:
        try:
            told = _obey(json.loads(line))
        except (OSError, engine.Error) as error:
            told = "failed: " + " ".join(str(error).split())
        _tell(told)


def _tell(what: str) -> None:
    try:
        print(what, flush=True)
    except BrokenPipeError:  # the server is gone: what was made goes at its next start
        os._exit(1)


if __name__ == "__main__":
    main()
