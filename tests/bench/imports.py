"""How many rows a second an import of 100,000 rows stores, as its own bench says."""

import json
import subprocess
import sys

from tests.bench import measure

ROWS = 100_000
LEAST = 5000  # rows a second
RUNS = 2


def run() -> None:
    """Run the import's bench several times, each in a process and a database of its own."""
    rates: dict[str, list[float]] = {}
    peak = 0
    for _ in range(RUNS):
        for line in _lines():
            rates.setdefault(line["run"], []).append(line["rows_per_second"])
            peak = max(peak, line["peak_mb"])
            assert line["stored"] == (ROWS if line["run"] == "first" else 0), line
    measure.judge(
        f"import of {ROWS} rows",
        measure.median(rates.pop("first")),
        "rows/s, median",
        least=LEAST,
        peak_mb=peak,
        runs=RUNS,
    )
    for name, found in rates.items():
        measure.show(
            f"import of {ROWS} rows, {name}", measure.median(found), "rows/s, median", runs=RUNS
        )


def _lines() -> list[dict]:
    command = [sys.executable, "-m", "tests.bench.bench_import", str(ROWS)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in told.splitlines()]
