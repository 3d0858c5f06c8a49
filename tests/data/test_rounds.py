from datetime import date

import pytest

from data import ballots, meetings, pins, rounds
from data.meetings import Plan, Round, State
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import HOUSE, Actor, Role

HERE, THERE = "meeting-here", "meeting-there"
LEADER = Actor(Role.FACILITATOR, meeting=HERE)
GUEST = Actor(Role.GUEST, meeting=HERE)
STRANGER = Actor(Role.FACILITATOR, meeting=THERE)


@pytest.fixture
def room(store, area, now, draft):
    """Open a meeting by a plan, or two; return how to say something there."""

    def open_with(*, both=False, **plan):
        for meeting_id in (HERE, THERE)[: 1 + both]:
            meetings.create(
                store,
                HOUSE,
                meeting_id=meeting_id,
                code=f"code-{meeting_id}",
                plan=Plan("Werkstatt", date(2026, 5, 4), rounds=tuple(Round), **plan),
                pin="2468",
                now=now,
            )
            meetings.move(store, HOUSE, meeting_id, to=State.OPEN, now=now)

        def say(*ids, meeting=HERE, words="Müll am Zaun", **more):
            drafts = [draft(words, id=one, meeting=meeting, **more) for one in ids]
            pins.add(store, HOUSE, area, drafts, now=now)

        return say

    return open_with


def shown(store):
    return {pin.id for pin in rounds.on_wall(store, LEADER, HERE)}


# --- what the wall shows ----------------------------------------------------


@pytest.mark.parametrize(
    ("publish", "expected"),
    [
        ("at_once", {"waits", "let-through", "released"}),
        ("after_desk", {"let-through", "released"}),
        ("after_review", {"released"}),
    ],
)
def test_the_wall_shows_what_its_rule_lets_through(store, room, office, now, publish, expected):
    say = room(publish=publish)
    say("waits", "let-through", "released", "taken-down", "hidden")
    pins.release(store, office, ["released", "taken-down"], now=now)
    pins.hide(store, office, ["hidden"], reason="insult", now=now)
    rounds.show(store, LEADER, HERE, "hidden", "shown", now=now)
    rounds.show(store, LEADER, HERE, "let-through", "shown", now=now)
    rounds.show(store, LEADER, HERE, "taken-down", "hidden", now=now)
    assert shown(store) == expected


def test_a_pin_of_another_meeting_or_of_none_is_not_on_the_wall(store, room, office, now, released):
    say = room(both=True, publish="at_once")
    say("here")
    say("there", meeting=THERE)
    released("Zu Hause gesagt", prefix="home")
    assert shown(store) == {"here"}


def test_a_withdrawn_pin_leaves_the_wall(store, room, now):
    say = room(publish="at_once")
    say("stays")
    say("mine", code="7Q2MX-9D4RT-0KB")
    pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
    assert shown(store) == {"stays"}
    with pytest.raises(NotFound):
        rounds.show(store, LEADER, HERE, "mine", "shown", now=now)


def test_what_waits_is_let_through_at_once(store, room, now):
    say = room(publish="after_desk")
    say("a", "b", "c")
    rounds.show(store, LEADER, HERE, "c", "hidden", now=now)
    assert [pin.id for pin in rounds.waiting(store, LEADER, HERE)] == ["a", "b"]
    assert rounds.count_waiting(store, LEADER, HERE) == 2
    assert rounds.show_all(store, LEADER, HERE, now=now) == 2
    assert shown(store) == {"a", "b"}
    assert rounds.waiting(store, LEADER, HERE) == []
    assert rounds.show_all(store, LEADER, HERE, now=now) == 0


@pytest.mark.parametrize("publish", ["at_once", "after_review"])
def test_under_other_rules_nothing_waits_for_the_facilitator(store, room, publish):
    room(publish=publish)("a")
    assert rounds.waiting(store, LEADER, HERE) == []
    assert rounds.count_waiting(store, LEADER, HERE) == 0


def test_the_last_word_on_a_pin_counts(store, room, now):
    room(publish="after_desk")("a")
    for word, expected in (("shown", {"a"}), ("hidden", set()), ("shown", {"a"}), ("", set())):
        rounds.show(store, LEADER, HERE, "a", word, now=now)
        assert shown(store) == expected
    with pytest.raises(BadInput):
        rounds.show(store, LEADER, HERE, "a", "big", now=now)


def test_voices_are_counted_on_the_wall(store, room):
    room(publish="at_once")("a", "b")
    insert = "insert into support values ($key, 'a', '', 'de', 'desk', now()::timestamp)"
    for key in ("one", "two"):
        store.write(lambda tx, key=key: tx.execute(insert, {"key": key}))
    seen = {pin.id: pin.voices for pin in rounds.on_wall(store, LEADER, HERE)}
    assert seen == {"a": 2, "b": 0}


