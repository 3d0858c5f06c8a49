import string
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from data import filters, flags, pins, reading, samples, voices
from data.filters import Box, Filter
from data.rules import Actor, Role
from data.store import Store
from geo import grid, shapes
from geo.points import LonLat

LETTERS = string.ascii_letters + "_-äşع"
lists = st.lists(st.text(LETTERS, min_size=1, max_size=12), max_size=5).map(tuple)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
boxes = st.tuples(
    st.integers(-180_00000, 179_99999),
    st.integers(-90_00000, 89_99999),
    st.integers(1, 100_00000),
    st.integers(1, 50_00000),
).map(
    lambda b: Box(
        b[0] / 1e5,
        b[1] / 1e5,
        min(b[0] + b[2], 180_00000) / 1e5,
        min(b[1] + b[3], 90_00000) / 1e5,
    )
)
rings = st.lists(
    st.tuples(st.integers(1341_000, 1344_000), st.integers(5249_000, 5252_000)),
    min_size=3,
    max_size=12,
    unique_by=(lambda corner: corner[0], lambda corner: corner[1]),
).map(lambda ring: tuple(LonLat(lon / 1e5, lat / 1e5) for lon, lat in ring))
wanted_filters = st.builds(
    Filter,
    kind=lists,
    field=lists,
    status=lists,
    source=lists,
    lang=lists,
    since=st.none() | days,
    until=st.none() | days,
    text=st.text(max_size=100),
    box=st.none() | boxes,
    inside=st.none() | st.booleans(),
    need=st.text(LETTERS, max_size=40),
    meeting=st.text(LETTERS, max_size=40),
    climate=st.none() | st.booleans(),
    support=st.integers(0, filters.MOST_VOICES),
    flags=lists,
    shape=st.just(()) | rings,
)


@settings(deadline=None)
@given(wanted_filters)
def test_a_filter_comes_back_from_its_url_as_it_was(wanted):
    assert filters.from_query(filters.to_query(wanted)) == wanted


@settings(deadline=None)  # the first fold builds its table
@given(st.dictionaries(st.sampled_from(sorted(Filter.__annotations__)), st.text(max_size=300)))
def test_any_url_gives_a_filter_that_the_database_takes(query):
    where, params = filters.where(
        filters.from_query(query), filters.Scope(("waiting",), flags=True)
    )
    assert all(f"${name}" in where for name in params)


@pytest.mark.parametrize(
    "query",
    [
        {"since": "gestern"},
        {"since": "2026-13-01"},
        {"until": "0001-01-01"},
        {"box": "1,2,3"},
        {"box": "nan,nan,nan,nan"},
        {"box": "13.5,52.5,13.4,52.6"},
        {"box": "13.4,52.6,13.5,52.5"},
        {"box": "-200,0,10,10"},
        {"box": "inf,0,10,10"},
        {"inside": "vielleicht"},
        {"climate": "ja"},
        {"support": "-1"},
        {"support": "viele"},
        {"support": "99999"},
        {"support": "²"},
        {"flags": ","},
        {"shape": "13.42,52.5,13.43,52.5"},
        {"shape": "13.42,52.5,13.43,52.5,13.43"},
        {"shape": "13.42,52.5,13.43,52.5,13.43,nan"},
        {"shape": "13.42,52.5,13.43,52.5,13.43,inf"},
        {"shape": "0,0,90,0,0,45"},
        {"shape": "13.42,52.5,13.42,52.5,13.42,52.5"},
        {"shape": ",".join(f"13.4{i % 10},52.5{i % 7}" for i in range(61))},
        {"shape": "13.42,52.5,13.43,52.5,13.43,<script>"},
        {"kind": ",,,"},
        {"unknown": "1"},
        {},
    ],
)
def test_nonsense_in_a_url_is_left_out(query):
    assert filters.from_query(query) == Filter()


def test_an_over_long_url_is_cut():
    found = filters.from_query({"kind": "a," * 500, "text": "x" * 5000, "need": "n" * 500})
    assert (len(found.kind), len(found.text), len(found.need)) == (20, 100, 40)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Zu wenig Licht am Weg", "LICHT"),
        ("Zu wenig Licht am Weg", "weg licht"),
        ("Müll an der Straße", "MULL STRASSE"),
        ("Mull an der Strasse", "Müll Straße"),
        ("IŞIK çok az", "ışık"),
        ("ışık çok az", "ISIK"),
        ("İstanbul kahvesi", "istanbul"),
        ("ISTANBUL", "İstanbul"),
        ("Kahvehane güzel", "guzel"),
        ("المدرسة بعيدة", "مدرسه"),
        ("أين الملعب", "اين"),
        ("Café", "cafe"),
        ("100 % {a} _ \\ ' text", "% { _ \\ '"),
    ],
)
def test_text_search_folds_case_accents_and_scripts(store, visitor, released, words, asked):
    [pin_id] = released(words)
    assert [pin.id for pin in pins.listing(store, visitor, Filter(text=asked))] == [pin_id]


@pytest.mark.parametrize("asked", ["Dunkelheit", "licht fehlt", "%", "li_ht", "' or 1=1 --"])
def test_text_search_finds_no_other_words(store, visitor, released, asked):
    released("Zu wenig Licht am Weg")
    assert pins.listing(store, visitor, Filter(text=asked)) == []


def test_text_search_finds_the_place_in_words(store, visitor, released, spots):
    released("Müll", at=spots.litter_corner)
    assert pins.count(store, visitor, Filter(text="waldemarstraße")) == 1


