import functools
import json
from datetime import date

import pytest

from data import desk, meetings, passwords, pins, rounds, trail, voices
from data.filters import Filter
from data.meetings import Plan, Publish, State
from data.pins import Status
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import VISITOR, Actor, Role

LEADER = Actor(Role.FACILITATOR, meeting="a")
GUEST = Actor(Role.GUEST, meeting="a")
PLAN = Plan("Kiezwerkstatt", date(2026, 5, 4))
ONCE = functools.cache(passwords.hashed)


@pytest.fixture(autouse=True)
def meeting(store, house, now, monkeypatch):
    """Open a meeting."""
    monkeypatch.setattr(passwords, "hashed", ONCE)
    meetings.create(store, house, meeting_id="a", code="C0DE", plan=PLAN, pin="2468", now=now)
    meetings.move(store, house, "a", to=State.OPEN, now=now)


@pytest.fixture
def typed(store, area, now, draft):
    """Type pins at the desk and return their ids."""

    def type_them(*words, source="desk", card=None, prefix="typed", **changes):
        ids = []
        for i, text in enumerate(words, 1):
            said = draft(text, id=f"{prefix}-{i}", meeting="a", source=source, **changes)
            desk.write(store, LEADER, area, said, now=now, card=card)
            ids.append(said.id)
        return ids

    return type_them


@pytest.fixture
def mend(store, area, now):
    """Mend a pin; only what matters to a test is given."""

    def mended(pin_id, **changes):
        wanted = {"words": "Neue Worte", "kind": "idea", "field": "OER"} | changes
        desk.edit(store, LEADER, area, "a", pin_id, now=now, **wanted)

    return mended


def words_of(store, house, pin_id):
    return pins.get(store, house, pin_id).words


# --- typing -----------------------------------------------------------------


def test_what_is_typed_is_a_pin_of_the_meeting(store, house, typed):
    typed("Zu dunkel", code="7Q2MX-9D4RT-0KB")
    pin = pins.get(store, house, "typed-1")
    assert (pin.meeting_id, pin.source, pin.status) == ("a", "desk", Status.WAITING)
    assert pins.by_receipt(store, "7q2mx9d4rt0kb").pin == "typed-1"


def test_typing_the_same_draft_twice_is_one_pin_one_card_and_one_word_on_the_wall(
    store, typed, fingerprint
):
    typed("Zu dunkel", source="paper", card=3)
    before = fingerprint(store)
    typed("Zu dunkel, wirklich", source="paper", card=4)
    assert fingerprint(store) == before


@pytest.mark.parametrize("publish", Publish)
def test_what_the_desk_typed_waits_for_no_look_of_the_desk(store, house, now, typed, publish):
    meetings.change(store, house, "a", plan=Plan("K", date(2026, 5, 4), publish=publish),
                    version=1, now=now)  # fmt: skip
    typed("Zu dunkel")
    assert rounds.waiting(store, LEADER, "a") == []
    shown = [pin.id for pin in rounds.on_wall(store, LEADER, "a")]
    assert shown == ([] if publish == Publish.AFTER_REVIEW else ["typed-1"])


@pytest.mark.parametrize("source", ["web", "tablet", "children", "import", ""])
def test_the_desk_types_for_no_other_source(store, area, now, draft, fingerprint, source):
    before = fingerprint(store)
    with pytest.raises(BadInput, match=r"desk\.source"):
        desk.write(store, LEADER, area, draft(meeting="a", source=source), now=now)
    assert fingerprint(store) == before


def test_a_pin_without_a_meeting_is_none_of_the_desk(store, area, now, draft):
    with pytest.raises(NotFound):
        desk.write(store, LEADER, area, draft(source="desk"), now=now)


@pytest.mark.parametrize("actor", [VISITOR, GUEST, Actor(Role.JURY, person="p")])
def test_who_does_not_lead_types_nothing(store, area, now, draft, fingerprint, actor):
    before = fingerprint(store)
    with pytest.raises(NotAllowed):
        desk.write(store, actor, area, draft(meeting="a", source="desk"), now=now)
    assert fingerprint(store) == before


# --- the last lines -----------------------------------------------------------


def test_the_last_ten_typed_are_listed_newest_first_and_tablets_apart(
    store, area, now, draft, typed
):
    typed(*(f"Satz {n}" for n in range(12)))
    meetings.say(store, GUEST, area, draft(id="tablet", meeting="a", source="tablet"), now=now)
    listed = desk.latest(store, LEADER, "a")
    assert [line.pin.words for line in listed] == [f"Satz {n}" for n in range(11, 1, -1)]
    assert all(line.mendable for line in listed)
    first = desk.latest(store, LEADER, "a", typed=False)[0]
    assert (first.pin.id, first.mendable) == ("tablet", False)


def test_a_line_tells_card_voices_and_what_the_wall_may_show(store, now, typed):
    typed("Zu dunkel", source="paper", card=7)
    for n in range(2):
        voices.give(store, LEADER, "typed-1", key_hash=f"k{n}", source="meeting", now=now)
    rounds.show(store, LEADER, "a", "typed-1", "hidden", now=now)
    line = desk.latest(store, LEADER, "a")[0]
    assert (line.card, line.voices, line.wall) == (7, 2, "hidden")


# --- mending ------------------------------------------------------------------


