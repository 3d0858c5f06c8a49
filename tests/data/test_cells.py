from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data import cells, pins, samples
from data.filters import Box, Filter
from data.store import Store
from geo import grid

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
WINDOWS = {
    "the whole map": None,
    "the square": Box(13.4220, 52.5010, 13.4280, 52.5050),
    "a street corner": Box(13.4278, 52.5010, 13.4283, 52.5014),
}
WANTED = {
    "all": Filter(),
    "ideas": Filter(kind=("idea",)),
    "Turkish problems": Filter(kind=("problem",), lang=("tr",)),
    "dark": Filter(text="DUNKEL"),
    "inside": Filter(inside=True),
    "nothing": Filter(kind=("nonsense",)),
}


@pytest.fixture(scope="module")
def many(area):
    store = Store.open()
    samples.fill(store, area, 2000, 7, NOW)
    yield store
    store.close()


def total(found):
    return sum(cell.strengths + cell.problems + cell.ideas for cell in found)


@pytest.mark.parametrize("wanted", WANTED.values(), ids=WANTED)
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_the_map_counts_what_the_list_counts_at_every_zoom(many, area, visitor, wanted, window):
    view = window or Box(*area.box)
    listed = pins.count(many, visitor, replace(wanted, box=view))
    for zoom in range(23):
        assert total(cells.in_view(many, visitor, wanted, view, zoom=zoom)) == listed


def test_a_filters_own_window_is_kept_to_on_the_map(many, area, visitor):
    wanted = Filter(box=WINDOWS["the square"])
    found = cells.in_view(many, visitor, wanted, Box(*area.box), zoom=16)
    assert total(found) == pins.count(many, visitor, wanted) > 0


def test_a_window_beside_the_filters_window_is_empty(many, visitor):
    wanted = Filter(box=WINDOWS["the square"])
    beside = Box(13.43, 52.495, 13.44, 52.500)
    assert cells.in_view(many, visitor, wanted, beside, zoom=16) == []


def test_cells_are_few_from_afar_and_single_pins_from_near(many, area, visitor):
    counts = [
        len(cells.in_view(many, visitor, Filter(), Box(*area.box), zoom=zoom))
        for zoom in range(10, 23)
    ]
    assert counts == sorted(counts)
    assert counts[0] <= 4


def test_a_cluster_lies_among_its_pins(many, area, visitor):
    west, south, east, north = area.box
    for cell in cells.in_view(many, visitor, Filter(), Box(*area.box), zoom=14):
        assert west <= cell.at.lon <= east
        assert south <= cell.at.lat <= north


def test_a_single_pin_is_named_and_a_cluster_is_not(store, area, visitor, released, spots):
    [alone] = released("Allein", prefix="a", at=spots.school)
    released("Zu zweit", "Zu zweit", prefix="b", at=spots.fountain)
    found = cells.in_view(store, visitor, Filter(), Box(*area.box), zoom=17)
    assert sorted(str(cell.pin) for cell in found) == ["None", alone]


def test_pins_on_the_very_same_spot_stay_together_at_any_zoom(
    store, area, visitor, released, spots
):
    released("Eins", "Zwei", "Drei", at=spots.lawn)
    [cell] = cells.in_view(store, visitor, Filter(), Box(*area.box), zoom=22)
    assert (cell.problems, cell.pin, cell.waiting) == (3, None, False)


def test_made_up_pins_lie_where_their_cell_says(many):
    worst = max(
        max(abs(a - b) for a, b in zip(grid.cell(grid.place(mx, my)), (mx, my), strict=True))
        for mx, my in many.read("select mx, my from pin limit 200")
    )
    assert worst <= 1
    for lon, lat, mx, my in many.read("select lon, lat, mx, my from pin limit 500"):
        x, y = grid.pixels(grid.LonLat(lon, lat))
        assert abs(x - mx) < 4
        assert abs(y - my) < 4


def test_made_up_pins_are_the_same_each_time_and_not_added_twice(many, area):
    before = many.read("select id, lon, words from pin order by id limit 50")
    samples.fill(many, area, 2000, 7, NOW)
    assert many.read("select count(*) from pin") == [(2000,)]
    assert many.read("select id, lon, words from pin order by id limit 50") == before
    one, two = (list(samples.sample(area, 30, 7, now=NOW)) for _ in range(2))
    assert one == two
    assert all(pins.check(area, draft) for draft in one)
