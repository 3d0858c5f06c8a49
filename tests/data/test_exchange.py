"""Import: what becomes of clean rows, of every sort of dirt, and of a second run."""

import csv
import json
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.words import Words, words
from data import areas, exchange, mappings, pins
from data.exchange import Report
from data.exchange_refused import guarded
from data.filters import Filter
from data.problems import BadInput, NotAllowed, StoreTrouble
from data.rules import HOUSE, VISITOR, Actor
from data.store import Store

AREA = areas.load("mariannenplatz")
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SQUARE = "52.5025,13.4247"  # Mariannenplatz, latitude first
BOUGHT = {"name": "liste", "id": "Nr", "words": "Text", "kind": "=problem", "order": "lat,lon"}
DECLARED = {**BOUGHT, "place": "Ort", "created": "Datum"}
HEAD = "Nr,Text,Ort,Datum\n"
DAY = "2024-03-01T10:00:00Z"


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store.open()
    yield opened
    opened.close()


def take(
    store: Store, path: Path, declared: dict | None = None, actor: Actor = HOUSE, **more
) -> Report:
    columns = mappings.declared(DECLARED if declared is None else declared)
    with exchange.opened(path, columns, max_mb=more.pop("max_mb", 500)) as source:
        return exchange.take_in(
            store,
            actor,
            AREA,
            source,
            columns,
            now=NOW,
            say=words("en"),
            refused_file=path.with_name(f"{path.name}.refused.csv"),
            **more,
        )


def file(folder: Path, content: str | bytes, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def row(number: object = 1, text: str = "Zu dunkel", place: str = SQUARE, date: str = DAY) -> str:
    return f'{number},"{text}","{place}",{date}\n'


def reasons(report: Report) -> dict[str, tuple[int, ...]]:
    return {group.key: group.numbers for group in report.groups}


def stored(store: Store) -> list[pins.Pin]:
    return pins.listing(store, HOUSE, Filter(), limit=1000)


def refused(path: Path) -> list[dict[str, str]]:
    with path.with_name(f"{path.name}.refused.csv").open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


# --- what is taken ------------------------------------------------------------


def test_a_clean_row_is_a_pin_with_its_words_place_and_moment(store: Store, tmp_path: Path) -> None:
    report = take(store, file(tmp_path, HEAD + row(7)))
    (pin,) = stored(store)
    assert (report.read, report.stored, report.refused) == (1, 1, 0)
    assert (pin.words, pin.kind, pin.source) == ("Zu dunkel", "problem", "import")
    assert pin.at == (13.4247, 52.5025)
    assert pin.created_at == datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert pin.status is pins.Status.WAITING
    assert store.read("select origin from pin") == [("liste:7",)]


def test_a_second_run_adds_nothing(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + row(1) + row(2, "Zu laut") + row("", "Ohne Nummer"))
    assert take(store, path).stored == 3
    before = store.read("select * from trail order by id")
    again = take(store, path)
    assert (again.read, again.stored, again.already) == (3, 0, 3)
    assert store.read("select * from trail order by id") == before


def test_an_import_that_was_stopped_is_completed_by_the_next(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "BATCH", 10)
    path = file(tmp_path, HEAD + "".join(row(n, f"Beitrag {n}") for n in range(45)))

    class Failing:
        writes = 0

        def __getattr__(self, name: str):
            return getattr(store, name)

        def write(self, job):
            self.writes += 1
            if self.writes > 2:
                raise StoreTrouble("store.failed")
            return store.write(job)

    with pytest.raises(StoreTrouble):
        take(Failing(), path)  # type: ignore[arg-type]
    assert len(stored(store)) == 20
    assert list(tmp_path.iterdir()) == [path]
    report = take(store, path)
    assert (report.stored, report.already) == (25, 20)
    assert len(stored(store)) == 45


def test_a_cell_of_several_lines_is_one_record_with_its_first_line(
    store: Store, tmp_path: Path
) -> None:
    path = file(
        tmp_path, HEAD + row(1, "Erste\nZweite\n\nDritte") + row(2, "Weit weg", "48.1,11.5")
    )
    report = take(store, path)
    assert stored(store)[0].words == "Erste\nZweite\n\nDritte"
    assert reasons(report) == {"place_outside": (2,)}
    assert refused(path)[0]["Line in the file"] == "6"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-09-16T14:52:03.991145+00:00", datetime(2020, 9, 16, 14, 52, 3, 991145, tzinfo=UTC)),
        ("2020-09-16T14:52:03Z", datetime(2020, 9, 16, 14, 52, 3, tzinfo=UTC)),
        ("2020-09-16 14:52:03+02:00", datetime(2020, 9, 16, 12, 52, 3, tzinfo=UTC)),
        ("2020-09-16T14:52:03", datetime(2020, 9, 16, 12, 52, 3, tzinfo=UTC)),
        ("2020-01-16", datetime(2020, 1, 15, 23, 0, tzinfo=UTC)),
        ("16.9.2020", datetime(2020, 9, 15, 22, 0, tzinfo=UTC)),
        ("16.09.20 14:52", datetime(2020, 9, 16, 12, 52, tzinfo=UTC)),
        ('"16.09.2020, 14:52 Uhr"', datetime(2020, 9, 16, 12, 52, tzinfo=UTC)),
    ],
)
def test_mixed_moments_are_read(store: Store, tmp_path: Path, text: str, moment: datetime) -> None:
    assert take(store, file(tmp_path, HEAD + row(date=text))).undated == 0
    assert stored(store)[0].created_at == moment


