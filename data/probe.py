"""A throw-away process that opens a database first: `python -m data.probe FILE`.

A damaged file may kill the process that opens it (a segmentation fault at the first look-up by key
was seen), and that must not be the server. It reads every row and looks rows up by their keys.
"""

import subprocess
import sys
from pathlib import Path

from data import engine

ROOT = Path(__file__).parents[1]
SOUND = "sound"
KEYS = (
    "select table_name, constraint_column_names from duckdb_constraints() "
    "where constraint_type = 'PRIMARY KEY'"
)
LOOKED_UP = 20  # rows of every table, by their primary key


def ask(path: Path) -> str:
    """Return SOUND, or what is wrong with a closed database, in DuckDB's own words."""
    done = subprocess.run(
        [sys.executable, "-m", "data.probe", str(path)], cwd=ROOT, capture_output=True, text=True
    )
    told = done.stdout.strip()
    return told if told else f"it died with {done.returncode}"


def look(path: Path) -> str:
    """Open a database and read all of it, in this process."""
    try:
        connection = engine.connect(path)
        for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
            connection.execute(f'select count(*), max(hash(t)) from "{table}" t').fetchall()  # noqa: S608
        for table, names in connection.execute(KEYS).fetchall():
            _look_up(connection, table, [f'"{name}"' for name in names])
    except engine.Error as error:
        return " ".join(str(error).split())
    return SOUND


def _look_up(connection: engine.Connection, table: str, names: list[str]) -> None:
    some = f'select {", ".join(names)} from "{table}" using sample {LOOKED_UP}'  # noqa: S608
    for row in connection.execute(some).fetchall():
        # no parameters: binding the first one loads libraries, half of this process's time
        values = ["'" + str(value).replace("'", "''") + "'" for value in row]
        where = " and ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
        found = connection.execute(f'select count(*) from "{table}" where {where}')  # noqa: S608
        if found.fetchall() != [(1,)]:
            raise engine.Error(f"{table}: not one row under a key")


if __name__ == "__main__":
    print(look(Path(sys.argv[1])))
