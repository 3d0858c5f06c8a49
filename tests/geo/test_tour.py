import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.points import LonLat
from geo.tour import length, ordered

places = st.lists(st.builds(LonLat, st.floats(13.41, 13.43), st.floats(52.49, 52.51)), max_size=12)


@given(places)
def test_every_place_is_walked_past_once(found):
    assert sorted(ordered(found)) == list(range(len(found)))


@given(places)
def test_the_walk_is_no_longer_than_from_west_to_east(found):
    west_first = sorted(range(len(found)), key=lambda n: (found[n], n))
    assert ordered(found)[:1] == west_first[:1]


@pytest.mark.parametrize("many", [1, 2, 9])
def test_places_on_one_spot_are_walked_past_too(many):
    assert sorted(ordered([LonLat(13.42, 52.5)] * many)) == list(range(many))


def test_a_ring_is_walked_round_and_not_crossed():
    ring = [
        LonLat(13.42 + math.cos(n) / 1000, 52.5 + math.sin(n) / 1640)
        for n in (2 * math.pi * k / 12 for k in (0, 7, 2, 9, 4, 11, 6, 1, 8, 3, 10, 5))
    ]
    side = length(ring, ordered(ring)) / 11
    assert side == pytest.approx(35, rel=0.05)  # metres from one to its neighbour
