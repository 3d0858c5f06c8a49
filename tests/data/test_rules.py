import importlib
import inspect
import pkgutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import data
from data import (
    cells,
    groups,
    needs,
    office,
    people,
    pins,
    projects,
    rules,
    settings,
    trail,
)
from data.filters import Box, Filter
from data.problems import NotAllowed, Problem
from data.rules import ALLOWED, Act, Actor, Role

# Written out once more on purpose: who widens a right has to say so here too.
PUBLIC = {Act.PIN_ADD, Act.PIN_READ, Act.PIN_SUPPORT, Act.OFFER_MAKE, Act.FEEDBACK_GIVE}
PUBLIC |= {Act.ADVICE_ASK}
OWN = {Act.PIN_FOLLOW, Act.PIN_WITHDRAW, Act.PHOTO_ADD, Act.BETTER_SAY}
LEADING = {Act.MEETING_ATTEND, Act.MEETING_LEAD}
APPLYING = {Act.APPLICATION_READ, Act.APPLICATION_WRITE, Act.PROJECT_MOVE}
DECIDING = {Act.VOTE_CAST, Act.SITTING_ATTEND, Act.JURY_NOTE}
READING = {Act.NEED_READ, Act.PROJECT_READ, Act.PARTNER_READ, Act.FUND_READ, Act.BODY_READ}
READING |= {Act.SITTING_READ}
ADMINS = {Act.PERSON_MANAGE, Act.SETTING_CHANGE, Act.FUND_WRITE}
EXPECTED = {
    Role.VISITOR: PUBLIC,
    Role.SENDER: PUBLIC | OWN,
    Role.GUEST: PUBLIC | {Act.MEETING_ATTEND},
    Role.FACILITATOR: PUBLIC | LEADING,
    Role.APPLICANT: PUBLIC | APPLYING,
    Role.JURY: PUBLIC | READING | DECIDING | {Act.SITTING_LEAD},  # leading as the chair alone
    Role.OFFICE: set(Act) - OWN - DECIDING - ADMINS,
    Role.ADMIN: set(Act) - OWN - DECIDING,
    Role.HOUSE: set(Act) - OWN - DECIDING,
}


def actor_of(role: Role) -> Actor:
    return Actor(
        role,
        person=f"person-{role}",
        pin="pin-1" if role is Role.SENDER else None,
        meeting="meeting-1" if role in (Role.GUEST, Role.FACILITATOR) else None,
        project="project-1" if role is Role.APPLICANT else None,
    )


def test_every_act_has_a_row_and_no_row_is_without_an_act():
    assert set(ALLOWED) == set(Act)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_role_may_do_what_its_line_says_and_nothing_else(role, act):
    expected = act in EXPECTED[role]
    assert rules.may(actor_of(role), act) is expected
    if expected:
        rules.check(actor_of(role), act)
    else:
        with pytest.raises(NotAllowed):
            rules.check(actor_of(role), act)


def test_voting_is_never_the_offices():
    votes = [act for act in Act if "vote" in act]
    assert all(Role.OFFICE not in ALLOWED[act] for act in votes)


def office_doors(store, now):
    return {
        "groups.accept": (
            Act.NEED_WRITE,
            lambda a: groups.accept(
                store,
                a,
                SimpleNamespace(ids=["pin-2"], why={}),
                need_id="need-3",
                title="Laut",
                field="OER",
                priority="now",
                ids=["pin-2"],
                now=now,
            ),
        ),
        "office.handled": (Act.PIN_REVIEW, lambda a: office.handled(store, a)),
        "office.pins_by_id": (Act.PIN_READ_ALL, lambda a: office.pins_by_id(store, a, ["wait"])),
        "office.kinds_behind": (Act.NEED_READ, lambda a: office.kinds_behind(store, a)),
    }


def people_doors(store, now):
    one = {"person_id": "person-9", "now": now}
    new = {"login": "neu", "name": "Neu", "role": "jury", "password": "lang-genug-12"}
    knocks = {
        "listing": lambda a: people.listing(store, a),
        "add": lambda a: people.add(store, a, **one, **new),
        "disable": lambda a: people.disable(store, a, **one),
        "enable": lambda a: people.enable(store, a, **one),
        "change_password": lambda a: people.change_password(store, a, **one, password="x" * 12),
        "log_out_everywhere": lambda a: people.log_out_everywhere(store, a, **one),
        "offer_setup": lambda a: people.offer_setup(store, a, role="jury", token="t", now=now),
    }
    return {f"people.{name}": (Act.PERSON_MANAGE, knock) for name, knock in knocks.items()}


