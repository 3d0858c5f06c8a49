"""The thread that does every change and every checkpoint, and writes each into the journal first."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import bases, engine, journal, recovery
from data.engine import Connection
from data.gate import Gate
from data.journal import Journal
from data.problems import Problem, StoreTrouble
from data.transaction import EVERY, Job, Recorded, T, Transaction

BATCH = 64  # writes that share one commit at most (measured: 3-8 x a lock's throughput)
CHECKPOINT_BYTES = 1_000_000  # of WAL; a start replays less than 0.7 s of it
CHECKPOINT_AGAIN = 10.0  # seconds after one that failed: DuckDB gives the database up each time
JOURNAL_BYTES = 8_000_000  # then a new base copy is due; a repair replays this in seconds
UNSEEN = {"trail_seal"}  # follows every change by itself: no answer made before it is wrong
log = logging.getLogger("kiezkarte.store")


@dataclass(frozen=True)
class _Item:
    job: Callable[..., Any]
    future: Future[Any] = field(default_factory=Future)
    alone: bool = False  # between two commits, without a transaction


class Writer:
    """Takes jobs from a queue; what waits together shares one commit and one line of the journal."""

    def __init__(
        self, gate: Gate, path: Path | None, diary: Journal | None, mark: tuple[int, int]
    ) -> None:
        self._gate, self._path, self._journal = gate, path, diary
        self.seq, self.erased = mark  # the last line; the last one that erased words
        self.revision = 0  # grows with every commit
        self.news = 0  # the last revision that changed what any page can show
        self._changed: dict[str, int] = {}  # the last revision that changed a table
        self.wanted = threading.Event()  # a new base copy is due (data/keeper.py)
        self._written = diary.bytes() if diary else 0
        self._broken, self._failed = False, -CHECKPOINT_AGAIN
        self._queue: queue.Queue[_Item | None] = queue.Queue()
        self._door = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(target=self._forever, name="writer", daemon=True)
        self._thread.start()

    def write(self, job: Job[T]) -> T:
        """Run a job in a transaction; returns when it is in the journal and committed."""
        return self._do(_Item(job))

    def alone(self, act: Callable[[], T]) -> T:
        """Run something between two commits, while nobody writes."""
        return self._do(_Item(act, alone=True))

    def last_change(self, tables: Sequence[str]) -> int:
        """Return the revision that last changed one of some tables."""
        return max(self._changed.get(table, 0) for table in (*tables, EVERY))

    def pending(self) -> int:
        """Count what waits."""
        return self._queue.qsize()

    def check(self) -> None:
        """Refuse with StoreTrouble unless writes are taken."""
        if self._ended:
            raise StoreTrouble("store.failed")

    def close(self) -> None:
        """Finish what is queued and checkpoint."""
        self._queue.put(None)
        self._thread.join()
        if self._journal:
            self._journal.close()

    def rotate(self) -> int:
        """Begin a new segment (inside `alone`); returns the last line of what was before."""
        assert self._journal
        self._journal.rotate(self.seq)
        self._written = 0
        return self.seq

    def exchange(self, fresh: Path) -> None:
        """Let a file written anew take the place of the database's (inside `alone`)."""
        assert self._path
        with self._gate.alone():
            self._gate.connection.close()
            try:
                if not engine.is_closed(self._path):  # something still reads: later, then
                    raise StoreTrouble("store.failed")
                engine.drop_log(self._path)  # base and journal hold all of it
                fresh.replace(self._path)
                engine.sync(self._path.parent)
            finally:
                self._open()

    def mend(self, given_up: Connection | None = None) -> None:
        """Open the database anew when DuckDB has given it up, or this connection (in `alone`)."""
        if self._path and (self._broken or given_up is self._gate.connection):
            with self._gate.alone():
                with contextlib.suppress(engine.Error):
                    self._gate.connection.close()
                self._open()

    # --- the thread -------------------------------------------------------

    def _do(self, item: _Item) -> Any:
        with self._door:
            self.check()
            self._queue.put(item)
        return item.future.result()

    def _forever(self) -> None:
        for batch in self._batches():
            if batch[0].alone:
                _answer(batch[0].future, batch[0].job)
            elif not self._commit(batch):
                for item in batch:
                    self._commit_alone(item)
            self._checkpoint_if_due()
        self._checkpoint()
        with self._door:  # who came too late is told so, and nobody comes after
            self._ended = True
            while not self._queue.empty():
                if item := self._queue.get():
                    item.future.set_exception(StoreTrouble("store.failed"))

    def _batches(self) -> Iterator[list[_Item]]:
        """Gather what waits: writes together, anything else alone."""
        batch: list[_Item] = []
        while (item := self._queue.get()) is not None:
            if item.alone and batch:
                yield batch
                batch = []
            batch.append(item)
            if item.alone or len(batch) == BATCH or self._queue.empty():
                yield batch
                batch = []
        if batch:
            yield batch

    def _commit(self, batch: Sequence[_Item]) -> bool:
        """Commit a batch together; False (and nothing done) when any job of several fails."""
        if len(batch) == 1:
            return False
        try:
            with self._transaction() as transaction:
                results = [item.job(transaction) for item in batch]
        except Exception:  # each job then runs alone and gets its own answer
            return False
        for item, result in zip(batch, results, strict=True):
            item.future.set_result(result)
        return True

    def _commit_alone(self, item: _Item) -> None:
        def act() -> Any:
            with self._transaction() as transaction:
                return item.job(transaction)

        _answer(item.future, act)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        self.mend()
        with contextlib.closing(self._gate.connection.cursor()) as cursor:
            transaction = Recorded(cursor, remembers=self._journal is not None)
            try:
                cursor.begin()
                yield transaction
                self._finish(cursor, transaction)
            except BaseException as error:
                with contextlib.suppress(engine.Error):
                    cursor.rollback()
                self._broken |= engine.is_broken(error)
                raise
        # Before anybody hears of it: what they ask next is asked anew
        self._changed |= dict.fromkeys(transaction.tables, self.revision + 1)
        self.revision += 1
        if transaction.tables - UNSEEN:
            self.news = self.revision

    def _finish(self, cursor: Connection, transaction: Recorded) -> None:
        """Journal, then commit: a crash between the two is made good from the journal."""
        if not self._journal or not transaction.statements:
            cursor.commit()
            return
        seq = self.seq + 1
        journal.set_mark(cursor, seq, erases=transaction.erases)
        line = journal.encode(seq, transaction.statements, erases=transaction.erases)
        self._check_space(4 * len(line))  # the journal, DuckDB's log, and room for blobs as text
        self._journal.append(line)
        try:
            cursor.commit()
        except engine.Error:
            self._journal.take_back()
            cursor.close()
            self._broken = True
            self.mend()
            if self.seq < seq:
                raise
            self._journal.append(line)  # it was committed after all
        self._note(seq, len(line), erases=transaction.erases)

    def _note(self, seq: int, size: int, *, erases: bool) -> None:
        self.seq = seq
        self._written += size
        if erases:
            self.erased = seq
        if erases or self._written > JOURNAL_BYTES:
            self.wanted.set()

    def _open(self) -> None:
        """Open the file once more, repaired if need be; `seq` is then what it holds."""
        assert self._path
        try:
            connection = engine.connect(self._path)
        except engine.Error:
            recovery.recover(self._path)
            connection = engine.connect(self._path)
        mark = journal.mark(connection)
        assert mark
        if mark[0] < self.seq:
            journal.replay(connection, bases.folder(self._path), mark[0])
        else:
            self.seq = mark[0]
        engine.lock_down(connection)
        self._gate.connection, self._broken = connection, False

    def _checkpoint_if_due(self) -> None:
        wal = bases.wal(self._path) if self._path and self._queue.empty() else None
        late = time.monotonic() > self._failed + CHECKPOINT_AGAIN
        if wal and late and wal.exists() and wal.stat().st_size > CHECKPOINT_BYTES:
            self._checkpoint()

    def _check_space(self, size: int) -> None:
        if self._path:
            engine.check_space(self._path, size)

    def _checkpoint(self) -> None:
        try:
            self._check_space(4 * CHECKPOINT_BYTES)
            self._gate.connection.execute("checkpoint")
        except (engine.Error, StoreTrouble) as error:  # the log still holds everything
            log.warning("a checkpoint failed: %s", error)
            self._failed = time.monotonic()
            self._broken |= engine.is_broken(error)
            with contextlib.suppress(engine.Error, OSError, Problem):
                self.mend()


def _answer(future: Future[Any], act: Callable[[], Any]) -> None:
    try:
        result = act()
    except Problem as problem:
        future.set_exception(problem)
    except (engine.Error, OSError) as error:
        log.exception("a write failed")
        future.set_exception(engine.trouble(error))
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
