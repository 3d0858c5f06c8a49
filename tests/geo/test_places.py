"""Places in words, search by all their names, folding."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.areas import load
from geo.places import Form, PlaceWords, decode, fold, in_words, search
from geo.points import LonLat


@pytest.fixture(scope="module")
def kiez():
    return load("mariannenplatz")


@pytest.mark.parametrize(
    ("lon", "lat", "words"),
    [
        (13.4281, 52.5012, "Waldemarstraße Ecke Audre-Lorde-Straße"),
        (13.4272, 52.5002, "Naunynstraße Ecke Audre-Lorde-Straße"),
        (13.42430, 52.50206, "Feuerwehrbrunnen"),
        (13.4265, 52.5016, "Waldemarstraße, zwischen Audre-Lorde-Straße und Mariannenplatz"),
        (13.42593, 52.50268, "Spielplatz am Mariannenplatz"),
        (13.4380, 52.4965, "Görlitzer Park"),
    ],
)
def test_a_place_is_called_as_residents_call_it(kiez, lon, lat, words):
    assert str(in_words(kiez, LonLat(lon, lat))) == words


def test_a_day_care_centre_never_stands_for_what_lies_in_front_of_it(kiez):
    kita = next(spot for spot in kiez.spots if spot.kind == "facility")
    assert kita.name not in in_words(kiez, kita.at).names


@pytest.mark.parametrize("place", [(float("nan"), 52.5), (None, None), ("a", "b")])
def test_what_is_no_place_has_no_words(kiez, place):
    assert in_words(kiez, LonLat(*place)) == PlaceWords(Form.NEAR, ())


@given(st.floats(13.405, 13.445), st.floats(52.494, 52.511))
def test_every_place_of_the_map_has_words_that_survive_storing(lon, lat):
    words = in_words(load("mariannenplatz"), LonLat(lon, lat))
    assert str(words)
    assert decode(words.encode()) == words


@given(st.text())
def test_any_stored_text_can_be_read(text):
    assert isinstance(str(decode(text)), str)


@pytest.mark.parametrize(
    "odd", ["corner|A", "at", "between|A|B", "near|A|B", "zzz|A|B", "|||", "at|A|B"]
)
def test_an_odd_stored_text_is_shown_as_it_is_without_bars(odd):
    words = decode(odd)
    assert words.form in (Form.AT, Form.NEAR)
    assert "|" not in str(words)


def test_a_bar_in_a_name_does_not_make_two_names():
    assert len(decode(PlaceWords(Form.AT, ("A|B",)).encode()).names) == 1


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("manteuffelstr. waldemar", "Waldemarstraße Ecke Audre-Lorde-Straße"),
        ("Waldemarstr. Ecke Manteuffelstr.", "Waldemarstraße Ecke Audre-Lorde-Straße"),
        ("adalbert naunyn", "Naunynstraße Ecke Adalbertstraße"),
        ("Waldemar Str Adalbert", "Waldemarstraße Ecke Adalbertstraße"),
        ("HEİNRİCHPLATZ", "Rio-Reiser-Platz"),
        ("koepenicker strasse audre", "Köpenicker Straße Ecke Audre-Lorde-Straße"),
        ("kotti", "Kottbusser Tor"),
        ("feuerwehr", "Feuerwehrbrunnen"),
        ("Kopi", "Køpi"),
    ],
)
def test_a_spot_is_found_by_any_of_its_names(kiez, asked, first):
    assert search(kiez, asked)[0].name == first


@pytest.mark.parametrize("asked", ["", "   ", "ecke", "xyzzy", "bethanien xyzzy", "٭", "%", "<>"])
def test_nothing_is_found_for_nothing_or_nonsense(kiez, asked):
    assert search(kiez, asked) == []


def test_a_name_is_listed_once_and_no_more_than_asked_for(kiez):
    names = [spot.name for spot in search(kiez, "oranien", limit=50)]
    assert len(names) == len(set(names))
    assert len(search(kiez, "strasse", limit=3)) == 3
    assert search(kiez, "strasse", limit=0) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ışık", "IŞIK"),
        ("İstanbul", "istanbul"),
        ("café", "cafe\u0301"),
        ("إضاءة", "اضاءه"),
        ("على", "علي"),
        ("الـــساحة", "الساحه"),
    ],
)
def test_spellings_of_a_word_fold_to_one(one, other):
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once_for_all_that_people_type(text):
    assert " ".join(fold(text).split()) == fold(text)


def test_a_thousand_places_get_their_words_within_a_second(kiez):
    in_words(kiez, kiez.centre)
    start = time.perf_counter()
    for i in range(1000):
        in_words(kiez, LonLat(13.41 + i * 3e-5, 52.497 + i * 1e-5))
    assert time.perf_counter() - start < 1  # measured: 0.05 s
