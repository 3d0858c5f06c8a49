"""A sitting from its opening to its decisions; and everything that is refused on the way."""

import pytest

from data import bodies, members, pots, sittings
from data.deciding_rules import Rules, Secret, Tie
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem
from data.sittings import Item
from tests.data.hall import Hall


@pytest.fixture
def hall(store, now, office, area, spots):
    """Seven members of a jury, five of them there; two projects on the agenda; 1,000 euros."""
    made = Hall(store, now, office, area, spots)
    made.add_body()
    for number in range(1, 8):
        made.add_member(number)
    made.add_project(1)
    made.add_project(2, 700_00)
    made.allot(1_000_00)
    made.plan(
        Item("i1", "project", "", "p1"),
        Item("i2", "project", "", "p2"),
        Item("i3", "talk", "Termine"),
    )
    made.lead(sittings.open_)
    made.come(1, 2, 3, 4, 5)
    return made


def test_a_majority_grants_the_money_and_moves_the_project(hall):
    hall.ballot(m1="yes", m2="yes", m3="yes", m4="no", m5="abstain")
    hall.decide()
    assert (hall.project(1).status, hall.project(1).granted) == ("approved", 500_00)
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 500_00
    assert sittings.recount(hall.store, hall.office, hall.id) == [("i1", True)]


# --- votes -----------------------------------------------------------------------


def test_a_rejection_needs_its_reason_and_leaves_the_pot_alone(hall):
    hall.ballot(m1="no", m2="no", m3="yes")
    with pytest.raises(BadInput, match="reason_missing"):
        hall.decide(reason=" ")
    hall.decide(reason="Zu teuer")
    assert (hall.project(1).status, hall.project(1).reason) == ("rejected", "Zu teuer")
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 1_000_00


def test_a_second_click_is_the_same_vote_and_another_choice_is_refused_and_noted(hall):
    hall.call()
    hall.begin()
    hall.vote(1, "no")
    hall.vote(1, "no")
    with pytest.raises(Conflict, match="twice"):
        hall.vote(1, "yes")
    assert dict(hall.state.vote.chosen) == {"m1": "no"}
    [(person, details)] = hall.refusals()
    assert person is None
    assert "vote.twice" in details
    assert "yes" not in details


def test_a_vote_whose_answer_was_lost_is_known_to_count_even_after_the_end(hall):
    hall.call()
    hall.begin()
    for number in (1, 2, 3):
        hall.vote(number)
    hall.end()
    before = events(hall)
    hall.vote(1, "yes")
    assert events(hall) == before
    assert hall.refusals() == []
    with pytest.raises(Conflict, match="late"):
        hall.vote(1, "no")
    hall.lead(sittings.void_vote, vote_id="vote-1", reason="Verzählt")
    with pytest.raises(Conflict, match="void"):
        hall.vote(1, "yes")


def refused(hall, number, key, vote_id=""):
    """A vote is refused with a key, stands in the trail without its choice, and changes nothing."""
    before, noted = events(hall), len(hall.refusals())
    with pytest.raises(Problem, match=key):
        hall.vote(number, "yes", vote_id)
    assert events(hall) == before
    person, details = hall.refusals()[noted]
    assert (person, key in details, "yes" in details) == (f"person-m{number}", True, False)
    assert len(hall.refusals()) == noted + 1


def events(hall):
    return hall.store.read("select * from sitting_event order by id")


@pytest.mark.parametrize("secret", [False, True])
def test_votes_that_do_not_count_are_refused_and_noted(hall, secret):
    hall.add_body(body="body-2")
    hall.add_member(20, body="body-2")
    hall.come(7)
    hall.recuse(5)
    hall.call()
    hall.begin(secret=secret)
    hall.come(6)
    hall.leave(4)
    refused(hall, 20, "vote.not_a_member")
    refused(hall, 5, "vote.recused")
    refused(hall, 4, "vote.not_there")
    refused(hall, 6, "vote.came_later")
    refused(hall, 1, "vote.not_found", "vote-99")
    hall.vote(1)
    hall.vote(2)
    hall.come(4)
    hall.vote(4, "no")
    hall.end()
    refused(hall, 3, "vote.late")
    assert hall.state.items["i1"].vote.tally == (2, 1, 0)


