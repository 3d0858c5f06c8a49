from datetime import date, timedelta

import pytest

from data import answers, needs, pins, promises, results, settings, trail, undo
from data.problems import BadInput, Conflict, NotFound
from data.promises import Counts
from data.rules import VISITOR

RELEASED = date(2026, 5, 4)
DUE = date(2026, 6, 15)  # six weeks later
LATER = date(2026, 7, 20)


@pytest.fixture
def need(store, office, now, released):
    """A need of two pins; a third one stands alone."""
    released("Zu dunkel", "Kein Licht", "Zu laut")
    return needs.create(
        store, office, need_id="need-1", title="Licht", field="OER", priority="now",
        pin_ids=["pin-1", "pin-2"], now=now,
    )  # fmt: skip


@pytest.fixture
def postpone(store, office, now):
    def make(thing="pin", thing_id="pin-3", *, days=1, **changes):
        given = {"day": LATER, "reason": "waiting", "seen": DUE} | changes
        promises.postpone(
            store, office, thing=thing, thing_id=thing_id, **given, now=now + timedelta(days=days)
        )

    return make


@pytest.fixture
def answer(store, office, now):
    def make(thing, thing_id, days):
        answers.give(
            store, office, thing=thing, thing_id=thing_id, words={"de": "Erledigt."}, seen=0,
            now=now + timedelta(days=days),
        )  # fmt: skip

    return make


def steps(store, pin_id):
    return [(step.key, dict(step.details)) for step in trail.steps(store, "pin", pin_id)]


def of(store, pin_id, now, days=0):
    pin = pins.get(store, VISITOR, pin_id)
    return promises.of(store, pin, now=now + timedelta(days=days))


def test_a_released_pin_is_promised_a_day(store, need, now):
    promise = of(store, "pin-3", now)
    assert (promise.day, promise.answered, promise.overdue) == (DUE, False, False)
    assert not of(store, "pin-3", now, days=42).overdue  # the day itself is in time
    assert of(store, "pin-3", now, days=43).overdue


def test_a_waiting_pin_is_promised_none(store, area, now, draft):
    pins.add(store, VISITOR, area, [draft(id="wait")], now=now)
    pin = pins.listing(store, VISITOR, pins.Filter(), own=["wait"])[0]
    assert promises.of(store, pin, now=now).day is None


def test_the_setting_moves_no_day_that_was_promised(store, admin, office, area, need, now, draft):
    settings.change(store, admin, "promise_days", "14", now=now)
    pins.add(store, VISITOR, area, [draft(id="new")], now=now)
    pins.release(store, office, ["new"], now=now)
    assert of(store, "new", now).day == RELEASED + timedelta(days=14)
    assert of(store, "pin-3", now).day == DUE


def test_an_answer_keeps_the_promise(store, need, now, answer):
    answer("need", "need-1", 10)
    assert of(store, "pin-1", now, days=90) == promises.Promise(None, answered=True, overdue=False)


def test_a_day_put_off_is_told_with_its_reason(store, need, now, postpone):
    postpone(words=" Das Amt braucht länger. ")
    assert of(store, "pin-3", now).day == LATER
    assert steps(store, "pin-3")[-1] == (
        "postponed",
        {"day": "2026-07-20", "reason": "waiting", "sentence": "Das Amt braucht länger."},
    )
    assert of(store, "pin-1", now).day == DUE


def test_putting_off_a_need_tells_all_who_wait_and_stands_for_who_joins(
    store, office, need, now, postpone
):
    postpone("need", "need-1")
    for pin_id in ("pin-1", "pin-2"):
        assert of(store, pin_id, now).day == LATER
        assert steps(store, pin_id)[-1][0] == "postponed"
    after = needs.get(store, office, "need-1")
    assert (after.answer_on, after.version) == (LATER, need.version + 1)
    needs.add_pins(store, office, "need-1", pin_ids=["pin-3"], now=now)
    assert of(store, "pin-3", now).day == LATER


def test_who_was_answered_is_not_put_off(store, need, now, postpone, answer):
    answer("pin", "pin-1", 2)
    postpone("need", "need-1", days=3)
    assert [key for key, _ in steps(store, "pin-1")].count("postponed") == 0
    assert [key for key, _ in steps(store, "pin-2")].count("postponed") == 1


def test_putting_off_can_be_undone_and_is_told(store, office, need, now, postpone):
    for thing, thing_id, pin_id in (("pin", "pin-3", "pin-3"), ("need", "need-1", "pin-1")):
        postpone(thing, thing_id)
        (deed,) = undo.last(store, office)
        assert deed.what == "postpone"
        undo.undo(store, office, deed.id, now=now + timedelta(days=2))
        assert of(store, pin_id, now).day == DUE
        assert steps(store, pin_id)[-1][0] == "promised"
        assert steps(store, pin_id)[-1][1]["day"] == "2026-06-15"
    assert needs.get(store, office, "need-1").answer_on is None


