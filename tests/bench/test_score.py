"""The score prints one line, and looks at labels only to score."""

import csv
import json
from pathlib import Path

import pytest

from tests.bench import score

ROWS = [
    ("problem", "raum", "de", "Müll", "52.5", "13.42", "2026-03-01T10:00:00+01:00", "1"),
    ("idea", "raum", "tr", "çöp kutusu", "52.5", "13.42", "2026-03-02T10:00:00+01:00", "1"),
    ("problem", "klima", "en", "dry trees", "52.51", "13.43", "", "-1"),
]
COLUMNS = ("kind", "theme", "lang", "text", "lat", "lon", "created_at", "need_id")


def write(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return str(path)


def test_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main(["--no-model", write(tmp_path / "pins.csv", COLUMNS, ROWS)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    figures = json.loads(line)
    assert list(figures) == ["b3_f1", "b3_precision", "b3_recall", "ari", "pins", "seconds"]
    assert (figures["b3_f1"], figures["ari"], figures["pins"]) == (1.0, 1.0, 3)


def test_labels_do_not_reach_the_grouping(tmp_path: Path) -> None:
    plain, _ = score.read(Path(write(tmp_path / "a.csv", COLUMNS, ROWS)))
    marked = [(*row[:-1], "7", "Titel", "phone", "spam", "Fest") for row in ROWS]
    more = (*COLUMNS, "need_title", "pii", "abuse", "event")
    assert score.read(Path(write(tmp_path / "b.csv", more, marked)))[0] == plain


def test_without_a_file_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_lone_pins_count_as_groups_of_their_own() -> None:
    assert score.rate([-1, -1], [-1, -1])["b3_f1"] == 1.0
    assert score.rate([-1, -1], [0, 0])["b3_precision"] == 0.5
