"""Is it better: asked four weeks later, said by the sender alone, seen by the office, erased."""

from datetime import timedelta

import pytest

from data import better, needs, pins, routes, worklists
from data.problems import BadInput, Conflict, NotFound
from data.rules import Actor, Role

CODE = "7Q2MX-9D4RT-0KB"


@pytest.fixture
def sender(store, area, office, now, draft):
    """A pin with a receipt whose need was handed on at `now`."""
    pins.add(store, office, area, [draft(id="mine", code=CODE)], now=now)
    pins.release(store, office, ["mine"], now=now)
    needs.create(
        store, office, need_id="need-1", title="Dunkel", field="OER", priority="now",
        pin_ids=["mine"], now=now,
    )  # fmt: skip
    needs.forward(
        store, office, "need-1", authority="sga", sentence="Wir fragen nach.", version=1, now=now
    )
    return pins.by_receipt(store, CODE)


def test_it_is_asked_four_weeks_after_a_handing_on(store, sender, now):
    assert not better.is_asked(store, sender, now=now + timedelta(days=27))
    assert better.is_asked(store, sender, now=now + timedelta(days=28))


def test_what_happens_meanwhile_puts_the_question_off(store, office, sender, now):
    later = now + timedelta(days=20)
    routes.draft(
        store, office, route_id="r", need_id="need-1", authority="bsr", subject="A", letter="B",
        now=later,
    )  # fmt: skip
    routes.send(
        store, office, "r", version=1, sentence="Ja.", sent_on=later.date(), remind_on=None,
        now=later,
    )  # fmt: skip
    assert not better.is_asked(store, sender, now=now + timedelta(days=30))
    assert better.is_asked(store, sender, now=now + timedelta(days=48))


def test_after_a_refusal_nobody_is_asked(store, office, sender, now):
    routes.draft(
        store, office, route_id="r", need_id="need-1", authority="bsr", subject="A", letter="B",
        now=now,
    )  # fmt: skip
    routes.send(
        store, office, "r", version=1, sentence="Ja.", sent_on=now.date(), remind_on=None, now=now
    )
    routes.answer(store, office, "r", version=2, result="refused", told={}, now=now)
    assert not better.is_asked(store, sender, now=now + timedelta(days=90))


def test_it_cannot_be_said_before_it_is_asked(store, sender, now):
    with pytest.raises(Conflict):
        better.say(store, sender, said="no", now=now)
    with pytest.raises(BadInput):
        better.say(store, sender, said="vielleicht", now=now + timedelta(days=30))


def test_it_is_said_once_and_can_be_changed(store, office, sender, now):
    later = now + timedelta(days=30)
    better.say(store, sender, said="no", words=" Es ist\x00 noch dunkel ", now=later)
    better.say(store, sender, said="no", words="Es ist noch dunkel", now=later)
    [one] = better.unhappy(store, office)
    assert (one.said, one.words, one.need_id) == ("no", "Es ist noch dunkel", "need-1")
    better.say(store, sender, said="yes", now=later + timedelta(days=1))
    assert better.unhappy(store, office) == []
    assert better.share(store, ["need-1", "need-x"]) == {"need-1": better.Share(yes=1)}


def test_a_no_that_was_seen_to_leaves_the_list_until_it_is_said_anew(store, office, sender, now):
    later = now + timedelta(days=30)
    better.say(store, sender, said="no", now=later)
    better.handled(store, office, ["mine"], now=later)
    assert better.unhappy(store, office) == []
    assert better.of_need(store, office, "need-1")[0].handled_at == later
    better.say(store, sender, said="no", words="Immer noch", now=later)
    assert len(better.unhappy(store, office)) == 1


def test_what_waits_at_the_needs_is_counted_for_the_navigation(store, office, sender, now):
    later = now + timedelta(days=30)
    assert worklists.counts(store, office, now=later)["routes"] == 0
    routes.draft(
        store, office, route_id="r", need_id="need-1", authority="bsr", subject="A", letter="B",
        now=now,
    )  # fmt: skip
    routes.send(
        store, office, "r", version=1, sentence="Ja.", sent_on=now.date(),
        remind_on=now.date() + timedelta(days=20), now=now,
    )  # fmt: skip
    assert worklists.counts(store, office, now=now)["routes"] == 0
    assert worklists.counts(store, office, now=later)["routes"] == 1
    better.say(store, sender, said="no", now=later)
    assert worklists.counts(store, office, now=later)["routes"] == 2
    better.handled(store, office, ["mine"], now=later)
    assert worklists.counts(store, office, now=later)["routes"] == 1


def test_a_withdrawn_pin_says_nothing_any_more(store, office, sender, now):
    later = now + timedelta(days=30)
    better.say(store, sender, said="no", words="Immer noch", now=later)
    pins.withdraw(store, sender, now=later)
    assert store.read("select * from better") == []
    assert better.unhappy(store, office) == []
    with pytest.raises((Conflict, NotFound)):
        better.say(store, sender, said="no", now=later)


def test_a_strength_is_not_asked(store, area, office, now, draft):
    pins.add(store, office, area, [draft(id="good", kind="strength", code=CODE)], now=now)
    pins.release(store, office, ["good"], now=now)
    needs.create(
        store, office, need_id="need-1", title="Gut", field="OER", priority="now",
        pin_ids=["good"], now=now,
    )  # fmt: skip
    needs.forward(store, office, "need-1", authority="sga", sentence="Ja.", version=1, now=now)
    sender = pins.by_receipt(store, CODE)
    assert not better.is_asked(store, sender, now=now + timedelta(days=90))


def test_a_sender_without_a_pin_is_not_asked(store, now):
    assert not better.is_asked(store, Actor(Role.SENDER), now=now)
