"""Projects: what is proposed for needs, with a fund, a sum and a place; what the jury reads."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from data import followers, fund_rules, needs, pins, rules, trail
from data.fields import KNOWN, with_old
from data.filters import Filter, local_day
from data.funds import Fund, check_sum
from data.needs import NeedId, checked_title
from data.pins import PUBLIC, Pin
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId, ProjectId, Role
from data.store import Store, Transaction
from data.texts import clean
from geo import places
from geo.area import Area, in_box
from geo.points import LonLat, is_place

MAX_DESCRIPTION = 5000


class ProjectStatus(StrEnum):
    """Where a project stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKING = "checking"  # by the programme's rules
    REVISION = "revision"
    BEFORE_JURY = "before_jury"
    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved_with_conditions"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    AGREEMENT = "agreement"
    RUNNING = "running"
    ACCOUNTED = "accounted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


UNDER_WAY = frozenset(
    {
        ProjectStatus.APPROVED,
        ProjectStatus.APPROVED_WITH_CONDITIONS,
        ProjectStatus.AGREEMENT,
        ProjectStatus.RUNNING,
        ProjectStatus.ACCOUNTED,
    }
)
OVER = frozenset({ProjectStatus.REJECTED, ProjectStatus.WITHDRAWN, ProjectStatus.CLOSED})


@dataclass(frozen=True)
class Project:
    """A stored project. Money is in cents, times are UTC."""

    id: ProjectId
    number: int
    title: str
    description: str
    fund: Fund
    cents: int
    field: str
    climate: bool
    at: LonLat
    place: places.PlaceWords
    applicant: str  # what kind of applicant, never a name
    details: Mapping[str, Any]
    status: ProjectStatus
    demo: bool
    version: int
    created_at: datetime
    changed_at: datetime
    rules_id: str  # of the fund rules that it was made under, "" = none known
    granted: int | None  # cents, None = nothing decided, or rejected
    conditions: str
    reason: str  # of the decision, for everybody
    lang: str  # the applicant's
    shape: str  # GeoJSON of a line or an area, "" = the point alone
    starts_on: date | None
    ends_on: date | None
    step: str  # in its fund's own list of steps
    origin: str  # "advice": a resident asked for advice
    needs: tuple[NeedId, ...]
    pins: int  # public ones behind it


@dataclass(frozen=True)
class Voices:
    """Pins counted, the most frequent first."""

    pins: int
    kinds: Mapping[str, int]
    languages: Mapping[str, int]
    sources: Mapping[str, int]


SELECT = (
    "select id, number, title, description, fund, cents, field, climate, lon, lat, place, "
    "applicant, details, status, demo, version, created_at, changed_at, rules_id, granted, "
    "conditions, reason, lang, shape, starts_on, ends_on, step, origin from project"
)

# Public pins of projects, by their needs or answered directly: each counts once
BEHIND = (
    "select project_id, count(*) from (select project_id, pin.id from project_need "
    "join pin on pin.need_id = project_need.need_id "
    "where project_id = any($ids) and status = any($public) "
    "union select project_id, pin.id from project_pin join pin on pin.id = pin_id "
    "where project_id = any($ids) and status = any($public)) as behind group by project_id"
)


def create(
    store: Store,
    actor: Actor,
    *,
    project_id: ProjectId,
    title: str,
    description: str,
    fund: str,
    cents: int,
    field: str,
    climate: bool,
    at: LonLat,
    area: Area,
    need_ids: Collection[NeedId],
    now: datetime,
    applicant: str = "",
    details: Mapping[str, Any] | None = None,
    status: str = ProjectStatus.SUBMITTED,
    pin_ids: Collection[PinId] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
    lang: str = "de",
    origin: str = "",
    demo: bool = False,
) -> Project:
    """Make a project of needs, and of pins; one already made under its id stays as it is.

    It keeps the rules that its fund has on this day. Needs and their pins follow at once, unless
    it is a draft; pins that it answers directly follow as it is moved (data/project_moves.py).
    """
    rules.check(actor, Act.PROJECT_WRITE)
    record = checked(area, title, description, fund, cents, field, at, applicant)
    record |= {"id": project_id, "climate": bool(climate), "status": ProjectStatus(status)}
    record |= {"details": json.dumps(details or {}, ensure_ascii=False), "demo": demo}
    record |= {"starts_on": starts_on, "ends_on": ends_on, "lang": lang, "origin": origin}
    record |= {"rules": fund_rules.current(store, fund, local_day(now)).id}
    chosen = sorted(set(need_ids))

    def job(tx: Transaction) -> None:
        made = tx.execute(
            "insert into project by name select $id as id, "
            "(select coalesce(max(number), 0) + 1 from project) as number, $title as title, "
            "$description as description, $fund as fund, $cents as cents, $field as field, "
            "$climate as climate, $lon as lon, $lat as lat, $place as place, "
            "$applicant as applicant, $details as details, $status as status, $demo as demo, "
            "1 as version, $now as created_at, $now as changed_at, $rules as rules_id, "
            "'' as conditions, '' as reason, $lang as lang, '' as shape, '' as step, "
            "$origin as origin, $starts_on as starts_on, $ends_on as ends_on "
            "on conflict (id) do nothing returning number",
            {**record, "now": trail.utc(now)},
        )
        if made:
            entered = record["status"] != ProjectStatus.DRAFT
            told = {"project": made[0][0], "title": record["title"]} if entered else {}
            step = "project_submitted" if entered else ""
            trail.note(
                tx,
                actor,
                Act.PROJECT_WRITE,
                "project",
                project_id,
                now=now,
                step=step,
                details=told,
            )
            tx.execute(
                "insert into project_pin select $id, unnest($pins::varchar[])",
                {"id": project_id, "pins": sorted(set(pin_ids))},
            )
            _link(tx, actor, project_id, chosen, now=now)

    store.write(job)
    return get(store, actor, project_id)


