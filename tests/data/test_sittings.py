"""A sitting from its opening to its decisions; and everything that is refused on the way."""

import pytest

from data import bodies, members, pots, sittings
from data.deciding_rules import Rules, Secret, Tie
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem
from data.rules import Actor, Role
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
