"""The grid and its round trip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.grid import SIDE, cell, place, shift
from geo.points import LonLat, metres

FOUNTAIN = LonLat(13.4243, 52.50206)
ARTS_HOUSE = LonLat(13.42396, 52.50404)


@given(st.floats(-179.9, 179.9), st.floats(-85, 85))
def test_a_place_comes_back_within_ten_centimetres(lon, lat):
    there = LonLat(lon, lat)
    assert metres(there, place(*cell(there))) < 0.1


def test_pixels_grow_to_the_east_and_to_the_south():
    (fx, fy), (ax, ay) = cell(FOUNTAIN), cell(ARTS_HOUSE)
    assert fx > ax
    assert fy > ay


@pytest.mark.parametrize("edge", [(-180, 90), (180, -90), (180, 90), (-180, -90)])
def test_the_ends_of_the_world_still_fit_a_signed_32_bit_column(edge):
    assert all(0 <= pixel < SIDE < 2**31 for pixel in cell(LonLat(*edge)))


def test_a_place_that_is_not_a_number_has_no_cell():
    with pytest.raises(ValueError):
        cell(LonLat(float("nan"), 52.5))


def test_a_group_is_sixty_four_screen_pixels_wide():
    assert 2 ** shift(16) == 64 * 2 ** (22 - 16)


def test_no_zoom_shifts_by_less_than_nothing():
    assert shift(99) == 0
