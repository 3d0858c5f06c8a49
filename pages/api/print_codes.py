"""The sheet for the tables: QR codes to join the Wi-Fi and to open the tablet page."""

from collections.abc import Iterator
from html import escape

from starlette.responses import Response

from components.words import LANGUAGES
from pages.api import print_page, print_signs
from pages.api.print_asked import Asked
from pages.api.print_page import Link

CSS = "@page{size:210mm 297mm;margin:0}"


def sheet(asked: Asked) -> Response:
    """Return the page of codes."""
    plan, code = asked.meeting.plan, asked.meeting.code
    spoken, room = print_page.spoken(plan.languages), asked.room()
    spoken.sort(key=lambda words: words.lang != asked.say.lang)  # the page's own language first
    steps = []
    if plan.wifi_name:
        under = f"{escape(asked.say('print.wifi'))}: {print_page.theirs(plan.wifi_name, 'b')}"
        qr = print_signs.wifi_qr(plan.wifi_name, plan.wifi_password)
        steps.append(("print.codes.wifi", qr, under))
    tablet = f"{room}/tablet?m={code}"
    steps.append(("print.codes.open", print_signs.qr(tablet), _address(tablet)))
    shown = "".join(
        f'<li><p class="step">{number}</p><p class="words">{print_page.in_all(key, spoken)}</p>'
        f'<div class="code">{qr}<p>{under}</p></div></li>'
        for number, (key, qr, under) in enumerate(steps, 1)
    )
    body = (
        f'<section class="sheet codes"><header><p class="brand">Kiezkarte</p>'
        f"{print_page.theirs(plan.title, 'h1')}"
        f"{print_page.theirs(plan.question, 'p', 'question') if plan.question else ''}</header>"
        f"{_warning(asked)}<ol>{shown}</ol>{_team(asked, room)}</section>"
    )
    return print_page.page(
        asked.say, title=asked.say("print.codes"), body=body, css=CSS,
        hint=asked.say("print.hint", paper="A4"), links=_links(asked),
    )  # fmt: skip


def _team(asked: Asked, room: str) -> str:
    ways = "".join(
        f"<p>{escape(asked.say(f'page.{name}'))}: {_address(f'{room}/{name}?m={asked.meeting.code}')}</p>"
        for name in ("desk", "wall")
    )
    return f"<footer><b>{escape(asked.say('print.for_team'))}</b>{ways}</footer>"


def _address(text: str) -> str:
    return f'<span class="address" dir="ltr">{escape(text)}</span>'


def _warning(asked: Asked) -> str:
    if asked.is_reachable():
        return ""
    return f'<p role="alert">{escape(asked.say("print.codes.local"))}</p>'


def _links(asked: Asked) -> Iterator[Link]:
    for lang, name in LANGUAGES.items():
        here = lang == asked.say.lang
        yield Link(
            name,
            {"m": asked.meeting.code, "lang": lang},
            here=here,
            lang="de" if lang == "ls" else lang,
        )
