"""The trail's chain of seals: a line that is changed, removed or slipped in breaks it.

Each line's seal is a hash over the line, a hash of its details, and the seal before. Details may be
erased lawfully later: their hash stays, and the line that says who erased them must follow. The
seals are made right after the write (at most a second later), so that no write waits for them. Who
can rewrite the whole file could rewrite the whole chain too: therefore each backup remembers the
last seal, and the drill asks whether it still stands.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data import rules, trail
from data.filters import BERLIN
from data.rules import Act, Actor
from data.store import Store, Transaction

PIECE = 5_000  # lines that are sealed in one write: other writes wait for it
READ = 50_000  # lines that are checked at once
ERASED = '{"erased": true}'
PAGE = 50
_COLUMNS = "trail.id, happened_at, trail.role, person_id, act, thing, thing_id, step, details"


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds; if not, the first wrong line and what is wrong with it."""

    ok: bool
    lines: int  # checked
    line: int = 0
    fault: str = ""  # changed | removed | inserted


@dataclass(frozen=True)
class Line:
    """One line of the trail as the admin reads it. `at` is UTC; `who` a name or a role's key."""

    id: int
    at: datetime
    role: str
    person: str
    act: str
    thing: str
    thing_id: str
    details: str


def seal(store: Store) -> int:
    """Seal the lines that are not sealed yet; return how many there were."""
    done = 0
    while True:
        sealed = store.write(_seal_piece)
        done += sealed
        if sealed < PIECE:
            return done


def waiting(store: Store) -> bool:
    """Tell whether there are lines without a seal."""
    (last,) = store.read("select coalesce(max(id), 0) from trail")[0]
    (sealed,) = store.read("select coalesce(max(id), 0) from trail_seal")[0]
    return last != sealed


def verify(store: Store, actor: Actor, *, since: int = 0) -> Verdict:
    """Check the chain from a line on that was checked before; all of it by default."""
    rules.check(actor, Act.TRAIL_READ)
    return chain(store, since=since)


def chain(store: Store, *, since: int = 0) -> Verdict:
    """Check the chain for the house itself, as in the drill; lines not sealed yet are not checked."""
    upto = store.read("select coalesce(max(id), 0) from trail_seal")[0][0]
    lawful = _Lawful(store)
    before, count, expected = _seal_at(store, since), 0, since + 1
    for row, digest, hashed in _sealed_rows(store, since, upto):
        number = row[0]
        if number != expected:
            return Verdict(False, count, expected, "removed")
        fault = _fault(row, digest, hashed, before, lawful)
        if fault:
            return Verdict(False, count, number, fault)
        before, count, expected = hashed, count + 1, number + 1
    if expected <= upto:
        return Verdict(False, count, expected, "removed")
    odd = _between_seals(store, upto)
    return Verdict(True, count) if odd is None else Verdict(False, count, odd, "inserted")


def stands(store: Store, known: tuple[int, str]) -> bool:
    """Tell whether a seal that was known earlier is still the one of its line."""
    number, hashed = known
    return not number or _seal_at(store, number) == hashed


def lines(
    store: Store,
    actor: Actor,
    *,
    thing: str = "",
    act: str = "",
    day: date | None = None,
    below: int | None = None,
    limit: int = PAGE,
) -> list[Line]:
    """List the trail, the latest first: of one sort of thing, one act, one day in Berlin; a page.

    `below` is the last id of the page before.
    """
    rules.check(actor, Act.TRAIL_READ)
    begin = datetime.combine(day, datetime.min.time(), BERLIN) if day else None
    end = datetime.combine(day, datetime.max.time(), BERLIN) if day else None
    rows = store.read(
        f"select {_COLUMNS}, coalesce(person.name, '') from trail "  # noqa: S608
        "left join person on person.id = trail.person_id "
        "where ($thing = '' or thing = $thing) and ($act = '' or act = $act) "
        "and ($begin is null or happened_at between $begin and $end) "
        "and ($below is null or trail.id < $below) order by trail.id desc limit $limit",
        {
            "thing": thing,
            "act": act,
            "begin": begin and trail.utc(begin),
            "end": end and trail.utc(end),
            "below": below,
            "limit": limit,
        },
    )
    return [
        Line(row[0], row[1].replace(tzinfo=UTC), row[2], row[9], *row[4:7], details=row[8])
        for row in rows
    ]


