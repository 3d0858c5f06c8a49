"""Figures: how many pins, when, of what kind, in which field, language and state."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from data import filters, pins, rules, trail
from data.fields import FIELDS, today
from data.filters import BERLIN, Filter, local_day
from data.pins import Kind, Status
from data.rules import Act, Actor
from data.store import Store

WEEKS_UP_TO, MONTHS_UP_TO = 126, 1_100  # days: 18 rows of weeks, 36 of months; then years


class Row(NamedTuple):
    """How many pins have one value, by kind."""

    value: str
    strengths: int
    problems: int
    ideas: int

    @property
    def kinds(self) -> tuple[int, int, int]:
        """Count strengths, problems and ideas."""
        return self.strengths, self.problems, self.ideas

    @property
    def pins(self) -> int:
        """Count all of them."""
        return sum(self.kinds)


class Period(NamedTuple):
    """How many pins came from one day to another, both included, by kind."""

    first: date
    last: date
    row: Row


@dataclass(frozen=True)
class Figures:
    """What is counted under one filter; waiting and hidden pins are among them."""

    pins: int
    waiting: int
    hidden: int
    step: str  # of the periods: week | month | year
    periods: tuple[Period, ...]  # without a gap, oldest first
    fields: tuple[Row, ...]  # every field, then '' for none if there is such a pin
    languages: tuple[Row, ...]  # the most first, as all below
    sources: tuple[Row, ...]
    meetings: tuple[Row, ...]  # by id
    statuses: tuple[Row, ...]  # in the order of a pin's way
    titles: Mapping[str, str]  # of the meetings, by id


def counted(store: Store, actor: Actor, wanted: Filter) -> Figures:
    """Count the pins under a filter from every side."""
    rules.check(actor, Act.FIGURES_READ)
    where, params = filters.where(wanted, pins.scope(actor))
    every, first, last = store.read(
        f"select count(*), min(created_at), max(created_at) from pin where {where}",  # noqa: S608
        params,
    )[0]
    step, spans = periods(first, last)
    found = _sides(store, where, params, spans)
    states = {row.value: row.pins for row in found["status"]}
    meetings = _most_first(found["meeting"])
    return Figures(
        pins=every,
        waiting=states.get(Status.WAITING, 0),
        hidden=states.get(Status.HIDDEN, 0),
        step=step,
        periods=_filled(spans, found["period"]),
        fields=_in_order(found["field"], FIELDS, always=True),
        languages=_most_first(found["lang"]),
        sources=_most_first(found["source"]),
        meetings=meetings,
        statuses=_in_order(found["status"], tuple(Status)),
        titles=_titles(store, meetings),
    )


def periods(first: datetime | None, last: datetime | None) -> tuple[str, list[tuple[date, date]]]:
    """Choose weeks, months or years for a span of moments (UTC), as first and last days in Berlin.

    >>> step, days = periods(datetime(2026, 3, 31, 22, 30), datetime(2026, 4, 12))
    >>> step, [str(day) for day in days[0]], len(days)
    ('week', ['2026-03-30', '2026-04-05'], 2)
    >>> periods(None, None)
    ('week', [])
    """
    if first is None or last is None:
        return "week", []
    begin, end = _day(first), _day(last)
    long = (end - begin).days
    step = "week" if long <= WEEKS_UP_TO else "month" if long <= MONTHS_UP_TO else "year"
    day = _begin(begin, step)
    spans = []
    while day <= end:
        after = _next(day, step)
        spans.append((day, after - timedelta(days=1)))
        day = after
    return step, spans


# --- inside -------------------------------------------------------------------

_SIDES = ("period", "field", "lang", "source", "meeting", "status")
_KINDS = (Kind.STRENGTH, Kind.PROBLEM, Kind.IDEA)


def _sides(
    store: Store, where: str, params: Mapping[str, Any], spans: Sequence[tuple[date, date]]
) -> dict[str, list[Row]]:
    """Count the pins from every side, of one reading of the table.

    Grouped by all sides at once and added up here: a third of the time of grouping sets.
    """
    period, bounds = _period(spans)
    rows = store.read(
        f"select {period} as period, field, lang, source, coalesce(meeting_id, '') as meeting, "  # noqa: S608
        f"status, kind, count(*) from pin where {where} group by 1, 2, 3, 4, 5, 6, 7",
        {**params, **bounds},
    )
    found = {side: defaultdict[str, Counter[str]](Counter) for side in _SIDES}
    for *values, kind, number in rows:
        for side, value in zip(_SIDES, values, strict=True):
            found[side][today(value) if side == "field" else value][kind] += number
    return {
        side: [Row(value, *(kinds[kind] for kind in _KINDS)) for value, kinds in values.items()]
        for side, values in found.items()
    }


def _period(spans: Sequence[tuple[date, date]]) -> tuple[str, dict[str, Any]]:
    """Write which period a pin belongs to: its first day."""
    if not spans:
        return "''", {}
    ends = {
        f"counted_end{i}": _midnight(last + timedelta(days=1)) for i, (_, last) in enumerate(spans)
    }
    cases = " ".join(
        f"when created_at < ${name} then '{first.isoformat()}'"
        for name, (first, _) in zip(ends, spans, strict=True)
    )
    return f"case {cases} else '' end", ends


def _filled(spans: Sequence[tuple[date, date]], rows: Iterable[Row]) -> tuple[Period, ...]:
    known = {row.value: row for row in rows}
    return tuple(
        Period(first, last, known.get(first.isoformat(), Row(first.isoformat(), 0, 0, 0)))
        for first, last in spans
    )


def _in_order(
    rows: Iterable[Row], order: Sequence[str], *, always: bool = False
) -> tuple[Row, ...]:
    """Put rows in an order, others after it; `always` also those that nobody has."""
    known = {row.value: row for row in rows}
    listed = [known.pop(value, Row(value, 0, 0, 0)) for value in order if always or value in known]
    return (*listed, *known.values())


def _most_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted((row for row in rows if row.value), key=lambda row: (-row.pins, row.value)))


def _titles(store: Store, rows: Sequence[Row]) -> dict[str, str]:
    ids = [row.value for row in rows]
    sql = "select id, title from meeting where id = any($ids)"
    return dict(store.read(sql, {"ids": ids})) if ids else {}


def _day(moment: datetime) -> date:
    return local_day(moment.replace(tzinfo=UTC))


def _midnight(day: date) -> datetime:
    return trail.utc(datetime.combine(day, time(), BERLIN))


def _begin(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _next(day: date, step: str) -> date:
    if step == "week":
        return day + timedelta(days=7)
    if step == "year":
        return day.replace(year=day.year + 1)
    return (day + timedelta(days=31)).replace(day=1)