def test_staff_cannot_vote_and_their_try_is_noted(hall, office, admin):
    hall.call()
    hall.begin()
    for actor in (office, admin):
        with pytest.raises(NotAllowed):
            sittings.vote(hall.store, actor, hall.id, vote_id="vote-1", choice="yes", now=hall.now)
    assert [person for person, _ in hall.refusals()] == [office.person, admin.person]
    assert hall.state.vote.given == 0


def test_no_vote_without_quorum_and_again_once_it_is_regained(hall):
    hall.leave(4, 5)
    hall.call()
    with pytest.raises(Conflict, match="no_quorum"):
        hall.begin()
    hall.come(4)
    hall.begin()
    hall.vote(1)
    hall.leave(4)
    with pytest.raises(Conflict, match="no_quorum"):
        hall.vote(2)
    with pytest.raises(Conflict, match="no_quorum"):
        hall.end()
    hall.come(4)
    hall.vote(2)
    hall.end()
    assert hall.state.items["i1"].outcome == "accepted"


def test_who_voted_and_left_still_counts(hall):
    hall.leave(5)
    hall.call()
    hall.begin()
    hall.vote(1)
    hall.leave(1)
    hall.vote(2, "no")
    hall.vote(3)
    hall.end()
    assert hall.state.items["i1"].vote.tally == (2, 1, 0)


def test_a_recusal_takes_out_of_the_base_and_takes_the_vote_along(hall):
    hall.call()
    hall.begin()
    hall.vote(1)
    hall.vote(2, "no")
    assert hall.state.items["i1"].count.seats == 7
    hall.recuse(2, why="employer")
    standing = hall.state
    assert (standing.items["i1"].count.seats, standing.items["i1"].count.needed) == (6, 4)
    assert (standing.vote.given, "m2" in standing.vote.present) == (1, False)
    assert standing.items["i1"].recused == {"m2": "employer"}
    told = sittings.standing(hall.store, hall.m(3), hall.id, now=hall.now)
    assert told.items["i1"].recused == {"m2": ""}
    hall.end()
    with pytest.raises(Conflict, match="voted_already"):
        hall.recuse(3)


@pytest.mark.parametrize("secret", [False, True])
def test_a_member_removed_while_voting_has_no_vote_any_more(hall, secret):
    hall.call()
    hall.begin(secret=secret)
    hall.vote(1)
    hall.vote(2)
    members.remove(hall.store, hall.office, "m2", version=1, now=hall.now)
    refused(hall, 2, "vote.not_a_member")
    hall.vote(3, "no")
    hall.end()
    assert hall.state.items["i1"].vote.tally == (1, 1, 0)
    assert hall.state.count.seats == 6


def test_a_substitute_votes_only_for_an_absent_member(hall):
    hall.add_member(8, substitute=True)
    made = Hall(hall.store, hall.now, hall.office, hall.area, hall.spots, id="sitting-2")
    made.plan(Item("t1", "talk", "Termine"))
    made.lead(sittings.open_)
    made.come(1, 2, 3, 4, 8)
    assert "m8" in made.state.count.entitled
    made.come(5, 6, 7)
    assert "m8" not in made.state.count.entitled
    made.ballot("t1", m1="yes")
    assert "m8" not in made.state.items["t1"].vote.present


