"""What a write may use: statements, and the word that it erases something."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from data import engine
from data.engine import Connection, Params
from data.journal import Statement

T = TypeVar("T")
EVERY = "*"
_CHANGED = re.compile(
    r"\s*(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from)\s+(\w+)\b(?!\s*\.)", re.IGNORECASE
)


class Transaction(Protocol):
    """What a write may use: statements with named parameters, inside the writer's transaction."""

    def execute(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        ...

    def forget(self) -> None:
        """Say that this write erases words: within seconds no file holds them any more."""
        ...


Job = Callable[[Transaction], T]


class Recorded:
    """A transaction that remembers what it changed."""

    def __init__(self, cursor: Connection, *, remembers: bool) -> None:
        self._cursor, self._remembers = cursor, remembers
        self.statements: list[Statement] = []
        self.tables: set[str] = set()
        self.erases = False

    def execute(self, sql: str, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        result = engine.run(self._cursor, sql, params)
        rows = result.fetchall() if result.description else []
        if engine.changes(sql):
            self.tables.add(changed_table(sql))
            if self._remembers:
                self.statements.append((sql, dict(params) if params else None))
        return rows

    def forget(self) -> None:
        """Say that this write erases words."""
        self.erases = True


@lru_cache(maxsize=4096)
def changed_table(sql: str) -> str:
    """Name the table that a statement changes, or EVERY when it does not say so at once.

    >>> changed_table("insert into pin by name select 1"), changed_table("update pin_read set x = 1")
    ('pin', 'pin_read')
    >>> changed_table("with new as (select 1) delete from pin") == EVERY
    True
    """
    named = _CHANGED.match(sql)
    return named[1].lower() if named else EVERY
