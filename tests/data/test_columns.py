"""The columns in memory say what the database says, or nothing."""

import random
import time
from datetime import UTC, date, datetime

import pytest

from data import cells, columns, pins, samples
from data.filters import LISTS, Box, Filter
from data.rules import HOUSE, VISITOR, Actor, Role
from data.store import Store
from geo import grid
from geo.points import LonLat

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
OFFICE = Actor(Role.OFFICE, person="person-1")
STOCK = 3000


@pytest.fixture(scope="module")
def many(area):
    store = Store.open()
    samples.fill(store, area, STOCK, 11, NOW)
    some = store.read("select id, number from pin order by number limit 400")
    pins.hide(
        store, HOUSE, [one for one, number in some if number % 3 == 0], reason="spam", now=NOW
    )
    store.write(
        lambda tx: tx.execute("update pin set status = 'waiting' where number between 500 and 600")
    )
    yield store
    store.close()


def a_filter(chance: random.Random, store: Store, area) -> Filter:
    """Return any filter: several conditions, known to the columns or not."""
    known = {
        name: tuple(row[0] for row in store.read(f"select distinct {name} from pin order by 1"))
        for name in LISTS
    }
    asked: dict = {}
    for name in LISTS:
        if chance.random() < 0.3:
            asked[name] = tuple(chance.sample((*known[name], "?"), chance.randint(1, 2)))
    if chance.random() < 0.2:
        asked["since"] = date(2025, chance.randint(1, 12), 1)
    if chance.random() < 0.2:
        asked["until"] = date(2026, chance.randint(1, 5), chance.randint(1, 28))
    for name in ("inside", "climate"):
        if chance.random() < 0.2:
            asked[name] = chance.random() < 0.5
    if chance.random() < 0.3:
        asked["text"] = chance.choice(("Müll", "der", "SCHULE weg", "قمامة", "zz", " ", "é"))
    if chance.random() < 0.2:
        asked["support"] = chance.randint(1, 3)
    if chance.random() < 0.2:
        asked["flags"] = ("outside",)
    if chance.random() < 0.1:
        asked["need"] = chance.choice(("-", "need-1"))
    if chance.random() < 0.2:
        asked["shape"] = tuple(a_place(chance, area) for _ in range(3))
    if chance.random() < 0.2:
        asked["box"] = a_window(chance, area)
    return Filter(**asked)


def a_place(chance: random.Random, area) -> LonLat:
    west, south, east, north = area.box
    return LonLat(chance.uniform(west, east), chance.uniform(south, north))


def a_window(chance: random.Random, area) -> Box:
    one, other = a_place(chance, area), a_place(chance, area)
    return Box(
        min(one.lon, other.lon),
        min(one.lat, other.lat),
        max(one.lon, other.lon),
        max(one.lat, other.lat),
    )


@pytest.mark.parametrize("seed", range(40))
def test_columns_and_database_draw_the_same_map(many, area, seed):
    chance = random.Random(seed)
    made = columns.made(many, least=1)
    assert made
    own = [row[0] for row in many.read("select id from pin where number between 500 and 503")]
    for _ in range(10):
        wanted, view = a_filter(chance, many, area), a_window(chance, area)
        if chance.random() < 0.2:
            view = Box(-180, -85, 180, 85)
        actor = chance.choice((VISITOR, OFFICE))
        scope = pins.scope(actor, own if actor is VISITOR and chance.random() < 0.5 else ())
        shift = grid.shift(chance.randint(0, 22), chance.choice((3, 6)))
        view = cells._cut(view, wanted.box)
        found = made.clusters(many, wanted, scope, view, shift=shift, limit=10**6)
        asked = cells._asked(many, cells.replace(wanted, box=view), scope, shift=shift, limit=10**6)
        assert found is not None
        assert sorted(drawn(found, scope)) == sorted(drawn(asked, scope)), wanted
        alone = [row.number for row in found if row.pins == 1]
        assert made.pins(alone) == cells._ids(many, alone)


def drawn(rows, scope):
    """Round the mean places; a number counts only where a pin is alone."""
    return [
        (round(mx, 6), round(my, 6), n, int(s), int(p), number if n == 1 else 0, bool(public))
        for mx, my, n, s, p, number, public in rows
    ]


def test_no_more_cells_than_asked_for(many, area):
    made = columns.made(many, least=1)
    assert made
    found = made.clusters(
        many, Filter(), pins.scope(VISITOR), Box(*area.box), shift=grid.shift(18), limit=7
    )
    every = made.clusters(
        many, Filter(), pins.scope(VISITOR), Box(*area.box), shift=grid.shift(18), limit=10**6
    )
    assert every is not None
    assert found == every[:7]


