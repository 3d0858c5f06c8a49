"""What every foreign file comes down to: columns, and rows that were read or could not be."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data.texts import clean


@dataclass(frozen=True)
class Reason:
    """Why a row is refused: the end of the key `exchange.reason.*`, and a number or name to it."""

    key: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number from 1, its first line in the file (0 in JSON), its cells."""

    number: int
    line: int
    cells: Sequence[str]
    geometry: object = None  # GeoJSON only
    reason: Reason | None = None  # why it could not be read at all


@dataclass(frozen=True)
class Source:
    """An open file: its columns, its rows (to be read once), and how far they are read (0-1)."""

    columns: Sequence[str]
    rows: Iterator[Row]
    share: Callable[[], float]
    delimiter: str = ","
    geometry: bool = False  # the rows bring their place themselves


class Seen:
    """Which row had a key first. 64-bit keys in two flat arrays, 24 to 48 bytes a key.

    >>> seen = Seen()
    >>> seen.first(77, 1), seen.first(78, 2), seen.first(77, 3)
    (1, 2, 1)
    """

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._count = 0
        self._keys, self._rows = array("Q", bytes(8 << 12)), array("I", bytes(4 << 12))

    def first(self, key: int, row: int) -> int:
        """Return the row that brought the key first, which is this one when it is new."""
        key = key or 1  # 0 is an empty slot
        slot = self._slot(key)
        if not self._keys[slot]:
            self._keys[slot], self._rows[slot] = key, row
            self._count += 1
            if self._count * 2 > len(self._keys):
                self._grow()
            return row
        return self._rows[slot]

    def _slot(self, key: int) -> int:
        keys, mask = self._keys, len(self._keys) - 1
        slot = key & mask
        while keys[slot] not in (0, key):
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        old = zip(self._keys, self._rows, strict=True)
        size = len(self._keys) * 2
        self._keys, self._rows = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        for key, row in old:
            if key:
                slot = self._slot(key)
                self._keys[slot], self._rows[slot] = key, row


def shown(text: object, limit: int = 40) -> str:
    r"""Make a foreign text fit for one line of a terminal.

    >>> shown("Spalte\x1b[31m\n rot"), shown("x" * 50, 5)
    ('Spalte[31m rot', 'xxxx…')
    """
    line = " ".join(clean(str(text)[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
