"""Which backups stay: some days, some weeks, some months, and the newest in any case."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from data import settings
from data.store import Store

SETTING = "backup.keep"
STAMP = "%Y%m%d-%H%M%S"
END = ".kiez"


class Keep(NamedTuple):
    """Of how many days, weeks and months one backup each is kept."""

    days: int = 7
    weeks: int = 4
    months: int = 6

    @property
    def longest(self) -> int:
        """Count the days after which an erased word stands in no backup any more."""
        return max(self.days, 7 * self.weeks, 31 * self.months)


def read(text: str) -> Keep:
    """Read a setting like `7,4,6`.

    >>> read("7,4,6"), read("14,8,12").longest
    (Keep(days=7, weeks=4, months=6), 372)
    """
    return Keep(*(int(part) for part in text.split(",")))


def longest(store: Store) -> int:
    """Count the days after which an erased word stands in no backup any more, as it is set."""
    return read(settings.get(store, SETTING)).longest


def name(area: str, made_at: datetime) -> str:
    """Name a backup by its area and moment (UTC).

    >>> name("mariannenplatz", datetime(2026, 5, 4, 3, tzinfo=UTC))
    'kiezkarte-mariannenplatz-20260504-030000.kiez'
    """
    return f"kiezkarte-{area}-{made_at.astimezone(UTC):{STAMP}}{END}"


def found(folder: Path, area: str) -> dict[Path, datetime]:
    """Find the backups of an area in a folder, the oldest first, with their moments (UTC)."""
    start = f"kiezkarte-{area}-"
    dated = {}
    for file in sorted(folder.glob(f"{start}*{END}")):
        try:
            moment = datetime.strptime(file.name[len(start) : -len(END)], STAMP)
        except ValueError:
            continue
        dated[file] = moment.replace(tzinfo=UTC)
    return dated


def kept(moments: Iterable[datetime], keep: Keep, now: datetime) -> set[datetime]:
    """Choose the moments whose backups stay: the last of each day, week and month, and the newest.

    >>> days = [datetime(2026, 5, day, 3, tzinfo=UTC) for day in range(1, 29)]
    >>> [one.day for one in sorted(kept(days, Keep(2, 2, 1), days[-1]))]
    [24, 27, 28]
    >>> kept([], Keep(), days[0])
    set()
    """
    last = sorted(moments)
    stay: set[datetime] = set(last[-1:])
    for how_many, bucket in ((keep.days, _day), (keep.weeks, _week), (keep.months, _month)):
        newest = {bucket(moment): moment for moment in last}
        stay.update(newest[key] for key in sorted(newest)[-how_many:] if how_many)
    return {one for one in stay if (now - one).days <= keep.longest or one == last[-1]}


def turn(folder: Path, area: str, keep: Keep, *, now: datetime) -> int:
    """Delete the backups that are not kept any longer; return how many."""
    dated = found(folder, area)
    stay = kept(dated.values(), keep, now)
    gone = [file for file, moment in dated.items() if moment not in stay]
    for file in gone:
        file.unlink()
    return len(gone)


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
