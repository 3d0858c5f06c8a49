"""Answer times: how soon pins were answered, how long the others wait, and past which day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import filters, pins, rules
from data.filters import Filter, local_day
from data.promises import DUE
from data.rules import Act, Actor
from data.store import Store

STEPS = (14, 28, 42, 56)  # days: answered within 2, 4, 6, 8 weeks
SOON = 14  # days


@dataclass(frozen=True)
class Answers:
    """How soon pins were answered, and which public ones still wait. Days since they were said."""

    answered: int
    within: tuple[int, ...]  # of the answered, for each of STEPS
    median_days: int | None  # half of the answers came within so many days; None without any
    in_time: int  # of the answered that had a day: not after it
    late: int
    waiting: int
    ages: tuple[int, ...]  # of the waiting: up to each of STEPS, then older
    overdue: int  # of the waiting: the promised day is over
    soon: int  # it comes within SOON days
    later: int
    undated: int


def counted(store: Store, actor: Actor, wanted: Filter, *, now: datetime) -> Answers:
    """Count how soon the pins under a filter were answered, and how long the others wait.

    A pin's day is its need's next answer, else the one promised when it was released.
    """
    rules.check(actor, Act.FIGURES_READ)
    where, params = filters.where(wanted, pins.scope(actor))
    today = local_day(now)
    told = {
        "counted_public": sorted(pins.PUBLIC),
        "counted_today": today,
        "counted_soon": today + timedelta(days=SOON),
    }
    rows = store.read(_ANSWERS.format(where=where, due=DUE), {**params, **told})
    answered: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    stand: Counter[str] = Counter()
    for waits, days, how, number in rows:
        (waiting if waits else answered)[days] += number
        stand[how] += number
    ages = [_up_to(waiting, days) for days in STEPS]
    return Answers(
        answered=answered.total(),
        within=tuple(_up_to(answered, days) for days in STEPS),
        median_days=_middle(answered),
        waiting=waiting.total(),
        ages=(*_differences(ages), waiting.total() - ages[-1]),
        **{how: stand[how] for how in ("in_time", "late", "overdue", "soon", "later", "undated")},
    )


# --- inside -------------------------------------------------------------------

# A day is one of UTC here, an hour or two beside Berlin's: DuckDB knows no time zones of its own.
# Who was answered had the pin's own day; a need's next answer is for those that wait.
_ANSWERS = (
    "select waits, case when waits then $counted_today - said_on else answered_on - said_on end, "
    "case when not waits and answered_on <= answer_due then 'in_time' "
    "when not waits and answered_on > answer_due then 'late' when not waits then 'free' "
    "when day is null then 'undated' when day < $counted_today then 'overdue' "
    "when day <= $counted_soon then 'soon' else 'later' end, count(*) "
    "from (select cast(pin.created_at as date) as said_on, answer_due, "
    "cast(pin.answered_at as date) as answered_on, pin.answered_at is null as waits, "
    "{due} as day "
    "from (select created_at, answered_at, answer_due, need_id from pin "
    "where {where} and status = any($counted_public)) as pin "
    "left join need on need.id = pin.need_id) as told group by 1, 2, 3"
)


def _up_to(days: Mapping[int, int], most: int) -> int:
    return sum(number for day, number in days.items() if day <= most)


def _middle(days: Mapping[int, int]) -> int | None:
    """Find the day by which half of them had come; None for none."""
    half, seen = sum(days.values()) / 2, 0
    for day in sorted(days):
        seen += days[day]
        if seen and seen >= half:
            return max(0, day)
    return None


def _differences(sums: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip((0, *sums), sums, strict=False)]
