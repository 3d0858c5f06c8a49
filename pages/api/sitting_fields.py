"""The fields that a sitting's screens send; what no screen would send is refused with BadInput."""

import re
from collections.abc import Mapping
from typing import Any

from data.problems import BadInput

UNREADABLE = "sitting.unreadable"
MOST_ITEMS = 100
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

Body = Mapping[str, Any]


def seen(given: Body) -> int:
    """Read the last event that was seen by who leads."""
    return number(given, "seen")


def number(given: Body, name: str) -> int:
    """Read a whole number that is not negative."""
    found = given.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 2**53:
        raise BadInput(UNREADABLE)
    return found


def yes_or_no(given: Body, name: str) -> bool:
    """Read true or false."""
    found = given.get(name)
    if not isinstance(found, bool):
        raise BadInput(UNREADABLE)
    return found


def text(given: Body, name: str) -> str:
    """Read a text."""
    found = given.get(name)
    if not isinstance(found, str):
        raise BadInput(UNREADABLE)
    return found


def one_id(given: Body, name: str) -> str:
    """Read an id of ours."""
    found = text(given, name)
    if not _ID.fullmatch(found):
        raise BadInput(UNREADABLE)
    return found


def ids(given: Body, name: str) -> list[str]:
    """Read a list of ids."""
    found = given.get(name)
    if not isinstance(found, list) or len(found) > MOST_ITEMS:
        raise BadInput(UNREADABLE)
    return [one_id({name: one}, name) for one in found]
