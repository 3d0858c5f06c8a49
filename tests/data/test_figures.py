"""Figures against a recount in Python, over pins with everything that can be different."""

import random
import statistics
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from data import answer_times, figures, filters, pins, trail
from data.answer_times import STEPS
from data.figures import Row
from data.filters import BERLIN, Filter
from data.pins import PUBLIC, Draft, Status
from data.rules import HOUSE, PinId
from geo.points import LonLat

KINDS = ("strength", "problem", "idea")
MEETINGS = ("", "meeting-1", "meeting-2")
WANTED = {
    "everything": Filter(),
    "a kind": Filter(kind=("idea",)),
    "a text": Filter(text="Licht"),
    "a period": Filter(since=date(2026, 3, 1), until=date(2026, 4, 30)),
    "a language and a field": Filter(lang=("tr", "de"), field=("OER", "BI")),
    "waiting ones": Filter(status=("waiting",)),
    "nobody": Filter(text="Zeppelin"),
}


@pytest.fixture
def many(store, area, now):
    """Store 400 pins in all statuses, some answered, some in a need with a day of its own."""
    dice = random.Random(4)
    drafts = [
        Draft(
            id=PinId(f"pin-{i}"),
            kind=dice.choice(KINDS),
            words=dice.choice(("Mehr Licht", "Zu laut", "Bäume")),
            at=LonLat(dice.uniform(13.415, 13.435), dice.uniform(52.499, 52.507)),
            field=dice.choice(("", "IN", "BI", "OER", "GB", "BVK")),
            lang=dice.choice(("de", "de", "tr", "en", "ar")),
            source="import",
            created_at=now - timedelta(days=dice.uniform(0, 300)),
        )
        for i in range(400)
    ]
    pins.add(store, HOUSE, area, drafts, now=now)

    def job(tx):
        tx.execute(
            "insert into need (id, number, title, field, priority, status, authority, "
            "public_sentence, why, demo, version, created_at, changed_at, climate, who, "
            "responsible, gone, answer_on) values ('need-1', 1, 'Licht', 'OER', 'now', 'open', '', "
            "'', '{}', false, 1, $now, $now, false, '', '', '', $day)",
            {"now": trail.utc(now), "day": date(2026, 5, 20)},
        )
        for draft in drafts:
            said = draft.created_at or now
            answered = said + timedelta(days=dice.uniform(0, 80)) if dice.random() < 0.4 else None
            tx.execute(
                "update pin set status = $status, source = $source, meeting_id = $meeting, "
                "need_id = $need, answer_due = $due, answered_at = $answered where id = $id",
                {
                    "id": draft.id,
                    "status": dice.choice(tuple(Status)),
                    "source": dice.choice(("web", "paper", "desk")),
                    "meeting": dice.choice(MEETINGS) or None,
                    "need": dice.choice((None, None, "need-1")),
                    "due": dice.choice((None, now.date() + timedelta(days=dice.randint(-30, 40)))),
                    "answered": answered and trail.utc(answered),
                },
            )

    store.write(job)


def under(store, wanted):
    """Pick the rows under a filter in Python, without the filter's own SQL."""
    rows = store.rows("select * from pin where status <> 'withdrawn'")
    return [row for row in rows if fits(row, wanted)]


def fits(row, wanted):
    day = berlin(row["created_at"])
    return (
        all(
            not getattr(wanted, name) or row[name] in getattr(wanted, name)
            for name in filters.LISTS
        )
        and (not wanted.since or day >= wanted.since)
        and (not wanted.until or day <= wanted.until)
        and wanted.text.casefold() in row["folded"]
    )


def berlin(moment):
    return moment.replace(tzinfo=figures.UTC).astimezone(BERLIN).date()


def recount(rows, value_of):
    counts = {}
    for row in rows:
        counts.setdefault(value_of(row), Counter())[row["kind"]] += 1
    return {Row(value, *(n[kind] for kind in KINDS)) for value, n in counts.items()}


