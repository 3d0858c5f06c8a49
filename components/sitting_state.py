"""A sitting as its screens draw it: one JSON for who leads, a smaller one for a member's own device.

Who voted what is in neither of them, and why somebody steps aside is for nobody's screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from components import money, sitting_said
from components.words import Words
from data import pots, projects
from data.deciding_rules import Outcome
from data.deciding_standing import Course, ItemStanding, Ranking, Standing, State
from data.filters import local_day
from data.members import Member
from data.problems import NotFound
from data.projects import Project
from data.rules import Actor
from data.sittings import Item, Sitting
from data.store import Store
from data.texts import lang_of

LONGEST = 700  # signs of a project's description on a phone
OVER = (Course.DECIDED, Course.POSTPONED)


@dataclass(frozen=True)
class Room:
    """What is known of a sitting now. `me` is the member that asks, `voted` the own vote is in."""

    sitting: Sitting
    body: str
    standing: Standing
    projects: Mapping[str, Project]
    left: Mapping[str, int]  # cents in each fund's pot
    members: Sequence[Member]
    me: Member | None = None
    leads: bool = False
    voted: bool = False


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
        "items": [_entry(words, room, item, full=True) for item in room.sitting.items],
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
        "items": [_entry(words, room, item, full=False) for item in room.sitting.items],
        "item": _entry(words, room, one, full=True, brief=True) if one else None,
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
    return _came_to(words, room, item) if item and not room.standing.vote else None


def _came_to(words: Words, room: Room, item: ItemStanding) -> dict[str, Any] | None:
    vote = item.vote
    if not vote or vote.running or not vote.tally:
        return None
    return {
        "vote": vote.id,
        "text": sitting_said.result(words, vote),
        "rule": sitting_said.rule(words, room.standing.rules, vote),
        "accepted": item.outcome == Outcome.ACCEPTED,
        "tie": item.outcome == Outcome.TIE and room.standing.rules.tie,
    }


def _entry(
    words: Words, room: Room, item: Item, *, full: bool, brief: bool = False
) -> dict[str, Any]:
    """Return one item of the agenda; `full` with all that is needed to talk about and decide it."""
    at = room.standing.items.get(item.id, ItemStanding(item.id))
    project = room.projects.get(item.project) if item.project else None
    told: dict[str, Any] = {"id": item.id, "kind": item.kind, "title": item.title}
    told |= dict(zip(("state", "chip"), _chip(words, room, item, at), strict=True))
    told |= {"done": _done(room, item, at), "final": at.final}
    cents = at.cents if at.cents is not None else project.cents if project else None
    told["sum"] = words.money(cents) if cents is not None else ""
    if full:
        told |= _full(words, room, at)
    if full and project and cents is not None:
        told |= _about(words, project, cents)
        if brief:
            told |= {"words": _words(project), "lang": lang_of(project.description, "de")}
    if full and item.id == room.standing.item:
        told["needed"] = sitting_said.votes_needed(words, room.standing.rules, at.count)
        told["short"] = _short(words, room, at, project, cents)
    return told


def _full(words: Words, room: Room, at: ItemStanding) -> dict[str, Any]:
    voids = [vote for vote in at.votes if vote.void]
    return {
        "conditions": at.conditions,
        "bound": words("sitting.bound", conditions=at.conditions) if at.conditions else "",
        "result": _came_to(words, room, at),
        "void": words("sitting.void", reason=_why_void(words, voids[-1].void))
        if voids and at.votes[-1].void
        else "",
        "decided": _decided(words, at),
    }


def _why_void(words: Words, reason: str) -> str:
    """Say why a vote does not count; the house's own reasons are keys, a person's are words."""
    known = {"restart", "postponed"}
    return words(f"sitting.void.{reason}") if reason in known else reason


def _decided(words: Words, at: ItemStanding) -> str:
    if at.course not in OVER or not at.reason:
        return ""
    return words("sitting.reason", reason=at.reason)


def _about(words: Words, project: Project, cents: int) -> dict[str, Any]:
    details = project.details
    facts = {
        "proposal.applicant": project.applicant,
        "proposal.place": words.place(project.place),
        "proposal.period": str(details.get("period", "")),
        "proposal.own_contribution": str(details.get("own_contribution", "")),
        "sitting.pins": words.number(project.pins) if project.pins else "",
    }
    return {
        "facts": [[words(key), value] for key, value in facts.items() if value],
        "asked": words("sitting.asked", sum=words.money(project.cents))
        if cents != project.cents
        else "",
        "typed": money.typed(cents),
        "read": f"proposals?project={project.number}&lang={words.lang}",
        "fund": words(f"fund.{project.fund}"),
    }


def _words(project: Project) -> str:
    text = project.description
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _short(
    words: Words, room: Room, at: ItemStanding, project: Project | None, cents: int | None
) -> str:
    """Say what stands in a decision's way: too few without those aside, or too little money."""
    said = sitting_said.item_short(words, at) if room.standing.count.able else ""
    left = room.left.get(project.fund, 0) if project else 0
    if not said and project and cents is not None and cents > left and at.course not in OVER:
        said = words("sitting.pot_short", left=words.money(left), missing=words.money(cents - left))
    return said


def _pot(words: Words, fund: str, cents: int) -> str:
    return words("sitting.pot", fund=words(f"fund.{fund}"), left=words.money(cents))


def _done(room: Room, item: Item, at: ItemStanding) -> bool:
    talked = item.kind == "talk" and at.course != Course.WAITING and item.id != room.standing.item
    return at.course in OVER or talked


def _chip(words: Words, room: Room, item: Item, at: ItemStanding) -> tuple[str, str]:
    """Return where an item stands: a name for its look, and a word."""
    if at.course == Course.POSTPONED:
        return "postponed", words("project_status.postponed")
    if at.course == Course.DECIDED and at.outcome == Outcome.REJECTED:
        return "rejected", words("project_status.rejected")
    if at.course == Course.DECIDED and item.kind == "project":
        bound = "_with_conditions" if at.conditions else ""
        return "approved", words(f"project_status.approved{bound}")
    if item.id == room.standing.item and room.standing.state == State.OPEN:
        return "now", words("sitting.now")
    if at.outcome == Outcome.ACCEPTED:
        return "accepted", words("sitting.accepted")
    return ("done", words("sitting.done")) if _done(room, item, at) else ("", "")


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
    entry = _entry(words, room, item, full=False)
    points = ranking.points.get(item.id) if not ranking.running else None
    told = {"id": item.id, "title": item.title, "sum": entry["sum"], "score": points or 0}
    return told | {"points": words.many("sitting.points", points) if points is not None else ""}
