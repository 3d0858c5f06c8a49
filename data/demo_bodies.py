"""The demo's members: invented, without names, so that a sitting can be tried out."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from data import member_accounts, members
from data.bodies import BodyId
from data.deciding_standing import MemberId
from data.filters import local_day
from data.rules import HOUSE, PersonId
from data.store import Store

JURY, COUNCIL = BodyId("jury"), BodyId("council")
SEATED = MemberId("demo-jury-1")  # the demo's account of the jury


def seed(store: Store, *, now: datetime) -> None:
    """Put the demo's members into both bodies; nothing a second time."""
    start = date(local_day(now).year, 1, 1)
    term = {"term_from": start, "term_to": members.end_of_term(start)}
    for member_id, body, entry in _entries():
        members.add(
            store, HOUSE, member_id=member_id, body_id=body, now=now, demo=True, **entry, **term
        )
        members.confirm(store, HOUSE, member_id, version=1, now=now)


def seat(store: Store, person_id: PersonId, *, now: datetime) -> None:
    """Let the demo's account of the jury be its first member."""
    member_accounts.bind(store, HOUSE, SEATED, person_id=person_id, now=now)


def _entries() -> Iterator[tuple[MemberId, BodyId, dict[str, Any]]]:
    for number in range(1, 9):
        yield (
            MemberId(f"demo-jury-{number}"),
            JURY,
            _entry(number, resident=True, substitute=number == 8, chair=number == 2),
        )
    for number in range(1, 19):
        yield (
            MemberId(f"demo-council-{number}"),
            COUNCIL,
            _entry(number, resident=number <= 10, substitute=False, chair=number == 1),
        )


def _entry(number: int, **flags: bool) -> dict[str, Any]:
    return {"name": f"Mitglied {number} (Beispiel)", **flags}
