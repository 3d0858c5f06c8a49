"""Single cells as people write them: numbers, pairs of numbers, moments."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

NUMBER = r"([-+]?\d{1,3}(?:[.,]\d+)?)"
ONE = re.compile(NUMBER)
PAIRS = (
    re.compile(r"([-+]?\d{1,3}(?:\.\d+)?)\s*,\s*([-+]?\d{1,3}(?:\.\d+)?)"),
    re.compile(rf"{NUMBER}(?:\s*;\s*|\s+|,\s+){NUMBER}"),  # decimal commas need another divider
)
GERMAN = re.compile(
    r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})"
    r"(?:(?:\s*,\s*|\s+)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*Uhr)?)?"
)

ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def number_of(text: str) -> float | None:
    """Read a number of degrees with a point or a comma; None when it is none.

    >>> number_of("13,4247"), number_of("-52.5"), number_of("nan"), number_of("1_3")
    (13.4247, -52.5, None, None)
    """
    return float(text.replace(",", ".")) if ONE.fullmatch(text) else None


def pair_of(text: str) -> tuple[str, str]:
    """Split a cell into two numbers; what is no pair comes back whole, with nothing beside it.

    >>> pair_of("52.5,13.4"), pair_of("52,5; 13,4"), pair_of("52.5 13.4"), pair_of("hier")
    (('52.5', '13.4'), ('52,5', '13,4'), ('52.5', '13.4'), ('hier', ''))
    """
    match = next((found for pair in PAIRS if (found := pair.fullmatch(text))), None)
    return (match[1], match[2]) if match else (text, "")


def moment_of(text: str, zone: ZoneInfo) -> datetime | None:
    """Read an ISO or German moment; one without a zone is in `zone`. None when it is neither.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> str(moment_of("2020-09-16T14:52:03.991145+00:00", berlin))
    '2020-09-16 14:52:03.991145+00:00'
    >>> str(moment_of("2020-09-16T14:52:03Z", berlin)), str(moment_of("2020-09-16", berlin))
    ('2020-09-16 14:52:03+00:00', '2020-09-15 22:00:00+00:00')
    >>> str(moment_of("16.09.2020, 14:52 Uhr", berlin)), moment_of("31.02.2020", berlin)
    ('2020-09-16 12:52:00+00:00', None)
    """
    try:
        match = GERMAN.fullmatch(text)
        if match:
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
            year = year + 2000 if year < 100 else year
            moment = datetime(year, month, day, hour, minute, second)
        else:
            moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def form_of(text: str) -> str:
    """Tell how a moment is written, for the report: the end of the key `exchange.form.*`.

    >>> form_of("2020-09-16T14:52:03.991145+00:00"), form_of("2020-09-16T14:52:03Z")
    ('zone_fraction', 'zone')
    >>> form_of("2020-09-16 14:52"), form_of("2020-09-16"), form_of("16.09.2020"), form_of("")
    ('local', 'day', 'german', '')
    """
    if not text:
        return ""
    if GERMAN.fullmatch(text):
        return "german"
    if len(text) <= 10:
        return "day"
    if not ZONE.search(text):
        return "local"
    return "zone_fraction" if "." in text else "zone"
