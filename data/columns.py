"""The pins' columns in memory, in the order of the map: clusters of a large stock without a query.

They are a copy of one revision of the database. While something has changed since, the database
answers as ever, and the columns are made anew once it rests (docs/decisions/0009-columns.md).
"""

import logging
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np

from data import filters
from data.filters import Box, Filter, Scope
from data.rules import PinId
from data.store import Store
from geo import grid
from geo.points import LonLat

TABLE = "pin"
# What the answers kept beside the columns ask further tables for
ANSWERED = ("support", "pin_flag", "flag_dismissed")
LEAST = 50_000  # pins; a smaller stock's query takes no longer
REST = 2.0  # seconds without a change before the columns are made,
PAUSE = 20.0  # and between two makings: a share of one core that nobody feels
KEPT = 32  # answers of the database kept beside the columns, and as many of the whole stock
WIDE = 4  # so many coarse cells a window is wide and high at most
PUBLIC_UNIT, PROBLEM_UNIT = 1 << 42, 1 << 21  # three counts in one number; each below two million
EVERYTHING = Filter()
T = TypeVar("T")
Ints = np.ndarray[Any, np.dtype[np.int64]]
log = logging.getLogger("kiezkarte.columns")


class Row(NamedTuple):
    """A cluster: mean cell, how many, strengths, problems, a number (if alone, its), is any public."""

    mx: float
    my: float
    pins: int
    strengths: int
    problems: int
    number: int
    public: bool


