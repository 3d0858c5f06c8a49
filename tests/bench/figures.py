"""How fast the office's figures are counted under any filter, and what an export costs in memory."""

import time
import tracemalloc
from collections.abc import Callable

from data import answer_times, exports, figures, silence
from data.filters import Filter
from data.rules import Actor, PersonId, Role
from data.store import Store
from tests.bench import measure
from tests.bench.cells import WANTED

COUNT = 100_000
REACH = 60  # ms of one page: charts with answer times, or the silence map
MEGABYTES = 30
ROUNDS = 5
OFFICE = Actor(Role.OFFICE, person=PersonId("bench"))


def run() -> None:
    """Count under every filter, then write a file of all pins."""
    store = Store.open(measure.filled(COUNT))
    try:
        _counted(store, "charts and answer times", _charts)
        _counted(store, "silence map", _silence)
        _exported(store)
    finally:
        store.close()


def _charts(store: Store, wanted: Filter) -> None:
    figures.counted(store, OFFICE, wanted)
    answer_times.counted(store, OFFICE, wanted, now=measure.NOW)


def _silence(store: Store, wanted: Filter) -> None:
    silence.heard(store, OFFICE, measure.area(), wanted)


def _counted(store: Store, page: str, count: Callable[[Store, Filter], None]) -> None:
    for wanted in WANTED.values():  # fills the cache, as the first visit does
        count(store, wanted)
    clock, used = [], []
    for _ in range(ROUNDS):
        for wanted in WANTED.values():
            before = time.process_time()
            clock.append(measure.timed(lambda wanted=wanted: count(store, wanted)))
            used.append(1000 * (time.process_time() - before))
    measure.judge(
        f"{page}, {COUNT} pins, any filter",
        measure.quantile(clock, 0.95),
        "ms, p95",
        most=REACH,
        median=round(measure.median(clock), 1),
        cpu_p95=round(measure.quantile(used, 0.95), 1),
        runs=len(clock),
    )


def _exported(store: Store) -> None:
    tracemalloc.start()
    size = sum(len(part) for part in exports.pins_csv(store, OFFICE, Filter()))
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    measure.judge(
        f"export of {COUNT} pins, peak of Python's memory", peak, "MB", most=MEGABYTES,
        written_mb=round(size / 1e6, 1), runs=1,
    )  # fmt: skip
