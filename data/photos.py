"""Photos: at most one for a pin, given by its sender, seen by nobody but staff before its check.

The picture as it came (re-encoded, without metadata) stays with the office as long as it is
shown, so that more can be blacked out later; what everybody sees is the blacked-out copy. A photo
that is not shown is erased, and so is that of a pin that was withdrawn.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from data import pictures, pins, rules, settings, trail, unchanged
from data.pictures import Picture, Rectangle
from data.pins import Pin, Status
from data.problems import BadInput, Conflict, NotFound, TooMany
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction

REASONS = ("people", "personal_data", "not_own", "unclear", "unfit")
PATIENCE = 10  # seconds: a picture takes less than one
MAX_WAITING = 4  # for their turn to be unpacked; each waits in a thread that others need
_turn = threading.Semaphore(1)  # one picture unpacks at a time: up to 150 MB each
_line = threading.BoundedSemaphore(MAX_WAITING)


class PhotoState(StrEnum):
    """Where a photo stands."""

    WAITING = "waiting"  # for the office to check it
    SHOWN = "shown"
    REFUSED = "refused"  # erased; that there was one is still known


@dataclass(frozen=True)
class Photo:
    """What is known of a pin's photo without its picture. Pixels; times are UTC."""

    pin_id: PinId
    width: int
    height: int
    state: PhotoState
    changed_at: datetime


FACTS = "pin_id, width, height, state, changed_at"


def allowed(store: Store, pin: Pin) -> bool:
    """Tell whether a photo may be given with a pin: its meeting says so, or the office for all."""
    if pin.status == Status.WITHDRAWN:
        return False
    if pin.meeting_id:
        found = store.read("select photos from meeting where id = $id", {"id": pin.meeting_id})
        return bool(found and found[0][0])
    return settings.get(store, "photos") == "on"


def add(store: Store, actor: Actor, raw: bytes, *, now: datetime) -> Photo:
    """Take a photo for the sender's own pin; another one takes its place until it is checked.

    Raises NotAllowed where photos are not wanted, BadInput for what is no picture of ours
    (data/pictures.py), Conflict when the photo was checked or the pin withdrawn meanwhile.
    """
    rules.check(actor, Act.PHOTO_ADD)
    if actor.pin is None:
        raise NotFound("pin.not_found")
    pin = pins.get(store, actor, actor.pin)
    if pin.status == Status.WITHDRAWN:
        raise Conflict("photo.pin_withdrawn")
    if not allowed(store, pin):
        raise BadInput("photo.not_wanted", field="photo")
    before = own(store, actor)
    if before and before.state != PhotoState.WAITING:  # said before the picture is unpacked
        raise Conflict("photo.checked")
    with my_turn():
        picture = pictures.taken(raw)
    store.write(lambda tx: _keep(tx, actor, pin.id, picture, now=now))
    return Photo(pin.id, picture.width, picture.height, PhotoState.WAITING, now)


def own(store: Store, actor: Actor) -> Photo | None:
    """Tell what became of the photo of the sender's own pin; None without one."""
    rules.check(actor, Act.PIN_FOLLOW)
    return _one(store, actor.pin) if actor.pin else None


def of_pin(store: Store, actor: Actor, pin_id: PinId) -> Photo | None:
    """Tell what is known of a pin's photo, also of one that nobody else may see yet."""
    rules.check(actor, Act.PHOTO_CHECK)
    return _one(store, pin_id)


def shown(store: Store, actor: Actor, found: Sequence[Pin]) -> dict[PinId, Photo]:
    """Find the checked photos of pins that the actor has loaded and everybody may see."""
    rules.check(actor, Act.PIN_READ)
    every = rules.may(actor, Act.PIN_READ_ALL)
    there = unchanged.pins_in(store, "photo")
    ids = [pin.id for pin in found if pin.id in there and (every or pin.status in pins.PUBLIC)]
    if not ids:
        return {}
    rows = store.rows(
        f"select {FACTS} from photo where pin_id in (select unnest($ids::varchar[])) "  # noqa: S608
        "and state = 'shown'",
        {"ids": ids},
    )
    return {PinId(row["pin_id"]): _load(row) for row in rows}


def picture(store: Store, actor: Actor, pin_id: PinId) -> bytes:
    """Give the JPEG that everybody may see; NotFound when the pin or its photo is not shown."""
    rules.check(actor, Act.PIN_READ)
    pins.get(store, actor, pin_id)
    found = store.read(
        "select coalesce(shown, original) from photo where pin_id = $id and state = 'shown'",
        {"id": pin_id},
    )
    if not found or found[0][0] is None:
        raise NotFound("photo.none")
    return bytes(found[0][0])


def original(store: Store, actor: Actor, pin_id: PinId) -> bytes:
    """Give the JPEG as it came, for the office alone."""
    rules.check(actor, Act.PHOTO_CHECK)
    found = store.read("select original from photo where pin_id = $id", {"id": pin_id})
    if not found or found[0][0] is None:
        raise NotFound("photo.none")
    return bytes(found[0][0])


def waiting_count(store: Store, actor: Actor) -> int:
    """Count the photos that wait to be checked."""
    rules.check(actor, Act.PHOTO_CHECK)
    return store.read(f"select count(*) {_WAITING}")[0][0]


def waiting(store: Store, actor: Actor, *, skip: int = 0) -> Photo | None:
    """Find the photo to be checked next, the oldest first; skipping all starts anew."""
    count = waiting_count(store, actor)
    rows = store.rows(
        f"select {_OF_PHOTO} {_WAITING} order by photo.created_at, pin_id limit 1 offset $skip",
        {"skip": skip % count if count else 0},
    )
    return _load(rows[0]) if rows else None