# --- groups -----------------------------------------------------------------


def inside(store):
    return {group.id: set(group.pin_ids) for group in rounds.groups(store, LEADER, HERE)}


def test_pins_go_into_a_group_and_out_again(store, room, now):
    room(publish="at_once")("a", "b", "c")
    rounds.add_group(store, LEADER, HERE, group_id="g", title="  Müll  ", now=now, pin_ids=["a"])
    rounds.add_group(store, LEADER, HERE, group_id="h", title="Lärm", now=now)
    rounds.put(store, LEADER, HERE, ["a", "b"], "h", now=now)
    assert inside(store) == {"g": set(), "h": {"a", "b"}}
    rounds.put(store, LEADER, HERE, ["b"], None, now=now)
    assert inside(store) == {"g": set(), "h": {"a"}}
    assert [group.title for group in rounds.groups(store, LEADER, HERE)] == ["Müll", "Lärm"]


def test_a_group_sent_twice_is_one(store, room, now):
    room(publish="at_once")("a")
    for title in ("Müll", "Noch einmal"):
        rounds.add_group(store, LEADER, HERE, group_id="g", title=title, now=now)
    assert [group.title for group in rounds.groups(store, LEADER, HERE)] == ["Müll"]


def test_a_dissolved_group_can_be_brought_back_as_it_was(store, room, now):
    room(publish="at_once")("a", "b")
    given = {"title": "Müll", "pin_ids": ["a", "b"], "priority": "now", "who": "third"}
    rounds.add_group(store, LEADER, HERE, group_id="g", now=now, **given)
    before = rounds.groups(store, LEADER, HERE)
    rounds.remove_group(store, LEADER, HERE, "g", now=now)
    assert rounds.groups(store, LEADER, HERE) == []
    assert all(pin.group_id is None for pin in rounds.on_wall(store, LEADER, HERE))
    rounds.add_group(store, LEADER, HERE, group_id="g", now=now, **given)
    assert rounds.groups(store, LEADER, HERE) == before


def test_a_pin_taken_off_the_wall_is_in_no_group_to_be_seen(store, room, now):
    room(publish="at_once")("a", "b")
    rounds.add_group(store, LEADER, HERE, group_id="g", title="Müll", now=now, pin_ids=["a", "b"])
    rounds.show(store, LEADER, HERE, "a", "hidden", now=now)
    assert inside(store) == {"g": {"b"}}
    assert [group.pins for group in rounds.open_groups(store, GUEST, HERE)] == [1]


def test_what_the_room_says_about_a_group(store, room, now):
    room(publish="at_once")("a")
    rounds.add_group(store, LEADER, HERE, group_id="g", title="Müll", now=now)
    rounds.rename_group(store, LEADER, HERE, "g", "Abfall", now=now)
    rounds.set_priority(store, LEADER, HERE, "g", "soon", now=now)
    rounds.set_who(store, LEADER, HERE, "g", "several", now=now)
    (group,) = rounds.groups(store, LEADER, HERE)
    assert (group.title, group.priority, group.who) == ("Abfall", "soon", "several")


@pytest.mark.parametrize("title", ["", " \n\t", "x" * 201, None])
def test_a_title_must_be_one(store, room, now, title):
    room()
    with pytest.raises(BadInput):
        rounds.add_group(store, LEADER, HERE, group_id="g", title=title, now=now)


def test_a_choice_that_there_is_not_is_refused(store, room, now):
    room()
    rounds.add_group(store, LEADER, HERE, group_id="g", title="Müll", now=now)
    for setting, value in ((rounds.set_priority, "never"), (rounds.set_who, "nobody")):
        with pytest.raises(BadInput):
            setting(store, LEADER, HERE, "g", value, now=now)


def test_nothing_of_another_meeting_is_touched(store, room, now, fingerprint):
    say = room(both=True, publish="at_once")
    say("here")
    say("there", meeting=THERE)
    rounds.add_group(store, HOUSE, THERE, group_id="their", title="Ihre", now=now)
    rounds.add_group(store, HOUSE, HERE, group_id="our", title="Unsere", now=now)
    before = fingerprint(store)
    knocks = [
        lambda: rounds.show(store, LEADER, HERE, "there", "shown", now=now),
        lambda: rounds.put(store, LEADER, HERE, ["here", "there"], "our", now=now),
        lambda: rounds.put(store, LEADER, HERE, ["here"], "their", now=now),
        lambda: rounds.put(store, LEADER, HERE, [], "our", now=now),
        lambda: rounds.rename_group(store, LEADER, HERE, "their", "Meine", now=now),
        lambda: rounds.set_who(store, LEADER, HERE, "their", "one", now=now),
        lambda: rounds.remove_group(store, LEADER, HERE, "their", now=now),
        lambda: rounds.add_group(store, LEADER, HERE, group_id="their", title="Meine", now=now),
        lambda: ballots.hand_dots(store, LEADER, HERE, "their", 3, now=now),
    ]
    for knock in knocks:
        with pytest.raises(NotFound):
            knock()
    assert fingerprint(store) == before


