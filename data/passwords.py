"""Passwords: the one rule, argon2id, and at most two hashings at a time."""

import contextlib
import functools
import threading
import unicodedata
from collections.abc import Iterator

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from data.problems import BadInput, TooMany

MIN_LENGTH = 10
SEATS = 2  # each hashing holds 64 MiB and a core for some 150 ms
PATIENCE = 20.0  # seconds to wait for a seat
hasher = PasswordHasher()
_seats = threading.BoundedSemaphore(SEATS)


def check(password: str) -> None:
    """Refuse a password that is too short; there is no other rule, as NIST SP 800-63B advises."""
    if len(_typed(password)) < MIN_LENGTH:
        raise BadInput("password.too_short", field="password", limit=MIN_LENGTH)


def hashed(password: str) -> str:
    """Hash a password for keeping. Takes long on purpose: never inside a write."""
    with _seat():
        return hasher.hash(_bytes(password))


def matches(kept: str, password: str) -> bool:
    """Tell whether a password belongs to a kept hash; '' takes just as long and is False."""
    nobody = _nobody(hasher)
    with _seat():
        try:
            return hasher.verify(kept or nobody, _bytes(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@contextlib.contextmanager
def _seat() -> Iterator[None]:
    if not _seats.acquire(timeout=PATIENCE):
        raise TooMany("too_many")
    try:
        yield
    finally:
        _seats.release()


@functools.cache
def _nobody(like: PasswordHasher) -> str:
    return like.hash(b"nobody has this password")


def _typed(password: str) -> str:
    # Keyboards differ in how they write an umlaut; the word is the same
    return unicodedata.normalize("NFKC", password)


def _bytes(password: str) -> bytes:
    return _typed(password).encode("utf-8", "surrogatepass")
