"""Made-up pins in any number, the same ones every time: for benches and rehearsals, never real."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from data import rules, trail
from data.pins import Draft
from data.rules import HOUSE, Act, PinId
from data.store import Store, Transaction
from geo import grid, places
from geo.area import Area, Spot, contains
from geo.points import METRES_PER_DEGREE, LonLat

BATCH = 100_000  # rows of one transaction: below 200 MB in the database
SPREAD_METRES = 60  # how far pins scatter round the spot they are about
DAYS = 365
SOURCES = ("web", "web", "web", "meeting", "paper", "import")


class Saying(NamedTuple):
    """One thing that is often said, in four languages."""

    kind: str
    field: str
    words: tuple[str, str, str, str]  # de, en, tr, ar


LANGS = ("de", "en", "tr", "ar")
SAYINGS = (
    Saying(
        "problem",
        "OER",
        (
            "Hier liegt ständig Müll neben den Tonnen.",
            "There is always rubbish next to the bins.",
            "Çöp kutularının yanında sürekli çöp var.",
            "توجد قمامة دائمًا بجانب الحاويات.",
        ),
    ),
    Saying(
        "problem",
        "OER",
        (
            "Der Weg ist nachts viel zu dunkel.",
            "This path is far too dark at night.",
            "Bu yol geceleri çok karanlık.",
            "هذا الطريق مظلم جدًا في الليل.",
        ),
    ),
    Saying(
        "problem",
        "OER",
        (
            "Die Autos fahren zu schnell, die Kinder kommen nicht hinüber.",
            "Cars drive too fast, children cannot cross.",
            "Arabalar çok hızlı gidiyor, çocuklar karşıya geçemiyor.",
            "السيارات تسير بسرعة كبيرة ولا يستطيع الأطفال العبور.",
        ),
    ),
    Saying(
        "idea",
        "OER",
        (
            "Mehr Bänke im Schatten, bitte.",
            "More benches in the shade, please.",
            "Lütfen gölgede daha fazla bank olsun.",
            "نتمنى المزيد من المقاعد في الظل.",
        ),
    ),
    Saying(
        "idea",
        "IN",
        (
            "Ein gemeinsames Fest für alle Häuser.",
            "A party for all the houses together.",
            "Bütün evler için ortak bir şenlik olsun.",
            "نريد حفلًا مشتركًا لكل البيوت.",
        ),
    ),
    Saying(
        "idea",
        "BI",
        (
            "Hausaufgabenhilfe am Nachmittag wäre gut.",
            "Homework help in the afternoon would be good.",
            "Öğleden sonra ödev yardımı olsa iyi olur.",
            "نحتاج إلى مساعدة في الواجبات المدرسية بعد الظهر.",
        ),
    ),
    Saying(
        "idea",
        "GB",
        (
            "Gymnastik im Freien für ältere Leute.",
            "Outdoor exercise for older people.",
            "Yaşlılar için açık havada jimnastik olsun.",
            "تمارين رياضية في الهواء الطلق لكبار السن.",
        ),
    ),
    Saying(
        "strength",
        "IN",
        (
            "Hier kennt man sich und hilft einander.",
            "People here know and help each other.",
            "Burada herkes birbirini tanır ve yardım eder.",
            "الناس هنا يعرفون بعضهم ويساعدون بعضهم.",
        ),
    ),
    Saying(
        "strength",
        "OER",
        (
            "Die Wiese ist unser Wohnzimmer im Sommer.",
            "The lawn is our living room in summer.",
            "Çimenlik yazın bizim oturma odamız.",
            "هذه الحديقة هي غرفة جلوسنا في الصيف.",
        ),
    ),
)


def sample(area: Area, n: int, seed: int, *, now: datetime) -> Iterator[Draft]:
    """Make up n drafts round the area's spots, as if said and released in the last year."""
    random = Random(seed)
    spots = _spots(area)
    for _ in range(n):
        spot = random.randrange(len(spots))
        saying = SAYINGS[spot % len(SAYINGS)] if random.random() < 0.6 else random.choice(SAYINGS)
        lang = random.choices(range(4), (60, 10, 20, 10))[0]
        yield Draft(
            id=PinId(str(UUID(int=random.getrandbits(128), version=4))),
            kind=saying.kind,
            words=saying.words[lang],
            at=_scattered(area, spots[spot].at, random),
            field=saying.field,
            lang=LANGS[lang],
            source=random.choice(SOURCES),
            created_at=now - timedelta(minutes=random.randrange(DAYS * 1440)),
            released=True,
        )


def fill(store: Store, area: Area, n: int, seed: int, now: datetime) -> None:
    """Write n made-up released pins (at most a million) straight into the table.

    This is bench data: it goes round `pins.add` on purpose and leaves no trail. A second
    call with the same seed adds nothing.
    """
    rules.check(HOUSE, Act.PIN_IMPORT)
    params = _lists(area) | {"seed": seed, "now": trail.utc(now)}
    for first in range(0, min(n, 1_000_000), BATCH):
        last = min(first + BATCH, n, 1_000_000) - 1

        def job(tx: Transaction, first: int = first, last: int = last) -> None:
            tx.execute(FILL, {**params, "first": first, "last": last})

        store.write(job)


