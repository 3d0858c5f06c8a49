"""Score the grouping on a labelled set of pins: one line of JSON (`make score PINS=file.csv`).

Reads kind, theme, lang, text, lat, lon, created_at of a CSV; need_id only to score. A pin of no
need (need_id -1) is a group of its own in the truth, a pin left out one in the suggestion.
"""

import csv
import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geo.meaning import vectors
from geo.needs import Voice, suggest
from geo.points import LonLat


def read(path: Path) -> tuple[list[Voice], list[int]]:
    """Read pins and, apart from them, their labels; ids are line numbers."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [_voice(str(n), row) for n, row in enumerate(rows)], [
        int(float(row.get("need_id") or -1)) for row in rows
    ]


def _voice(name: str, row: dict[str, str]) -> Voice:
    day = (row.get("created_at") or "")[:10]
    return Voice(
        id=name,
        at=LonLat(float(row["lon"]), float(row["lat"])),
        kind=row["kind"],
        field=row["theme"],
        lang=row["lang"],
        words=row["text"],
        day=date.fromisoformat(day) if day else None,
    )


def group(voices: Sequence[Voice], *, model: bool = True) -> list[int]:
    """Number each pin's group; -1 for none."""
    found = vectors([voice.words for voice in voices]) if model else None
    by_id = None if found is None else {v.id: row for v, row in zip(voices, found, strict=True)}
    number = {name: n for n, g in enumerate(suggest(voices, vectors=by_id)) for name in g.ids}
    return [number.get(voice.id, -1) for voice in voices]


def alone(labels: Sequence[int]) -> np.ndarray:
    """Give every -1 a number of its own and count from 0.

    >>> alone([5, -1, 5, -1]).tolist(), alone([]).tolist()
    ([2, 0, 2, 1], [])
    """
    names = [-1 - n if label < 0 else label for n, label in enumerate(labels)]
    rank = {name: n for n, name in enumerate(sorted(set(names), key=lambda x: (x >= 0, abs(x))))}
    return np.array([rank[name] for name in names], dtype=int)


def rate(truth: Sequence[int], guess: Sequence[int]) -> dict[str, float]:
    """Compare groups: B-cubed F1, precision, recall and the adjusted Rand index.

    >>> rate([1, 1, 2, -1], [7, 7, -1, -1])
    {'b3_f1': 1.0, 'b3_precision': 1.0, 'b3_recall': 1.0, 'ari': 1.0}
    >>> rate([1, 1, 2, 2], [1, 1, 1, 1])
    {'b3_f1': 0.6667, 'b3_precision': 0.5, 'b3_recall': 1.0, 'ari': 0.0}
    >>> rate([], [])["b3_f1"]
    1.0
    """
    if not truth:
        return dict.fromkeys(("b3_f1", "b3_precision", "b3_recall", "ari"), 1.0)
    true, said = alone(truth), alone(guess)
    table = np.zeros((true.max() + 1, said.max() + 1))
    np.add.at(table, (true, said), 1)
    precision = float((table**2 / table.sum(axis=0)).sum() / len(true))
    recall = float((table**2 / table.sum(axis=1, keepdims=True)).sum() / len(true))
    figures = {
        "b3_f1": 2 * precision * recall / (precision + recall),
        "b3_precision": precision,
        "b3_recall": recall,
        "ari": _rand(table),
    }
    return {name: round(figure, 4) for name, figure in figures.items()}


def _rand(table: np.ndarray) -> float:
    """Adjusted Rand index of a contingency table (Hubert and Arabie 1985)."""
    pairs, rows, columns, whole = (
        float((x * (x - 1) / 2).sum())
        for x in (table, table.sum(axis=1), table.sum(axis=0), table.sum())
    )
    chance = rows * columns / whole if whole else 0.0
    best = (rows + columns) / 2
    return 1.0 if best == chance else (pairs - chance) / (best - chance)


def main(arguments: Sequence[str]) -> int:
    """Print one line of JSON for the file named; `--no-model` scores the subjects' table alone."""
    files = [argument for argument in arguments if not argument.startswith("--")]
    if len(files) != 1:
        print("usage: score.py [--no-model] FILE.csv", file=sys.stderr)
        return 2
    started = time.perf_counter()
    voices, truth = read(Path(files[0]))
    guess = group(voices, model="--no-model" not in arguments)
    seconds = round(time.perf_counter() - started, 2)
    print(json.dumps({**rate(truth, guess), "pins": len(voices), "seconds": seconds}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
