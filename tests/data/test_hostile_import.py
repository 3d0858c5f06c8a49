"""Hostile files through the import: every text is kept as texts.clean leaves it, or refused by name."""

import csv
import io
from pathlib import Path

import pytest

from data.pins import MAX_WORDS
from data.problems import BadInput
from data.texts import clean
from tests.data.test_exchange import DECLARED, HEAD, SQUARE, file, refused, row, stored, take
from tests.hostile import CORPUS

DAY = "2024-03-01T10:00:00Z"
WRITABLE = [text for text in CORPUS if text.isprintable() and "\ufeff" not in text]


def table(texts: list[str]) -> str:
    """Write a table as a spreadsheet does, each cell in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(["Nr", "Text", "Ort", "Datum"])
    writer.writerows([n, text, SQUARE, DAY] for n, text in enumerate(texts, 1))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_corpus_is_pins_or_refused_rows_and_nothing_third(store, tmp_path, encoding) -> None:
    path = file(tmp_path, table(WRITABLE).encode(encoding))
    report = take(store, path)
    assert report.read == len(WRITABLE) == report.stored + report.refused > 600
    wanted = {clean(text) for text in WRITABLE if 0 < len(clean(text)) <= MAX_WORDS}
    assert {pin.words for pin in stored(store)} <= wanted
    assert report.stored >= len(wanted) - 5
    for kept in refused(path):
        assert not kept["Text"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_signs_that_no_spreadsheet_writes_do_no_harm(store, tmp_path) -> None:
    texts = [text for text in CORPUS if text not in WRITABLE]
    report = take(store, file(tmp_path, table(texts).encode("utf-8", "replace")))
    assert report.stored + report.refused == report.read
    assert all(pin.words == clean(pin.words) for pin in stored(store))


@pytest.mark.parametrize("before", [0, 40])
def test_a_line_of_ten_megabytes_is_refused_by_its_number(store, tmp_path, before) -> None:
    first = "".join(row(n, f"Beitrag {n}") for n in range(1, before + 1))
    path = file(tmp_path, HEAD + first + row(before + 1, "x" * 10_000_000))
    with pytest.raises(BadInput) as refusal:
        take(store, path)
    assert (refusal.value.key, refusal.value.params["line"]) == (
        "exchange.file.line_long", before + 2,
    )  # fmt: skip
    assert stored(store) == []


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe", b"\x00" * 5000, b"\xef\xbb\xbf", b"PK\x03\x04" + b"x" * 500, b"Nr,Text\n\xff\xfe\xfd"],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(store, tmp_path, content) -> None:
    with pytest.raises(BadInput):
        take(store, file(tmp_path, content))
    assert stored(store) == []


@pytest.mark.parametrize(
    "name", ["=cmd|' calc'!A0.csv", "<img src=x>.csv", "a\n\u202egnp.csv", "{n!r}.csv"]
)
def test_the_name_of_a_file_is_a_name(store, tmp_path: Path, name) -> None:
    assert take(store, file(tmp_path, HEAD + row(), name)).stored == 1


@pytest.mark.parametrize("value", ["<script>", "{{7*7}}", "x" * 5000, "Te\x00xt"])
def test_a_hostile_column_is_a_column_that_is_not_there(store, tmp_path, value) -> None:
    with pytest.raises(BadInput):
        take(store, file(tmp_path, HEAD + row()), {**DECLARED, "words": value})
    assert stored(store) == []