def test_hands_are_counted_by_who_leads_and_never_more_than_there_are(hall):
    hall.call()
    hall.begin(way="hands")
    with pytest.raises(Conflict, match="by_hands"):
        hall.vote(1)
    with pytest.raises(Conflict, match="not_counted"):
        hall.end()
    count = {"vote_id": "vote-1", "no": 1, "abstain": 0}
    for yes, key in ((5, "too_many"), (-1, "number"), (True, "number"), (1.5, "number")):
        with pytest.raises(BadInput, match=key):
            hall.lead(sittings.count_hands, yes=yes, **count)
    hall.lead(sittings.count_hands, yes=4, **count)
    hall.lead(sittings.count_hands, yes=3, **count)
    hall.end()
    assert hall.state.items["i1"].vote.tally == (3, 1, 0)


def test_a_result_is_not_voted_on_again_unless_it_is_void_with_a_reason(hall):
    hall.ballot(m1="no", m2="no", m3="no")
    with pytest.raises(Conflict, match="voted_already"):
        hall.begin()
    hall.lead(sittings.void_vote, vote_id="vote-1", reason="Verzählt")
    hall.begin()
    for number in (1, 2, 3):
        hall.vote(number)
    hall.end()
    hall.decide()
    assert hall.project(1).status == "approved"
    with pytest.raises(Conflict, match="item_decided"):
        hall.lead(sittings.void_vote, vote_id=f"vote-{hall.voted}", reason="Zu spät")


def with_rules(hall, how):
    bodies.change(
        hall.store, hall.office, hall.body, version=1, title="Jury", how=how, now=hall.now
    )
    other = Hall(hall.store, hall.now, hall.office, hall.area, hall.spots, id="sitting-2")
    other.voted = 50
    other.plan(Item("t1", "talk", "Termine"))
    other.lead(sittings.open_)
    other.come(1, 2, 3, 4)
    return other


def test_a_tie_is_rejected_voted_again_or_decided_by_the_chair(hall):
    hall.ballot(m1="yes", m2="no")
    assert hall.state.items["i1"].outcome == "rejected"
    again = with_rules(hall, Rules(tie=Tie.AGAIN))
    again.ballot("t1", m1="yes", m2="no")
    with pytest.raises(Conflict, match="nothing_voted"):
        again.decide("t1")
    with pytest.raises(Conflict, match="no_tie"):
        again.lead(sittings.break_tie, item_id="t1", accepted=True)
    again.begin("t1")
    again.vote(1)
    again.end()
    again.decide("t1")
    assert again.state.items["t1"].outcome == "accepted"


def test_the_chair_decides_a_tie_as_an_act_of_its_own(hall):
    chair = with_rules(hall, Rules(tie=Tie.CHAIR))
    chair.ballot("t1", m1="yes", m2="no")
    chair.lead(sittings.break_tie, chair.m(1), item_id="t1", accepted=True)
    chair.decide("t1")
    assert chair.state.items["t1"].outcome == "accepted"
    assert sittings.recount(chair.store, chair.office, chair.id) == [("t1", True)]


def test_rules_are_frozen_when_it_opens(hall):
    bodies.change(
        hall.store, hall.office, hall.body, version=1, title="Jury", now=hall.now,
        how=Rules(secret=Secret.REQUIRED),
    )  # fmt: skip
    hall.ballot(m1="yes")
    assert hall.state.rules.secret == "allowed"


def test_a_body_that_votes_in_secret_does_so(hall):
    other = with_rules(hall, Rules(secret=Secret.REQUIRED))
    other.call("t1")
    with pytest.raises(BadInput, match="secret_required"):
        other.begin("t1")
    with pytest.raises(BadInput, match="way_unknown"):
        other.begin("t1", secret=True, way="hands")
    other.begin("t1", secret=True, way="paper")


# --- leading ------------------------------------------------------------------------


def test_two_who_lead_do_not_cross(hall, admin):
    seen = hall.state.last
    sittings.begin_item(hall.store, admin, hall.id, item_id="i2", seen=seen, now=hall.now)
    with pytest.raises(Conflict, match="led_on"):
        sittings.begin_item(hall.store, hall.office, hall.id, item_id="i1", seen=seen, now=hall.now)
    hall.come(6)  # what members do is no leading
    sittings.begin_item(hall.store, admin, hall.id, item_id="i1", seen=seen, now=hall.now)
    assert hall.state.item == "i1"


