"""Flags of pins for the office: what is to be read first and why; they block and hide nothing."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import pins, rules, trail
from data.pins import UNREAD, Pin, Status
from data.problems import BadInput
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo.flags import RANK, bare, find, same_words
from geo.flags_text import Flag, Found
from geo.points import METRES_PER_DEGREE, LonLat, metres

REACH = 100.0  # metres: as near two pins lie that are one sent twice
ANEW = 500  # texts read in one question at most, the newest first (docs/flags.md: 0.4 s)
KEPT = 100_000  # texts whose flags are remembered, without the words themselves
NEIGHBOURS = 400


@dataclass(frozen=True)
class Raised:
    """A flag of a pin: the reasons, where their words stand, and whose words are repeated."""

    flag: Flag
    reasons: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    same_as: int | None = None  # a pin's number
    dismissed: bool = False


def of_pin(store: Store, actor: Actor, pin: Pin) -> list[Raised]:
    """List a pin's flags with their reasons, the most pressing first, dismissed ones too."""
    rules.check(actor, Act.PIN_REVIEW)
    gone = {flag for _, flag in _dismissed(store, [pin.id])}
    return [
        Raised(one.flag, one.reasons, one.places, one.same_as, one.flag in gone)
        for one in sorted(raised(store, pin), key=lambda one: RANK[one.flag])
    ]


def raised(store: Store, pin: Pin, *, bare: Callable[[str], str] = bare) -> list[Raised]:
    """List what the rules say of a pin, in no order; for work inside data/, which asks no right.

    `bare` may remember the texts of a longer work.
    """
    found = _by_flag(_found([pin.words], most=1)[0] or ())
    if not pin.inside:
        found.append(Raised(Flag.OUTSIDE))
    earlier = _said_before(store, pin, bare)
    if earlier is not None:
        found.append(Raised(Flag.DUPLICATE, same_as=earlier))
    return found


def dismiss(store: Store, actor: Actor, pin_id: PinId, flag: str, *, now: datetime) -> None:
    """Say that a flag is not true of a pin; it stays visible as dismissed."""
    _change(store, actor, pin_id, flag, dismissed=True, now=now)


def restore(store: Store, actor: Actor, pin_id: PinId, flag: str, *, now: datetime) -> None:
    """Raise a dismissed flag again."""
    _change(store, actor, pin_id, flag, dismissed=False, now=now)


def unread(store: Store) -> list[tuple[Any, ...]]:
    """Read what `ranks_of` wants of the unread pins, the oldest first; asks no right."""
    return store.read(
        "select id, words, inside, lon, lat from pin where status = any($status) "
        "order by created_at, number",
        {"status": list(UNREAD)},
    )


def ranks_of(store: Store, rows: list[tuple[Any, ...]]) -> list[int | None]:
    """Number how pressing each pin is; one without a flag comes after all. Asks no right.

    None is for a pin whose words nobody has looked at yet: the next question does.
    """
    gone = _dismissed(store, None)
    again = _again(rows)
    ranks: list[int | None] = []
    for row, found in zip(rows, _found([row[1] for row in rows], most=ANEW), strict=True):
        flags = {one.flag for one in found or ()}
        flags |= {Flag.OUTSIDE} if not row[2] else set()
        flags |= {Flag.DUPLICATE} if row[0] in again else set()
        open_ones = [RANK[flag] for flag in flags if (row[0], flag) not in gone]
        ranks.append(min(open_ones, default=None if found is None else len(RANK)))
    return ranks


# --- inside -----------------------------------------------------------------

_remembered: dict[bytes, tuple[Found, ...]] = {}


def _found(texts: list[str], *, most: int) -> list[tuple[Found, ...] | None]:
    """Look texts up that were read before; read at most so many others, the last ones first."""
    keys = [hashlib.blake2b(text.encode(), digest_size=12).digest() for text in texts]
    if len(_remembered) > KEPT:
        _remembered.clear()
    for key, text in zip(reversed(keys), reversed(texts), strict=True):
        if most and key not in _remembered:
            _remembered[key] = find(text)
            most -= 1
    return [_remembered.get(key) for key in keys]


def _again(rows: list[tuple[Any, ...]]) -> set[str]:
    """Find the pins that repeat, word for word, an earlier one close by among those unread."""
    first: dict[str, LonLat] = {}
    again = set()
    for pin_id, words, _, lon, lat in rows:
        at = LonLat(lon, lat)
        before = first.setdefault(words.casefold(), at)
        if words and before is not at and metres(before, at) <= REACH:
            again.add(pin_id)
    return again


def _by_flag(found: Iterable[Found]) -> list[Raised]:
    together: dict[Flag, list[Found]] = {}
    for one in found:
        together.setdefault(one.flag, []).append(one)
    return [
        Raised(
            flag,
            tuple(dict.fromkeys(one.reason for one in ones)),
            tuple((one.start, one.end) for one in ones),
        )
        for flag, ones in together.items()
    ]


def _said_before(store: Store, pin: Pin, bare: Callable[[str], str]) -> int | None:
    """Find the number of an earlier pin close by with the same words, the latest of them."""
    mine = bare(pin.words)
    if not mine:
        return None
    north = REACH / METRES_PER_DEGREE
    rows = store.read(
        "select number, words, lon, lat from pin where number < $number and status <> $gone "
        "and lon between $west and $east and lat between $south and $north "
        "order by number desc limit $limit",
        {
            "number": pin.number,
            "gone": Status.WITHDRAWN,
            "west": pin.at.lon - 2 * north,
            "east": pin.at.lon + 2 * north,
            "south": pin.at.lat - north,
            "north": pin.at.lat + north,
            "limit": NEIGHBOURS,
        },
    )
    for number, words, lon, lat in rows:
        if metres(pin.at, LonLat(lon, lat)) <= REACH and same_words(mine, bare(words)):
            return number
    return None


def _dismissed(store: Store, pin_ids: list[PinId] | None) -> set[tuple[str, str]]:
    where = "" if pin_ids is None else "where pin_id = any($ids)"
    params = {} if pin_ids is None else {"ids": pin_ids}
    return set(store.read(f"select pin_id, flag from flag_dismissed {where}", params))  # noqa: S608


def _change(
    store: Store, actor: Actor, pin_id: PinId, flag: str, *, dismissed: bool, now: datetime
) -> None:
    rules.check(actor, Act.PIN_REVIEW)
    if flag not in list(Flag):
        raise BadInput("flag.unknown")
    pins.get(store, actor, pin_id)

    def job(tx: Transaction) -> None:
        params = {"id": pin_id, "flag": flag}
        if dismissed:
            done = tx.execute(
                "insert into flag_dismissed values ($id, $flag, $person, $now) "
                "on conflict (pin_id, flag) do nothing returning flag",
                {**params, "person": actor.person, "now": trail.utc(now)},
            )
        else:
            done = tx.execute(
                "delete from flag_dismissed where pin_id = $id and flag = $flag returning flag",
                params,
            )
        if done:
            details = {"flag": flag, "dismissed": dismissed}
            # a line of its own sort: the pin itself was neither released nor hidden
            trail.note(tx, actor, Act.PIN_REVIEW, "flag", pin_id, now=now, details=details)

    store.write(job)