@dataclass(frozen=True)
class Columns:
    """All pins as a revision left them, sorted by Morton code; each array has the shape (pins,)."""

    revision: int
    key: Ints  # Morton code of (mx, my)
    numbers: dict[str, np.ndarray]  # number, mx, my, created (microseconds, UTC), packed
    codes: dict[str, np.ndarray]  # kind, field, status, source, lang as places in `names`
    bits: dict[str, np.ndarray]  # inside, climate
    names: dict[str, list[str]]
    row_of: np.ndarray  # by number
    ids: np.ndarray  # as ASCII
    answers: "OrderedDict[object, np.ndarray]" = field(default_factory=OrderedDict)
    wholes: "OrderedDict[object, list[Row]]" = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def clusters(
        self, store: Store, wanted: Filter, scope: Scope, view: Box, *, shift: int, limit: int
    ) -> list[Row] | None:
        """Cluster a window under a filter; None when the database has changed meanwhile."""
        asked = self._asked(store, wanted, scope)
        if store.last_change(TABLE) != self.revision:
            return None
        corners = _corners(view)

        def make() -> list[Row]:
            ranges = self._ranges(*corners)
            parts = [self._chosen(one, wanted, scope, corners, asked) for one in ranges]
            rows = np.concatenate(parts) if parts else np.empty(0, np.int64)
            return self._gathered(rows, shift, limit)

        west, north, east, south = self.extent
        if (
            corners[0] <= west
            and corners[1] <= north
            and corners[2] >= east
            and corners[3] >= south
        ):
            changed = store.last_change(*ANSWERED)
            known = ("whole", replace(wanted, box=None), scope, shift, limit, changed)
            return self._kept(self.wholes, known, make)
        return make()

    def pins(self, numbers: Sequence[int]) -> dict[int, PinId]:
        """Look up pins by number."""
        ids = self.ids[self.row_of[np.array(numbers, np.int64)]].tolist()
        return {number: PinId(one.decode()) for number, one in zip(numbers, ids, strict=True)}

    @cached_property
    def extent(self) -> tuple[int, int, int, int]:
        """The cells between which all pins lie: west, north, east, south."""
        mx, my = self.numbers["mx"], self.numbers["my"]
        return int(mx.min()), int(my.min()), int(mx.max()), int(my.max())

    # --- which rows -----------------------------------------------------------

    def _ranges(self, west: int, north: int, east: int, south: int) -> list[slice]:
        """Find the runs of rows that hold a window: those of the coarse cells it touches."""
        if west > east or north > south:
            return []
        level = max(0, max(east - west, south - north).bit_length() - WIDE.bit_length() + 1)
        across = np.arange(west >> level, (east >> level) + 1, dtype=np.int64)
        down = np.arange(north >> level, (south >> level) + 1, dtype=np.int64)
        codes = np.sort(_morton(*(one.ravel() for one in np.meshgrid(across, down))))
        starts = np.searchsorted(self.key, codes << (2 * level))
        ends = np.searchsorted(self.key, (codes + 1) << (2 * level))
        ranges: list[slice] = []
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            if ranges and ranges[-1].stop == start:
                ranges[-1] = slice(ranges[-1].start, end)
            elif end > start:
                ranges.append(slice(start, end))
        return ranges

    def _chosen(
        self,
        rows: slice,
        wanted: Filter,
        scope: Scope,
        corners: tuple[int, int, int, int],
        asked: list[np.ndarray],
    ) -> Ints:
        """Return which of a run of rows are wanted and may be seen."""
        own = asked[1][rows] if scope.ids else None
        seen = self._seen(rows, scope)
        keep = seen if own is None else seen | own
        for name in filters.LISTS:
            if values := tuple(filters.listed(wanted, name)):
                keep &= self._is_any(name, values)[self.codes[name][rows]]
        for name, mask in self.bits.items():
            if (is_so := getattr(wanted, name)) is not None:
                keep &= mask[rows] == is_so
        created = self.numbers["created"][rows]
        if wanted.since:
            keep &= created >= _micro(filters.midnight(wanted.since))
        if wanted.until:
            keep &= created < _micro(filters.after(wanted.until))
        for edge, (name, end) in enumerate((("mx", 0), ("my", 0), ("mx", 1), ("my", 1))):
            most = self.extent[edge]
            if corners[edge] >= most if end else corners[edge] <= most:
                continue  # nothing lies beyond
            column = self.numbers[name][rows]
            keep &= column <= corners[edge] if end else column >= corners[edge]
        if _rest(wanted) != EVERYTHING:
            keep &= asked[0][rows]
        return np.flatnonzero(keep) + rows.start

    def _seen(self, rows: slice, scope: Scope) -> np.ndarray:
        hidden = self._is_any("status", scope.hidden)
        return ~hidden[self.codes["status"][rows]]

    def _is_any(self, name: str, values: tuple[str, ...]) -> np.ndarray:
        """Tell of each code whether it stands for one of some values."""
        return np.isin(np.array(self.names[name], dtype=object), values)

    def _asked(self, store: Store, wanted: Filter, scope: Scope) -> list[np.ndarray]:
        """Ask the database for what the columns do not know, once: a mask for it, one for own pins."""
        rest, masks = _rest(wanted), []
        for name, asked in (("rest", rest), ("own", scope.ids)):
            if asked and asked != EVERYTHING:
                masks.append(self._answer(store, name, asked, scope.flags))
            else:
                masks.append(np.empty(0, bool))
        return masks

    def _answer(self, store: Store, name: str, asked: Any, flags: bool) -> np.ndarray:
        known = (name, asked, flags, store.last_change(*ANSWERED))
        return self._kept(self.answers, known, lambda: self._mask(store, name, asked, flags))

    def _mask(self, store: Store, name: str, asked: Any, flags: bool) -> np.ndarray:
        if name == "own":
            where, params = "id = any($own)", {"own": list(asked)}
        else:
            where, params = filters.where(asked, Scope((), flags=flags))
        sql = f"select number from pin where {where or 'true'}"  # noqa: S608
        found = store.arrays(sql, params)["number"]
        mask = np.zeros(len(self.key), bool)
        mask[self.row_of[found[found < len(self.row_of)]]] = True
        return mask

    def _kept(self, kept: "OrderedDict[object, T]", known: object, make: Callable[[], T]) -> T:
        """Return what is equal for all who ask, made once; nobody may change it."""
        with self.lock:
            if known in kept:
                kept.move_to_end(known)
                return kept[known]
        made = make()
        with self.lock:
            kept[known] = made
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return made

    # --- their clusters -------------------------------------------------------

    def _gathered(self, rows: Ints, shift: int, limit: int) -> list[Row]:
        """Gather rows, in their order, into the cells of a zoom, at most so many."""
        if not len(rows):
            return []
        keys = self.key[rows] >> (2 * shift)
        starts = np.concatenate(([0], np.flatnonzero(keys[1:] != keys[:-1]) + 1))
        if len(starts) > limit:
            rows, starts = rows[: starts[limit]], starts[:limit]
        counts = np.diff(np.append(starts, len(rows)))
        mx, my, packed = (
            np.add.reduceat(self.numbers[name][rows], starts, dtype=np.int64)
            for name in ("mx", "my", "packed")
        )
        columns = (
            mx / counts,
            my / counts,
            counts,
            packed & (PROBLEM_UNIT - 1),
            packed // PROBLEM_UNIT & (PROBLEM_UNIT - 1),
            self.numbers["number"][rows[starts]],
            packed >= PUBLIC_UNIT,
        )
        return [Row(*one) for one in zip(*(column.tolist() for column in columns), strict=True)]


