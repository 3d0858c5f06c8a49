"""The office's work lists: what stands in which, counted and in which order."""

from datetime import timedelta

import pytest

from data import feedback, needs, offers, pins, trail, worklists
from data.problems import BadInput
from data.rules import VISITOR
from data.worklists import ALONE, SOON, Worklist

GAS = "Im Keller riecht es nach Gas"
PHONE = "Rufen Sie mich an: 030 23125 417"


@pytest.fixture
def sent(store, area, now, draft):
    def make(*texts, prefix="w", **changes):
        drafts = [draft(text, id=f"{prefix}{n}", **changes) for n, text in enumerate(texts, 1)]
        pins.add(store, VISITOR, area, drafts, now=now)
        return [one.id for one in drafts]

    return make


@pytest.fixture
def ids(store, office):
    return lambda name, when: list(worklists.ids_of(store, office, name, now=when))


def test_an_empty_neighbourhood_has_nothing_to_do(store, office, now):
    assert set(worklists.counts(store, office, now=now).values()) == {0}
    assert [worklists.pins_of(store, office, name, now=now) for name in Worklist] == [[]] * 6


def test_unread_pins_are_listed_by_how_pressing_they_are(sent, ids, now):
    sent("Mehr Bänke", PHONE, GAS)
    assert ids("new", now) == ["w3", "w2", "w1"]
    assert ids("flagged", now) == ["w3", "w2"]
    assert ids("urgent", now) == ["w3"]


def test_a_list_gives_a_page_of_pins(store, office, sent, now):
    sent("eins", "zwei", "drei")
    found = worklists.pins_of(store, office, "new", now=now, limit=1, offset=1)
    assert [pin.id for pin in found] == ["w2"]


def test_an_unknown_list_is_refused(store, office, now):
    with pytest.raises(BadInput, match="worklist"):
        worklists.ids_of(store, office, "drop table", now=now)


def test_an_answer_is_due_soon_then_overdue(store, office, released, ids, now):
    (pin_id,) = released("Zu dunkel")
    due = pins.get(store, office, pin_id).answer_due
    days = (due - now.date()).days
    assert ids("due_soon", now + timedelta(days=days - SOON - 1)) == []
    assert ids("due_soon", now + timedelta(days=days - SOON)) == [pin_id]
    assert ids("due_soon", now + timedelta(days=days)) == [pin_id]
    assert ids("overdue", now + timedelta(days=days)) == []
    assert ids("overdue", now + timedelta(days=days + 1)) == [pin_id]
    assert ids("due_soon", now + timedelta(days=days + 1)) == []


def test_a_needs_own_date_stands_before_its_pins(store, office, office_day, ids, now):
    store.write(
        lambda tx: tx.execute("update need set answer_on = $day", {"day": now.date()}) and None
    )
    assert "pin-1" in ids("overdue", now + timedelta(days=1))
    assert "pin-2" not in ids("overdue", now + timedelta(days=1))
    pin = pins.get(store, office, "pin-1")
    assert worklists.due(store, office, pin) == now.date()


def test_a_pin_is_an_orphan_some_time_after_its_release_until_it_is_in_a_need(
    store, office, released, ids, now
):
    first, second = released("Zu dunkel", "Zu laut")
    assert ids("orphans", now + timedelta(days=ALONE - 1)) == []
    later = now + timedelta(days=ALONE)
    assert ids("orphans", later) == [first, second]
    needs.create(
        store, office, need_id="need-1", title="Licht", field="OER", priority="now",
        pin_ids=[first], now=later,
    )  # fmt: skip
    assert ids("orphans", later) == [second]


def test_a_pin_released_a_moment_ago_is_no_orphan_however_old_it_is(store, office, sent, ids, now):
    (pin_id,) = sent("Zu dunkel")
    later = now + timedelta(days=90)
    pins.release(store, office, [pin_id], now=later)
    assert ids("orphans", later + timedelta(days=ALONE - 1)) == []
    assert ids("orphans", later + timedelta(days=ALONE)) == [pin_id]


def test_hidden_and_answered_pins_wait_in_no_list(store, office, released, ids, now):
    hidden, answered = released("Zu dunkel", "Zu laut")
    pins.hide(store, office, [hidden], reason="spam", now=now)
    moment = {"id": answered, "now": trail.utc(now)}
    store.write(
        lambda tx: tx.execute("update pin set answered_at = $now where id = $id", moment) and None
    )
    late = now + timedelta(days=400)
    assert [ids(name, late) for name in Worklist] == [[]] * 6


def test_counts_agree_with_lists_and_follow_every_write(store, office, sent, released, now):
    sent("Mehr Bänke", PHONE, GAS)
    released("Zu dunkel", prefix="r")
    late = now + timedelta(days=100)
    for when in (now, late):
        counts = worklists.counts(store, office, now=when)
        for name in Worklist:
            assert counts[name] == len(worklists.ids_of(store, office, name, now=when)), name
    pins.release(store, office, ["w1"], now=late)
    assert worklists.counts(store, office, now=late)["new"] == 2


def test_offers_and_reports_are_counted_too(store, office, released, now):
    (pin_id,) = released("Zu dunkel")
    offers.make(
        store, VISITOR, offers.Draft(offers.OfferId("o"), "pin", pin_id, ("hands",)), now=now
    )
    feedback.give(
        store, VISITOR, feedback_id="f", page="", words="Zu klein", contact="", lang="de", now=now
    )
    counts = worklists.counts(store, office, now=now)
    assert (counts["offers"], counts["feedback"], counts["photos"]) == (1, 1, 0)


def test_a_pile_releases_what_has_no_flag_and_nothing_else(store, office, sent, now):
    sent("Mehr Bänke", "Mehr Licht", PHONE)
    sent("Vom Zettel", prefix="p", source="paper")
    web, paper = worklists.piles(store, office)
    assert (web.source, web.number, web.ready, web.unlooked) == ("web", 3, ("w1", "w2"), 0)
    assert (paper.source, paper.ready) == ("paper", ("p1",))
    assert worklists.release_ready(store, office, web.ready, now=now) == ["w1", "w2"]
    assert [pins.get(store, office, one).status for one in ("w1", "w2", "w3", "p1")] == [
        *("read", "read", "waiting", "waiting")
    ]


def test_what_somebody_else_handled_meanwhile_is_left_out_of_a_pile(store, office, sent, now):
    ids = sent("Mehr Bänke", "Mehr Licht")
    pins.hide(store, office, ["w1"], reason="spam", now=now)
    assert worklists.release_ready(store, office, ids, now=now) == ["w2"]
    assert pins.get(store, office, "w1").status == "hidden"
    assert worklists.release_ready(store, office, ids, now=now) == []
