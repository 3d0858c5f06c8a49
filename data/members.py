"""Members of bodies: their terms, what staff confirmed, and who they are here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from data import jury_notes, people, rules, sitting_presence, trail, urn
from data.bodies import BodyId, BodyKind
from data.bodies import of as body_of
from data.deciding_standing import MemberId
from data.filters import local_day
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PersonId
from data.store import Store, Transaction
from data.texts import clean

MAX_NAME = 80
TERM_YEARS = 2
FIELDS = ("name", "resident", "substitute", "chair", "term_from", "term_to")


class Invited(StrEnum):
    """Where a member's invitation stands."""

    NOT = "not"
    SENT = "sent"
    OVER = "over"  # not used in time
    IN = "in"  # used: the member has a way in


@dataclass(frozen=True)
class Member:
    """A stored member. Of age and residence nothing is kept but the day staff saw them."""

    id: MemberId
    body: BodyId
    person: PersonId | None
    name: str
    resident: bool  # else a partner
    substitute: bool
    chair: bool
    term_from: date
    term_to: date  # the last day
    confirmed_on: date | None
    removed: bool
    demo: bool
    version: int
    invited: Invited = Invited.NOT

    def sits(self, day: date) -> bool:
        """Tell whether the member belongs to the body on a local day."""
        return not self.removed and self.term_from <= day <= self.term_to


def listing(store: Store, actor: Actor, body_id: BodyId, *, now: datetime) -> list[Member]:
    """List a body's members, those with a seat first, by name; removed ones last."""
    rules.check(actor, Act.BODY_READ)
    return _found(store, "body_id = $body", {"body": body_id}, now=now)


def get(store: Store, actor: Actor, member_id: MemberId, *, now: datetime) -> Member:
    """Load one member; NotFound when there is none."""
    rules.check(actor, Act.BODY_READ)
    return _one(store, member_id, now=now)


def of_person(store: Store, person_id: PersonId | None, body_id: BodyId) -> Member | None:
    """Find the member of a body that a person is; a removed one too, when there is no other."""
    where = "body_id = $body and person_id = $person"
    found = _found(store, where, {"body": body_id, "person": person_id}, now=None)
    return min(found, key=lambda one: (one.removed, -one.term_to.toordinal()), default=None)


def end_of_term(start: date) -> date:
    """Return the last day of a term of two years.

    >>> end_of_term(date(2026, 3, 1)), end_of_term(date(2024, 2, 29))
    (datetime.date(2028, 2, 29), datetime.date(2026, 2, 28))
    """
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    end = start.replace(year=start.year + TERM_YEARS, day=day)
    return end if day != start.day else date.fromordinal(end.toordinal() - 1)


def add(
    store: Store,
    actor: Actor,
    *,
    member_id: MemberId,
    body_id: BodyId,
    now: datetime,
    demo: bool = False,
    **entry: Any,
) -> Member:
    """Add a member: name, resident, substitute, chair, term_from, term_to. Twice it is one."""
    rules.check(actor, Act.BODY_WRITE)
    record = _checked(store, body_id, entry)
    record |= {"id": member_id, "body": body_id, "demo": demo, "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        if tx.execute(
            "insert into member values ($id, $body, null, $name, $resident, $substitute, $chair, "
            "$term_from, $term_to, null, null, $demo, 1, $now, $now) "
            "on conflict (id) do nothing returning id",
            record,
        ):
            _note(tx, actor, member_id, "added", now=now)

    store.write(job)
    return _one(store, member_id, now=now)


def change(
    store: Store,
    actor: Actor,
    member_id: MemberId,
    *,
    version: int,
    now: datetime,
    **entry: Any,
) -> Member:
    """Change an entry; a sitting that is open keeps its members as they were."""
    rules.check(actor, Act.BODY_WRITE)
    before = _one(store, member_id, now=now)
    record = _checked(store, before.body, entry)

    def job(tx: Transaction) -> None:
        _raise_version(tx, member_id, version, now=now)
        tx.execute(
            "update member set name = $name, resident = $resident, substitute = $substitute, "
            "chair = $chair, term_from = $term_from, term_to = $term_to where id = $id",
            {**record, "id": member_id},
        )
        was = {name: str(getattr(before, name)) for name in FIELDS if name != "name"}
        _note(tx, actor, member_id, "changed", now=now, was=was)

    store.write(job)
    return _one(store, member_id, now=now)


def confirm(
    store: Store, actor: Actor, member_id: MemberId, *, version: int, now: datetime
) -> Member:
    """Write that staff saw age and residence today; of both nothing else is kept."""
    rules.check(actor, Act.BODY_WRITE)

    def job(tx: Transaction) -> None:
        if tx.execute(
            "select 1 from member where id = $id and confirmed_on is not null", {"id": member_id}
        ):
            return
        _raise_version(tx, member_id, version, now=now)
        tx.execute(
            "update member set confirmed_on = $day where id = $id",
            {"id": member_id, "day": local_day(now)},
        )
        _note(tx, actor, member_id, "confirmed", now=now)

    store.write(job)
    return _one(store, member_id, now=now)


