"""Answers that stay in memory until something is stored in the tables that they come from."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from data.store import Store

T = TypeVar("T")
MOST = 1000  # answers of a store that are kept; then they are asked for anew
_kept: WeakKeyDictionary[Store, dict[Hashable, tuple[int, Any]]] = WeakKeyDictionary()


def since(store: Store, tables: tuple[str, ...], key: Hashable, ask: Callable[[], T]) -> T:
    """Return what `ask` answers, from memory as long as none of the tables has changed.

    The answer must come from these tables alone, and nobody may change it.
    """
    revision = store.last_change(*tables)  # before asking: what is stored meanwhile is asked for
    kept = _kept.setdefault(store, {})
    known = kept.get((tables, key))
    if known is None or known[0] != revision:
        if len(kept) >= MOST:
            kept.clear()
        known = kept[(tables, key)] = (revision, ask())
    return known[1]


def pins_in(store: Store, table: str) -> frozenset[str]:
    """Return the ids of all pins that a small table has a row of (`pin_id`).

    A card that is drawn alone asks nothing about a pin of which there is nothing.
    """
    sql = f"select distinct pin_id from {table}"  # noqa: S608
    return since(store, (table,), "pins", lambda: frozenset(row[0] for row in store.read(sql)))
