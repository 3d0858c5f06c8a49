"""Bodies that decide: juries and councils, with the rules they decide by."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from data import rules, trail
from data.deciding_rules import Rules
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean

BodyId = NewType("BodyId", str)
MAX_TITLE = 200
MOST = 100  # seats, days, and the whole of a fraction


class BodyKind(StrEnum):
    """What sort of a body."""

    JURY = "jury"  # residents alone: decides on the Aktionsfonds
    COUNCIL = "council"  # residents and partners: the Quartiersrat


@dataclass(frozen=True)
class Body:
    """A stored body."""

    id: BodyId
    kind: BodyKind
    title: str
    rules: Rules
    valid_from: date
    valid_to: date | None  # the last day
    version: int


def listing(store: Store, actor: Actor) -> list[Body]:
    """List the bodies, those of today first."""
    rules.check(actor, Act.BODY_READ)
    found = store.rows("select * from body order by valid_to is not null, kind desc, title")
    return [_body(row) for row in found]


def get(store: Store, actor: Actor, body_id: BodyId) -> Body:
    """Load one body; NotFound when there is none."""
    rules.check(actor, Act.BODY_READ)
    return of(store, body_id)


def of(store: Store, body_id: BodyId) -> Body:
    """Load one body, for the data layer's own use."""
    found = store.rows("select * from body where id = $id", {"id": body_id})
    if not found:
        raise NotFound("body.not_found")
    return _body(found[0])


def add(
    store: Store,
    actor: Actor,
    *,
    body_id: BodyId,
    kind: str,
    title: str,
    valid_from: date,
    now: datetime,
    how: Rules | None = None,
) -> Body:
    """Add a body; one already there under its id stays as it is."""
    rules.check(actor, Act.BODY_WRITE)
    if kind not in set(BodyKind):
        raise BadInput("body.kind_unknown", field="kind")
    record = {"id": body_id, "kind": kind, "title": _title(title), "from": valid_from}
    record |= {"rules": json.dumps(_rules(how or Rules()).plain()), "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        if tx.execute(
            "insert into body values ($id, $kind, $title, $rules, $from, null, 1, $now) "
            "on conflict (id) do nothing returning id",
            record,
        ):
            trail.note(tx, actor, Act.BODY_WRITE, "body", body_id, now=now)

    store.write(job)
    return of(store, body_id)


def change(
    store: Store,
    actor: Actor,
    body_id: BodyId,
    *,
    version: int,
    title: str,
    how: Rules,
    now: datetime,
    valid_to: date | None = None,
) -> Body:
    """Change title and rules; sittings that are open or over keep theirs."""
    rules.check(actor, Act.BODY_WRITE)
    before = of(store, body_id)
    if valid_to and valid_to < before.valid_from:
        raise BadInput("body.ends_before", field="valid_to")
    record = {"id": body_id, "version": version, "title": _title(title), "to": valid_to}
    record |= {"rules": json.dumps(_rules(how).plain()), "now": trail.utc(now)}

    def job(tx: Transaction) -> None:
        if not tx.execute(
            "update body set title = $title, rules = $rules, valid_to = $to, changed_at = $now, "
            "version = version + 1 where id = $id and version = $version returning id",
            record,
        ):
            raise Conflict("body.changed")
        was = {"title": before.title, "rules": before.rules.plain()}
        trail.note(tx, actor, Act.BODY_WRITE, "body", body_id, now=now, details={"was": was})

    store.write(job)
    return of(store, body_id)


def _rules(how: Rules) -> Rules:
    """Return rules that a sitting can go by, or refuse them."""
    shares = [how.quorum, *([how.residents] if how.residents else [])]
    whole = all(0 < one.part <= one.whole <= MOST for one in shares)
    if not whole or not (0 <= how.papers_days <= MOST and 0 <= how.seats <= MOST):
        raise BadInput("body.rules_unreadable", field="rules")
    return how


def _title(title: str) -> str:
    shown = " ".join(clean(title).split())
    if not shown:
        raise BadInput("body.title_missing", field="title")
    if len(shown) > MAX_TITLE:
        raise BadInput("body.title_too_long", field="title", limit=MAX_TITLE)
    return shown


def _body(row: Mapping[str, Any]) -> Body:
    return Body(
        id=row["id"],
        kind=BodyKind(row["kind"]),
        title=row["title"],
        rules=Rules.read(json.loads(row["rules"])),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        version=row["version"],
    )
