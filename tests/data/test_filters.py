import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import filters, pins
from data.filters import Box, Filter

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
)


@given(wanted_filters)
def test_a_filter_comes_back_from_its_url_as_it_was(wanted):
    assert filters.from_query(filters.to_query(wanted)) == wanted


@given(st.dictionaries(st.sampled_from(sorted(Filter.__annotations__)), st.text(max_size=300)))
def test_any_url_gives_a_filter_that_the_database_takes(query):
    where, params = filters.where(filters.from_query(query), filters.Scope(("waiting",)))
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