# --- made in the background ---------------------------------------------------


class _Maker:
    """Makes a store's columns anew once it rests."""

    def __init__(self, store: Store) -> None:
        self._store = weakref.ref(store)
        self._lock = threading.Lock()
        self._busy = False
        self._again = 0.0  # a moment of time.monotonic
        self.made: Columns | None = None

    def current(self) -> Columns | None:
        store = self._store()
        if store is None:
            return None
        made = self.made
        if made and made.revision == store.last_change(TABLE):
            return made
        with self._lock:
            if not self._busy and time.monotonic() >= self._again:
                self._busy = True
                threading.Thread(target=self._make, name="columns", daemon=True).start()
        return None

    def _make(self) -> None:
        try:
            self.made = self._rested()
        except Exception:  # the store was closed, or the machine has no room: the query answers
            log.info("columns could not be made")
        finally:
            with self._lock:
                self._busy, self._again = False, time.monotonic() + PAUSE

    def _rested(self) -> Columns | None:
        while True:
            store = self._store()
            if store is None:
                return None
            before = store.last_change(TABLE)
            del store
            time.sleep(REST)
            store = self._store()
            if store and store.last_change(TABLE) == before:
                return made(store)


_makers: "weakref.WeakKeyDictionary[Store, _Maker]" = weakref.WeakKeyDictionary()
_making = threading.Lock()


def of(store: Store) -> Columns | None:
    """Return the columns when they are those of this moment; else have them made, and None."""
    with _making:
        maker = _makers.setdefault(store, _Maker(store))
    return maker.current()


def made(store: Store, least: int = LEAST) -> Columns | None:
    """Make the columns; None for a stock smaller than `least`, or one that changed meanwhile."""
    revision = store.last_change(TABLE)
    counted = (
        "select count(*), max(length(id)), count(*) filter (not regexp_full_match(id, $plain))"
    )
    [(stock, longest, odd)] = store.read(f"{counted} from pin", {"plain": "[!-~]{1,64}"})
    if stock < max(1, least) or odd:
        return None
    names = {
        name: [row[0] for row in store.read(f"select distinct {name} from pin order by 1")]  # noqa: S608
        for name in filters.LISTS
    }
    coded = ", ".join(f"list_position(${name}, {name}) - 1 as {name}" for name in names)
    raw = store.arrays(
        "select number, id, mx, my, epoch_us(created_at) as created, inside, climate, "  # noqa: S608
        "case kind when 'strength' then 1 when 'problem' then $problem else 0 end + "
        "case status when 'waiting' then 0 when 'hidden' then 0 else $public end as packed, "
        f"{coded} from pin",
        {**names, "problem": PROBLEM_UNIT, "public": PUBLIC_UNIT},
    )
    if store.last_change(TABLE) != revision:
        return None
    key = _morton(raw["mx"].astype(np.int64), raw["my"].astype(np.int64))
    order = np.argsort(key)
    row_of = np.zeros(int(raw["number"].max()) + 1, np.int32)
    row_of[raw["number"][order]] = np.arange(len(order), dtype=np.int32)
    small = {name: np.uint8 if len(known) < 256 else np.uint32 for name, known in names.items()}
    return Columns(
        revision,
        key[order],
        {name: raw[name][order] for name in ("number", "mx", "my", "created", "packed")},
        {name: raw[name].astype(small[name])[order] for name in names},
        {name: raw[name].astype(bool)[order] for name in ("inside", "climate")},
        names,
        row_of,
        raw["id"].astype(f"S{longest}")[order],
    )


def _rest(wanted: Filter) -> Filter:
    """Return what a filter asks beside what the columns know."""
    known = dict.fromkeys(filters.LISTS, ())
    return replace(wanted, **known, since=None, until=None, inside=None, climate=None, box=None)


def _corners(view: Box) -> tuple[int, int, int, int]:
    west, north = grid.cell(LonLat(view.west, view.north))
    east, south = grid.cell(LonLat(view.east, view.south))
    return west, north, east, south


def _micro(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp() * 1_000_000)


def _morton(x: Ints, y: Ints) -> Ints:
    """Interleave the bits of two numbers below 2**30.

    >>> _morton(np.array([3, 0]), np.array([0, 3])).tolist()
    [5, 10]
    """
    return _spread(x) | (_spread(y) << 1)


def _spread(number: Ints) -> Ints:
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        number = (number | (number << shift)) & mask
    return number
