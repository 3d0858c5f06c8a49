"""An evening of the Aktionsfondsjury for tests: seven seats, a substitute, four proposals, a pot."""

from datetime import UTC, date, datetime, timedelta

from data import areas, bodies, members, people, pots, projects, sittings
from data.bodies import BodyId
from data.deciding_rules import Rules
from data.deciding_standing import ItemId, MemberId
from data.rules import HOUSE, Actor, PersonId, ProjectId, Role
from data.sittings import Item
from data.store import Store
from geo.points import LonLat
from tests.browser.conftest import PASSWORD

BODY = BodyId("jury")
AT = LonLat(13.42430, 52.50206)
# login: name, resident, substitute, chair; who has no device has no account
SEATS = {
    "leyla": ("Leyla A.", True, False, True),
    "bert": ("Bert B.", True, False, False),
    "cem": ("Cem C.", True, False, False),
    "dana": ("Dana D.", True, False, False),
    "emil": ("Emil E.", True, False, False),
    "fatma": ("Fatma F.", True, False, False),
    "gerd": ("Gerd G.", True, False, False),
    "hale": ("Hale H.", True, True, False),
}
PROPOSALS = {
    "trees": ("Grüne Baumscheiben", 780_00),
    "chess": ("Schach am Brunnen", 640_00),
    "box": ("Dreisprachiger Schaukasten", 1_480_00),
    "reading": ("Vorlesestunde {{ 7*7 }} <b>", 870_00),
}
POT = 3_000_00


def settle(store: Store, *, accounts: int = 5, sitting: str = "evening") -> None:
    """Put body, members, proposals, pot and a sitting with its papers out into a database."""
    now = datetime.now(UTC)
    _people(store, accounts, now)
    area = areas.load("mariannenplatz")
    for name, (title, cents) in PROPOSALS.items():
        projects.create(
            store, HOUSE, project_id=ProjectId(name), title=title, description=f"{title}: für alle.",
            fund="aktionsfonds", cents=cents, field="OER", climate=False, at=AT, area=area,
            need_ids=[], status="before_jury", applicant="Hausgemeinschaft", now=now,
        )  # fmt: skip
    pots.allot(
        store, HOUSE, fund="aktionsfonds", year=now.year, cents=POT, seen=0, now=now, reason="Topf"
    )
    plan(store, sitting, tuple(PROPOSALS), now)


def plan(store: Store, sitting: str, names: tuple[str, ...], now: datetime) -> None:
    """Plan a sitting about some of the proposals, with its papers out."""
    planned = sittings.plan(
        store, HOUSE, sitting_id=sitting, body_id=BODY, title=f"Jurysitzung {sitting}",
        place="Familienzentrum", held_at=now + timedelta(days=8), public=False, now=now,
    )  # fmt: skip
    items = [
        Item(ItemId(f"{sitting}-{name}"), "project", "", ProjectId(name)) for name in names
    ] + [Item(ItemId(f"{sitting}-talk"), "talk", "Wie war das Herbstfest?")]
    planned = sittings.put_on(store, HOUSE, sitting, items=items, version=planned.version, now=now)
    sittings.send_papers(store, HOUSE, sitting, version=planned.version, now=now)


def _people(store: Store, accounts: int, now: datetime) -> None:
    bodies.add(
        store, HOUSE, body_id=BODY, kind="jury", title="Aktionsfondsjury",
        valid_from=date(now.year - 1, 1, 1), now=now, how=Rules(),
    )  # fmt: skip
    for number, (login, (name, resident, substitute, chair)) in enumerate(SEATS.items()):
        members.add(
            store, HOUSE, member_id=MemberId(f"m-{login}"), body_id=BODY, name=name,
            resident=resident, substitute=substitute, chair=chair,
            term_from=date(now.year - 1, 1, 1), term_to=date(now.year + 1, 12, 31), now=now,
        )  # fmt: skip
        if number < accounts:
            account(store, login, name, "jury", now)
            store.write(lambda tx, login=login: tx.execute(
                "update member set person_id = $person where id = $id",
                {"person": f"p-{login}", "id": f"m-{login}"},
            ))  # fmt: skip


def account(store: Store, login: str, name: str, role: str, now: datetime) -> None:
    """Add an account whose person is p-<login>."""
    people.add(
        store, HOUSE, person_id=PersonId(f"p-{login}"), login=login, name=name, role=role,
        password=PASSWORD, now=now,
    )  # fmt: skip
    actor, until = Actor(Role(role), PersonId(f"p-{login}"), name), now + timedelta(hours=12)
    store.write(lambda tx: people.let_in(tx, actor, token=f"token-{login}", until=until, now=now))


def cookie(login: str) -> str:
    """Return the login cookie of an account, as a header."""
    return f"kiezkarte_session=token-{login}"