def test_who_leads_another_meeting_sees_and_does_nothing_here(store, room, now, fingerprint):
    room(publish="at_once")("a")
    rounds.add_group(store, LEADER, HERE, group_id="g", title="Müll", now=now)
    before = fingerprint(store)
    for actor in (STRANGER, Actor(Role.GUEST, meeting=HERE), Actor(Role.JURY, person="j")):
        for knock in (
            lambda a: rounds.on_wall(store, a, HERE),
            lambda a: rounds.groups(store, a, HERE),
            lambda a: rounds.put(store, a, HERE, ["a"], "g", now=now),
            lambda a: rounds.show(store, a, HERE, "a", "hidden", now=now),
        ):
            with pytest.raises(NotAllowed):
                knock(actor)
    assert fingerprint(store) == before


# --- suggested groups -------------------------------------------------------


def test_suggestions_become_groups_and_can_be_taken_back(store, room, now):
    say = room(publish="at_once")
    say("a", "b", words="Müll am Zaun")
    say("c", words="Schöner Spielplatz", kind="strength")
    (found,) = rounds.suggest(store, LEADER, HERE)
    assert (set(found.ids), found.subjects) == ({"a", "b"}, ("rubbish",))
    rounds.take_suggestions(store, LEADER, HERE, [("g", "Müll", found.ids)], now=now)
    assert inside(store) == {"g": {"a", "b"}}
    assert rounds.suggest(store, LEADER, HERE) == []
    rounds.remove_group(store, LEADER, HERE, "g", now=now)
    assert [set(group.ids) for group in rounds.suggest(store, LEADER, HERE)] == [{"a", "b"}]


def test_a_suggestion_takes_no_pin_out_of_a_group(store, room, now):
    room(publish="at_once")("a", "b", "c")
    rounds.add_group(store, LEADER, HERE, group_id="mine", title="Müll", now=now, pin_ids=["a"])
    chosen = [("g", "Alles", ["a", "b", "c"]), ("h", "Nichts mehr frei", ["a"])]
    rounds.take_suggestions(store, LEADER, HERE, chosen, now=now)
    assert inside(store) == {"mine": {"a"}, "g": {"b", "c"}}


def test_what_is_not_on_the_wall_is_not_suggested(store, room):
    room(publish="after_desk")("a", "b")
    assert rounds.suggest(store, LEADER, HERE) == []


# --- dots -------------------------------------------------------------------


@pytest.fixture
def dots(store, room, now):
    """Let the room give dots to three groups by a rule."""

    def begin(**plan):
        say = room(publish="at_once", **plan)
        say("a")
        for group_id in ("g", "h", "i"):
            rounds.add_group(store, LEADER, HERE, group_id=group_id, title=group_id, now=now)
        meetings.go_to_round(store, LEADER, HERE, to=Round.DOTS, now=now)

    return begin


def give(store, now, ballot_id="b-1", **given):
    ballots.vote(store, GUEST, HERE, ballot_id=ballot_id, dots=given, now=now)


def totals(store):
    return {group.id: group.dots for group in rounds.groups(store, LEADER, HERE)}


def test_dots_are_counted_and_the_most_come_first(store, dots, now):
    dots(dots=3)
    give(store, now, "b-1", h=2, g=1)
    give(store, now, "b-2", h=1, g=0)
    assert list(totals(store).items()) == [("h", 3), ("g", 1), ("i", 0)]
    assert ballots.count(store, LEADER, HERE) == 2
    assert [group.ballots for group in rounds.groups(store, LEADER, HERE)] == [2, 1, 0]


def test_a_ballot_sent_again_counts_once_and_as_it_was_first(store, dots, now):
    dots(dots=3)
    give(store, now, "b-1", g=1)
    give(store, now, "b-1", g=1)
    give(store, now, "b-1", h=3)
    meetings.move(store, LEADER, HERE, to=State.CLOSED, now=now)
    give(store, now, "b-1", g=1)  # the answer got lost; it is there, whatever has come since
    assert totals(store) == {"g": 1, "h": 0, "i": 0}


