"""What was decided on and what came of it, for everybody: the chain from pins to a result.

Public are, beside what data/results.py tells: what was granted, why and under which conditions;
of a closed project what it spent and its report; photos once the office has released them. Never:
descriptions, applicants, receipts, consultations, votes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from data import project_reports, results
from data.project_moves import DECIDED
from data.project_reports import Report, ReportPhoto
from data.projects import ProjectStatus as S
from data.results import Entry
from data.store import Store
from geo import places
from geo.places import PlaceWords


class Stage(StrEnum):
    """How far a project is, as everybody would ask."""

    RUNNING = "running"  # granted, on its way
    DONE = "done"
    OPEN = "open"  # handed in, not decided
    NOT_FUNDED = "not_funded"  # put off or refused


STAGES = {
    **dict.fromkeys((S.SUBMITTED, S.CHECKING, S.REVISION, S.BEFORE_JURY), Stage.OPEN),
    **dict.fromkeys((S.POSTPONED, S.REJECTED), Stage.NOT_FUNDED),
    **dict.fromkeys((S.APPROVED, S.APPROVED_WITH_CONDITIONS, S.AGREEMENT), Stage.RUNNING),
    **dict.fromkeys((S.RUNNING, S.ACCOUNTED), Stage.RUNNING),
    S.CLOSED: Stage.DONE,
}


@dataclass(frozen=True)
class Funded:
    """A project with its decision. Sums are in cents, times are UTC."""

    id: str
    entry: Entry
    stage: Stage
    granted: int | None
    reason: str
    conditions: str
    place: PlaceWords
    starts_on: date | None
    ends_on: date | None
    decided_at: datetime | None
    spent: int | None  # once it is closed
    climate: bool


@dataclass(frozen=True)
class Result:
    """What came of a project: its report once it is closed, and the photos that are released."""

    report: Report | None
    photos: tuple[ReportPhoto, ...]


def listing(store: Store) -> list[Funded]:
    """List the projects that everybody may see, what was decided last first, then the newest."""
    known = {entry.number: entry for entry in results.entries(store) if entry.project}
    rows = store.rows(
        "select id, number, granted, reason, conditions, place, starts_on, ends_on, climate, "
        "status, (select sum(cents)::bigint from booking where project_id = project.id "
        "and kind = 'accounted') as spent, (select max(happened_at) from trail where thing = 'project' "
        "and thing_id = project.id and step = any($decided)) as decided_at "
        "from project where number = any($numbers)",
        {"numbers": list(known), "decided": [f"project_{one}" for one in sorted(DECIDED)]},
    )
    found = [_funded(row, known[row["number"]]) for row in rows]
    never = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one.decided_at or never, one.entry.number), reverse=True)


def result_of(store: Store, project: Funded) -> Result:
    """Load what came of a project, as far as everybody may see it."""
    report = project_reports.told(store, [project.id]).get(project.id)
    return Result(report, tuple(project_reports.shown(store, [project.id])))


def needs_of(store: Store, project: Funded) -> list[tuple[int, str, int]]:
    """List a project's needs as everybody may know them: number, title, public pins."""
    rows = store.read(
        "select need.number, title, count(*) from need join pin on pin.need_id = need.id "
        "where need.id = any($ids) and pin.status = any($public) "
        "group by need.number, title order by need.number",
        {"ids": list(project.entry.needs), "public": sorted(results.PUBLIC)},
    )
    return [(number, title, pins) for number, title, pins in rows]


def of_pins(store: Store, pin_ids: list[str]) -> dict[str, list[tuple[int, str]]]:
    """Find the projects that everybody may see behind public pins: number and title, by pin."""
    rows = store.read(
        "select distinct pin.id, project.number, title from pin join "
        "(select project_id, need_id as need, null as own from project_need "
        "union all select project_id, null, pin_id from project_pin) as link "
        "on link.need = pin.need_id or link.own = pin.id "
        "join project on project.id = project_id "
        "where pin.id = any($ids) and pin.status = any($public) "
        "and project.status <> all($unseen) order by pin.id, project.number",
        {
            "ids": pin_ids,
            "public": sorted(results.PUBLIC),
            "unseen": sorted(results.UNSEEN),
        },
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for pin_id, number, title in rows:
        found.setdefault(pin_id, []).append((number, title))
    return found


# --- inside -----------------------------------------------------------------


def _funded(row: Mapping[str, Any], entry: Entry) -> Funded:
    status, decided = S(row["status"]), row["decided_at"]
    settled = status in DECIDED or STAGES[status] in (Stage.RUNNING, Stage.DONE)
    closed = status == S.CLOSED
    return Funded(
        **{name: row[name] for name in ("id", "starts_on", "ends_on", "climate")},
        entry=entry,
        stage=STAGES[status],
        granted=row["granted"],
        reason=row["reason"] if settled else "",
        conditions=row["conditions"] if settled else "",
        place=places.decode(row["place"]),
        decided_at=decided.replace(tzinfo=UTC) if settled and decided else None,
        spent=row["spent"] if closed else None,
    )
