"""Numbered cards to be filled in by hand: four to a page, to be cut apart."""

from collections.abc import Iterator
from html import escape

from starlette.responses import Response

from components.words import Words, words
from data.problems import BadInput
from pages.api import print_page, print_signs
from pages.api.print_asked import Asked
from pages.api.print_page import Link

PER_PAGE = 4
USUAL, MOST = 24, 400
LAST = 9999
ALL = "all"
CSS = "@page{size:210mm 297mm;margin:0}"


def sheets(asked: Asked) -> Response:
    """Return the page of cards: `count` of them, `from` a number on, in one language or mixed."""
    count, first = asked.number("count", USUAL, MOST), asked.number("from", 1, LAST)
    spoken = print_page.spoken(asked.meeting.plan.languages)
    lang = asked.text("lang", spoken[0].lang)
    if lang not in {*asked.meeting.plan.languages, ALL}:
        raise BadInput("print.language", field="lang")
    mix = spoken if lang == ALL else [words(lang)]
    cards = [_card(asked, first + i, mix[i % len(mix)]) for i in range(count)]
    pages = (cards[i : i + PER_PAGE] for i in range(0, count, PER_PAGE))
    body = "".join(
        f'<section class="sheet cards" dir="ltr">{"".join(page)}</section>' for page in pages
    )
    name = f'<h1 class="unseen">{escape(asked.say("print.cards"))}</h1>'
    return print_page.page(
        asked.say, title=asked.say("print.cards"), body=name + body, css=CSS,
        hint=asked.say("print.hint", paper="A4"), links=_links(asked, count, first, lang),
    )  # fmt: skip


def _card(asked: Asked, number: int, say: Words) -> str:
    code, plan = asked.meeting.code, asked.meeting.plan
    desk = f"{asked.room()}/desk?m={code}&card={number}"
    kinds = "".join(
        f"<li><i></i>{print_signs.sign(kind)}<b>{escape(say(f'kind.{kind}.say'))}</b></li>"
        for kind in plan.kinds
    )
    return (
        f'<article class="card" lang="{say.html_lang}" dir="{say.dir}">'
        f'<header><div><p class="brand">Kiezkarte</p>{print_page.theirs(plan.title, "p", "meeting")}'
        f'<p class="number"><small>{escape(say("print.number"))}</small> {number}</p></div>'
        f"<figure>{print_signs.qr(desk)}<figcaption>{escape(say('print.for_team'))}</figcaption></figure>"
        f"</header>"
        f"<h2>{escape(say('print.card.kind'))}</h2><ul>{kinds}</ul>"
        f"<h2>{escape(say('print.card.place'))}</h2>{_lines(1)}"
        f"<h2>{escape(say('print.card.words'))}</h2>{_lines(4)}"
        f'<p class="hint">{escape(say("pin_form.no_names"))}</p></article>'
    )


def _lines(number: int) -> str:
    return '<p class="line"></p>' * number


def _links(asked: Asked, count: int, first: int, chosen: str) -> Iterator[Link]:
    same = {"m": asked.meeting.code, "count": str(count), "from": str(first)}
    for lang in asked.meeting.plan.languages:
        text = "Leichte Sprache" if lang == "ls" else asked.say(f"language.{lang}")
        yield Link(text, {**same, "lang": lang}, here=lang == chosen)
    yield Link(asked.say("print.mixed"), {**same, "lang": ALL}, here=chosen == ALL)
    more = {**same, "from": str(min(LAST, first + count)), "lang": chosen}
    yield Link(asked.say("print.more", number=more["from"]), more)
