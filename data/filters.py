"""The one filter of map, list and inbox: from and to a URL, and as the `where` of a query."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from data import conditions
from data.fields import with_old
from geo import grid, places, shapes
from geo.points import LonLat, is_place

BERLIN = ZoneInfo("Europe/Berlin")  # a day in a filter is a day of the neighbourhood
MAX_TEXT, MAX_VALUES = 100, 20  # of what one may ask for; more is cut
MOST_VOICES = 9999
LISTS = ("kind", "field", "status", "source", "lang")
YES_OR_NO = {"1": True, "0": False}


class Box(NamedTuple):
    """A window on the map in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Filter:
    """What is wanted; empty means everything."""

    kind: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    text: str = ""
    box: Box | None = None
    inside: bool | None = None
    need: str = ""  # the id of a need, or '-' for pins in none
    meeting: str = ""  # the id of a meeting
    climate: bool | None = None
    support: int = 0  # at least so many others support it
    flags: tuple[str, ...] = ()  # one of these, not dismissed; for the office alone
    shape: tuple[LonLat, ...] = ()  # the corners of a ring drawn on the map


class Scope(NamedTuple):
    """What may be seen at all: pins in none of these statuses, and these single ones.

    The few hidden statuses are named, not the many seen: one comparison each is half the time of
    a list over a million pins. The table knows no other status than those of the code.
    """

    hidden: tuple[str, ...]
    ids: tuple[str, ...] = ()
    flags: bool = False  # who may know of flags; nobody else learns them by filtering


def local_day(moment: datetime) -> date:
    """Tell which day a moment is in the neighbourhood."""
    return moment.astimezone(BERLIN).date()


def to_query(wanted: Filter) -> dict[str, str]:
    """Write a filter as URL parameters, without the empty ones.

    >>> to_query(Filter(kind=("idea", "problem"), text="Licht"))
    {'kind': 'idea,problem', 'text': 'Licht'}
    """
    query: dict[str, str] = {}
    for item in fields(Filter):
        value = getattr(wanted, item.name)
        if value == item.default:
            continue
        query[item.name] = _written(value)
    return query


def from_query(query: Mapping[str, str]) -> Filter:
    """Read a filter from URL parameters; what makes no sense is left out.

    >>> from_query({"kind": "idea,problem", "since": "gestern", "box": "1,2,x"})
    Filter(kind=('idea', 'problem'), field=(), status=(), source=(), lang=(), since=None, \
until=None, text='', box=None, inside=None, need='', meeting='', climate=None, support=0, \
flags=(), shape=())
    """
    lists = {
        name: tuple(filter(None, query.get(name, "").split(",")))[:MAX_VALUES]
        for name in (*LISTS, "flags")
    }
    return Filter(
        **lists,
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        text=query.get("text", "")[:MAX_TEXT],
        box=_box(query.get("box", "")),
        inside=YES_OR_NO.get(query.get("inside", "")),
        need=query.get("need", "")[:40],
        meeting=query.get("meeting", "")[:40],
        climate=YES_OR_NO.get(query.get("climate", "")),
        support=_number(query.get("support", "")),
        shape=_shape(query.get("shape", "")),
    )


def listed(wanted: Filter, name: str) -> list[str]:
    """Return the values of a list that are wanted; a field of today is also its old codes."""
    values = list(getattr(wanted, name))[:MAX_VALUES]
    return with_old(values) if name == "field" else values


def where(wanted: Filter, scope: Scope) -> tuple[str, dict[str, Any]]:
    """Write a filter and a scope as a condition on table `pin` with its parameters."""
    params: dict[str, Any] = {f"hidden{i}": status for i, status in enumerate(scope.hidden)}
    parts = [f"status <> ${name}" for name in params]
    if scope.ids:
        parts = [f"(({' and '.join(parts)}) or id = any($own))"]
        params["own"] = list(scope.ids)
    for name in LISTS:
        if values := listed(wanted, name):
            parts.append(f"{name} = any(${name})")
            params[name] = values
    for part, more in (
        _time(wanted),
        _text(wanted),
        _window(wanted),
        _rest(wanted),
        conditions.in_shape(wanted.shape),
        conditions.supported(wanted.support),
        conditions.flagged(wanted.flags[:MAX_VALUES] if scope.flags else ()),
    ):
        parts += part
        params |= more
    return " and ".join(parts), params


def _time(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    parts, params = [], {}
    if wanted.since:
        parts.append("created_at >= $since")
        params["since"] = midnight(wanted.since)
    if wanted.until:
        parts.append("created_at < $until")
        params["until"] = after(wanted.until)
    return parts, params


def _text(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    # Cut here as well: a browser can send more than its field takes, and each word is a condition
    found = places.fold(wanted.text[:MAX_TEXT]).split()[:MAX_TEXT]
    parts = [f"position($text{i} in folded) > 0" for i in range(len(found))]
    return parts, {f"text{i}": word for i, word in enumerate(found)}


def _window(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    if not wanted.box:
        return [], {}
    west, north = grid.cell(LonLat(wanted.box.west, wanted.box.north))
    east, south = grid.cell(LonLat(wanted.box.east, wanted.box.south))
    return (
        ["mx between $west and $east", "my between $north and $south"],
        {"west": west, "east": east, "north": north, "south": south},
    )


def _rest(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    parts, params = [], {}
    if wanted.inside is not None:
        parts.append("inside = $inside")
        params["inside"] = wanted.inside
    if wanted.climate is not None:
        parts.append("climate = $climate")
        params["climate"] = wanted.climate
    if wanted.need == "-":
        parts.append("need_id is null")
    elif wanted.need:
        parts.append("need_id = $need")
        params["need"] = wanted.need
    if wanted.meeting:
        parts.append("meeting_id = $meeting")
        params["meeting"] = wanted.meeting
    return parts, params


def midnight(day: date) -> datetime:
    """Return when a day begins in the neighbourhood, in UTC without a zone as it is stored."""
    near = min(max(day, date(1990, 1, 1)), date(2101, 1, 1))  # year 1 and 9999 have no UTC
    return datetime.combine(near, time(), BERLIN).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def after(day: date) -> datetime:
    """Return when a day is over in the neighbourhood, in UTC without a zone."""
    return midnight(min(day, date(2101, 1, 1)) + timedelta(days=1))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Box):
        return ",".join(f"{edge:.5f}" for edge in value)
    if isinstance(value, tuple) and isinstance(value[0], LonLat):
        return ",".join(f"{degrees:.5f}" for corner in value for degrees in corner)
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _number(text: str) -> int:
    short = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_VOICES))
    return int(text) if short else 0


def _shape(text: str) -> tuple[LonLat, ...]:
    try:
        degrees = [float(part) for part in text.split(",", 2 * shapes.MOST + 1)]
    except ValueError:
        return ()
    corners = tuple(map(LonLat, degrees[::2], degrees[1::2]))
    whole = len(degrees) == 2 * len(corners)
    return corners if whole and shapes.is_shape(corners) else ()


def _box(text: str) -> Box | None:
    try:
        box = Box(*(float(part) for part in text.split(",")))
    except (ValueError, TypeError):
        return None
    fine = is_place(box.west, box.south) and is_place(box.east, box.north)
    return box if fine and box.west < box.east and box.south < box.north else None
