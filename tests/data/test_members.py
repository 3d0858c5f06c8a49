"""Members of bodies, and the personal links by which they come in."""

from datetime import date, timedelta

import pytest

from data import bodies, invitations, member_accounts, members, people
from data.deciding_rules import Rules, Share
from data.members import Invited
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import HOUSE, Role
from tests.data.hall import Hall

ENTRY = {
    "name": "  Ayşe  Y. ",
    "resident": True,
    "substitute": False,
    "chair": False,
    "term_from": date(2026, 1, 1),
    "term_to": date(2027, 12, 31),
}


@pytest.fixture
def hall(store, now, office):
    made = Hall(store, now, office, None, None)
    members.add(store, office, member_id="m1", body_id="council", now=now, **ENTRY)
    return made


def test_the_two_bodies_are_there_with_rules_that_can_be_read(store, office):
    found = {one.id: one for one in bodies.listing(store, office)}
    assert {name: one.rules.seats for name, one in found.items()} == {"jury": 7, "council": 18}
    assert found["council"].rules.residents == Share(51, 100, more_than=False)


def test_a_member_is_entered_once_and_changed_only_as_it_was_seen(hall, store, office, now):
    again = members.add(store, office, member_id="m1", body_id="jury", now=now, **ENTRY)
    assert (again.body, again.name, again.version) == ("council", "Ayşe Y.", 1)
    changed = members.change(store, office, "m1", version=1, now=now, **ENTRY | {"chair": True})
    assert (changed.chair, changed.version) == (True, 2)
    with pytest.raises(Conflict):
        members.change(store, office, "m1", version=1, now=now, **ENTRY)


@pytest.mark.parametrize(
    ("body", "changes", "key"),
    [
        ("council", {"name": " "}, "name_missing"),
        ("council", {"name": "x" * 81}, "name_too_long"),
        ("council", {"term_to": date(2025, 1, 1)}, "term_ends_before"),
        ("council", {"term_to": None}, "term_missing"),
        ("council", {"chair": True, "substitute": True}, "chair_is_full"),
        ("jury", {"resident": False}, "jury_is_residents"),
        ("none", {}, "not_found"),
    ],
)
def test_what_no_member_can_be_is_refused(hall, store, office, now, body, changes, key):
    with pytest.raises((BadInput, NotFound), match=key):
        members.add(store, office, member_id="m2", body_id=body, now=now, **ENTRY | changes)
    assert len(members.listing(store, office, "council", now=now)) == 1


def test_of_age_and_residence_only_the_day_is_kept(hall, store, office, now):
    confirmed = members.confirm(store, office, "m1", version=1, now=now)
    members.confirm(store, office, "m1", version=1, now=now + timedelta(days=3))
    assert confirmed.confirmed_on == date(2026, 5, 4)
    [(trail,)] = store.read("select details from trail where details like '%confirmed%'")
    assert trail == '{"what": "confirmed"}'


def test_a_link_opens_once_for_a_month_and_says_why_not(hall, store, office, now):
    def state():
        return members.get(store, office, "m1", now=now).invited

    assert state() == Invited.NOT
    invitations.invite(store, office, "m1", token="old", now=now)
    invitations.invite(store, office, "m1", token="new", now=now)
    assert state() == Invited.SENT
    with pytest.raises(NotFound, match="unknown"):
        invitations.opened(store, "old", now=now)
    for _ in range(2):  # looked at, as a preview does, it is not used up
        assert invitations.opened(store, "new", now=now).name == "Ayşe Y."
    with pytest.raises(NotFound, match="over"):
        invitations.opened(store, "new", now=now + timedelta(days=31))
    used = {"person_id": "person-1", "session": "session-1", "now": now}
    invitations.accept(store, "new", **used)
    with pytest.raises(NotFound, match="used"):
        invitations.accept(store, "new", **used | {"session": "session-2"})
    assert state() == Invited.IN
    actor = people.who(store, "session-1", now=now + timedelta(days=29))
    assert (actor.role, actor.person, actor.name) == (Role.JURY, "person-1", "Ayşe Y.")
    assert people.who(store, "session-2", now=now).role == Role.VISITOR
    assert members.of_person(store, actor.person, "council").id == "m1"
    [(count,)] = store.read("select count(*) from trail where details like '%link_used_again%'")
    assert count == 1


def test_an_account_by_link_has_no_password_that_opens_it(hall, store, now):
    hall.let_in(1)
    [(login,)] = store.read("select login from person")
    for password in ("", " ", "link-1"):
        with pytest.raises(NotAllowed):
            people.log_in(store, login, password, token="t", now=now)


