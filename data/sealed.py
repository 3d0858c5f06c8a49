"""A sealed file: compressed, encrypted with a passphrase, and readable only whole and in order.

    magic | salt | cost | check | (length | sealed chunk) ...

The key is scrypt's. Each chunk is AES-256-GCM under its own number and a sign that says whether it
is the last one, so that none can be changed, left out, moved or cut off (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The first chunk is a head that can be read alone.
"""

import hmac
import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from data.problems import BadInput

MAGIC = b"KIEZ\x01\r\n\x00"  # a file sent as text loses it
COST = 16  # scrypt's n is 2 to this: 64 MiB and about a third of a second a try
MOST_COST = 20  # a forged file must not ask for more than a gigabyte
CHUNK = 1 << 20
SALT, CHECK, KEY = 16, 16, 32
LEVEL = 3  # of zlib: three times as fast as 6, a twentieth larger
_HEAD = struct.Struct(f">{len(MAGIC)}s{SALT}sB{CHECK}s")
_LENGTH = struct.Struct(">I")


def seal(source: Path, to: BinaryIO, head: dict[str, Any], *, passphrase: str, salt: bytes) -> None:
    """Write a file sealed; `salt` is 16 random bytes, never used twice."""
    key, check = _keys(passphrase, salt, COST)
    start = _HEAD.pack(MAGIC, salt, COST, check)
    to.write(start)
    cipher = AESGCM(key)
    held = json.dumps(head, ensure_ascii=False).encode()
    number = 0
    for piece in _compressed(source):
        _write(to, cipher, start, number, held, last=False)
        held, number = piece, number + 1
    _write(to, cipher, start, number, held, last=True)


def read_head(file: Path, *, passphrase: str) -> dict[str, Any]:
    """Read what stands at the front of a sealed file, without the rest.

    Raises BadInput("backup.not_ours"), ("backup.passphrase_wrong") or ("backup.damaged").
    """
    with file.open("rb") as source:
        return json.loads(next(_chunks(source, passphrase)))


def unseal(file: Path, to: BinaryIO, *, passphrase: str) -> dict[str, Any]:
    """Write what a sealed file holds, and return its head; refused like `read_head`.

    What was written before a refusal is worthless: throw it away.
    """
    with file.open("rb") as source:
        chunks = _chunks(source, passphrase)
        head = json.loads(next(chunks))
        unpacked = zlib.decompressobj()
        try:
            for piece in chunks:
                to.write(unpacked.decompress(piece))
            to.write(unpacked.flush())
        except zlib.error as error:
            raise BadInput("backup.damaged") from error
        if not unpacked.eof:
            raise BadInput("backup.damaged")
        return head


# --- inside -----------------------------------------------------------------


def _compressed(source: Path) -> Iterator[bytes]:
    packer, held = zlib.compressobj(LEVEL), bytearray()
    with source.open("rb") as file:
        while piece := file.read(CHUNK):
            held += packer.compress(piece)
            yield from _cut(held)
    held += packer.flush()
    yield from _cut(held)
    yield bytes(held)


def _cut(held: bytearray) -> Iterator[bytes]:
    """Take full chunks off the front of what is held."""
    while len(held) >= CHUNK:
        yield bytes(held[:CHUNK])
        del held[:CHUNK]


def _keys(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, bytes]:
    """Derive the key, and a check that tells a wrong passphrase from a damaged file."""
    both = Scrypt(salt=salt, length=KEY + CHECK, n=1 << cost, r=8, p=1).derive(
        "".join(passphrase.split()).encode("utf-8", "replace")
    )
    return both[:KEY], both[KEY:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _write(
    to: BinaryIO, cipher: AESGCM, start: bytes, number: int, piece: bytes, *, last: bool
) -> None:
    sealed = cipher.encrypt(_nonce(number, last), piece, start)
    to.write(_LENGTH.pack(len(sealed)) + sealed)


def _chunks(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    start = source.read(_HEAD.size)
    if len(start) < _HEAD.size or not start.startswith(MAGIC):
        raise BadInput("backup.not_ours")
    _, salt, cost, check = _HEAD.unpack(start)
    if cost > MOST_COST:
        raise BadInput("backup.not_ours")
    key, told = _keys(passphrase, salt, cost)
    if not hmac.compare_digest(told, check):
        raise BadInput("backup.passphrase_wrong")
    cipher, number, size = AESGCM(key), 0, os.fstat(source.fileno()).st_size
    last = False
    while not last:
        sealed = _next(source)
        last = source.tell() == size
        try:
            yield cipher.decrypt(_nonce(number, last), sealed, start)
        except InvalidTag as error:
            raise BadInput("backup.damaged") from error
        number += 1


def _next(source: BinaryIO) -> bytes:
    """Read one sealed chunk; the head alone may be longer than a chunk of data."""
    length = source.read(_LENGTH.size)
    wanted = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
    sealed = source.read(wanted) if 0 < wanted <= 64 * CHUNK else b""
    if not sealed or len(sealed) < wanted:
        raise BadInput("backup.damaged")
    return sealed
