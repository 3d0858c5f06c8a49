"""What the office did to pins and needs, kept as they stood before and after, so that it can be undone."""

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import rules, trail
from data.problems import Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction

# What is put back. Words are not among it: a pin's words are changed by blacking out alone.
PIN: tuple[str, ...] = (
    "kind",
    "field",
    "climate",
    "status",
    "need_id",
    "answer_due",
    "answered_at",
)
NEED: tuple[str, ...] = (
    "title",
    "field",
    "priority",
    "status",
    "authority",
    "public_sentence",
    "climate",
    "who",
    "responsible",
    "answer_on",
    "gone",
)
TABLES = {"pin": PIN, "need": NEED}
NEVER_MADE = "undone"  # what `need.gone` says of a need whose making was undone
ACTS = frozenset({Act.PIN_REVIEW, Act.NEED_WRITE, Act.NEED_HAND_ON})

Rows = dict[str, list[Any]]  # by id, the columns of PIN or NEED in order
Image = dict[str, Rows]  # by table


@dataclass(frozen=True)
class Deed:
    """One thing done, as the screen names it: how many pins and needs it touched, and when."""

    id: int
    what: str
    at: datetime
    person: str | None
    pins: int
    needs: int
    details: Mapping[str, Any]


@contextlib.contextmanager
def recorded(
    tx: Transaction,
    actor: Actor,
    act: Act,
    what: str,
    *,
    now: datetime,
    pin_ids: Collection[str] = (),
    need_ids: Collection[str] = (),
    details: Mapping[str, Any] | None = None,
) -> Iterator[None]:
    """Keep how pins and needs stand before and after what is done inside, within one write.

    `what` names the deed for the screen (`deed.<what>` in the locales); a need that is made inside
    is named in `need_ids` too.
    """
    before = _image(tx, pin_ids, need_ids)
    yield
    after = _image(tx, pin_ids, need_ids)
    if before == after:
        return
    tx.execute(
        "insert into deed select (select coalesce(max(id), 0) + 1 from deed), "
        "$what, $act, $person, $now, null, $before, $after, $details",
        {
            "what": what,
            "act": act,
            "person": actor.person,
            "now": trail.utc(now),
            "before": json.dumps(before),
            "after": json.dumps(after),
            "details": json.dumps(details or {}, ensure_ascii=False),
        },
    )


def last(store: Store, actor: Actor, *, act: Act | None = None, limit: int = 1) -> list[Deed]:
    """List what this person did last and has not undone, the latest first."""
    rules.check(actor, Act.TRAIL_READ)
    rows = store.read(
        "select id, what, done_at, person_id, before, after, details from deed "
        "where undone_at is null and person_id is not distinct from $person "
        "and act = any($acts) order by id desc limit $limit",
        {"person": actor.person, "acts": [act] if act else sorted(ACTS), "limit": limit},
    )
    return [_deed(row) for row in rows]


def undo(store: Store, actor: Actor, deed_id: int, *, now: datetime) -> Deed:
    """Put back what a deed changed; its senders are told where their pins stand again.

    Raises Conflict when one of the pins or needs was changed since. A pin that was withdrawn
    since stays withdrawn.
    """
    found = store.read(
        "select id, what, done_at, person_id, before, after, details, act from deed "
        "where id = $id and undone_at is null",
        {"id": deed_id},
    )
    if not found:
        rules.check(actor, Act.PIN_REVIEW)
        raise NotFound("undo.not_found")
    row = found[0]
    act = Act(row[7])
    rules.check(actor, act)
    before, after = json.loads(row[4]), json.loads(row[5])

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "update deed set undone_at = $now where id = $id and undone_at is null returning id",
            {"id": deed_id, "now": trail.utc(now)},
        )
        if not done:
            raise NotFound("undo.not_found")
        stands = _image(tx, after.get("pin", {}), after.get("need", {}))
        back = _changed_back(before, after, stands)
        _put_back(tx, back, now=now)
        _tell(tx, actor, act, back, stands, now=now)

    store.write(job)
    return _deed(row[:7])


# --- inside -----------------------------------------------------------------


def _deed(row: tuple[Any, ...]) -> Deed:
    deed_id, what, at, person, _, after, details = row
    touched = json.loads(after)
    return Deed(
        id=deed_id,
        what=what,
        at=at.replace(tzinfo=UTC),
        person=person,
        pins=len(touched.get("pin", {})),
        needs=len(touched.get("need", {})),
        details=json.loads(details),
    )


