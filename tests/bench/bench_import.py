"""How fast a large CSV becomes pins: `python -m tests.bench.bench_import [rows]`, JSON lines."""

import csv
import gc
import json
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from components.words import words
from data import areas, exchange, mappings
from data.rules import HOUSE
from data.store import Store
from geo.area import Area

START = datetime(2024, 1, 1, tzinfo=UTC)
SENTENCES = (
    "Hier fehlen Radbügel, abends stehen die Räder auf dem Gehweg.",
    "Die Bank vor dem Spielplatz ist seit Wochen kaputt.",
    "Schöner Ort zum Sitzen, bitte so lassen!",
    "Zu dunkel, im Winter gehe ich hier nicht gerne entlang.",
    "Burada daha çok ağaç olsa çok güzel olur.",
    "نريد مكانا آمنا للعب قرب المدرسة.",
    "More crossings please, the cars come round the corner fast.",
)
COLUMNS = {
    "name": "bench",
    "id": "id",
    "words": "text",
    "kind": "=problem",
    "lon": "lon",
    "lat": "lat",
    "created": "created",
}


def write(path: Path, area: Area, rows: int, *, seed: int = 1) -> None:
    """Write a table of reports, all of them on the map; the same for the same seed."""
    chance = random.Random(seed)
    west, south, east, north = area.box
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "text", "lon", "lat", "created"])
        for number in range(rows):
            text = " ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
            lon, lat = chance.uniform(west, east), chance.uniform(south, north)
            moment = START + timedelta(seconds=number * 60)
            table.writerow([number, text, f"{lon:.7f}", f"{lat:.7f}", moment.isoformat()])


def run(path: Path, store: Store, area: Area, *, label: str) -> None:
    """Import a table and print rows a second and the process's peak memory."""
    columns = mappings.declared(COLUMNS)
    began, used = time.perf_counter(), time.process_time()
    with exchange.opened(path, columns) as source:
        report = exchange.take_in(
            store,
            HOUSE,
            area,
            source,
            columns,
            now=datetime.now(UTC),
            say=words("de"),
            refused_file=path.with_suffix(".refused.csv"),
        )
    seconds = time.perf_counter() - began
    result = {
        "bench": "import",
        "run": label,
        "rows": report.read,
        "stored": report.stored,
        "already": report.already,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - used, 2),  # of all threads; steadier
        "rows_per_second": round(report.read / seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(result), flush=True)


def main(rows: int) -> None:
    """Import the same file twice into a fresh database file."""
    area = areas.load("mariannenplatz")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.csv"
        write(path, area, rows)
        store = Store.open(Path(folder) / "bench.duckdb")
        gc.freeze()  # as the command does
        run(path, store, area, label="first")
        run(path, store, area, label="again")
        store.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
