"""The flags of every pin kept beside it, so that a filter may ask for them without reading words.

What is kept follows the pin: a changed pin, or one read by older rules, is read anew, and a
withdrawn one keeps nothing (docs/flags.md says what the rules find).
"""

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import geo
from data import flags, pins
from data.pins import Pin, Status
from data.rules import HOUSE, PinId
from data.store import Store, Transaction
from geo.flags import bare as plain
from geo.flags_text import Flag

AT_ONCE = 200  # pins of one piece: about a second of work, one commit
TODO = (
    "from pin left join pin_read on pin_read.pin_id = pin.id where pin_read.pin_id is null "
    "or pin_read.changed_at <> pin.changed_at or pin_read.rules <> $rules"
)


class _Read(NamedTuple):
    pin: Pin
    flags: tuple[Flag, ...]
    same_as: int | None


def waiting(store: Store) -> int:
    """Count the pins whose flags are not known yet."""
    return store.read(f"select count(*) {TODO}", {"rules": rules()})[0][0]


def catch_up(store: Store, *, most: int = AT_ONCE) -> int:
    """Read the flags of at most so many pins, the newest first; returns how many are left."""
    left = waiting(store)
    if not left:
        return 0
    rows = store.read(
        f"select pin.id {TODO} order by pin.number desc limit $most",
        {"rules": rules(), "most": most},
    )
    bare = functools.cache(plain)  # what neighbours said is read once a piece, and then forgotten
    some = pins.by_ids(store, HOUSE, [PinId(pin_id) for (pin_id,) in rows])
    read = [_read(store, pin, bare) for pin in some]
    store.write(lambda tx: _keep(tx, read))
    return left - len(read)


def _read(store: Store, pin: Pin, bare: Callable[[str], str]) -> _Read:
    if pin.status == Status.WITHDRAWN:
        return _Read(pin, (), None)
    raised = flags.raised(store, pin, bare=bare)
    # whether it lies outside, its own column knows
    kept = tuple(one.flag for one in raised if one.flag != Flag.OUTSIDE)
    return _Read(pin, kept, next((one.same_as for one in raised if one.same_as), None))


def _keep(tx: Transaction, read: list[_Read]) -> None:
    """Put what was read in place of what was known; who repeats a withdrawn pin is read again."""
    gone = [one.pin.number for one in read if one.pin.status == Status.WITHDRAWN]
    ids = {"ids": [one.pin.id for one in read]}
    tx.execute("delete from pin_read where same_as = any($gone)", {"gone": gone})
    tx.execute("delete from pin_flag where pin_id = any($ids)", ids)
    tx.execute("delete from pin_read where pin_id = any($ids)", ids)
    tx.execute(
        "insert into pin_read select unnest($ids::varchar[]), unnest($at::timestamp[]), $rules, "
        "unnest($same::integer[])",
        {
            **ids,
            "at": [one.pin.changed_at.replace(tzinfo=None) for one in read],
            "rules": rules(),
            "same": [one.same_as for one in read],
        },
    )
    raised = [(one.pin.id, flag.value) for one in read for flag in one.flags]
    tx.execute(
        "insert into pin_flag select unnest($pins::varchar[]), unnest($flags::varchar[])",
        {"pins": [pin for pin, _ in raised], "flags": [flag for _, flag in raised]},
    )


@functools.cache
def rules() -> str:
    """Return the fingerprint of the rules: other rules read every pin anew."""
    files = sorted(Path(geo.__path__[0]).glob("flags*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
