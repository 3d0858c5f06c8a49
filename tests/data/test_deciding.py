"""The counting of votes against a second, plain recount; and the rules that both go by."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from data.deciding import fold
from data.deciding_ranking import borda
from data.deciding_rules import Base, Majority, Rules, Share, Tally, Tie, needed, result
from data.deciding_standing import Event, Seat

ITEMS = ("i1", "i2")
QUORUM = (Share(1, 2, more_than=True), Share(1, 2, more_than=False), Share(2, 3, more_than=False))
RESIDENTS = (None, Share(1, 2, more_than=True), Share(51, 100, more_than=False))
some_rules = some.builds(
    Rules,
    quorum=some.sampled_from(QUORUM),
    residents=some.sampled_from(RESIDENTS),
    majority=some.sampled_from(Majority),
    base=some.sampled_from(Base),
    tie=some.sampled_from(Tie),
)
some_members = some.lists(some.tuples(some.booleans(), some.booleans()), min_size=1, max_size=9)


@some.composite
def evenings(draw):
    """A sitting: rules, members, and what happened, in any order at all."""
    members = [
        Seat(f"m{number}", resident, substitute)
        for number, (resident, substitute) in enumerate(draw(some_members))
    ]
    who = some.sampled_from([one.id for one in members])
    act = some.one_of(
        some.tuples(some.just("came"), who),
        some.tuples(some.just("came"), who),
        some.tuples(some.just("left"), who),
        some.tuples(some.just("removed"), who),
        some.tuples(some.just("recused"), who, some.sampled_from(ITEMS)),
        some.tuples(some.just("unrecused"), who, some.sampled_from(ITEMS)),
        some.tuples(some.just("voted"), who, some.sampled_from(["yes", "no", "abstain"])),
        some.tuples(some.just("voted"), who, some.sampled_from(["yes", "no", "abstain"])),
        some.tuples(some.just("begin"), some.sampled_from(ITEMS)),
        some.tuples(some.just("end")),
    )
    coming = [("came", one.id) for one in members]
    return draw(some_rules), members, [*coming, *draw(some.lists(act, max_size=60))]


def as_events(rules, members, acts):
    """Write acts as a sitting writes them: a vote at a time, and no member back by unrecusing."""
    frozen = [vars(one) for one in members]
    events = [Event(1, "opened", details={"rules": rules.plain(), "members": frozen})]
    votes, running = 0, None

    def add(what, item=None, member=None, **details):
        events.append(Event(len(events) + 1, what, item, member, details))

    for kind, *of in acts:
        if kind == "begin" and running is None:
            votes, running = votes + 1, of[0]
            add("vote_begun", running, vote=f"v{votes}", secret=False, way="devices")
        elif kind == "end" and running:
            add("vote_ended", running, vote=f"v{votes}", yes=0, no=0, abstain=0)
            running = None
        elif kind == "voted" and running:
            add("voted", running, of[0], vote=f"v{votes}", choice=of[1])
        elif kind in ("recused", "unrecused"):
            if kind == "recused" or running != of[1]:
                add(kind, of[1], of[0], **({"why": "own"} if kind == "recused" else {}))
        elif kind in ("came", "left", "removed"):
            add(kind, None, of[0])
    return events


def there(events, until):
    """Who is in the room, in the order of coming."""
    found = []
    for event in events[:until]:
        if event.what == "came" and event.member not in found:
            found.append(event.member)
        elif event.what in ("left", "removed") and event.member in found:
            found.remove(event.member)
    gone = {event.member for event in events[:until] if event.what == "removed"}
    return [one for one in found if one not in gone]


def aside(events, until, item):
    found = set()
    for event in events[:until]:
        if event.item == item and event.what == "recused":
            found.add(event.member)
        elif event.item == item and event.what == "unrecused":
            found.discard(event.member)
    return found


def plainly(rules, members, events):
    """Count every ended vote again, by going through the list for each question anew."""
    by_id = {one.id: one for one in members}
    found = {}
    for begin, event in enumerate(events):
        if event.what != "vote_begun":
            continue
        name, item = event.details["vote"], event.item
        ends = [
            place
            for place, one in enumerate(events)
            if one.what == "vote_ended" and one.details["vote"] == name
        ]
        if not ends:
            continue
        end = ends[0]
        removed = {one.member for one in events[:begin] if one.what == "removed"}
        out = aside(events, begin, item)
        seats = [one for one in members if not one.substitute and one.id not in removed | out]
        room = there(events, begin)
        empty = {
            sort: len([one for one in seats if one.resident == sort and one.id not in room])
            for sort in (True, False)
        }
        voters = []
        for one in (by_id[name] for name in room if name not in out):
            if not one.substitute:
                voters.append(one.id)
            elif empty[one.resident]:
                empty[one.resident] -= 1
                voters.append(one.id)
        taken = {
            one.member
            for one in events[begin:end]
            if one.what == "removed" or (one.what == "recused" and one.item == item)
        }
        voters = [one for one in voters if one not in taken]
        votes = {}
        for one in events[begin:end]:
            if one.what == "voted" and one.details["vote"] == name and one.member in voters:
                votes.setdefault(one.member, one.details["choice"])
        full = len([one for one in seats if one.id not in taken])
        found[name] = (voters, votes, verdict(rules, list(votes.values()), len(voters), full))
    return found


def verdict(rules, votes, present, full):
    yes, no = votes.count("yes"), votes.count("no")
    if rules.majority == "absolute" or rules.base == "entitled":
        base = max(full, present)
    else:
        base = present if rules.base == "present" else yes + no
    if base == 0:
        return "rejected"
    share = Fraction(yes, base)
    won = share >= Fraction(2, 3) if rules.majority == "two_thirds" else share > Fraction(1, 2)
    if won:
        return "accepted"
    tied = rules.majority != "two_thirds" and share == Fraction(1, 2) and yes == no
    return "tie" if tied and rules.tie != "rejected" else "rejected"


@settings(max_examples=400, deadline=None)
@given(evenings())
def test_any_sitting_comes_to_what_a_plain_recount_comes_to(evening):
    rules, members, acts = evening
    events = as_events(rules, members, acts)
    standing = fold(rules, members, events)
    counted = {
        vote.id: (list(vote.present), dict(vote.chosen), vote.outcome)
        for item in standing.items.values()
        for vote in item.votes
        if not vote.running
    }
    assert counted == plainly(rules, members, events)
    assert fold(rules, members, events) == standing


@settings(max_examples=200, deadline=None)
@given(evenings())
def test_nobody_counts_twice_and_a_seat_has_one_vote(evening):
    rules, members, acts = evening
    standing = fold(rules, members, as_events(rules, members, acts))
    full = {one.id for one in standing.seats.values() if not one.substitute}
    for count in (standing.count, *(item.count for item in standing.items.values())):
        assert len(set(count.entitled)) == len(count.entitled) <= count.seats
        assert count.seats <= len(full)
        assert set(count.entitled) <= set(standing.present)


def test_what_happens_after_a_vote_does_not_change_it():
    members = [Seat(f"m{number}", resident=True) for number in range(5)]
    acts = [("came", one.id) for one in members]
    acts += [("begin", "i1"), *(("voted", one.id, "yes") for one in members[:3]), ("end",)]
    after = [("removed", "m0"), ("recused", "m1", "i1"), ("left", "m2")]
    before = fold(Rules(), members, as_events(Rules(), members, acts)).items["i1"].votes
    assert (
        fold(Rules(), members, as_events(Rules(), members, acts + after)).items["i1"].votes
        == before
    )


@pytest.mark.parametrize(
    ("rules", "tally", "present", "seats", "outcome"),
    [
        (Rules(), Tally(3, 2, 2), 7, 7, "accepted"),
        (Rules(base=Base.PRESENT), Tally(3, 2, 2), 7, 7, "rejected"),  # an abstention is no yes
        (Rules(base=Base.ENTITLED), Tally(4, 0, 0), 4, 8, "rejected"),
        (Rules(majority=Majority.ABSOLUTE), Tally(4, 1, 0), 5, 7, "accepted"),
        (Rules(majority=Majority.ABSOLUTE), Tally(3, 0, 0), 3, 7, "rejected"),
        (Rules(majority=Majority.TWO_THIRDS), Tally(4, 2, 0), 6, 7, "accepted"),
        (Rules(majority=Majority.TWO_THIRDS), Tally(3, 2, 0), 5, 7, "rejected"),
        (Rules(majority=Majority.TWO_THIRDS, tie=Tie.AGAIN), Tally(2, 2, 0), 4, 7, "rejected"),
        (Rules(), Tally(3, 3, 0), 6, 7, "rejected"),
        (Rules(tie=Tie.AGAIN), Tally(3, 3, 0), 6, 7, "tie"),
        (Rules(tie=Tie.CHAIR, base=Base.PRESENT), Tally(3, 3, 1), 7, 7, "rejected"),
        (Rules(), Tally(0, 0, 7), 7, 7, "rejected"),
        (Rules(), Tally(0, 0, 0), 7, 7, "rejected"),
    ],
)
def test_majorities_bases_and_ties(rules, tally, present, seats, outcome):
    assert result(rules, tally, present=present, seats=seats) == outcome


@given(some_rules, some.integers(1, 40))
def test_the_needed_number_is_the_smallest_that_is_accepted(rules, people):
    least = needed(rules, people)
    votes = {"present": people, "seats": people}
    assert result(rules, Tally(least, people - least), **votes) == "accepted"
    assert result(rules, Tally(least - 1, people - least + 1), **votes) != "accepted"


@given(some.lists(some.permutations(["a", "b", "c", "d"]), max_size=8))
def test_points_of_a_ranking_add_up_and_equals_are_named(lists):
    points, ties = borda(["a", "b", "c", "d"], lists)
    assert sum(points.values()) == 6 * len(lists)
    for one in points:
        assert points[one] == sum(
            sum(order.index(one) < order.index(other) for other in "abcd") for order in lists
        )
        equals = [other for other in points if points[other] == points[one]]
        assert (len(equals) > 1) == any(one in group for group in ties)


def test_rules_are_kept_and_read_as_they_are():
    for rules in (Rules(), Rules(QUORUM[2], None, Majority.ABSOLUTE, Base.ENTITLED, Tie.CHAIR)):
        assert Rules.read(rules.plain()) == rules
