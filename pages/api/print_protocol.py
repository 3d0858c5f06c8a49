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
from data.texts import isolated
from geo import paper
from geo.area import Area
from pages.api import acts, print_map, print_page, print_signs
from pages.api.print_asked import Asked
from pages.api.print_page import Link, theirs

WIDE, HIGH, EDGE = 100, 62, 4  # mm of the map
ROOM = 0.06  # of the area, to be seen around it
LETTERS, MARK = 1.9, 5
MANY = 16  # pins; from then on the squares of the map stand for the places in words
NONE = "none"
WRITTEN = ("de", "en", "tr", "ar")  # languages that a text can be counted as
CSS = (
    "@page{size:210mm 297mm;margin:10mm 12mm 11mm;"
    '@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#5a6570}}\n'
    ":root{--f:1}\n"
)


def sheet(asked: Asked) -> Response:
    """Return the page of the protocol, or of how things stand while the meeting runs."""
    told = protocol.of(asked.here.store, asked.leader, asked.meeting.id)
    say = asked.say
    area, places = asked.here.area, [one.pin.at for one in told.said]
    seen = paper.window_of(area, places, WIDE / HIGH, ROOM)
    on = print_map.Sheet(area, seen, WIDE, HIGH, EDGE)
    many = " many" if len(told.said) >= MANY else ""
    chart, u = print_map.chart(on, letters=LETTERS, mark=MARK, said=told.said)
    body = (
        f'<article class="protocol{many}">{_head(asked, told)}'
        f'<div class="over"><div dir="ltr">{chart}<p class="source">{escape(area.attribution)}'
        f'</p></div><section class="counts">{_counts(say, told)}{_home(asked)}</section></div>'
        f"{_said(asked, told)}{_next(say, told)}</article>"
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
        f"<li>{print_signs.sign(kind)}<span>{escape(say(f'kind.{kind}'))}</span>"
        f"<b>{say.number(told.kinds[kind])}</b></li>"
        for kind in Kind
        if kind in told.meeting.plan.kinds or told.kinds[kind]
    )
    fields = "".join(
        f"<li><span>{escape(say(f'field.{name or NONE}'))}</span><b>{say.number(number)}</b></li>"
        for name, number in told.fields.most_common()
    )
    return (
        f"<h2>{escape(say.many('print.count', len(told.said)))}</h2>"
        f'<ul class="kinds">{kinds}</ul><ul class="tally">{fields}</ul>{_languages(say, told)}'
    )


def _languages(say: Words, told: Protocol) -> str:
    if not told.languages:
        return ""
    counted: Counter[str] = Counter()
    for lang, number in told.languages.items():
        counted[f"language.{lang}" if lang in WRITTEN else "print.language_other"] += number
    texts = ", ".join(f"{say(key)} {say.number(number)}" for key, number in counted.most_common())
    return f"<p><b>{escape(say('print.languages'))}:</b> {escape(texts)}</p>"


def _said(asked: Asked, told: Protocol) -> str:
    say, area = asked.say, asked.here.area if len(told.said) >= MANY else None
    if not told.said and not told.parts:
        return f'<p class="nothing">{escape(say("print.nothing"))}</p>'
    parts = "".join(_part(say, part, area) for part in told.parts)
    alone = ""
    if told.alone:
        title = escape(say("print.alone" if told.parts else "print.said"))
        alone = f"<section><h2>{title}</h2>{_list(say, told.alone, area)}</section>"
    return f'<div class="said">{parts}{alone}</div>'


def _part(say: Words, part: Part, area: Area | None) -> str:
    group = part.group
    chips = []
    if group.priority:
        chips.append((f"chip {group.priority}", say(f"meeting.priority.{group.priority}")))
    if group.who:
        chips.append(("chip", say(f"meeting.who.{group.who}")))
    if group.dots:
        chips.append(("chip dots", say.many("print.dots", group.dots)))
    shown = "".join(f'<span class="{kind}">{escape(text)}</span>' for kind, text in chips)
    head = f'<div class="head">{theirs(group.title, "h2")}{shown}</div>'
    return f"<section>{head}{_list(say, part.said, area)}</section>"


def _list(say: Words, said: Sequence[Said], area: Area | None) -> str:
    return f"<ol>{''.join(_line(say, one, area) for one in said)}</ol>" if said else ""


def _line(say: Words, one: Said, area: Area | None) -> str:
    pin = one.pin
    label = escape(f"{say(f'kind.{pin.kind}')} {one.number}", quote=True)
    words = theirs(pin.words, "q", lang=pin.lang) if pin.words else escape(say("print.wordless"))
    more = f" <b>{escape(say.many('print.voices', pin.voices))}</b>" if pin.voices else ""
    where = area and paper.square(area, pin.at, print_map.ASPECT)
    place = (
        f'<small dir="ltr">{where}</small>'
        if where
        else f"<small>{escape(say.place(pin.place))}</small>"
    )
    return (
        f"<li>{print_signs.numbered(pin.kind, one.number, label)}<p>{words} {place}{more}</p></li>"
    )


def _next(say: Words, told: Protocol) -> str:
    items = "".join(f"<li>{escape(step)}</li>" for step in steps(say, told))
    return f"<footer><h2>{escape(say('print.next'))}</h2><ul>{items}</ul></footer>"


def _home(asked: Asked) -> str:
    """Return how to follow from home: only whoever has a receipt's code sees an own pin's way."""
    say, home = asked.say, acts.address(asked.request)
    results, follow = (f"{home}/{page}?lang={say.lang}" for page in ("results", "follow"))
    return (
        f'<div class="home">{print_signs.qr(results)}<div><h3>{escape(say("print.home"))}</h3>'
        f"<p>{escape(say('print.home_results'))} {_address(results)}</p>"
        f"<p>{escape(say('print.home_follow'))} {_address(follow)}</p></div></div>"
    )


def _address(text: str) -> str:
    return f'<span class="address" dir="ltr">{escape(text)}</span>'


def _links(asked: Asked) -> Iterator[Link]:
    for lang in asked.meeting.plan.languages:
        query = {"m": asked.meeting.code, "lang": lang}
        tongue = "de" if lang == "ls" else lang
        yield Link(LANGUAGES[lang], query, here=lang == asked.say.lang, lang=tongue)
