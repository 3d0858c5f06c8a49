"""Everybody at once: each vote exactly once, the pot never below zero, and a secret stays one."""

import itertools
import json
import logging
import random
import threading

import pytest

from data import members, pots, sittings, urn
from data.deciding_rules import Choice
from data.problems import Problem
from data.sittings import Item
from data.store import Store
from tests.data.hall import Hall

CROWD = 20


def at_once(*acts):
    """Run acts in the same moment, a thread each; return what was refused."""
    gate, refused = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            act()
        except Problem as problem:
            refused.append(problem.key)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return refused


@pytest.fixture
def crowd(store, now, office, area, spots):
    made = Hall(store, now, office, area, spots)
    made.add_body()
    for number in range(1, CROWD + 1):
        made.add_member(number)
    made.add_project(1, 600_00)
    made.add_project(2, 600_00)
    made.allot(1_000_00)
    made.plan(Item("i1", "project", "", "p1"), Item("i2", "project", "", "p2"))
    made.lead(sittings.open_)
    at_once(*(lambda number=number: made.come(number) for number in range(1, CROWD + 1)))
    return made


@pytest.mark.parametrize("secret", [False, True])
def test_twenty_who_vote_in_the_same_moment_count_once_each(crowd, secret):
    """Each sends the vote twice, as a double tap does, and somebody else ends the vote after."""
    assert len(crowd.state.present) == CROWD
    crowd.call()
    crowd.begin(secret=secret)
    choices = dict(zip(range(1, CROWD + 1), itertools.cycle(Choice), strict=False))
    acts = [lambda n=n, c=c: crowd.vote(n, c) for n, c in choices.items() for _ in range(2)]
    assert at_once(*acts) == []
    assert crowd.state.vote.given == CROWD
    crowd.end()
    given = list(choices.values())
    assert list(crowd.state.items["i1"].vote.tally) == [given.count(one) for one in Choice]


def test_a_vote_that_meets_the_end_counts_once_or_is_refused(crowd):
    crowd.call()
    crowd.begin(secret=True)
    for number in range(1, 12):
        crowd.vote(number)
    late = [lambda n=n: crowd.vote(n, "no") for n in range(12, CROWD + 1)]
    refused = at_once(*late, crowd.end)
    assert set(refused) <= {"vote.late"}
    tally = crowd.state.items["i1"].vote.tally
    assert tally.given == CROWD - len(refused)
    assert tally.yes == 11


def test_two_sittings_that_decide_at_once_do_not_overdraw_the_pot(crowd):
    other = Hall(crowd.store, crowd.now, crowd.office, crowd.area, crowd.spots, id="sitting-2")
    other.voted = 10
    everybody = {f"m{number}": "yes" for number in range(1, CROWD + 1)}
    crowd.ballot("i1", **everybody)
    crowd.lead(sittings.postpone, item_id="i2", reason="In der anderen Sitzung")
    crowd.add_project(3, 600_00)
    other.plan(Item("n3", "project", "", "p3"))
    other.lead(sittings.open_)
    other.come(*range(1, CROWD + 1))
    other.ballot("n3", **everybody)
    refused = at_once(lambda: crowd.decide("i1"), lambda: other.decide("n3"))
    assert refused == ["pot.too_little"]
    assert pots.left(crowd.store, "aktionsfonds", crowd.now.year) == 400_00
    assert sorted(crowd.project(number).status for number in (1, 3)) == ["approved", "before_jury"]


