"""The doors of bodies, members and sittings, for the rights matrix: each door's act, and how to knock."""

from datetime import date

from data import (
    bodies,
    invitations,
    member_accounts,
    members,
    sitting_checks,
    sitting_lead,
    sittings,
)
from data.deciding_rules import Rules
from data.rules import Act


def doors(store, area, now, draft):
    """Return the doors; the bodies of the schema are there, no member and no sitting is."""
    return {
        **_bodies(store, now),
        **_members(store, now),
        **_planned(store, now),
        **_led(store, now),
    }


def _bodies(store, now):
    new = {"kind": "jury", "title": "Jury", "valid_from": date(2026, 1, 1), "now": now}
    how = Rules()
    return {
        "bodies.listing": (Act.BODY_READ, lambda a: bodies.listing(store, a)),
        "bodies.get": (Act.BODY_READ, lambda a: bodies.get(store, a, "jury")),
        "bodies.add": (
            Act.BODY_WRITE,
            lambda a: bodies.add(store, a, body_id=f"body-{a.role}", **new),
        ),
        "bodies.change": (
            Act.BODY_WRITE,
            lambda a: bodies.change(store, a, "jury", version=9, title="Rat", how=how, now=now),
        ),
    }


def _members(store, now):
    entry = {"name": "Mitglied", "resident": True, "substitute": False, "chair": False}
    entry |= {"term_from": date(2026, 1, 1), "term_to": date(2027, 12, 31), "now": now}
    one = {"version": 1, "now": now}
    return {
        "members.listing": (Act.BODY_READ, lambda a: members.listing(store, a, "jury", now=now)),
        "members.get": (Act.BODY_READ, lambda a: members.get(store, a, "m", now=now)),
        "members.add": (
            Act.BODY_WRITE,
            lambda a: members.add(store, a, member_id=f"m-{a.role}", body_id="jury", **entry),
        ),
        "members.change": (
            Act.BODY_WRITE,
            lambda a: members.change(store, a, "m", version=1, **entry),
        ),
        "members.confirm": (Act.BODY_WRITE, lambda a: members.confirm(store, a, "m", **one)),
        "members.remove": (Act.BODY_WRITE, lambda a: members.remove(store, a, "m", **one)),
        "member_accounts.free": (Act.BODY_WRITE, lambda a: member_accounts.free(store, a, "jury")),
        "member_accounts.bind": (
            Act.BODY_WRITE,
            lambda a: member_accounts.bind(store, a, "m", person_id="person-1", now=now),
        ),
        "invitations.invite": (
            Act.BODY_WRITE,
            lambda a: invitations.invite(store, a, "m", token=f"t-{a.role}", now=now),
        ),
    }


def _planned(store, now):
    plan = {"title": "Sitzung", "place": "", "held_at": now, "public": False, "now": now}
    knocks = {
        "plan": lambda a: sittings.plan(
            store, a, sitting_id=f"sitting-{a.role}", body_id="jury", **plan
        ),
        "change": lambda a: sittings.change(store, a, "none", version=1, **plan),
        "put_on": lambda a: sittings.put_on(store, a, "none", items=[], version=1, now=now),
        "send_papers": lambda a: sittings.send_papers(store, a, "none", version=1, now=now),
    }
    reads = {
        "sitting_plan.listing": lambda a: sittings.listing(store, a),
        "sitting_plan.get": lambda a: sittings.get(store, a, "none"),
        "sitting_standing.standing": lambda a: sittings.standing(store, a, "none", now=now),
        "sitting_standing.stamp": lambda a: sittings.stamp(store, a, "none"),
        "sitting_standing.recount": lambda a: sittings.recount(store, a, "none"),
        "sitting_checks.void_lost": lambda a: sitting_checks.void_lost(store, a, "none", now=now),
    }
    return {
        **{f"sitting_plan.{name}": (Act.SITTING_WRITE, knock) for name, knock in knocks.items()},
        **{name: (Act.SITTING_READ, knock) for name, knock in reads.items()},
    }


def _led(store, now):
    led = {"seen": 0, "now": now}
    one = {"item_id": "i", **led}
    who = {"member_id": "m", "now": now}
    numbers = {"yes": 1, "no": 0, "abstain": 0}
    knocks = {
        "sitting_lead.led": lambda a: sitting_lead.led(store, a, "none", print, **led),
        "sitting_presence.open_": lambda a: sittings.open_(store, a, "none", **led),
        "sitting_presence.come": lambda a: sittings.come(store, a, "none", **who),
        "sitting_presence.leave": lambda a: sittings.leave(store, a, "none", **who),
        "sitting_presence.recuse": lambda a: sittings.recuse(
            store, a, "none", item_id="i", why="own", **who
        ),
        "sitting_presence.unrecuse": lambda a: sittings.unrecuse(
            store, a, "none", item_id="i", **who
        ),
        "sitting_presence.close": lambda a: sittings.close(store, a, "none", **led),
        "sitting_presence.reopen": lambda a: sittings.reopen(store, a, "none", reason="x", **led),
        "sitting_decisions.begin_item": lambda a: sittings.begin_item(store, a, "none", **one),
        "sitting_decisions.change_sum": lambda a: sittings.change_sum(
            store, a, "none", cents=1, **one
        ),
        "sitting_decisions.set_conditions": lambda a: sittings.set_conditions(
            store, a, "none", conditions="", **one
        ),
        "sitting_decisions.postpone": lambda a: sittings.postpone(
            store, a, "none", reason="x", **one
        ),
        "sitting_decisions.decide": lambda a: sittings.decide(store, a, "none", reason="", **one),
        "sitting_votes.begin_vote": lambda a: sittings.begin_vote(
            store, a, "none", vote_id="v", secret=False, **one
        ),
        "sitting_votes.count_hands": lambda a: sittings.count_hands(
            store, a, "none", vote_id="v", **numbers, **led
        ),
        "sitting_votes.end_vote": lambda a: sittings.end_vote(store, a, "none", vote_id="v", **led),
        "sitting_votes.void_vote": lambda a: sittings.void_vote(
            store, a, "none", vote_id="v", reason="x", **led
        ),
        "sitting_votes.break_tie": lambda a: sittings.break_tie(
            store, a, "none", accepted=True, **one
        ),
        "sitting_ranking.begin_ranking": lambda a: sittings.begin_ranking(
            store, a, "none", among=[], **one
        ),
        "sitting_ranking.end_ranking": lambda a: sittings.end_ranking(store, a, "none", **led),
        "sitting_ranking.settle_ranking": lambda a: sittings.settle_ranking(
            store, a, "none", order=[], **led
        ),
        "sitting_ranking.decide_ranking": lambda a: sittings.decide_ranking(
            store, a, "none", reason="x", **led
        ),
    }
    votes = {
        "sitting_casting.vote": lambda a: sittings.vote(
            store, a, "none", vote_id="v", choice="yes", now=now
        ),
        "sitting_ranking.rank": lambda a: sittings.rank(store, a, "none", order=[], now=now),
    }
    return {
        **{name: (Act.SITTING_LEAD, knock) for name, knock in knocks.items()},
        **{name: (Act.VOTE_CAST, knock) for name, knock in votes.items()},
        "sitting_standing.voted": (
            Act.SITTING_ATTEND,
            lambda a: sittings.voted(store, a, "none"),
        ),
    }
