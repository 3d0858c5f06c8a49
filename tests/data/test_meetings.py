import contextlib
import functools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data import attendance, desk, meetings, passwords, pins, rounds, trail
from data.meetings import Plan, Round, State
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import VISITOR, Actor, Role

PLAN = Plan("Kiezwerkstatt", date(2026, 5, 4))
MOVES = {
    (State.PLANNED, State.OPEN),
    (State.OPEN, State.PAUSED),
    (State.OPEN, State.CLOSED),
    (State.PAUSED, State.OPEN),
    (State.PAUSED, State.CLOSED),
    (State.CLOSED, State.OPEN),
}
GUEST = Actor(Role.GUEST, meeting="a")
LEADER = Actor(Role.FACILITATOR, meeting="a")
ONCE = functools.cache(passwords.hashed)
STRANGER = Actor(Role.FACILITATOR, meeting="b")


@pytest.fixture(autouse=True)
def hashed_once(monkeypatch):
    """Hash the same PIN once: that it takes long is another test's matter."""
    monkeypatch.setattr(passwords, "hashed", ONCE)


@pytest.fixture
def make(store, office, now):
    """Make a meeting that stands where a test wants it."""

    def made(meeting_id="a", state=State.OPEN, **changes):
        meetings.create(
            store,
            office,
            meeting_id=meeting_id,
            code=f"C0DE000{meeting_id.upper()}",
            plan=replace(PLAN, **changes),
            pin="2468",
            now=now,
        )
        way = {
            State.PLANNED: (),
            State.OPEN: (State.OPEN,),
            State.PAUSED: (State.OPEN, State.PAUSED),
            State.CLOSED: (State.OPEN, State.CLOSED),
        }
        for to in way[state]:
            meetings.move(store, office, meeting_id, to=to, now=now)
        return meetings.get(store, office, meeting_id)

    return made


# --- the plan ---------------------------------------------------------------


def test_a_title_and_a_day_are_enough(make):
    made = make(state=State.PLANNED)
    assert (made.state, made.round, made.people, made.version) == ("planned", "collect", 0, 1)
    assert made.plan == PLAN


def test_planning_the_same_meeting_twice_is_one_meeting_and_one_line_of_the_trail(
    store, make, fingerprint
):
    make(state=State.PLANNED)
    before = fingerprint(store)
    make(state=State.PLANNED, title="Anders")
    assert fingerprint(store) == before


REFUSED = {
    "no title": ({"title": " \u202e\x00 "}, "meeting.title_missing", "title"),
    "long title": ({"title": "x" * 201}, "meeting.too_long", "title"),
    "long place": ({"place": "x" * 201}, "meeting.too_long", "place"),
    "long question": ({"question": "x" * 1001}, "meeting.too_long", "question"),
    "long decides": ({"decides": "x" * 1001}, "meeting.too_long", "decides"),
    "long changes": ({"changes": "x" * 1001}, "meeting.too_long", "changes"),
    "long wifi": ({"wifi_name": "x" * 201}, "meeting.too_long", "wifi_name"),
    "long wifi password": ({"wifi_password": "x" * 201}, "meeting.too_long", "wifi_password"),
    "no day": ({"held_on": None}, "meeting.day_missing", "held_on"),
    "answer before": ({"answer_on": date(2026, 5, 3)}, "meeting.answer_early", "answer_on"),
    "no kind": ({"kinds": ()}, "meeting.choice_missing", "kinds"),
    "odd kind": ({"kinds": ("böse",)}, "meeting.choice_missing", "kinds"),
    "odd field": ({"fields": ("XX",)}, "meeting.choice_missing", "fields"),
    "no language": ({"languages": ()}, "meeting.choice_missing", "languages"),
    "odd language": ({"languages": ("xx",)}, "meeting.choice_missing", "languages"),
    "no round": ({"rounds": ()}, "meeting.choice_missing", "rounds"),
    "without collecting": ({"rounds": ("dots",)}, "meeting.choice_missing", "rounds"),
    "odd rule": ({"publish": "nie"}, "meeting.choice_missing", "publish"),
    "no dots": ({"dots": 0}, "meeting.dots", "dots"),
    "many dots": ({"dots": 21}, "meeting.dots", "dots"),
}


