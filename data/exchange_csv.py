"""CSV as people really write it: streamed, strict about quotes, and never losing a line."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TextIO

from data.exchange_rows import Reason, Row, shown
from data.mappings import DELIMITERS, Columns
from data.problems import BadInput

MAX_LINE = 1_000_000  # characters; a longer line is no table
HEAD = 20  # lines in which the header must end


def header(text: TextIO, columns: Columns) -> tuple["Lines", list[str], str]:
    """Read a table's header; returns the lines after it, the columns and the delimiter.

    BadInput names the columns that are missing or that stand there twice.
    """
    lines = Lines(text)
    delimiter = columns.delimiter or _sniffed(lines, columns)
    try:
        table = csv.reader(lines, delimiter=delimiter, strict=True)
        names = next((cells for cells in table if cells), [])
    except csv.Error:
        raise BadInput("exchange.file.header") from None
    names = [name.strip() for name in names]
    require(names, [*columns.named(), *columns.placed()])
    return lines, names, delimiter


def require(names: Sequence[str], asked: Sequence[str]) -> None:
    """Refuse a file (BadInput) in which a column that was asked for is missing or there twice."""
    missing = [name for name in asked if name not in names]
    if missing:
        raise BadInput("exchange.file.columns", missing=_list(missing), found=_list(names))
    twice = [name for name in asked if list(names).count(name) > 1]
    if twice:
        raise BadInput("exchange.file.column_twice", columns=_list(twice))


def records(lines: "Lines", delimiter: str, width: int) -> Iterator[Row]:
    """Read the records after the header; one that cannot be read says why.

    An unclosed quote costs its own line only: the lines that it swallowed are read again.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        lines.taken.clear()
        line = lines.number + 1
        cells, reason = _next(reader, lines)
        if cells is None and reason is None:
            return
        if cells == []:
            continue  # an empty line is no record
        number += 1
        if cells is None or (len(cells) != width and _swallowed(lines.taken, delimiter, width)):
            cells, reason = [lines.taken[0].rstrip("\r\n")], reason or Reason("quotes")
            lines.read_again_after_first()
        else:
            reason = _fault(cells, lines.taken, width)
        yield Row(number, line, cells, reason=reason)


class Lines:
    """The physical lines of a text, of which those of the last record may be read again."""

    def __init__(self, text: TextIO) -> None:
        """Begin at the first line."""
        self._text = text
        self._again: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []  # since the record began

    def __iter__(self) -> "Lines":
        """Iterate over the lines."""
        return self

    def __next__(self) -> str:
        """Take the next line, with its end."""
        line = self._again.popleft() if self._again else self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == MAX_LINE:
            raise BadInput("exchange.file.line_long", line=self.number, limit=MAX_LINE)
        self.taken.append(line)
        return line

    def read_again_after_first(self, first: int = 1) -> None:
        """Put back what was taken, except the first lines."""
        back = self.taken[first:]
        self._again.extendleft(reversed(back))
        self.number -= len(back)
        del self.taken[first:]


def _next(reader: Iterator[list[str]], lines: Lines) -> tuple[list[str] | None, Reason | None]:
    """Read one record: its cells, or why not, or twice None at the end."""
    try:
        return next(reader), None
    except StopIteration:
        return None, None
    except csv.Error as error:
        large = "field larger" in str(error) and len(lines.taken) == 1
        return None, Reason("cell_long" if large else "quotes")


def _swallowed(taken: Sequence[str], delimiter: str, width: int) -> bool:
    """Tell whether a line inside a record of the wrong width is a whole record of its own."""
    rest = (next(csv.reader([line], delimiter=delimiter), []) for line in taken[1:])
    return any(len(cells) == width for cells in rest)


def _fault(cells: Sequence[str], taken: Sequence[str], width: int) -> Reason | None:
    if any("\0" in line for line in taken):
        return Reason("nul")
    if len(cells) != width:
        key = "cells_few" if len(cells) < width else "cells_many"
        return Reason(key, f"{len(cells)} / {width}")
    return None


def _sniffed(lines: Lines, columns: Columns) -> str:
    """Choose the delimiter that shows most of the wanted columns, then most columns at all."""
    head = [line for line, _ in zip(lines, range(HEAD), strict=False)]
    lines.read_again_after_first(0)
    asked = {*columns.named(), *columns.placed()}

    def score(delimiter: str) -> tuple[int, int]:
        try:
            cells = next((c for c in csv.reader(head, delimiter=delimiter) if c), [])
        except csv.Error:
            return (0, 0)
        return len(asked & {cell.strip() for cell in cells}), len(cells)

    return max(DELIMITERS, key=score)


def _list(names: Sequence[str]) -> str:
    listed = ", ".join(f"“{shown(name)}”" for name in names[:20])
    return listed + (" …" if len(names) > 20 else "")