@pytest.mark.parametrize("name", WANTED)
def test_every_side_is_as_counted_by_hand(store, office, many, name):
    wanted = WANTED[name]
    rows = under(store, wanted)
    found = figures.counted(store, office, wanted)
    assert found.pins == len(rows) == pins.count(store, office, wanted)
    assert found.waiting == sum(row["status"] == "waiting" for row in rows)
    assert found.hidden == sum(row["status"] == "hidden" for row in rows)
    fields = recount(rows, lambda row: row["field"])
    assert {row for row in found.fields if row.pins} == fields
    for side, column in (("languages", "lang"), ("sources", "source"), ("statuses", "status")):
        assert set(getattr(found, side)) == recount(rows, lambda row, c=column: row[c])
    meetings = recount((row for row in rows if row["meeting_id"]), lambda row: row["meeting_id"])
    assert set(found.meetings) == meetings


@pytest.mark.parametrize("name", WANTED)
def test_periods_hold_every_pin_once_and_have_no_gap(store, office, many, name):
    wanted = WANTED[name]
    rows = under(store, wanted)
    found = figures.counted(store, office, wanted)
    assert sum(period.row.pins for period in found.periods) == len(rows)
    for before, after in zip(found.periods, found.periods[1:], strict=False):
        assert after.first == before.last + timedelta(days=1)
    for first, last, row in found.periods:
        inside = [one for one in rows if first <= berlin(one["created_at"]) <= last]
        assert row[1:] == tuple(sum(one["kind"] == kind for one in inside) for kind in KINDS)


@pytest.mark.parametrize("name", WANTED)
def test_answers_are_as_counted_by_hand(store, office, many, now, name):
    wanted = WANTED[name]
    rows = [row for row in under(store, wanted) if row["status"] in PUBLIC]
    told = answer_times.counted(store, office, wanted, now=now)
    answered = [row for row in rows if row["answered_at"]]
    waiting = [row for row in rows if not row["answered_at"]]
    days = [(row["answered_at"].date() - row["created_at"].date()).days for row in answered]
    assert told.answered == len(answered)
    assert told.within == tuple(sum(day <= most for day in days) for most in STEPS)
    assert told.median_days == (statistics.median_low(days) if days else None)
    dated = [
        (row["answered_at"].date(), row["answer_due"]) for row in answered if row["answer_due"]
    ]
    assert told.in_time == sum(on <= due for on, due in dated)
    assert told.late == sum(on > due for on, due in dated)
    assert told.waiting == sum(told.ages) == len(waiting)
    ages = [(now.date() - row["created_at"].date()).days for row in waiting]
    assert told.ages[-1] == sum(age > STEPS[-1] for age in ages)
    assert told.ages[0] == sum(age <= STEPS[0] for age in ages)
    due = [date(2026, 5, 20) if row["need_id"] else row["answer_due"] for row in waiting]
    assert told.undated == sum(day is None for day in due)
    assert told.overdue == sum(day is not None and day < now.date() for day in due)
    assert told.soon + told.later + told.overdue + told.undated == len(waiting)


def test_nothing_under_a_filter_is_zeros_and_no_median(store, office, now):
    found = figures.counted(store, office, Filter())
    told = answer_times.counted(store, office, Filter(), now=now)
    assert (found.pins, found.periods, found.languages) == (0, (), ())
    assert [row.pins for row in found.fields] == [0] * 5
    assert (told.answered, told.median_days, told.waiting, sum(told.ages)) == (0, None, 0, 0)


@pytest.mark.parametrize(
    ("days", "step"),
    [(0, "week"), (126, "week"), (127, "month"), (1_100, "month"), (1_101, "year")],
)
def test_the_span_chooses_weeks_months_or_years(days, step):
    end = datetime(2026, 5, 4, 12)
    chosen, spans = figures.periods(end - timedelta(days=days), end)
    assert chosen == step
    assert 1 <= len(spans) <= 38


def test_a_pin_of_the_night_belongs_to_the_day_of_berlin(store, area, office, now, draft):
    midnight = datetime.combine(date(2026, 3, 30), time(0, 30), BERLIN)  # a Monday, summer time
    early = draft(id="a", created_at=midnight)
    pins.add(store, HOUSE, area, [early, draft(id="b", created_at=now)], now=now)
    found = figures.counted(store, office, Filter())
    assert found.periods[0].first == date(2026, 3, 30)
    assert [period.row.pins for period in found.periods] == [1, 0, 0, 0, 0, 1]


def test_a_meeting_is_named_and_an_erased_one_is_not_lost(store, office, many):
    found = figures.counted(store, office, Filter())
    assert {row.value for row in found.meetings} == {"meeting-1", "meeting-2"}
    assert found.titles == {}