def test_the_own_second_click_is_one(hall):
    hall.call()
    seen, before = hall.state.last, len(events(hall))
    given = {"item_id": "i1", "vote_id": "v", "secret": False, "seen": seen, "now": hall.now}
    for _ in range(2):
        sittings.begin_vote(hall.store, hall.office, hall.id, **given)
    for number in (1, 2, 3):
        hall.vote(number, vote_id="v")
    ended = {"vote_id": "v", "seen": hall.state.last, "now": hall.now}
    for _ in range(2):
        sittings.end_vote(hall.store, hall.office, hall.id, **ended)
    decided = {"item_id": "i1", "reason": "", "seen": hall.state.last, "now": hall.now}
    for _ in range(2):
        sittings.decide(hall.store, hall.office, hall.id, **decided)
    assert len(events(hall)) == before + 6
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 500_00


def test_only_the_chair_of_this_body_leads_from_the_jury(hall):
    hall.add_body(body="body-2")
    hall.add_member(20, body="body-2", chair=True)
    hall.lead(sittings.begin_item, hall.m(1), item_id="i1")
    for stranger in (hall.m(2), hall.m(20)):
        with pytest.raises(NotAllowed, match="only_chair"):
            hall.lead(sittings.begin_item, stranger, item_id="i2")
    with pytest.raises(NotAllowed, match="only_yourself"):
        sittings.leave(hall.store, hall.m(2), hall.id, member_id="m3", now=hall.now)
    with pytest.raises(NotFound):
        sittings.get(hall.store, hall.m(20), hall.id)
    assert sittings.listing(hall.store, hall.m(20)) == []


def test_the_sum_changed_by_the_sitting_is_what_is_granted(hall):
    hall.call()
    for cents, key in ((500_01, "above_asked"), (0, "sum_missing"), (-5, "sum_missing")):
        with pytest.raises(BadInput, match=key):
            hall.lead(sittings.change_sum, item_id="i1", cents=cents)
    hall.lead(sittings.change_sum, item_id="i1", cents=300_00)
    hall.lead(sittings.set_conditions, item_id="i1", conditions="Mit den Nachbar*innen")
    hall.ballot(m1="yes", m2="yes", m3="yes")
    with pytest.raises(Conflict, match="voted_already"):
        hall.lead(sittings.change_sum, item_id="i1", cents=100_00)
    hall.decide(reason="")
    project = hall.project(1)
    assert (project.status, project.granted) == ("approved_with_conditions", 300_00)
    assert project.conditions == "Mit den Nachbar*innen"
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 700_00


def test_more_than_is_left_is_refused_and_nothing_moves(hall):
    hall.ballot(m1="yes", m2="yes", m3="yes")
    hall.decide()
    hall.ballot("i2", m1="yes", m2="yes", m3="yes")
    before = events(hall)
    with pytest.raises(BadInput, match="too_little"):
        hall.decide("i2")
    assert events(hall) == before
    assert hall.project(2).status == "before_jury"
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 500_00


def test_a_postponed_item_voids_its_vote_and_waits_for_another_sitting(hall):
    hall.call()
    hall.begin(secret=True)
    hall.vote(1)
    hall.lead(sittings.postpone, item_id="i1", reason="Es fehlt ein Angebot")
    assert hall.project(1).status == "postponed"
    refused(hall, 2, "vote.void")
    with pytest.raises(Conflict, match="item_decided"):
        hall.call()
    hall.lead(sittings.close)
    other = Hall(hall.store, hall.now, hall.office, hall.area, hall.spots, id="sitting-2", voted=20)
    other.plan(Item("n1", "project", "", "p1"))
    other.lead(sittings.open_)
    other.come(1, 2, 3, 4)
    other.ballot("n1", m1="yes", m2="yes")
    other.decide("n1")
    assert hall.project(1).status == "approved"


