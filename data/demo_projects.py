"""The demo's projects: each goes its way by the table, is booked in its pot, spends and reports."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from data import (
    agreements,
    consultations,
    expenses,
    fund_steps,
    pot_sums,
    pots,
    project_moves,
    project_reports,
    projects,
)
from data.filters import local_day
from data.projects import Project, ProjectId, ProjectStatus
from data.rules import HOUSE, PinId
from data.store import Store
from geo.area import Area
from geo.points import LonLat

MADE, TALKED, MOVED, BOOKED = "16:00", "15:30", "16:30", "10:00"
SAME = ("title", "description", "fund", "cents", "field", "climate", "applicant", "details")


class Around(NamedTuple):
    """What the demo knows: who names its things, its moments by days ago, and where its files lie."""

    area: Area
    of: Callable[[str, object], str]
    moment: Callable[[int, str], datetime]
    folder: Path


History = Iterator[tuple[datetime, Callable[..., object]]]


def pots_of(store: Store, raw: list[dict[str, Any]], first: datetime, now: datetime) -> History:
    """List what each fund is allotted, in every year in which something is decided."""
    for year in range(local_day(first).year, local_day(now).year + 1):
        for pot in raw:
            yield first, partial(_allot, store, year, pot)


def history(store: Store, raw: dict[str, Any], around: Around) -> History:
    """List what happened to a project: when, and what to call with `now`."""
    project_id = ProjectId(around.of("project", raw["no"]))
    made = around.moment(raw["days_ago"], MADE)
    yield made, partial(_create, store, project_id, raw, around)
    for number, talk in enumerate(raw["consultations"]):
        key = around.of("consultation", f"{raw['no']}-{number}")
        at = max(made, around.moment(talk["days_ago"], TALKED))
        yield at, partial(_consult, store, project_id, key, talk)
    if "step" in raw:
        yield made, partial(_step, store, project_id, raw["step"])
    yield from _spent(store, project_id, raw, around)
    before: str = ProjectStatus.DRAFT
    for move in raw["moves"]:
        at = around.moment(move["days_ago"], move.get("at", MOVED))
        yield at, partial(_move, store, project_id, before, move, raw.get("agreement", ""))
        before = move["to"]


# --- inside -----------------------------------------------------------------


def _allot(store: Store, year: int, pot: Mapping[str, Any], *, now: datetime) -> None:
    if not pot_sums.of_pot(store, pot["fund"], year).allotted:
        pots.allot(store, HOUSE, year=year, seen=0, now=now, **pot)


def _create(
    store: Store, project_id: ProjectId, raw: dict[str, Any], around: Around, *, now: datetime
) -> None:
    day = local_day(now) + timedelta(days=raw["days_ago"])  # the day on which the demo is made
    projects.create(
        store,
        HOUSE,
        project_id=project_id,
        **{name: raw[name] for name in SAME},
        at=LonLat(*raw["at"]),
        area=around.area,
        need_ids=[projects.NeedId(around.of("need", key)) for key in raw["needs"]],
        pin_ids=[PinId(around.of("pin", number)) for number in raw["pins"]],
        status=ProjectStatus.DRAFT,
        starts_on=day + timedelta(days=raw["starts_in"]),
        ends_on=day + timedelta(days=raw["ends_in"]),
        lang=raw.get("lang", "de"),
        origin=raw.get("origin", ""),
        demo=True,
        now=now,
    )


def _consult(
    store: Store, project_id: str, key: str, talk: Mapping[str, Any], *, now: datetime
) -> None:
    consultations.write(
        store,
        HOUSE,
        project_id,
        consultation_id=key,
        held_on=local_day(now),
        words=talk["words"],
        for_jury=talk["for_jury"],
        now=now,
    )


def _step(store: Store, project_id: str, step: str, *, now: datetime) -> None:
    project = _get(store, project_id)
    if not project.step:
        fund_steps.walk(store, HOUSE, project_id, step=step, version=project.version, now=now)


def _move(
    store: Store,
    project_id: str,
    before: str,
    move: Mapping[str, Any],
    agreement: str,
    *,
    now: datetime,
) -> None:
    """Move a project on, unless it has gone on already: by a sitting, or before a broken start."""
    project = _get(store, project_id)
    if project.status != before:
        return
    if move["to"] == ProjectStatus.AGREEMENT:
        day = local_day(now)
        agreements.sign(store, HOUSE, project_id, signed_on=day, words=agreement, seen=0, now=now)
        return
    project_moves.move(
        store,
        HOUSE,
        project_id,
        to=move["to"],
        version=project.version,
        reason=move.get("reason", ""),
        cents=move.get("cents"),
        conditions=move.get("conditions", ""),
        now=now,
    )


def _spent(store: Store, project_id: str, raw: dict[str, Any], around: Around) -> History:
    for kind in ("paid", "returned"):
        for number, booking in enumerate(raw.get(kind, ())):
            token = around.of(kind, f"{raw['no']}-{number}")
            at = around.moment(booking["days_ago"], BOOKED)
            yield at, partial(_book, store, project_id, kind, token, booking)
    for number, spent in enumerate(raw.get("expenses", ())):
        key = around.of("expense", f"{raw['no']}-{number}")
        at = around.moment(spent["days_ago"], BOOKED)
        yield at, partial(_expense, store, project_id, key, spent)
    if "report" in raw:
        at = around.moment(raw["report"]["days_ago"], BOOKED)
        yield at, partial(_report, store, project_id, raw["report"], around)


def _book(
    store: Store,
    project_id: str,
    kind: str,
    token: str,
    booking: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    pots.book(
        store,
        HOUSE,
        token=token,
        project_id=project_id,
        kind=kind,
        cents=booking["cents"],
        seen=pot_sums.last_of(store, project_id),
        reason=booking.get("reason", ""),
        now=now,
    )


def _expense(
    store: Store, project_id: str, key: str, spent: Mapping[str, Any], *, now: datetime
) -> None:
    known = ("item", "cost", "cents", "receipt")
    day: date = local_day(now)
    given = {name: spent[name] for name in known}
    expenses.hand_in(store, HOUSE, project_id, expense_id=key, spent_on=day, now=now, **given)
    [state] = [one.state for one in expenses.of_project(store, HOUSE, project_id) if one.id == key]
    if state != expenses.State.HANDED_IN or spent.get("waits"):
        return
    expenses.review(
        store,
        HOUSE,
        key,
        project_id=project_id,
        state="refused" if "refused" in spent else "accepted",
        reason=spent.get("refused", ""),
        version=1,
        now=now,
    )


def _report(
    store: Store, project_id: str, told: Mapping[str, Any], around: Around, *, now: datetime
) -> None:
    if _get(store, project_id).status != ProjectStatus.RUNNING:
        return
    words, people = told["words"], told["people"]
    project_reports.keep(store, HOUSE, project_id, words=words, people=people, seen=0, now=now)
    for photo in told.get("photos", ()):
        key = around.of("report_photo", photo["file"])
        raw = (around.folder / photo["file"]).read_bytes()
        taken = project_reports.add_photo(
            store, HOUSE, project_id, raw, photo_id=key, words=photo["words"], now=now
        )
        if taken.state == project_reports.PhotoState.WAITING:
            project_reports.check_photo(store, HOUSE, key, shown=True, seen=taken.state, now=now)


def _get(store: Store, project_id: str) -> Project:
    return projects.get(store, HOUSE, ProjectId(project_id))
