"""Column mappings: which column of a foreign file holds what, declared in JSON or by flags."""

import codecs
import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from data.fields import KNOWN
from data.pins import Kind
from data.problems import BadInput

FOLDER = Path(__file__).parent / "seed" / "mappings"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ORDERS = ("lon,lat", "lat,lon")
DELIMITERS = (",", ";", "\t", "|")
SKIP_REASONS = (None, "test", "words_missing")
LANGS = ("de", "en", "tr", "ar")
MAX_BYTES = 100_000  # a mapping is a page of JSON, never more


@dataclass(frozen=True)
class Skip:
    """Rows whose column matches the pattern are refused: as tests, or as saying nothing ("x")."""

    column: str
    pattern: re.Pattern[str]
    reason: str = "test"


@dataclass(frozen=True)
class Columns:
    """Which column holds what. A value that begins with = is no column but holds for every row."""

    name: str  # names the source: part of every row's origin
    words: str
    kind: str
    kinds: Mapping[str, str] = field(default_factory=dict)  # the file's word -> our kind
    id: str = ""
    place: str = ""  # one column with both numbers, in `order`
    lon: str = ""
    lat: str = ""
    order: str = "lon,lat"
    field: str = ""
    created: str = ""
    zone: str = "Europe/Berlin"  # of moments without one
    undated: str = "now"  # a row without a moment: "now" takes the import's, "refuse" refuses it
    lang: str = "de"
    delimiter: str = ""  # '' = found in the header
    encoding: str = ""  # '' = by the byte order mark, else UTF-8
    polygons: bool = False  # GeoJSON: a polygon stands for a point inside it
    released: bool = False  # the office has read these rows already
    own: bool = False  # an export of ours: the ids are the pins' own
    skip: tuple[Skip, ...] = ()

    def named(self) -> list[str]:
        """List the columns that the file must have, the place's own excepted."""
        asked = [self.words, self.kind, self.field, self.created, self.id]
        asked += [skip.column for skip in self.skip]
        return [name for name in dict.fromkeys(asked) if name and not name.startswith("=")]

    def placed(self) -> list[str]:
        """List the columns that hold the place; GeoJSON needs none."""
        return [name for name in (self.place, self.lon, self.lat) if name]


def load(named: str) -> dict[str, Any]:
    """Read a declared mapping: a path, or the name of a tracked one."""
    path = FOLDER / f"{named}.json" if NAME.fullmatch(named) else Path(named)
    try:
        with path.open("rb") as file:
            raw = json.loads(file.read(MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise BadInput("exchange.mapping.unreadable", path=named) from None
    if not isinstance(raw, dict):
        raise BadInput("exchange.mapping.unreadable", path=named)
    return raw


def fitting(path: Path) -> str:
    """Name the tracked mapping whose columns a CSV file's first line has; '' for none."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            line = file.readline(10_000)
    except (OSError, ValueError):
        return ""  # the import itself says what is wrong with the file
    for mapping in sorted(FOLDER.glob("*.json")):
        columns = declared(load(mapping.stem))
        names = next(csv.reader([line], delimiter=columns.delimiter or ","), [])
        if set(columns.named()) | set(columns.placed()) <= set(names):
            return mapping.stem
    return ""


def declared(raw: Mapping[str, Any]) -> Columns:
    """Build a mapping from what was declared; BadInput names the first key that is wrong."""
    known = {each.name: each for each in fields(Columns)}
    for key, value in raw.items():
        if key not in known:
            raise BadInput("exchange.mapping.unknown", entry=_short(key))
        if not _fits(key, value):
            raise BadInput("exchange.mapping.wrong", entry=key, value=_short(value))
    for key in ("name", "words", "kind"):
        if not raw.get(key):
            raise BadInput("exchange.mapping.missing", entry=key)
    if bool(raw.get("lon")) != bool(raw.get("lat")):
        raise BadInput("exchange.mapping.missing", entry="lat" if raw.get("lon") else "lon")
    return Columns(**{**raw, "skip": tuple(_skip(one) for one in raw.get("skip", ()))})


def source_name(path: Path) -> str:
    """Name a source after its file, for a mapping that has no name of its own.

    >>> source_name(Path("Meldungen 2024.csv")), source_name(Path("___.csv"))
    ('meldungen-2024', 'file')
    """
    return re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-") or "file"


def _fits(key: str, value: Any) -> bool:
    if key in ("polygons", "released", "own"):
        return isinstance(value, bool)
    if key == "kinds":
        return isinstance(value, dict) and all(kind in list(Kind) for kind in value.values())
    if key == "skip":
        return isinstance(value, list) and all(_is_skip(one) for one in value)
    return isinstance(value, str) and _ALLOWED.get(key, lambda _: True)(value)


def _is_skip(one: Any) -> bool:
    if not isinstance(one, dict) or {"column", "pattern"} - set(one):
        return False
    if not all(isinstance(value, str) and value for value in one.values()):
        return False
    if set(one) - {"column", "pattern", "reason"} or one.get("reason") not in SKIP_REASONS:
        return False
    try:
        re.compile(one["pattern"])
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _skip(one: Mapping[str, str]) -> Skip:
    return Skip(**{**one, "pattern": re.compile(one["pattern"])})


def _is_encoding(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
        "".encode(name)  # base64 and other codecs that are none for text refuse here
    except (LookupError, ValueError):
        return name == ""
    return codec.incrementaldecoder is not None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _constant_in(choices: object) -> Any:
    return lambda value: not value.startswith("=") or value[1:] in choices


_ALLOWED: dict[str, Any] = {
    "name": NAME.fullmatch,
    "kind": _constant_in(tuple(Kind)),
    "field": _constant_in(KNOWN),
    "order": ORDERS.__contains__,
    "zone": _is_zone,
    "undated": ("now", "refuse").__contains__,
    "lang": LANGS.__contains__,
    "delimiter": ("", *DELIMITERS).__contains__,
    "encoding": _is_encoding,
}


def _short(value: object) -> str:
    return " ".join(str(value).split())[:60]
