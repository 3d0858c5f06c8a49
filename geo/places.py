"""Places in words: what a spot on the map is called, and where a name is."""

import math
import re
import sys
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from shapely import LineString, Point, STRtree

from geo.area import Area, Shape, Spot
from geo.points import METRES_PER_DEGREE, LonLat, is_place

CORNER_METRES = 35  # from a crossing, about the far kerb of a Berlin junction
LANDMARK_METRES = 45
CLEARLY_METRES = 10  # a landmark wins over a crossing when it is nearer by this
STREET_METRES = 60
KERB_METRES = 18  # nearer to a street than this, one stands in the street, not in the park
INSIDE = 5  # letters of a word that may stand inside of another: "brunnen", "schule"
STOP_METRES = 25  # how far a measured crossing may lie beside a simplified street line

SIGNS = str.maketrans("ıøłđىةٱکیە٠١٢٣٤٥٦٧٨٩", "ioldيهاكيه0123456789")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
FILLERS = {"ecke", "und", "zwischen", "bei", "kose", "kosesi", "corner", "of", "and"}


class Form(StrEnum):
    """How a place is described; the words round the names are the screen's."""

    CORNER = "corner"
    AT = "at"
    BETWEEN = "between"
    NEAR = "near"


GERMAN = {
    (Form.CORNER, 2): "{} Ecke {}",
    (Form.AT, 1): "{}",
    (Form.BETWEEN, 3): "{}, zwischen {} und {}",
    (Form.NEAR, 1): "bei {}",
    (Form.NEAR, 0): "",
}


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place described by proper names, which are the same in every language.

    >>> str(PlaceWords(Form.CORNER, ("Waldemarstraße", "Audre-Lorde-Straße")))
    'Waldemarstraße Ecke Audre-Lorde-Straße'
    >>> str(PlaceWords(Form.NEAR, ()))
    ''
    """

    form: Form
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in German."""
        return GERMAN[self.form, len(self.names)].format(*self.names)

    def encode(self) -> str:
        """Write it as one text to store.

        >>> PlaceWords(Form.CORNER, ("Naunynstraße", "Adalbertstraße")).encode()
        'corner|Naunynstraße|Adalbertstraße'
        """
        return "|".join((self.form, *(name.replace("|", "/") for name in self.names)))


def decode(text: str) -> PlaceWords:
    """Read a stored text; anything odd is taken as a name somebody wrote.

    >>> decode("at|Feuerwehrbrunnen")
    PlaceWords(form=<Form.AT: 'at'>, names=('Feuerwehrbrunnen',))
    >>> str(decode("hinterm Haus")), str(decode("")), str(decode("corner|nur eine"))
    ('hinterm Haus', '', 'corner nur eine')
    """
    form, *names = text.split("|")
    if form in set(Form) and (Form(form), len(names)) in GERMAN:
        return PlaceWords(Form(form), tuple(names))
    words = " ".join(text.replace("|", " ").split())
    return PlaceWords(Form.AT, (words,)) if words else PlaceWords(Form.NEAR, ())