@pytest.mark.parametrize(
    ("plan", "given"),
    [
        ({"dots": 3}, {"g": 4}),
        ({"dots": 3}, {"g": 2, "h": 2}),
        ({"dots": 3}, {}),
        ({"dots": 3}, {"g": 0}),
        ({"dots": 3}, {"g": -1, "h": 2}),
        ({"dots": 3}, {"g": 1.5}),
        ({"dots": 3}, {"g": True}),
        ({"dots": 3}, {"g": "2"}),
        ({"dots": 3, "dots_stack": False}, {"g": 2}),
    ],
)
def test_more_than_the_announced_rule_is_refused_whole(store, dots, now, plan, given, fingerprint):
    dots(**plan)
    before = fingerprint(store)
    with pytest.raises(BadInput):
        give(store, now, **given)
    assert fingerprint(store) == before


def test_without_stacking_each_group_may_have_one(store, dots, now):
    dots(dots=2, dots_stack=False)
    give(store, now, g=1, h=1)
    assert totals(store) == {"g": 1, "h": 1, "i": 0}


def test_a_ballot_for_a_group_that_is_gone_is_refused_whole(store, dots, now):
    dots(dots=3)
    rounds.remove_group(store, LEADER, HERE, "i", now=now)
    with pytest.raises(NotFound):
        give(store, now, g=1, i=1)
    assert totals(store) == {"g": 0, "h": 0}


@pytest.mark.parametrize("state", [State.PAUSED, State.CLOSED])
def test_dots_are_taken_only_while_the_meeting_is_open(store, dots, now, state):
    dots()
    meetings.move(store, LEADER, HERE, to=state, now=now)
    with pytest.raises(Conflict) as refusal:
        give(store, now, g=1)
    assert refusal.value.key == f"meeting.is_{state}"


def test_dots_are_taken_only_in_their_round(store, dots, now):
    dots()
    meetings.go_to_round(store, LEADER, HERE, to=Round.WHO, now=now)
    with pytest.raises(Conflict) as refusal:
        give(store, now, g=1)
    assert refusal.value.key == "rounds.not_now"


@pytest.mark.parametrize("ballot_id", ["", "hand:g", "hand:g:0", "x" * 65])
def test_a_guest_cannot_send_what_counts_as_paper(store, dots, now, ballot_id):
    dots()
    with pytest.raises(BadInput):
        give(store, now, ballot_id, g=1)


def test_a_guest_of_another_meeting_gives_no_dots_here(store, dots, now):
    dots()
    with pytest.raises(NotAllowed):
        ballots.vote(
            store, Actor(Role.GUEST, meeting=THERE), HERE, ballot_id="b", dots={"g": 1}, now=now
        )


@pytest.mark.parametrize("number", [1, 20, 21, 45, 2000])
def test_dots_on_paper_are_added_to_those_of_the_tablets(store, dots, now, number):
    dots(dots=3)
    give(store, now, g=2)
    ballots.hand_dots(store, LEADER, HERE, "g", number, now=now)
    group = rounds.groups(store, LEADER, HERE)[0]
    assert (group.id, group.dots, group.by_hand, group.ballots) == ("g", number + 2, number, 1)
    assert ballots.count(store, LEADER, HERE) == 1


def test_dots_on_paper_can_be_put_right(store, dots, now):
    dots()
    for number in (45, 3, 61, 0):
        ballots.hand_dots(store, LEADER, HERE, "g", number, now=now)
        assert totals(store)["g"] == number


@pytest.mark.parametrize("number", [-1, 2001, "3", None])
def test_a_number_on_paper_must_be_one(store, dots, now, number):
    dots()
    with pytest.raises(BadInput):
        ballots.hand_dots(store, LEADER, HERE, "g", number, now=now)


def test_a_group_with_dots_is_not_dissolved(store, dots, now):
    dots()
    give(store, now, g=1)
    with pytest.raises(Conflict) as refusal:
        rounds.remove_group(store, LEADER, HERE, "g", now=now)
    assert refusal.value.key == "rounds.has_dots"
    assert totals(store)["g"] == 1


def test_ties_are_told_but_not_of_nothing(store, dots, now):
    dots(dots=3)
    assert rounds.ties(rounds.groups(store, LEADER, HERE)) == []
    give(store, now, "b-1", g=1, h=1)
    assert rounds.ties(rounds.groups(store, LEADER, HERE)) == [("g", "h")]
    give(store, now, "b-2", i=2, g=1)
    assert rounds.ties(rounds.groups(store, LEADER, HERE)) == [("g", "i")]


def test_guests_see_groups_but_nobodys_dots(store, dots, now):
    dots()
    give(store, now, i=2)
    found = rounds.open_groups(store, GUEST, HERE)
    assert [(group.id, group.pins) for group in found] == [("g", 0), ("h", 0), ("i", 0)]
    assert not hasattr(found[0], "dots")


def test_the_trail_does_not_tell_who_gave_what(store, dots, now):
    dots()
    give(store, now, "secret-ballot", g=2, h=1)
    lines = store.read("select details, thing_id from trail where act = 'meeting.attend'")
    assert lines == [('{"ballot": true}', HERE)]
