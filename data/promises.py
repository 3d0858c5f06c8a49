"""The answer promise: by which day each released pin gets an answer, and how often that was kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data import rules, trail, undo
from data.filters import local_day
from data.pins import PUBLIC, Pin
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean

STEP = "postponed"
REASONS = ("waiting", "talks", "money", "checking", "team")  # `promise.reason.<key>`
MAX_WORDS = 300
FURTHEST = timedelta(days=366)  # nobody is put off for longer at once
# A need's date stands for its open pins; who was answered was promised the pin's own
DUE = "coalesce(need.answer_on, pin.answer_due)"
OPEN = (
    "from pin left join need on need.id = pin.need_id where pin.answered_at is null "
    f"and pin.status = any($public) and {DUE} is not null"
)


@dataclass(frozen=True)
class Promise:
    """What a pin's sender may expect. Days are days of the neighbourhood."""

    day: date | None  # None until it is released, or without a date any more
    answered: bool
    overdue: bool


@dataclass(frozen=True)
class Due:
    """A need or a single pin whose answer is promised, the earliest day of its open pins."""

    thing: str  # "need" or "pin"
    id: str
    number: int
    title: str  # of the need; the words of a pin
    lang: str  # of the words of a pin
    day: date
    pins: int
    overdue: bool


@dataclass(frozen=True)
class Counts:
    """How many pins wait past their day, and how many fall due within a week from today."""

    overdue: int
    soon: int


@dataclass(frozen=True)
class Rate:
    """How the promise was kept, over the public pins."""

    asked: int  # whose day has passed, or who were answered
    in_time: int
    overdue: int  # whose day has passed without an answer
    open: int  # without an answer, their day still to come
    postponed: int  # whose day was put off at least once

    @property
    def share(self) -> int:
        """Those answered in time, of a hundred; a hundred only when all were."""
        return 100 * self.in_time // self.asked if self.asked else 0


def of(store: Store, pin: Pin, *, now: datetime) -> Promise:
    """Tell what the sender of a pin that was loaded may expect."""
    if pin.status not in PUBLIC:
        return Promise(None, answered=False, overdue=False)
    day = _day_of_need(store, pin.need_id) or pin.answer_due
    if pin.answered_at:
        ahead = (
            day if pin.need_id and day and day > local_day(now) and day != pin.answer_due else None
        )
        return Promise(ahead, answered=True, overdue=False)
    return Promise(day, answered=False, overdue=day is not None and day < local_day(now))


def due(store: Store, actor: Actor, *, until: date, now: datetime, limit: int = 200) -> list[Due]:
    """List what waits for an answer until a day, the most urgent first: needs, and single pins."""
    rules.check(actor, Act.ANSWER_GIVE)
    rows = store.rows(
        "with waits as (select coalesce(pin.need_id, pin.id) as id, min(pin.number) as first, "  # noqa: S608
        f"min({DUE}) as day, count(*) as pins {OPEN} and {DUE} <= $until "
        "group by 1 order by day, first limit $limit) "
        "select case when need.id is null then 'pin' else 'need' end as thing, waits.id, "
        "coalesce(need.number, pin.number) as number, coalesce(need.title, pin.words) as title, "
        "coalesce(pin.lang, '') as lang, day, pins from waits "
        "left join need on need.id = waits.id left join pin on pin.id = waits.id "
        "order by day, first",
        {"public": sorted(PUBLIC), "until": until, "limit": limit},
    )
    return [Due(**row, overdue=row["day"] < local_day(now)) for row in rows]


def counts(store: Store, actor: Actor, *, now: datetime) -> Counts:
    """Count the pins that wait past their day, and those that fall due within a week."""
    rules.check(actor, Act.ANSWER_GIVE)
    day = local_day(now)
    row = store.read(
        f"select count(*) filter ({DUE} < $day), "
        f"count(*) filter ({DUE} between $day and $week) {OPEN}",
        {"public": sorted(PUBLIC), "day": day, "week": day + timedelta(days=7)},
    )[0]
    return Counts(overdue=row[0], soon=row[1])


