"""A local tile source: one .mbtiles file (SQLite) with raster tiles, if the office has one."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from data.problems import StoreTrouble

FORMATS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}


@dataclass(frozen=True)
class Tiles:
    """What a map must know of its tiles; zooms as in web-mercator tiles."""

    path: Path
    media_type: str
    lowest: int
    highest: int
    attribution: str


def read(path: Path) -> Tiles:
    """Look into a tile file; StoreTrouble("tiles.unreadable") for one that cannot serve."""
    try:
        with contextlib.closing(_open(path)) as file:
            facts = dict(file.execute("select name, value from metadata").fetchall())
            low, high = file.execute(
                "select min(zoom_level), max(zoom_level) from tiles"
            ).fetchone()
        return Tiles(
            path, FORMATS[str(facts["format"])], int(low), int(high), facts.get("attribution", "")
        )
    except (sqlite3.Error, KeyError, TypeError, ValueError) as error:
        raise StoreTrouble("tiles.unreadable", path=str(path)) from error


def tile(tiles: Tiles, *, zoom: int, x: int, y: int) -> bytes | None:
    """Read one tile, y counted from the north as maps do; None where the file has none."""
    row = (zoom, x, (1 << zoom) - 1 - y)  # the file counts y from the south
    with contextlib.closing(_open(tiles.path)) as file:
        found = file.execute(
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?",
            row,
        ).fetchone()
    return found[0] if found else None


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
