"""The texts of letters to authorities, read from a file that an office can have changed."""

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "seed" / "letters.toml"
UNWRITTEN = frozenset({"qm"})  # the office itself gets no letter


@dataclass(frozen=True)
class Template:
    """How a letter to one sort of authority opens, and what it asks for."""

    opening: str
    asks: Sequence[str]


@functools.cache
def template(authority: str) -> Template:
    """Return the template for an authority.

    >>> template("bsr") == template("ordnungsamt"), template("bsr") == template("landlord")
    (True, False)
    """
    groups = [group for group in _file().values() if "authorities" in group]
    found = next((group for group in groups if authority in group["authorities"]), None)
    group = found or _file()["general"]
    return Template(group["opening"], tuple(group["asks"]))


def line(name: str, /, **values: str) -> str:
    """Return a line that all letters share, with its blanks filled in.

    >>> line("reference", reference="KK-2026-0012")
    'Unser Zeichen: KK-2026-0012'
    """
    return _filled(_file()["frame"][name], values)


def reminder(name: str, /, **values: str) -> str:
    """Return a line of a reminder, with its blanks filled in."""
    return _filled(_file()["reminder"][name], values)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill blanks in one pass: what is filled in is never a template itself."""
    return text.format_map(dict(values))


@functools.cache
def _file() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
