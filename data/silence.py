"""Where, in which language and in which field few voices are heard, to plan the next stall."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from data import areas, filters, pins, rules
from data.fields import FIELDS, today
from data.filters import Box, Filter
from data.pins import Status
from data.rules import Act, Actor
from data.store import Store
from geo import places, shapes, silence
from geo.area import Area
from geo.places import PlaceWords
from geo.points import LonLat
from geo.silence import Level, Square

LANGUAGES = ("de", "tr", "ar", "en")
ENOUGH_TO_TELL = 3  # voices to be expected in a square; with fewer, chance has a say
RESIDENTS = "residents.json"


class Place(NamedTuple):
    """A square of the map with its voices, and how many it would have if all were as loud."""

    box: Box
    at: LonLat
    place: PlaceWords
    voices: int
    expected: float
    level: Level


class Share(NamedTuple):
    """A language or a field of action with its voices, and how many could be expected."""

    value: str
    voices: int
    expected: float
    level: Level


@dataclass(frozen=True)
class Residents:
    """Which languages people speak in an area, as parts of any whole, and who counted them."""

    languages: Mapping[str, float]
    source: str


@dataclass(frozen=True)
class Silence:
    """What is heard under a filter; what is hidden is no voice."""

    voices: int  # from the squares
    elsewhere: int  # from outside of them: parks, squares, beyond the boundary
    squares: int
    quiet: tuple[Place, ...]  # where most is missing first
    languages: tuple[Share, ...]
    fields: tuple[Share, ...]
    residents: Residents | None  # None = all languages are compared as if spoken alike
    blocks: bool  # it is known where houses stand

    @property
    def shaky(self) -> bool:
        """Tell whether so few voices were heard that chance has a say."""
        return self.voices < ENOUGH_TO_TELL * self.squares


def heard(store: Store, actor: Actor, area: Area, wanted: Filter) -> Silence:
    """Compare the voices of each square where people live with its share of the ground lived on.

    The filter's window and shape choose among the squares; "inside the area" does not matter.
    """
    rules.check(actor, Act.FIGURES_READ)
    kept = [square for square in silence.squares(area) if _wanted(square, wanted)]
    voices = _voices(store, actor, wanted)
    inside = sum(voices.get((one.x, one.y), 0) for one in kept)
    for_all = inside / (sum(one.share for one in kept) or 1.0)
    found = [_place(area, one, voices.get((one.x, one.y), 0), for_all * one.share) for one in kept]
    known = residents(area)
    return Silence(
        voices=inside,
        elsewhere=sum(voices.values()) - inside,
        squares=len(kept),
        quiet=_ranked(kept, found),
        languages=_shares(store, actor, wanted, "lang", LANGUAGES, known and known.languages),
        fields=_shares(store, actor, wanted, "field", FIELDS, None),
        residents=known,
        blocks=silence.knows_blocks(area),
    )


def residents(area: Area) -> Residents | None:
    """Return what is known of an area's languages: data/seed/<area>/residents.json, or None."""
    return _residents(areas.SEED / area.name / RESIDENTS)


def read(text: str) -> Residents | None:
    """Read such a file; None when it says nothing usable: a share without a source is none.

    >>> read('{"languages": {"de": 60, "tr": 40}, "source": "Zählung 2025"}').languages
    {'de': 60.0, 'tr': 40.0}
    >>> read('{"languages": {"de": 60}}'), read('{"languages": {"de": -1}, "source": "x"}'), read("x")
    (None, None, None)
    """
    try:
        raw = json.loads(text)
        given = {str(key): float(share) for key, share in raw["languages"].items()}
        source = str(raw["source"]).strip()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    shares = {lang: share for lang, share in given.items() if lang in LANGUAGES}
    fine = all(0 < share < 1e12 for share in shares.values()) and shares and source
    return Residents(shares, source) if fine else None


# --- inside -------------------------------------------------------------------


@lru_cache(maxsize=16)
def _residents(file: Path) -> Residents | None:
    return read(file.read_text(encoding="utf-8")) if file.is_file() else None


def _wanted(square: Square, wanted: Filter) -> bool:
    if wanted.shape and not shapes.contains(wanted.shape, square.at):
        return False
    edge = wanted.box
    return edge is None or (
        edge.west <= square.at.lon <= edge.east and edge.south <= square.at.lat <= edge.north
    )


def _voices(store: Store, actor: Actor, wanted: Filter) -> dict[tuple[int, int], int]:
    where, params = _where(actor, replace(wanted, box=None, shape=(), inside=None))
    rows = store.read(
        f"select mx >> $silence, my >> $silence, count(*) from pin where {where} "  # noqa: S608
        "group by 1, 2",
        {**params, "silence": silence.SHIFT},
    )
    return {(x, y): number for x, y, number in rows}


def _where(actor: Actor, wanted: Filter) -> tuple[str, dict[str, object]]:
    scope = pins.scope(actor)
    return filters.where(wanted, scope._replace(hidden=(*scope.hidden, Status.HIDDEN)))


def _place(area: Area, square: Square, voices: int, expected: float) -> Place:
    return Place(
        box=Box(*silence.box(square)),
        at=square.at,
        place=places.in_words(area, square.at),
        voices=voices,
        expected=expected,
        level=silence.level(voices, expected),
    )


def _ranked(kept: Sequence[Square], found: Sequence[Place]) -> tuple[Place, ...]:
    missing = {
        (square.x, square.y): max(0.0, place.expected - place.voices)
        for square, place in zip(kept, found, strict=True)
    }
    both = [
        (silence.missing_around(missing, square.x, square.y), place)
        for square, place in zip(kept, found, strict=True)
        if place.level and place.expected  # nobody heard at all is no silence to compare
    ]
    return tuple(place for _, place in sorted(both, key=lambda pair: -pair[0]))


def _shares(
    store: Store,
    actor: Actor,
    wanted: Filter,
    column: str,
    values: Sequence[str],
    known: Mapping[str, float] | None,
) -> tuple[Share, ...]:
    """Compare languages or fields, the quietest first; the filter's own choice of them is left out."""
    where, params = _where(actor, replace(wanted, **{column: ()}))
    sql = f"select {column}, count(*) from pin where {where} group by 1"  # noqa: S608
    voices: Counter[str] = Counter()
    for value, number in store.read(sql, params):
        voices[today(value) if column == "field" else value] += number
    every = sum(voices.get(value, 0) for value in values)
    expected = silence.even(values, known)
    rows = [_share(value, voices.get(value, 0), every * expected.get(value, 0)) for value in values]
    return tuple(sorted(rows, key=lambda row: row.voices - row.expected))


def _share(value: str, voices: int, expected: float) -> Share:
    return Share(value, voices, expected, silence.level(voices, expected))
