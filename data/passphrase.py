"""The passphrase of the backups: from the environment, or made once and kept beside the database."""

import contextlib
import hashlib
import os
from datetime import datetime
from pathlib import Path

from data import receipts, rules, settings
from data.rules import Act, Actor
from data.store import Store

FILE = "backup.passphrase"
SIGNS, GROUP = 25, 5  # 125 bits
NOTED = "backup.noted"  # a print of the one that the admin has written down


def made(random: bytes) -> str:
    """Write 16 or more random bytes as a passphrase that can be copied by hand.

    >>> made(bytes(16))
    '00000-00000-00000-00000-00000'
    """
    number = int.from_bytes(random, "big")
    signs = "".join(receipts.ALPHABET[(number >> (5 * place)) & 31] for place in range(SIGNS))
    return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def read(typed: str) -> str:
    """Read a passphrase as people type it; one of our own may be in any case, with gaps.

    >>> read(" 0000000000 ooooo-00000 00000 "), read("Mein eigener Satz")
    ('00000-00000-00000-00000-00000', 'Mein eigener Satz')
    """
    signs = receipts.normal(typed)
    if len(signs) == SIGNS and set(signs) <= set(receipts.ALPHABET):
        return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))
    return typed.strip()


def of(folder: Path, given: str = "") -> str:
    """Return the passphrase in force: what the environment gives, else the file's; '' = none yet."""
    if given:
        return read(given)
    with contextlib.suppress(OSError):
        return read((folder / FILE).read_text(encoding="utf-8"))
    return ""


def keep(folder: Path, passphrase: str) -> None:
    """Keep a passphrase in a file that only its owner can read, unless there is one."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        file = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(passphrase + "\n")
            out.flush()
            os.fsync(out.fileno())


def to_note(store: Store, actor: Actor, folder: Path, given: str = "") -> str:
    """Return the passphrase as long as nobody has written it down; '' afterwards.

    One from the environment is known to whoever set it, and is never shown.
    """
    rules.check(actor, Act.SETTING_CHANGE)
    secret = "" if given else of(folder)
    return "" if settings.get(store, NOTED) == _print(secret) else secret


def noted(store: Store, actor: Actor, folder: Path, *, now: datetime) -> None:
    """Say that the passphrase is written down: this one is shown no more, a new one is again."""
    settings.change(store, actor, NOTED, _print(of(folder)), now=now)


def _print(secret: str) -> str:
    """Tell passphrases apart without knowing them; 125 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]
