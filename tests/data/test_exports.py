"""Exports: complete, safe to open in a spreadsheet, readable again, and nothing more than allowed."""

import csv
import io
import json
import re
import uuid

import pytest

from data import answer_times, exchange, exports, figures, mappings, pins
from data.filters import Filter
from data.problems import NotAllowed
from data.rules import HOUSE, Actor, Role
from data.store import Store
from geo.points import LonLat

FORMULAS = ["=1+1", "+49 30", "-5 Grad", "@SUM(A1)", '=HYPERLINK("http://x";"klick")']
HOSTILE = [
    *FORMULAS,
    'Semikolon; und "Anführung"',
    "zwei\nZeilen",
    "a\r\nb",
    "Zu\x00 dunkel\x07",
    "links \u202e rechts",
    "<script>alert(1)</script>",
    "نريد مكانا للعب",
    "Çok karanlık 🌙",
    "'n Abend",
    "\ufeffBOM",
]


@pytest.fixture
def hostile(store, area, now, draft):
    """Store pins with words that spreadsheets, parsers and terminals stumble over."""
    ids = [
        str(uuid.UUID(int=(i + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128))
        for i in range(len(HOSTILE))
    ]
    drafts = [draft(text, id=i, code=f"CODE-{i}") for text, i in zip(HOSTILE, ids, strict=True)]
    pins.add(store, HOUSE, area, drafts, now=now)
    return ids


def table(text):
    """Read an export as a spreadsheet does."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))


def csv_of(store, actor, wanted=None):
    return "".join(exports.pins_csv(store, actor, wanted or Filter()))


def geojson_of(store, actor, wanted=None):
    return json.loads("".join(exports.pins_geojson(store, actor, wanted or Filter())))


def test_every_pin_is_a_row_with_the_documented_columns(store, office, hostile):
    rows = table(csv_of(store, office))
    assert [row["id"] for row in rows] == hostile
    assert {tuple(row) for row in rows} == {exports.COLUMNS}
    assert {(row["lon"], row["lat"]) for row in rows} == {("13.424300", "52.502060")}


def test_no_cell_is_a_formula_and_no_sign_turns_the_line_round(store, office, hostile):
    text = csv_of(store, office)
    for row in table(text):
        for name in exports.TYPED:
            assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r")), row[name]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", text)


def test_geojson_is_as_the_standard_says(store, office, hostile):
    found = geojson_of(store, office)
    assert found["type"] == "FeatureCollection"
    assert [feature["id"] for feature in found["features"]] == hostile
    for feature in found["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"] == {"type": "Point", "coordinates": [13.4243, 52.50206]}
        assert {"words", "kind", "status"} <= feature["properties"].keys()
    assert found["features"][0]["properties"]["words"] == "=1+1"  # JSON runs nothing


def test_nothing_to_export_is_a_header_or_an_empty_collection(store, office):
    assert table(csv_of(store, office)) == []
    assert csv_of(store, office).count("\r\n") == 1
    assert geojson_of(store, office) == {"type": "FeatureCollection", "features": []}


def test_the_filter_decides_what_is_exported(store, office, area, now, draft):
    drafts = [draft("Licht", id="a"), draft("Lärm", id="b", kind="idea")]
    pins.add(store, HOUSE, area, drafts, now=now)
    assert [row["id"] for row in table(csv_of(store, office, Filter(text="licht")))] == ["a"]
    found = geojson_of(store, office, Filter(kind=("idea",)))
    assert [feature["id"] for feature in found["features"]] == ["b"]


def test_batches_lose_nothing_and_double_nothing(store, office, area, now, draft, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 3)
    drafts = [draft(id=f"pin-{i}") for i in range(9)]
    pins.add(store, HOUSE, area, drafts, now=now)
    assert [row["id"] for row in table(csv_of(store, office))] == [one.id for one in drafts]
    assert len(geojson_of(store, office)["features"]) == 9
    assert len(list(exports.pins_csv(store, office, Filter()))) == 4  # header and three batches


def test_hidden_ones_are_in_it_withdrawn_ones_and_secrets_never(store, office, hostile, now):
    pins.hide(store, office, [hostile[11]], reason="spam", now=now, note="interne Notiz")
    pins.withdraw(store, Actor(Role.SENDER, pin=hostile[12]), now=now)

    def blacked(tx):
        tx.execute("update pin set words = '████ Straße' where id = $id", {"id": hostile[5]})
        tx.execute(
            "insert into redaction values ($id, 'Herr Geheim', 'personal_data', null, $now)",
            {"id": hostile[5], "now": now.replace(tzinfo=None)},
        )

    store.write(blacked)
    hashes = [row[0] for row in store.read("select code_hash from receipt")]
    for text in (csv_of(store, office), json.dumps(geojson_of(store, office), ensure_ascii=False)):
        assert hostile[11] in text
        assert hostile[12] not in text
        assert "████ Straße" in text
        for secret in ("Geheim", "interne Notiz", "CODE-", *hashes):
            assert secret not in text


def test_needs_meetings_and_supports_stand_with_their_pins(store, office, office_day, now):
    def meet(tx):
        tx.execute("update pin set meeting_id = 'unknown' where id = 'pin-1'")
        tx.execute(
            "insert into support values ('h1', 'pin-1', 'nur fürs Büro', 'de', 'web', $now)",
            {"now": now.replace(tzinfo=None)},
        )

    store.write(meet)
    row = next(row for row in table(csv_of(store, office)) if row["id"] == "pin-1")
    assert (row["need"], row["meeting"], row["supports"]) == ("1", "", "1")
    assert "nur fürs Büro" not in csv_of(store, office)
    assert row["answered"] == ""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["answer_due"])
    assert row["created"].endswith("Z")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.ADMIN, Role.HOUSE}))
def test_others_are_refused_before_the_first_line(store, role):
    for export in (exports.pins_csv, exports.pins_geojson):
        with pytest.raises(NotAllowed):
            export(store, Actor(role), Filter())


@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_an_export_read_in_again_adds_nothing(store, office, area, now, hostile, tmp_path, ending):
    report = read_in(store, area, now, export_to(store, office, tmp_path / f"export.{ending}"))
    assert (report.read, report.stored, report.already) == (len(hostile), 0, len(hostile))


@pytest.mark.parametrize("ending", ["csv", "geojson"])
def test_an_export_read_into_an_empty_house_has_the_same_words_and_ids(
    store, office, area, now, hostile, tmp_path, ending
):
    file = export_to(store, office, tmp_path / f"export.{ending}")
    other = Store.open()
    try:
        assert read_in(other, area, now, file).stored == len(hostile)
        columns = "select id, kind, words, lon, lat, created_at from pin order by id"
        before, after = store.read(columns), other.read(columns)
        assert [row[:3] for row in after] == [row[:3] for row in before]
        assert [LonLat(*row[3:5]) for row in after] == [LonLat(*row[3:5]) for row in before]
    finally:
        other.close()


def export_to(store, actor, file):
    export = exports.pins_csv if file.suffix == ".csv" else exports.pins_geojson
    file.write_text("".join(export(store, actor, Filter())), encoding="utf-8", newline="")
    if file.suffix == ".csv":
        assert mappings.fitting(file) == "kiezkarte"  # found by its columns
    return file


def read_in(store, area, now, file):
    columns = mappings.declared(mappings.load("kiezkarte"))
    with exchange.opened(file, columns) as source:
        return exchange.take_in(
            store, HOUSE, area, source, columns, now=now, say=lambda key, **_: key,
            refused_file=file.with_suffix(".refused.csv"),
        )  # fmt: skip


def test_the_numbers_of_the_charts_are_a_table_too(store, office, office_day, now):
    text = exports.figures_csv(
        figures.counted(store, office, Filter()),
        answer_times.counted(store, office, Filter(), now=now),
    )
    rows = table(text)
    status = {row["value"]: row["pins"] for row in rows if row["chart"] == "status"}
    assert status == {"waiting": "1", "read": "1", "grouped": "1"}
    told = {row["value"]: row["pins"] for row in rows if row["chart"] == "answers"}
    assert told["answered"] == "0"
    assert told["median_days"] == ""
    assert told["waiting"] == "2"