def test_a_new_link_is_the_same_account_on_another_device(hall, store, now):
    hall.let_in(1)
    hall.let_in(1, token="second")
    assert people.who(store, "in-second", now=now) == people.who(store, "in-link-1", now=now)
    assert len(store.read("select id from person")) == 1


def test_who_is_removed_is_logged_out_and_no_link_opens_any_more(hall, store, office, now):
    hall.let_in(1)
    invitations.invite(store, office, "m1", token="unused", now=now)
    version = members.get(store, office, "m1", now=now).version
    gone = members.remove(store, office, "m1", version=version, now=now)
    assert gone.removed
    assert not gone.sits(date(2026, 5, 4))
    assert people.who(store, "in-link-1", now=now).role == Role.VISITOR
    with pytest.raises(NotFound, match="over"):
        invitations.opened(store, "unused", now=now)
    with pytest.raises(Conflict, match="removed"):
        invitations.invite(store, office, "m1", token="again", now=now)


def test_rules_no_sitting_can_go_by_are_refused(store, office, now):
    for how in (Rules(quorum=Share(3, 2, more_than=True)), Rules(papers_days=-1)):
        with pytest.raises(BadInput, match="rules_unreadable"):
            bodies.change(store, office, "jury", version=1, title="Jury", how=how, now=now)


# --- accounts that are there already -----------------------------------------------


@pytest.fixture
def seated(hall, store, office, now):
    """Two accounts of the jury and one of the office, made by hand; a member in each body."""
    for login, role in (("ayse", "jury"), ("bert", "jury"), ("olga", "office")):
        people.add(
            store, HOUSE, person_id=f"p-{login}", login=login, name=login.title(), role=role,
            password="lang-genug-12", now=now,
        )  # fmt: skip
    members.add(store, office, member_id="m2", body_id="council", now=now, **ENTRY)
    members.add(store, office, member_id="j1", body_id="jury", now=now, **ENTRY)
    return store


def free(store, office, body="council"):
    return [one.id for one in member_accounts.free(store, office, body)]


def bind(store, actor, member_id, person_id, now):
    member_accounts.bind(store, actor, member_id, person_id=person_id, now=now)


def test_an_account_made_by_hand_is_given_a_seat_once_in_each_body(seated, office, now):
    assert free(seated, office) == ["p-ayse", "p-bert"]
    for _ in range(2):
        bind(seated, office, "m1", "p-ayse", now)
    assert members.of_person(seated, "p-ayse", "council").id == "m1"
    assert members.get(seated, office, "m1", now=now).invited == Invited.IN
    assert (free(seated, office), free(seated, office, "jury")) == (
        ["p-bert"],
        ["p-ayse", "p-bert"],
    )
    bind(seated, office, "j1", "p-ayse", now)
    noted = seated.read("select person_id from trail where details like '%bound%'")
    assert noted == [(office.person,), (office.person,)]


def test_an_account_that_cannot_have_the_seat_is_refused(seated, office, now):
    bind(seated, office, "m1", "p-ayse", now)
    for person, member, key in (
        ("p-ayse", "m2", "account_not_free"),  # one person, two votes
        ("p-olga", "m2", "account_not_free"),  # the office never votes
        ("p-none", "m2", "account_not_free"),
        ("p-bert", "m1", "has_account"),
        ("p-bert", "m9", "not_found"),
    ):
        with pytest.raises((BadInput, Conflict, NotFound), match=key):
            bind(seated, office, member, person, now)
    seated.write(
        lambda tx: tx.execute(
            "update person set disabled_at = $now where id = 'p-bert'", {"now": now}
        )
    )
    with pytest.raises(BadInput, match="not_free"):
        bind(seated, office, "m2", "p-bert", now)
    members.remove(seated, office, "m2", version=1, now=now)
    with pytest.raises(Conflict, match="removed"):
        bind(seated, office, "m2", "p-bert", now)
    assert free(seated, office) == []


def test_who_was_taken_off_is_free_again_and_a_link_account_shows_no_login(seated, office, now):
    bind(seated, office, "m1", "p-ayse", now)
    version = members.get(seated, office, "m1", now=now).version
    members.remove(seated, office, "m1", version=version, now=now)
    assert free(seated, office) == ["p-ayse", "p-bert"]
    invitations.invite(seated, office, "m2", token="t", now=now)
    invitations.accept(seated, "t", person_id="p-link", session="s", now=now)
    found = {one.id: one.login for one in member_accounts.free(seated, office, "jury")}
    assert found == {"p-ayse": "ayse", "p-bert": "bert", "p-link": ""}
