"""What people tell us about barriers: kept for the office, which answers within one month."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime

from data import rules, trail
from data.problems import BadInput, Conflict
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import bounded, clean, lang_of

MAX_WORDS = 2000
MAX_CONTACT = 200
MAX_PAGE = 100


@dataclass(frozen=True)
class Feedback:
    """One report of a barrier. Times are UTC; the contact is '' when none was given or it is done."""

    id: str
    page: str
    words: str
    contact: str
    lang: str
    created_at: datetime
    done_at: datetime | None

    @property
    def due(self) -> date:
        """By which day it must be answered."""
        return month_later(self.created_at.date())


def month_later(day: date) -> date:
    """Return the same day of the next month, or its last one.

    >>> month_later(date(2026, 1, 31)), month_later(date(2026, 12, 5))
    (datetime.date(2026, 2, 28), datetime.date(2027, 1, 5))
    """
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def give(
    store: Store,
    actor: Actor,
    *,
    feedback_id: str,
    page: str,
    words: str,
    contact: str,
    lang: str,
    now: datetime,
) -> None:
    """Store a report; a second one under the same id changes nothing. BadInput for no words."""
    rules.check(actor, Act.FEEDBACK_GIVE)
    said = bounded(words, MAX_WORDS, "words", typed=10 * MAX_WORDS)
    if not said:
        raise BadInput("feedback.words_missing", field="words")
    row = {
        "id": feedback_id,
        "page": " ".join(clean(page[: 2 * MAX_PAGE]).split())[:MAX_PAGE],
        "words": said,
        "contact": bounded(contact, MAX_CONTACT, "contact", typed=10 * MAX_CONTACT),
        "lang": lang_of(said, lang),
        "now": trail.utc(now),
    }

    def job(tx: Transaction) -> None:
        new = tx.execute(
            "insert into feedback values ($id, $page, $words, $contact, $lang, $now, null) "
            "on conflict (id) do nothing returning id",
            row,
        )
        if new:
            trail.note(tx, actor, Act.FEEDBACK_GIVE, "feedback", feedback_id, now=now)

    store.write(job)


def listing(store: Store, actor: Actor, *, limit: int = 100) -> list[Feedback]:
    """List reports, the open ones first and the longest waiting first among them."""
    rules.check(actor, Act.FEEDBACK_READ)
    found = store.rows(
        "select * from feedback order by done_at is not null, done_at desc, created_at limit $limit",
        {"limit": limit},
    )
    return [_feedback(row) for row in found]


def answered(store: Store, actor: Actor, feedback_id: str, *, now: datetime) -> None:
    """Note that a report was answered; its contact is erased. Conflict when that was done before."""
    rules.check(actor, Act.FEEDBACK_READ)

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "update feedback set done_at = $now, contact = '' "
            "where id = $id and done_at is null returning id",
            {"now": trail.utc(now), "id": feedback_id},
        )
        if not done:
            raise Conflict("feedback.done_before")
        tx.forget()
        erased = {"contact": "erased"}
        trail.note(tx, actor, Act.FEEDBACK_READ, "feedback", feedback_id, now=now, details=erased)

    store.write(job)


def _feedback(row: dict) -> Feedback:
    done = row["done_at"]
    return Feedback(
        row["id"],
        row["page"],
        row["words"],
        row["contact"],
        row["lang"],
        row["created_at"].replace(tzinfo=UTC),
        done.replace(tzinfo=UTC) if done else None,
    )
