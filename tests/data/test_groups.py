import numpy as np
import pytest

from data import dismissals, groups, meanings, needs, pins, undo
from data.dismissals import Again
from data.filters import Filter
from data.problems import BadInput, Conflict, NotFound
from data.rules import Actor, Role
from geo import meaning

LITTER = (
    "Überall Müll an der Ecke",
    "Schon wieder Müll und Matratzen",
    "Çöp yığılıyor, çok çöp var",
)


@pytest.fixture(autouse=True)
def _no_vectors_yet(monkeypatch):
    monkeypatch.setattr(meanings, "_vectors", {})


@pytest.fixture
def litter(released, spots):
    return released(*LITTER, prefix="litter", at=spots.litter_corner, field="OER")


def only(found):
    [suggestion] = found
    return suggestion


def test_pins_about_one_thing_at_one_place_are_suggested_with_why(store, office, litter):
    found = only(groups.suggestions(store, office, Filter()))
    assert sorted(found.ids) == sorted(litter)
    assert found.key == groups.key_of(litter)
    assert "rubbish" in found.subjects
    assert found.why["pins"] == 3
    assert found.why["width_m"] <= 5
    assert "Müll" in found.why["words"]["de"]
    assert 0 < found.sureness <= 1


def test_only_free_public_pins_are_suggested(
    store, area, office, visitor, now, litter, draft, spots
):
    waiting = draft("Müll, Müll, Müll", id="waiting", at=spots.litter_corner)
    pins.add(store, visitor, area, [waiting], now=now)
    pins.hide(store, office, [litter[0]], reason="spam", now=now)
    assert sorted(only(groups.suggestions(store, office, Filter())).ids) == sorted(litter[1:])


