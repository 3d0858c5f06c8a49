"""A sitting's minutes as a PDF, in the language that was asked for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from components import sitting_said
from components.words import Words
from data import instance, minutes
from data.deciding_rules import Outcome, Share
from data.deciding_standing import Course, ItemId, Vote
from data.filters import BERLIN
from data.minutes import Attended, Ballot, Handled, Minutes
from data.texts import isolated, lang_of
from pages.api import acts, pdf
from pages.api.pdf import Block, Document, Run

VOID = ("restart", "postponed")  # reasons that the program gives


def sheet(request: Request) -> Response:
    """Return the minutes of a sitting for whoever may read it; a draft until it is closed."""
    here, say = instance.running(), acts.say(request)
    told = minutes.of(here.store, acts.person(request), request.query_params.get("sitting", ""))
    made = pdf.drawn(say, document(say, told, here.area.title))
    return pdf.answer(made, f"{say('minutes.file')}-{told.sitting.number}-{say.lang}.pdf")


def document(say: Words, told: Minutes, area: str) -> Document:
    """Lay minutes out."""
    return Document(
        title=f"{say('minutes.title')}: {told.sitting.title}",
        brand=f"Kiezkarte · {area}",
        blocks=list(_blocks(say, told)),
        foot=say("minutes.foot", title=isolated(told.sitting.title), last=told.last),
        moment=told.last_at,
        draft=say("minutes.draft") if told.draft else "",
    )


# --- inside -----------------------------------------------------------------


def _blocks(say: Words, told: Minutes) -> Iterator[Block]:
    yield _heading(1, f"{say('minutes.title')}: {isolated(told.sitting.title)}")
    if told.draft:
        yield _strong(say("minutes.draft_line", moment=say.moment(told.last_at)))
    yield {"is": "facts", "rows": _facts(say, told)}
    yield _heading(2, say("minutes.attendance"))
    yield _attendance(say, told)
    if told.absent:
        yield _line(f"{say('minutes.absent')}: {_names(say, told.absent)}")
    yield _line(_quorum(say, told))
    if told.pots:
        yield _heading(2, say("minutes.pots"))
        yield _pots(say, told)
    yield _heading(2, say("minutes.agenda"))
    for place, one in enumerate(told.handled, 1):
        yield from _item(say, told, place, one)
    yield from _rest(say, told)


def _facts(say: Words, told: Minutes) -> list[list[Run]]:
    sitting = told.sitting
    rows = [("body", told.body), ("day", say.day(sitting.held_at))]
    rows += [("place", sitting.place)] if sitting.place else []
    rows += [("opened", _clock(sitting.opened_at))] if sitting.opened_at else []
    rows += [("closed", say.moment(sitting.closed_at))] if sitting.closed_at else []
    rows += [("papers", say.moment(sitting.papers_at))] if sitting.papers_at else []
    rows += [("access", say("minutes.public" if sitting.public else "minutes.closed_door"))]
    return [[say(f"minutes.{name}"), text] for name, text in rows]


def _attendance(say: Words, told: Minutes) -> Block:
    rows = [[_name(say, one.name), _part(say, one), _spans(say, one)] for one in told.attended]
    return {
        "is": "table",
        "widths": [3, 2, 2],
        "head": [say(f"minutes.{name}") for name in ("name", "part", "times")],
        "rows": rows or [[say("minutes.nobody"), "", ""]],
    }


def _part(say: Words, one: Attended) -> str:
    part = "resident" if one.resident else "partner"
    return say(f"sitting.part.{part}{'_substitute' if one.substitute else ''}")


def _spans(say: Words, one: Attended) -> str:
    return ", ".join(
        say("minutes.span", start=_clock(came), end=_clock(left))
        if left
        else say("minutes.since", start=_clock(came))
        for came, left in one.spans
    )


def _quorum(say: Words, told: Minutes) -> str:
    seats = told.seats
    needed = told.rules.quorum.of(seats)
    said = say("minutes.quorum", needed=say.number(needed), seats=say.number(seats))
    asked = told.rules.residents
    if asked is None:
        return said
    how = "more" if asked.more_than else "least"
    return f"{said} {say(f'minutes.residents.{how}', share=_share(say, asked))}"


def _share(say: Words, share: Share) -> str:
    """Write a share as a percentage where it is a whole one, else as a fraction."""
    if 100 * share.part % share.whole == 0:
        return say.percent(100 * share.part // share.whole)
    return f"{share.part}/{share.whole}"


def _pots(say: Words, told: Minutes) -> Block:
    return {
        "is": "table",
        "widths": [2, 1, 1],
        "numbers": [1, 2],
        "head": [say(f"minutes.{name}") for name in ("fund", "before", "after")],
        "rows": [
            [f"{say(f'fund.{one.fund}')} {one.year}", say.money(one.before), say.money(one.after)]
            for one in told.pots
        ],
    }


def _item(say: Words, told: Minutes, place: int, one: Handled) -> Iterator[Block]:
    title = isolated(one.item.title)
    yield _heading(3, say("minutes.item", n=place, title=title, time=_clock(one.begun_at)))
    if one.asked is not None:
        yield _line(say("minutes.asked", sum=say.money(one.asked)))
    for at, cents in one.sums:
        yield _line(say("minutes.sum_changed", time=_clock(at), sum=say.money(cents)))
    if one.recused:
        names = _names(say, one.recused)
        yield _line(say.many("minutes.recused", len(one.recused), names=names))
    for vote in one.standing.votes:
        yield _line(_vote(say, told, vote, one.ballots))
    if one.by_chair:
        yield _line(say("minutes.by_chair"))
    if one.item.kind == "ranking":
        yield from _ranking(say, told, one)
    yield _strong(_decision(say, one))
    said = (("conditions", one.standing.conditions), ("reason", one.standing.reason))
    rows = [
        [say(f"proposal.{name}"), pdf.theirs(text, lang_of(text, "de"))]
        for name, text in said
        if text and (name == "reason" or _accepted(one))
    ]
    if rows:
        yield {"is": "facts", "rows": rows}


def _vote(say: Words, told: Minutes, vote: Vote, ballots: Sequence[Ballot]) -> str:
    begun = next((one for one in ballots if one.vote_id == vote.id), None)
    secret = say("minutes.secret" if vote.secret else "minutes.open")
    said = [say("minutes.vote", time=_clock(begun.at) if begun else "", secret=secret,
                way=say(f"minutes.way.{vote.way}"))]  # fmt: skip
    if begun:
        said.append(sitting_said.presence(say, begun.count))
    if vote.tally and vote.outcome:
        said.append(sitting_said.result(say, vote))
        said.append(sitting_said.rule(say, told.rules, vote))
    if vote.void:
        why = say(f"sitting.void.{vote.void}") if vote.void in VOID else isolated(vote.void)
        said.append(say("minutes.void", reason=why))
    return " ".join(said)


def _accepted(one: Handled) -> bool:
    return one.standing.decided.get("outcome") == Outcome.ACCEPTED


def _decision(say: Words, one: Handled) -> str:
    if one.ended_at is None:
        return say("minutes.not_decided")
    time = _clock(one.ended_at)
    if one.standing.course == Course.POSTPONED:
        return say("minutes.postponed", time=time)
    cents = one.standing.decided.get("cents")
    if _accepted(one) and cents is not None:
        bound = "granted_with_conditions" if one.standing.conditions else "granted"
        return say(f"minutes.{bound}", time=time, sum=say.money(cents))
    return say("minutes.accepted" if _accepted(one) else "minutes.rejected", time=time)


def _ranking(say: Words, told: Minutes, one: Handled) -> Iterator[Block]:
    """Tell the order with its points, and what the pot sufficed for."""
    decided, titles = one.standing.decided, {item.id: item.title for item in told.sitting.items}
    order = [ItemId(name) for name in decided.get("order") or one.points]
    rows = [
        [
            str(place),
            titles.get(name, ""),
            say.number(one.points.get(name, 0)),
            _got(say, decided, name),
        ]
        for place, name in enumerate(order, 1)
    ]
    if rows:
        heads = ("rank", "proposal", "points", "result")
        yield {
            "is": "table",
            "widths": [0, 3, 0, 2],
            "numbers": [2],
            "head": [say(f"minutes.{name}") for name in heads],
            "rows": rows,
        }


def _got(say: Words, decided: Mapping[str, Any], name: ItemId) -> str:
    costs, granted = decided.get("costs"), decided.get("granted")
    if not isinstance(costs, dict) or not isinstance(granted, list):
        return ""
    if name not in granted:
        return say("project_status.postponed")
    return f"{say('project_status.approved')}: {say.money(costs[name][1])}"


def _rest(say: Words, told: Minutes) -> Iterator[Block]:
    if told.untouched:
        yield _heading(3, say("minutes.untouched"))
        yield {"is": "list", "items": [one.title for one in told.untouched]}
    if told.reopened:
        yield _heading(2, say("minutes.reopened"))
        for at, reason in told.reopened:
            yield _line(say("minutes.reopened_at", moment=say.moment(at), reason=isolated(reason)))
    yield {"is": "rule"}
    yield _soft(say("minutes.made", last=told.last, moment=say.moment(told.last_at)))
    yield _line(say("minutes.signed"))


def _heading(level: int, text: str) -> Block:
    return {"is": "heading", "level": level, "t": text}


def _line(text: Run) -> Block:
    return {"is": "line", "t": text}


def _strong(text: str) -> Block:
    return {"is": "strong", "t": text}


def _soft(text: str) -> Block:
    return {"is": "soft", "t": text}


def _name(say: Words, name: str) -> str:
    return name or say("minutes.name_gone")


def _names(say: Words, names: Sequence[str]) -> str:
    return ", ".join(isolated(_name(say, name)) for name in names)


def _clock(at: datetime) -> str:
    return at.astimezone(BERLIN).strftime("%H:%M")
