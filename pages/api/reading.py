"""What is read while the server runs: the flags of new and changed pins, for the filter."""

import asyncio
import logging
import threading

from starlette.concurrency import run_in_threadpool

from data import instance, reading
from data.problems import Problem
from data.store import Store

PAUSE = 1.0  # seconds; a new pin is found by its flags about so long after it was sent
_piece = threading.Lock()
log = logging.getLogger("kiezkarte.reading")


async def keep_doing() -> None:
    """Read what is new as soon as something was written; a long heap goes on piece by piece."""
    store, seen = instance.running().store, -1
    while True:
        before, left = store.revision, 0
        if before != seen:
            try:
                left = await run_in_threadpool(_read, store)
                seen = -1 if left else before
            except Problem as problem:
                log.error("flags were not read: %s", problem.key)
        await asyncio.sleep(PAUSE)


def finish() -> None:
    """Wait for the piece that is being read; the database may be closed afterwards."""
    with _piece:
        pass


def _read(store: Store) -> int:
    with _piece:
        return reading.catch_up(store)