def postpone(
    store: Store,
    actor: Actor,
    *,
    thing: str,
    thing_id: str,
    day: date,
    reason: str,
    seen: date | None,
    now: datetime,
    words: str = "",
) -> None:
    """Put off the day of an answer for a reason that the public reads; it can be undone.

    `seen` is the day that was shown. Raises BadInput for a day that is not ahead or no reason,
    Conflict when the day was changed meanwhile or nobody waits any more.
    """
    rules.check(actor, Act.ANSWER_GIVE)
    told = _checked(day, reason, words, today=local_day(now), seen=seen)

    def job(tx: Transaction) -> None:
        pin_ids, stands = _waiting(tx, thing, thing_id)
        if stands == day:
            return
        if stands != seen:
            raise Conflict("promise.changed_meanwhile")
        needs = [thing_id] if thing == "need" else []
        act = Act.NEED_WRITE if thing == "need" else Act.PIN_REVIEW
        with undo.recorded(tx, actor, act, "postpone", pin_ids=pin_ids, need_ids=needs, now=now):
            _move(tx, pin_ids, needs, day, now=now)
        trail.note_many(
            tx, actor, Act.ANSWER_GIVE, "pin", pin_ids, now=now, step=STEP, details=told
        )
        trail.note_many(tx, actor, Act.ANSWER_GIVE, "need", needs, now=now, details=told)

    store.write(job)


def day_of(store: Store, actor: Actor, *, thing: str, thing_id: str) -> date | None:
    """Tell by which day those behind a need or a pin wait for an answer; None if nobody does."""
    rules.check(actor, Act.ANSWER_GIVE)
    column = "pin.need_id" if thing == "need" else "pin.id"
    return store.read(
        f"select min({DUE}) {OPEN} and {column} = $id",
        {"public": sorted(PUBLIC), "id": thing_id},
    )[0][0]


def rate(store: Store, *, now: datetime) -> Rate:
    """Count how the promise was kept. An answer of the day itself is in time.

    The day ends at midnight UTC, an hour or two after Berlin's: DuckDB knows no time zones here.
    """
    row = store.read(
        "with promised as (select answered_at, cast(answered_at as date) as answered_on, "  # noqa: S608
        f"case when answered_at is null then {DUE} else answer_due end as day "
        "from pin left join need on need.id = pin.need_id where pin.status = any($public)) "
        "select count(*) filter (answered_at is not null or day < $today), "
        "count(*) filter (answered_on <= day), "
        "count(*) filter (answered_at is null and day < $today), "
        "count(*) filter (answered_at is null and day >= $today) "
        "from promised where day is not null",
        {"public": sorted(PUBLIC), "today": local_day(now)},
    )[0]
    put_off = store.read(
        "select count(distinct thing_id) from trail join pin on pin.id = thing_id "
        "where thing = 'pin' and step = $step and pin.status = any($public)",
        {"step": STEP, "public": sorted(PUBLIC)},
    )[0][0]
    return Rate(*row, postponed=put_off)


# --- inside -----------------------------------------------------------------


def _day_of_need(store: Store, need_id: str | None) -> date | None:
    if need_id is None:
        return None
    found = store.read("select answer_on from need where id = $id", {"id": need_id})
    return found[0][0] if found else None


def _checked(
    day: date, reason: str, words: str, *, today: date, seen: date | None
) -> dict[str, str]:
    """Return what the public is told about a day put off, or refuse it with BadInput."""
    if reason not in REASONS:
        raise BadInput("promise.reason_missing", field="reason")
    if not max(today, seen or today) < day <= today + FURTHEST:
        raise BadInput("promise.day", field="day")
    said = words if len(words) > 20 * MAX_WORDS else clean(words)
    if len(said) > MAX_WORDS:
        limits = {"limit": MAX_WORDS, "length": len(said)}
        raise BadInput("promise.words_too_long", field="words", **limits)
    told = {"day": day.isoformat(), "reason": reason}
    return {**told, "sentence": said} if said else told


def _waiting(tx: Transaction, thing: str, thing_id: str) -> tuple[list[str], date]:
    """List the pins behind that wait for an answer, and the first day that one was promised."""
    column = "pin.need_id" if thing == "need" else "pin.id"
    rows = tx.execute(
        f"select pin.id, {DUE} {OPEN} and {column} = $id order by pin.id",
        {"public": sorted(PUBLIC), "id": thing_id},
    )
    if rows:
        return [row[0] for row in rows], min(row[1] for row in rows)
    known = tx.execute(f"select id from {thing} where id = $id", {"id": thing_id})  # noqa: S608
    raise Conflict("promise.nobody_waits") if known else NotFound(f"{thing}.not_found")


def _move(
    tx: Transaction, pin_ids: list[str], need_ids: list[str], day: date, *, now: datetime
) -> None:
    params = {"day": day, "now": trail.utc(now)}
    tx.execute(
        "update pin set answer_due = $day, changed_at = $now where id = any($ids)",
        {**params, "ids": pin_ids},
    )
    tx.execute(
        "update need set answer_on = $day, version = version + 1, changed_at = $now "
        "where id = any($ids)",
        {**params, "ids": need_ids},
    )