def checked(store: Store, actor: Actor, *, limit: int = 12) -> list[Photo]:
    """List the photos that are shown, the one checked last first."""
    rules.check(actor, Act.PHOTO_CHECK)
    rows = store.rows(
        f"select {FACTS} from photo where state = 'shown' "  # noqa: S608
        "order by changed_at desc, pin_id limit $limit",
        {"limit": limit},
    )
    return [_load(row) for row in rows]


def show(
    store: Store,
    actor: Actor,
    pin_id: PinId,
    *,
    parts: Sequence[Rectangle],
    seen: datetime,
    now: datetime,
) -> None:
    """Let everybody see a waiting photo, with parts blacked out for good.

    `seen` is the `changed_at` of what was looked at: Conflict when another picture came since.
    """
    rules.check(actor, Act.PHOTO_CHECK)
    parts = pictures.rectangles(parts)
    copy = None
    if parts:
        with my_turn():
            copy = pictures.blacked_out(original(store, actor, pin_id), parts)
    sets, step = "shown = $copy, state = 'shown'", "photo_shown"
    _check(store, actor, pin_id, sets, {"copy": copy}, step=step, seen=seen, now=now)


def refuse(
    store: Store, actor: Actor, pin_id: PinId, *, reason: str, seen: datetime, now: datetime
) -> None:
    """Do not show a photo, for a reason that its sender reads; the picture is erased."""
    rules.check(actor, Act.PHOTO_CHECK)
    if reason not in REASONS:
        raise BadInput("photo.reason_missing", field="reason")
    sets, step = "original = null, shown = null, state = 'refused'", f"photo_refused.{reason}"
    _check(store, actor, pin_id, sets, {}, step=step, seen=seen, now=now, erases=True)


def take_back(store: Store, actor: Actor, pin_id: PinId, *, now: datetime) -> None:
    """Take a shown photo out of sight, to check it once more."""
    rules.check(actor, Act.PHOTO_CHECK)

    def job(tx: Transaction) -> None:
        moved = tx.execute(
            "update photo set shown = null, state = 'waiting', changed_at = $now "
            "where pin_id = $id and state = 'shown' returning pin_id",
            {"id": pin_id, "now": trail.utc(now)},
        )
        if not moved:
            raise Conflict("photo.changed")
        trail.note(tx, actor, Act.PHOTO_CHECK, "photo", pin_id, now=now, details={"back": True})

    store.write(job)


# --- inside -----------------------------------------------------------------

# A pin that nobody sees needs no photo checked; it waits until the pin is shown again
_WAITING = (
    "from photo join pin on pin.id = photo.pin_id "
    "where photo.state = 'waiting' and pin.status not in ('hidden', 'withdrawn')"
)
_OF_PHOTO = ", ".join(f"photo.{name}" for name in FACTS.split(", "))


@contextmanager
def my_turn() -> Iterator[None]:
    """Wait for the turn to unpack a picture; TooMany when the line is long."""
    if not _line.acquire(blocking=False):
        raise TooMany("photo.busy")
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise TooMany("photo.busy")
        try:
            yield
        finally:
            _turn.release()
    finally:
        _line.release()


def _keep(tx: Transaction, actor: Actor, pin_id: PinId, picture: Picture, *, now: datetime) -> None:
    """Store a picture as waiting, unless the pin or its photo has moved on."""
    here = tx.execute("select status from pin where id = $id", {"id": pin_id})
    if not here or here[0][0] == Status.WITHDRAWN:
        raise Conflict("photo.pin_withdrawn")
    kept = tx.execute(
        "insert into photo values ($id, $jpeg, null, $width, $height, 'waiting', $now, $now) "
        "on conflict (pin_id) do update set original = excluded.original, width = excluded.width, "
        "height = excluded.height, changed_at = excluded.changed_at "
        "where photo.state = 'waiting' returning pin_id",
        {
            "id": pin_id,
            "jpeg": picture.jpeg,
            "width": picture.width,
            "height": picture.height,
            "now": trail.utc(now),
        },
    )
    if not kept:
        raise Conflict("photo.checked")
    trail.note(tx, actor, Act.PHOTO_ADD, "photo", pin_id, now=now)


def _check(
    store: Store,
    actor: Actor,
    pin_id: PinId,
    sets: str,
    params: dict[str, object],
    *,
    step: str,
    seen: datetime,
    now: datetime,
    erases: bool = False,
) -> None:
    def job(tx: Transaction) -> None:
        moved = tx.execute(
            f"update photo set {sets}, changed_at = $now "  # noqa: S608
            "where pin_id = $id and state = 'waiting' and changed_at = $seen returning pin_id",
            {**params, "id": pin_id, "seen": trail.utc(seen), "now": trail.utc(now)},
        )
        if not moved:
            raise Conflict("photo.changed")
        if erases:
            tx.forget()
        trail.note(tx, actor, Act.PHOTO_CHECK, "pin", pin_id, now=now, step=step)

    store.write(job)


def _one(store: Store, pin_id: PinId) -> Photo | None:
    rows = store.rows(f"select {FACTS} from photo where pin_id = $id", {"id": pin_id})  # noqa: S608
    return _load(rows[0]) if rows else None


def _load(row: dict[str, object]) -> Photo:
    changed = row["changed_at"]
    assert isinstance(changed, datetime)
    return Photo(
        PinId(str(row["pin_id"])),
        int(str(row["width"])),
        int(str(row["height"])),
        PhotoState(str(row["state"])),
        changed.replace(tzinfo=UTC),
    )
