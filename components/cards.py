"""Cards of things in residents' words; words are data: escaped, with their own language and direction."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.words import Words
from data.pins import Kind, Pin, Status
from data.trail import Step

ICONS = {
    Kind.STRENGTH: ":material/favorite:",
    Kind.PROBLEM: ":material/warning:",
    Kind.IDEA: ":material/lightbulb:",
}
# The map's shapes once more, so that a kind looks the same everywhere. Ours, no markup from outside.
SHAPES = {
    Kind.STRENGTH: "M10 1a8 8 0 0 1 4.7 14.4L10 20l-4.7-4.6A8 8 0 0 1 10 1z",
    Kind.PROBLEM: "M10 1 19 17H1z",
    Kind.IDEA: "M2 2h16v14h-5l-3 4-3-4H2z",
}


def shape(kind: Kind) -> str:
    """Return the little sign of a kind as SVG."""
    return (
        f'<svg class="kk-shape kk-{kind}" viewBox="0 0 20 21" width="18" height="19" '
        f'aria-hidden="true"><path d="{SHAPES[kind]}"/></svg>'
    )


def own_words(text: str, lang: str, css: str = "kk-words") -> str:
    """Return somebody's words as HTML that cannot be more than words."""
    return f'<p class="{css}" lang="{escape(lang)}" dir="auto">{escape(text)}</p>'


def pin_html(words: Words, pin: Pin, *, with_status: bool = True) -> str:
    """Return a pin's card as HTML."""
    facts = [words.place(pin.place), words.day(pin.created_at)]
    if pin.field:
        facts.append(words(f"field.{pin.field}"))
    if not pin.inside:
        facts.append(words("pin.outside"))
    tags = [words(f"status.{pin.status}")] if with_status else []
    if pin.demo:
        tags.append(words("demo.label"))
    label = "".join(f'<span class="kk-tag">{escape(tag)}</span>' for tag in tags)
    return (
        f'<article class="kk-card kk-edge-{pin.kind}"><header>{shape(pin.kind)} '
        f"<strong>{escape(words(f'kind.{pin.kind}'))}</strong>"
        f'<span class="kk-number">{escape(words("pin.number", number=pin.number))}</span></header>'
        f'{own_words(pin.words, pin.lang)}<p class="kk-facts">{escape(" · ".join(facts))}</p>'
        f'<p class="kk-tags">{label}</p></article>'
    )


def pins(words: Words, found: Sequence[Pin]) -> None:
    """Draw pins as cards, one below the other."""
    if found:
        st.html("".join(pin_html(words, pin) for pin in found))


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
    if step.key == "hidden":
        known["reason"] = words(f"hide_reason.{known.get('reason', 'other')}")
    said = f"<p>{escape(words(f'step.{step.key}', **known))}</p>"
    own = known.get("sentence", "")
    return said + (own_words(own, "de", "kk-answer") if own else "")


def is_public(pin: Pin) -> bool:
    """Tell whether everybody sees a pin."""
    return pin.status not in (Status.WAITING, Status.HIDDEN, Status.WITHDRAWN)