def test_a_mended_pin_is_found_by_its_new_words_and_the_trail_keeps_the_old(
    store, house, typed, mend
):
    typed("Zu dunkl", kind="problem", field="BI")
    mend("typed-1", words="Çok karanlık")
    pin = pins.get(store, house, "typed-1")
    assert (pin.words, pin.kind, pin.field, pin.lang) == ("Çok karanlık", "idea", "OER", "tr")
    assert pins.count(store, house, Filter(text="karanlik")) == 1
    assert pins.count(store, house, Filter(text="dunkl")) == 0
    line = store.read("select details from trail where thing_id = 'typed-1' order by id")[-1][0]
    assert json.loads(line) == {"before": {"kind": "problem", "field": "BI", "words": "Zu dunkl"}}
    assert [step.key for step in trail.steps(store, "pin", "typed-1")] == ["received"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"words": " \n "}, "pin.words_missing"),
        ({"words": "x" * 1001}, "pin.words_too_long"),
        ({"kind": "böse"}, "pin.kind_unknown"),
        ({"kind": ""}, "pin.kind_unknown"),
        ({"field": "XX"}, "pin.field_unknown"),
    ],
)
def test_what_a_pin_cannot_be_it_cannot_become(store, typed, mend, fingerprint, changes, key):
    typed("Zu dunkel")
    before = fingerprint(store)
    with pytest.raises(BadInput, match=key):
        mend("typed-1", **changes)
    assert fingerprint(store) == before


def test_a_kind_that_is_not_planned_is_no_mending(store, house, now, typed, mend):
    typed("Zu dunkel")
    plan = Plan("K", date(2026, 5, 4), kinds=("problem",))
    meetings.change(store, house, "a", plan=plan, version=1, now=now)
    with pytest.raises(BadInput, match=r"pin\.kind_unknown"):
        mend("typed-1", kind="idea")


def gone(store, area, house, now, draft, typed, case):
    """Bring typed-1 out of the desk's reach."""
    if case == "read":
        pins.release(store, house, ["typed-1"], now=now)
    elif case == "hidden":
        pins.hide(store, house, ["typed-1"], reason="spam", now=now)
    elif case == "eleventh":
        typed(*("Weiter",) * 10, prefix="more")
    elif case == "undone":
        desk.undo(store, LEADER, "a", "typed-1", now=now)


@pytest.mark.parametrize("case", ["read", "hidden", "eleventh", "undone"])
def test_what_is_out_of_reach_is_neither_mended_nor_taken_back(
    store, area, house, now, draft, typed, mend, fingerprint, case
):
    typed("Zu dunkel")
    gone(store, area, house, now, draft, typed, case)
    before = fingerprint(store)
    with pytest.raises(Conflict, match=r"desk\.not_at_hand"):
        mend("typed-1")
    with pytest.raises(Conflict, match=r"desk\.not_at_hand"):
        desk.undo(store, LEADER, "a", "typed-1", now=now)
    assert fingerprint(store) == before


def test_a_tablets_pin_is_not_the_desks_to_mend(store, area, now, draft, mend, fingerprint):
    meetings.say(store, GUEST, area, draft(id="tablet", meeting="a", source="tablet"), now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        mend("tablet")
    with pytest.raises(Conflict):
        desk.undo(store, LEADER, "a", "tablet", now=now)
    assert fingerprint(store) == before


# --- taking back --------------------------------------------------------------


def test_a_pin_taken_back_is_gone_from_every_list_and_its_words_from_the_database(
    store, house, now, typed, mend
):
    typed("Frau Müller sagt es", source="paper", card=5)
    mend("typed-1", words="Frau Maier sagt es")
    desk.undo(store, LEADER, "a", "typed-1", now=now)
    assert desk.latest(store, LEADER, "a", typed=False) == []
    assert rounds.on_wall(store, LEADER, "a") == []
    assert desk.with_card(store, LEADER, "a", 5) == []
    assert pins.get(store, house, "typed-1").status == Status.WITHDRAWN
    tables = [n for (n,) in store.read("select table_name from information_schema.tables")]
    everything = repr([store.read(f"select * from {name}") for name in tables])
    assert "Müller" not in everything
    assert "Maier" not in everything
    assert "muller" not in everything
    steps = [step.key for step in trail.steps(store, "pin", "typed-1")]
    assert steps == ["received", "withdrawn"]


def test_a_sender_who_withdraws_takes_the_words_out_of_the_trail_too(
    store, house, now, typed, mend
):
    typed("Herr Geheim", code="7Q2MX-9D4RT-0KB")
    mend("typed-1", words="Jemand")
    pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
    assert words_of(store, house, "typed-1") == ""
    told = store.read("select details from trail where thing_id = 'typed-1'")
    assert "Geheim" not in repr(told)
    assert ('{"erased": true}',) in told


# --- cards of paper -----------------------------------------------------------


def test_a_card_typed_twice_is_told_and_taken(store, house, typed):
    typed("Mehr Bäume", source="paper", card=12)
    number = pins.get(store, house, "typed-1").number
    assert desk.with_card(store, LEADER, "a", 12) == [number]
    assert desk.with_card(store, LEADER, "a", 13) == []
    typed("Mehr Bäume!", source="paper", card=12, prefix="again")
    assert len(desk.with_card(store, LEADER, "a", 12)) == 2


def test_the_same_number_at_another_meeting_is_another_card(store, house, now, typed):
    typed("Mehr Bäume", source="paper", card=12)
    meetings.create(store, house, meeting_id="b", code="B", plan=PLAN, pin="2468", now=now)
    assert desk.with_card(store, house, "b", 12) == []


@pytest.mark.parametrize(
    ("typed_number", "number"),
    [("", None), ("  ", None), ("7", 7), ("#012", 12), ("٣٤", 34), ("9999", 9999)],
)
def test_a_cards_number_is_read_as_it_is_typed(typed_number, number):
    assert desk.card_number(typed_number) == number


@pytest.mark.parametrize("odd", ["0", "-1", "1.5", "10000", "zwölf", "1e3", "²", "9" * 5000])
def test_what_is_no_number_of_a_card_is_refused(odd):
    with pytest.raises(BadInput, match=r"desk\.card_number"):
        desk.card_number(odd)
