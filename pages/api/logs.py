"""What the log may say: where something broke, never what somebody wrote or where they come from."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

ADDRESSES = ("uvicorn.error", "uvicorn.access")  # what they tell below a warning names addresses
OURS = "kiezkarte"
Caught = tuple[type[BaseException], BaseException, TracebackType | None]


def keep_to_places() -> None:
    """Let every log line of this process tell an error by its kind and place alone.

    An error's own message may quote what somebody typed; Streamlit and DuckDB write it out.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "tells_places", False):
        return

    def record(*given: Any, **more: Any) -> logging.LogRecord:
        made = make(*given, **more)
        if made.exc_info and made.exc_info[1] is not None:
            made.exc_text = places(made.exc_info[1])  # formatters take it as it is
        return made

    record.tells_places = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(record)
    for name in ADDRESSES:
        logging.getLogger(name).setLevel(logging.WARNING)


class Lines(logging.Formatter):
    """One JSON object a line: when (UTC), how bad, which part, what, and where an error came from."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one line."""
        at = datetime.fromtimestamp(record.created, UTC)
        said = {
            "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "level": record.levelname.lower(),
            "part": record.name,
            "said": record.getMessage(),
        }
        if record.exc_text:
            said["where"] = record.exc_text
        return json.dumps(said, ensure_ascii=False)


def in_lines() -> None:
    """Let our own parts log in lines that a program can read; other libraries log as they do."""
    ours = logging.getLogger(OURS)
    if ours.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False


def places(error: BaseException) -> str:
    """Say where an error came from, and from which others: kinds, files, lines, functions.

    >>> try:
    ...     int("Frau Muster, Naunynstr. 1")
    ... except ValueError as error:
    ...     said = places(error)
    >>> said.startswith("ValueError\\n  "), "Muster" in said
    (True, False)
    """
    said, seen, one = [], set(), error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        frames = traceback.extract_tb(one.__traceback__)
        lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        said.append("\n".join([type(one).__name__, *lines]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nfrom ".join(said)