def in_words(area: Area, place: LonLat) -> PlaceWords:
    """Describe a place by the nearest corner, landmark, street or park of the area.

    >>> from geo.area import read
    >>> land = read("dorf", {
    ...     "area": {"title": "Dorf", "attribution": "wir", "licence": "CC0",
    ...              "boundary_label": "Dorf", "box": [13.0, 52.0, 13.1, 52.1],
    ...              "centre": [13.05, 52.05], "zoom": 15},
    ...     "boundary": {"type": "Polygon", "coordinates":
    ...                  [[[13.0, 52.0], [13.1, 52.0], [13.1, 52.1], [13.0, 52.0]]]},
    ...     "places": {"crossings": [{"streets": ["Angerweg", "Dorfstraße"], "at": [13.05, 52.05]}],
    ...                "landmarks": [{"name": "Linde", "at": [13.06, 52.05]}]}})
    >>> str(in_words(land, LonLat(13.0501, 52.0501))), str(in_words(land, LonLat(13.0601, 52.05)))
    ('Angerweg Ecke Dorfstraße', 'Linde')
    >>> str(in_words(land, LonLat(13.063, 52.05))), str(in_words(land, LonLat(float("nan"), 52.0)))
    ('bei Linde', '')
    """
    if not is_place(*place):
        return PlaceWords(Form.NEAR, ())
    index = _index(area)
    point = Point(index.flat(place))
    crossing, to_crossing = index.crossings.nearest(point)
    landmark, to_landmark = index.landmarks.nearest(point)
    at_crossing = crossing is not None and to_crossing <= CORNER_METRES
    wins = not at_crossing or to_landmark + CLEARLY_METRES <= to_crossing
    if landmark and wins and to_landmark <= LANDMARK_METRES:
        return PlaceWords(Form.AT, (landmark.name,))
    if crossing and at_crossing:
        return PlaceWords(Form.CORNER, crossing.streets)
    found = index.in_street(point, KERB_METRES) or index.in_park(point)
    found = found or index.in_street(point, STREET_METRES)
    if found:
        return found
    return _near(landmark if to_landmark <= to_crossing else crossing)


def _near(spot: Spot | None) -> PlaceWords:
    return PlaceWords(Form.NEAR, (spot.name,) if spot else ())


def search(area: Area, words: str, limit: int = 8) -> list[Spot]:
    """Find spots by name or former name, best first; every word must begin a word of the name,
    or stand inside of one if it is long enough.

    Case, accents, Turkish dots, ß, "str." and the words' order do not matter. A name that
    stands at several corners is listed once.
    """
    asked = [word for word in _words(words) if word not in FILLERS]
    if not asked:
        return []
    ranked: dict[str, tuple[tuple, Spot]] = {}
    for spot, names in _index(area).names:
        rank = min(
            (r for i, name in enumerate(names) if (r := _rank(asked, name, i))), default=None
        )
        if rank and (spot.name not in ranked or (rank, spot.name) < ranked[spot.name][0]):
            ranked[spot.name] = ((rank, spot.name), spot)
    best = sorted(ranked.values(), key=lambda pair: (pair[0], pair[1].at))
    return [spot for _, spot in best[: max(0, limit)]]


def fold(text: str) -> str:
    """Fold a text for comparing: case, accents, Turkish i, ß and the forms of Arabic letters.

    >>> fold("  Köpenicker  STRASSE "), fold("Köpenicker Straße")
    ('kopenicker strasse', 'kopenicker strasse')
    >>> fold("IŞIK ışık İstanbul"), fold("Køpi")
    ('isik isik istanbul', 'kopi')
    >>> fold("مَدْرَســـة") == fold("مدرسه"), fold("أإآ") == fold("ااا"), fold("")
    (True, True, '')
    """
    signs = unicodedata.normalize("NFKD", text.casefold())
    if not signs.isascii():  # a table is three times as fast as asking of each sign
        signs = signs.translate(_dropped()).translate(SIGNS)
    return " ".join(signs.split())


@cache
def _dropped() -> dict[int, None]:
    """List what folding drops: every combining mark, and the Arabic stretching sign."""
    marks = (code for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code)))
    return dict.fromkeys([*marks, ord("ـ")])


class _Spots:
    """The nearest of some spots, in metres."""

    def __init__(self, spots: Sequence[Spot], points: Sequence[Point]) -> None:
        self.spots, self.points, self.tree = spots, points, STRtree(points)

    def nearest(self, point: Point) -> tuple[Spot | None, float]:
        if not self.spots:
            return None, math.inf
        i = int(self.tree.nearest(point))
        return self.spots[i], self.points[i].distance(point)