@pytest.mark.parametrize(("changes", "key", "field"), REFUSED.values(), ids=REFUSED)
def test_what_a_plan_cannot_be_is_refused(
    store, office, now, make, fingerprint, changes, key, field
):
    made = make()
    before = fingerprint(store)
    with pytest.raises(BadInput) as refused:
        make("b", **changes)
    assert (refused.value.key, refused.value.field) == (key, field)
    with pytest.raises(BadInput):
        meetings.change(store, office, "a", plan=replace(PLAN, **changes), version=1, now=now)
    assert fingerprint(store) == before
    assert meetings.get(store, office, "a") == made


def test_fields_of_action_may_be_left_out_and_lists_keep_their_order(make):
    made = make(fields=(), kinds=("idea", "strength"), languages=("ar", "de"))
    assert (made.plan.fields, made.plan.kinds) == ((), ("strength", "idea"))
    assert made.plan.languages == ("de", "ar")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "12 34", "²²²²"])
def test_a_pin_that_cannot_be_typed_everywhere_is_refused(store, office, now, make, pin):
    make()
    with pytest.raises(BadInput, match=r"meeting\.pin_form"):
        meetings.change_pin(store, office, "a", pin=pin, now=now)
    assert attendance.check_pin(store, "C0DE000A", "2468") == "a"


def test_a_change_of_another_is_not_overwritten(store, office, now, make):
    make()
    meetings.change(store, office, "a", plan=replace(PLAN, title="Eins"), version=1, now=now)
    with pytest.raises(Conflict, match=r"meeting\.changed"):
        meetings.change(store, office, "a", plan=replace(PLAN, title="Zwei"), version=1, now=now)
    assert meetings.get(store, office, "a").plan.title == "Eins"


def test_a_round_that_is_no_longer_planned_ends(store, office, now, make):
    both = replace(PLAN, rounds=(Round.COLLECT, Round.DOTS))
    make(rounds=both.rounds)
    meetings.go_to_round(store, LEADER, "a", to=Round.DOTS, now=now)
    meetings.change(store, office, "a", plan=replace(both, place="Saal"), version=1, now=now)
    assert meetings.get(store, office, "a").round == Round.DOTS
    meetings.change(store, office, "a", plan=PLAN, version=2, now=now)
    assert meetings.get(store, office, "a").round == Round.COLLECT


def test_a_round_that_is_not_planned_cannot_begin(store, now, make):
    make()
    with pytest.raises(BadInput):
        meetings.go_to_round(store, LEADER, "a", to=Round.WHO, now=now)


# --- states -----------------------------------------------------------------


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("to", State)
def test_a_meeting_goes_the_ways_there_are_and_no_other(store, make, now, fingerprint, start, to):
    make(state=start)
    before = fingerprint(store)
    if (start, to) in MOVES:
        meetings.move(store, LEADER, "a", to=to, now=now)
        assert meetings.get(store, LEADER, "a").state == to
    else:
        with pytest.raises(Conflict, match=r"meeting\.moved_on"):
            meetings.move(store, LEADER, "a", to=to, now=now)
        assert fingerprint(store) == before


def test_the_end_erases_the_wifi_password_and_a_stale_form_does_not_bring_it_back(
    store, office, now, make
):
    open_one = make(wifi_name="Kiez", wifi_password="geheim-1")
    meetings.move(store, LEADER, "a", to=State.PAUSED, now=now)
    assert meetings.get(store, office, "a").plan.wifi_password == "geheim-1"
    meetings.move(store, LEADER, "a", to=State.CLOSED, now=now)
    assert meetings.get(store, office, "a").plan.wifi_password == ""
    meetings.change(store, office, "a", plan=open_one.plan, version=1, now=now)
    after = meetings.get(store, office, "a")
    assert (after.plan.wifi_name, after.plan.wifi_password) == ("Kiez", "")
    assert after.closed_at == now


def test_a_meeting_opened_again_has_no_end(store, make, now):
    make(state=State.CLOSED)
    meetings.move(store, LEADER, "a", to=State.OPEN, now=now)
    assert meetings.get(store, LEADER, "a").closed_at is None


