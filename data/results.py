"""What became of it: answers that everybody may read, without an account. Public facts alone.

Public are: pins that were released, in their words; a need's title once it was handed on to
somebody or into a project, together with the sentence that was written for the public; of a
project its title, fund, sum, place and state once it was submitted (its pins are told so at that
moment). Never: drafts and withdrawn projects, descriptions and applicants, a need without a public
pin, notes, why a group was suggested, why a pin was hidden once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import Any

from data import trail
from data.filters import Filter
from data.followers import NeedStatus
from data.pins import ANSWERS, PUBLIC, Kind, Pin, Status, listing
from data.projects import UNDER_WAY, ProjectStatus
from data.rules import VISITOR
from data.store import Store
from data.trail import Step
from geo.points import LonLat

ANSWERED = (Status.DONE, Status.FORWARDED, Status.IN_PROJECT, Status.NOT_FEASIBLE)
UNSEEN = (ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN)
TOLD = {  # what a public step may say; whatever else stands in its details stays inside
    "received": (),
    "released": (),
    "grouped": ("need", "title"),
    "forwarded": ("authority", "sentence"),
    "project": ("project", "title"),
    "done": ("project", "title"),
    "not_feasible": ("sentence",),
}
PAGE = 200  # needs or projects of one answer: more than any neighbourhood has


class State(StrEnum):
    """Where an answer stands."""

    FORWARDED = "forwarded"  # which is not done
    IN_PROJECT = "in_project"
    DONE = "done"
    NOT_FEASIBLE = "not_feasible"


@dataclass(frozen=True)
class Figures:
    """How many public contributions have an answer, and after how many days in the middle."""

    public: int
    answered: int
    days: float | None  # the median; None while nothing is answered

    @property
    def share(self) -> int:
        """The answered ones of a hundred; a hundred only when all are."""
        return 100 * self.answered // self.public if self.public else 0


@dataclass(frozen=True)
class Entry:
    """An answer: a project, or a need that was handed on without one."""

    key: str  # "need-3" or "project-11", for addresses
    number: int
    title: str
    state: State
    at: LonLat
    kind: Kind  # of most pins behind it
    pins: int  # public ones behind it
    needs: tuple[str, ...]
    field: str
    authority: str = ""
    project: ProjectStatus | None = None  # where a project stands
    fund: str = ""
    cents: int = 0
    demo: bool = False

    @property
    def under_way(self) -> bool:
        """Tell whether a project was decided on and is not over."""
        return self.project in UNDER_WAY


def figures(store: Store) -> Figures:
    """Count the public pins and those with an answer, and the median days from pin to answer."""
    row = store.read(
        "select count(*), count(answered_at), percentile_cont(0.5) within group (order by "
        "extract(epoch from answered_at - created_at) / 86400) from pin "
        "where status = any($public)",
        {"public": sorted(PUBLIC)},
    )[0]
    days = None if row[2] is None else max(0.0, float(row[2]))
    return Figures(public=row[0], answered=row[1], days=days)


def entries(store: Store) -> list[Entry]:
    """List the answers, projects first, the newest first."""
    told = _needs(store)
    projects = [_project(row, told) for row in _projects(store)]
    planned = {need for entry in projects for need in entry.needs}
    alone = [row for need, row in told.items() if need not in planned and _stands(row)]
    return [*projects, *map(_need, alone)]


def behind(store: Store, entry: Entry, *, limit: int = PAGE) -> list[Pin]:
    """List the public pins behind an answer, newest first."""
    public = tuple(sorted(PUBLIC))
    found = [
        pin
        for need in entry.needs
        for pin in listing(store, VISITOR, Filter(need=need, status=public), limit=limit)
    ]
    return sorted(found, key=lambda pin: (pin.created_at, pin.number), reverse=True)[:limit]


def unanswered(store: Store, *, limit: int) -> list[Pin]:
    """List public pins that wait for an answer, newest first."""
    waiting = tuple(sorted(PUBLIC - set(ANSWERED)))
    return listing(store, VISITOR, Filter(status=waiting), limit=limit)


def way_of(store: Store, entry: Entry) -> list[Step]:
    """List what was told about an answer, oldest first, each step once."""
    rows = store.read(
        "select step, min(happened_at), details from trail where thing = 'pin' "
        "and step = any($answers) and thing_id in "
        "(select id from pin where need_id = any($needs) and status = any($public)) "
        "group by step, details order by min(happened_at), step",
        {"answers": list(ANSWERS), "needs": list(entry.needs), "public": sorted(PUBLIC)},
    )
    steps = [Step(key, at.replace(tzinfo=UTC), json.loads(text)) for key, at, text in rows]
    return _public_steps(store, steps)


def way(store: Store, pin: Pin) -> list[Step]:
    """List a public pin's way as everybody may read it; less than its sender is told."""
    if pin.status not in PUBLIC:
        return []
    return _public_steps(store, trail.steps(store, "pin", pin.id))


