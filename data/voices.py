"""Voices: what others say too, given to somebody's pin; counted, never ranked or voted on."""

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from data import pins, rules, trail
from data.filters import Box, Filter
from data.pins import MAX_TYPED, MAX_WORDS, PUBLIC, Kind, Pin, Status
from data.problems import BadInput, NotAllowed, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import clean, lang_of
from geo import needs
from geo.alike import REACH, alike
from geo.points import METRES_PER_DEGREE, LonLat

CROWD = 120  # pins compared at once, the newest: about 10 ms
ALIKE = {  # a wish and a complaint may be one matter, praise is something else
    Kind.STRENGTH: ("strength",),
    Kind.PROBLEM: ("problem", "idea"),
    Kind.IDEA: ("problem", "idea"),
}
UNSHOWN = frozenset({Status.HIDDEN, Status.WITHDRAWN})  # their voices stay and are not shown
_TOKEN = re.compile(r"[0-9A-Za-z_-]{16,64}")


@dataclass(frozen=True)
class Voice:
    """What somebody wrote when giving a voice; for the office alone. The time is UTC."""

    words: str
    lang: str
    source: str
    at: datetime


def key_of(pin_id: PinId, token: str) -> str:
    """Turn a device's random token for one pin into the key of its voice (64 hex digits).

    The pin is hashed with it, so that no two voices can be told to be of one device. Raises
    BadInput for what no browser of ours makes up.

    >>> key_of("a", "0" * 16) == key_of("a", "0" * 16) != key_of("b", "0" * 16)
    True
    """
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise BadInput("support.token")
    return hashlib.sha256(f"{pin_id}\n{token}".encode()).hexdigest()


def count(store: Store, pin_ids: Iterable[PinId]) -> dict[PinId, int]:
    """Count the voices besides the sender's; 0 for pins that are hidden or withdrawn."""
    ids = list(pin_ids)
    found = store.read(
        "select pin_id, count(*) from support where pin_id = any($ids) and pin_id in "
        "(select id from pin where id = any($ids) and status <> all($unshown)) group by pin_id",
        {"ids": ids, "unshown": sorted(UNSHOWN)},
    )
    return dict.fromkeys(ids, 0) | {PinId(pin_id): number for pin_id, number in found}


def give(
    store: Store,
    actor: Actor,
    pin_id: PinId,
    *,
    key_hash: str,
    words: str = "",
    lang: str = "de",
    source: str = "web",
    now: datetime,
) -> bool:
    """Add a voice to a pin, and what its giver writes to the office; tell whether it is new.

    `key_hash` is any hash that is the same when the same voice is sent again: twice is one voice,
    with its first words. Visitors support public pins, who leads a meeting also its own ones.
    Raises NotFound for a pin that is not to be seen, BadInput for words that are too long.
    """
    rules.check(actor, Act.PIN_SUPPORT)
    text = _checked(words)
    _supportable(store, actor, pin_id)
    record = {"key": key_hash, "pin": pin_id, "words": text, "source": source}
    record |= {"lang": lang_of(text, lang), "now": trail.utc(now)}

    def job(tx: Transaction) -> bool:
        # asked once more inside: hidden meanwhile is hidden
        return bool(
            tx.execute(
                "insert into support select $key, id, $words, $lang, $source, $now from pin "
                "where id = $pin and status <> all($unshown) "
                "on conflict (key_hash) do nothing returning key_hash",
                {**record, "unshown": sorted(UNSHOWN)},
            )
        )

    return store.write(job)


def take_back(store: Store, key_hash: str) -> None:
    """Erase a voice and its words; one that is not there is no error.

    No trail is kept of voices: a line of it would be what was to be erased.
    """

    def job(tx: Transaction) -> None:
        sql = "delete from support where key_hash = $key returning words"
        if any(words for (words,) in tx.execute(sql, {"key": key_hash})):
            tx.forget()

    store.write(job)


def given(store: Store, key_hashes: Sequence[str]) -> set[str]:
    """Tell which of these voices are there."""
    found = store.read(
        "select key_hash from support where key_hash = any($keys)", {"keys": list(key_hashes)}
    )
    return {key for (key,) in found}


def alike_near(store: Store, at: LonLat, *, kind: str, words: str, field: str = "") -> list[Pin]:
    """List up to three public pins that say the same nearby as somebody is just writing."""
    if kind not in set(Kind):
        return []
    near = Filter(kind=ALIKE[Kind(kind)], box=_around(at))
    found = {pin.id: pin for pin in pins.listing(store, rules.VISITOR, near, limit=CROWD)}
    mine = needs.Voice("", at, kind, field, "", words)
    return [found[PinId(name)] for name in alike(mine, [_said(pin) for pin in found.values()])]


def words_of(store: Store, actor: Actor, pin_id: PinId) -> list[Voice]:
    """List what those wrote who gave their voice to a pin, oldest first; for the office."""
    rules.check(actor, Act.PIN_READ_ALL)
    found = store.read(
        "select words, lang, source, created_at from support "
        "where pin_id = $pin and words <> '' order by created_at, key_hash",
        {"pin": pin_id},
    )
    return [Voice(words, lang, source, at.replace(tzinfo=UTC)) for words, lang, source, at in found]


def _said(pin: Pin) -> needs.Voice:
    return needs.Voice(pin.id, pin.at, pin.kind, pin.field, pin.lang, pin.words)


def _around(at: LonLat) -> Box:
    high = REACH / METRES_PER_DEGREE
    wide = high / math.cos(math.radians(at.lat))
    return Box(at.lon - wide, at.lat - high, at.lon + wide, at.lat + high)


def _checked(words: str) -> str:
    text = clean(words[: MAX_TYPED + 1]) if isinstance(words, str) else ""
    if len(text) > MAX_WORDS:
        raise BadInput(
            "pin.words_too_long", field="words", limit=MAX_WORDS, length=max(len(text), len(words))
        )
    return text


def _supportable(store: Store, actor: Actor, pin_id: PinId) -> Pin:
    found = pins.get(store, rules.HOUSE, pin_id)
    if found.status in PUBLIC or (found.status not in UNSHOWN and _leads(actor, found)):
        return found
    raise NotFound("pin.not_found")


def _leads(actor: Actor, pin: Pin) -> bool:
    if pin.meeting_id is None:
        return False
    try:
        rules.check_meeting(actor, Act.MEETING_LEAD, pin.meeting_id)
    except NotAllowed:
        return False
    return True
