import math

from hypothesis import given
from hypothesis import strategies as st

from geo import shapes
from geo.points import LonLat

STAR = [
    LonLat(
        13.42 + 0.01 * math.sin(n * 4 * math.pi / 5), 52.5 + 0.01 * math.cos(n * 4 * math.pi / 5)
    )
    for n in range(5)
]


def test_where_a_shape_crosses_itself_the_middle_is_outside():
    assert not shapes.contains(STAR, LonLat(13.42, 52.5))
    assert shapes.contains(STAR, LonLat(13.42, 52.508))


def test_the_direction_and_a_closing_corner_do_not_matter():
    square = [LonLat(13.42, 52.5), LonLat(13.43, 52.5), LonLat(13.43, 52.51), LonLat(13.42, 52.51)]
    for ring in (square, square[::-1], [*square, square[0]]):
        assert shapes.inside(ring, [LonLat(13.425, 52.505), LonLat(13.435, 52.505)]) == [
            True,
            False,
        ]


@given(
    st.lists(st.tuples(*2 * [st.floats() | st.none() | st.text(max_size=3)]), max_size=70),
)
def test_no_odd_corners_make_a_shape(corners):
    if shapes.is_shape(corners):
        assert all(isinstance(shapes.contains(corners, LonLat(*at)), bool) for at in corners)