def test_the_whole_stock_is_gathered_once_for_all_who_see_all_of_it(many, area):
    made = columns.made(many, least=1)
    assert made
    asked = {"shift": grid.shift(12), "limit": 10**6}
    west, south, east, north = area.box
    near, far, scope = (
        Box(*area.box),
        Box(west - 1, south - 1, east + 1, north + 1),
        pins.scope(VISITOR),
    )
    first = made.clusters(many, Filter(), scope, near, **asked)
    assert first
    assert made.clusters(many, Filter(), scope, far, **asked) is first
    ideas = Filter(kind=("idea",))
    assert made.clusters(many, ideas, scope, far, **asked) != first
    half = Box(west, south, (west + east) / 2, north)
    assert sum(row.pins for row in made.clusters(many, Filter(), scope, half, **asked) or ()) < sum(
        row.pins for row in first
    )


def test_a_window_upside_down_is_empty(many, area):
    made = columns.made(many, least=1)
    assert made
    west, south, east, north = area.box
    upside_down = Box(east, north, west, south)
    assert made.clusters(many, Filter(), pins.scope(VISITOR), upside_down, shift=12, limit=9) == []


def test_what_has_changed_is_never_drawn_from_the_columns(area, draft):
    store = Store.open()
    samples.fill(store, area, 300, 3, NOW)
    made = columns.made(store, least=1)
    assert made
    view, scope = Box(*area.box), pins.scope(VISITOR)
    seen = made.clusters(store, Filter(), scope, view, shift=12, limit=10**6)
    assert seen
    [(first,)] = store.read("select min(id) from pin where status = 'new'")
    pins.hide(store, HOUSE, [first], reason="spam", now=NOW)
    assert made.clusters(store, Filter(), scope, view, shift=12, limit=10**6) is None
    anew = columns.made(store, least=1)
    assert anew
    after = anew.clusters(store, Filter(), scope, view, shift=12, limit=10**6)
    assert after is not None
    assert sum(row.pins for row in after) == sum(row.pins for row in seen) - 1
    store.close()


def test_a_small_stock_and_odd_ids_are_left_to_the_database(area, draft):
    store = Store.open()
    assert columns.made(store) is None
    samples.fill(store, area, 60, 3, NOW)
    assert columns.made(store) is None
    assert columns.made(store, least=1)
    store.write(lambda tx: tx.execute("update pin set id = 'é' || number where number = 1"))
    assert columns.made(store, least=1) is None
    store.close()


def test_they_are_made_once_the_database_rests_and_used_from_then_on(area, monkeypatch):
    monkeypatch.setattr(columns, "REST", 0.0)
    monkeypatch.setattr(columns, "PAUSE", 0.0)
    made = columns.made
    monkeypatch.setattr(columns, "made", lambda store: made(store, least=1))
    store = Store.open()
    samples.fill(store, area, 300, 3, NOW)
    asked = cells.in_view(store, VISITOR, Filter(), Box(*area.box), zoom=15)
    for _ in range(200):
        if columns.of(store):
            break
        time.sleep(0.02)
    ready = columns.of(store)
    assert ready
    again = cells.in_view(store, VISITOR, Filter(), Box(*area.box), zoom=15)
    assert {(c.pin, c.strengths, c.problems, c.ideas) for c in again} == {
        (c.pin, c.strengths, c.problems, c.ideas) for c in asked
    }
    pins.hide(store, HOUSE, [next(c.pin for c in again if c.pin)], reason="spam", now=NOW)
    assert columns.of(store) is not ready
    store.close()


def test_a_change_beside_the_pins_leaves_the_columns_and_renews_what_was_asked(area):
    store = Store.open()
    samples.fill(store, area, 300, 3, NOW)
    store.write(lambda tx: tx.execute("delete from support"))
    made = columns.made(store, least=1)
    assert made
    view, scope, wanted = Box(*area.box), pins.scope(VISITOR), Filter(support=1)
    asked = {"shift": 12, "limit": 10**6}
    assert made.clusters(store, wanted, scope, view, **asked) == []
    store.write(
        lambda tx: tx.execute(
            "insert into support select 'key', min(id), '', 'de', 'web', $now from pin "
            "where status = 'new'",
            {"now": NOW.replace(tzinfo=None)},
        )
    )
    found = made.clusters(store, wanted, scope, view, **asked)
    assert found is not None
    assert sum(row.pins for row in found) == 1
    store.close()
