"""The journal: what stands in it, what a torn end is, and that doing it again makes the same rows."""

import contextlib
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data import demo, engine, journal, keeper
from data.demo_meetings import Door
from data.journal import Gap, Journal, Line
from data.store import Store

ROOT = Path(__file__).parents[2]
ADD = "insert into setting values ($key, $value)"


def line(seq: int, **more) -> bytes:
    return journal.encode(seq, [(ADD, {"key": f"k{seq}", "value": "x"})], erases=False, **more)


def written(folder: Path, *seqs: int, after: int = 0) -> Path:
    """Write lines into a segment of their own, and return its file."""
    opened = Journal(folder, after)
    for seq in seqs:
        opened.append(line(seq))
    opened.close()
    return journal.segments(folder)[-1]


def numbers(folder: Path, after: int = 0) -> list[int]:
    return [one.seq for one in journal.lines(folder, after)]


@pytest.fixture
def fresh():
    with contextlib.closing(engine.connect(None)) as connection:
        engine.migrate(connection)
        journal.begin_mark(connection)
        yield connection


def test_a_line_reads_as_it_was_written(tmp_path):
    params = {
        "words": 'Zeile\nund \x00 und ‏ und 🌳 und {"$time": 1}',
        "at": datetime(2026, 5, 4, 9, 30, 1, 5),
        "zoned": datetime(2026, 5, 4, tzinfo=UTC),
        "day": date(2026, 5, 4),
        "jpeg": bytes(range(256)),
        "ids": ["a", None, "b"],
        "number": 2**62,
        "share": 0.1,
        "none": None,
        "yes": True,
    }
    opened = Journal(tmp_path, 0)
    opened.append(journal.encode(1, [("a", params), ("b", None)], erases=True))
    opened.close()
    assert list(journal.lines(tmp_path, 0)) == [Line(1, [("a", params), ("b", None)], erases=True)]


def test_a_parameter_that_cannot_be_written_is_a_bug_and_said(tmp_path):
    with pytest.raises(TypeError):
        journal.encode(1, [("a", {"odd": object()})], erases=False)


@pytest.mark.parametrize("end", [b"", b"\x00" * 600, b'deadbeef {"seq":3,"do":[]}\n', b"12"])
def test_a_torn_end_is_no_line_and_no_gap(tmp_path, end):
    segment = written(tmp_path, 1, 2)
    with segment.open("ab") as file:
        file.write(end)
    assert numbers(tmp_path) == [1, 2]


def test_every_cut_of_the_last_line_leaves_the_lines_before(tmp_path):
    segment = written(tmp_path, 1, 2)
    whole = segment.read_bytes()
    for size in range(len(line(1)), len(whole) - 1):
        segment.write_bytes(whole[:size])
        assert numbers(tmp_path) == [1]


def test_a_line_missing_in_the_middle_is_a_gap(tmp_path):
    segment = written(tmp_path, 1, 2, 3)
    content = bytearray(segment.read_bytes())
    content[len(line(1)) + 20] ^= 1
    segment.write_bytes(content)
    with pytest.raises(Gap):
        numbers(tmp_path)


def test_lines_go_on_in_the_next_segment_over_a_torn_end(tmp_path):
    with written(tmp_path, 1, 2).open("ab") as file:
        file.write(line(3)[:-9])
    written(tmp_path, 3, 4, after=2)
    assert numbers(tmp_path) == [1, 2, 3, 4]
    assert numbers(tmp_path, after=2) == [3, 4]
    assert journal.last(tmp_path, 0) == 4


def test_a_line_that_was_taken_back_is_not_there(tmp_path):
    opened = Journal(tmp_path, 0)
    opened.append(line(1))
    opened.append(line(2))
    opened.take_back()
    opened.append(line(2))
    opened.close()
    assert numbers(tmp_path) == [1, 2]


def test_replay_does_only_what_the_database_does_not_hold(tmp_path, fresh):
    written(tmp_path, *range(1, 150))
    assert journal.replay(fresh, tmp_path, 0) == 149
    assert journal.mark(fresh) == (149, 0)
    assert journal.replay(fresh, tmp_path, 149) == 149
    assert fresh.execute("select count(*) from setting").fetchall() == [(149,)]


def test_doing_it_all_again_makes_the_same_rows(tmp_path, area, now, fresh, monkeypatch):
    """The demo does what an office does; every table is then the same, row by row."""
    monkeypatch.setattr(keeper, "REST", 1e6)  # no base copy takes the place of the first lines
    path = tmp_path / "k.duckdb"
    store = Store.open(path)
    demo.seed(store, area, now=now, door=Door("ABCD-EFGH", "123456"))
    tables = [row[0] for row in store.read("select table_name from duckdb_tables()")]
    once = {name: sorted(map(repr, store.read(f"select * from {name}"))) for name in tables}
    last = store.position
    assert journal.replay(fresh, path.with_name("k.duckdb.safe"), 0) == last > 10
    store.close()
    again = {
        name: sorted(map(repr, fresh.execute(f"select * from {name}").fetchall()))
        for name in tables
    }
    assert again == once


def test_no_statement_asks_for_the_time_or_for_chance():
    """Done again it would get another answer."""
    found = re.compile(
        r"\b(now\(\)|current_(date|time|timestamp)|today\(\)|uuid\(\)|gen_random_uuid|random\(\)"
        r"|nextval|using sample)",
        re.IGNORECASE,
    )
    own = {"probe.py"}  # reads a sample of rows, writes nothing
    texts = [*(ROOT / "data").glob("*.py"), *(ROOT / "data" / "schema").glob("*.sql")]
    odd = {}
    for file in texts:
        strings = re.findall(r'"[^"\n]*"', file.read_text("utf-8")) if file.suffix == ".py" else []
        strings = strings or [file.read_text("utf-8")] if file.suffix == ".sql" else strings
        hits = [one for one in strings if found.search(one)]
        if hits and file.name not in own:
            odd[file.name] = hits
    assert odd == {}