def _image(tx: Transaction, pin_ids: Collection[str], need_ids: Collection[str]) -> Image:
    """Read how pins and needs stand; one that is not there is left out."""
    return {"pin": _rows(tx, "pin", pin_ids), "need": _rows(tx, "need", need_ids)}


def _rows(tx: Transaction, table: str, ids: Collection[str]) -> Rows:
    if not ids:
        return {}
    found = tx.execute(
        f"select id, {', '.join(TABLES[table])} from {table} where id = any($ids) order by id",  # noqa: S608
        {"ids": list(ids)},
    )
    return {row[0]: [_plain(value) for value in row[1:]] for row in found}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def _changed_back(before: Image, after: Image, stands: Image) -> Image:
    """Choose what is put back; refuse when something else happened to it since."""
    back: Image = {"pin": {}, "need": {}}
    for table, rows in after.items():
        for thing_id, then in rows.items():
            here = stands[table].get(thing_id)
            if table == "pin" and (here is None or here[PIN.index("status")] == "withdrawn"):
                continue
            if here != then:
                raise Conflict("undo.changed_meanwhile")
            was = before[table].get(thing_id)
            if was is None:  # it was made by the deed
                was = [*then[:-1], NEVER_MADE]
            if was != then:
                back[table][thing_id] = was
    return back


def _put_back(tx: Transaction, back: Image, *, now: datetime) -> None:
    for table, more in (("pin", ""), ("need", ", version = version + 1")):
        sets = ", ".join(f"{name} = ${name}" for name in TABLES[table])
        for thing_id, values in back[table].items():
            tx.execute(
                f"update {table} set {sets}, changed_at = $now{more} where id = $id",  # noqa: S608
                {
                    **dict(zip(TABLES[table], values, strict=True)),
                    "id": thing_id,
                    "now": trail.utc(now),
                },
            )


def _tell(
    tx: Transaction, actor: Actor, act: Act, back: Image, stood: Image, *, now: datetime
) -> None:
    """Note what was undone, and tell the senders where their pins stand again."""
    for need_id in back["need"]:
        trail.note(tx, actor, act, "need", need_id, now=now, details={"undone": True})
    alike: dict[tuple[str, str], list[str]] = {}
    for pin_id, values in back["pin"].items():
        now_row = dict(zip(PIN, values, strict=True))
        was_row = dict(zip(PIN, stood["pin"][pin_id], strict=True))
        alike.setdefault(_step_back(tx, pin_id, now_row, was_row), []).append(pin_id)
    for (step, told), pin_ids in sorted(alike.items()):
        details = {**json.loads(told), "undone": True}
        trail.note_many(tx, actor, act, "pin", pin_ids, now=now, step=step, details=details)


def _step_back(
    tx: Transaction, pin_id: str, here: Mapping[str, Any], was: Mapping[str, Any]
) -> tuple[str, str]:
    """Name the public step that says where a pin stands again, with its details as JSON."""
    if here["need_id"] and (here["need_id"], here["status"]) != (was["need_id"], was["status"]):
        return "grouped", _need_told(tx, here["need_id"])
    if was["need_id"] and not here["need_id"] and here["status"] != "hidden":
        return "ungrouped", _need_told(tx, was["need_id"])
    if here["status"] == was["status"]:
        again = here["answer_due"] and here["answer_due"] != was["answer_due"]
        return ("promised", json.dumps({"day": here["answer_due"]})) if again else ("", "{}")
    if here["status"] in ("waiting", "new"):
        return "waiting_again", "{}"
    step = "hidden" if here["status"] == "hidden" else "released"
    return step, _told_before(tx, pin_id, step)


def _need_told(tx: Transaction, need_id: str) -> str:
    [(number, title)] = tx.execute("select number, title from need where id = $id", {"id": need_id})
    return json.dumps({"need": number, "title": title}, ensure_ascii=False)


def _told_before(tx: Transaction, pin_id: str, step: str) -> str:
    """Return what was said when a pin took this step the last time."""
    found = tx.execute(
        "select details from trail where thing = 'pin' and thing_id = $id and step = $step "
        "order by id desc limit 1",
        {"id": pin_id, "step": step},
    )
    return found[0][0] if found else "{}"
