"""A local tile file serves its tiles; anything else is told in one sentence."""

import sqlite3

import pytest

from data import tiles
from data.problems import StoreTrouble

PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kiez.mbtiles"
    with sqlite3.connect(path) as made:
        made.execute("create table metadata (name text, value text)")
        made.execute("create table tiles (zoom_level, tile_column, tile_row, tile_data)")
        facts = [("format", "png"), ("attribution", "© <b>OSM</b>")]
        made.executemany("insert into metadata values (?, ?)", facts)
        made.execute("insert into tiles values (14, 8803, 11009, ?)", (PIXEL,))
    made.close()
    return path


def test_a_tile_is_found_with_rows_counted_from_the_north(file) -> None:
    source = tiles.read(file)
    assert (source.lowest, source.highest, source.media_type) == (14, 14, "image/png")
    assert tiles.tile(source, zoom=14, x=8803, y=(1 << 14) - 1 - 11009) == PIXEL


def test_a_tile_that_the_file_has_not_is_none(file) -> None:
    assert tiles.tile(tiles.read(file), zoom=14, x=0, y=0) is None
    assert tiles.tile(tiles.read(file), zoom=3, x=99, y=99) is None


@pytest.mark.parametrize("content", [b"", b"no database", None])
def test_a_file_that_is_no_tile_file_is_refused(tmp_path, content) -> None:
    path = tmp_path / "x.mbtiles"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreTrouble) as refusal:
        tiles.read(path)
    assert refusal.value.key == "tiles.unreadable"


def test_vector_tiles_are_refused(file) -> None:
    with sqlite3.connect(file) as made:
        made.execute("update metadata set value = 'pbf' where name = 'format'")
    made.close()
    with pytest.raises(StoreTrouble):
        tiles.read(file)