def test_a_double_click_puts_off_once(store, need, postpone, fingerprint):
    postpone()
    before = fingerprint(store)
    postpone(days=2)
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"day": DUE}, "promise.day"),
        ({"day": DUE - timedelta(days=1)}, "promise.day"),
        ({"day": date(2028, 1, 1)}, "promise.day"),
        ({"reason": ""}, "promise.reason_missing"),
        ({"reason": "lust"}, "promise.reason_missing"),
        ({"words": "x" * 301}, "promise.words_too_long"),
        ({"words": "x" * 900_000}, "promise.words_too_long"),
    ],
)
def test_a_day_without_reason_or_not_ahead_is_refused(
    store, need, postpone, fingerprint, wrong, key
):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refused:
        postpone(**wrong)
    assert refused.value.key == key
    assert fingerprint(store) == before


def test_who_decided_on_another_day_is_told(store, need, postpone, answer, fingerprint):
    postpone()
    before = fingerprint(store)
    with pytest.raises(Conflict) as refused:
        postpone(day=LATER + timedelta(days=7))
    assert refused.value.key == "promise.changed_meanwhile"
    with pytest.raises(NotFound):
        postpone(thing_id="nobody")
    with pytest.raises(NotFound):
        postpone("need", "nothing")
    assert fingerprint(store) == before
    answer("pin", "pin-3", 1)
    with pytest.raises(Conflict) as refused:
        postpone(day=LATER + timedelta(days=7), seen=LATER)
    assert refused.value.key == "promise.nobody_waits"


def test_what_is_due_stands_in_order_needs_with_their_pins(store, office, need, now, postpone):
    postpone()
    late = now + timedelta(days=50)
    found = promises.due(store, office, until=LATER, now=late)
    assert [(one.thing, one.id, one.day, one.pins, one.overdue) for one in found] == [
        ("need", "need-1", DUE, 2, True),
        ("pin", "pin-3", LATER, 1, False),
    ]
    assert [one.id for one in promises.due(store, office, until=DUE, now=now)] == ["need-1"]
    assert promises.counts(store, office, now=late) == Counts(overdue=2, soon=0)
    assert promises.counts(store, office, now=now + timedelta(days=40)) == Counts(0, 2)
    assert promises.day_of(store, office, thing="need", thing_id="need-1") == DUE


def test_the_rate_counts_answers_in_time_and_days_that_passed(store, need, now, answer, postpone):
    assert promises.rate(store, now=now).asked == 0
    answer("need", "need-1", 42)  # on the day itself
    rate = promises.rate(store, now=now + timedelta(days=42))
    assert (rate.asked, rate.in_time, rate.share, rate.open) == (2, 2, 100, 1)
    rate = promises.rate(store, now=now + timedelta(days=43))
    assert (rate.asked, rate.in_time, rate.overdue, rate.open) == (3, 2, 1, 0)
    assert rate.share == 66  # never rounded up
    answer("pin", "pin-3", 44)
    rate = promises.rate(store, now=now + timedelta(days=60))
    assert (rate.asked, rate.in_time, rate.overdue) == (3, 2, 0)


def test_a_late_answer_stays_late_whatever_day_the_need_is_given(store, office, need, now, answer):
    answer("need", "need-1", 50)
    store.write(lambda tx: tx.execute("update need set answer_on = date '2027-01-01'"))
    rate = promises.rate(store, now=now + timedelta(days=51))
    assert (rate.asked, rate.in_time) == (3, 0)
    promise = of(store, "pin-1", now, days=51)
    assert (promise.day, promise.answered) == (date(2027, 1, 1), True)


def test_a_day_put_off_is_counted_openly(store, need, now, postpone):
    postpone()
    postpone("need", "need-1")
    assert promises.rate(store, now=now).postponed == 3


def test_hidden_pins_count_for_nobody(store, office, need, now):
    pins.hide(store, office, ["pin-3"], reason="spam", now=now)
    rate = promises.rate(store, now=now + timedelta(days=90))
    assert (rate.asked, rate.overdue) == (2, 2)


def test_a_day_put_off_is_part_of_the_public_way(store, need, postpone):
    postpone()
    way = results.way(store, pins.get(store, VISITOR, "pin-3"))
    assert way[-1].key == "postponed"
    assert way[-1].details["reason"] == "waiting"
