"""Suggestions that staff put aside: who stood in them, and when they count as changed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from data import rules, trail
from data.problems import NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction

SAME = 0.7  # of all pins of both (Jaccard): as much in common, and it is still the dismissed one
AKIN = 0.5  # of the dismissed pins: with as many of them a suggestion tells that it comes again


@dataclass(frozen=True)
class Dismissed:
    """A suggestion that was put aside, the pins that stood in it and still are free."""

    key: str
    at: datetime
    ids: tuple[PinId, ...]


@dataclass(frozen=True)
class Again:
    """A suggestion that was dismissed before and has really changed since."""

    new: int  # pins that were not in it
    left: int  # pins of then that are not in it any more though they are free


def put_aside(
    tx: Transaction, actor: Actor, key: str, pin_ids: Sequence[PinId], *, now: datetime
) -> None:
    """Keep inside a write that these pins are not to be suggested together again."""
    done = tx.execute(
        "insert into dismissed_group values ($key, $now, $person) "
        "on conflict (key) do nothing returning key",
        {"key": key, "now": trail.utc(now), "person": actor.person},
    )
    if not done:
        return
    tx.execute(
        "insert into dismissed_member select $key, unnest($ids::varchar[]) on conflict do nothing",
        {"key": key, "ids": list(pin_ids)},
    )
    details = {"dismissed": True, "pins": len(pin_ids)}
    trail.note(tx, actor, Act.GROUP_SUGGEST, "group", key, now=now, details=details)


def take_back(tx: Transaction, actor: Actor, key: str, *, now: datetime) -> None:
    """Let a dismissed group be suggested again, inside a write; NotFound when there is none."""
    if not tx.execute("delete from dismissed_group where key = $key returning key", {"key": key}):
        raise NotFound("group.not_found")
    tx.execute("delete from dismissed_member where key = $key", {"key": key})
    details = {"dismissed": False}
    trail.note(tx, actor, Act.GROUP_SUGGEST, "group", key, now=now, details=details)


def listing(store: Store, actor: Actor, *, limit: int = 50) -> list[Dismissed]:
    """List what was dismissed and still could be suggested, the latest first."""
    rules.check(actor, Act.GROUP_SUGGEST)
    rows = store.read(
        "select g.key, g.dismissed_at, m.pin_id from dismissed_group g "
        "join dismissed_member m on m.key = g.key join pin p on p.id = m.pin_id "
        "where p.need_id is null and p.status in ('new', 'read') "
        "order by g.dismissed_at desc, g.key, m.pin_id"
    )
    found = [
        Dismissed(key, at.replace(tzinfo=UTC), tuple(PinId(pin_id) for _, _, pin_id in some))
        for (key, at), some in groupby(rows, key=lambda row: row[:2])
    ]
    return found[:limit]


def members(store: Store) -> dict[str, frozenset[str]]:
    """Read who stood in each dismissed suggestion, by its key."""
    found: dict[str, set[str]] = {
        key: set() for (key,) in store.read("select key from dismissed_group")
    }
    for key, pin_id in store.read("select key, pin_id from dismissed_member"):
        found.setdefault(key, set()).add(pin_id)
    return {key: frozenset(some) for key, some in found.items()}


class Judge:
    """Says of suggestions among some free pins whether they were dismissed before."""

    def __init__(self, dismissed: Mapping[str, frozenset[str]], free: Collection[str]) -> None:
        self._free = frozenset(free)
        self._dismissed = {key: some & self._free for key, some in dismissed.items()}
        self._in: dict[str, list[str]] = {}
        for key, some in self._dismissed.items():
            for pin_id in some:
                self._in.setdefault(pin_id, []).append(key)

    def away(self, key: str, ids: Collection[str]) -> bool:
        """Tell whether a suggestion is one that was dismissed, give or take a few pins.

        Pins that have gone elsewhere since (withdrawn, in a need) are no change of it.

        >>> judge = Judge({"x": frozenset("abcdefg")}, "abcdefghijk")
        >>> judge.away("y", "abcdefghij"), judge.away("y", "abcdefghijk"), judge.away("y", "abc")
        (True, False, False)
        >>> Judge({}, "").away("y", "ab")
        False
        """
        if key in self._dismissed:
            return True
        return any(
            common >= SAME * len(self._dismissed[other] | set(ids))
            for other, common in self._common(ids)
        )

    def again(self, ids: Collection[str]) -> Again | None:
        """Say how a suggestion differs from the dismissed one that it comes from; None without.

        >>> Judge({"x": frozenset("abcd")}, "abcdefghijk").again("bcdefg")
        Again(new=3, left=1)
        """
        for other, common in self._common(ids):
            then = self._dismissed[other]
            if common >= max(2, AKIN * len(then)):
                return Again(new=len(ids) - common, left=len(then) - common)
        return None

    def _common(self, ids: Collection[str]) -> list[tuple[str, int]]:
        """Count the pins in common with dismissed suggestions, the most first."""
        counts = Counter(key for pin_id in ids for key in self._in.get(pin_id, ()))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
