"""What a meeting's wall shows, kept in memory: only what changed since is asked for and told."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

from data import unchanged
from data.meetings import Publish
from data.pins import PUBLIC, Kind, Status
from data.problems import NotFound
from data.rules import MeetingId, PinId
from data.store import Store
from geo import places
from geo.points import LonLat

NEVER = (Status.HIDDEN, Status.WITHDRAWN)
MOST = 4  # meetings whose walls are kept: those that were asked for last
TABLES = ("pin", "meeting_pin", "support", "meeting")


@dataclass(frozen=True)
class Seen:
    """A pin as the wall shows it: no sender, no receipt. Times are UTC."""

    id: PinId
    number: int
    kind: Kind
    field: str
    words: str
    lang: str
    at: LonLat
    place: places.PlaceWords
    created_at: datetime
    group_id: str | None
    voices: int  # others who say the same


@dataclass(frozen=True)
class News:
    """What changed on a wall since a turn that somebody has seen."""

    turn: str  # to ask with the next time
    whole: bool  # `pins` are all there are: what was known before does not count
    pins: tuple[Seen, ...]  # new or changed, newest first
    gone: tuple[PinId, ...]


@dataclass(frozen=True)
class Wall:
    """A meeting's wall as a revision left it; `changed` and `gone` tell the turn by pin."""

    line: str  # of turns; another line knows nothing of them
    turn: int
    revision: int
    publish: str
    top: int  # the highest number of a pin that was read
    mark: int  # of all rows that were read
    pins: tuple[Seen, ...]  # let through, newest first
    changed: Mapping[PinId, int]
    gone: Mapping[PinId, int]

    def since(self, turn: str) -> News:
        """Tell what changed since a turn; all of it to who knows none of this line."""
        line, _, number = turn.partition("-")
        now = f"{self.line}-{self.turn}"
        if line != self.line or not (number.isascii() and number.isdigit() and len(number) < 10):
            return News(now, True, self.pins, ())
        after = int(number)
        pins = tuple(pin for pin in self.pins if self.changed[pin.id] > after)
        return News(now, False, pins, tuple(id for id, at in self.gone.items() if at > after))


def of(store: Store, meeting_id: MeetingId) -> Wall:
    """Return a meeting's wall as it is now; NotFound for an unknown meeting."""
    with _bringing:
        kept = _kept.setdefault(store, {})
        known = kept.get(meeting_id)
        revision = store.last_change(*TABLES)  # before reading: what comes meanwhile is read again
        if known is None or known.revision != revision:
            known = _brought(store, meeting_id, known, revision)
        kept.pop(meeting_id, None)
        kept[meeting_id] = known  # the last one
        if len(kept) > MOST:
            del kept[next(iter(kept))]
        return known


# --- inside -----------------------------------------------------------------

_bringing = threading.Lock()
_kept: WeakKeyDictionary[Store, dict[MeetingId, Wall]] = WeakKeyDictionary()
_ROWS = """
from (
    select p.id, p.number, p.kind, p.field, p.words, p.lang, p.lon, p.lat, p.place, p.created_at,
        p.status, coalesce(m.wall, '') as wall, m.group_id, coalesce(s.voices, 0) as voices
    from pin p
    left join meeting_pin m on m.pin_id = p.id
    left join (select pin_id, count(*) as voices from support group by pin_id) s on s.pin_id = p.id
    where p.meeting_id = $meeting and p.status <> all($never)
) seen
"""
_NEW = f"select seen.*, hash(seen) as mark {_ROWS} where number > $top"
_MARK = f"select coalesce(bit_xor(hash(seen)), 0) {_ROWS} where number <= $top"
_order = attrgetter("created_at", "number")


def _brought(store: Store, meeting_id: MeetingId, known: Wall | None, revision: int) -> Wall:
    """Read what is new; everything, when something older is no longer what it was."""
    publish = unchanged.since(store, ("meeting",), meeting_id, lambda: _rule(store, meeting_id))
    asked: dict[str, Any] = {"meeting": meeting_id, "never": list(NEVER)}
    if known and known.publish == publish:
        added = store.rows(_NEW, {**asked, "top": known.top})
        mark = store.read(_MARK, {**asked, "top": known.top})[0][0]
        if mark == known.mark:
            return _with(replace(known, revision=revision), added)
    return _anew(known, publish, revision, store.rows(_NEW, {**asked, "top": -1}))


def _with(known: Wall, rows: list[dict[str, Any]]) -> Wall:
    """Add rows of pins that came since."""
    if not rows:
        return known
    turn, seen = known.turn + 1, _let(known.publish, rows)
    here = dict.fromkeys((pin.id for pin in seen), turn)
    pins = tuple(sorted((*seen, *known.pins), key=_order, reverse=True))
    return replace(
        known,
        turn=turn,
        top=max(row["number"] for row in rows),
        mark=_marked(known.mark, rows),
        pins=pins,
        changed={**known.changed, **here},
        gone={id: at for id, at in known.gone.items() if id not in here},
    )


def _anew(known: Wall | None, publish: str, revision: int, rows: list[dict[str, Any]]) -> Wall:
    """Take all rows, and see which pins are not what they were."""
    turn = known.turn + 1 if known else 1
    before = {pin.id: pin for pin in known.pins} if known else {}
    pins = tuple(sorted(_let(publish, rows), key=_order, reverse=True))
    here = {pin.id for pin in pins}
    stays = known.changed if known else {}
    gone = {**(known.gone if known else {}), **dict.fromkeys(before.keys() - here, turn)}
    return Wall(
        line=known.line if known else secrets.token_hex(4),
        turn=turn,
        revision=revision,
        publish=publish,
        top=max((row["number"] for row in rows), default=-1),
        mark=_marked(0, rows),
        pins=pins,
        changed={pin.id: stays[pin.id] if before.get(pin.id) == pin else turn for pin in pins},
        gone={id: at for id, at in gone.items() if id not in here},
    )


def _rule(store: Store, meeting_id: MeetingId) -> str:
    found = store.read("select publish from meeting where id = $id", {"id": meeting_id})
    if not found:
        raise NotFound("meeting.unknown")
    return found[0][0]


def _marked(value: int, rows: list[dict[str, Any]]) -> int:
    for row in rows:
        value ^= row["mark"]
    return value


def _let(publish: str, rows: list[dict[str, Any]]) -> list[Seen]:
    return [_seen(row) for row in rows if _let_through(publish, row["status"], row["wall"])]


def _let_through(publish: str, status: str, wall: str) -> bool:
    """Apply the publish rule to a pin that is neither hidden nor withdrawn.

    >>> _let_through("after_desk", "waiting", "shown"), _let_through("at_once", "new", "hidden")
    (True, False)
    """
    if wall == "hidden":
        return False
    if publish == Publish.AT_ONCE:
        return True
    return status in PUBLIC or (publish == Publish.AFTER_DESK and wall == "shown")


def _seen(row: Mapping[str, Any]) -> Seen:
    same = ("id", "number", "field", "words", "lang", "voices", "group_id")
    return Seen(
        **{name: row[name] for name in same},
        kind=Kind(row["kind"]),
        at=LonLat(row["lon"], row["lat"]),
        place=places.decode(row["place"]),
        created_at=row["created_at"].replace(tzinfo=UTC),
    )
