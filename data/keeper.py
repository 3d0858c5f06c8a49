"""The thread that makes a new base copy when one is due: words were erased, or the journal is long."""

import logging
import threading
import time
from pathlib import Path

from data import bases, engine
from data.copyist import Copyist
from data.problems import Problem
from data.writer import Writer

REST = 2.0  # seconds; erasures that come together share one copy
PAUSE = 5  # times as long as a copy took, until the next one
RETRY = 60.0  # seconds after one that failed (a full disk)
log = logging.getLogger("kiezkarte.store")


class Keeper:
    """Waits for the writer to want a base copy, and has a process of its own make it."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self._path, self._writer = path, writer
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._forever, name="keeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what is being made."""
        self._closing.set()
        self._writer.wanted.set()
        self._thread.join()

    def _forever(self) -> None:
        earliest = 0.0
        while self._writer.wanted.wait():
            rest = max(REST, earliest - time.monotonic())
            if self._closing.wait(rest):
                return
            self._writer.wanted.clear()
            earliest = self._try()

    def _try(self) -> float:
        """Make a base copy; returns before which moment (monotonic) there shall be no other."""
        began = time.monotonic()
        try:
            make_base(self._path, self._writer)
        except (Problem, OSError, engine.Error) as error:
            log.warning("no new base copy could be made: %s", error)
            self._writer.wanted.set()
            return time.monotonic() + RETRY
        return time.monotonic() + PAUSE * (time.monotonic() - began)


def make_base(path: Path, writer: Writer) -> None:
    """Copy the open database into a new base; where words were erased, it also takes its place."""
    safe = bases.folder(path)
    made, fresh = bases.making(safe, "base"), bases.making(safe, "fresh")
    seq = copy(path, made, writer, alone=False)
    erased = writer.erased > _seq_before(safe)
    base = bases.install(made, seq)
    if erased:
        bases.copy(base, fresh)
        writer.alone(lambda: writer.exchange(fresh))
        bases.forget_aside(safe)


def copy(path: Path, to: Path, writer: Writer, *, alone: bool) -> int:
    """Write the open database anew into another file; returns the last line that it holds.

    Nobody waits longer than its files take to be copied once.
    """
    engine.check_space(path, 3 * path.stat().st_size)
    part = bases.making(bases.folder(path), "part")

    def hold(child: Copyist) -> int:
        child.copy(path, part)
        return writer.seq if alone else writer.rotate()

    try:
        with Copyist() as child:
            seq = writer.alone(lambda: hold(child))
            child.rewrite(part, to, alone=alone)
    finally:
        engine.drop(part)
    return seq


def _seq_before(safe: Path) -> int:
    found = bases.newest(safe)
    return found[0] if found else 0
