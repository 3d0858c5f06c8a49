"""The one connection to the database file: a writer thread for every change, a cursor for every read."""

import contextlib
import hashlib
import logging
import os
import queue
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Protocol, TypeVar

import duckdb

from data.problems import BadInput, Problem, StoreTrouble

T = TypeVar("T")
Params = Mapping[str, Any]
SCHEMA = Path(__file__).parent / "schema"
BATCH = 64  # writes that share one commit at most (measured: 3-8 x a lock's throughput)
CHECKPOINT_BYTES = 1_000_000  # of WAL; a start replays less than 0.7 s of it
log = logging.getLogger("kiezkarte.store")


class Transaction(Protocol):
    """What a write may use: statements with named parameters, inside the writer's transaction."""

    def execute(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        ...


Job = Callable[[Transaction], T]


class _Cursor:
    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def execute(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        result = _run(self._cursor, sql, params)
        return result.fetchall() if result.description else []


class Store:
    """The embedded edition: DuckDB in one process."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._jobs: queue.Queue[tuple[Job[Any], Future[Any]] | None] = queue.Queue()
        self.revision = 0  # grows with every commit
        self._writer = threading.Thread(target=self._write_forever, name="writer", daemon=True)
        self._writer.start()

    @classmethod
    def open(cls, path: Path | None = None) -> "Store":
        """Open the file (made when missing), or a database in memory.

        Raises StoreTrouble("store.busy") when another process has it open,
        StoreTrouble("store.unreadable") when it cannot be opened.
        """
        try:
            if path:
                path.parent.mkdir(parents=True, exist_ok=True)
                _migrate_file(path)
            connection = _connect(path)
        except (duckdb.IOException, OSError) as error:
            key = "store.busy" if "lock" in str(error).lower() else "store.unreadable"
            raise StoreTrouble(key, path=str(path)) from error
        if path is None:
            _migrate(connection)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        return cls(connection, path)

    def read(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one query on a cursor of its own; BadInput for half a sign in its parameters."""
        with contextlib.closing(self._connection.cursor()) as cursor:
            return _Cursor(cursor).execute(sql, params)

    def rows(self, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
        """Run one query and return its rows by column name."""
        with contextlib.closing(self._connection.cursor()) as cursor:
            result = _run(cursor, sql, params)
            names = [column[0] for column in result.description or ()]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def write(self, job: Job[T]) -> T:
        """Run a job in the writer's transaction; returns when it is committed and on disk.

        A job may run twice (once in a shared commit, once alone), so its only effects are
        statements. Whatever it raises undoes its own statements and is raised here.
        """
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future.result()

    def close(self) -> None:
        """Finish what is queued, checkpoint and let go of the file."""
        self._jobs.put(None)
        self._writer.join()
        self._connection.close()

    def check(self) -> None:
        """Refuse with StoreTrouble unless writes are taken; writes nothing itself."""
        if not self._writer.is_alive():
            raise StoreTrouble("store.failed")

    def pending(self) -> int:
        """Count the writes that wait."""
        return self._jobs.qsize()

    # --- the writer -------------------------------------------------------

    def _write_forever(self) -> None:
        for batch in self._batches():
            if not self._commit(batch):
                for job, future in batch:
                    self._commit_alone(job, future)
            if self._jobs.empty():
                self._checkpoint_if_due()
        self._checkpoint()

    def _batches(self) -> Iterator[list[tuple[Job[Any], Future[Any]]]]:
        open_for_business = True
        while open_for_business:
            batch = []
            item = self._jobs.get()
            while item is not None:
                batch.append(item)
                if len(batch) == BATCH or self._jobs.empty():
                    break
                item = self._jobs.get()
            open_for_business = item is not None
            if batch:
                yield batch

    def _commit(self, batch: list[tuple[Job[Any], Future[Any]]]) -> bool:
        """Commit a batch together; False (and nothing done) when any job of several fails."""
        if len(batch) == 1:
            return False
        try:
            with self._transaction() as transaction:
                results = [job(transaction) for job, _ in batch]
        except Exception:  # each job then runs alone and gets its own answer
            return False
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
        return True

    def _commit_alone(self, job: Job[Any], future: Future[Any]) -> None:
        try:
            with self._transaction() as transaction:
                result = job(transaction)
        except Problem as problem:
            future.set_exception(problem)
        except duckdb.Error as error:
            log.exception("a write failed")
            future.set_exception(_trouble(error))
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        cursor = self._connection.cursor()
        try:
            cursor.begin()
            yield _Cursor(cursor)
            cursor.commit()
            self.revision += 1  # before anybody hears of it: what they ask next is asked anew
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                cursor.rollback()
            raise
        finally:
            cursor.close()

    def _checkpoint_if_due(self) -> None:
        wal = Path(f"{self._path}.wal") if self._path else None
        if wal and wal.exists() and wal.stat().st_size > CHECKPOINT_BYTES:
            self._checkpoint()

    def _checkpoint(self) -> None:
        try:
            self._connection.execute("checkpoint")
        except duckdb.Error:  # the WAL still holds everything; the next one tries again
            log.exception("a checkpoint failed")


# --- migrations -----------------------------------------------------------


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    settings = {
        "checkpoint_threshold": "1GB",  # checkpoints are the writer's, never a commit's
        "memory_limit": "400MB",
        "threads": 2,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return duckdb.connect(str(path) if path else ":memory:", config=settings)


def _migrate_file(path: Path) -> None:
    """Bring a file to the newest schema on a copy, which then takes its place.

    What fails leaves the file as it was, and no write-ahead log ever holds a change of schema:
    DuckDB 1.5.5 cannot replay one of a table with checks.
    """
    with contextlib.closing(_connect(path)) as connection:
        if not _pending(connection):
            return
        connection.execute("checkpoint")
    copy = path.with_name(path.name + ".migrating")
    try:
        shutil.copyfile(path, copy)
        with contextlib.closing(_connect(copy)) as connection:
            _migrate(connection)
            connection.execute("checkpoint")
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    for name, digest, text in _pending(connection):
        connection.begin()
        try:
            for statement in duckdb.extract_statements(_searched_plain(text)):
                connection.execute(statement.query)
            connection.execute("insert into schema_migration values (?, ?)", [name, digest])
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


def _pending(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """List the migrations still to be done: name, digest, text."""
    connection.execute(
        "create table if not exists schema_migration "
        "(name varchar primary key, sha256 varchar not null)"
    )
    done = dict(connection.execute("select name, sha256 from schema_migration").fetchall())
    found = []
    for file in sorted(SCHEMA.glob("*.sql")):
        text = file.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if file.name not in done:
            found.append((file.name, digest, text))
        elif done[file.name] != digest:
            raise StoreTrouble("store.schema_changed", name=file.name)
    return found


def _run(
    cursor: duckdb.DuckDBPyConnection, sql: str, params: Params | None
) -> duckdb.DuckDBPyConnection:
    try:
        return cursor.execute(sql, dict(params) if params else None)
    except RuntimeError as error:  # what DuckDB's binding says to a lone surrogate, and only that
        if params and any(_is_half(value) for value in params.values()):
            raise BadInput("text_unreadable") from error
        raise


def _is_half(value: object) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, list | tuple) and any(_is_half(one) for one in value)


def _trouble(error: duckdb.Error) -> StoreTrouble:
    full = "No space left" in str(error)
    return StoreTrouble("store.disk_full" if full else "store.failed")


def _searched_plain(sql: str) -> str:
    """Keep columns marked `-- searched` uncompressed: unpacking was half of a text search."""
    return re.sub(
        r"(\w+ varchar)( not null,\s*-- searched)", r"\1 using compression uncompressed\2", sql
    )