# --- inside -----------------------------------------------------------------


def _public_steps(store: Store, steps: Sequence[Step]) -> list[Step]:
    """Keep what may be told; a need's title only once it was handed on, a project's if seen."""
    projects = _projects(store)
    planned = {need for row in projects for need in row["needs"] or ()}
    handed_on = {
        row["number"] for need, row in _needs(store).items() if need in planned or _stands(row)
    }
    seen = {row["number"] for row in projects}
    found: list[Step] = []
    for step in steps:
        if step.key not in TOLD:
            continue
        told = {key: step.details[key] for key in TOLD[step.key] if key in step.details}
        if step.key == "grouped" and told.get("need") not in handed_on:
            found.append(Step("together", step.at, {}))
        elif "project" not in told or told["project"] in seen:
            found.append(replace(step, details=told))
    return found


def _needs(store: Store) -> dict[str, dict[str, Any]]:
    """Read the needs that were handed on and have public pins, with the middle of these."""
    rows = store.rows(
        "select need.id, number, title, need.field, need.status, authority, demo, "
        "pins, lon, lat, kind from need join (select need_id, count(*) as pins, avg(lon) as lon, "
        "avg(lat) as lat, mode() within group (order by kind) as kind "
        "from pin where need_id is not null and status = any($public) group by need_id) as said "
        "on said.need_id = need.id where need.status <> $open "
        "order by need.changed_at desc, number desc",
        {"public": sorted(PUBLIC), "open": NeedStatus.OPEN},
    )
    return {row["id"]: row for row in rows}


def _projects(store: Store) -> list[dict[str, Any]]:
    """Read the projects that everybody may see, each with its needs."""
    return store.rows(
        "select id, number, title, fund, cents, field, lon, lat, status, demo, "
        "(select array_agg(need_id order by need_id) from project_need "
        "where project_id = project.id) as needs "
        "from project where status <> all($unseen) order by number desc",
        {"unseen": sorted(UNSEEN)},
    )


def _project(row: Mapping[str, Any], told: Mapping[str, Mapping[str, Any]]) -> Entry:
    needs = tuple(need for need in row["needs"] or () if need in told)
    said = [told[need] for need in needs]
    return Entry(
        key=f"project-{row['number']}",
        **{name: row[name] for name in ("number", "title", "field", "fund", "cents", "demo")},
        state=_project_state(row["status"]),
        project=ProjectStatus(row["status"]),
        at=LonLat(row["lon"], row["lat"]),
        kind=Kind(said[0]["kind"]) if said else Kind.IDEA,
        pins=sum(need["pins"] for need in said),
        needs=needs,
    )


def _project_state(status: str) -> State:
    if status == ProjectStatus.CLOSED:
        return State.DONE
    return State.NOT_FEASIBLE if status == ProjectStatus.REJECTED else State.IN_PROJECT


def _stands(row: Mapping[str, Any]) -> bool:
    """Tell whether a need is an answer by itself; where its project was given up, as handed on."""
    return row["status"] != NeedStatus.PROJECT or row["authority"] != ""


def _need(row: Mapping[str, Any]) -> Entry:
    return Entry(
        key=f"need-{row['number']}",
        **{name: row[name] for name in ("number", "title", "field", "authority", "pins", "demo")},
        state=State.FORWARDED
        if row["authority"] and row["status"] == "project"
        else State(row["status"]),
        at=LonLat(row["lon"], row["lat"]),
        kind=Kind(row["kind"]),
        needs=(row["id"],),
    )
