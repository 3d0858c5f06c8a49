from datetime import date, timedelta

import pytest

from data import meetings, pins, protocol, rounds
from data.meetings import Plan, State
from data.problems import NotAllowed, NotFound
from data.rules import Actor, Role

ROOM = "meeting-1"


@pytest.fixture
def room(store, office, now):
    for name in (ROOM, "meeting-2"):
        plan = Plan("Kiezwerkstatt", date(2026, 5, 4), children=True)
        meetings.create(
            store, office, meeting_id=name, code=f"code-{name}", plan=plan, pin="2468", now=now
        )
        meetings.move(store, office, name, to=State.OPEN, now=now)
    return ROOM


@pytest.fixture
def say(store, office, area, draft, now, room):
    """Say something at the meeting, a minute after what was said before."""
    said: list[str] = []

    def make(words="Zu dunkel", *, shown=True, **more) -> str:
        pin_id = f"said-{len(said)}"
        at = now + timedelta(minutes=len(said))
        one = draft(words, id=pin_id, **{"meeting": room, "source": "tablet"} | more)
        pins.add(store, office, area, [one], now=at)
        said.append(pin_id)
        if shown:
            rounds.show(store, office, room, pin_id, "shown", now=now)
        return pin_id

    return make


def told(store, office):
    return protocol.of(store, office, ROOM)


def test_an_empty_meeting_has_an_empty_protocol(store, office, room):
    found = told(store, office)
    assert (found.said, found.parts, found.alone, found.unread) == ((), (), (), 0)
    assert found.meeting.id == room


def test_pins_are_numbered_in_the_order_they_were_said(store, office, say):
    ids = [say(f"Satz {n}") for n in range(3)]
    found = told(store, office)
    assert [(one.number, one.pin.id) for one in found.said] == [*enumerate(ids, 1)]
    assert protocol.numbered(store, office, ROOM) == found.said


def test_only_what_was_let_through_is_told(store, office, say, now):
    shown, waiting, hidden = say("gezeigt"), say("wartet", shown=False), say("verborgen")
    pins.hide(store, office, [hidden], reason="insult", now=now)
    found = told(store, office)
    assert [one.pin.id for one in found.said] == [shown]
    assert found.unread == 1  # what waits; what was hidden is not told of
    assert waiting not in {one.pin.id for one in found.said}


def test_what_was_said_elsewhere_is_not_told(store, office, say):
    say("hier")
    say("dort", meeting="meeting-2", shown=False)
    found = told(store, office)
    assert [one.pin.words for one in found.said] == ["hier"]
    assert found.unread == 0


def test_a_withdrawn_pin_leaves_the_protocol(store, office, say, now):
    say("bleibt")
    say("geht", code="00000-00000-002")
    pins.withdraw(store, pins.by_receipt(store, "00000-00000-002"), now=now)
    found = told(store, office)
    assert [one.pin.words for one in found.said] == ["bleibt"]
    assert found.unread == 0


def test_kinds_fields_and_languages_are_counted(store, office, say):
    say("Hier ist es zu dunkel", kind="problem", field="OER")
    say("Burada çok güzel bir park var", kind="strength", lang="tr")
    say("", kind="strength", source="children")
    found = told(store, office)
    assert found.kinds == {"problem": 1, "strength": 2}
    assert found.fields == {"OER": 1, "": 2}
    assert found.languages == {"de": 1, "tr": 1}  # what has no words has no language


def test_groups_come_by_urgency_with_their_pins(store, office, say, now):
    ids = [say(f"Satz {n}") for n in range(4)]
    for name, priority, inside in (
        ("none", "", ids[:1]), ("later", "later", ids[1:2]), ("now", "now", ids[2:3]),
    ):  # fmt: skip
        rounds.add_group(
            store,
            office,
            ROOM,
            group_id=name,
            title=name,
            now=now,
            pin_ids=inside,
            priority=priority,
        )
    found = told(store, office)
    assert [part.group.title for part in found.parts] == ["now", "later", "none"]
    assert [one.number for one in found.parts[0].said] == [3]
    assert [one.number for one in found.alone] == [4]


@pytest.mark.parametrize("door", [protocol.of, protocol.numbered])
@pytest.mark.parametrize(
    "who",
    [
        Actor(Role.VISITOR),
        Actor(Role.JURY),
        Actor(Role.GUEST, meeting=ROOM),
        Actor(Role.FACILITATOR, meeting="meeting-2"),
    ],
    ids=lambda who: who.role,
)
def test_who_does_not_lead_this_meeting_reads_nothing(store, room, door, who):
    with pytest.raises(NotAllowed):
        door(store, who, ROOM)


def test_its_facilitator_reads_it(store, say):
    say("Zu dunkel")
    assert protocol.of(store, Actor(Role.FACILITATOR, meeting=ROOM), ROOM).said


def test_a_meeting_that_is_not_there_has_none(store, office):
    with pytest.raises(NotFound):
        protocol.of(store, office, "nowhere")