def test_a_secret_vote_leaves_nothing_that_tells_who_chose_what(tmp_path, crowd, caplog):
    """Two evenings whose members choose the other way round leave the same rows, but for the total."""
    caplog.set_level(logging.DEBUG)
    crowd.call()
    crowd.begin(secret=True)
    before = rows(crowd.store)
    for number in range(1, CROWD + 1):
        crowd.vote(number, "yes" if number % 3 else "no")
    with pytest.raises(Problem, match="twice"):
        crowd.vote(7, "no")
    while_open = rows(crowd.store)
    new = [row for row in while_open if row not in before]
    assert [row[0] for row in new] == ["trail"]  # the second try, without a person or a choice
    assert "m7" not in repr(new)
    assert not {"yes", "no"} & set(json.loads(new[0][1][-1]).values())
    crowd.end()
    added = [row for row in rows(crowd.store) if row not in while_open]
    [(table, event)] = added
    told = {"vote": "vote-1", "yes": 14, "no": 6, "abstain": 0}
    assert (table, json.loads(event[5])) == ("sitting_event", told)
    assert event[4] is None
    assert urn.of(crowd.store).voters("vote-1") == frozenset()
    assert not [line for line in caplog.messages if "m7" in line or "vote-1" in line]


def rows(store):
    tables = store.read("select table_name from information_schema.tables order by table_name")
    return [(name, row) for (name,) in tables for row in store.read(f"select * from {name}")]


def test_a_secret_vote_is_in_no_file_and_void_after_a_restart(tmp_path, now, office, area, spots):
    path = tmp_path / "kiezkarte.duckdb"
    first = Hall(Store.open(path), now, office, area, spots)
    first.add_body()
    for number in (1, 2, 3):
        first.add_member(number)
    first.plan(Item("t1", "talk", "Termine"))
    first.lead(sittings.open_)
    first.come(1, 2, 3)
    first.call("t1")
    first.begin("t1", secret=True)
    first.vote(1, "abstain")
    first.vote(2, "abstain")
    first.store.close()
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert files
    assert not [one for one in files if b"abstain" in one.read_bytes()]
    again = Hall(Store.open(path), now, office, area, spots)
    standing = again.state
    assert (standing.vote, standing.items["t1"].votes[0].void) == (None, "restart")
    again.voted = 1
    again.begin("t1", secret=True)
    again.vote(1, "no")
    again.end()
    assert again.state.items["t1"].vote.tally == (0, 1, 0)
    again.store.close()


@pytest.mark.parametrize("seed", range(2))
def test_a_random_evening_counts_what_was_taken_and_recounts_to_the_same(crowd, seed):
    """Anything in any order: what was refused changed nothing, what was taken is all that counts."""
    dice, hall, taken = random.Random(seed), crowd, {}

    def attempt(act):
        try:
            act()
        except Problem:
            return False
        return True

    for item in ("i1", "i2", "i1", "i2"):
        attempt(lambda item=item: hall.call(item))
        secret = dice.random() < 0.5
        attempt(lambda item=item, secret=secret: hall.begin(item, secret=secret))
        vote_id = f"vote-{hall.voted}"
        for _ in range(25):
            number = dice.randint(1, CROWD)
            kind = dice.choice(["vote"] * 5 + ["leave", "come", "recuse", "remove"])
            if kind == "vote":
                choice = dice.choice(list(Choice))
                if attempt(lambda n=number, c=choice: hall.vote(n, c)):
                    taken.setdefault(vote_id, {}).setdefault(number, choice)
            elif kind == "recuse" and attempt(lambda n=number, i=item: hall.recuse(n, i)):
                taken.get(vote_id, {}).pop(number, None)
            elif kind == "remove" and dice.random() < 0.3:
                version = members.get(hall.store, hall.office, f"m{number}", now=hall.now).version
                gone = {"version": version, "now": hall.now}
                if attempt(
                    lambda n=number, g=gone: members.remove(hall.store, hall.office, f"m{n}", **g)
                ):
                    taken.get(vote_id, {}).pop(number, None)
            elif kind in ("leave", "come"):
                attempt(lambda n=number, k=kind: getattr(hall, k)(n))
        attempt(hall.end)
        attempt(lambda item=item: hall.decide(item))
    standing = hall.state
    ended = [one for item in standing.items.values() for one in item.votes if one.outcome]
    for vote in ended:
        given = list(taken.get(vote.id, {}).values())
        assert list(vote.tally) == [given.count(one) for one in Choice], vote.id
    assert all(same for _, same in sittings.recount(hall.store, hall.office, hall.id))
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) >= 0
