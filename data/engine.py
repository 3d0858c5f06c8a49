"""How DuckDB is opened, brought to the newest schema, asked, and written anew."""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from data.problems import BadInput, StoreTrouble

Params = Mapping[str, Any]
Connection = duckdb.DuckDBPyConnection
Error = duckdb.Error
SCHEMA = Path(__file__).parent / "schema"
SPARE = 4_000_000  # bytes of a disk that are never filled
SETTINGS: dict[str, Any] = {
    "checkpoint_threshold": "1GB",  # checkpoints are the writer's, never a commit's
    "memory_limit": "400MB",
    "allocator_background_threads": "true",  # gives free memory back: decision 0002
    "threads": 2,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# What DuckDB says when the disk is full or broken, and when it wants to be opened anew. Their
# classes say nothing: a full disk comes as TransactionException, as a conflict does.
FULL = ("No space left", "Disk quota exceeded", "File too large", "not enough space")
LOCKED = ("could not set lock", "used by another process")
FORBIDDEN = ("permission denied", "read-only", "access is denied")
BROKEN = ("database has been invalidated", "Failed to create checkpoint", "already closed")


def connect(path: Path | None) -> Connection:
    """Open a file, or a database in memory. Raises duckdb.IOException when another has it."""
    connection = duckdb.connect(str(path) if path else ":memory:", config=SETTINGS)
    connection.execute("pragma disable_checkpoint_on_shutdown")  # closing must not write
    return connection


def lock_down(connection: Connection) -> None:
    """Let a connection reach no file but its own, for good."""
    connection.execute("set enable_external_access = false")
    connection.execute("set allowed_configs = ['memory_limit']")  # for `release`
    connection.execute("set lock_configuration = true")


def release(connection: Connection) -> None:
    """Let go of what DuckDB keeps of buffers that are gone: some kilobytes of every query.

    It clears its queues when a queue has thirty thousand of them, or when its memory is to shrink.
    So it is asked to need none. That it cannot do, as the keys stay in memory: it clears what it
    can and keeps its limit, of which nobody who asks meanwhile notices anything. A database that
    was given up is left to who asks next.
    """
    for limit in ("0B", SETTINGS["memory_limit"]):
        with contextlib.suppress(duckdb.Error):
            connection.execute(f"set memory_limit = '{limit}'")


def run(cursor: Connection, sql: str, params: Params | None) -> Connection:
    """Run one statement; BadInput for half a sign in its parameters."""
    try:
        return cursor.execute(sql, dict(params) if params else None)
    except RuntimeError as error:  # what DuckDB's binding says to a lone surrogate, and only that
        if params and any(_is_half(value) for value in params.values()):
            raise BadInput("text_unreadable") from error
        raise


@lru_cache(maxsize=4096)
def changes(sql: str) -> bool:
    """Tell whether a statement changes rows (else it asks only)."""
    asks = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    return any(one.type not in asks for one in duckdb.extract_statements(sql))


def trouble(error: BaseException) -> StoreTrouble:
    """Turn what DuckDB or the disk says into what a person is told."""
    full = any(words in str(error) for words in FULL)
    return StoreTrouble("store.disk_full" if full else "store.failed")


def barred(error: BaseException, path: Path) -> StoreTrouble:
    """Turn why a file cannot be opened into what a person is told."""
    words = str(error).lower()
    if any(one in words for one in LOCKED):
        return StoreTrouble("store.busy", path=str(path))
    if any(one in words for one in FORBIDDEN):
        return StoreTrouble("store.read_only", path=str(path))
    if any(one in str(error) for one in FULL):
        return StoreTrouble("store.disk_full")
    return StoreTrouble("store.unreadable", path=str(path))


def is_broken(error: BaseException) -> bool:
    """Tell whether a connection must be opened anew: DuckDB has given the database up."""
    return isinstance(error, duckdb.FatalException) or any(one in str(error) for one in BROKEN)


def is_closed(path: Path) -> bool:
    """Tell whether nothing in this process has a file open any more.

    DuckDB gives a second connection of a process the same open database, also when its file has
    been exchanged meanwhile; one with other settings it refuses then.
    """
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.ConnectionException:
        return False
    return True


def rewrite(source: Path, target: Path, then: Callable[[Connection], object] | None = None) -> None:
    """Copy a database row by row into a fresh file: nothing of erased words is left in it.

    `target` is on disk when this returns. `then` may change it before; the source stays as it is
    (but for its log, which is read into it).
    """
    drop(target)
    with contextlib.closing(connect(source)) as connection:
        [(name,)] = connection.execute("select current_database()").fetchall()
        place = str(target).replace("'", "''")
        connection.execute(f"attach '{place}' as fresh")
        connection.execute(f'copy from database "{name}" to fresh')
        if then:
            connection.execute("use fresh")
            then(connection)
            connection.execute(f'use "{name}"')
        connection.execute("checkpoint fresh")
        connection.execute("detach fresh")
    sync(target)


def check_space(path: Path, size: int) -> None:
    """Refuse with StoreTrouble("store.disk_full") when so many bytes may not fit any more.

    Asked before, because DuckDB 1.5.5 ends the whole process when a commit that moves rows in a
    primary key cannot be written and is taken back.
    """
    if shutil.disk_usage(path).free < size + SPARE:
        raise StoreTrouble("store.disk_full")


def drop(path: Path) -> None:
    """Remove a database with all that DuckDB keeps beside it."""
    drop_log(path)
    path.unlink(missing_ok=True)


def drop_log(path: Path) -> None:
    """Remove what DuckDB keeps beside a database."""
    for rest in path.parent.glob(f"{path.name}.wal*"):
        rest.unlink()


def sync(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk itself."""
    if path.is_dir() and os.name == "nt":  # Windows knows no such thing for folders
        return
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


# --- migrations -----------------------------------------------------------


def is_behind(connection: Connection) -> bool:
    """Tell whether a database waits for a migration."""
    return bool(_pending(connection))


def migrated(path: Path, then: Callable[[Connection], object]) -> Path:
    """Make a copy of a closed file (or a new one) that has the newest schema, and return its place.

    The file stays as it was, whatever happens; its log must have been read into it. No write-ahead
    log ever holds a change of schema: DuckDB 1.5.5 cannot replay one of a table with checks.
    """
    copy = path.with_name(path.name + ".migrating")
    drop(copy)  # of an update that was killed
    try:
        if path.exists():
            shutil.copyfile(path, copy)
        with contextlib.closing(connect(copy)) as connection:
            migrate(connection)
            then(connection)
            connection.execute("checkpoint")
        sync(copy)
    except BaseException:
        drop(copy)
        raise
    return copy


def migrate(connection: Connection) -> None:
    """Run every migration that is still to be done, all in one transaction."""
    connection.execute(
        "create table if not exists schema_migration "
        "(name varchar primary key, sha256 varchar not null)"
    )
    name = ""
    connection.begin()
    try:
        for name, digest, text in _pending(connection):
            for statement in _statements(text):
                connection.execute(statement)
            connection.execute("insert into schema_migration values (?, ?)", [name, digest])
        connection.commit()
    except BaseException as error:
        connection.rollback()
        if isinstance(error, duckdb.Error) and trouble(error).key != "store.disk_full":
            raise StoreTrouble("store.update_failed", name=name) from error
        raise


@lru_cache(maxsize=64)
def _statements(text: str) -> tuple[str, ...]:
    return tuple(one.query for one in duckdb.extract_statements(_searched_plain(text)))


def has_table(connection: Connection, name: str) -> bool:
    """Tell whether there is a table of a name."""
    found = connection.execute("select 1 from duckdb_tables() where table_name = ?", [name])
    return bool(found.fetchall())


def _pending(connection: Connection) -> list[tuple[str, str, str]]:
    """List the migrations still to be done: name, digest, text."""
    done = {}
    if has_table(connection, "schema_migration"):
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


def _is_half(value: object) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= sign <= "\udfff" for sign in value)
    return isinstance(value, list | tuple) and any(_is_half(one) for one in value)


def _searched_plain(sql: str) -> str:
    """Keep columns marked `-- searched` uncompressed: unpacking was half of a text search."""
    return re.sub(
        r"(\w+ varchar)( not null,\s*-- searched)", r"\1 using compression uncompressed\2", sql
    )
