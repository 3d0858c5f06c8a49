"""A page made for the browser's print dialog: no script, nothing foreign, sizes in millimetres."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from components.words import EASY, Words, words

STYLE = Path(__file__).with_name("prints.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Link:
    """A way to another form of the same page, for the screen only."""

    text: str
    query: dict[str, str]
    here: bool = False
    lang: str = ""


def page(
    say: Words, *, title: str, body: str, css: str, hint: str, links: Iterable[Link]
) -> HTMLResponse:
    """Return a page; `body` is HTML that is escaped already, `title` is not."""
    style = f"{STYLE}\n{css}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    ways = "".join(_way(link) for link in links)
    html = (
        f'<!doctype html><html lang="{say.html_lang}" dir="{say.dir}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{escape(title)} · Kiezkarte</title>'
        f"<style>{style}</style></head><body>"
        f'<aside><p>{escape(hint)}</p><nav aria-label="{escape(say("print.forms"))}">{ways}</nav></aside>'
        f'<main tabindex="0">{body}</main></body></html>'
    )
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return HTMLResponse(
        html, headers={"content-security-policy": policy, "cache-control": "no-store"}
    )


def spoken(languages: Iterable[str]) -> list[Words]:
    """Return the words of a meeting's languages; easy German says here what German says."""
    chosen = list(languages)
    shown = [lang for lang in chosen if lang != EASY or "de" not in chosen]
    return [words(lang) for lang in shown] or [words("de")]


def in_all(key: str, languages: Iterable[Words]) -> str:
    """Return one sentence in several languages, each marked as what it is."""
    return "".join(
        f'<span lang="{say.html_lang}" dir="{say.dir}">{escape(say(key))}</span>'
        for say in languages
    )


def theirs(text: str, tag: str = "span", kind: str = "", lang: str = "") -> str:
    """Return somebody's own words as text, in the direction and language that they have."""
    marks = (f' class="{kind}"' if kind else "") + (f' lang="{escape(lang)}"' if lang else "")
    return f'<{tag} dir="auto"{marks}>{escape(text)}</{tag}>'


def _way(link: Link) -> str:
    here = ' aria-current="true"' if link.here else ""
    lang = f' lang="{link.lang}" hreflang="{link.lang}"' if link.lang else ""
    return f'<a href="?{escape(urlencode(link.query))}"{here}{lang}>{escape(link.text)}</a>'
