"""Slips of paper for the running server: a terminal asks for a backup, the server answers.

Only one process can have the database, so `make backup` asks the one that has it. A slip is a file
in a folder beside the database that its owner alone can write.
"""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASKED, SAID = ".asked", ".said"


@dataclass(frozen=True)
class Slip:
    """A backup that is asked for; without a folder, in the usual one."""

    id: str
    folder: str = ""


def ask(database: Path, slip: Slip) -> None:
    """Ask for a backup."""
    _write(_box(database) / f"{slip.id}{ASKED}", {"folder": slip.folder})


def asked(database: Path) -> list[Slip]:
    """List what is asked for and not answered yet; what cannot be read is thrown away."""
    slips = []
    for file in sorted(_box(database).glob(f"*{ASKED}"), key=_age):
        try:
            folder = json.loads(file.read_text(encoding="utf-8"))["folder"]
            slips.append(Slip(file.name.removesuffix(ASKED), str(folder)))
        except (OSError, ValueError, KeyError, TypeError):
            file.unlink(missing_ok=True)
    return slips


def answer(database: Path, slip: Slip, said: dict[str, Any]) -> None:
    """Answer a slip, so that it is asked no more."""
    _write(_box(database) / f"{slip.id}{SAID}", said)
    (_box(database) / f"{slip.id}{ASKED}").unlink(missing_ok=True)


def heard(database: Path, slip: Slip) -> dict[str, Any] | None:
    """Take the answer to a slip, once; None while there is none."""
    file = _box(database) / f"{slip.id}{SAID}"
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    file.unlink(missing_ok=True)
    return said


def withdraw(database: Path, slip: Slip) -> None:
    """Ask no more, when nobody answers."""
    for end in (ASKED, SAID):
        (_box(database) / f"{slip.id}{end}").unlink(missing_ok=True)


def _box(database: Path) -> Path:
    return database.with_name(database.name + ".slips")


def _age(file: Path) -> float:
    with contextlib.suppress(OSError):
        return file.stat().st_mtime
    return 0.0


def _write(file: Path, said: dict[str, Any]) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    half = file.with_suffix(".part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(said, out)
    half.replace(file)