def test_grouped_pins_are_not_suggested_again(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    accept(store, office, now, found)
    assert groups.suggestions(store, office, Filter()) == []


def test_suggestions_keep_to_the_filter(store, office, litter):
    assert groups.suggestions(store, office, Filter(lang=("ar",))) == []
    assert groups.suggestions(store, office, Filter(status=("waiting",))) == []
    assert len(only(groups.suggestions(store, office, Filter(lang=("de",)))).ids) == 2


def test_nothing_stored_gives_no_suggestion(store, office):
    assert groups.suggestions(store, office, Filter()) == []
    assert groups.put_together(store, office, []) is None
    assert dismissals.listing(store, office) == []


def accept(store, actor, now, found, **changes):
    wanted = {"need_id": "need-1", "title": "Müll", "field": "OER", "priority": "now"} | changes
    return groups.accept(store, actor, found, now=now, **wanted)


def test_accepting_makes_a_need_that_keeps_why(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    need = accept(store, office, now, found)
    assert (need.pins, need.why) == (3, found.why)


def test_staff_may_accept_a_part(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    assert accept(store, office, now, found, ids=found.ids[:2]).pins == 2


def test_accepting_nothing_is_refused(store, office, now, litter, fingerprint):
    found = only(groups.suggestions(store, office, Filter()))
    before = fingerprint(store)
    with pytest.raises(BadInput):
        accept(store, office, now, found, ids=[])
    with pytest.raises(BadInput):
        accept(store, office, now, found, title="")
    assert fingerprint(store) == before


def test_accepting_what_was_withdrawn_meanwhile_is_refused(store, office, now, litter, fingerprint):
    found = only(groups.suggestions(store, office, Filter()))
    pins.withdraw(store, Actor(Role.SENDER, pin=litter[0]), now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        accept(store, office, now, found)
    assert fingerprint(store) == before
    assert needs.listing(store, office) == []


def test_a_dismissed_group_stays_away_until_it_really_changes(
    store, office, now, litter, released, spots
):
    found = only(groups.suggestions(store, office, Filter()))
    groups.dismiss(store, office, found.ids, now=now)
    groups.dismiss(store, office, found.ids, now=now)  # a double click
    assert groups.suggestions(store, office, Filter()) == []
    assert groups.suggestions(store, office, Filter(), with_dismissed=True) == [found]
    more = {"at": spots.litter_corner, "field": "OER"}
    released("Müll neben der Tonne", prefix="new", **more)
    assert groups.suggestions(store, office, Filter()) == []
    released("Müllsäcke am Zaun", prefix="newer", **more)
    again = only(groups.suggestions(store, office, Filter()))
    assert (len(again.ids), again.again) == (5, Again(new=2, left=0))
    groups.dismiss(store, office, again.ids, now=now)
    assert groups.suggestions(store, office, Filter()) == []


def test_pins_that_went_elsewhere_are_no_change_of_a_dismissed_group(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    groups.dismiss(store, office, found.ids, now=now)
    pins.withdraw(store, Actor(Role.SENDER, pin=litter[0]), now=now)
    assert groups.suggestions(store, office, Filter()) == []
    assert groups.suggestions(store, office, Filter(lang=("de", "tr"))) == []


def test_a_dismissed_group_can_be_brought_back(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    key = groups.dismiss(store, office, found.ids, now=now)
    [aside] = dismissals.listing(store, office)
    assert (aside.key, aside.ids, aside.at) == (key, found.ids, now)
    groups.restore(store, office, key, now=now)
    assert groups.suggestions(store, office, Filter()) == [found]
    assert dismissals.listing(store, office) == []
    with pytest.raises(NotFound):
        groups.restore(store, office, key, now=now)


def test_a_dismissed_group_whose_pins_are_all_in_needs_is_no_longer_listed(
    store, office, now, litter
):
    found = only(groups.suggestions(store, office, Filter()))
    groups.dismiss(store, office, found.ids, now=now)
    accept(store, office, now, found)
    assert dismissals.listing(store, office) == []


@pytest.mark.parametrize("ids", [[], ["x"], ["litter-1", "x"], ["' or 1=1 --"]])
def test_pins_that_are_not_there_cannot_be_dismissed(store, office, now, litter, fingerprint, ids):
    before = fingerprint(store)
    with pytest.raises(NotFound):
        groups.dismiss(store, office, ids, now=now)
    assert fingerprint(store) == before


def test_pins_put_together_by_hand_are_a_suggestion(store, office, litter, released, spots):
    [lonely] = released("Der Brunnen ist kaputt", prefix="other", at=spots.fountain)
    made = groups.put_together(store, office, [litter[0], lonely])
    assert made is not None
    assert made.by_hand
    assert sorted(made.ids) == sorted([litter[0], lonely])
    assert made.width_m > 100


def test_what_is_put_together_holds_free_pins_only(store, office, now, litter):
    needs.create(
        store, office, need_id="need-1", title="Müll", field="OER", priority="now",
        pin_ids=[litter[0]], now=now,
    )  # fmt: skip
    made = groups.put_together(store, office, [*litter, "x"])
    assert made is not None
    assert sorted(made.ids) == sorted(litter[1:])
    assert groups.put_together(store, office, [litter[0]]) is None


def test_a_search_says_how_far_it_is(store, office, litter):
    found = groups.free(store, office, Filter())
    shares = [share for share, _ in groups.search(store, office, found)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_what_is_accepted_can_be_undone(store, office, now, litter):
    found = only(groups.suggestions(store, office, Filter()))
    accept(store, office, now, found)
    [deed] = undo.last(store, office)
    undo.undo(store, office, deed.id, now=now)
    assert groups.suggestions(store, office, Filter()) == [found]
    assert needs.listing(store, office) == []


def test_a_second_look_needs_no_model(store, office, litter, monkeypatch):
    asked = []

    def read(texts):
        asked.extend(texts)
        return np.eye(len(texts), 384, dtype=np.float32)

    monkeypatch.setattr(meaning, "available", lambda: True)
    monkeypatch.setattr(meaning, "vectors", read)
    texts = [voice.words for voice in groups.free(store, office, Filter())]
    missing = meanings.missing(texts)
    assert sorted(missing) == sorted(LITTER)
    meanings.read(missing[:2])
    meanings.read(meanings.missing(texts))
    assert meanings.missing(texts) == []
    assert sorted(asked) == sorted(LITTER)
    groups.suggestions(store, office, Filter())
    assert sorted(asked) == sorted(LITTER)


def test_without_a_model_nothing_is_missing_and_groups_are_there(
    store, office, litter, monkeypatch
):
    monkeypatch.setattr(meaning, "available", lambda: False)
    monkeypatch.setattr(meaning, "vectors", lambda texts: None)
    assert meanings.missing(LITTER) == []
    meanings.read(LITTER)
    assert only(groups.suggestions(store, office, Filter())).ids


def test_the_cache_of_vectors_has_an_end(monkeypatch):
    monkeypatch.setattr(meanings, "KEPT", 3)
    monkeypatch.setattr(meaning, "vectors", lambda texts: np.zeros((len(texts), 384)))
    meanings.read([f"Text {i}" for i in range(10)])
    assert len(meanings._vectors) == 3
