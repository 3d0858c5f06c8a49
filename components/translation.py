"""A pin's words beside their translation, which somebody of the team types."""

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

import streamlit as st

from components import cards, frame, notices, session
from components.words import Words
from data import translations
from data.pins import Pin
from data.problems import Conflict
from data.translations import LANGUAGES, Translation


@dataclass(frozen=True)
class Opened:
    """An opened field: what it was filled with, and the time of the translation last seen."""

    token: str
    words: str
    first: datetime | None
    seen: datetime | None


def shown(words: Words, pin: Pin) -> str:
    """Return what was translated of a pin as HTML, each with its language, who and when."""
    found = _of(pin)
    if found:
        frame.look("inbox")
    return "".join(_html(words, found[lang]) for lang in LANGUAGES if lang in found)


def draw(words: Words, pin: Pin, place: str) -> None:
    """Draw a pin's words and, beside them, a field for their translation into one language."""
    others = [lang for lang in LANGUAGES if lang != pin.lang]
    with st.container(key=f"kk-translate-{pin.id}", gap="small"):
        into = st.segmented_control(
            words("translation.into"),
            others,
            default=words.html_lang if words.html_lang in others else others[0],
            required=True,
            format_func=lambda lang: words(f"language.{lang}"),
            key=f"translate-into-{pin.id}",
        )
        left, right = st.columns(2, gap="small")
        with left:
            title = words("translation.theirs", language=words(f"language.{pin.lang}"))
            st.html(
                f'<p class="kk-label">{escape(title)}</p>'
                + cards.own_words(pin.words, pin.lang, "kk-note")
            )
        with right:
            _field(words, pin, str(into), place)


def _field(words: Words, pin: Pin, lang: str, place: str) -> None:
    there = _of(pin).get(lang)
    opened = _opened(pin, lang, there)
    field = f"translate-{pin.id}-{lang}-{opened.token}"
    st.text_area(
        words("translation.words"),
        opened.words,
        max_chars=translations.MAX_WORDS,
        height=120,
        key=field,
    )
    if there and there.at != opened.first:
        title = escape(words("translation.theirs_now"))
        st.html(f'<p class="kk-label">{title}</p>{_html(words, there)}')
    st.button(
        words("translation.save"),
        key=f"translate-save-{pin.id}",
        type="primary",
        on_click=save,
        args=(pin, lang, field, place),
    )
    st.html(f'<p class="kk-facts">{escape(words("translation.hint"))}</p>')


def save(pin: Pin, lang: str, field: str, place: str) -> None:
    """Keep what was typed; after somebody else's change it stays typed and is compared first."""
    words, store, now = session.the_words(), session.instance().store, session.now()
    typed, opened = st.session_state.get(field) or "", _opened(pin, lang, None)
    with notices.said(place):
        actor = session.actor()
        try:
            translations.write(
                store, actor, pin.id, lang, typed, of=pin.words, seen=opened.seen, now=now
            )
        except Conflict:
            there = _of(pin).get(lang)
            st.session_state[_key(pin, lang)] = replace(opened, seen=there and there.at)
            raise
        del st.session_state[_key(pin, lang)]
        done = "translation.saved" if typed.strip() else "translation.gone"
        notices.keep(place, words(done), "success")


# --- inside -----------------------------------------------------------------


def _of(pin: Pin) -> dict[str, Translation]:
    store, actor = session.instance().store, session.actor()
    return translations.of_pins(store, actor, [pin.id]).get(pin.id, {})


def _key(pin: Pin, lang: str) -> str:
    return f"translation-{pin.id}-{lang}"


def _opened(pin: Pin, lang: str, there: Translation | None) -> Opened:
    at, words = (there.at, there.words) if there else (None, "")
    new = Opened(session.new_id()[:8], words, at, at)
    return st.session_state.setdefault(_key(pin, lang), new)


def _html(words: Words, one: Translation) -> str:
    by = words(
        "translation.by",
        language=words(f"language.{one.lang}"),
        person=one.person or words("inbox.somebody"),
        moment=words.moment(one.at),
    )
    return (
        f'<div class="kk-translated">{cards.own_words(one.words, one.lang)}'
        f'<p class="kk-facts">{escape(by)}</p></div>'
    )