def test_a_row_without_a_moment_takes_the_imports_and_is_counted(
    store: Store, tmp_path: Path
) -> None:
    report = take(store, file(tmp_path, HEAD + row(date="")))
    assert (report.stored, report.undated) == (1, 1)
    assert stored(store)[0].created_at == NOW


def test_a_row_without_a_moment_is_refused_when_the_mapping_says_so(
    store: Store, tmp_path: Path
) -> None:
    report = take(store, file(tmp_path, HEAD + row(date="")), {**DECLARED, "undated": "refuse"})
    assert reasons(report) == {"undated": (1,)}


def test_a_place_on_the_map_but_outside_the_boundary_is_taken_and_counted(
    store: Store, tmp_path: Path
) -> None:
    path = file(tmp_path, HEAD + row(1) + row(2, place="52.4950,13.4400"))
    report = take(store, path)
    assert (report.stored, report.outside) == (2, sum(not pin.inside for pin in stored(store)))
    assert report.outside >= 1


@pytest.mark.parametrize("place", ["52.5025, 13.4247", "52,5025; 13,4247", "52.5025 13.4247"])
def test_a_place_may_be_written_in_several_ways(store: Store, tmp_path: Path, place: str) -> None:
    take(store, file(tmp_path, HEAD + row(place=place)))
    assert stored(store)[0].at == (13.4247, 52.5025)


def test_two_columns_with_decimal_commas_are_a_place(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "Nr;Text;Ost;Nord\n1;Zu laut;13,4247;52,5025\n")
    take(store, path, {**BOUGHT, "lon": "Ost", "lat": "Nord"})
    assert stored(store)[0].at == (13.4247, 52.5025)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(store: Store, tmp_path: Path, delimiter: str) -> None:
    cells = [["Nr", "Text", "Ort", "Datum"], ["1", "Zu laut", f'"{SQUARE}"', DAY]]
    path = file(tmp_path, "\n".join(delimiter.join(line) for line in cells))
    assert take(store, path).stored == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(store: Store, tmp_path: Path, encoding: str) -> None:
    take(store, file(tmp_path, (HEAD + row(text="Müll größer")).encode(encoding)))
    assert stored(store)[0].words == "Müll größer"


def test_a_declared_encoding_is_used(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, (HEAD + row(text="Müll – größer")).encode("cp1252"))
    take(store, path, {**DECLARED, "encoding": "cp1252"})
    assert stored(store)[0].words == "Müll – größer"


