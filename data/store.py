"""The one open database: every change through its writer, every read on a cursor of its own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from data import bases, engine, journal, keeper, lock, recovery
from data.engine import Params
from data.gate import Gate
from data.journal import Journal
from data.keeper import Keeper
from data.transaction import Job, T, Transaction
from data.writer import Writer

__all__ = ["Params", "Store", "Transaction"]

# Queries between two times that DuckDB lets go of what they left: each time takes 3 to 5 ms
RELEASE_EVERY = 2_000


class Store:
    """The embedded edition: DuckDB in one process."""

    def __init__(
        self, gate: Gate, writer: Writer, path: Path | None = None, held: lock.Lock | None = None
    ) -> None:
        self._gate, self._writer = gate, writer
        self._path, self._held, self._closed = path, held, False
        self._keeper = Keeper(path, writer) if path else None
        self._released = 0  # the query after which DuckDB let go of the last ones

    @classmethod
    def open(cls, path: Path | None = None) -> "Store":
        """Open the file (made when missing, repaired when damaged), or a database in memory.

        Raises StoreTrouble: "store.busy" when another process has it open, "store.read_only",
        "store.disk_full", "store.unreadable" or "store.incomplete" when it cannot be opened.
        """
        if path:
            return cls._open_file(path)
        connection = engine.connect(None)
        engine.migrate(connection)
        engine.lock_down(connection)
        return cls.upon(connection)

    @classmethod
    def upon(cls, connection: engine.Connection) -> "Store":
        """Open a store upon a connection that has the newest schema: no journal, no repair."""
        gate = Gate(connection)
        return cls(gate, Writer(gate, None, None, (0, 0)))

    @classmethod
    def _open_file(cls, path: Path) -> "Store":
        with _told(path):
            safe = bases.folder(path)
            safe.mkdir(parents=True, exist_ok=True)
            held = lock.take(safe / "lock", database=path)
        try:
            with _told(path):
                mark = _prepare(path, safe)
                gate = Gate(engine.connect(path))
                engine.lock_down(gate.connection)
                writer = Writer(gate, path, Journal(safe, mark[0]), mark)
        except BaseException:
            held.release()
            raise
        return cls(gate, writer, path, held)

    @property
    def revision(self) -> int:
        """Number the last commit since the store was opened that changed what a page can show."""
        return self._writer.news

    def last_change(self, *tables: str) -> int:
        """Return the revision that last changed one of some tables; 0 for none since the start."""
        return self._writer.last_change(tables)

    @property
    def position(self) -> int:
        """Return the number of the journal's last line; 0 in memory."""
        return self._writer.seq

    def read(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one query on a cursor of its own; BadInput for half a sign in its parameters."""
        return self._ask(sql, params)[1]

    def rows(self, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
        """Run one query and return its rows by column name."""
        names, found = self._ask(sql, params)
        return [dict(zip(names, row, strict=True)) for row in found]

    def arrays(self, sql: str, params: Params | None = None) -> dict[str, Any]:
        """Run one query and return its columns as numpy arrays by name; none of them has a null."""
        with self._gate.cursor() as cursor:
            return engine.run(cursor, sql, params).fetchnumpy()

    def write(self, job: Job[T]) -> T:
        """Run a job in the writer's transaction; returns when it is committed and on disk.

        A job may run twice (once in a shared commit, once alone), so its only effects are
        statements. Whatever it raises undoes its own statements and is raised here.
        """
        return self._writer.write(job)

    def snapshot(self, to: Path) -> int:
        """Write the whole database as it is now into one file that stands for itself.

        All go on meanwhile; they wait only while its files are copied once. Returns the number of
        the journal's last line in it. ValueError for a database in memory.
        """
        if not self._path:
            raise ValueError("a database in memory has no file")
        return keeper.copy(self._path, to, self._writer, alone=True)

    def release(self) -> bool:
        """Let DuckDB go of what it keeps of past queries, if that is due and nobody asks just now.

        Returns whether it did. A database in memory never does: it would have to go into a file.
        """
        if not self._path or self._gate.asked < self._released + RELEASE_EVERY:
            return False
        asked = self._gate.asked
        done = self._writer.alone(lambda: self._gate.between(engine.release))
        if done:
            self._released = asked
        return done

    def close(self) -> None:
        """Finish what is queued, checkpoint and let go of the file; a second time does nothing."""
        if self._closed:
            return
        self._closed = True
        if self._keeper:
            self._keeper.close()
        self._writer.close()
        self._gate.connection.close()
        if self._path:
            _leave(self._path, self._writer)
        if self._held:
            self._held.release()

    def check(self) -> None:
        """Refuse with StoreTrouble unless writes are taken; writes nothing itself."""
        self._writer.check()

    def pending(self) -> int:
        """Count the writes that wait."""
        return self._writer.pending()

    def _ask(self, sql: str, params: Params | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        connection = self._gate.connection
        try:
            return self._ask_once(sql, params)
        except engine.Error as error:
            if not engine.is_broken(error):
                raise
        self._writer.alone(lambda: self._writer.mend(connection))
        return self._ask_once(sql, params)

    def _ask_once(self, sql: str, params: Params | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self._gate.cursor() as cursor:
            result = engine.run(cursor, sql, params)
            names = [column[0] for column in result.description or ()]
            return names, result.fetchall() if names else []


# --- opening and closing a file ---------------------------------------------


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one sentence why a file cannot be opened."""
    try:
        yield
    except (engine.Error, OSError) as error:
        raise engine.barred(error, path) from error


def _prepare(path: Path, safe: Path) -> tuple[int, int]:
    """Repair and update a closed database, and see that there is a base to go on from."""
    bases.tidy(safe)
    recovery.recover(path)
    mark = _mark(path) or _begin(path, safe)
    base = bases.newest(safe)
    erased = mark[1] > (base[0] if base else 0)
    if base is None or erased or _has_gap(safe, base[0], mark[0]):
        bases.make(path, mark[0], anew=erased)
    return mark


def _mark(path: Path) -> tuple[int, int] | None:
    """Read which line a file holds; None when a new line must begin: it is new, old, or restored."""
    if not path.exists():
        return None
    with contextlib.closing(engine.connect(path)) as connection:
        return None if engine.is_behind(connection) else journal.mark(connection)


def _begin(path: Path, safe: Path) -> tuple[int, int]:
    """Bring a file to the newest schema on a copy, which then takes its place and begins a new line.

    What there was before goes aside: base and journal, and the file as it was.
    """
    if path.exists():
        bases.settle(path)
    fresh = engine.migrated(path, journal.begin_mark)
    if path.exists():
        aside = bases.put_aside(safe, bases.line_of(safe))
        bases.copy(path, aside / "before.duckdb")
    fresh.replace(path)
    engine.sync(path.parent)
    return 0, 0


def _has_gap(safe: Path, base: int, seq: int) -> bool:
    found = [journal.first_of(one) for one in journal.segments(safe)]
    return base < seq and (not found or found[0] > base + 1)


def _leave(path: Path, writer: Writer) -> None:
    """Erase for good what waits for it, and note that all was left as it should be."""
    safe = bases.folder(path)
    base = bases.newest(safe)
    try:
        if writer.erased > (base[0] if base else 0):
            bases.make(path, writer.seq, anew=True)
        if not bases.wal(path).exists():
            bases.note_clean(path, writer.seq)
    except (OSError, engine.Error):  # the next start does it
        recovery.log.exception("the database could not be left as it should be")
