"""All figures, or the parts named: `python -m tests.bench.all [cells pages ...]`, JSON lines."""

import importlib
import json
import sys
import time
import traceback

from tests.bench import measure

PARTS = ("cells", "pages", "screen", "imports", "grouping", "figures", "memory", "safety")
LONG = ("room",)  # only when named: it takes 12 minutes


def main(asked: list[str]) -> int:
    """Run the parts; what one cannot measure hides none of the others."""
    unknown = set(asked) - {*PARTS, *LONG}
    if unknown:
        print(f"parts: {' '.join(PARTS + LONG)}", file=sys.stderr)
        return 2
    failed, seconds = [], {}
    for part in asked or PARTS:
        began = time.perf_counter()
        try:
            importlib.import_module(f"tests.bench.{part}").run()
        except Exception:
            traceback.print_exc()
            failed.append(part)
        seconds[part] = round(time.perf_counter() - began)
    print(json.dumps({"missed": measure.missed, "failed": failed, "seconds": seconds}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