def test_kinds_and_fields_come_from_columns(store: Store, tmp_path: Path) -> None:
    path = file(
        tmp_path, f'Nr,Text,Ort,Art,Feld\n1,Schön,"{SQUARE}",Lob,OER\n2,?,"{SQUARE}",Na,X\n'
    )
    declared = {**BOUGHT, "place": "Ort", "kind": "Art", "kinds": {"Lob": "strength"}}
    report = take(store, path, {**declared, "field": "Feld"})
    assert [(pin.kind, pin.field) for pin in stored(store)] == [("strength", "OER")]
    assert reasons(report) == {"kind_unknown": (2,)}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30), max_size=5
    )
)
def test_every_cell_is_read_as_it_was_written_or_its_row_is_refused(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.csv"
        with path.open("w", encoding="utf-8", newline="") as text:
            table = csv.writer(text, quoting=csv.QUOTE_ALL)
            table.writerows([["Nr", "Text", "Ort", "Datum"]])
            table.writerows([[n, said, SQUARE, DAY] for n, said in enumerate(texts)])
        with exchange.opened(path, mappings.declared(DECLARED)) as source:
            assert [found.cells[1] for found in source.rows] == texts
        store = Store.open()
        report = take(store, path)
        store.close()
    assert report.read == len(texts) == report.stored + report.already + report.refused


# --- what is refused ----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row(place="13.4247,52.5025"), "swapped"),
        (row(place="48.1,11.5"), "place_outside"),
        (row(place=""), "place_missing"),
        (row(place="Mariannenplatz"), "place_unreadable"),
        (row(place="nan,nan"), "place_unreadable"),
        (row(place="1_3.4,52.5"), "place_unreadable"),
        (row(place="999,999"), "place_unreadable"),
        (row(text=""), "words_missing"),
        (row(text=" \u200e\x07\x07\x07".replace("\u200e", "")), "words_missing"),
        (row(text="x" * 1001), "words_too_long"),
        (row(date="vorgestern"), "created_unreadable"),
        (row(date="31.02.2020"), "created_unreadable"),
        (row(date="0001-01-01T00:00:00+14:00"), "created_unreadable"),
        (row(date="1515-01-01"), "created_impossible"),
        (row(date="2199-01-01"), "created_impossible"),
        (row("9" * 201), "id_long"),
        (row(text="a\0b"), "nul"),
        ("1,Zu kurz\n", "cells_few"),
        (row().replace("\n", ",noch,was\n"), "cells_many"),
        ('1,"Zu "dunkel"",x,y\n', "quotes"),
        ('1,"Nie zu,x,y\n', "quotes"),
    ],
)
def test_a_row_is_refused_for_its_reason_and_the_others_are_taken(
    store: Store, tmp_path: Path, line: str, reason: str
) -> None:
    path = file(tmp_path, HEAD + row(100, "Davor") + line + row(101, "Danach"))
    report = take(store, path)
    assert list(reasons(report)) == [reason]
    assert reasons(report)[reason] == (2,)
    assert (report.read, report.stored, report.refused) == (3, 2, 1)
    (kept,) = refused(path)
    assert (kept["Record no."], kept["Line in the file"]) == ("2", "3")
    assert kept["Reason"].startswith(words("en")(f"exchange.reason.{reason}"))


def test_a_cell_without_end_is_refused_as_too_long(store: Store, tmp_path: Path) -> None:
    report = take(store, file(tmp_path, HEAD + row(text="x" * 140_000) + row(2)))
    assert (report.stored, reasons(report)) == (1, {"cell_long": (1,)})


def test_an_unclosed_quote_costs_its_own_line_only(store: Store, tmp_path: Path) -> None:
    later = "".join(row(n, f"Beitrag {n}") for n in range(2, 30))
    report = take(store, file(tmp_path, HEAD + f'1,"Offen,"{SQUARE}",{DAY}\n' + later))
    assert (report.stored, reasons(report)) == (28, {"quotes": (1,)})


def test_an_unclosed_quote_that_swallows_a_row_and_closes_gives_it_back(
    store: Store, tmp_path: Path
) -> None:
    plain = f"2,Gut,x,{DAY}\n"
    report = take(store, file(tmp_path, HEAD + f'1,"Offen\n{plain}3,zu",Schluss\n' + row(4)))
    assert (report.stored, report.read) == (1, 4)
    assert reasons(report)["quotes"] == (1,)


def test_swapped_coordinates_are_turned_only_when_asked(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + row(place="13.4247,52.5025"))
    report = take(store, path, fix_swapped=True)
    assert (report.stored, report.turned) == (1, 1)
    assert stored(store)[0].at == (13.4247, 52.5025)


def test_test_rows_are_named_by_the_mappings_patterns(store: Store, tmp_path: Path) -> None:
    skip = [
        {"column": "Text", "pattern": "(?i)^test"},
        {"column": "Text", "pattern": "^[.]$", "reason": "words_missing"},
    ]
    path = file(tmp_path, HEAD + row(1, "Testeintrag", "13.42,52.50") + row(2, ".") + row(3))
    report = take(store, path, {**DECLARED, "skip": skip})
    assert reasons(report) == {"test": (1,), "swapped": (1,), "words_missing": (2,)}
    assert (report.stored, report.refused) == (1, 2)


def test_what_the_file_says_twice_is_taken_once(store: Store, tmp_path: Path) -> None:
    lines = row(1) + row(1) + row(1, "Anderes") + row(2)
    path = file(tmp_path, HEAD + lines)
    report = take(store, path)
    assert report.stored == 1
    assert reasons(report) == {"same": (2, 4), "same_id": (3,)}
    assert refused(path)[0]["Reason"].endswith("(1)")
    assert take(store, path).already == 1


