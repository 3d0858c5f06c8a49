import pytest

from data import needs, pins, strengths
from data.problems import Conflict, NotFound
from geo.points import LonLat

HERE = LonLat(13.42430, 52.50206)


@pytest.fixture
def need(store, office, now, released):
    ids = released("Zu dunkel", prefix="dark")
    return needs.create(
        store,
        office,
        need_id="need-1",
        title="Dunkel",
        field="OER",
        priority="now",
        pin_ids=ids,
        now=now,
    )


@pytest.fixture
def strength(released):
    def make(id, east=0.0, **changes):
        at = LonLat(HERE.lon + east, HERE.lat)
        return released("Die Bänke!", prefix=id, kind="strength", at=at, **changes)[0]

    return make


def test_strengths_nearby_come_with_the_same_field_first_and_then_the_nearest(
    store, office, need, strength
):
    strength("near", field="IN")
    strength("field", 0.001, field="OER")
    strength("far", 0.003, field="OER")  # 203 m
    found = strengths.near(store, office, need.id)
    assert [(one.pin.id, one.fits) for one in found] == [("field-1", True), ("near-1", False)]
    assert [one.metres for one in found] == pytest.approx([68, 0], abs=5)


def test_distance_is_measured_from_the_nearest_pin_of_a_long_need(
    store, office, now, need, strength, released
):
    far = LonLat(HERE.lon + 0.006, HERE.lat)
    needs.add_pins(
        store, office, need.id, pin_ids=released("Auch dunkel", prefix="end", at=far), now=now
    )
    strength("end-good", 0.0061)
    assert [one.pin.id for one in strengths.near(store, office, need.id)] == ["end-good-1"]


def test_what_is_no_public_strength_is_not_near(store, area, office, visitor, now, need, draft):
    pins.add(store, visitor, area, [draft(id="wait", kind="strength")], now=now)
    pins.add(store, office, area, [draft(id="idea", kind="idea", released=True)], now=now)
    assert strengths.near(store, office, need.id) == []


def test_a_linked_strength_is_shown_and_undone(store, office, jury, now, need, strength):
    pin_id = strength("good")
    for _ in range(2):
        strengths.link(store, office, need.id, pin_id, now=now)
    assert [pin.id for pin in strengths.linked(store, jury, [need.id])] == [pin_id]
    assert strengths.near(store, office, need.id) == []
    strengths.unlink(store, office, need.id, pin_id, now=now)
    strengths.unlink(store, office, need.id, pin_id, now=now)
    assert strengths.linked(store, jury, [need.id]) == []
    assert [one.pin.id for one in strengths.near(store, office, need.id)] == [pin_id]
    lines = store.read("select count(*) from trail where thing = 'need' and details like '%good%'")
    assert lines == [(2,)]


def test_a_hidden_strength_disappears_by_itself_and_comes_back(store, office, now, need, strength):
    pin_id = strength("good")
    strengths.link(store, office, need.id, pin_id, now=now)
    pins.hide(store, office, [pin_id], reason="other", now=now)
    assert strengths.linked(store, office, [need.id]) == []
    pins.release(store, office, [pin_id], now=now)
    assert [pin.id for pin in strengths.linked(store, office, [need.id])] == [pin_id]


def test_a_withdrawn_strength_disappears(store, office, now, need, strength):
    pin_id = strength("good", code="7Q2MX-9D4RT-0KB")
    strengths.link(store, office, need.id, pin_id, now=now)
    pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
    assert strengths.linked(store, office, [need.id]) == []


def test_only_a_public_strength_can_be_linked_to_a_need_that_is_there(
    store, area, office, visitor, now, need, draft, strength, released
):
    pins.add(store, visitor, area, [draft(id="wait", kind="strength")], now=now)
    for pin_id in ("wait", "nothing", *released("Problem", prefix="bad")):
        with pytest.raises(Conflict):
            strengths.link(store, office, need.id, pin_id, now=now)
    with pytest.raises(NotFound):
        strengths.link(store, office, "nothing", strength("good"), now=now)


def test_the_strengths_of_a_merged_need_come_with_it(store, office, now, need, strength, released):
    pin_id = strength("good")
    old = needs.create(
        store,
        office,
        need_id="need-2",
        title="Auch",
        field="OER",
        priority="soon",
        pin_ids=released("Zu dunkel hier", prefix="old"),
        now=now,
    )
    strengths.link(store, office, old.id, pin_id, now=now)
    store.write(lambda tx: tx.execute("update need set gone = 'need-1' where id = 'need-2'"))
    assert [pin.id for pin in strengths.linked(store, office, [need.id])] == [pin_id]
    strengths.unlink(store, office, need.id, pin_id, now=now)
    assert strengths.linked(store, office, [need.id, old.id]) == []


def test_a_need_without_pins_has_nothing_near(store, office, now, need, strength):
    strength("good")
    needs.remove_pins(store, office, need.id, pin_ids=["dark-1"], now=now)
    assert strengths.near(store, office, need.id) == []
    assert strengths.near(store, office, "nothing") == []