def change(
    store: Store,
    actor: Actor,
    project_id: ProjectId,
    *,
    version: int,
    area: Area,
    now: datetime,
    **changes: Any,
) -> Project:
    """Change a project as it was at a version; Conflict when it was changed meanwhile.

    What may be changed: title, description, fund, cents, field, climate, at, applicant, details.
    """
    rules.check(actor, Act.PROJECT_WRITE)
    before = get(store, actor, project_id)
    new = {name: getattr(before, name) for name in CHANGEABLE} | changes
    if set(new) != set(CHANGEABLE):
        raise TypeError(f"cannot change {sorted(set(new) - set(CHANGEABLE))}")
    climate, details = bool(new.pop("climate")), new.pop("details")
    record = checked(area, **new)
    record |= {"climate": climate, "details": json.dumps(dict(details), ensure_ascii=False)}
    changed = sorted(name for name in changes if changes[name] != getattr(before, name))

    def job(tx: Transaction) -> None:
        _update(tx, project_id, version, record, now=now)
        was = {name: _plain(getattr(before, name)) for name in changed}
        kept = {"was": was}
        trail.note(tx, actor, Act.PROJECT_WRITE, "project", project_id, now=now, details=kept)

    store.write(job)
    return get(store, actor, project_id)


def add_needs(
    store: Store,
    actor: Actor,
    project_id: ProjectId,
    *,
    need_ids: Collection[NeedId],
    version: int,
    now: datetime,
) -> Project:
    """Let more needs be answered by a project; one that is there already stays as it is."""
    rules.check(actor, Act.PROJECT_WRITE)
    chosen = sorted(set(need_ids))

    def job(tx: Transaction) -> None:
        _update(tx, project_id, version, {}, now=now)
        _link(tx, actor, project_id, chosen, now=now)

    store.write(job)
    return get(store, actor, project_id)


