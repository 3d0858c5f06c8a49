"""Flags of pins: the order of the inbox, what is outside or said twice, what the office found not true."""

import pytest

from data import flags, pins, worklists
from data.problems import BadInput, NotAllowed, NotFound
from geo.flags_text import Flag

PHONE = "Ruft mich an: 030 23125 417"
GAS = "Im Keller riecht es nach Gas"


@pytest.fixture
def sent(store, area, visitor, now, draft):
    def send(*texts, prefix="w", **changes):
        drafts = [draft(text, id=f"{prefix}{i}", **changes) for i, text in enumerate(texts, 1)]
        pins.add(store, visitor, area, drafts, now=now)
        return [one.id for one in drafts]

    return send


def order(store, office, now, name: str = "new") -> list[str]:
    return list(worklists.ids_of(store, office, name, now=now))


def flags_of(store, office, pin_id: str) -> dict[Flag, flags.Raised]:
    pin = pins.get(store, office, pin_id)
    return {one.flag: one for one in flags.of_pin(store, office, pin)}


def test_danger_comes_first_then_personal_data_then_the_oldest(store, office, sent, now) -> None:
    sent("Mehr Bänke", PHONE, "Mehr Licht", GAS)
    assert order(store, office, now) == ["w4", "w2", "w1", "w3"]
    found = worklists.counts(store, office, now=now)
    assert (found["new"], found["flagged"], found["urgent"]) == (4, 2, 1)


def test_a_flag_has_its_reason_and_the_place_of_its_words(store, office, sent) -> None:
    sent(PHONE)
    raised = flags_of(store, office, "w1")[Flag.PERSONAL]
    assert raised.reasons == ("phone",)
    assert [PHONE[start:end] for start, end in raised.places] == ["030 23125 417"]


def test_a_place_outside_the_area_is_flagged(store, office, sent, spots) -> None:
    sent("Mehr Bänke", at=spots.just_outside)
    assert set(flags_of(store, office, "w1")) == {Flag.OUTSIDE}


def test_the_same_words_close_by_are_flagged_with_the_number_of_the_first(
    store, office, sent, spots
) -> None:
    sent("Hier ist es nachts viel zu dunkel", "hier ist es nachts zu dunkel!")
    sent("Hier ist es nachts viel zu dunkel", prefix="far", at=spots.lawn)
    first = pins.get(store, office, "w1")
    assert flags_of(store, office, "w1") == {}
    assert flags_of(store, office, "w2")[Flag.DUPLICATE].same_as == first.number
    assert Flag.DUPLICATE not in flags_of(store, office, "far1")


def test_words_repeated_exactly_count_in_the_queue(store, office, sent, now) -> None:
    sent("Mehr Bänke", "mehr Bänke", "Mehr Licht")
    assert order(store, office, now) == ["w2", "w1", "w3"]


def test_a_dismissed_flag_no_longer_moves_the_pin_and_comes_back(store, office, sent, now) -> None:
    sent("Mehr Bänke", PHONE)
    flags.dismiss(store, office, "w2", "personal", now=now)
    flags.dismiss(store, office, "w2", "personal", now=now)
    assert flags_of(store, office, "w2")[Flag.PERSONAL].dismissed
    assert order(store, office, now) == ["w1", "w2"]
    flags.restore(store, office, "w2", "personal", now=now)
    assert not flags_of(store, office, "w2")[Flag.PERSONAL].dismissed
    lines = store.read("select thing, thing_id, person_id, step from trail where thing = 'flag'")
    assert lines == [("flag", "w2", "person-office", "")] * 2


def test_a_dismissed_flag_leaves_the_pin_s_own_way_alone(store, office, sent, now) -> None:
    sent(PHONE)
    before = pins.get(store, office, "w1")
    flags.dismiss(store, office, "w1", "personal", now=now)
    assert pins.get(store, office, "w1") == before


@pytest.mark.parametrize("flag", ["", "nonsense", "Danger", "'; drop table pin"])
def test_a_flag_that_is_none_is_refused(store, office, sent, now, flag) -> None:
    sent(PHONE)
    with pytest.raises(BadInput):
        flags.dismiss(store, office, "w1", flag, now=now)


def test_a_pin_that_is_none_is_refused(store, office, now) -> None:
    with pytest.raises(NotFound):
        flags.dismiss(store, office, "nowhere", "spam", now=now)


def test_a_visitor_sees_no_flags(store, visitor, office, sent, now) -> None:
    sent(PHONE)
    pin = pins.get(store, office, "w1")
    for knock in (
        lambda: flags.of_pin(store, visitor, pin),
        lambda: flags.dismiss(store, visitor, "w1", "spam", now=now),
    ):
        with pytest.raises(NotAllowed):
            knock()


def test_of_a_heap_of_new_texts_the_newest_are_looked_at_first(
    store, office, sent, now, monkeypatch
) -> None:
    monkeypatch.setattr(flags, "ANEW", 2)
    flags._remembered.clear()
    sent(f"{GAS} im Haus 1", "Mehr Bänke", "Mehr Licht")
    assert worklists.counts(store, office, now=now)["urgent"] == 0
    assert worklists.counts(store, office, now=now)["urgent"] == 1
