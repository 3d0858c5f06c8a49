"""The file of refused rows: as they were, with the reason, safe to open in a spreadsheet."""

import contextlib
import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from data.exchange_rows import Reason, Row, Source, shown
from data.problems import BadInput

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run, not show
Say = Callable[..., str]


def guarded(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> guarded("=1+1"), guarded("-5"), guarded("gut"), guarded("")
    ("'=1+1", "'-5", 'gut', '')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def unguarded(cell: str) -> str:
    """Take back the apostrophe of `guarded`.

    >>> unguarded("'=1+1"), unguarded("'n Abend"), unguarded("gut"), unguarded("")
    ('=1+1', "'n Abend", 'gut', '')
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


class Refused:
    """Writes refused rows beside the input; appears when the import is done, if any were."""

    def __init__(self, path: Path, source: Source, say: Say) -> None:
        """Begin the file; BadInput when it cannot be written there."""
        self.path, self.rows = path, 0
        self._say, self._width = say, len(source.columns)
        self._part = path.with_name(path.name + ".part")
        try:
            self._file: TextIO = self._part.open(
                "w", encoding="utf-8-sig", errors="backslashreplace", newline=""
            )
        except OSError:
            raise BadInput("exchange.refused.unwritable", name=shown(path, 200)) from None
        self._writer = csv.writer(self._file, delimiter=source.delimiter)
        ours = [say(f"exchange.column.{name}") for name in ("row", "line", "reason")]
        self._writer.writerow([guarded(cell) for cell in (*source.columns, *ours)])

    def write(self, row: Row, reasons: Sequence[Reason]) -> None:
        """Write one row: its cells, filled up to the header's width, then ours, then its surplus."""
        self.rows += 1
        cells = [*row.cells[: self._width], *[""] * (self._width - len(row.cells))]
        why = " · ".join(self._why(reason) for reason in reasons)
        ours = [str(row.number), str(row.line or ""), why]
        surplus = row.cells[self._width :]
        self._writer.writerow([guarded(cell) for cell in (*cells, *ours, *surplus)])

    def _why(self, reason: Reason) -> str:
        words = self._say(f"exchange.reason.{reason.key}")
        return f"{words} ({reason.detail})" if reason.detail else words

    def __enter__(self) -> "Refused":
        """Begin to write."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Put the file in its place; an import that stopped leaves an older one as it was."""
        self._file.close()
        if kind is None and self.rows:
            self._part.replace(self.path)
            return
        self._part.unlink(missing_ok=True)
        if kind is None:  # nothing refused: an older list would be untrue now
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