@pytest.fixture
def doors(store, area, now, draft, spots):
    """Every door of the data layer that asks for a right: its act, and how to knock."""
    project = {
        "title": "Licht",
        "description": "",
        "fund": "aktionsfonds",
        "cents": 100_00,
        "field": "OER",
        "climate": False,
        "at": spots.lawn,
        "area": area,
        "need_ids": ["need-1"],
    }
    need = {"title": "Licht", "field": "OER", "priority": "now", "pin_ids": ["pin-2"]}
    told = {"authority": "sga", "sentence": "Weitergegeben.", "version": 1}
    more = {"need_ids": [], "version": 1}
    return {
        "pins.add": (Act.PIN_ADD, lambda a: pins.add(store, a, area, [draft(id="n")], now=now)),
        "pins.add released": (
            Act.PIN_IMPORT,
            lambda a: pins.add(store, a, area, [draft(id="m", released=True)], now=now),
        ),
        "pins.listing": (Act.PIN_READ, lambda a: pins.listing(store, a, Filter())),
        "pins.count": (Act.PIN_READ, lambda a: pins.count(store, a, Filter())),
        "pins.release": (Act.PIN_REVIEW, lambda a: pins.release(store, a, ["wait"], now=now)),
        "pins.hide": (
            Act.PIN_REVIEW,
            lambda a: pins.hide(store, a, ["pin-2"], reason="spam", now=now),
        ),
        "pins.withdraw": (Act.PIN_WITHDRAW, lambda a: pins.withdraw(store, a, now=now)),
        "pins.follow": (Act.PIN_FOLLOW, lambda a: pins.follow(store, a)),
        "needs.create": (
            Act.NEED_WRITE,
            lambda a: needs.create(store, a, need_id="need-2", **need, now=now),
        ),
        "needs.change": (
            Act.NEED_WRITE,
            lambda a: needs.change(store, a, "need-1", version=1, title="Neu", now=now),
        ),
        "needs.add_pins": (
            Act.NEED_WRITE,
            lambda a: needs.add_pins(store, a, "need-1", pin_ids=["pin-2"], now=now),
        ),
        "needs.remove_pins": (
            Act.NEED_WRITE,
            lambda a: needs.remove_pins(store, a, "need-1", pin_ids=["pin-1"], now=now),
        ),
        "needs.forward": (
            Act.NEED_HAND_ON,
            lambda a: needs.forward(store, a, "need-1", **told, now=now),
        ),
        "needs.get": (Act.NEED_READ, lambda a: needs.get(store, a, "need-1")),
        "needs.listing": (Act.NEED_READ, lambda a: needs.listing(store, a)),
        "needs.counts": (Act.NEED_READ, lambda a: needs.counts(store, a)),
        "needs.pins_of": (Act.NEED_READ, lambda a: needs.pins_of(store, a, "need-1")),
        "groups.suggestions": (
            Act.GROUP_SUGGEST,
            lambda a: groups.suggestions(store, a, Filter()),
        ),
        "groups.dismiss": (
            Act.GROUP_SUGGEST,
            lambda a: groups.dismiss(store, a, ["pin-2"], now=now),
        ),
        "groups.restore": (
            Act.GROUP_SUGGEST,
            lambda a: groups.restore(store, a, groups.key_of(["y"]), now=now),
        ),
        "projects.create": (
            Act.PROJECT_WRITE,
            lambda a: projects.create(store, a, project_id="project-2", **project, now=now),
        ),
        "projects.change": (
            Act.PROJECT_WRITE,
            lambda a: projects.change(
                store, a, "project-1", version=1, area=area, title="Neu", now=now
            ),
        ),
        "projects.add_needs": (
            Act.PROJECT_WRITE,
            lambda a: projects.add_needs(store, a, "project-1", **more, now=now),
        ),
        "projects.get": (Act.PROJECT_READ, lambda a: projects.get(store, a, "project-1")),
        "projects.listing": (Act.PROJECT_READ, lambda a: projects.listing(store, a)),
        "projects.pins_behind": (
            Act.PROJECT_READ,
            lambda a: projects.pins_behind(store, a, "project-1"),
        ),
        **office_doors(store, now),
        **{
            name: door
            for file in sorted(Path(__file__).parent.glob("doors_*.py"))
            for name, door in importlib.import_module(f"tests.data.{file.stem}")
            .doors(store, area, now, draft)
            .items()
        },
        **people_doors(store, now),
        "cells.in_view": (
            Act.PIN_READ,
            lambda a: cells.in_view(store, a, Filter(), Box(*area.box), zoom=16),
        ),
        "pins.get": (Act.PIN_READ, lambda a: pins.get(store, a, "pin-1")),
        "trail.steps_with_notes": (
            Act.TRAIL_READ,
            lambda a: trail.steps_with_notes(store, a, "pin", "pin-1"),
        ),
        "settings.change": (
            Act.SETTING_CHANGE,
            lambda a: settings.change(store, a, "moderation", "at_once", now=now),
        ),
    }


@pytest.mark.parametrize("role", Role)
def test_a_refused_act_leaves_the_database_as_it_was(store, office_day, doors, fingerprint, role):
    before, revision = fingerprint(store), store.revision
    for name, (act, knock) in doors.items():
        if act in EXPECTED[role]:
            continue
        with pytest.raises(NotAllowed):
            knock(actor_of(role))
        if store.revision != revision:  # something was written: a count of tries at most
            assert fingerprint(store) == before, name
            revision = store.revision


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_do_is_not_refused_as_not_allowed(store, office_day, doors, role):
    for name, (act, knock) in doors.items():
        if act not in EXPECTED[role]:
            continue
        try:
            knock(actor_of(role))
        except NotAllowed:
            pytest.fail(f"{role} was refused {name}")
        except Problem:
            pass  # another door of this round has moved the thing on


def test_every_act_has_a_door_here(doors):
    assert {act for act, _ in doors.values()} == set(Act)


def test_every_function_that_takes_an_actor_is_a_door_here(doors):
    elsewhere = {"exchange.take_in"}  # needs a file: test_exchange.py, a visitor imports nothing
    found = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(data.__path__)
        for name, function in inspect.getmembers(
            importlib.import_module(f"data.{module.name}"), inspect.isfunction
        )
        if function.__module__ == f"data.{module.name}"
        and not name.startswith("_")
        and {"store", "actor"} <= inspect.signature(function).parameters.keys()
    }
    assert found - elsewhere == {name.split()[0] for name in doors}


def test_a_sender_cannot_follow_or_withdraw_anothers_pin(store, office_day, fingerprint, now):
    stranger = Actor(Role.SENDER, pin="wait")
    before = fingerprint(store)
    with pytest.raises(Problem):
        pins.get(store, Actor(Role.SENDER, pin="other"), "wait")
    assert pins.get(store, stranger, "wait").id == "wait"
    assert fingerprint(store) == before