def test_a_refused_row_does_not_take_the_id_from_its_correction(
    store: Store, tmp_path: Path
) -> None:
    report = take(store, file(tmp_path, HEAD + row(1, place="") + row(1)))
    assert (report.stored, report.refused) == (1, 1)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@x", "\tx", "\rx"])
def test_refused_rows_hold_no_formula(store: Store, tmp_path: Path, text: str) -> None:
    path = file(tmp_path, HEAD + row(text=text, place="48,11"))
    take(store, path)
    assert refused(path)[0]["Text"] == guarded(text) == f"'{text}"


def test_refused_rows_keep_every_cell(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + "1,Kurz\n" + "2,Lang,x,y,surplus\n")
    take(store, path)
    short, long = refused(path)
    assert (short["Nr"], short["Text"], short["Ort"]) == ("1", "Kurz", "")
    assert "surplus" in str(long)


def test_a_list_of_refused_rows_vanishes_when_nothing_is_refused(
    store: Store, tmp_path: Path
) -> None:
    path = file(tmp_path, HEAD + row(place=""))
    assert take(store, path).refused_file is not None
    path.write_text(HEAD + row(), encoding="utf-8")
    assert take(store, path).refused_file is None
    assert list(tmp_path.iterdir()) == [path]


def test_a_visitor_imports_nothing(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + row())
    with pytest.raises(NotAllowed):
        take(store, path, actor=VISITOR)
    assert stored(store) == []
    assert list(tmp_path.iterdir()) == [path]


# --- files that cannot be used ------------------------------------------------


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "exchange.file.empty"),
        (b"\xef\xbb\xbf\n \n", "exchange.file.empty"),
        (b"PK\x03\x04....", "exchange.file.excel"),
        (HEAD.encode("utf-16-le"), "exchange.file.nul"),
        (HEAD.encode() + b"1,M\xfcll,x,y\n", "exchange.file.byte"),
        (b"Nr,Text\n1,x\n", "exchange.file.columns"),
        (b"Nr,Text,Ort,Datum,Text\n", "exchange.file.column_twice"),
        (b'Nr,"Text",Ort"\n' + b'1,"x"y,z\n', "exchange.file.columns"),
        (HEAD.encode() + b"x" * 1_000_001, "exchange.file.line_long"),
        (b"{", "exchange.json.broken"),
        (b'{"a":' * 100_000, "exchange.json.deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "exchange.json.number"),
        (b'{"type": "Feature"}', "exchange.json.collection"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    store: Store, tmp_path: Path, content: bytes, key: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        take(store, file(tmp_path, content))
    assert refusal.value.key == key
    assert _sentence(refusal.value)
    assert stored(store) == []


def test_a_header_with_broken_quotes_is_refused(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, 'Nr,"Te"xt,Ort,Datum\n' + row())
    with pytest.raises(BadInput) as refusal:
        take(store, path, {**DECLARED, "delimiter": ","})
    assert refusal.value.key == "exchange.file.header"
    assert _sentence(refusal.value)


def test_the_unreadable_byte_is_named_with_its_place_and_line(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, (HEAD + row(1) * 20_000).encode() + b"2,M\xfcll,x,y\n")
    with pytest.raises(BadInput) as refusal:
        take(store, path)
    params = refusal.value.params
    assert (params["byte"], params["line"]) == ("0xFC", 20_002)
    assert path.read_bytes()[params["position"] - 1] == 0xFC
    assert stored(store) == []


def test_folders_missing_files_and_large_ones_are_refused(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    path = file(tmp_path, HEAD + row())
    for wrong, key, mb in (
        (tmp_path, "folder", 1),
        (tmp_path / "nicht-da.csv", "not_found", 1),
        (path / "darin.csv", "not_found", 1),
        (tmp_path / "pipe", "no_file", 1),
        (path, "too_large", 0.00001),
    ):
        with pytest.raises(BadInput) as refusal:
            take(store, wrong, max_mb=mb)
        assert refusal.value.key == f"exchange.file.{key}"
        assert _sentence(refusal.value)


def test_a_file_without_permission_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, HEAD + row())

    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)  # the tests may run as root, who may read all
    with pytest.raises(BadInput, match=r"exchange\.file\.forbidden"):
        take(store, path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"kind": "=loud"},
        {"kinds": {"Lob": "praise"}},
        {"field": "=XX"},
        {"order": "x,y"},
        {"zone": "Mars/Olympus"},
        {"encoding": "utf-99"},
        {"encoding": "base64"},
        {"delimiter": "::"},
        {"name": "../x"},
        {"skip": [{"column": "Text", "pattern": "("}]},
        {"skip": "Test"},
        {"polygons": "yes"},
        {"lon": "x"},
        {"surprise": 1},
    ],
)
def test_a_wrong_mapping_is_refused_by_its_key(wrong: dict) -> None:
    with pytest.raises(BadInput) as refusal:
        mappings.declared({**DECLARED, **wrong})
    assert _sentence(refusal.value)


