"""Saved views: filters with a name, for everybody of the office."""

import urllib.parse
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NewType

from data import filters, rules, trail
from data.filters import Filter
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PersonId
from data.store import Store, Transaction
from data.texts import clean
from geo.places import fold

ViewId = NewType("ViewId", str)
MAX_NAME, MAX_QUERY = 80, 4000


@dataclass(frozen=True)
class View:
    """A filter with a name. Times are UTC."""

    id: ViewId
    name: str
    page: str  # where it was saved
    wanted: Filter
    person: PersonId | None
    created_at: datetime


def listing(store: Store, actor: Actor) -> list[View]:
    """List all saved views by name; what a newer filter no longer knows is left out of them."""
    rules.check(actor, Act.VIEW_SAVE)
    found = [_load(row) for row in store.rows("select * from saved_view")]
    return sorted(found, key=lambda view: (fold(view.name), view.name, view.id))


def save(
    store: Store,
    actor: Actor,
    view_id: ViewId,
    *,
    name: str,
    page: str,
    wanted: Filter,
    now: datetime,
) -> None:
    """Save a filter under a name; a view already stored under its id stays as it is.

    Raises BadInput for a name or filter that cannot be taken, Conflict for a name in use.
    """
    rules.check(actor, Act.VIEW_SAVE)
    given = {"id": view_id, "name": _name(name), "query": _query(wanted)}

    def job(tx: Transaction) -> None:
        if tx.execute("select id from saved_view where id = $id", {"id": view_id}):
            return
        _check_free(tx, view_id, given["name"])
        tx.execute(
            "insert into saved_view values ($id, $name, $page, $query, $person, $now)",
            {**given, "page": page[:40], "person": actor.person, "now": trail.utc(now)},
        )
        trail.note(tx, actor, Act.VIEW_SAVE, "view", view_id, now=now, details=given)

    store.write(job)


def change(
    store: Store,
    actor: Actor,
    view_id: ViewId,
    *,
    now: datetime,
    name: str | None = None,
    wanted: Filter | None = None,
) -> None:
    """Give a view another name, another filter or both; NotFound when somebody deleted it."""
    rules.check(actor, Act.VIEW_SAVE)
    sets = ({} if name is None else {"name": _name(name)}) | (
        {} if wanted is None else {"query": _query(wanted)}
    )
    if not sets:
        return

    def job(tx: Transaction) -> None:
        before = _row(tx, view_id)
        _check_free(tx, view_id, sets.get("name", before["name"]))
        columns = ", ".join(f"{column} = ${column}" for column in sets)
        tx.execute(f"update saved_view set {columns} where id = $id", {**sets, "id": view_id})  # noqa: S608
        details = {"before": before, **sets}
        trail.note(tx, actor, Act.VIEW_SAVE, "view", view_id, now=now, details=details)

    store.write(job)


def delete(store: Store, actor: Actor, view_id: ViewId, *, now: datetime) -> None:
    """Delete a view; its name and filter stay in the trail. NotFound when it is gone already."""
    rules.check(actor, Act.VIEW_SAVE)

    def job(tx: Transaction) -> None:
        before = _row(tx, view_id)
        tx.execute("delete from saved_view where id = $id", {"id": view_id})
        details = {"before": before, "deleted": True}
        trail.note(tx, actor, Act.VIEW_SAVE, "view", view_id, now=now, details=details)

    store.write(job)


# --- inside -----------------------------------------------------------------


def _name(given: str) -> str:
    name = " ".join(clean(given[: 20 * MAX_NAME]).split())
    if not name:
        raise BadInput("view.name_missing", field="name")
    if len(name) > MAX_NAME:
        raise BadInput("view.name_too_long", field="name", limit=MAX_NAME)
    return name


def _query(wanted: Filter) -> str:
    """Write a filter as it is stored; what makes no sense is left out as from any address."""
    sane = filters.from_query(filters.to_query(wanted))
    query = urllib.parse.urlencode(filters.to_query(sane))
    if not query:
        raise BadInput("view.empty", field="query")
    if len(query) > MAX_QUERY:
        raise BadInput("view.too_much", field="query")
    return query


def _check_free(tx: Transaction, view_id: ViewId, name: str) -> None:
    rows = tx.execute("select name from saved_view where id <> $id", {"id": view_id})
    if any(fold(taken) == fold(name) for (taken,) in rows):
        raise Conflict("view.name_taken", name=name)


def _row(tx: Transaction, view_id: ViewId) -> dict[str, str]:
    found = tx.execute("select name, query from saved_view where id = $id", {"id": view_id})
    if not found:
        raise NotFound("view.gone")
    return dict(zip(("name", "query"), found[0], strict=True))


def _load(row: dict[str, Any]) -> View:
    query = dict(urllib.parse.parse_qsl(row["query"]))
    return View(
        id=ViewId(row["id"]),
        name=row["name"],
        page=row["page"],
        wanted=filters.from_query(query),
        person=row["person_id"],
        created_at=row["created_at"].replace(tzinfo=UTC),
    )
