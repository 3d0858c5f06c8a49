"""What the office did to pins and needs, kept as they stood before and after, so that it can be undone."""

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import rules, trail, ways
from data.problems import Conflict, NotFound
from data.rules import Act, Actor, PinId
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
    "ending",
    "gone",  # the last one: see `_changed_back`
)
TABLES = {"pin": PIN, "need": NEED}
NEVER_MADE = "undone"  # what `need.gone` says of a need whose making was undone
ACTS = frozenset({Act.PIN_REVIEW, Act.NEED_WRITE, Act.NEED_HAND_ON})

Rows = dict[str, list[Any]]  # by id, the columns of PIN or NEED in order
Image = dict[str, Rows]  # by table


@dataclass(frozen=True)
class Deed:
    """One thing done, as the screen names it: which pins and needs it touched, and when."""

    id: int
    what: str
    at: datetime
    person: str | None
    pin_ids: tuple[PinId, ...]
    need_ids: tuple[str, ...]
    details: Mapping[str, Any]

    @property
    def pins(self) -> int:
        """Count the pins that it touched."""
        return len(self.pin_ids)

    @property
    def needs(self) -> int:
        """Count the needs that it touched."""
        return len(self.need_ids)


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
        "select id, what, done_at, person_id, after, details from deed "
        "where undone_at is null and person_id is not distinct from $person "
        "and act = any($acts) order by id desc limit $limit",
        {"person": actor.person, "acts": [act] if act else sorted(ACTS), "limit": limit},
    )
    return [_deed(row) for row in rows]


def undo(store: Store, actor: Actor, deed_id: int, *, now: datetime) -> Deed:
    """Put back what a deed changed; its senders are told where their pins stand again.

    Raises Conflict when one of the pins or needs was changed since, or when something came of it
    that would hang in the air (pins that joined since, a project). A pin that was withdrawn since
    stays withdrawn.
    """
    found = store.read(
        "select id, what, done_at, person_id, after, details, act, before from deed "
        "where id = $id and undone_at is null",
        {"id": deed_id},
    )
    if not found:
        rules.check(actor, Act.PIN_REVIEW)
        raise NotFound("undo.not_found")
    row = found[0]
    act = Act(row[6])
    rules.check(actor, act)
    before, after = json.loads(row[7]), json.loads(row[4])

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
        _check_places(tx, back)
        _tell(tx, actor, act, back, stands, now=now)

    store.write(job)
    return _deed(row[:6])


# --- inside -----------------------------------------------------------------