@pytest.mark.parametrize("number", [-1, 10_001])
def test_a_number_of_people_that_cannot_be_is_refused(store, make, now, number):
    make()
    with pytest.raises(BadInput, match=r"meeting\.people"):
        meetings.count_people(store, LEADER, "a", number=number, now=now)


def test_what_is_done_to_a_meeting_that_does_not_exist_is_refused_and_leaves_no_line(
    store, office, now, fingerprint
):
    before = fingerprint(store)
    with pytest.raises(NotFound):
        meetings.count_people(store, office, "x", number=3, now=now)
    with pytest.raises(NotFound):
        meetings.change_pin(store, office, "x", pin="1234", now=now)
    with pytest.raises(NotFound):
        meetings.get(store, office, "x")
    with pytest.raises(Conflict):
        meetings.move(store, office, "x", to=State.OPEN, now=now)
    assert fingerprint(store) == before


def test_running_meetings_come_first_then_the_newest(store, office, make):
    make("a", State.CLOSED)
    make("b", State.PLANNED, held_on=date(2026, 6, 1))
    make("c", State.PAUSED)
    make("d", State.PLANNED, held_on=date(2026, 7, 1))
    assert [one.id for one in meetings.listing(store, office)] == ["c", "d", "b", "a"]


def test_pins_are_counted_by_meeting_without_those_taken_back(
    store, area, office, now, make, draft
):
    make("a")
    make("b")
    for n in range(3):
        said = draft(id=f"p{n}", meeting="a", source="desk")
        desk.write(store, LEADER, area, said, now=now)
    desk.undo(store, LEADER, "a", "p1", now=now)
    pins.add(store, VISITOR, area, [draft(id="home")], now=now)
    assert meetings.pin_counts(store, office) == {"a": 2}


# --- codes and PINs -----------------------------------------------------------


def test_a_code_makes_a_guest_of_its_meeting_however_it_is_typed(store, make):
    make()
    for typed in ("C0DE000A", "code000a", " c0de 000a ", "C0DE-OOOA"):
        guest, meeting = attendance.by_code(store, typed)
        assert (guest, meeting.id) == (GUEST, "a")


@pytest.mark.parametrize("code", ["", "x", "C0DE000", "' or 1=1 --", "C0DE000A" * 1000])
def test_an_unknown_code_opens_nothing(store, make, code):
    make()
    with pytest.raises(NotFound):
        attendance.by_code(store, code)
    with pytest.raises(BadInput):
        attendance.check_pin(store, code, "2468")


@pytest.mark.parametrize("pin", ["", "2469", "24680", "2468 or 1", "x" * 10_000])
def test_a_wrong_pin_opens_nothing(store, make, now, fingerprint, pin):
    make()
    before = fingerprint(store)
    with pytest.raises(BadInput, match=r"meeting\.pin_wrong"):
        attendance.unlock(store, "C0DE000A", pin, token="t", now=now)
    assert fingerprint(store) == before


def test_the_pin_of_one_meeting_does_not_open_another(store, office, make, now):
    make("a")
    make("b")
    meetings.change_pin(store, office, "b", pin="1357", now=now)
    with pytest.raises(BadInput):
        attendance.unlock(store, "C0DE000B", "2468", token="t", now=now)


def test_a_pin_may_be_typed_in_arabic_digits(store, make, now):
    make()
    assert attendance.unlock(store, "C0DE000A", "٢٤٦٨", token="t", now=now) == "a"


def test_leading_ends_by_itself_after_twelve_hours(store, make, now):
    make()
    attendance.unlock(store, "C0DE000A", "2468", token="t", now=now)
    assert attendance.leader(store, "t", now=now + timedelta(hours=11, minutes=59)) == LEADER
    assert attendance.leader(store, "t", now=now + timedelta(hours=12)) == VISITOR
    assert attendance.leader(store, "other", now=now) == VISITOR
    assert attendance.leader(store, "", now=now) == VISITOR