def test_a_day_is_a_day_in_berlin(store, area, office, visitor, draft, now):
    said = {
        "late": datetime(2026, 4, 30, 21, 59, tzinfo=UTC),  # 23:59 in Berlin
        "midnight": datetime(2026, 4, 30, 22, 0, tzinfo=UTC),  # 1 May, 0:00
        "end": datetime(2026, 5, 1, 21, 59, tzinfo=UTC),
        "after": datetime(2026, 5, 1, 22, 0, tzinfo=UTC),
    }
    drafts = [draft(id=name, created_at=at, released=True) for name, at in said.items()]
    pins.add(store, office, area, drafts, now=now)
    may_day = Filter(since=date(2026, 5, 1), until=date(2026, 5, 1))
    assert {pin.id for pin in pins.listing(store, visitor, may_day)} == {"midnight", "end"}


def test_filters_are_all_kept_to_at_once(store, visitor, released, spots):
    released("Zu dunkel", "Zu laut", kind="problem", field="OER")
    released("Mehr Licht", kind="idea", field="OER", prefix="idea", at=spots.just_outside)
    assert pins.count(store, visitor, Filter(kind=("idea",))) == 1
    assert pins.count(store, visitor, Filter(kind=("idea", "problem"))) == 3
    assert pins.count(store, visitor, Filter(kind=("idea",), text="dunkel")) == 0
    assert pins.count(store, visitor, Filter(inside=False)) == 1
    assert pins.count(store, visitor, Filter(inside=True, field=("OER",))) == 2
    assert pins.count(store, visitor, Filter(kind=("nonsense",))) == 0
    assert pins.count(store, visitor, Filter(need="-")) == 3
    assert pins.count(store, visitor, Filter(need="no-such-need")) == 0


def test_pages_of_a_list_meet_without_gap_or_overlap(store, visitor, released):
    ids = released(*(f"Beitrag {i}" for i in range(25)))
    seen = []
    for offset in range(0, 30, 10):
        seen += [p.id for p in pins.listing(store, visitor, Filter(), limit=10, offset=offset)]
    assert sorted(seen) == sorted(ids)


@pytest.fixture(scope="module")
def many(area, now):
    opened = Store.open()
    samples.fill(opened, area, 500, 7, now)
    yield opened
    opened.close()


@settings(deadline=None, max_examples=30)
@given(rings)
def test_a_shape_finds_the_pins_that_lie_in_it(many, office, ring):
    found = {pin.id for pin in pins.listing(many, office, Filter(shape=ring), limit=5000)}
    every = pins.listing(many, office, Filter(), limit=5000)
    inside = shapes.inside(ring, [pin.at for pin in every])
    edge = shapely.LinearRing(ring)
    near = 4 * 360 / grid.SIDE  # corners and pins are whole pixels: so close both are right
    for pin, within in zip(every, inside, strict=True):
        if (pin.id in found) != within:
            assert edge.distance(shapely.Point(pin.at)) <= near, pin.at


def test_climate_and_voices_are_filters(store, office, visitor, released, now):
    released("Mehr Bäume", climate=True)
    [loved] = released("Mehr Bänke", prefix="loved")
    for n in range(3):
        key = voices.key_of(loved, f"{n:032}")
        voices.give(store, visitor, loved, key_hash=key, now=now)
    assert pins.count(store, visitor, Filter(climate=True)) == 1
    assert [pin.id for pin in pins.listing(store, office, Filter(climate=False))] == [loved]
    assert pins.count(store, visitor, Filter(support=3)) == 1
    assert pins.count(store, visitor, Filter(support=4)) == 0


PHONE = "Ruft mich an: 030 23125 000"


def test_flags_are_found_once_they_are_read_and_only_by_the_office(
    store, office, visitor, released, spots, now
):
    phone, _, outside = (
        *released(PHONE, "Zu dunkel"),
        *released("Zu laut", prefix="outside", at=spots.just_outside),
    )
    personal = Filter(flags=("personal",))
    assert (pins.count(store, office, personal), reading.waiting(store)) == (0, 3)
    assert reading.catch_up(store, most=2) == 1
    assert reading.catch_up(store) == 0
    assert [pin.id for pin in pins.listing(store, office, personal)] == [phone]
    both = Filter(flags=("personal", "outside"))
    assert {pin.id for pin in pins.listing(store, office, both)} == {phone, outside}
    assert pins.count(store, visitor, personal) == 3  # as if nobody had asked for it
    flags.dismiss(store, office, phone, "personal", now=now)
    flags.dismiss(store, office, outside, "outside", now=now)
    assert pins.count(store, office, both) == 0


def test_flags_follow_the_words(store, area, office, released, draft, now):
    first, second = released(PHONE, PHONE)
    while reading.waiting(store):
        reading.catch_up(store)
    assert [p.id for p in pins.listing(store, office, Filter(flags=("duplicate",)))] == [second]
    sender = Actor(Role.SENDER, pin=first)
    pins.withdraw(store, sender, now=now + timedelta(minutes=1))
    assert reading.waiting(store) == 1
    while reading.waiting(store):
        reading.catch_up(store)
    assert pins.count(store, office, Filter(flags=("duplicate",))) == 0
    assert [p.id for p in pins.listing(store, office, Filter(flags=("personal",)))] == [second]
    assert store.read("select count(*) from pin_flag where pin_id = $id", {"id": first}) == [(0,)]


def test_reading_again_what_is_read_changes_nothing(store, released, fingerprint):
    released(PHONE)
    reading.catch_up(store)
    before = fingerprint(store)
    assert reading.catch_up(store) == 0
    assert fingerprint(store) == before