def _deed(row: tuple[Any, ...]) -> Deed:
    deed_id, what, at, person, after, details = row
    touched = json.loads(after)
    return Deed(
        id=deed_id,
        what=what,
        at=at.replace(tzinfo=UTC),
        person=person,
        pin_ids=tuple(map(PinId, touched.get("pin", {}))),
        need_ids=tuple(touched.get("need", {})),
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
        for values, ids in _alike(back[table]).items():
            tx.execute(
                f"update {table} set {sets}, changed_at = $now{more} where id = any($ids)",  # noqa: S608
                {
                    **dict(zip(TABLES[table], values, strict=True)),
                    "ids": ids,
                    "now": trail.utc(now),
                },
            )


def _alike(rows: Rows) -> dict[tuple[Any, ...], list[str]]:
    """Gather the ids of things that become the same: many pins are few statements."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for thing_id, values in rows.items():
        found.setdefault(tuple(values), []).append(thing_id)
    return found


def _check_places(tx: Transaction, back: Image) -> None:
    """Refuse with Conflict when a pin would not stand where its need stands.

    So it is when pins joined a need since, or when a need went on without pins that left it.
    """
    astray = tx.execute(
        "select 1 from pin left join need on need.id = pin.need_id "
        "where (pin.id = any($pins) or pin.need_id = any($needs)) and pin.need_id is not null "
        "and (need.gone is distinct from '' or pin.status is distinct from case need.status "
        "when 'open' then 'grouped' when 'project' then 'in_project' else need.status end) limit 1",
        {"pins": sorted(back["pin"]), "needs": sorted(back["need"])},
    )
    gone = [need_id for need_id, values in back["need"].items() if values[-1]]
    planned = tx.execute(
        "select 1 from project_need where need_id = any($gone) limit 1", {"gone": gone}
    )
    if astray or planned:
        raise Conflict("undo.changed_meanwhile")


def _tell(
    tx: Transaction, actor: Actor, act: Act, back: Image, stood: Image, *, now: datetime
) -> None:
    """Note what was undone, and tell the senders where their pins stand again."""
    trail.note_many(tx, actor, act, "need", sorted(back["need"]), now=now, details={"undone": True})
    alike: dict[tuple[str, str], list[str]] = {}
    alone: dict[str, list[str]] = {}
    for pin_id, values in back["pin"].items():
        here = dict(zip(PIN, values, strict=True))
        was = dict(zip(PIN, stood["pin"][pin_id], strict=True))
        if here["need_id"]:
            if (here["need_id"], here["status"]) != (was["need_id"], was["status"]):
                alike.setdefault(("need", here["need_id"]), []).append(pin_id)
        elif was["need_id"] and here["status"] != "hidden":
            alike.setdefault(("out of", was["need_id"]), []).append(pin_id)
        elif here["status"] != was["status"]:
            alone.setdefault(here["status"], []).append(pin_id)
    for need_id in _spoken_again(back, stood):
        alike.setdefault(("need", need_id), []).extend(_pins_of(tx, need_id))
    for (where, need_id), pin_ids in sorted(alike.items()):
        way = ways.of(tx, need_id)
        steps = way if where == "need" else [("ungrouped", way[0][1])]
        _note(tx, actor, act, sorted(set(pin_ids)), steps, now=now)
    for status, pin_ids in sorted(alone.items()):
        for steps, some in _told_before(tx, status, pin_ids):
            _note(tx, actor, act, some, steps, now=now)
    for day, pin_ids in _promised_again(back, stood).items():
        _note(tx, actor, act, pin_ids, [("promised", {"day": day})], now=now)


def _note(
    tx: Transaction,
    actor: Actor,
    act: Act,
    pin_ids: list[str],
    steps: Sequence[ways.Told],
    *,
    now: datetime,
) -> None:
    for step, told in steps:
        details = {**told, "undone": True}
        trail.note_many(tx, actor, act, "pin", pin_ids, now=now, step=step, details=details)


def _promised_again(back: Image, stood: Image) -> dict[str, list[str]]:
    """Gather the pins that stand where they stood, but are promised an answer by another day."""
    status, due = PIN.index("status"), PIN.index("answer_due")
    found: dict[str, list[str]] = {}
    for pin_id, here in sorted(back["pin"].items()):
        was = stood["pin"][pin_id]
        if here[due] and here[due] != was[due] and here[status] == was[status]:
            found.setdefault(here[due], []).append(pin_id)
    return found


def _spoken_again(back: Image, stood: Image) -> list[str]:
    """List the needs that stand where they stood, but with another word to the public."""
    said = [NEED.index(name) for name in ("status", "authority", "public_sentence", "ending")]
    return [
        need_id
        for need_id, here in back["need"].items()
        if not here[-1]
        and here[said[0]] == stood["need"][need_id][said[0]]
        and any(here[i] != stood["need"][need_id][i] for i in said)
    ]


def _pins_of(tx: Transaction, need_id: str) -> list[str]:
    found = tx.execute("select id from pin where need_id = $id", {"id": need_id})
    return [pin_id for (pin_id,) in found]


def _told_before(
    tx: Transaction, status: str, pin_ids: list[str]
) -> list[tuple[list[ways.Told], list[str]]]:
    """Gather pins in no need by what they are told: as it was said when they stood there last."""
    if status in ("waiting", "new"):
        return [([("waiting_again", {})], pin_ids)]
    step = "hidden" if status == "hidden" else "released"
    found = tx.execute(
        "select distinct on (thing_id) thing_id, details from trail where thing = 'pin' "
        "and thing_id = any($ids) and step = $step order by thing_id, id desc",
        {"ids": pin_ids, "step": step},
    )
    told = dict(found)
    alike: dict[str, list[str]] = {}
    for pin_id in pin_ids:
        alike.setdefault(told.get(pin_id, "{}"), []).append(pin_id)
    return [([(step, json.loads(text))], some) for text, some in sorted(alike.items())]
