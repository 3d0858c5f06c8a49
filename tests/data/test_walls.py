"""Who looks on a wall all the time is told what changed, and knows what a fresh look would show."""

import contextlib
import random
from datetime import date, timedelta

import pytest

from data import meetings, pins, rounds, walls
from data.meetings import Plan, Publish, State
from data.problems import Conflict, NotFound
from data.rules import HOUSE, MeetingId, PinId
from data.walls import Seen

HERE = MeetingId("here")


class Follower:
    """Somebody who asks again and again, and keeps what was told."""

    def __init__(self, store) -> None:
        self.store, self.turn = store, ""
        self.known: dict[PinId, Seen] = {}

    def ask(self) -> walls.News:
        news = rounds.wall(self.store, HOUSE, HERE).since(self.turn)
        if news.whole:
            self.known.clear()
        for pin_id in news.gone:
            self.known.pop(pin_id, None)
        self.known |= {pin.id: pin for pin in news.pins}
        self.turn = news.turn
        return news

    def shown(self) -> list[Seen]:
        return sorted(
            self.known.values(), key=lambda pin: (pin.created_at, pin.number), reverse=True
        )


@pytest.fixture
def say(store, area, now, draft):
    """Hold a meeting; return how to say something there, so many minutes ago."""
    plan = Plan("Werkstatt", date(2026, 5, 4), publish=Publish.AT_ONCE)
    meetings.create(store, HOUSE, meeting_id=HERE, code="abc", plan=plan, pin="2468", now=now)
    meetings.move(store, HOUSE, HERE, to=State.OPEN, now=now)

    def say_it(pin_id: str, ago: float = 0) -> None:
        at = now - timedelta(minutes=ago)
        one = draft(f"Müll {pin_id}", id=pin_id, meeting=HERE, created_at=at)
        pins.add(store, HOUSE, area, [one], now=now)

    return say_it


@pytest.mark.parametrize("seed", range(6))
def test_who_is_told_the_changes_alone_sees_the_whole_wall(store, say, now, seed) -> None:
    dice = random.Random(seed)
    always, seldom = Follower(store), Follower(store)
    said: list[PinId] = []

    def speak() -> None:
        for _ in range(dice.randint(1, 3)):
            said.append(PinId(f"pin-{len(said)}"))
            say(said[-1], ago=dice.choice((0, 0, 30)))

    def judge() -> None:
        rounds.show(store, HOUSE, HERE, dice.choice(said), dice.choice(rounds.WALLS), now=now)

    def put() -> None:
        group = rounds.GroupId(dice.choice("gh"))
        rounds.add_group(store, HOUSE, HERE, group_id=group, title="Müll", now=now)
        rounds.put(store, HOUSE, HERE, [dice.choice(said)], dice.choice((group, None)), now=now)

    def hide() -> None:
        pins.hide(store, HOUSE, [dice.choice(said)], reason="insult", now=now)

    def rule() -> None:
        plan = Plan("Werkstatt", date(2026, 5, 4), publish=dice.choice(list(Publish)))
        version = meetings.get(store, HOUSE, HERE).version
        meetings.change(store, HOUSE, HERE, plan=plan, version=version, now=now)

    def agree() -> None:
        given = {"key": f"{len(said)} {dice.random()}", "pin": dice.choice(said)}
        insert = "insert into support values ($key, $pin, '', 'de', 'desk', now()::timestamp)"
        store.write(lambda tx: tx.execute(insert, given))

    speak()
    for _ in range(40):
        with contextlib.suppress(Conflict, NotFound):  # what is hidden cannot be hidden again
            dice.choice((speak, speak, judge, put, hide, rule, agree))()
        always.ask()
        if dice.random() < 0.2:
            seldom.ask()
        fresh = list(walls._brought(store, HERE, None, 0).pins)  # as nobody knew anything before
        assert always.shown() == list(rounds.on_wall(store, HOUSE, HERE)) == fresh
    seldom.ask()
    assert seldom.shown() == always.shown()


def test_one_new_pin_is_all_that_is_told(store, say) -> None:
    follower = Follower(store)
    for number in range(5):
        say(f"pin-{number}")
    assert len(follower.ask().pins) == 5
    assert follower.ask() == walls.News(follower.turn, False, (), ())
    say("late", ago=60)
    news = follower.ask()
    assert ([pin.id for pin in news.pins], news.gone, news.whole) == (["late"], (), False)
    assert [pin.id for pin in follower.shown()][-1] == "late"


def test_a_pin_taken_down_is_told_as_gone_and_comes_back(store, say, now) -> None:
    follower = Follower(store)
    say("one")
    say("two")
    follower.ask()
    rounds.show(store, HOUSE, HERE, PinId("one"), "hidden", now=now)
    news = follower.ask()
    assert (news.pins, news.gone) == ((), ("one",))
    rounds.show(store, HOUSE, HERE, PinId("one"), "", now=now)
    news = follower.ask()
    assert ([pin.id for pin in news.pins], news.gone) == (["one"], ())


@pytest.mark.parametrize(
    "turn", ["", "-", "x", "{line}-", "{line}-x", "{line}--1", "{line}-²", "x-1"]
)
def test_who_names_no_turn_of_this_wall_is_told_everything(store, say, turn) -> None:
    say("one")
    wall = rounds.wall(store, HOUSE, HERE)
    news = wall.since(turn.format(line=wall.line))
    assert news.whole
    assert len(news.pins) == 1


def test_many_meetings_walls_do_not_fill_the_memory(store, say, now, monkeypatch) -> None:
    monkeypatch.setattr(walls, "MOST", 2)
    follower = Follower(store)
    say("one")
    follower.ask()
    for name in "abc":
        plan = Plan("Werkstatt", date(2026, 5, 4))
        one = MeetingId(name)
        meetings.create(store, HOUSE, meeting_id=one, code=name * 8, plan=plan, pin="2468", now=now)
        rounds.wall(store, HOUSE, one)
        assert len(walls._kept[store]) <= 2
        assert not follower.ask().whole  # it was asked for last
    for name in "ab":
        rounds.wall(store, HOUSE, MeetingId(name))
    assert follower.ask().whole
    assert [pin.id for pin in follower.shown()] == ["one"]


def test_an_unknown_meeting_has_no_wall(store) -> None:
    with pytest.raises(NotFound):
        walls.of(store, MeetingId("nowhere"))