def test_a_new_pin_logs_out_who_led_by_the_old_one(store, office, make, now):
    make("a")
    make("b")
    attendance.unlock(store, "C0DE000A", "2468", token="t-a", now=now)
    attendance.unlock(store, "C0DE000B", "2468", token="t-b", now=now)
    meetings.change_pin(store, office, "a", pin="8642", now=now)
    assert attendance.leader(store, "t-a", now=now) == VISITOR
    assert attendance.leader(store, "t-b", now=now).meeting == "b"
    with pytest.raises(BadInput):
        attendance.unlock(store, "C0DE000A", "2468", token="t", now=now)
    assert attendance.unlock(store, "C0DE000A", "8642", token="t", now=now) == "a"


def test_leaving_ends_one_leadership_only(store, make, now):
    make()
    for token in ("one", "two"):
        attendance.unlock(store, "C0DE000A", "2468", token=token, now=now)
    attendance.leave(store, "one")
    assert attendance.leader(store, "one", now=now) == VISITOR
    assert attendance.leader(store, "two", now=now) == LEADER


def test_neither_the_pin_nor_the_token_is_stored(store, make, now):
    make()
    attendance.unlock(store, "C0DE000A", "2468", token="offenes-wort", now=now)
    stored = repr(store.read("select * from meeting")) + repr(
        store.read("select * from meeting_session")
    )
    assert "offenes-wort" not in stored
    assert "'2468'" not in stored


# --- one's own meeting and no other ------------------------------------------

DOORS = {
    "get": lambda s, a, area, now, d: meetings.get(s, a, "a"),
    "move": lambda s, a, area, now, d: meetings.move(s, a, "a", to=State.PAUSED, now=now),
    "round": lambda s, a, area, now, d: meetings.go_to_round(s, a, "a", to=Round.COLLECT, now=now),
    "people": lambda s, a, area, now, d: meetings.count_people(s, a, "a", number=5, now=now),
    "say": lambda s, a, area, now, d: meetings.say(s, a, area, d(id="n", meeting="a"), now=now),
    "write": lambda s, a, area, now, d: desk.write(
        s, a, area, d(id="n", meeting="a", source="desk"), now=now
    ),
    "latest": lambda s, a, area, now, d: desk.latest(s, a, "a"),
    "lines": lambda s, a, area, now, d: desk.lines(s, a, "a", ["said"]),
    "at_meeting": lambda s, a, area, now, d: pins.at_meeting(s, a, "a", ["said"]),
    "with_card": lambda s, a, area, now, d: desk.with_card(s, a, "a", 1),
    "edit": lambda s, a, area, now, d: desk.edit(
        s, a, area, "a", "said", words="Anders", kind="idea", field="", now=now
    ),
    "undo": lambda s, a, area, now, d: desk.undo(s, a, "a", "said", now=now),
    "show": lambda s, a, area, now, d: rounds.show(s, a, "a", "said", "hidden", now=now),
    "waiting": lambda s, a, area, now, d: rounds.waiting(s, a, "a"),
}
FOREIGN = {  # the own meeting is named, but the pin is another's
    "at_meeting": lambda s, a, area, now: pins.at_meeting(s, a, "b", ["said"]),
    "lines": lambda s, a, area, now: desk.lines(s, a, "b", ["said"]),
    "edit": lambda s, a, area, now: desk.edit(
        s, a, area, "b", "said", words="Anders", kind="idea", field="", now=now
    ),
    "undo": lambda s, a, area, now: desk.undo(s, a, "b", "said", now=now),
    "show": lambda s, a, area, now: rounds.show(s, a, "b", "said", "hidden", now=now),
}


@pytest.fixture
def two_rooms(store, area, make, now, draft):
    """Make two open meetings; something was typed in the first."""
    make("a")
    make("b")
    desk.write(store, LEADER, area, draft(id="said", meeting="a", source="desk"), now=now)


@pytest.mark.parametrize("door", DOORS)
def test_who_leads_one_meeting_can_do_nothing_at_another(
    store, area, now, draft, two_rooms, fingerprint, door
):
    before = fingerprint(store)
    for actor in (STRANGER, Actor(Role.GUEST, meeting="b"), Actor(Role.FACILITATOR)):
        with pytest.raises(NotAllowed):
            DOORS[door](store, actor, area, now, draft)
    assert fingerprint(store) == before
    DOORS[door](store, LEADER, area, now, draft)


