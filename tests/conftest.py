import hashlib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from data import areas, engine, needs, pins, projects
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, Role
from data.store import Store
from geo.points import LonLat


class Emptied:
    """One database in memory for many tests, as a first start leaves it: making it anew costs more."""

    def __init__(self) -> None:
        self.connection = engine.connect(None)
        engine.migrate(self.connection)
        engine.lock_down(self.connection)
        self.tables = [name for (name,) in self._ask("select table_name from duckdb_tables()")]
        rows = {name: self._ask(f"select * from {name}") for name in self.tables}
        self.seeds = {name: found for name, found in rows.items() if found}

    def store(self) -> Store:
        """Open a store of its own upon it."""
        return Store.upon(self.connection.cursor())

    def empty(self, used: Store) -> None:
        """Take back what a store has changed."""
        for name in self.tables:
            if used.last_change(name):
                self.connection.execute(f"delete from {name}")
                for row in self.seeds.get(name, ()):
                    marks = ", ".join("?" * len(row))
                    self.connection.execute(f"insert into {name} values ({marks})", row)

    def _ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def emptied():
    return Emptied()


@pytest.fixture
def store(emptied):
    opened = emptied.store()
    yield opened
    opened.close()
    emptied.empty(opened)


@pytest.fixture(scope="session")
def area():
    return areas.load("mariannenplatz")


@pytest.fixture(scope="session")
def now():
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def office():
    return Actor(Role.OFFICE, person="person-office", name="Büro")


@pytest.fixture(scope="session")
def jury():
    return Actor(Role.JURY, person="person-jury", name="Jury")


@pytest.fixture(scope="session")
def admin():
    return Actor(Role.ADMIN, person="person-admin", name="Leitung")


@pytest.fixture(scope="session")
def house():
    return HOUSE


@pytest.fixture(scope="session")
def visitor():
    return VISITOR


@pytest.fixture(scope="session")
def spots():
    """Sample places, as (lon, lat)."""
    return SimpleNamespace(
        fountain=LonLat(13.42430, 52.50206),
        lawn=LonLat(13.42529, 52.50361),
        litter_corner=LonLat(13.42805, 52.50120),
        playground=LonLat(13.42593, 52.50268),
        school=LonLat(13.42890, 52.50045),
        just_outside=LonLat(13.42397, 52.50402),  # Bethanien: on the map, not in the area
        alexanderplatz=LonLat(13.41327, 52.52186),
    )


@pytest.fixture(scope="session")
def draft(spots):
    """Make a draft; only what matters to a test is given."""

    def make(words="Hier ist es zu dunkel", *, id="draft-1", **changes) -> Draft:
        return Draft(
            **{"id": id, "kind": "problem", "words": words, "at": spots.fountain} | changes
        )

    return make


@pytest.fixture
def released(store, area, office, now, draft):
    """Store pins that the office has released, one a text, and return their ids."""

    def make(*texts, prefix="pin", **changes) -> list[str]:
        drafts = [draft(text, id=f"{prefix}-{i}", **changes) for i, text in enumerate(texts, 1)]
        pins.add(store, office, area, drafts, now=now)
        pins.release(store, office, [one.id for one in drafts], now=now)
        return [one.id for one in drafts]

    return make


@pytest.fixture
def office_day(store, area, visitor, office, now, draft, released, spots):
    """A database with one of each: a need with a pin, a free pin, a waiting one, a project."""
    released("Zu dunkel", "Zu laut", prefix="pin")
    pins.add(store, visitor, area, [draft(id="wait")], now=now)
    needs.create(
        store,
        office,
        need_id="need-1",
        title="Dunkel",
        field="OER",
        priority="now",
        pin_ids=["pin-1"],
        now=now,
    )
    projects.create(
        store,
        office,
        project_id="project-1",
        title="Lampen",
        description="",
        fund="baufonds",
        cents=60_000_00,
        field="OER",
        climate=False,
        at=spots.lawn,
        area=area,
        need_ids=[],
        now=now,
    )


@pytest.fixture(scope="session")
def fingerprint():
    """Hash every row of every table: the same before and after means that nothing changed."""

    def take(store) -> str:
        tables = store.read("select table_name from information_schema.tables order by table_name")
        rows = [(name, sorted(store.read(f"select * from {name}"), key=repr)) for (name,) in tables]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return take
