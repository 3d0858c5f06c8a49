"""What a backup says of itself, so that whoever restores it can tell that nothing is missing."""

import contextlib
import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data import answer_times, figures, promises, results, silence, worklists
from data.filters import Filter
from data.rules import HOUSE
from data.store import Params, Store, Transaction
from geo.area import Area

FORM = 1  # of the manifest; a newer one is of a newer Kiezkarte
UNKNOWN = "unknown"
Manifest = dict[str, Any]
log = logging.getLogger("kiezkarte.backup")
# Every figure that a report shows, asked at the moment of the backup
REPORTED: dict[str, Callable[[Store, Area, datetime], object]] = {
    "figures": lambda store, _, now: figures.counted(store, HOUSE, Filter()),
    "answers": lambda store, _, now: answer_times.counted(store, HOUSE, Filter(), now=now),
    "promises": lambda store, _, now: promises.counts(store, HOUSE, now=now),
    "rate": lambda store, _, now: promises.rate(store, now=now),
    "silence": lambda store, area, now: silence.heard(store, HOUSE, area, Filter()),
    "worklists": lambda store, _, now: worklists.counts(store, HOUSE, now=now),
    "results": lambda store, _, now: results.figures(store),
    "money": lambda store, _, now: store.read(
        "select fund, status, count(*), sum(cents), sum(granted) from project group by all order by all"
    ),
    "bookings": lambda store, _, now: store.read(
        "select pot_id, kind, count(*), sum(cents) from booking group by all order by all"
    ),
}


class Frozen(Store):
    """A database file that is only looked at: opened for reading, never migrated or repaired."""

    def __init__(self, path: Path) -> None:
        self._frozen = duckdb.connect(str(path), read_only=True, config={"memory_limit": "400MB"})

    @property
    def revision(self) -> int:
        """Count nothing: it does not change."""
        return 0

    def read(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one query."""
        return self._frozen.execute(sql, dict(params) if params else None).fetchall()

    def rows(self, sql: str, params: Params | None = None) -> list[dict[str, Any]]:
        """Run one query and return its rows by column name."""
        found = self._frozen.execute(sql, dict(params) if params else None)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def write(self, job: Callable[[Transaction], Any]) -> Any:
        """Refuse: nothing is written here."""
        raise TypeError("this file is only looked at")

    def close(self) -> None:
        """Let go of the file."""
        self._frozen.close()


def schema_of(store: Store) -> list[str]:
    """List the migrations that a database went through."""
    return [row[0] for row in store.read("select name from schema_migration order by name")]


def taken(store: Store, area: Area, *, now: datetime) -> Manifest:
    """Count and sum up everything that a database holds; `now` (UTC) is that of its figures."""
    tables = _tables(store)
    return {
        "form": FORM,
        "made_at": now.isoformat(),
        "area": area.name,
        "schema": schema_of(store),
        "tables": {name: _summed(store, name) for name in tables},
        "reported": {name: _reported(name, store, area, now) for name in REPORTED},
        "seal": _last_seal(store),
        "withdrawn": _column(store, "select id from pin where status = 'withdrawn' order by id"),
    }


def counts_differ(manifest: Manifest, store: Store) -> list[str]:
    """Name the tables whose number of rows or contents are not what a manifest says."""
    here = {name: _summed(store, name) for name in _tables(store)}
    told = {name: list(pair) for name, pair in manifest["tables"].items()}
    return sorted(name for name in told.keys() | here.keys() if told.get(name) != here.get(name))


def figures_differ(manifest: Manifest, store: Store, area: Area) -> list[str]:
    """Name the reported figures that come out otherwise than a manifest says, or that it lacks."""
    now = datetime.fromisoformat(manifest["made_at"])
    told = manifest["reported"]
    return sorted(
        name
        for name in told.keys() & REPORTED.keys()
        if told[name] == UNKNOWN or told[name] != _reported(name, store, area, now)
    )


def rows_of(manifest: Manifest) -> int:
    """Count the rows of all tables."""
    return sum(count for count, _ in manifest["tables"].values())


@contextlib.contextmanager
def looked_at(path: Path):
    """Open a database file for looking alone, and let go of it afterwards."""
    store = Frozen(path)
    try:
        yield store
    finally:
        store.close()


# --- inside -----------------------------------------------------------------


def _tables(store: Store) -> list[str]:
    return _column(
        store,
        "select table_name from information_schema.tables where table_schema = 'main' "
        "and table_type = 'BASE TABLE' order by table_name",
    )


def _summed(store: Store, table: str) -> list[Any]:
    """Return how many rows a table has, and a sum over their hashes, whatever their order.

    DuckDB's own functions: what is looked at here is a file of DuckDB's in any case.
    """
    assert re.fullmatch(r"\w+", table)
    count, low, high = store.read(
        "select count(*), sum(md5_number_lower(cast(one as varchar))), "  # noqa: S608
        f'sum(md5_number_upper(cast(one as varchar))) from "{table}" as one'
    )[0]
    return [count, f"{low or 0:x}-{high or 0:x}"]


def _last_seal(store: Store) -> list[Any]:
    found = store.read("select id, hash from trail_seal order by id desc limit 1")
    return list(found[0]) if found else [0, ""]


def _reported(name: str, store: Store, area: Area, now: datetime) -> str:
    """Return a figure's digest; a figure that cannot be reckoned must not cost the backup."""
    try:
        return _digest(REPORTED[name](store, area, now))
    except Exception as error:
        log.error("the figure %s cannot be reckoned: %s", name, type(error).__name__)
        return UNKNOWN


def _digest(found: object) -> str:
    plain = asdict(found) if is_dataclass(found) and not isinstance(found, type) else found
    return hashlib.sha256(json.dumps(_keyed(plain), default=str).encode()).hexdigest()


def _keyed(value: object) -> object:
    """Write mappings as lists of pairs in order: their keys may be anything."""
    if isinstance(value, Mapping):
        return sorted(([str(key), _keyed(one)] for key, one in value.items()), key=repr)
    if isinstance(value, list | tuple):
        return [_keyed(one) for one in value]
    return value


def _column(store: Store, sql: str) -> list[Any]:
    return [row[0] for row in store.read(sql)]
