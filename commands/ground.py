"""What must be right where Kiezkarte is to start: its own settings, a folder to write in, some room."""

import errno
import os
import re
import shutil
import tempfile
import tomllib
from pathlib import Path

from components.words import Words
from data.instance import ROOT

CONFIG = ROOT / ".streamlit" / "config.toml"
LEAST = 200_000_000  # bytes: a database, its base copy, and an evening's pins


def private() -> None:
    """Let no other account of this machine read what is written from now on: words, keys, seals."""
    os.umask(0o077)


def trouble(say: Words, database: Path) -> str:
    """Say in one sentence what is in the way and what to do; '' when nothing is."""
    return config(say, CONFIG) or writable(say, database.parent) or room(say, database.parent)


def config(say: Words, file: Path) -> str:
    """Say what is wrong with the settings that decide over capacity and safety."""
    try:
        tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return say("start.config_missing", file=file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        found = re.search(r"line (\d+)", str(error))
        return say("start.config_broken", file=file, line=found.group(1) if found else "?")
    return ""


def writable(say: Words, folder: Path) -> str:
    """Say that nothing can be written in a folder; it is made when missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return room(say, folder) or say("start.no_write", folder=folder)
        return say("start.no_write", folder=folder)
    return ""


def room(say: Words, folder: Path) -> str:
    """Say that the disk is nearly full."""
    free = shutil.disk_usage(folder).free
    if free >= LEAST:
        return ""
    mb = 1_000_000
    return say("start.disk_full", folder=folder, free=say.number(free // mb), least=LEAST // mb)