def remove(
    store: Store, actor: Actor, member_id: MemberId, *, version: int, now: datetime
) -> Member:
    """Take a member off the body, out of open sittings, and close the way in; twice it is one."""
    rules.check(actor, Act.BODY_WRITE)

    def job(tx: Transaction) -> None:
        if tx.execute(
            "select 1 from member where id = $id and removed_at is not null", {"id": member_id}
        ):
            return
        _raise_version(tx, member_id, version, now=now)
        sitting_presence.take_out(tx, actor, member_id, now=now)
        when = {"id": member_id, "now": trail.utc(now)}
        tx.execute("update member set removed_at = $now where id = $id", when)
        tx.execute(
            "update member_link set expires_at = $now where member_id = $id and used_at is null",
            when,
        )
        _shut_out(tx, member_id, now=now)
        _note(tx, actor, member_id, "removed", now=now)

    with urn.of(store).lock:
        store.write(job)
        urn.of(store).take_out(member_id)
    return _one(store, member_id, now=now)


# --- inside -----------------------------------------------------------------


def _shut_out(tx: Transaction, member_id: MemberId, *, now: datetime) -> None:
    """Log the person out who sits on no body any more, and erase what was noted for oneself.

    An account that no password opens is closed.
    """
    found = tx.execute(
        "select person_id from member where id = $id and person_id is not null", {"id": member_id}
    )
    for (person_id,) in found:
        others = {"person": person_id}
        if not tx.execute(
            "select 1 from member where person_id = $person and removed_at is null", others
        ):
            people.shut_out(tx, person_id, now=now)
            jury_notes.forget(tx, person_id)
            tx.forget()  # also where the journal kept them


def _checked(store: Store, body_id: BodyId, entry: Mapping[str, Any]) -> dict[str, Any]:
    if set(entry) != set(FIELDS):
        raise TypeError(f"an entry has {FIELDS}")
    name = " ".join(clean(entry["name"]).split())
    if not name:
        raise BadInput("member.name_missing", field="name")
    if len(name) > MAX_NAME:
        raise BadInput("member.name_too_long", field="name", limit=MAX_NAME)
    start, end = entry["term_from"], entry["term_to"]
    if not isinstance(start, date) or not isinstance(end, date):
        raise BadInput("member.term_missing", field="term_from")
    if end < start:
        raise BadInput("member.term_ends_before", field="term_to")
    if body_of(store, body_id).kind == BodyKind.JURY and not entry["resident"]:
        raise BadInput("member.jury_is_residents", field="resident")
    if entry["chair"] and entry["substitute"]:
        raise BadInput("member.chair_is_full", field="chair")
    flags = {name: bool(entry[name]) for name in ("resident", "substitute", "chair")}
    return {"name": name, "term_from": start, "term_to": end, **flags}


def _raise_version(tx: Transaction, member_id: MemberId, version: int, *, now: datetime) -> None:
    if not tx.execute("select 1 from member where id = $id", {"id": member_id}):
        raise NotFound("member.not_found")
    if not tx.execute(
        "update member set version = version + 1, changed_at = $now "
        "where id = $id and version = $version and removed_at is null returning id",
        {"id": member_id, "version": version, "now": trail.utc(now)},
    ):
        raise Conflict("member.changed")


def _note(
    tx: Transaction, actor: Actor, member_id: MemberId, what: str, *, now: datetime, **details: Any
) -> None:
    """Write the trail: what happened to whom, never a name, an age or an address."""
    line = {"what": what, **details}
    trail.note(tx, actor, Act.BODY_WRITE, "member", member_id, now=now, details=line)


def _one(store: Store, member_id: MemberId, *, now: datetime) -> Member:
    found = _found(store, "member.id = $id", {"id": member_id}, now=now)
    if not found:
        raise NotFound("member.not_found")
    return found[0]


def _found(
    store: Store, where: str, params: Mapping[str, Any], *, now: datetime | None
) -> list[Member]:
    rows = store.rows(
        f"select *, (select max(expires_at) from member_link where member_id = member.id "  # noqa: S608
        f"and used_at is null) as open_until from member where {where} "
        "order by removed_at is not null, substitute, not chair, lower(name), id",
        params,
    )
    return [_member(row, now) for row in rows]


def _member(row: Mapping[str, Any], now: datetime | None) -> Member:
    return Member(
        id=row["id"],
        body=row["body_id"],
        person=row["person_id"],
        name=row["name"],
        resident=row["resident"],
        substitute=row["substitute"],
        chair=row["chair"],
        term_from=row["term_from"],
        term_to=row["term_to"],
        confirmed_on=row["confirmed_on"],
        removed=row["removed_at"] is not None,
        demo=row["demo"],
        version=row["version"],
        invited=_invited(row, now),
    )


def _invited(row: Mapping[str, Any], now: datetime | None) -> Invited:
    until = row["open_until"]
    if now and until and until.replace(tzinfo=UTC) > now:
        return Invited.SENT
    if row["person_id"]:
        return Invited.IN
    return Invited.OVER if until else Invited.NOT
