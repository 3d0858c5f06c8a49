"""What the office may write about a need: its fields, checked before anything is stored."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from data.authorities import AUTHORITIES
from data.fields import FIELDS
from data.filters import local_day
from data.problems import BadInput
from data.texts import clean

MAX_TITLE = 200
MAX_SENTENCE = 1000
MAX_WHY = 500
MAX_DAYS_AHEAD = 5 * 366  # a neighbourhood's programme runs five years
WHO = ("one", "several", "third", "institution")  # as on the boards of a meeting
CHANGEABLE = ("title", "field", "priority", "climate", "who", "responsible", "answer_on")


class Priority(StrEnum):
    """When something should happen, as on the boards of a meeting."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"


def named(*, title: str, field: str, priority: str) -> dict[str, str]:
    """Return what every need has as it can be stored, or refuse it with BadInput."""
    if field not in FIELDS:
        raise BadInput("need.field_missing", field="field")
    if priority not in set(Priority):
        raise BadInput("need.priority_missing", field="priority")
    return {"title": checked_title(title), "field": field, "priority": priority}


def checked(given: Mapping[str, Any], day_before: date | None, *, now: datetime) -> dict[str, Any]:
    """Return all of CHANGEABLE as it can be stored, or refuse it with BadInput.

    `day_before` is the day of the next answer as it stands, which may be over.
    """
    if set(given) != set(CHANGEABLE):
        raise TypeError(f"cannot change {sorted(set(given) ^ set(CHANGEABLE))}")
    if given["who"] not in ("", *WHO):
        raise BadInput("need.who_unknown", field="who")
    if given["responsible"] not in ("", *AUTHORITIES):
        raise BadInput("need.responsible_unknown", field="responsible")
    names = {name: given[name] for name in ("title", "field", "priority")}
    return {
        **named(**names),
        "climate": bool(given["climate"]),
        "who": given["who"],
        "responsible": given["responsible"],
        "answer_on": _day(given["answer_on"], day_before, now=now),
    }


def checked_title(title: str) -> str:
    """Return a title on one line, or refuse it with BadInput."""
    line = " ".join(clean(title).split())
    if not line:
        raise BadInput("title.missing", field="title")
    if len(line) > MAX_TITLE:
        raise BadInput("title.too_long", field="title", limit=MAX_TITLE, length=len(line))
    return line


def authority(key: str) -> str:
    """Return the key of somebody a need can go to, or refuse it with BadInput."""
    if key not in AUTHORITIES:
        raise BadInput("authority.unknown", field="authority")
    return key


def sentence(words: str) -> str:
    """Return a sentence for everybody, or refuse it with BadInput."""
    told = clean(words)
    if not told:
        raise BadInput("need.sentence_missing", field="sentence")
    if len(told) > MAX_SENTENCE:
        limits = {"limit": MAX_SENTENCE, "length": len(told)}
        raise BadInput("need.sentence_too_long", field="sentence", **limits)
    return told


def why(words: str) -> str:
    """Return the office's reason on one line (it may be empty), or refuse it with BadInput."""
    reason = " ".join(clean(words).split())
    if len(reason) > MAX_WHY:
        raise BadInput("need.why_too_long", field="why", limit=MAX_WHY, length=len(reason))
    return reason


def plain(value: Any) -> Any:
    """Return a field's value as the trail keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _day(day: date | None, before: date | None, *, now: datetime) -> date | None:
    """Refuse with BadInput a new day that is over, or too far away to be meant."""
    if day is None or day == before:
        return day
    today = local_day(now)
    if day < today:
        raise BadInput("need.day_over", field="answer_on")
    if day > today + timedelta(days=MAX_DAYS_AHEAD):
        raise BadInput("need.day_far", field="answer_on")
    return day