def test_the_tracked_mappings_can_be_used() -> None:
    for path in mappings.FOLDER.glob("*.json"):
        assert mappings.declared(mappings.load(path.stem)).name == path.stem


# --- GeoJSON ------------------------------------------------------------------

SPOT = {"type": "Point", "coordinates": [13.4247, 52.5025]}
BLOCK = [[[13.42, 52.50], [13.43, 52.50], [13.43, 52.505], [13.42, 52.50]]]
GEO = {"name": "geo", "words": "text", "kind": "=idea", "id": "id"}


def collection(folder: Path, *features: object) -> Path:
    document = {"type": "FeatureCollection", "features": list(features)}
    return file(folder, json.dumps(document), "in.geojson")


def feature(geometry: object, text: object = "Mehr Bäume", **more: object) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": {"text": text}, **more}


def test_features_are_pins_and_the_same_ones_the_next_time(store: Store, tmp_path: Path) -> None:
    path = collection(tmp_path, feature(SPOT, id=5), feature(SPOT, "Ohne Nummer"))
    assert take(store, path, GEO).stored == 2
    assert take(store, path, GEO).already == 2
    assert sorted(store.read("select origin from pin"))[1] == ("geo:5",)
    assert {pin.at for pin in stored(store)} == {(13.4247, 52.5025)}


@pytest.mark.parametrize(
    ("thing", "reason"),
    [
        (
            feature({"type": "LineString", "coordinates": [[13.42, 52.5], [13.43, 52.5]]}),
            "geometry",
        ),
        (feature({"type": "Polygon", "coordinates": BLOCK}), "geometry"),
        (feature(None), "place_missing"),
        (feature([1, 2]), "place_unreadable"),
        (feature({"type": "Point", "coordinates": []}), "place_unreadable"),
        (feature({"type": "Point", "coordinates": ["13.4", "52.5"]}), "place_unreadable"),
        (feature({"type": "Point", "coordinates": [float("nan"), 52.5]}), "place_unreadable"),
        (feature({"type": "Point", "coordinates": [52.5025, 13.4247]}), "swapped"),
        (feature({"type": "Point", "coordinates": [11.5, 48.1]}), "place_outside"),
        (feature(SPOT, None), "words_missing"),
        ({"type": "Feature", "geometry": SPOT, "properties": None}, "words_missing"),
        ("Feature", "feature"),
    ],
)
def test_a_feature_is_refused_for_its_reason(
    store: Store, tmp_path: Path, thing: object, reason: str
) -> None:
    report = take(store, collection(tmp_path, thing, feature(SPOT)), GEO)
    assert (list(reasons(report)), report.stored) == ([reason], 1)


def test_a_polygon_is_a_point_inside_it_when_the_mapping_allows(
    store: Store, tmp_path: Path
) -> None:
    broken = feature({"type": "Polygon", "coordinates": [[["x"]]]})
    path = collection(tmp_path, feature({"type": "Polygon", "coordinates": BLOCK}), broken)
    report = take(store, path, {**GEO, "polygons": True})
    assert (report.stored, reasons(report)) == (1, {"place_unreadable": (2,)})


def test_lone_surrogates_and_nul_in_json_do_no_harm(store: Store, tmp_path: Path) -> None:
    path = collection(tmp_path, feature(SPOT, "a\ud800b\0c", id="\ud800"), feature(None, "\ud800"))
    assert (take(store, path, GEO).stored, take(store, path, GEO).already) == (1, 1)
    assert stored(store)[0].words == "abc"


def test_a_collection_without_features_is_an_import_of_nothing(
    store: Store, tmp_path: Path
) -> None:
    assert take(store, collection(tmp_path), GEO) == Report()


def test_progress_tells_how_far_it_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "STEP", 2)
    told: list[tuple[int, float]] = []
    path = file(tmp_path, HEAD + "".join(row(n, f"Nr. {n}") for n in range(5)))
    take(store, path, progress=lambda report, share: told.append((report.read, share)))
    assert [read for read, _ in told] == [2, 4, 5]
    assert told[-1][1] == 1.0


def _sentence(problem: BadInput) -> str:
    said = [Words(lang).problem(problem) for lang in ("de", "en", "tr", "ar")]
    assert not any(problem.key in text for text in said)
    assert len(set(said)) == 4
    return said[0]