def get(store: Store, actor: Actor, project_id: ProjectId) -> Project:
    """Load one project that the actor may see; NotFound otherwise."""
    found = _found(store, actor, "id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    return found[0]


def listing(
    store: Store,
    actor: Actor,
    *,
    fund: Sequence[str] = (),
    field: Sequence[str] = (),
    status: Sequence[str] = (),
    text: str = "",
) -> list[Project]:
    """List the projects under a filter (empty means all) that the actor may see, newest first."""
    given = {"fund": fund, "field": with_old(field), "status": status}
    params = {name: list(values) for name, values in given.items() if values}
    where = " and ".join(["true", *(f"{name} = any(${name})" for name in params)])
    asked = places.fold(text).split()
    return [
        project
        for project in _found(store, actor, where, params)
        if all(word in _searched(project) for word in asked)
    ]


def pins_behind(store: Store, actor: Actor, project_id: ProjectId) -> list[Pin]:
    """List the public pins of a project's needs and those that it answers itself, newest first."""
    public = tuple(sorted(PUBLIC))
    found = {
        pin.id: pin
        for need_id in get(store, actor, project_id).needs
        for pin in pins.listing(
            store, actor, Filter(need=need_id, status=public), limit=needs.MAX_PINS
        )
    }
    own = store.read(
        "select id from pin join project_pin on pin_id = id where project_id = $id "
        "and status = any($public)",
        {"id": project_id, "public": list(public)},
    )
    found |= {pin_id: pins.get(store, actor, pin_id) for (pin_id,) in own if pin_id not in found}
    return sorted(found.values(), key=lambda pin: (pin.created_at, pin.number), reverse=True)


def voices(behind: Sequence[Pin]) -> Voices:
    """Count pins by kind, language and source."""
    return Voices(
        pins=len(behind),
        kinds=dict(Counter(pin.kind.value for pin in behind).most_common()),
        languages=dict(Counter(pin.lang for pin in behind).most_common()),
        sources=dict(Counter(pin.source for pin in behind).most_common()),
    )


# --- inside -----------------------------------------------------------------


CHANGEABLE = (
    "title",
    "description",
    "fund",
    "cents",
    "field",
    "climate",
    "at",
    "applicant",
    "details",
)


def checked(
    area: Area,
    title: str,
    description: str,
    fund: str,
    cents: int,
    field: str,
    at: LonLat,
    applicant: str,
) -> dict[str, Any]:
    """Return what can be stored, or refuse it with BadInput."""
    text = clean(description)
    if len(text) > MAX_DESCRIPTION:
        limits = {"limit": MAX_DESCRIPTION, "length": len(text)}
        raise BadInput("project.description_too_long", field="description", **limits)
    if field not in KNOWN:
        raise BadInput("need.field_missing", field="field")
    place = _checked_place(area, at)
    return {
        "title": checked_title(title),
        "description": text,
        "fund": check_sum(fund, cents),
        "cents": cents,
        "field": field,
        "lon": at.lon,
        "lat": at.lat,
        "place": place,
        "applicant": " ".join(clean(applicant).split())[: needs.MAX_TITLE],
    }


def _checked_place(area: Area, at: LonLat) -> str:
    if not is_place(at.lon, at.lat):
        raise BadInput("pin.place_unreadable", field="place")
    if not in_box(area, at):
        raise BadInput("pin.place_outside", field="place", area=area.title)
    return places.in_words(area, at).encode()


def _link(
    tx: Transaction, actor: Actor, project_id: str, need_ids: Sequence[str], *, now: datetime
) -> None:
    number, title, status = _head(tx, project_id)
    linked = [
        need_id
        for need_id in need_ids
        if tx.execute(
            "insert into project_need values ($project, $need) "
            "on conflict (project_id, need_id) do nothing returning need_id",
            {"project": project_id, "need": need_id},
        )
    ]
    if status == ProjectStatus.DRAFT:
        followers.check_there(tx, linked)
    else:
        told = {"project": number, "title": title}
        followers.enter_project(tx, actor, linked, told, now=now)


def _head(tx: Transaction, project_id: str) -> tuple[int, str, str]:
    found = tx.execute(
        "select number, title, status from project where id = $id", {"id": project_id}
    )
    if not found:
        raise NotFound("project.not_found")
    number, title, status = found[0]
    return number, title, status


def _update(
    tx: Transaction, project_id: str, version: int, record: Mapping[str, Any], *, now: datetime
) -> None:
    sets = "".join(f"{name} = ${name}, " for name in record)
    done = tx.execute(
        f"update project set {sets}version = version + 1, changed_at = $now "  # noqa: S608
        "where id = $id and version = $version returning id",
        {**record, "id": project_id, "version": version, "now": trail.utc(now)},
    )
    if not done:
        _head(tx, project_id)
        raise Conflict("project.changed_meanwhile")


def _found(store: Store, actor: Actor, where: str, params: Mapping[str, Any]) -> list[Project]:
    rules.check(actor, Act.PROJECT_READ)
    if actor.role == Role.JURY:  # a draft is the applicant's and the office's
        where = f"{where} and status <> 'draft'"
    rows = store.rows(f"{SELECT} where {where} order by number desc", params or None)
    ids = [row["id"] for row in rows]
    linked = store.read(
        "select project_id, need_id from project_need where project_id = any($ids) "
        "order by need_id",
        {"ids": ids},
    )
    behind = dict(store.read(BEHIND, {"ids": ids, "public": sorted(PUBLIC)}))
    return [
        _project(row, [link for link in linked if link[0] == row["id"]], behind.get(row["id"], 0))
        for row in rows
    ]


def _project(row: dict[str, Any], linked: Sequence[tuple[str, str]], behind: int) -> Project:
    lon, lat = row.pop("lon"), row.pop("lat")
    return Project(
        **{
            **row,
            "fund": Fund(row["fund"]),
            "place": places.decode(row["place"]),
            "details": json.loads(row["details"]),
            "status": ProjectStatus(row["status"]),
            "created_at": row["created_at"].replace(tzinfo=UTC),
            "changed_at": row["changed_at"].replace(tzinfo=UTC),
        },
        at=LonLat(lon, lat),
        needs=tuple(NeedId(need_id) for _, need_id in linked),
        pins=behind,
    )


def _searched(project: Project) -> str:
    return places.fold(f"{project.title} {project.description} {project.place}")


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
