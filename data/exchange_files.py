"""The outside of a foreign file: is it there, is it too large, how is it written."""

import codecs
import io
from pathlib import Path
from typing import TextIO

from data.exchange_rows import shown
from data.problems import BadInput

MB = 1_000_000
CHUNK = 1 << 20
# UTF-32 first: its mark begins with the one of UTF-16
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def checked(path: Path, *, max_mb: float) -> bytes:
    """Return a file's first bytes, or refuse it in one sentence (BadInput)."""
    name = shown(path.name, 80)
    try:
        if path.is_dir():
            raise BadInput("exchange.file.folder", name=name)
        if path.exists() and not path.is_file():
            raise BadInput("exchange.file.no_file", name=name)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except (FileNotFoundError, NotADirectoryError):
        raise BadInput("exchange.file.not_found", name=name) from None
    except PermissionError:
        raise BadInput("exchange.file.forbidden", name=name) from None
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise BadInput("exchange.file.unreadable", name=name) from None
    if size > max_mb * MB:
        raise BadInput("exchange.file.too_large", name=name, mb=-(-size // MB), limit=f"{max_mb:g}")
    if not head.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
        raise BadInput("exchange.file.empty", name=name)
    if head.startswith(b"PK\x03\x04"):
        raise BadInput("exchange.file.excel", name=name)
    return head


def encoding_of(path: Path, head: bytes, declared: str) -> str:
    """Find how a file is written, and read it once to its end to be sure.

    The declared encoding wins, then the byte order mark, then strict UTF-8. Nothing is stored
    of a file whose last line turns out to be unreadable. BadInput names the byte and the line.
    """
    marked = next((name for mark, name in MARKS if head.startswith(mark)), "")
    encoding = declared or marked or "utf-8"
    if marked == "utf-8-sig" and codecs.lookup(encoding).name == "utf-8":
        encoding = marked
    if not declared and not marked and head.count(b"\0") * 4 > len(head):
        raise BadInput("exchange.file.nul")
    _read_through(path, encoding)
    return encoding


def opened(path: Path, encoding: str) -> tuple[TextIO, io.FileIO]:
    """Open a file as text, with the raw file below it to ask how far it was read."""
    raw = io.FileIO(path)
    return io.TextIOWrapper(io.BufferedReader(raw), encoding=encoding, newline=""), raw


def _read_through(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    done, lines = 0, 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                lines += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeError as error:
                _refuse(error, encoding, start=done - held, lines=lines)
            if not chunk:
                return
            done += len(chunk)


def _refuse(error: UnicodeError, encoding: str, *, start: int, lines: int) -> None:
    if not isinstance(error, UnicodeDecodeError):  # UTF-16 without its mark
        raise BadInput("exchange.file.encoding", encoding=encoding) from None
    before = error.object[: error.start].decode(encoding, "ignore").count("\n")
    raise BadInput(
        "exchange.file.byte",
        encoding=encoding,
        byte=f"0x{error.object[error.start]:02X}",
        position=start + error.start + 1,
        line=lines + before,
    ) from None