def test_a_closed_sitting_is_opened_only_with_a_reason_and_decides_anew(hall):
    hall.ballot(m1="yes", m2="yes", m3="yes")
    hall.decide()
    hall.lead(sittings.close)
    with pytest.raises(Conflict, match="not_open"):
        hall.come(6)
    with pytest.raises(BadInput, match="reason_missing"):
        hall.lead(sittings.reopen, reason="")
    hall.lead(sittings.reopen, reason="Ein Mitglied war befangen")
    assert hall.state.present == ()
    hall.come(1, 2, 3, 4)
    hall.ballot(m1="no", m2="no", m3="no")
    hall.decide(reason="Neu entschieden")
    assert hall.project(1).status == "rejected"
    assert pots.left(hall.store, "aktionsfonds", hall.now.year) == 1_000_00
    assert sittings.recount(hall.store, hall.office, hall.id) == [("i1", True), ("i1", True)]
    [(details,)] = hall.store.read(
        "select details from trail where act = 'sitting.lead' and details like '%reopened%'"
    )
    assert "befangen" in details


def test_nothing_is_closed_while_a_vote_runs(hall):
    hall.call()
    hall.begin()
    with pytest.raises(Conflict, match="vote_runs"):
        hall.lead(sittings.close)
    with pytest.raises(Conflict, match="vote_runs"):
        hall.call("i2")


def test_a_changed_event_is_found_by_the_recount(hall):
    hall.ballot(m1="yes", m2="yes", m3="no")
    hall.decide()
    assert sittings.recount(hall.store, hall.office, hall.id) == [("i1", True)]
    hall.store.write(
        lambda tx: tx.execute(
            "update sitting_event set details = replace(details, 'yes\"}', 'no\"}') "
            "where what = 'voted' and member_id = 'm2'"
        )
    )
    assert sittings.recount(hall.store, hall.office, hall.id) == [("i1", False)]


# --- ranking --------------------------------------------------------------------------


@pytest.fixture
def short(hall):
    """Three accepted proposals of 500, 700 and 400 euros, and 1,000 euros for them."""
    hall.add_project(3, 400_00)
    sitting = sittings.get(hall.store, hall.office, hall.id)
    items = [*sitting.items, Item("i4", "project", "", "p3"), Item("i5", "ranking", "Rangfolge")]
    sittings.put_on(
        hall.store, hall.office, hall.id, items=items, version=sitting.version, now=hall.now
    )
    for item in ("i1", "i2", "i4"):
        hall.ballot(item, m1="yes", m2="yes", m3="yes", m4="yes")
    hall.lead(sittings.begin_ranking, item_id="i5", among=["i1", "i2", "i4"])
    return hall


def rank(hall, number, *order):
    sittings.rank(hall.store, hall.m(number), hall.id, order=order, now=hall.now)


def test_a_ranking_grants_down_the_list_while_the_pot_lasts(short):
    rank(short, 1, "i1", "i2", "i4")
    rank(short, 1, "i1", "i2", "i4")
    rank(short, 2, "i1", "i2", "i4")
    rank(short, 3, "i2", "i1", "i4")
    with pytest.raises(Conflict, match="twice"):
        rank(short, 2, "i4", "i2", "i1")
    with pytest.raises(BadInput, match="not_all"):
        rank(short, 4, "i1", "i2")
    with pytest.raises(Conflict, match="in_ranking"):
        short.decide("i1")
    short.lead(sittings.end_ranking)
    assert short.state.ranking.order == ("i1", "i2", "i4")
    short.lead(sittings.decide_ranking, reason="Der Topf reicht nicht für alle")
    states = [short.project(number).status for number in (1, 2, 3)]
    assert states == ["approved", "postponed", "approved"]
    assert pots.left(short.store, "aktionsfonds", short.now.year) == 100_00
    assert all(same for _, same in sittings.recount(short.store, short.office, short.id))


