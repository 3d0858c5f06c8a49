"""A text in each language: fields side by side, templates that fill all of them, and a preview."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from components import cards, session
from components.words import Words
from components.words import words as words_of
from data import templates
from data.answers import REQUIRED
from data.texts import LANGUAGES

GAP = "…"  # what stands in a template for what only the office knows


def key(lang: str, token: str) -> str:
    """Return the key of a language's field; page.js reads the language from it."""
    return f"answer-{lang}-{token}"


def fields(
    words: Words, token: str, filled: Mapping[str, str], *, spoken: Mapping[str, int] | None = None
) -> None:
    """Draw a field per language, German first; `spoken` counts the pins behind by language."""
    for lang in LANGUAGES:
        st.session_state.setdefault(key(lang, token), filled.get(lang, ""))
    _field(words, token, REQUIRED, spoken or {}, height=150)
    others = [lang for lang in LANGUAGES if lang != REQUIRED]
    for pair in (others[:2], others[2:]):
        for column, lang in zip(st.columns(2, gap="small"), pair, strict=True):
            with column:
                _field(words, token, lang, spoken or {}, height=130)


def typed(token: str) -> dict[str, str]:
    """Return what stands in the fields, by language."""
    return {lang: st.session_state.get(key(lang, token)) or "" for lang in LANGUAGES}


def gaps(token: str) -> list[str]:
    """List the languages in which a template's gaps are not filled in yet."""
    return [lang for lang, text in typed(token).items() if GAP in text]


def forget(token: str) -> None:
    """Let go of what stands in the fields."""
    for lang in LANGUAGES:
        st.session_state.pop(key(lang, token), None)


def offered(words: Words, token: str, field: str) -> None:
    """Draw the templates for a field of action; a tap puts one into the fields of every language."""
    own = templates.listing(session.instance().store, session.actor(), field=field)
    st.html(f'<p class="kk-label">{escape(words("answers.templates.how"))}</p>')
    with st.container(key=f"kk-templates-{token}", horizontal=True, gap="small"):
        for one in own:
            _offer(cards.plain(one.title), f"put-{one.id}-{token}", token, dict(one.words))
        for name in templates.shipped(field):
            _offer(words(f"answers.template.{name}"), f"put-{name}-{token}", token, text_of(name))


def text_of(name: str) -> dict[str, str]:
    """Return a shipped template's words, by language."""
    return {lang: words_of(lang)(f"template.{name}") for lang in LANGUAGES}


def preview(words: Words, said: Mapping[str, str]) -> None:
    """Draw a text as the public reads it, one language below the other."""
    shown = "".join(
        f'<p class="kk-label">{escape(words(f"answers.lang.{lang}"))}</p>'
        + cards.own_words(text.strip(), "de" if lang == "ls" else lang, "kk-answer")
        for lang, text in said.items()
        if text.strip()
    )
    if shown:
        st.html(f'<div class="kk-answers">{shown}</div>')


def _field(words: Words, token: str, lang: str, spoken: Mapping[str, int], *, height: int) -> None:
    label = words(f"answers.lang.{lang}")
    if lang == REQUIRED:
        label = words("answers.required", language=label)
    if spoken.get(lang):
        label = f"{label} · {words.many('answers.spoken', spoken[lang])}"
    st.text_area(label, key=key(lang, token), height=height)


def _offer(label: str, name: str, token: str, texts: Mapping[str, str]) -> None:
    st.button(label, key=name, type="secondary", on_click=_put, args=(token, texts))


def _put(token: str, texts: Mapping[str, str]) -> None:
    """Put a template into the fields, behind what stands there already."""
    for lang, text in texts.items():
        before = (st.session_state.get(key(lang, token)) or "").rstrip()
        st.session_state[key(lang, token)] = f"{before}\n\n{text}" if before else text
