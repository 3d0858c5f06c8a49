"""A picture file before it is unpacked: only its pixels, its colours and which way up it is.

Pillow reads what a file tells about itself as soon as it is opened, without a bound: 14 MB of
empty comments took it 5 s and 270 MB (measured) before a pixel was seen. So only what a picture
needs is handed on to it, and which way is up is read here.
"""

import re
from typing import Literal, NamedTuple

MAX_SEGMENTS = 5000  # a PNG of 15 MB in pieces of 4 kB has 3,700
MAX_PROFILES = 16  # pieces of a colour profile, 64 kB each
# What a JPEG needs: frames and tables, JFIF, Adobe's colours (and its colour profile, below)
JPEG_NEEDS = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD, 0xE0, 0xEE})
PNG_NEEDS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"gAMA"})
IN_PASSES = frozenset({0xC2, 0xC6, 0xCA, 0xCE})  # frames that come blurred first, then sharper
_SEGMENT = re.compile(rb"\xff+([\x01-\xfe])(..)", re.DOTALL)
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_FIRST_BOX = re.compile(
    rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|hevm|hevs|mif1|msf1|avif|avis)", re.DOTALL
)


class Moving(ValueError):
    """The file holds more than one picture of the same thing."""


class Bare(NamedTuple):
    """A file with nothing but what its picture needs."""

    raw: bytes
    turned: int = 1  # as EXIF counts: 1 is upright
    scans: int = 1  # in how many passes it comes; more than one are kept whole until the last


def is_apples(raw: bytes) -> bool:
    """Tell a HEIC, HEIF or AVIF file by its first box.

    >>> is_apples(b"\\0\\0\\0\\x18ftypheic"), is_apples(b"GIF89a")
    (True, False)
    """
    return bool(_FIRST_BOX.match(raw))


def bare(raw: bytes) -> Bare | None:
    """Strip a JPEG, PNG or WebP file, told by its first bytes; None for anything else.

    Raises Moving, and ValueError for a file that is not built as it should be.
    """
    if raw.startswith(b"\xff\xd8\xff"):
        return _jpeg(raw)
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(raw)
    return Bare(raw) if (raw[:4], raw[8:12]) == (b"RIFF", b"WEBP") else None


def turned(exif: bytes) -> int:
    """Read which way up a picture is (1-8) from the first directory of its EXIF data.

    >>> turned(b"MM\\0*\\0\\0\\0\\x08" + b"\\0\\x01" + b"\\x01\\x12\\0\\x03\\0\\0\\0\\x01\\0\\x06")
    6
    >>> turned(b"")
    1
    """
    order: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"
    at = int.from_bytes(exif[4:8], order)
    for entry in range(min(int.from_bytes(exif[at : at + 2], order), 200)):
        start = at + 2 + 12 * entry
        if int.from_bytes(exif[start : start + 2], order) == 0x0112:
            return int.from_bytes(exif[start + 8 : start + 10], order)
    return 1


def _jpeg(raw: bytes) -> Bare:
    kept, up, profiles, at = [b"\xff\xd8"], 1, 0, 2
    for _ in range(MAX_SEGMENTS):
        found = _SEGMENT.match(raw, at)
        size = int.from_bytes(found[2], "big") if found else 0
        if found is None or size < 2:
            raise ValueError("no segment")
        code, end = found[1][0], found.end() - 2 + size
        if code == 0xDA:
            scans = _scans(raw, found.start())
            return Bare(b"".join([*kept, raw[found.start() :]]), up, scans)
        segment = raw[found.end() - 2 : end]
        if code == 0xE1 and segment[2:8] == b"Exif\0\0" and up == 1:
            up = turned(segment[8:])
        profiles += code == 0xE2
        if code in JPEG_NEEDS or (
            segment[2:14] == b"ICC_PROFILE\0" and code == 0xE2 and profiles <= MAX_PROFILES
        ):
            kept.append(bytes((0xFF, code)) + segment)
        at = end
    raise ValueError("too many segments")


def _scans(raw: bytes, at: int) -> int:
    scans = 0
    for _ in range(MAX_SEGMENTS):
        found = _MARKER.search(raw, at)
        if found is None or found[1] == b"\xd9":
            return scans
        scans += found[1] == b"\xda"
        at = found.end() + int.from_bytes(raw[found.end() : found.end() + 2], "big")
    raise ValueError("too many segments")


def _png(raw: bytes) -> Bare:
    kept, up, at = [raw[:8]], 1, 8
    for _ in range(MAX_SEGMENTS):
        end, name = at + 12 + int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if name == b"acTL":
            raise Moving("acTL")
        if name == b"eXIf":
            up = turned(raw[at + 8 : end - 4])
        if name in PNG_NEEDS:
            kept.append(raw[at:end])
        if name == b"IEND" or end >= len(raw):
            return Bare(b"".join(kept), up)
        at = end
    raise ValueError("too many segments")
