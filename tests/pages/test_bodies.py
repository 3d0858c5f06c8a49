# ruff: noqa: F811 (fixtures of other tests)
"""The page of the bodies, run whole in memory; and the door by which a member comes in."""

from datetime import date

import pytest

from components.words import LANGUAGES, words
from data import bodies, invitations, members, people
from data.problems import BadInput, Conflict
from data.rules import HOUSE, VISITOR, Actor, PersonId, Role
from tests.pages.test_accounts import COOKIE, client, send, store  # noqa: F401
from tests.pages.test_accounts import now as moment
from tests.pages.test_office import HOSTILE, here, press, show, text  # noqa: F401

ENTRY = {"resident": True, "substitute": False, "chair": False}
TERM = {"term_from": date(2026, 1, 1), "term_to": date(2027, 12, 31)}


def add(store, actor, number, *, now, body="jury", **changes):
    entry = {"name": f"Mitglied {number}"} | ENTRY | TERM | changes
    members.add(store, actor, member_id=f"m{number}", body_id=body, now=now, **entry)


@pytest.fixture
def seated(here, office, now):
    add(here.store, office, 1, now=now, name=HOSTILE)
    for number in range(2, 6):
        add(here.store, office, number, now=now, body="council", resident=number < 4)
    return here


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_draws_in_every_language(seated, lang) -> None:
    page = show("bodies", lang=lang)
    assert not page.exception
    say = words(lang)
    assert say("bodies.share_enough", residents=1, n=1) in text(page)
    assert "&lt;script&gt;" in text(page)
    assert "<script>" not in text(page)


def test_a_council_without_enough_residents_says_so(seated) -> None:
    page = show("bodies", lang="de")
    page.segmented_control(key="body-de").set_value("council").run()
    said = words("de")("bodies.share_short", residents=2, n=4, needed=3)
    assert said in text(page)


def test_a_member_is_confirmed_invited_and_shown_the_link_once(seated, office) -> None:
    page = press(show("bodies", lang="de"), "member-confirm-m1")
    assert not page.exception
    page = press(page, "member-invite-m1")
    assert not page.exception
    assert "/auth/member/" in text(page)
    page = press(page, "member-link-done")
    assert "/auth/member/" not in text(page)
    [found] = members.listing(seated.store, office, "jury", now=moment())
    assert (found.invited, found.confirmed_on is not None) == ("sent", True)


def test_a_member_is_entered_and_an_older_form_loses_nothing(seated, office, now) -> None:
    page = press(show("bodies", lang="de"), "member-add")
    page.text_input[0].set_value("Neu im Kiez")
    page = next(one for one in page.button if one.label == "Speichern").click().run()
    assert not page.exception
    assert "Neu im Kiez" in text(page)
    page = press(page, "member-edit-m1")
    members.change(seated.store, office, "m1", version=1, now=now, name="Anders", **ENTRY, **TERM)
    page.text_input[0].set_value("Mein Name dafür")
    page = next(one for one in page.button if one.label == "Speichern").click().run()
    assert words("de").problem(Conflict("member.changed")) in [one.value for one in page.error]
    assert page.text_input[0].value == "Mein Name dafür"
    assert "Anders" in text(page)


def test_an_account_made_by_hand_is_given_to_a_member(seated, office, now) -> None:
    people.add(
        seated.store, HOUSE, person_id=PersonId("p-hand"), login="hand", name=HOSTILE, role="jury",
        password="lang-genug-12", now=now,
    )  # fmt: skip
    page = press(show("bodies", lang="de"), "member-bind-m1")
    chosen_none = words("de").problem(BadInput("member.account_missing"))
    assert chosen_none in [one.value for one in page.error]
    page.selectbox[0].set_value("p-hand").run()
    page = press(page, "member-bind-m1")
    assert not page.exception
    assert members.of_person(seated.store, PersonId("p-hand"), "jury").id == "m1"
    assert not [one for one in page.button if one.key == "member-bind-m1"]


def test_the_rules_of_a_body_are_changed(seated, office) -> None:
    page = press(show("bodies", lang="de"), "body-rules-change")
    next(box for box in page.selectbox if "majority" in box.key).set_value("two_thirds")
    page = next(one for one in page.button if one.label == "Speichern").click().run()
    assert not page.exception
    assert bodies.get(seated.store, office, "jury").rules.majority == "two_thirds"


@pytest.mark.parametrize("actor", [VISITOR, Actor(Role.JURY, person=PersonId("p"))])
def test_nobody_else_sees_who_sits_in_a_body(seated, actor) -> None:
    seated.actor = actor
    page = show("bodies", lang="de")
    assert "Mitglied" not in text(page)
    assert not [one for one in page.button if (one.key or "").startswith("member-")]


# --- the door -----------------------------------------------------------------------


@pytest.fixture
def invited(store):
    actor = Actor(Role.OFFICE, person=PersonId("id-anna"))
    add(store, actor, 1, now=moment())
    invitations.invite(store, actor, "m1", token="t" * 43, now=moment())
    return f"/auth/member/{'t' * 43}"


def test_a_member_comes_in_by_one_button_and_a_preview_uses_nothing_up(
    client, invited, store
) -> None:
    for _ in range(3):
        shown = client.get(f"{invited}?lang=tr")
        assert shown.status_code == 200
        assert words("tr")("member_door.button") in shown.text
    came = send(client, f"{invited}?lang=tr")
    assert (came.status_code, came.headers["location"]) == (303, "/sitting?lang=tr")
    cookie = came.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Max-Age=2592000" in cookie
    who = people.who(store, came.cookies[COOKIE], now=moment())
    assert (who.role, who.name) == (Role.JURY, "Mitglied 1")


def test_a_link_used_twice_says_how_to_get_a_new_one(client, invited) -> None:
    send(client, invited)
    client.cookies.clear()
    for answer in (client.get(invited), client.get("/auth/member/none")):
        assert answer.status_code == 404
        assert words("de")("member_door.again") in answer.text
        assert "<form" not in answer.text


def test_a_link_is_not_used_by_what_was_not_sent_from_its_own_page(client, invited, store) -> None:
    assert client.post(invited, data={"form": "x" * 43}).status_code == 403
    assert store.read("select used_at from member_link") == [(None,)]
