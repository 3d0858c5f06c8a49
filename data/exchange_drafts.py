"""From a foreign row to a draft: its place, moment, kind and id, or every reason against it."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from data.exchange_cells import form_of, moment_of, number_of, pair_of
from data.exchange_geojson import ID
from data.exchange_geojson import place as place_of
from data.exchange_refused import unguarded
from data.exchange_rows import Reason, Row, Source, shown
from data.mappings import Columns
from data.pins import MAX_WORDS, Draft, Kind
from data.rules import PinId
from data.texts import clean
from geo.area import Area, in_box
from geo.points import LonLat, is_place

NAMESPACE = uuid.UUID("6b1e9c52-54d5-5a3c-9d58-0f5d3c1a7e21")  # of every imported pin, for ever
SWAPPED_DEGREES = 1.0  # so near the map after swapping, and it was a swap, not another city
MAX_ID = 200
OLDEST = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Found:
    """What a row came down to: a draft and what was done to it, or the reasons against it."""

    draft: Draft | None
    reasons: Sequence[Reason] = ()
    content: int = 0  # a 64-bit hash of what was said, where and when
    undated: bool = False
    turned: bool = False  # its swapped coordinates were turned round
    form: str = ""  # how its moment is written


class Drafts:
    """Makes drafts of a source's rows."""

    def __init__(
        self, source: Source, columns: Columns, area: Area, *, now: datetime, fix_swapped: bool
    ) -> None:
        """Look up once where the columns stand."""
        self._columns, self._area, self._now, self._fix = columns, area, now, fix_swapped
        self._geometry = source.geometry
        self._zone = ZoneInfo(columns.zone)
        at = {name: i for i, name in enumerate(source.columns)}
        self._cell = {
            key: _getter(getattr(columns, key), at)
            for key in ("words", "kind", "field", "created", "id", "place", "lon", "lat")
        }
        if not columns.id and source.geometry:
            self._cell["id"] = _getter(ID, at)
        self._skip = [(_getter(one.column, at), one) for one in columns.skip]
        self._kinds = {kind.value: kind.value for kind in Kind} | dict(columns.kinds)

    def read(self, row: Row) -> Found:
        """Turn a row into a draft, or name every reason against it."""
        if row.reason:
            return Found(None, [row.reason])
        get, cells = self._cell, row.cells
        words, created = self._words(cells), get["created"](cells).strip()
        reasons = self._skipped(cells)
        at, turned = self._place(row, reasons)
        moment = self._moment(created, reasons)
        kind = self._kind(get["kind"](cells).strip(), reasons)
        row_id = self._id(get["id"](cells), reasons)
        _check_words(words, reasons)
        form = form_of(created) if moment else ""
        if reasons or at is None:
            return Found(None, reasons, form=form)
        content = _hash(words, repr(at), created, kind)
        pin_id, origin = self._identity(row_id, content)
        draft = Draft(
            id=pin_id,
            kind=kind,
            words=words,
            at=at,
            field=get["field"](cells).strip(),
            lang=self._columns.lang,
            source="import",
            origin=origin,
            created_at=moment,
            released=self._columns.released,
        )
        said = int(content, 16)
        return Found(draft, content=said, undated=not created, turned=turned, form=form)

    def _words(self, cells: Sequence[str]) -> str:
        words = self._cell["words"](cells)
        return unguarded(words) if self._columns.own and not self._geometry else words

    def _skipped(self, cells: Sequence[str]) -> list[Reason]:
        for get, skip in self._skip:
            if skip.pattern.search(get(cells)):
                return [Reason(skip.reason, shown(get(cells), 20))]
        return []

    def _place(self, row: Row, reasons: list[Reason]) -> tuple[LonLat | None, bool]:
        """Find a row's place; the second value tells that it was turned round."""
        found = self._lonlat(row)
        if isinstance(found, Reason):
            reasons.append(found)
            return None, False
        if in_box(self._area, found):
            return found, False
        turned = _is_swapped(self._area, found)
        if turned and not self._fix:
            reasons.append(Reason("swapped"))
            return None, False
        if turned:
            found = LonLat(found.lat, found.lon)
        if not in_box(self._area, found):
            reasons.append(Reason("place_outside"))
        return found, turned

    def _lonlat(self, row: Row) -> LonLat | Reason:
        if self._geometry:
            pair = place_of(row.geometry, polygons=self._columns.polygons)
            if isinstance(pair, Reason):
                return pair
        else:
            texts = self._pair(row.cells)
            if not any(texts):
                return Reason("place_missing")
            pair = tuple(number_of(text) for text in texts)
        # latitude and longitude may still be swapped, so both ways round are asked
        if is_place(*pair) or is_place(*pair[::-1]):
            return LonLat(float(pair[0]), float(pair[1]))  # type: ignore[arg-type]
        return Reason("place_unreadable")

    def _pair(self, cells: Sequence[str]) -> tuple[str, str]:
        get = self._cell
        if self._columns.lon:
            return get["lon"](cells).strip(), get["lat"](cells).strip()
        a, b = pair_of(get["place"](cells).strip())
        return (a, b) if self._columns.order == "lon,lat" else (b, a)

    def _moment(self, text: str, reasons: list[Reason]) -> datetime | None:
        """Read when it was said; None for a row that does not say so."""
        if not text:
            if self._columns.undated == "refuse":
                reasons.append(Reason("undated"))
            return None
        moment = moment_of(text, self._zone)
        if moment is None:
            reasons.append(Reason("created_unreadable"))
        elif not OLDEST <= moment <= self._now + timedelta(days=1):
            reasons.append(Reason("created_impossible"))
        return moment

    def _kind(self, text: str, reasons: list[Reason]) -> str:
        kind = self._kinds.get(text, "")
        if not kind:
            reasons.append(Reason("kind_unknown"))
        return kind

    def _id(self, text: str, reasons: list[Reason]) -> str:
        row_id = clean(text)
        if len(row_id) > MAX_ID:
            reasons.append(Reason("id_long", f"{len(row_id)} / {MAX_ID}"))
        return row_id

    def _identity(self, row_id: str, content: str) -> tuple[PinId, str]:
        """Name the pin after its row, or after what it says: a second run is the same pin."""
        name = self._columns.name
        if self._columns.own and _is_ours(row_id):
            return PinId(row_id), f"{name}:{row_id}"
        origin = f"{name}:{row_id}" if row_id else f"{name}#{content}"
        return PinId(str(uuid.uuid5(NAMESPACE, origin))), origin


def _is_ours(row_id: str) -> bool:
    """Tell whether this is an id as the program makes them."""
    try:
        return str(uuid.UUID(row_id)) == row_id
    except ValueError:
        return False


def _check_words(words: str, reasons: list[Reason]) -> None:
    """Name what the door (pins.check) would say of words that look empty or long."""
    if len(words) <= MAX_WORDS and words.strip():
        return
    text = clean(words)
    if not text:
        reasons.append(Reason("words_missing"))
    elif len(text) > MAX_WORDS:
        reasons.append(Reason("words_too_long", str(len(text))))


def _getter(column: str, at: dict[str, int]) -> Callable[[Sequence[str]], str]:
    if column.startswith("="):
        constant = column[1:]
        return lambda cells: constant
    if column not in at:
        return lambda cells: ""
    i = at[column]
    return lambda cells: cells[i]


def _is_swapped(area: Area, place: LonLat) -> bool:
    west, south, east, north = area.box
    lat, lon = place
    return (
        west - SWAPPED_DEGREES <= lon <= east + SWAPPED_DEGREES
        and south - SWAPPED_DEGREES <= lat <= north + SWAPPED_DEGREES
    )


def _hash(*parts: str) -> str:
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()
