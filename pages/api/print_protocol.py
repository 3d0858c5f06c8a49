"""The protocol: what was said at a meeting and how it goes on, in plain words on one page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from starlette.responses import Response

from components import session
from components.words import LANGUAGES, Words
from data import protocol
from data.meetings import State
from data.pins import Kind
from data.protocol import Part, Protocol, Said
from pages.api import acts, print_map, print_page, print_signs
from pages.api.print_asked import Asked
from pages.api.print_page import Link, isolated, theirs

WIDE, HIGH = 112, 63  # mm of the map: the proportions of the large one
LETTERS, MARK = 1.75, 5.6
WRITTEN = ("de", "en", "tr", "ar")  # languages that a text can be counted as
CSS = (
    "@page{size:210mm 297mm;margin:12mm 12mm 13mm;"
    '@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#5a6570}}\n'
    ":root{--f:1}\n"
)


def sheet(asked: Asked) -> Response:
    """Return the page of the protocol, or of how things stand while the meeting runs."""
    told = protocol.of(asked.here.store, asked.leader, asked.meeting.id)
    say = asked.say
    chart, u = print_map.chart(
        asked.here.area, WIDE, HIGH, letters=LETTERS, mark=MARK, said=told.said
    )
    body = (
        f'<article class="protocol">{_head(asked, told)}'
        f'<div class="over"><div dir="ltr">{chart}<p class="source">{escape(asked.here.area.attribution)}'
        f"</p></div>{_counts(say, told)}</div>"
        f"{_said(say, told)}{_next(asked, told)}</article>"
    )
    closed = told.meeting.state == State.CLOSED
    title = f"{say('print.protocol' if closed else 'print.interim')}: {told.meeting.plan.title}"
    css = CSS + print_map.map_style(u)
    hint = say("print.hint", paper="A4")
    return print_page.page(say, title=title, body=body, css=css, hint=hint, links=_links(asked))


def steps(say: Words, told: Protocol) -> list[str]:
    """List what happens next, in plain sentences from what the room decided."""
    plan, found = told.meeting.plan, []
    for part in told.parts:
        who = say(f"print.step.{part.group.who or 'open'}")
        when = say(f"print.step.{part.group.priority}") if part.group.priority else ""
        found.append(" ".join(filter(None, (f"{isolated(part.group.title)}:", when, who))))
    if told.alone and told.parts:
        found.append(say.many("print.step.alone", len(told.alone)))
    if told.unread:
        found.append(say.many("print.step.unread", told.unread))
    if plan.decides:
        found.append(say("print.step.decides", who=isolated(plan.decides)))
    if plan.changes:
        found.append(say("print.step.changes", what=isolated(plan.changes)))
    if plan.answer_on:
        return [*found, say("print.step.answer", day=say.day(plan.answer_on))]
    return [*found, say("print.step.answer_open")]


# --- inside -----------------------------------------------------------------


def _head(asked: Asked, told: Protocol) -> str:
    say, plan, closed = asked.say, told.meeting.plan, told.meeting.state == State.CLOSED
    facts = [escape(say.day(plan.held_on))]
    facts += [theirs(plan.place)] if plan.place else []
    facts += [escape(say.many("print.people", told.meeting.people))] if told.meeting.people else []
    state = "" if closed else f" · {escape(say('print.as_of', moment=say.moment(session.now())))}"
    question = (
        f'<p class="question"><b>{escape(say("print.question"))}</b> {theirs(plan.question)}</p>'
        if plan.question
        else ""
    )
    kind = escape(say("print.protocol" if closed else "print.interim"))
    return (
        f'<header><p class="brand">Kiezkarte · {kind}{state}</p>{theirs(plan.title, "h1")}'
        f'<p class="when">{" · ".join(facts)}</p>{question}</header>'
    )


def _counts(say: Words, told: Protocol) -> str:
    kinds = "".join(
        f"<li>{print_signs.sign(kind)}<span>{escape(say(f'kind.{kind}'))}</span><b>{told.kinds[kind]}</b></li>"
        for kind in Kind
        if kind in told.meeting.plan.kinds or told.kinds[kind]
    )
    fields = _tally(
        say, told.fields, lambda name: say(f"field.{name}") if name else say("field.none")
    )
    known = Counter({(name if name in WRITTEN else ""): 0 for name in told.languages})
    for name, number in told.languages.items():
        known[name if name in WRITTEN else ""] += number
    texts = _tally(
        say, known, lambda name: say(f"language.{name}" if name else "print.language_other")
    )
    return (
        f'<section class="counts"><h2>{escape(say.many("print.count", len(told.said)))}</h2>'
        f'<ul class="kinds">{kinds}</ul>{fields}'
        + (f"<h3>{escape(say('print.languages'))}</h3>{texts}" if texts else "")
        + "</section>"
    )


def _tally(say: Words, counted: Counter[str], name) -> str:
    lines = "".join(
        f"<li><span>{escape(name(key))}</span><b>{say.number(number)}</b></li>"
        for key, number in counted.most_common()
        if number
    )
    return f'<ul class="tally">{lines}</ul>' if lines else ""


def _said(say: Words, told: Protocol) -> str:
    if not told.said and not told.parts:
        return f'<p class="nothing">{escape(say("print.nothing"))}</p>'
    parts = "".join(_part(say, part) for part in told.parts)
    alone = ""
    if told.alone:
        title = escape(say("print.alone" if told.parts else "print.said"))
        alone = f"<section><h2>{title}</h2>{_list(say, told.alone)}</section>"
    return f'<div class="said">{parts}{alone}</div>'


def _part(say: Words, part: Part) -> str:
    group = part.group
    chips = []
    if group.priority:
        chips.append((f"chip {group.priority}", say(f"meeting.priority.{group.priority}")))
    if group.who:
        chips.append(("chip", say(f"meeting.who.{group.who}")))
    if group.dots:
        chips.append(("chip dots", say.many("print.dots", group.dots)))
    shown = "".join(f'<span class="{kind}">{escape(text)}</span>' for kind, text in chips)
    return f'<section>{theirs(group.title, "h2")}<p class="chips">{shown}</p>{_list(say, part.said)}</section>'


def _list(say: Words, said: Sequence[Said]) -> str:
    return f"<ol>{''.join(_line(say, one) for one in said)}</ol>" if said else ""


def _line(say: Words, one: Said) -> str:
    pin = one.pin
    words = theirs(pin.words, "q", lang=pin.lang) if pin.words else escape(say("print.wordless"))
    more = f" <b>{escape(say.many('print.voices', pin.voices))}</b>" if pin.voices else ""
    kind = escape(say(f"kind.{pin.kind}"))
    return (
        f'<li class="{pin.kind}"><span class="no">{one.number}</span><p>'
        f'<span class="kind">{kind}:</span> {words} <small>{escape(say.place(pin.place))}</small>{more}</p></li>'
    )


def _next(asked: Asked, told: Protocol) -> str:
    say = asked.say
    home = acts.address(asked.request)
    items = "".join(f"<li>{escape(step)}</li>" for step in steps(say, told))
    follow = f"{home}/follow?lang={say.lang}"
    results = f"{home}/results?lang={say.lang}"
    return (
        f"<footer><section><h2>{escape(say('print.next'))}</h2><ul>{items}</ul></section>"
        f'<section class="home">{print_signs.qr(results)}<div><h2>{escape(say("print.home"))}</h2>'
        f'<p>{escape(say("print.home_results"))} <span class="address" dir="ltr">{escape(results)}</span></p>'
        f'<p>{escape(say("print.home_follow"))} <span class="address" dir="ltr">{escape(follow)}</span></p>'
        f"</div></section></footer>"
    )


def _links(asked: Asked) -> Iterator[Link]:
    for lang in asked.meeting.plan.languages:
        query = {"m": asked.meeting.code, "lang": lang}
        tongue = "de" if lang == "ls" else lang
        yield Link(LANGUAGES[lang], query, here=lang == asked.say.lang, lang=tongue)
