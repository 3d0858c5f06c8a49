"""A store whose writes are undone: the same door can be knocked at a thousand times from one state."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from data.store import Store


class _UndoneError(Exception):
    """Carries a job's result out of its transaction, which is undone by it."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result = result


class _Seen:
    """A transaction that notes what it was given to write."""

    def __init__(self, tx: Any, written: list[object]) -> None:
        self._tx, self._written = tx, written

    def execute(self, sql: str, params: Any = None) -> list[tuple[Any, ...]]:
        rows = self._tx.execute(sql, params)
        if not sql.lstrip().lower().startswith("select"):
            self._written.append(dict(params or {}))
        return rows

    def forget(self) -> None:
        self._tx.forget()


class Rehearsal(Store):
    """A store for which every write runs and none stays; `written` is what the last ones wrote."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.written: list[object] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self, job: Any) -> Any:
        def once(tx: Any) -> None:
            raise _UndoneError(job(_Seen(tx, self.written)))

        try:
            self._store.write(once)
        except _UndoneError as done:
            return done.result

    def texts(self) -> set[str]:
        """Return every text that was written, those inside lists and JSON too."""
        return set(_texts(self.written))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "["):
            with contextlib.suppress(ValueError, RecursionError):
                yield from _texts(json.loads(value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(name)
            yield from _texts(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _texts(inner)