def sorts(store: Store, actor: Actor) -> tuple[list[str], list[str]]:
    """List which sorts of things and which acts stand in the trail."""
    rules.check(actor, Act.TRAIL_READ)
    things = store.read("select distinct thing from trail order by thing")
    acts = store.read("select distinct act from trail order by act")
    return [row[0] for row in things], [row[0] for row in acts]


# --- inside -----------------------------------------------------------------


def _seal_piece(tx: Transaction) -> int:
    """Seal up to PIECE lines in one write."""
    last = tx.execute("select id, hash from trail_seal order by id desc limit 1")
    number, before = last[0] if last else (0, "")
    rows = tx.execute(
        f"select {_COLUMNS} from trail where id > $number order by id limit $limit",  # noqa: S608
        {"number": number, "limit": PIECE},
    )
    seals = []
    for row in rows:
        digest = _digest(row[8])
        before = _hash(row, digest, before)
        seals.append((row[0], digest, before))
    if seals:
        ids, digests, hashes = (list(column) for column in zip(*seals, strict=True))
        tx.execute(
            "insert into trail_seal select unnest($ids::bigint[]), unnest($digests::varchar[]), "
            "unnest($hashes::varchar[])",
            {"ids": ids, "digests": digests, "hashes": hashes},
        )
    return len(seals)


def _digest(details: str) -> str:
    return hashlib.sha256(details.encode("utf-8", "surrogatepass")).hexdigest()


def _hash(row: tuple[Any, ...], digest: str, before: str) -> str:
    said = [before, row[0], row[1].isoformat(), *row[2:8], digest]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def _fault(
    row: tuple[Any, ...],
    digest: str,
    hashed: str,
    before: str,
    lawful: "_Lawful",
) -> str:
    if _hash(row, digest, before) != hashed:
        return "changed"
    if digest != _digest(row[8]) and not (row[8] == ERASED and lawful.erased(row)):
        return "changed"
    return ""


def _sealed_rows(store: Store, since: int, upto: int) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """Read the sealed lines after one and up to another, piece by piece."""
    while since < upto:
        rows = store.read(
            f"select {_COLUMNS}, details_hash, hash from trail "  # noqa: S608
            "join trail_seal on trail_seal.id = trail.id "
            "where trail.id > $since and trail.id <= $upto order by trail.id limit $limit",
            {"since": since, "upto": upto, "limit": READ},
        )
        for row in rows:
            yield row[:9], row[9], row[10]
        if len(rows) < READ:
            return
        since = rows[-1][0]


def _between_seals(store: Store, upto: int) -> int | None:
    """Find a line without a seal before the last sealed one."""
    return store.read(
        "select min(id) from trail where id <= $upto "
        "and id not in (select id from trail_seal where id <= $upto)",
        {"upto": upto},
    )[0][0]


def _seal_at(store: Store, number: int) -> str:
    found = store.read("select hash from trail_seal where id = $id", {"id": number})
    return found[0][0] if found else ""


class _Lawful:
    """Whether details were erased lawfully: a later line says so, written in the same moment."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: dict[tuple[str, str], int] = {}

    def erased(self, row: tuple[Any, ...]) -> bool:
        """Ask for one line; anew when it is not known, for somebody may have erased just now."""
        if not self._says(row):
            self._last = self._read()
        return self._says(row)

    def _says(self, row: tuple[Any, ...]) -> bool:
        by_time = self._last.get(("retention", "trail_words"), 0)
        return max(self._last.get((row[5], row[6]), 0), by_time) > row[0]

    def _read(self) -> dict[tuple[str, str], int]:
        said = self._store.read(
            "select thing, thing_id, max(id) from trail where thing = 'retention' "
            "or step in ('withdrawn', 'expired', 'shown_whole_again') "
            "or starts_with(step, 'blacked_out') group by thing, thing_id"
        )
        return {(thing, thing_id): number for thing, thing_id, number in said}
