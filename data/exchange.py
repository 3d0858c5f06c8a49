"""Import: a foreign CSV or GeoJSON file becomes pins, and every refused row says why."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import shapely

from data import exchange_csv, exchange_files, exchange_geojson, pins, rules
from data.exchange_drafts import Drafts, Found
from data.exchange_refused import Refused, Say
from data.exchange_rows import Reason, Row, Seen, Source
from data.mappings import Columns
from data.pins import Draft, Saved
from data.problems import BadInput
from data.rules import Act, Actor
from data.store import Store
from geo.area import Area
from geo.points import LonLat

BATCH = 10_000  # measured: with 2,000 every batch is a checkpoint, which is most of the time
STEP = 1_000  # rows between two calls of `progress`
LISTED = 12  # row numbers that the report names a reason; the file of refused rows has all
MAX_MB = 500
Progress = Callable[["Report", float], None]  # what is done by now, and how much of the file (0-1)


@dataclass(frozen=True)
class Group:
    """The rows that were refused for one reason: how many, and the first of them."""

    key: str  # the end of `exchange.reason.*`
    rows: int = 0
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Report:
    """What became of a file's rows: read = stored + already + refused."""

    read: int = 0
    stored: int = 0
    already: int = 0
    refused: int = 0
    groups: tuple[Group, ...] = ()  # a row with several reasons stands in several
    outside: int = 0  # taken, on the map, but outside the boundary
    undated: int = 0  # taken with the import's own moment
    turned: int = 0  # taken with their swapped coordinates turned round
    multiline: int = 0  # of all read: a cell goes over several lines of the file
    forms: tuple[tuple[str, int], ...] = ()  # of all read: how their moments are written
    refused_file: Path | None = None


@contextlib.contextmanager
def opened(path: Path, columns: Columns, *, max_mb: float = MAX_MB) -> Iterator[Source]:
    """Open a file for import; BadInput says in one sentence why it cannot be used."""
    head = exchange_files.checked(path, max_mb=max_mb)
    is_json = path.suffix.lower() in (".json", ".geojson") or _begins_as_json(head)
    if is_json:
        exchange_files.checked(path, max_mb=min(max_mb, exchange_geojson.MAX_MB))
    encoding = exchange_files.encoding_of(path, head, columns.encoding)
    text, raw = exchange_files.opened(path, encoding)
    size = path.stat().st_size
    with text:
        if is_json:
            found = exchange_geojson.features(text)
            names, share = exchange_geojson.columns_of(found), [0.0]
            exchange_csv.require(names, columns.named() if found else [])
            rows = exchange_geojson.records(found, names, share)
            yield Source(names, rows, lambda: share[0], geometry=True)
            return
        if not columns.placed():
            raise BadInput("exchange.mapping.missing", entry="place")
        lines, names, delimiter = exchange_csv.header(text, columns)
        rows = exchange_csv.records(lines, delimiter, len(names))
        yield Source(names, rows, lambda: min(1.0, raw.tell() / size), delimiter)


def take_in(
    store: Store,
    actor: Actor,
    area: Area,
    source: Source,
    columns: Columns,
    *,
    now: datetime,
    say: Say,
    refused_file: Path,
    fix_swapped: bool = False,
    progress: Progress = lambda report, share: None,
) -> Report:
    """Store a source's rows as pins and list the refused ones with their reasons in a file.

    Every batch is stored as a whole or not at all; what was stored before stays as it is, so
    an import that was stopped is finished by running it again. `say` turns a key of the locales
    into words.
    """
    rules.check(actor, Act.PIN_IMPORT)
    drafts = Drafts(source, columns, area, now=now, fix_swapped=fix_swapped)
    with Refused(refused_file, source, say) as refused:
        run = _Run(store, actor, area, refused, now)
        for row in source.rows:
            run.take(row, drafts.read(row))
            if row.number % STEP == 0:
                progress(run.report(), source.share())
        run.store()
    done = run.report()
    progress(done, 1.0)
    return replace(done, refused_file=refused_file if done.refused else None)


class _Run:
    """One import under way: its batch, what it has seen, its sums."""

    def __init__(
        self, store: Store, actor: Actor, area: Area, refused: Refused, now: datetime
    ) -> None:
        self._store, self._actor, self._area, self._now = store, actor, area, now
        self._refused = refused
        self._batch: list[tuple[Row, Found, Draft]] = []
        self._ids, self._contents = Seen(), Seen()
        self._groups: dict[str, Group] = {}
        self._sums: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()

    def take(self, row: Row, found: Found) -> None:
        """Put a row into the batch, or refuse it."""
        self._sums["read"] += 1
        self._sums["multiline"] += any("\n" in cell for cell in row.cells)
        self._forms[found.form] += 1
        reasons = found.reasons or self._repeated(row, found)
        if found.draft is None or reasons:
            self._refuse(row, reasons)
            return
        self._batch.append((row, found, found.draft))
        if len(self._batch) == BATCH:
            self.store()

    def store(self) -> None:
        """Store the batch through the door of every pin."""
        try:
            saved = self._add()
        except BadInput:  # the door says only that one cannot be taken: ask for each, once
            self._refuse_bad()
            saved = self._add()
        self._count(saved)
        self._batch.clear()

    def report(self) -> Report:
        """Say what is done by now."""
        groups = sorted(self._groups.values(), key=lambda group: -group.rows)
        forms = tuple((form, n) for form, n in self._forms.most_common() if form)
        return replace(Report(groups=tuple(groups), forms=forms), **self._sums)

    def _add(self) -> Saved:
        drafts = [draft for _, _, draft in self._batch]
        if not drafts:
            return Saved()
        return pins.add(self._store, self._actor, self._area, drafts, now=self._now)

    def _repeated(self, row: Row, found: Found) -> Sequence[Reason]:
        """Tell whether the file said the same before, or used the same id before."""
        if found.draft is None:
            return ()
        pin = int(found.draft.id[:8] + found.draft.id[-8:], 16)
        same_id = self._ids.first(pin, row.number)
        same_content = self._contents.first(found.content, row.number)
        if same_content != row.number:
            return [Reason("same", str(same_content))]
        if same_id != row.number:
            return [Reason("same_id", str(same_id))]
        return ()

    def _refuse_bad(self) -> None:
        good = []
        for row, found, draft in self._batch:
            try:
                pins.check(self._area, draft)
                good.append((row, found, draft))
            except BadInput as refusal:
                detail = str(refusal.params.get("length", ""))
                self._refuse(row, [Reason(refusal.key.removeprefix("pin."), detail)])
        self._batch = good

    def _refuse(self, row: Row, reasons: Sequence[Reason]) -> None:
        self._sums["refused"] += 1
        self._refused.write(row, reasons)
        for reason in reasons:
            group = self._groups.get(reason.key, Group(reason.key))
            numbers = (*group.numbers, row.number)[:LISTED]
            self._groups[reason.key] = replace(group, rows=group.rows + 1, numbers=numbers)

    def _count(self, saved: Saved) -> None:
        self._sums["stored"] += len(saved.stored)
        self._sums["already"] += len(saved.already)
        self._sums["outside"] += _outside(self._area, [draft.at for _, _, draft in self._batch])
        self._sums["undated"] += sum(found.undated for _, found, _ in self._batch)
        self._sums["turned"] += sum(found.turned for _, found, _ in self._batch)


def _outside(area: Area, places: Sequence[LonLat]) -> int:
    """Count the places outside the boundary; the same test as geo.area.contains, all at once."""
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    return len(places) - int(shapely.intersects_xy(area.boundary, lons, lats).sum())


def _begins_as_json(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