class _Index:
    """What is asked for every pin, prepared once for an area on a flat map in metres."""

    def __init__(self, area: Area) -> None:
        west, south, _, north = area.box
        self.origin = LonLat(west, south)
        self.squeeze = METRES_PER_DEGREE * math.cos(math.radians((south + north) / 2))
        self.crossings = self._spots(area, "crossing")
        self.landmarks = self._spots(area, "landmark")
        self.parks = [park for park in area.parks if park.name]
        self.park_tree = STRtree([park.polygon for park in self.parks])
        self.streets = [street.name for street in area.streets for _ in street.lines]
        self.lines = [
            LineString([self.flat(p) for p in line])
            for street in area.streets
            for line in street.lines
        ]
        self.line_tree = STRtree(self.lines)
        self.stops = [self._stops(*pair) for pair in zip(self.streets, self.lines, strict=True)]
        self.names = [(spot, _name_words(spot)) for spot in area.spots]

    def flat(self, place: LonLat) -> tuple[float, float]:
        """Put a place on the flat map, in metres east and north of the box's corner."""
        lon, lat = place
        return (lon - self.origin.lon) * self.squeeze, (lat - self.origin.lat) * METRES_PER_DEGREE

    def _place(self, point: Point) -> Point:
        lon = point.x / self.squeeze + self.origin.lon
        return Point(lon, point.y / METRES_PER_DEGREE + self.origin.lat)

    def _spots(self, area: Area, kind: str) -> _Spots:
        spots = [spot for spot in area.spots if spot.kind == kind]
        return _Spots(spots, [Point(self.flat(spot.at)) for spot in spots])

    def _stops(self, street: str, line: LineString) -> list[tuple[float, str]]:
        """List the crossings along a line of a street as (metres from its start, other street)."""
        stops = []
        for i in self.crossings.tree.query(line, "dwithin", STOP_METRES):
            streets = self.crossings.spots[i].streets
            if street in streets:
                other = streets[1] if streets[0] == street else streets[0]
                stops.append((line.project(self.crossings.points[i]), other))
        return sorted(stops)

    def in_street(self, point: Point, reach: float) -> PlaceWords | None:
        """Describe a point by the nearest street within reach (metres) and its next crossings."""
        if not self.lines:
            return None
        i = int(self.line_tree.nearest(point))
        if self.lines[i].distance(point) > reach:
            return None
        stops = self.stops[i]
        at = bisect(stops, (self.lines[i].project(point), ""))
        before = stops[at - 1][1] if at else None
        after = next((name for _, name in stops[at:] if name != before), None)
        if before is None or after is None:
            return PlaceWords(Form.AT, (self.streets[i],))
        return PlaceWords(Form.BETWEEN, (self.streets[i], *sorted((before, after))))

    def in_park(self, point: Point) -> PlaceWords | None:
        """Name the smallest park with a name round a point."""
        hits = self.park_tree.query(self._place(point), "intersects")
        parks: list[Shape] = [self.parks[i] for i in hits]
        if not parks:
            return None
        return PlaceWords(Form.AT, (min(parks, key=lambda park: park.polygon.area).name,))


@lru_cache(maxsize=16)
def _index(area: Area) -> _Index:
    return _Index(area)


def _words(text: str) -> list[str]:
    """Split a text into folded words; every "str" at a word's end becomes "strasse"."""
    words = re.findall(r"[^\W_]+", fold(text))
    return [re.sub(r"str$", "strasse", word) for word in words]


def _name_words(spot: Spot) -> list[tuple[str, list[str]]]:
    """List a spot's own name and other names, with the words each is found by."""
    return [
        (spot.kind, sorted({*_words(name), *_words(name.translate(UMLAUTS))} - FILLERS))
        for name in (spot.name, *spot.aliases)
    ]


def _rank(asked: Iterable[str], name: tuple[str, list[str]], position: int) -> tuple | None:
    """Rank a name for the words asked for, lower is better; None when a word is missing."""
    kind, words = name
    partly = 0
    for word in asked:
        if word in words:
            continue
        if any(w.startswith(word) or (word == "strasse" and w.endswith(word)) for w in words):
            partly += 1
        elif len(word) >= INSIDE and any(word in w for w in words):
            partly += 10  # "brunnen" finds the Feuerwehrbrunnen, after what begins so
        else:
            return None
    return (partly, len(words), position > 0, kind)
