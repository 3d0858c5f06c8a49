"""Free pins are proposed to needs that are there."""

import pytest

from data import needs, pins, proposals, undo
from data.filters import Filter
from data.problems import Conflict, NotFound


@pytest.fixture
def dark(store, office, now, released, spots):
    """A need about light at the fountain, with three pins."""
    ids = released(
        "Viel zu dunkel hier", "Die Laterne ist kaputt", "Burası çok karanlık",
        prefix="dark", at=spots.fountain, field="OER",
    )  # fmt: skip
    return needs.create(
        store, office, need_id="need-dark", title="Licht am Brunnen", field="OER",
        priority="now", pin_ids=ids, now=now,
    )  # fmt: skip


@pytest.fixture
def fresh(released, spots):
    [pin_id] = released("Abends kein Licht", prefix="fresh", at=spots.fountain, field="OER")
    return pin_id


def only(found):
    [proposal] = found
    return proposal


def test_a_new_pin_is_proposed_to_the_need_it_fits_with_why(store, office, dark, fresh):
    found = only(proposals.listing(store, office, Filter()))
    assert (found.pin_id, found.need_id, found.number) == (fresh, dark.id, dark.number)
    assert found.title == "Licht am Brunnen"
    assert found.why.subjects == ("light",)
    assert found.why.words == (("de", "Licht"),)
    assert ("tr", "karanlık") in found.why.theirs
    assert found.why.same_field
    assert found.why.metres < 5
    assert 0.5 < found.why.sureness <= 1


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "school"},  # too far away
        {"kind": "strength"},
        {"words": "Mittagessen in der Kantine ist teuer", "field": "GB"},
    ],
)
def test_what_does_not_fit_is_not_proposed(store, office, dark, released, spots, changes):
    given = {"at": spots.fountain, "field": "OER", **changes}
    words = given.pop("words", "Abends kein Licht")
    if isinstance(given["at"], str):
        given["at"] = getattr(spots, given["at"])
    released(words, prefix="other", **given)
    assert proposals.listing(store, office, Filter()) == []


def test_only_open_needs_are_proposed(store, office, now, dark, fresh):
    [deed] = undo.last(store, office)
    undo.undo(store, office, deed.id, now=now)  # the need was never made
    assert [one.need_id for one in proposals.listing(store, office, Filter())] == []


def test_one_pin_is_asked_alone_also_while_it_waits(
    store, area, visitor, office, now, dark, draft, spots
):
    waiting = draft("Abends kein Licht", id="waiting", at=spots.fountain, field="OER")
    pins.add(store, visitor, area, [waiting], now=now)
    pin = pins.get(store, office, "waiting")
    assert only(proposals.of_pin(store, office, pin)).need_id == dark.id
    assert proposals.of_pin(store, office, pins.get(store, office, "dark-1")) == []


def test_a_group_is_proposed_to_a_need_as_a_whole(store, office, dark, released, spots):
    ids = released(
        "Kein Licht", "Lampe aus", prefix="more", at=spots.fountain, field="OER"
    )  # fmt: skip
    found = only(proposals.of_group(store, office, ids))
    assert (found.need_id, found.pin_id) == (dark.id, "")
    assert found.why.subjects == ("light",)
    assert proposals.of_group(store, office, []) == []


def test_accepting_takes_the_pin_in_and_can_be_undone(store, office, now, dark, fresh):
    need = proposals.accept(store, office, [fresh], dark.id, now=now)
    assert need.pins == 4
    assert proposals.listing(store, office, Filter()) == []
    with pytest.raises(Conflict):
        proposals.accept(store, office, [fresh], dark.id, now=now)
    [deed] = undo.last(store, office)
    undo.undo(store, office, deed.id, now=now)
    assert only(proposals.listing(store, office, Filter())).pin_id == fresh


def test_what_is_dismissed_stays_dismissed_until_it_is_taken_back(store, office, now, dark, fresh):
    proposals.dismiss(store, office, fresh, dark.id, now=now)
    proposals.dismiss(store, office, fresh, dark.id, now=now)  # a double click
    assert proposals.listing(store, office, Filter()) == []
    assert proposals.of_pin(store, office, pins.get(store, office, fresh)) == []
    proposals.restore(store, office, fresh, dark.id, now=now)
    assert only(proposals.listing(store, office, Filter())).pin_id == fresh
    with pytest.raises(NotFound):
        proposals.restore(store, office, fresh, dark.id, now=now)


def test_a_pin_dismissed_for_one_need_is_proposed_to_the_next_best(
    store, office, now, dark, fresh, released, spots
):
    near = released("Dunkel und keine Lampe", prefix="near", at=spots.fountain, field="OER")
    needs.create(
        store, office, need_id="need-lamps", title="Lampen", field="OER", priority="now",
        pin_ids=near, now=now,
    )  # fmt: skip
    first = only(proposals.listing(store, office, Filter()))
    proposals.dismiss(store, office, fresh, first.need_id, now=now)
    second = only(proposals.listing(store, office, Filter()))
    assert {first.need_id, second.need_id} == {dark.id, "need-lamps"}


@pytest.mark.parametrize(("pin", "need"), [("x", "need-dark"), ("fresh-1", "x"), ("", "")])
def test_what_is_not_there_cannot_be_dismissed(
    store, office, now, dark, fresh, fingerprint, pin, need
):
    before = fingerprint(store)
    with pytest.raises(NotFound):
        proposals.dismiss(store, office, pin, need, now=now)
    assert fingerprint(store) == before


def test_nothing_stored_proposes_nothing(store, office):
    assert proposals.listing(store, office, Filter()) == []
