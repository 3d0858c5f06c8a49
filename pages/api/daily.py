"""What the house does by itself while the server runs (data/keeping.py), one thing after the other."""

import asyncio
import logging
import secrets
import threading
import uuid
from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool

from components import session
from data import aside, audit, instance, keeping
from data.keeping import Duty
from data.problems import Problem

PAUSE = 5.0  # seconds; a line of the trail is sealed about so long after it was written
SELDOM = 12  # pauses: what is done by the clock is asked for once a minute
_working, _closing = threading.Lock(), threading.Event()
log = logging.getLogger("kiezkarte.daily")


class Dice:
    """Ids and random bytes."""

    def id(self) -> str:
        """Return a new id."""
        return str(uuid.uuid4())

    def salt(self) -> bytes:
        """Return 16 random bytes."""
        return secrets.token_bytes(16)


async def keep_doing() -> None:
    """Do what is to be done, now and as long as the server runs."""
    _closing.clear()
    aside.start()
    duty = Duty(instance.running(), Dice(), session.now())
    await _do(lambda: keeping.begin(duty, secrets.token_bytes(16), now=session.now()))
    seen, turn = -1, 0
    while True:
        if duty.store.revision != seen:
            await _do(partial(audit.seal, duty.store))
            seen = duty.store.revision
        await _do(lambda: keeping.on_request(duty, now=session.now()))
        if turn % SELDOM == 0:
            await _do(lambda: keeping.daily(duty, now=session.now()))
            await _do(lambda: keeping.nightly(duty, now=session.now()))
        await _do(duty.store.release)
        turn += 1
        await asyncio.sleep(PAUSE)


def finish() -> None:
    """End what is under way and seal the last lines; the database may be closed afterwards."""
    _closing.set()
    aside.stop()
    with _working:
        try:
            audit.seal(instance.running().store)
        except Problem as problem:
            log.error("the trail was not sealed: %s", problem.key)


async def _do(work: Callable[[], object]) -> None:
    """Do one thing; what the database refuses waits for the next time."""
    try:
        await run_in_threadpool(_alone, work)
    except Problem as problem:
        log.error("work of the house was not done: %s", problem.key)


def _alone(work: Callable[[], object]) -> None:
    with _working:
        if not _closing.is_set():
            work()