# Rows are numbers i; r1..r4 are even pseudo-random numbers below 2^20 drawn from i and the seed.
FILL = """
insert into pin (id, number, kind, field, climate, words, folded, lang, lon, lat, mx, my, place, inside, source, origin, status, need_id, demo, created_at, changed_at, meeting_id, answer_due)
with line as (
    select i,
        ((i + $seed * 7919) * 1103515245 + 12345) % 2147483648 >> 11 as r1,
        ((i + $seed * 6101) * 1140671485 + 12820163) % 2147483629 >> 11 as r2,
        ((i + $seed * 3571) * 1664525 + 1013904223) % 2147483587 >> 11 as r3,
        ((i + $seed * 1733) * 22695477 + 7) % 2147483563 >> 11 as r4
    from generate_series($first, $last) as numbers(i)
),
spot as (
    select unnest($spots::integer[]) as spot, unnest($lons::double precision[]) as lon,
        unnest($lats::double precision[]) as lat, unnest($mxs::integer[]) as mx,
        unnest($mys::integer[]) as my, unnest($places::varchar[]) as place,
        unnest($folded_places::varchar[]) as folded_place, unnest($insides::boolean[]) as inside
),
said as (
    select unnest($sayings::integer[]) as saying, unnest($kinds::varchar[]) as kind,
        unnest($fields::varchar[]) as field, unnest($langs::varchar[]) as lang,
        unnest($words::varchar[]) as words, unnest($folded_words::varchar[]) as folded_words
),
source as (
    select unnest($source_lines::integer[]) as line, unnest($sources::varchar[]) as source
),
scattered as (  -- in pixels, a triangular hill round the spot
    select *, ((r2 % 1024 + r3 % 1024) * $spread >> 10) - $spread as dx,
        (((r3 >> 10) + r4 % 1024) * $spread >> 10) - $spread as dy
    from line
)
select md5('sample-' || $seed || '-' || i), i + 1, kind, field, r4 % 10 = 0, words,
    folded_words || ' ' || folded_place, lang, lon + dx * $lon_step, lat - dy * $lat_step,
    mx + dx, my + dy, place, inside, source, '',
    case when r2 % 20 = 0 then 'new' else 'read' end, null, true,
    $now - (r1 % 525600) * interval '1 minute', $now, null,
    cast($now as date) + 42
from scattered
    join spot on spot.spot = r1 % $spot_count
    join said on said.saying = ((case when r4 % 10 < 6 then spot.spot else r3 end) % $saying_count) * 4
        + (case when r2 % 10 < 6 then 0 when r2 % 10 < 7 then 1 when r2 % 10 < 9 then 2 else 3 end)
    join source on source.line = r2 % $source_count
on conflict (id) do nothing
"""


def _lists(area: Area) -> dict[str, object]:
    spots = _spots(area)
    cells = [grid.cell(spot.at) for spot in spots]
    said = [places.in_words(area, spot.at) for spot in spots]
    west, north = grid.place(*cells[0])
    east, south = grid.place(cells[0][0] + 1, cells[0][1] + 1)
    sayings = [(saying, lang) for saying in SAYINGS for lang in range(4)]
    words = [saying.words[lang] for saying, lang in sayings]
    return {
        "spots": list(range(len(spots))),
        "spot_count": len(spots),
        "lons": [spot.at.lon for spot in spots],
        "lats": [spot.at.lat for spot in spots],
        "mxs": [mx for mx, _ in cells],
        "mys": [my for _, my in cells],
        "places": [place.encode() for place in said],
        "folded_places": [places.fold(str(place)) for place in said],
        "insides": [contains(area, spot.at) for spot in spots],
        "sayings": list(range(len(sayings))),
        "saying_count": len(SAYINGS),
        "source_count": len(SOURCES),
        "kinds": [saying.kind for saying, _ in sayings],
        "fields": [saying.field for saying, _ in sayings],
        "langs": [LANGS[lang] for _, lang in sayings],
        "words": words,
        "folded_words": [places.fold(text) for text in words],
        "source_lines": list(range(len(SOURCES))),
        "sources": list(SOURCES),
        "spread": round(SPREAD_METRES / ((north - south) * METRES_PER_DEGREE)),
        "lon_step": east - west,
        "lat_step": north - south,
    }


def _spots(area: Area) -> list[Spot]:
    """List the spots that a scattered pin stays on the map of."""
    west, south, east, north = area.box
    margin = SPREAD_METRES / METRES_PER_DEGREE * 2  # a degree of longitude is shorter
    return [
        spot
        for spot in area.spots
        if west + margin < spot.at.lon < east - margin
        and south + margin < spot.at.lat < north - margin
    ]


def _scattered(area: Area, at: LonLat, random: Random) -> LonLat:
    step = SPREAD_METRES / METRES_PER_DEGREE
    return LonLat(
        round(at.lon + random.triangular(-1, 1, 0) * step * 1.6, 6),
        round(at.lat + random.triangular(-1, 1, 0) * step, 6),
    )
