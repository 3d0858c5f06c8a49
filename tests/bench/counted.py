"""The server as `make run` starts it, in one process that also notes every question it asks.

`python -m tests.bench.counted NOTES` writes a line of JSON for each SQL statement that a page's
script asks (what was asked, and from where), and one for each rerun with its processor time.
"""

import json
import os
import sys
import threading
import time
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
from streamlit.web import cli

from commands import start
from components.words import words
from data import instance
from data.store import Store

_lock = threading.Lock()


def main(place: str) -> None:
    """Serve on $PORT until the process is ended."""
    trouble = start.ready(
        words("de"), instance.settings_from(os.environ), os.environ.get("PORT", "8501")
    )
    if trouble:
        raise SystemExit(trouble)
    _count(place)
    cli.main(start.serving(os.environ.get("PORT", "8501"))[3:])


def _count(place: str) -> None:
    """Note what pages ask, from now on; what routes and the background ask is not counted."""
    whole = Store._ask_once, Store.arrays

    def _ask_once(self: Store, sql: str, params: Any) -> Any:
        _note(place, sql)
        return whole[0](self, sql, params)

    def arrays(self: Store, sql: str, params: Any = None) -> Any:
        _note(place, sql)
        return whole[1](self, sql, params)

    Store._ask_once, Store.arrays = _ask_once, arrays  # type: ignore[method-assign]


def _note(place: str, sql: str) -> None:
    if get_script_run_ctx(suppress_warning=True) is None:
        return
    line = {"at": time.time(), "sql": " ".join(sql.split()), "by": _way()}
    with _lock, open(place, "a", encoding="utf-8") as notes:
        notes.write(json.dumps(line, ensure_ascii=False) + "\n")


def _way() -> str:
    """Name the functions of ours that led here, the innermost first."""
    found: list[str] = []
    frame = sys._getframe(3)
    while frame and len(found) < 5:
        code = frame.f_code
        if str(instance.ROOT) in code.co_filename and ".venv" not in code.co_filename:
            name = os.path.relpath(code.co_filename, instance.ROOT)
            if name != "data/store.py":
                found.append(f"{name}:{code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(found)


if __name__ == "__main__":
    main(sys.argv[1])
