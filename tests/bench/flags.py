"""Score the flags on a labelled set of pins: one line of JSON (`make flags PINS=file.csv`).

Reads `text` of a CSV; `pii` and `abuse` only to score: any word there is a case of that class. `--list`
also prints what was missed and what was flagged beside the labels.
"""

import csv
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from geo.flags import find
from geo.flags_text import Flag, Found

CLASSES = {"pii": {Flag.PERSONAL}, "abuse": {Flag.HATE, Flag.INSULT, Flag.SPAM}}


@dataclass(frozen=True)
class Row:
    """One pin: its text, its labels, and what the rules found."""

    text: str
    labels: dict[str, str]
    found: tuple[Found, ...]

    def told(self, name: str) -> bool:
        """Tell whether the rules raise a flag of a class; a threat counts as abuse."""
        return any(
            one.flag in CLASSES[name] or (name == "abuse" and one.reason == "threat")
            for one in self.found
        )


def read(path: Path) -> list[Row]:
    """Read a labelled file and flag its texts; the labels are kept apart from them."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Row(
            row["text"],
            {name: (row.get(name) or "").strip() for name in CLASSES},
            find(row["text"]),
        )
        for row in rows
    ]


def rate(rows: Sequence[Row]) -> dict[str, float]:
    """Count recall and precision of each class, and how many pins without a label are flagged.

    >>> rate([])
    {'pii_recall': 1.0, 'pii_precision': 1.0, 'abuse_recall': 1.0, 'abuse_precision': 1.0, 'others_flagged': 0.0}
    """
    figures: dict[str, float] = {}
    for name in CLASSES:
        figures[f"{name}_recall"] = _share(row.told(name) for row in rows if row.labels[name])
        figures[f"{name}_precision"] = _share(
            bool(row.labels[name]) for row in rows if row.told(name)
        )
    others = [row for row in rows if not any(row.labels.values())]
    flagged = [any(row.told(name) for name in CLASSES) for row in others]
    figures["others_flagged"] = round(sum(flagged) / len(flagged), 4) if flagged else 0.0
    return figures


def _share(facts: Iterable[bool]) -> float:
    known = list(facts)
    return round(sum(known) / len(known), 4) if known else 1.0


def _show(rows: Sequence[Row]) -> None:
    for row in rows:
        missed = [name for name in CLASSES if row.labels[name] and not row.told(name)]
        extra = [name for name in CLASSES if not row.labels[name] and row.told(name)]
        words = [(one.flag.value, one.reason, row.text[one.start : one.end]) for one in row.found]
        if missed or extra:
            print(
                json.dumps(
                    {"missed": missed, "beside": extra, "text": row.text, "words": words},
                    ensure_ascii=False,
                )
            )


def main(arguments: Sequence[str]) -> int:
    """Print one line of JSON for the file named."""
    files = [argument for argument in arguments if not argument.startswith("--")]
    if len(files) != 1:
        print("usage: flags.py [--list] FILE.csv", file=sys.stderr)
        return 2
    started = time.perf_counter()
    rows = read(Path(files[0]))
    seconds = round(time.perf_counter() - started, 3)
    if "--list" in arguments:
        _show(rows)
    cases = {name: sum(bool(row.labels[name]) for row in rows) for name in CLASSES}
    print(json.dumps({**rate(rows), "cases": cases, "pins": len(rows), "seconds": seconds}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
