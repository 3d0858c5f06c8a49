"""A letter to an authority on paper: its text, and a map of the place with numbered marks."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from components import route_letter
from components.words import Words, words
from data import instance, needs, routes, rules
from data.instance import Instance
from data.letters import line, reminder
from data.pins import Pin
from data.routes import Route, RouteId
from data.rules import Act
from geo import paper
from pages.api import acts, print_map, print_page, print_signs
from pages.api.print_page import Link, theirs

WIDE, HIGH, EDGE = 120, 74, 4  # mm of the map
LETTERS, MARK = 2.1, 6
MOST = 40  # marks; more would hide the place, and the letter says how many there are
AROUND = 120  # metres to be seen around the places
CSS = (
    "@page{size:210mm 297mm;margin:16mm 20mm 16mm 25mm;"
    '@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#5a6570}}\n'
    ":root{--f:1}\n"
    ".letter{font-size:11pt;line-height:1.4;white-space:normal}\n"
    ".letter .from{font-size:8pt;color:var(--soft);border-bottom:.25mm solid var(--line);padding-bottom:1mm}\n"
    ".letter .to{min-height:22mm;margin:6mm 0 8mm;font-size:11pt}\n"
    ".letter .facts{display:flex;justify-content:space-between;gap:6mm;font-size:9.5pt;margin-bottom:6mm}\n"
    ".letter h1{font-size:12pt;font-weight:700;margin-bottom:5mm;overflow-wrap:anywhere}\n"
    ".letter .text{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}\n"
    ".enclosed{break-before:page}\n"
    ".enclosed h2{font-size:12pt;font-weight:700;margin-bottom:2mm}\n"
    ".enclosed .chart{width:100%}\n"
    ".enclosed ol{columns:2;column-gap:6mm;margin-top:4mm;font-size:9.5pt}\n"
    ".enclosed li{display:flex;gap:2mm;align-items:center;break-inside:avoid;margin-bottom:1mm}\n"
    ".enclosed .no{flex:none;width:6mm;height:6mm}\n"
    "@media screen{.letter,.enclosed{width:210mm;max-width:100%;min-height:120mm;margin:0 auto 16px;"
    "padding:16mm 20mm 16mm 25mm;background:#fff;box-shadow:0 2px 12px rgb(34 48 60 / 18%)}}\n"
    "@media screen and (max-width:700px){.letter,.enclosed{padding:6mm}}\n"
)


class Marked(NamedTuple):
    """A pin with its number on this paper."""

    number: int
    pin: Pin


def sheet(request: Request) -> Response:
    """Return the page of a letter or its reminder, for the office alone."""
    here, actor, say = instance.running(), acts.person(request), acts.say(request)
    rules.check(actor, Act.ROUTE_WRITE)
    what = request.query_params.get("what", "letter")
    route = routes.get(here.store, actor, RouteId(request.query_params.get("route", "")[:80]))
    need = needs.get(here.store, actor, route.need_id)
    found = needs.pins_of(here.store, actor, route.need_id)[:MOST]
    reminds = what == "reminder" and bool(route.reminder)
    subject = route_letter.reminder_subject(route) if reminds else route.subject
    body = _letter(route, subject, route.reminder if reminds else route.letter)
    u = 1.0
    if found:
        enclosed, u = _enclosed(here, route, need.title, found)
        body += enclosed
    return print_page.page(
        say,
        title=f"{say('routes.paper.title')} {route.reference}",
        body=body,
        css=CSS + print_map.map_style(u),
        hint=say("routes.paper.hint"),
        links=_links(say, route, reminds),
    )


# --- inside -----------------------------------------------------------------


def _letter(route: Route, subject: str, text: str) -> str:
    """Draw the letter; whatever was typed in it is words and nothing else."""
    german = words("de")
    day = german.day(route.sent_on) if route.sent_on else ""
    sender = " · ".join(" ".join(one.split()) for one in route_letter.sender())
    facts = [line("reference", reference=route.reference)]
    facts += [reminder("theirs", theirs=route.their_reference)] if route.their_reference else []
    shown = "".join(theirs(fact) for fact in [*facts, day] if fact)
    to = german(f"authority.{route.authority}")
    return (
        f'<article class="letter" lang="de" dir="ltr">{theirs(sender, "p", "from")}'
        f'<p class="to">{escape(to)}<br>{theirs(route.recipient)}</p>'
        f'<p class="facts">{shown}</p>{theirs(subject, "h1")}{theirs(text, "div", "text")}</article>'
    )


def _enclosed(here: Instance, route: Route, title: str, found: Sequence[Pin]) -> tuple[str, float]:
    """Draw the map of the places with numbered marks, and what stands where."""
    german = words("de")
    numbered = [Marked(n, pin) for n, pin in enumerate(found, 1)]
    seen = paper.window_around(here.area, [pin.at for pin in found], WIDE / HIGH, AROUND)
    on = print_map.Sheet(here.area, seen, WIDE, HIGH, EDGE)
    chart, u = print_map.chart(on, letters=LETTERS, mark=MARK, said=numbered)
    rows = "".join(_row(german, one) for one in numbered)
    return (
        f'<section class="enclosed" lang="de" dir="ltr"><h2>{escape(german("routes.paper.places"))} · '
        f"{escape(route.reference)}</h2>{theirs(title, 'p')}<div>{chart}"
        f'<p class="source">{escape(here.area.attribution)}</p></div><ol>{rows}</ol></section>'
    ), u


def _row(german: Words, one: Marked) -> str:
    kind = german(f"kind.{one.pin.kind}")
    sign = print_signs.numbered(one.pin.kind, one.number, escape(f"{kind} {one.number}"))
    return f"<li>{sign}<span>{escape(kind)}: {escape(german.place(one.pin.place))}</span></li>"


def _links(say: Words, route: Route, reminds: bool) -> list[Link]:
    """Offer the letter and, when there is one, its reminder."""
    if not route.reminder:
        return []
    names = {"letter": say("routes.paper.title"), "reminder": say("routes.paper.reminder")}
    return [
        Link(
            text,
            {"route": route.id, "lang": say.lang, "what": what},
            (what == "reminder") == reminds,
        )
        for what, text in names.items()
    ]
