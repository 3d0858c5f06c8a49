"""What can be stored of a route: texts without a second header, one address, days in their order."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data.filters import local_day
from data.problems import BadInput
from data.route_record import MAX_LETTER, MAX_REFERENCE, MAX_SUBJECT, MAX_TOLD
from data.texts import LANGUAGES, bounded, clean

# One address and nothing else: no second one, no header, no question mark of a link
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$*+/=^_`{|}~'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def texts(**given: str) -> dict[str, Any]:
    """Return a letter's texts as they are stored, or refuse them with BadInput."""
    found: dict[str, Any] = {}
    if "subject" in given:
        found["subject"] = line(given["subject"], MAX_SUBJECT, "subject")
        if not found["subject"]:
            raise BadInput("route.subject_missing", field="subject")
    if "letter" in given:
        found["letter"] = bounded(given["letter"], MAX_LETTER, "letter", typed=4 * MAX_LETTER)
    if "recipient" in given:
        found["recipient"] = _address(given["recipient"])
    return found


def line(text: str, most: int, field: str) -> str:
    """Return a text on one line: nothing that is typed begins a second header of a mail."""
    return " ".join(bounded(text, most, field, typed=20 * most).split())


def _address(text: str) -> str:
    given = clean(text[:1000])
    if given and (len(given) > MAX_REFERENCE or not _ADDRESS.fullmatch(given)):
        raise BadInput("route.address_unreadable", field="recipient")
    return given


def told(given: Mapping[str, str]) -> dict[str, str]:
    """Return the public sentences by language; BadInput when there is none in German."""
    found = {}
    for lang in LANGUAGES:
        if sentence := bounded(given.get(lang) or "", MAX_TOLD, lang, typed=10 * MAX_TOLD):
            found[lang] = sentence
    if found and "de" not in found:
        raise BadInput("route.german_missing", field="de")
    return found


def past(day: date, now: datetime) -> date:
    """Return a day that was; BadInput for one to come or long ago."""
    if day > local_day(now) or day.year < 2000:
        raise BadInput("route.sent_later", field="sent_on")
    return day


def later(day: date | None, than: date) -> date | None:
    """Return a day after another one, or none; BadInput for an earlier one."""
    if day is not None and day <= than:
        raise BadInput("route.remind_earlier", field="remind_on")
    return day