def test_equals_are_settled_by_who_leads_among_equals_alone(short):
    rank(short, 1, "i1", "i2", "i4")
    rank(short, 2, "i2", "i1", "i4")
    short.lead(sittings.end_ranking)
    assert short.state.ranking.ties == (("i1", "i2"),)
    with pytest.raises(Conflict, match="ties"):
        short.lead(sittings.decide_ranking, reason="Reicht nicht")
    with pytest.raises(BadInput, match="among_equals"):
        short.lead(sittings.settle_ranking, order=["i4", "i2", "i1"])
    short.lead(sittings.settle_ranking, order=["i2", "i1", "i4"])
    short.lead(sittings.decide_ranking, reason="Reicht nicht")
    assert [short.project(number).status for number in (1, 2, 3)] == [
        "postponed",
        "approved",
        "postponed",
    ]


def test_who_stepped_aside_from_one_orders_none(short):
    short.lead(sittings.end_ranking) if short.state.ranking.lists else None
    assert "m5" in short.state.ranking.present
    with pytest.raises(NotAllowed):
        sittings.rank(short.store, short.office, short.id, order=["i1"], now=short.now)


# --- the agenda ------------------------------------------------------------------------


def test_an_agenda_takes_what_waits_for_this_body_and_once(hall, house):
    other = Hall(hall.store, hall.now, hall.office, hall.area, hall.spots, id="sitting-2")
    hall.add_project(4, 6_000_00, fund="projektfonds")
    for items, key in (
        ([Item("x", "project", "", "p1")], "on_another_agenda"),
        ([Item("x", "project", "", "p4")], "other_body"),
        ([Item("x", "project", "", "none")], "not_found"),
        ([Item("x", "talk", " ")], "title_missing"),
        ([Item("x", "song", "Lied")], "item_kind"),
        ([Item("x", "talk", "A"), Item("x", "talk", "B")], "item_twice"),
        ([Item("i3", "talk", "von nebenan")], "item_twice"),
    ):
        with pytest.raises(Problem, match=key):
            other.plan(*items)
    version = sittings.get(hall.store, hall.office, "sitting-2").version
    assert sittings.get(hall.store, hall.office, "sitting-2").items == ()
    assert version == 1


def test_what_was_talked_about_stays_on_the_agenda(hall):
    hall.call("i2")
    sitting = sittings.get(hall.store, hall.office, hall.id)
    put = {"version": sitting.version, "now": hall.now}
    with pytest.raises(Conflict, match="item_has_begun"):
        sittings.put_on(hall.store, hall.office, hall.id, items=sitting.items[:1], **put)
    turned = list(reversed(sitting.items))
    changed = sittings.put_on(hall.store, hall.office, hall.id, items=turned, **put)
    assert [one.id for one in changed.items] == ["i3", "i2", "i1"]
    with pytest.raises(Conflict, match="changed"):
        sittings.put_on(hall.store, hall.office, hall.id, items=sitting.items, **put)


def test_members_read_the_agenda_once_the_papers_are_out(hall):
    other = Hall(hall.store, hall.now, hall.office, hall.area, hall.spots, id="sitting-2")
    other.plan(Item("t1", "talk", "Termine"))
    assert sittings.get(hall.store, hall.m(2), "sitting-2").items == ()
    assert len(sittings.get(hall.store, hall.office, "sitting-2").items) == 1
    sittings.send_papers(hall.store, hall.office, "sitting-2", version=2, now=hall.now)
    assert len(sittings.get(hall.store, hall.m(2), "sitting-2").items) == 1


def test_who_joined_after_the_opening_comes_in_and_votes(hall):
    hall.add_member(9)
    hall.come(9)
    hall.ballot(m9="yes")
    assert (hall.state.count.seats, hall.state.items["i1"].vote.tally.yes) == (8, 1)
