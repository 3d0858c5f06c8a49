"""Cards of things in residents' words; words are data: escaped, with their own language and direction."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from components import photo
from components.words import Words
from components.words import words as in_language
from data.pins import Kind, Pin
from data.rules import PinId
from data.texts import lang_of
from data.trail import Step

# What a label of Streamlit still turns into signs and links after its Markdown was read
_LATE = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])", re.IGNORECASE)
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""Return somebody's words for a label of Streamlit (which is Markdown): as written, one line.

    >>> plain("Kiez: *mehr* Grün [hier](http://x)").replace("\u2060", "|")
    'Kiez\\: \\*mehr\\* Grün \\[hier\\]\\(http\\:|\\/\\/x\\)'
    """
    return _MARKS.sub(r"\\\1", _LATE.sub("\u2060", " ".join(text.split())))


def shape(kind: Kind) -> str:
    """Return the little sign of a kind; the word beside it says the same."""
    return f'<span class="kk-shape kk-{kind}" aria-hidden="true"></span>'


def tag(text: str) -> str:
    """Return a small label as HTML."""
    return f'<span class="kk-tag">{escape(text)}</span>'


def speech(text: str) -> str:
    """Return the attributes that say in which language and direction somebody's text is."""
    return f'lang="{lang_of(text, "de")}" dir="auto"'


def field(words: Words, name: str) -> str:
    """Return a field of action with its sign, as HTML."""
    return f'<span class="kk-field kk-field-{escape(name)}">{escape(words(f"field.{name}"))}</span>'


def own_words(text: str, lang: str, css: str = "kk-words") -> str:
    """Return somebody's words as HTML that cannot be more than words."""
    return f'<p class="{css}" lang="{escape(lang)}" dir="auto">{escape(text)}</p>'


def said(words: Words, pin: Pin) -> str:
    """Return a pin's words as HTML, or that it came without any: a child taps a picture."""
    if pin.words:
        return own_words(pin.words, pin.lang)
    return f'<p class="kk-words kk-wordless">{escape(words("pin.wordless"))}</p>'


def pin_html(
    words: Words, pin: Pin, *, with_status: bool = True, picture: str = "", more: str = ""
) -> str:
    """Return a pin's card as HTML; `picture` is its photo, `more` its foot, both as HTML."""
    facts = [escape(words.place(pin.place)), escape(words.day(pin.created_at))]
    if pin.field:
        facts.append(field(words, pin.field))
    if not pin.inside:
        facts.append(escape(words("pin.outside")))
    tags = [words(f"status.{pin.status}")] if with_status else []
    if pin.demo:
        tags.append(words("demo.label"))
    label = "".join(map(tag, tags))
    return (
        f'<article class="kk-card kk-edge-{pin.kind}"><header>{shape(pin.kind)} '
        f"<strong>{escape(words(f'kind.{pin.kind}'))}</strong>"
        f'<span class="kk-number">{escape(words("pin.number", number=pin.number))}</span></header>'
        f"{said(words, pin)}{picture}"
        f'<p class="kk-facts">{" · ".join(facts)}</p>'
        f'<p class="kk-tags">{label}</p>{more}</article>'
    )


def pins(words: Words, found: Sequence[Pin], *, more: Mapping[PinId, str] | None = None) -> None:
    """Draw pins as cards, one below the other; `more` is HTML for the foot of some."""
    if found:
        feet, seen = more or {}, photo.of(words, found)
        every = "".join(
            pin_html(words, pin, picture=seen.get(pin.id, ""), more=feet.get(pin.id, ""))
            for pin in found
        )
        st.html(f'<div class="kk-cards">{every}</div>')


def way(words: Words, steps: Sequence[Step]) -> None:
    """Draw a pin's way, step by step, in plain sentences."""
    lines = "".join(
        f"<li><time>{escape(words.moment(step.at))}</time>{_sentence(words, step)}</li>"
        for step in steps
    )
    st.html(f'<ol class="kk-way">{lines}</ol>')


def _sentence(words: Words, step: Step) -> str:
    known = {key: str(value) for key, value in step.details.items()}
    if "authority" in known:
        known["authority"] = words(f"authority.{known['authority']}")
    if "day" in known:
        known["day"] = words.day(date.fromisoformat(known["day"]))
    if "cents" in known:
        known["cents"] = words.money(step.details["cents"])
    if step.key == "hidden":
        known["reason"] = words(f"hide_reason.{known.get('reason', 'other')}")
    if step.key == "postponed":
        known["reason"] = words(f"promise.reason.{known['reason']}")
    key = "done_alone" if step.key == "done" and "project" not in known else step.key
    said = f"<p>{escape(words(f'step.{key}', **known))}</p>"
    if step.key == "hidden":  # and what one can do now
        help_key = f"hide_help.{step.details.get('reason', 'other')}"
        said += f"<p>{escape(words(help_key))}</p>"
    if step.key.startswith("project_"):
        return said + _decided(words, known)
    said += _told(words, step) if known.get("sentence") else ""
    return said + answer(words, step.details.get("answers", {}))


def _decided(words: Words, known: Mapping[str, str]) -> str:
    """Return why a project went this way, and what its money is bound to."""
    given = (("reason", known.get("sentence")), ("conditions", known.get("conditions")))
    return "".join(
        f'<p class="kk-label">{escape(words(f"step.{name}"))}</p>{own_words(text, "de", "kk-answer")}'
        for name, text in given
        if text
    )


def _told(words: Words, step: Step) -> str:
    """Return the office's sentence; the usual one of an authority in the reader's language."""
    own, usual = (
        str(step.details["sentence"]),
        f"authority.{step.details.get('authority')}.sentence",
    )
    if own == in_language("de")(usual):
        return own_words(words(usual), words.html_lang, "kk-answer")
    return own_words(own, "de", "kk-answer")


def answer(words: Words, said: Mapping[str, str]) -> str:
    """Return an answer as HTML in the reader's language, else in German, which is then said."""
    if words.lang in said:
        return own_words(said[words.lang], words.html_lang, "kk-answer")
    if "de" not in said:
        return ""
    hint = f'<p class="kk-facts">{escape(words("answer.german"))}</p>'
    return (hint if words.lang != "de" else "") + own_words(said["de"], "de", "kk-answer")