@pytest.mark.parametrize("door", FOREIGN)
def test_a_pin_of_another_meeting_is_out_of_reach(store, area, now, two_rooms, fingerprint, door):
    before = fingerprint(store)
    with contextlib.suppress(Conflict, NotFound):
        assert FOREIGN[door](store, STRANGER, area, now) == []
    assert fingerprint(store) == before


@pytest.mark.parametrize("source", ["desk", "paper"])
def test_a_guest_types_nothing_at_the_desk(store, area, now, draft, make, source):
    make()
    with pytest.raises(NotAllowed):
        meetings.say(store, GUEST, area, draft(meeting="a", source=source), now=now)


# --- what is said, and until when ---------------------------------------------

TAKEN = {  # state: on time, late from a tablet, at the desk, from paper
    State.PLANNED: (False, False, False, False),
    State.OPEN: (True, True, True, True),
    State.PAUSED: (False, True, True, True),
    State.CLOSED: (False, True, False, True),
}


@pytest.mark.parametrize("state", State)
def test_a_meeting_takes_what_its_state_allows(store, area, now, draft, make, state):
    make(state=state)
    ways = [("tablet", False), ("tablet", True), ("desk", False), ("paper", False)]
    for (source, late), taken in zip(ways, TAKEN[state], strict=True):
        said = draft(id=f"{source}-{late}", meeting="a", source=source)
        if taken:
            assert meetings.say(store, LEADER, area, said, now=now, late=late).stored
        else:
            with pytest.raises(Conflict, match=f"meeting.is_{state}"):
                meetings.say(store, LEADER, area, said, now=now, late=late)


def test_a_late_tablet_is_heard_for_half_a_day(store, area, now, draft, make):
    make(state=State.CLOSED)
    said = draft(id="late", meeting="a", source="tablet")
    almost, after = now + timedelta(hours=11, minutes=59), now + timedelta(hours=12)
    with pytest.raises(Conflict, match=r"meeting\.is_closed"):
        meetings.say(store, GUEST, area, said, now=after, late=True)
    assert meetings.say(store, GUEST, area, said, now=almost, late=True).stored
    assert meetings.say(store, GUEST, area, said, now=almost, late=True).already


def test_cards_of_paper_are_typed_also_weeks_later(store, area, now, draft, make):
    make(state=State.CLOSED)
    card = draft(id="card", meeting="a", source="paper")
    later = now + timedelta(weeks=3)
    assert desk.write(store, LEADER, area, card, now=later, card=4).stored


def test_only_planned_kinds_and_fields_are_taken(store, area, now, draft, make):
    make(kinds=("idea",), fields=("OER",))
    for changes, key in (
        ({"kind": "problem"}, "pin.kind_unknown"),
        ({"kind": "idea", "field": "BI"}, "pin.field_unknown"),
    ):
        with pytest.raises(BadInput, match=key):
            meetings.say(store, GUEST, area, draft(meeting="a", **changes), now=now)
    fine = draft(meeting="a", kind="idea", field="OER")
    assert meetings.say(store, GUEST, area, fine, now=now).stored


def test_no_words_are_needed_of_children_where_children_are_planned(store, area, now, draft, make):
    wordless = {"words": "", "source": "children", "kind": "strength"}
    make("a", children=True)
    make("b")
    assert meetings.say(store, GUEST, area, draft(meeting="a", **wordless), now=now).stored
    other = Actor(Role.GUEST, meeting="b")
    with pytest.raises(BadInput, match=r"pin\.words_missing"):
        meetings.say(store, other, area, draft(id="c", meeting="b", **wordless), now=now)


def test_a_pin_without_a_meeting_is_not_said_at_one(store, area, now, draft, make):
    make()
    with pytest.raises(NotFound):
        meetings.say(store, LEADER, area, draft(), now=now)


def test_the_trail_names_every_move_but_never_the_pin(store, office, now, make):
    make(state=State.CLOSED)
    meetings.change_pin(store, office, "a", pin="86428642", now=now)
    lines = store.read("select details from trail where thing = 'meeting' order by id")
    assert [line[0] for line in lines] == [
        "{}",
        '{"state": "open"}',
        '{"state": "closed"}',
        '{"pin": "changed"}',
    ]
    assert trail.steps(store, "meeting", "a") == []
