"""One item of a sitting's agenda as a screen draws it: the sum, the facts, what it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components import money, sitting_said
from components.proposal_reading import period, text_of
from components.words import Words
from data.deciding_rules import Outcome
from data.deciding_standing import Course, ItemStanding, Standing, State
from data.members import Member
from data.projects import Project
from data.rules import Act, Actor, may
from data.sittings import Item, Sitting
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


def may_lead(actor: Actor, me: Member | None, day: date) -> bool:
    """Tell whether somebody may lead a sitting of a body: the office, and the body's chair."""
    if not may(actor, Act.SITTING_LEAD):
        return False
    return not may(actor, Act.VOTE_CAST) or bool(me and me.chair and me.sits(day))


def entry(
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
        "result": came_to(words, room, at),
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
    facts = {
        "proposal.applicant": project.applicant,
        "proposal.place": words.place(project.place),
        "proposal.period": period(words, project),
        "proposal.own_contribution": text_of(project.details, "own_contribution"),
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


def came_to(words: Words, room: Room, item: ItemStanding) -> dict[str, Any] | None:
    """Return what the last vote on an item came to; None while there is none."""
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
