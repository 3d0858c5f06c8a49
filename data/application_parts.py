"""The parts of an application in the database: read and written inside a write, one at a time."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data import application_form as form
from data import application_place, followers, trail
from data.application_place import Spot
from data.pins import PUBLIC
from data.problems import NotFound
from data.projects import Project
from data.rules import PinId
from data.store import Transaction
from geo.area import Area
from geo.points import LonLat


def every(project: Project, name: str, contact: str, pins: tuple[PinId, ...]) -> dict[str, Any]:
    """Return every part of a loaded project by its name."""
    parts = {part: getattr(project, part) for part in form.COLUMNS}
    parts |= {part: form.read(part, project.details) for part in form.IN_DETAILS}
    parts |= {"name": name, "contact": contact, "pins": pins, "needs": tuple(project.needs)}
    return parts | {"at": _spot(project.at, project.shape, project.details)}


def _spot(at: LonLat, shape: str, details: Mapping[str, Any]) -> Spot | None:
    if details.get("placeless"):
        return None
    return application_place.read(at, json.loads(shape) if shape else None)


def stored(tx: Transaction, project_id: str, part: str) -> Any:
    """Read one part inside a write."""
    given = {"id": project_id}
    if part in form.COLUMNS:
        return tx.execute(f"select {part} from project where id = $id", given)[0][0]  # noqa: S608
    if part in ("name", "contact"):
        found = tx.execute(f"select {part} from project_contact where project_id = $id", given)  # noqa: S608
        return found[0][0] if found else ""
    if part in form.LINKS:
        one = part[:-1]
        found = tx.execute(
            f"select {one}_id from project_{one} where project_id = $id order by {one}_id",  # noqa: S608
            given,
        )
        return tuple(link for (link,) in found)
    row = tx.execute("select lon, lat, shape, details from project where id = $id", given)[0]
    details = json.loads(row[3])
    return (
        _spot(LonLat(row[0], row[1]), row[2], details) if part == "at" else form.read(part, details)
    )


def store(
    tx: Transaction, area: Area, project_id: str, part: str, value: Any, *, now: datetime
) -> None:
    """Write one checked part inside a write; the project is a version on."""
    if part in form.COLUMNS:
        _set(tx, project_id, f"{part} = $value", {"value": value}, now=now)
    elif part in ("name", "contact"):
        _contact(tx, project_id, part, value, now=now)
    elif part in form.LINKS:
        _link(tx, project_id, part[:-1], value)
        _set(tx, project_id, "", {}, now=now)
    elif part == "at":
        _place(tx, area, project_id, value, now=now)
    else:
        climate = part == "criteria" and "climate" in value  # the criterion says so as well
        sets = ", climate = true" if climate else ""
        _detail(tx, project_id, {part: form.kept(part, value)}, sets, {}, now=now)


def _set(
    tx: Transaction, project_id: str, sets: str, params: Mapping[str, Any], *, now: datetime
) -> None:
    tx.execute(
        f"update project set {sets}{',' * bool(sets)} version = version + 1, "  # noqa: S608
        "changed_at = $now where id = $id",
        {**params, "id": project_id, "now": trail.utc(now)},
    )


def _detail(
    tx: Transaction,
    project_id: str,
    new: Mapping[str, Any],
    sets: str,
    params: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    [(text,)] = tx.execute("select details from project where id = $id", {"id": project_id})
    details = {**json.loads(text), **new}
    kept = {name: value for name, value in details.items() if value is not None}
    sets = "details = $details" + sets
    told = json.dumps(kept, ensure_ascii=False)
    _set(tx, project_id, sets, {**params, "details": told}, now=now)


def _place(tx: Transaction, area: Area, project_id: str, spot: Spot, *, now: datetime) -> None:
    shape = application_place.kept(spot)
    params = {
        "lon": spot.at.lon,
        "lat": spot.at.lat,
        "place": application_place.in_words(area, spot),
        "shape": json.dumps(shape) if shape else "",
    }
    sets = ", lon = $lon, lat = $lat, place = $place, shape = $shape"
    _detail(tx, project_id, {"placeless": None}, sets, params, now=now)


def _contact(tx: Transaction, project_id: str, part: str, value: str, *, now: datetime) -> None:
    tx.execute(
        "insert into project_contact values ($id, '', '', $now) on conflict (project_id) "
        "do nothing",
        {"id": project_id, "now": trail.utc(now)},
    )
    tx.execute(
        f"update project_contact set {part} = $value, changed_at = $now where project_id = $id",  # noqa: S608
        {"value": value, "id": project_id, "now": trail.utc(now)},
    )
    _set(tx, project_id, "", {}, now=now)


def _link(tx: Transaction, project_id: str, one: str, ids: tuple[str, ...]) -> None:
    """Let a project answer exactly these needs or pins; what it answers must be there."""
    if one == "need":
        followers.check_there(tx, ids)
    else:
        check_public(tx, ids)
    given = {"project": project_id, "ids": list(ids)}
    tx.execute(
        f"delete from project_{one} where project_id = $project and {one}_id <> all($ids)",  # noqa: S608
        given,
    )
    tx.execute(
        f"insert into project_{one} select $project, unnest($ids::varchar[]) "
        f"on conflict (project_id, {one}_id) do nothing",
        given,
    )


def check_public(tx: Transaction, pin_ids: tuple[str, ...]) -> None:
    """Refuse with NotFound, inside a write, pins that not everybody may see."""
    found = tx.execute(
        "select count(*) from pin where id = any($ids) and status = any($public)",
        {"ids": list(pin_ids), "public": sorted(PUBLIC)},
    )
    if found != [(len(set(pin_ids)),)]:
        raise NotFound("pin.not_found")


def told(part: str, before: Any) -> dict[str, Any]:
    """Say in the trail what was changed and how it was; of a contact only that it was."""
    if part in ("name", "contact"):
        return {"changed": [part]}
    if part == "at":
        was = before and {"at": list(before.at), "shape": application_place.kept(before)}
    else:
        was = before.isoformat() if isinstance(before, date) else form.kept(part, before)
    return {"was": {part: was}}
