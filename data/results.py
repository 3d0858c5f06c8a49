"""What became of it: answers that everybody may read, without an account. Public facts alone.

Public are: pins that were released, in their words; a need's title once it was answered, handed on
to somebody or into a project, together with what was written for the public; of a
project its title, fund, sum, place and state once it was submitted (its pins are told so at that
moment). Never: drafts and withdrawn projects, descriptions and applicants, a need without a public
pin, notes, why a group was suggested, why a pin was hidden once.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import Any

from data import trail
from data.filters import Filter
from data.followers import NeedStatus
from data.pins import ANSWERS, PUBLIC, Kind, Pin, get, listing
from data.problems import NotFound
from data.project_moves import GRANTED, STEPS
from data.projects import UNDER_WAY, ProjectStatus
from data.rules import VISITOR, PinId
from data.store import Store
from data.trail import Step
from geo.points import LonLat

UNSEEN = (ProjectStatus.DRAFT, ProjectStatus.WITHDRAWN)
PROJECT_STEPS = frozenset(step for step in STEPS if step.startswith("project_"))
_DECISION = ("project", "title", "cents", "conditions", "sentence")
TOLD = {  # what a public step may say; whatever else stands in its details stays inside
    "received": (),
    "released": (),
    "grouped": ("need", "title"),
    "forwarded": ("authority", "sentence"),
    "route_answered": ("authority", "answers"),
    "route_done": ("authority", "answers"),
    "route_refused": ("authority", "answers"),
    "project": ("project", "title"),
    "done": ("project", "title", "sentence"),
    "reopened": ("sentence",),
    "not_feasible": ("sentence",),
    "answered": ("answers",),
    "postponed": ("day", "reason", "sentence"),
    "promised": ("day",),
    **{step: ("project", "title", "sentence") for step in PROJECT_STEPS},
    **{f"project_{granted}": _DECISION for granted in sorted(GRANTED)},
}
TOLD_TO_PINS = sorted(ANSWERS - {"answered"} | {"postponed", "promised"} | PROJECT_STEPS)
PAGE = 200  # needs or projects of one answer: more than any neighbourhood has


class State(StrEnum):
    """Where an answer stands."""

    ANSWERED = "answered"  # in words, and with nobody else
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
    """An answer: a project, a need that was handed on or answered, or an answered single pin."""

    key: str  # "need-3", "project-11" or "pin-7", for addresses
    number: int
    title: str  # of a single pin its words
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
    pin: str = ""  # the id of a single pin
    own: tuple[str, ...] = ()  # public pins that a project answers beside those of its needs
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
    """List the answers: projects, needs, then the last single pins, each newest first."""
    told = _needs(store)
    projects = [_project(row, told) for row in _projects(store)]
    planned = {need for entry in projects for need in entry.needs}
    alone = [row for need, row in told.items() if need not in planned and _stands(row)]
    return [*projects, *map(_need, alone), *map(_single, _singles(store))]


def behind(store: Store, entry: Entry, *, limit: int = PAGE) -> list[Pin]:
    """List the public pins behind an answer, newest first."""
    if entry.pin:
        return _seen(store, [entry.pin])
    public = tuple(sorted(PUBLIC))
    found = [
        pin
        for need in entry.needs
        for pin in listing(store, VISITOR, Filter(need=need, status=public), limit=limit)
    ]
    found += _seen(store, entry.own)
    return sorted(found, key=lambda pin: (pin.created_at, pin.number), reverse=True)[:limit]


def unanswered(store: Store, *, limit: int) -> list[Pin]:
    """List public pins that wait for an answer, newest first."""
    rows = store.read(
        "select id from pin where status = any($public) and answered_at is null "
        "order by created_at desc, number desc limit $limit",
        {"public": sorted(PUBLIC), "limit": limit},
    )
    return _seen(store, [row[0] for row in rows])


def way_of(store: Store, entry: Entry) -> list[Step]:
    """List what was told about an answer, oldest first, each step once."""
    if entry.pin:
        return _public_steps(store, trail.steps(store, "pin", entry.pin))
    rows = store.read(
        "select step, min(happened_at), details from trail where "
        "(thing = 'need' and step = 'answered' and thing_id = any($needs)) or "
        "(thing = 'pin' and step = any($told) and thing_id in (select id from pin where "
        "(need_id = any($needs) or id = any($own)) and status = any($public))) "
        "group by step, details order by min(happened_at), step",
        {
            "told": TOLD_TO_PINS,
            "needs": list(entry.needs),
            "own": list(entry.own),
            "public": sorted(PUBLIC),
        },
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


def _seen(store: Store, pin_ids: Sequence[str]) -> list[Pin]:
    """Load the pins of these that everybody may see."""
    found = []
    for pin_id in pin_ids:
        with contextlib.suppress(NotFound):
            found.append(get(store, VISITOR, PinId(pin_id)))
    return found


def _needs(store: Store) -> dict[str, dict[str, Any]]:
    """Read the needs that were handed on, answered or in a project, with their public pins' middle.

    A need that a refused project gave back stays told with it.
    """
    rows = store.rows(
        "select need.id, number, title, need.field, need.status, authority, demo, "
        "need.id in (select thing_id from answer where thing = 'need') as answered, "
        "pins, lon, lat, kind from need join (select need_id, count(*) as pins, avg(lon) as lon, "
        "avg(lat) as lat, mode() within group (order by kind) as kind "
        "from pin where need_id is not null and status = any($public) group by need_id) as said "
        "on said.need_id = need.id where need.status <> $open "
        "or need.id in (select thing_id from answer where thing = 'need') or need.id in "
        "(select need_id from project_need join project on project.id = project_id "
        "where project.status <> all($unseen)) order by need.changed_at desc, number desc",
        {"public": sorted(PUBLIC), "open": NeedStatus.OPEN, "unseen": sorted(UNSEEN)},
    )
    return {row["id"]: row for row in rows}


def _projects(store: Store) -> list[dict[str, Any]]:
    """Read the projects that everybody may see, each with its needs."""
    return store.rows(
        "select id, number, title, fund, cents, field, lon, lat, status, demo, "
        "(select array_agg(need_id order by need_id) from project_need "
        "where project_id = project.id) as needs, "
        "(select array_agg(pin_id order by pin_id) from project_pin join pin on pin.id = pin_id "
        "where project_id = project.id and pin.status = any($public) and (need_id is null or "
        "need_id not in (select need_id from project_need where project_id = project.id))) as own "
        "from project where status <> all($unseen) order by number desc",
        {"unseen": sorted(UNSEEN), "public": sorted(PUBLIC)},
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
        pins=sum(need["pins"] for need in said) + len(row["own"] or ()),
        needs=needs,
        own=tuple(row["own"] or ()),
    )


def _project_state(status: str) -> State:
    if status == ProjectStatus.CLOSED:
        return State.DONE
    return State.NOT_FEASIBLE if status == ProjectStatus.REJECTED else State.IN_PROJECT


def _stands(row: Mapping[str, Any]) -> bool:
    """Tell whether a need is an answer by itself; where its project was given up, as handed on."""
    return row["status"] != NeedStatus.PROJECT or row["authority"] != "" or row["answered"]


def _need(row: Mapping[str, Any]) -> Entry:
    return Entry(
        key=f"need-{row['number']}",
        **{name: row[name] for name in ("number", "title", "field", "authority", "pins", "demo")},
        state=_need_state(row["status"], row["authority"]),
        at=LonLat(row["lon"], row["lat"]),
        kind=Kind(row["kind"]),
        needs=(row["id"],),
    )


def _need_state(status: str, authority: str) -> State:
    """Tell where a need stands by itself: what was given up as a project is what it was before."""
    if status in (NeedStatus.OPEN, NeedStatus.PROJECT):
        return State.FORWARDED if authority else State.ANSWERED
    return State(status)


def _singles(store: Store) -> list[dict[str, Any]]:
    """Read the public pins that were answered on their own, the last answers first."""
    return store.rows(
        "select pin.id, number, words, kind, field, lon, lat, demo from pin join "
        "(select thing_id, max(changed_at) as told from answer where thing = 'pin' "
        "group by thing_id) as said on said.thing_id = pin.id "
        "where need_id is null and status = any($public) order by told desc limit $limit",
        {"public": sorted(PUBLIC), "limit": PAGE},
    )


def _single(row: Mapping[str, Any]) -> Entry:
    return Entry(
        key=f"pin-{row['number']}",
        **{name: row[name] for name in ("number", "field", "demo")},
        title=row["words"],
        state=State.ANSWERED,
        at=LonLat(row["lon"], row["lat"]),
        kind=Kind(row["kind"]),
        pins=1,
        needs=(),
        pin=row["id"],
    )
