"""What is done once a day while the server runs: what must not be kept any longer is erased."""

import asyncio
import logging

from starlette.concurrency import run_in_threadpool

from components import session
from data import instance, offers
from data.problems import Problem
from data.rules import HOUSE

DAY = 24 * 60 * 60  # seconds
log = logging.getLogger("kiezkarte.daily")


async def keep_doing() -> None:
    """Do the day's work now and every day; what the database refuses waits for the next day."""
    while True:
        try:
            await run_in_threadpool(work)
        except Problem as problem:
            log.error("the daily work was not done: %s", problem.key)
        await asyncio.sleep(DAY)


def work() -> None:
    """Erase how to reach those whose offers of help are old."""
    offers.erase_old(instance.running().store, HOUSE, now=session.now())
