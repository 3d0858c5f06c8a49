"""Export: the pins under a filter as CSV or GeoJSON, as staff may see them, a batch at a time."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from data import filters, pins, rules
from data.answer_times import Answers
from data.exchange_refused import guarded
from data.figures import Figures
from data.filters import Filter
from data.rules import Act, Actor
from data.store import Store
from geo import places

BATCH = 5_000  # pins in memory at a time
BOM = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
# The columns are documented in docs/figures.md and stay as they are: others read them by name
COLUMNS = (
    *("id", "number", "kind", "field", "climate", "words", "lang", "lon", "lat", "place"),
    *("inside", "source", "status", "need", "meeting", "supports", "created", "changed"),
    *("answer_due", "answered", "demo"),
)
TYPED = (
    "words",
    "place",
    "meeting",
    "source",
)  # by people: a spreadsheet may take it for a formula


def pins_csv(store: Store, actor: Actor, wanted: Filter) -> Iterator[str]:
    """Write the pins under a filter as CSV for spreadsheets: semicolons, a BOM, no live formula."""
    rules.check(actor, Act.PIN_EXPORT)
    return _csv(_records(store, actor, wanted))


def pins_geojson(store: Store, actor: Actor, wanted: Filter) -> Iterator[str]:
    """Write the pins under a filter as a GeoJSON FeatureCollection (RFC 7946, [lon, lat])."""
    rules.check(actor, Act.PIN_EXPORT)
    return _geojson(_records(store, actor, wanted))


def figures_csv(figures: Figures, answers: Answers) -> str:
    """Write the numbers of all charts as one CSV: chart, value, then how many."""
    rows: list[tuple[Any, ...]] = [("chart", "value", "strength", "problem", "idea", "pins")]
    sides = {
        figures.step: [period.row for period in figures.periods],
        "field": figures.fields,
        "lang": figures.languages,
        "source": figures.sources,
        "meeting": [row._replace(value=_title(figures, row.value)) for row in figures.meetings],
        "status": figures.statuses,
    }
    for side, found in sides.items():
        rows += [(side, *row, row.pins) for row in found]
    rows += [("answers", name, "", "", "", number) for name, number in _flat(answers)]
    return _lines([[guarded(str(cell)) for cell in row] for row in rows], start=BOM)


# --- inside -------------------------------------------------------------------


def _records(store: Store, actor: Actor, wanted: Filter) -> Iterator[list[dict[str, Any]]]:
    """Read the pins in batches, by number; those that come in between are taken along."""
    where, params = filters.where(wanted, pins.scope(actor))
    last = 0
    while True:
        rows = store.rows(
            _SELECT.format(where=where), {**params, "export_last": last, "export_batch": BATCH}
        )
        if rows:
            yield [_record(row) for row in rows]
        if len(rows) < BATCH:
            return
        last = rows[-1]["number"]


# What is named here leaves the office: no receipt, no origin, no words that were blacked out
_SELECT = (
    "select one.id, one.number, kind, one.field, one.climate, words, lang, lon, lat, "
    "one.place, inside, source, one.status, coalesce(need.number, 0) as need, "
    "coalesce(meeting.title, '') as meeting, coalesce(heard.supports, 0) as supports, "
    "one.created_at, one.changed_at, answer_due, answered_at, one.demo "
    "from (select id, number, kind, field, climate, words, lang, lon, lat, place, inside, source, "
    "status, need_id, meeting_id, created_at, changed_at, answer_due, answered_at, demo from pin "
    "where {where} and number > $export_last order by number limit $export_batch) as one "
    "left join need on need.id = one.need_id "
    "left join meeting on meeting.id = one.meeting_id "
    "left join (select pin_id, count(*) as supports from support group by pin_id) as heard "
    "on heard.pin_id = one.id order by one.number"
)


def _record(row: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a row into what is exported, by column, with values as JSON knows them."""
    given = {
        **row,
        "place": str(places.decode(row["place"])),
        "need": row["need"] or None,
        "created": _moment(row["created_at"]),
        "changed": _moment(row["changed_at"]),
        "answer_due": row["answer_due"] and row["answer_due"].isoformat(),
        "answered": row["answered_at"] and _moment(row["answered_at"]),
    }
    return {name: given[name] for name in COLUMNS}


def _csv(batches: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    yield _lines([COLUMNS], start=BOM)
    for batch in batches:
        yield _lines([_cell(name, record[name]) for name in COLUMNS] for record in batch)


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}"  # 13.4243 alone could be read as a day
    return guarded(str(value)) if name in TYPED else str(value)


def _lines(rows: Iterable[Iterable[str]], *, start: str = "") -> str:
    text = io.StringIO()
    text.write(start)
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _geojson(batches: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    before = "\n"
    for batch in batches:
        features = []
        for record in batch:
            features.append(before + json.dumps(_feature(record), ensure_ascii=False))
            before = ",\n"
        yield "".join(features)
    yield "\n]}\n"


def _feature(record: dict[str, Any]) -> dict[str, Any]:
    at = [round(record["lon"], 6), round(record["lat"], 6)]
    about = {name: value for name, value in record.items() if name not in ("id", "lon", "lat")}
    point = {"type": "Point", "coordinates": at}
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": about}


def _moment(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _title(figures: Figures, meeting_id: str) -> str:
    return figures.titles.get(meeting_id, meeting_id)


def _flat(answers: Answers) -> Iterator[tuple[str, object]]:
    for name, value in vars(answers).items():
        if isinstance(value, tuple):
            yield from ((f"{name}_{i}", number) for i, number in enumerate(value, 1))
        else:
            yield name, "" if value is None else value
