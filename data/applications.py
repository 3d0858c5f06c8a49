"""Applications: what an applicant and the office write, part by part, and hand in.

Two who write in the same part are told of each other: a part is written over what the writer had
seen in it. Parts that nobody else touched are never in anybody's way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import application_form as form
from data import application_parts as parts
from data import fund_rules, pots, project_moves, projects, rules, trail
from data.application_checks import Finding, Known, Level, blocking, checklist
from data.filters import local_day
from data.fund_rules import FundRules
from data.problems import BadInput, Conflict, NotFound
from data.projects import Project, ProjectStatus
from data.rules import HOUSE, Act, Actor, PinId, Role
from data.store import Store, Transaction
from geo.area import Area, contains

__all__ = ["Application", "Finding", "Known", "Level", "blocking", "checklist"]

BY_APPLICANT = frozenset({ProjectStatus.DRAFT, ProjectStatus.REVISION})
BY_OFFICE = BY_APPLICANT | {
    ProjectStatus.SUBMITTED,
    ProjectStatus.CHECKING,
    ProjectStatus.BEFORE_JURY,
    ProjectStatus.POSTPONED,
}


@dataclass(frozen=True)
class Application:
    """A project as who applies sees it: with its contact, and the pins that it answers itself."""

    project: Project
    name: str
    contact: str
    pins: tuple[PinId, ...]
    parts: Mapping[str, Any]  # by name, as data/application_form.py has them


def get(store: Store, actor: Actor, project_id: str) -> Application:
    """Load an application; an applicant only the own one."""
    rules.check_project(actor, Act.APPLICATION_READ, project_id)
    project = projects.get(store, HOUSE, projects.ProjectId(project_id))
    found = store.read(
        "select name, contact from project_contact where project_id = $id", {"id": project_id}
    )
    name, contact = found[0] if found else ("", "")
    rows = store.read(
        "select pin_id from project_pin where project_id = $id order by pin_id", {"id": project_id}
    )
    pins = tuple(PinId(pin_id) for (pin_id,) in rows)
    return Application(project, name, contact, pins, parts.every(project, name, contact, pins))


def write(
    store: Store,
    actor: Actor,
    area: Area,
    project_id: str,
    part: str,
    value: Any,
    *,
    was: Any,
    now: datetime,
) -> Application:
    """Write one part over what the writer had seen in it (`was`); the same again is once.

    Raises Conflict when somebody else wrote in it meanwhile or it can be changed no more.
    """
    rules.check_project(actor, Act.APPLICATION_WRITE, project_id)
    new = form.checked(area, part, value)
    of_fund = fund_rules.current(store, new, local_day(now)).id if part == "fund" else ""

    def job(tx: Transaction) -> None:
        check_open(tx, actor, project_id)
        before = parts.stored(tx, project_id, part)
        if before == new:
            return
        if before != was:
            raise Conflict("application.changed_meanwhile")
        parts.store(tx, area, project_id, part, new, now=now)
        if of_fund:
            tx.execute(
                "update project set rules_id = $rules where id = $id",
                {"rules": of_fund, "id": project_id},
            )
        trail.note(
            tx, actor, Act.APPLICATION_WRITE, "project", project_id, now=now,
            details=parts.told(part, before),
        )  # fmt: skip

    store.write(job)
    return get(store, actor, project_id)


def may_write(actor: Actor, project: Project) -> bool:
    """Tell whether an actor can still write in an application."""
    allowed = BY_APPLICANT if actor.role == Role.APPLICANT else BY_OFFICE
    own = actor.role != Role.APPLICANT or actor.project == project.id
    return own and rules.may(actor, Act.APPLICATION_WRITE) and project.status in allowed


def rules_of(store: Store, project: Project, day: date) -> FundRules:
    """Return the rules that hold for an application: of this day for a draft, else its own."""
    if project.rules_id and project.status != ProjectStatus.DRAFT:
        return fund_rules.get(store, project.rules_id)
    return fund_rules.current(store, project.fund, day)


def findings(
    store: Store, actor: Actor, area: Area, project_id: str, *, now: datetime
) -> list[Finding]:
    """List what an application lacks now; the same for the applicant and the office."""
    application = get(store, actor, project_id)
    today, project = local_day(now), application.project
    handed_in = _handed_in(store, project_id)
    pot = pots.of_pot(store, project.fund, today.year)
    known = Known(
        today,
        handed_in,
        left=pot.left if pot.allotted else None,
        inside=contains(area, project.at),
    )
    return checklist(application.parts, rules_of(store, project, today), known)


def submit(
    store: Store,
    actor: Actor,
    area: Area,
    project_id: str,
    *,
    now: datetime,
    reason: str = "",
    version: int | None = None,
) -> None:
    """Hand an application in under the rules of this day; handed in already is fine.

    Raises BadInput while something is missing or stands in the way: the office may take it all the
    same, by a reason that stands in the trail; Conflict when it is not as at `version` any more.
    """
    rules.check_project(actor, Act.PROJECT_MOVE, project_id)
    why = project_moves.checked_reason(reason)
    project = get(store, actor, project_id).project
    if project.status == ProjectStatus.SUBMITTED:
        return
    open_points = blocking(findings(store, actor, area, project_id, now=now))
    by_hand = {"open": len(open_points), "reason": why} if open_points else {}
    if open_points and project.status in BY_APPLICANT:
        _check_by_hand(actor, why, len(open_points))
    rules_id = rules_of(store, project, local_day(now)).id

    def job(tx: Transaction) -> None:
        found = tx.execute("select version from project where id = $id", {"id": project_id})
        if found != [(project.version,)] or version not in (None, project.version):
            raise Conflict("application.changed_meanwhile")
        tx.execute(
            "update project set rules_id = $rules where id = $id",
            {"rules": rules_id, "id": project_id},
        )
        project_moves.moved(tx, actor, project_id, ProjectStatus.SUBMITTED, now=now)
        if by_hand:
            act = Act.PROJECT_MOVE
            trail.note(tx, actor, act, "project", project_id, now=now, details=by_hand)

    store.write(job)


def check_open(tx: Transaction, actor: Actor, project_id: str) -> None:
    """Refuse inside a write what an actor can change no more: NotFound, Conflict."""
    found = tx.execute("select status from project where id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    allowed = BY_APPLICANT if actor.role == Role.APPLICANT else BY_OFFICE
    if found[0][0] not in allowed:
        raise Conflict("application.closed")


# --- inside -----------------------------------------------------------------


def _check_by_hand(actor: Actor, why: str, points: int) -> None:
    """Let the office alone take what is not whole, on paper for instance, and by a reason."""
    if actor.role == Role.APPLICANT:
        raise BadInput("application.incomplete", n=points)
    if not why:
        raise BadInput("application.reason_missing", field="reason")


def _handed_in(store: Store, project_id: str) -> date | None:
    """Find the day on which an application was first handed in; None while it is a draft."""
    found = store.read(
        "select min(happened_at) from trail where thing = 'project' and thing_id = $id "
        "and act = $act and step = 'project_submitted'",
        {"id": project_id, "act": Act.PROJECT_MOVE},
    )
    first = found[0][0]
    return local_day(first.replace(tzinfo=UTC)) if first else None
