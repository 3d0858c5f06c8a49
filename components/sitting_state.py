"""A sitting as its screens draw it: one JSON for who leads, a smaller one for a member's own device.

Who voted what is in neither of them, and why somebody steps aside is for nobody's screen.
"""

from datetime import datetime
from typing import Any

from components import sitting_said
from components.sitting_items import Room, came_to, entry
from components.words import Words
from data import pots, projects
from data.deciding_standing import Ranking
from data.filters import local_day
from data.members import Member
from data.problems import NotFound
from data.projects import Project
from data.rules import Actor
from data.sittings import Item, Sitting
from data.store import Store


def loaded(
    store: Store, actor: Actor, sitting: Sitting, *, now: datetime
) -> tuple[dict[str, Project], dict[str, int]]:
    """Load the projects of an agenda, and what the pots of their funds still hold."""
    asked = [item.project for item in sitting.items if item.project]
    found = {}
    for project_id in asked:
        try:
            found[project_id] = projects.get(store, actor, project_id)
        except NotFound:
            continue  # withdrawn and erased meanwhile: the agenda still names it
    year = local_day(now).year
    funds = sorted({project.fund for project in found.values()})
    return found, {fund: pots.left(store, fund, year) for fund in funds}


def led(words: Words, room: Room) -> dict[str, Any]:
    """Return what the screen of who leads draws."""
    one = _item(room)
    return {
        **_shared(words, room),
        "seen": room.standing.last,
        "body": room.body,
        "secret": room.standing.rules.secret,
        "pots": [_pot(words, fund, cents) for fund, cents in room.left.items()],
        "items": [entry(words, room, item, full=True) for item in room.sitting.items],
        "item": {"id": one.id, "kind": one.kind} if one else None,
        "members": [_member(words, room, member) for member in room.members],
        "ranking": _ranking(words, room),
    }


def own(words: Words, room: Room) -> dict[str, Any]:
    """Return what a member's own device draws."""
    one = _item(room)
    return {
        **_shared(words, room),
        "lead": room.leads,
        "items": [entry(words, room, item, full=False) for item in room.sitting.items],
        "item": entry(words, room, one, full=True, brief=True) if one else None,
        "me": _me(room),
        "ranking": _ranking(words, room),
    }


# --- inside -----------------------------------------------------------------


def _item(room: Room) -> Item | None:
    return next((one for one in room.sitting.items if one.id == room.standing.item), None)


def _shared(words: Words, room: Room) -> dict[str, Any]:
    sitting, standing = room.sitting, room.standing
    return {
        "title": sitting.title,
        "place": sitting.place,
        "when": words.moment(sitting.held_at),
        "state": standing.state,
        "presence": {
            "text": sitting_said.presence(words, standing.count),
            "quorate": standing.count.able,
        },
        "vote": _vote(words, room),
        "result": _result(words, room),
    }


def _vote(words: Words, room: Room) -> dict[str, Any] | None:
    """Return the vote that runs: how many have voted, never who."""
    vote = room.standing.vote
    if not vote:
        return None
    return {
        "id": vote.id,
        "secret": vote.secret,
        "way": vote.way,
        "count": vote.given,
        "of": len(vote.present),
        "text": sitting_said.vote_running(words, room.standing),
        "voted": room.voted,
    }


def _result(words: Words, room: Room) -> dict[str, Any] | None:
    """Return what the last vote on the item in discussion came to."""
    item = room.standing.items.get(room.standing.item) if room.standing.item else None
    return came_to(words, room, item) if item and not room.standing.vote else None


def _pot(words: Words, fund: str, cents: int) -> str:
    return words("sitting.pot", fund=words(f"fund.{fund}"), left=words.money(cents))


def _member(words: Words, room: Room, member: Member) -> dict[str, Any]:
    standing = room.standing
    sort = "resident" if member.resident else "partner"
    part = words(f"sitting.part.{sort}{'_substitute' if member.substitute else ''}")
    here, votes = member.id in standing.present, member.id in standing.count.entitled
    if here and not votes:
        part = words("sitting.without_vote", part=part)
    item = standing.items.get(standing.item) if standing.item else None
    return {
        "id": member.id,
        "name": member.name,
        "part": part,
        "here": here,
        "aside": bool(item and member.id in item.recused),
    }


def _me(room: Room) -> dict[str, Any]:
    me, standing = room.me, room.standing
    if not me:
        return {"here": False, "aside": False, "entitled": False}
    item = standing.items.get(standing.item) if standing.item else None
    may = standing.vote.present if standing.vote else item.count.entitled if item else ()
    return {
        "here": me.id in standing.present,
        "aside": bool(item and me.id in item.recused),
        "entitled": me.id in may,
    }


def _ranking(words: Words, room: Room) -> dict[str, Any] | None:
    """Return the order that all make together, when the pot does not suffice."""
    ranking = room.standing.ranking
    if not ranking:
        return None
    return {
        "item": ranking.item,
        "running": ranking.running,
        "text": words(
            "sitting.ranked",
            n=words.number(len(ranking.lists)),
            all=words.number(len(ranking.present)),
        ),
        "count": len(ranking.lists),
        "of": len(ranking.present),
        "mine": bool(room.me and room.me.id in ranking.present),
        "given": bool(room.me and room.me.id in ranking.lists),
        "among": [_ranked(words, room, ranking, one) for one in ranking.among],
        "order": list(ranking.order),
        "ties": [list(tie) for tie in ranking.ties],
    }


def _ranked(words: Words, room: Room, ranking: Ranking, item_id: str) -> dict[str, Any]:
    item = next(one for one in room.sitting.items if one.id == item_id)
    shown = entry(words, room, item, full=False)
    points = ranking.points.get(item.id) if not ranking.running else None
    told = {"id": item.id, "title": item.title, "sum": shown["sum"], "score": points or 0}
    return told | {"points": words.many("sitting.points", points) if points is not None else ""}
