"""What a decision letter says to who applied: what was decided, by whom, when, and why."""

from dataclasses import dataclass
from datetime import UTC, datetime

from data import applications, legal, trail
from data.deciding_standing import What
from data.problems import Conflict
from data.projects import Project, ProjectStatus
from data.rules import Actor
from data.store import Store

DECIDED = ("approved", "approved_with_conditions", "postponed", "rejected")


@dataclass(frozen=True)
class Office:
    """Who writes, as the office filled it in for its legal pages; '' = not filled in."""

    name: str
    address: str
    phone: str
    email: str


@dataclass(frozen=True)
class Letter:
    """A decision as its letter tells it. Sums in cents, times UTC."""

    project: Project
    outcome: str  # one of DECIDED
    decided_at: datetime
    name: str  # of who applied, '' = not known any more
    body: str  # '' = decided outside a sitting
    sitting_at: datetime | None
    office: Office


def of(store: Store, actor: Actor, project_id: str) -> Letter:
    """Read the letter on a project's last decision; Conflict while there is none."""
    application = applications.get(store, actor, project_id)
    outcome, decided_at = _decision(store, application.project)
    body, sitting_at = _sitting(store, project_id, decided_at)
    return Letter(
        application.project, outcome, decided_at, application.name, body, sitting_at, _office(store)
    )


def _decision(store: Store, project: Project) -> tuple[str, datetime]:
    """Return what stands now, and since when; one that was taken back is none."""
    found = store.read(
        "select step, happened_at from trail where thing = 'project' and thing_id = $id "
        "and step in ('project_approved', 'project_approved_with_conditions', "
        "'project_postponed', 'project_rejected', 'project_again', 'project_withdrawn') "
        "order by id desc limit 1",
        {"id": project.id},
    )
    outcome = found[0][0].removeprefix("project_") if found else ""
    waits = project.status == ProjectStatus.BEFORE_JURY
    if outcome not in DECIDED or waits:
        raise Conflict("decision.none")
    return outcome, found[0][1].replace(tzinfo=UTC)


def _sitting(store: Store, project_id: str, at: datetime) -> tuple[str, datetime | None]:
    """Return the body and the day of the sitting that decided at a moment."""
    found = store.read(
        "select body.title, sitting.held_at from sitting_event "
        "join sitting_item on sitting_item.id = item_id "
        "join sitting on sitting.id = sitting_item.sitting_id "
        "join body on body.id = sitting.body_id "
        "where project_id = $id and what in ($decided, $postponed) "
        "and sitting_event.happened_at = $at "
        "order by sitting_event.id desc limit 1",
        {
            "id": project_id,
            "decided": What.DECIDED,
            "postponed": What.POSTPONED,
            "at": trail.utc(at),
        },
    )
    return (found[0][0], found[0][1].replace(tzinfo=UTC)) if found else ("", None)


def _office(store: Store) -> Office:
    filled = legal.blanks(store)
    return Office(*(filled.get(key, "") for key in ("controller", "address", "phone", "email")))
