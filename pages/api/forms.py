"""Plain HTML forms without a script: one card, one column, in every language."""

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import HTMLResponse

from components.words import LANGUAGES, Words
from components.words import words as spoken
from data import legal
from data.problems import Problem

STYLE = Path(__file__).with_name("forms.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "cache-control": "no-store",
}


def page(
    words: Words,
    *,
    title: str,
    parts: list[str],
    query: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    """Return a page of one card; `query` is what the language links keep of the address."""
    name = escape(words(title))
    body = (
        f'<!doctype html><html lang="{words.html_lang}" dir="{words.dir}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{name} · Kiezkarte</title>'
        f"<style>{STYLE}</style></head><body>{_languages(words, query or {})}"
        f'<main><p class="brand">Kiezkarte</p><h1>{name}</h1>{"".join(parts)}</main>'
        f'<footer><p><a href="/?lang={words.lang}">{escape(words("accounts.back"))}</a></p>'
        f"{_legal(words)}</footer>"
        "</body></html>"
    )
    return HTMLResponse(body, status, headers=HEADERS)


def sentence(text: str, kind: str = "lead") -> str:
    """Return one paragraph of a class."""
    return f'<p class="{kind}">{escape(text)}</p>'


def said(words: Words, problem: Problem | None) -> str:
    """Return a refusal as the alert that a screen reader says at once; '' for none."""
    if problem is None:
        return ""
    return f'<p role="alert" id="problem">{escape(words.problem(problem))}</p>'


def good_news(text: str) -> str:
    """Return a sentence that something worked."""
    return f'<p role="status">{escape(text)}</p>'


def field(
    label: str,
    name: str,
    *,
    fills: str,
    value: str = "",
    hint: str = "",
    kind: str = "text",
    wrong: bool = False,
) -> str:
    """Return a labelled input; `fills` is its autocomplete word, `wrong` marks it refused."""
    described = [f"{name}-hint"] * bool(hint) + ["problem"] * wrong
    marks = (f' aria-describedby="{" ".join(described)}"' if described else "") + (
        ' aria-invalid="true"' if wrong else ""
    )
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" dir="auto" '
        f'autocomplete="{fills}" autocapitalize="none" spellcheck="false" required{marks}>'
        + (f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else "")
    )


def form(button: str, fields: list[str], *, secret: str) -> str:
    """Return a form that is sent to the page's own address."""
    return (
        f'<form method="post"><input type="hidden" name="form" value="{escape(secret)}">'
        f'{"".join(fields)}<button type="submit">{escape(button)}</button></form>'
    )


def _legal(words: Words) -> str:
    links = [
        f'<a href="/{page}?lang={words.lang}">{escape(words(f"page.{page}"))}</a>'
        for page in legal.PAGES
    ]
    return f'<nav aria-label="{escape(words("legal.nav"))}">{"".join(links)}</nav>'


def _languages(words: Words, query: Mapping[str, str]) -> str:
    here = {words.lang: ' aria-current="true"'}
    links = [
        f'<a href="?{escape(urlencode({**query, "lang": lang}))}" lang="{spoken(lang).html_lang}"'
        f' hreflang="{spoken(lang).html_lang}"{here.get(lang, "")}>{name}</a>'
        for lang, name in LANGUAGES.items()
    ]
    return f'<nav aria-label="{escape(words("accounts.languages"))}">{"".join(links)}</nav>'
