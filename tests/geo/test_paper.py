"""The map on paper: its window, its squares, its marks."""

import math
from itertools import combinations

import pytest

from data.areas import load
from geo import paper
from geo.points import LonLat

ASPECT = 388 / 220
FOUNTAIN = LonLat(13.42430, 52.50206)
FAR = LonLat(13.4440, 52.4950)  # on the map, far from the area


@pytest.fixture(scope="module")
def kiez():
    return load("mariannenplatz")


@pytest.mark.parametrize("aspect", [ASPECT, 1.0, 0.5, 3.0])
def test_a_sheet_shows_the_whole_area(kiez, aspect):
    seen = paper.window(kiez, aspect)
    west, south, east, north = kiez.boundary.bounds
    assert seen.holds(*paper.spot(kiez, LonLat(west, north)))
    assert seen.holds(*paper.spot(kiez, LonLat(east, south)))
    assert seen.width / seen.height == pytest.approx(aspect)


def test_a_sheet_never_shows_what_is_not_drawn(kiez):
    _, width, height = paper.drawing(kiez)
    for aspect in (ASPECT, 0.2, 9.0):
        seen = paper.window_of(kiez, [FAR], aspect)
        assert min(seen.left, seen.top) >= 0
        assert seen.left + seen.width <= width + 0.01
        assert seen.top + seen.height <= height + 0.01


def test_pins_within_change_no_sheet_and_one_outside_widens_it(kiez):
    usual = paper.window(kiez, ASPECT)
    assert paper.window_of(kiez, [FOUNTAIN], ASPECT) == usual
    wider = paper.window_of(kiez, [FOUNTAIN, FAR], ASPECT)
    assert wider.holds(*paper.spot(kiez, FAR))
    assert wider.width > usual.width


def test_a_place_has_one_square_and_places_100_metres_apart_have_two(kiez):
    names = {
        paper.square(kiez, LonLat(FOUNTAIN.lon + n * 0.0015, FOUNTAIN.lat), ASPECT)
        for n in range(4)
    }
    assert len(names) == 4
    assert {name[-1] for name in names} == {paper.square(kiez, FOUNTAIN, ASPECT)[-1]}
    assert paper.square(kiez, FAR, ASPECT) == ""


def test_names_are_never_larger_than_they_were_placed_for():
    for millimetres in (0.05, 0.18, 0.51, 2.0):
        for letters in (1.5, 3.0, 5.0):
            zoom, u = paper.lettering(millimetres, letters)
            assert u <= 2.0 ** (17 - zoom)
            assert 14 <= zoom <= 19


def test_marks_at_one_place_all_remain_readable():
    points = [(0.0, 0.0)] * 40 + [(3.0, 1.0)] * 5
    moved = paper.apart(points, 9)
    assert all(math.dist(a, b) >= 9 - 1e-6 for a, b in combinations(moved, 2))
    assert moved[0] == points[0]


def test_no_marks_need_no_place():
    assert paper.apart([], 9) == []
