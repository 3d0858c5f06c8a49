"""Fields of action (Handlungsfelder) of "Sozialer Zusammenhalt"; climate is a flag across them."""

from collections.abc import Iterable

FIELDS = ("IN", "BI", "OER", "GB", "BVK")
# Codes of older generations that lists and projects of before still say, and their field of today:
# they stay as they were said, and count as this one. Titles and days: data/action_fields.py
OLD = {
    "Z1": "BI",
    "Z2": "BI",
    "Z3": "OER",
    "Z4": "IN",
    "Z5": "IN",
    "Z6": "GB",
    "Z7": "OER",
    "Z8": "IN",
    "Z9": "BVK",
    "BAJ": "BI",
    "AW": "BI",
    "NB": "IN",
    "BVE": "BVK",
}
KNOWN = (*FIELDS, *OLD)


def today(code: str) -> str:
    """Return the field of today for a code.

    >>> today("Z7"), today("OER"), today("")
    ('OER', 'OER', '')
    """
    return OLD.get(code, code)


def with_old(codes: Iterable[str]) -> list[str]:
    """Return codes together with the old ones that are the same field today.

    >>> with_old(["GB"]), with_old([])
    (['GB', 'Z6'], [])
    """
    asked = list(codes)
    return [*asked, *(code for code, now in OLD.items() if now in asked and code not in asked)]
