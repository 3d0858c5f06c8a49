"""Blacking out words of a pin: tap them, give a reason; the original stays with the team."""

import re
from html import escape

import streamlit as st

from components import cards, meanwhile, notices, session
from components.words import Words
from data import flags, redactions
from data.pins import Pin
from data.redactions import REASONS, Place
from geo.flags_text import Flag

_TOKEN = re.compile(r"\S+")
PRIVATE = {Flag.PERSONAL: "personal_data", Flag.HEALTH: "health", Flag.INSULT: "insult"}


def tokens(words: str) -> list[Place]:
    """Split words into what can be tapped.

    >>> tokens("Frau  Muster")
    [(0, 4), (6, 12)]
    """
    return [match.span() for match in _TOKEN.finditer(words)]


def kept(words: Words, pin: Pin) -> str:
    """Return the original of a pin with blacked-out words as HTML, with who, when and why."""
    store, actor = session.instance().store, session.actor()
    found = redactions.of_pin(store, actor, pin.id)
    if not found:
        return ""
    by = words(
        "redact.by",
        person=found.person or words("inbox.somebody"),
        moment=words.moment(found.at),
        reason=words(f"redact.reason.{found.reason}"),
    )
    return (
        f'<details class="kk-original"><summary>{escape(words("redact.original"))}</summary>'
        f"{cards.own_words(found.original, pin.lang, 'kk-note')}"
        f'<p class="kk-facts">{escape(by)}</p></details>'
    )


def draw(words: Words, pin: Pin, place: str) -> None:
    """Draw the words to be tapped, the reasons, how it will read, and a way back."""
    places, (chosen, reason) = tokens(pin.words), _found(pin)
    version = f"{pin.id}-{len(pin.words)}-{pin.changed_at.timestamp():.3f}"
    with st.container(key=f"kk-redact-{pin.id}", gap="small"):
        st.text(words("redact.how"))
        taken = st.pills(
            words("redact.words"),
            range(len(places)),
            selection_mode="multi",
            wrap=True,
            default=chosen,
            format_func=lambda n: cards.plain(pin.words[slice(*places[n])]),
            key=f"redact-words-{version}",
            label_visibility="collapsed",
        )
        parts = [places[n] for n in taken or ()]
        why = st.pills(
            words("redact.reason"),
            REASONS,
            default=reason,
            required=True,
            wrap=True,
            format_func=lambda name: words(f"redact.reason.{name}"),
            key=f"redact-reason-{version}",
        )
        if parts:
            st.html(
                f'<p class="kk-label">{escape(words("redact.preview"))}</p>'
                + cards.own_words(redactions.blacked(pin.words, parts), pin.lang, "kk-note")
            )
        _buttons(words, pin, parts, str(why or ""), place)


def _buttons(words: Words, pin: Pin, parts: list[Place], why: str, place: str) -> None:
    store, actor = session.instance().store, session.actor()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            words("redact.do"),
            key=f"redact-{pin.id}",
            type="primary",
            icon=":material/ink_highlighter:",
            on_click=black_out,
            args=(pin, parts, why, place),
        )
        if redactions.of_pin(store, actor, pin.id):
            st.button(
                words("redact.take_back"),
                key=f"redact-back-{pin.id}",
                icon=":material/undo:",
                on_click=take_back,
                args=(pin, place),
            )
    st.html(f'<p class="kk-facts">{escape(words("redact.translations"))}</p>')


def black_out(pin: Pin, parts: list[Place], reason: str, place: str) -> None:
    """Black out the chosen words, and say so."""
    words, store, now = session.the_words(), session.instance().store, session.now()
    with notices.said(place):
        actor = session.actor()
        redactions.black_out(store, actor, pin.id, parts, reason=reason, seen=pin.words, now=now)
        meanwhile.stay(pin)  # nothing is left to flag; it is still to be released
        notices.keep(place, words("redact.done", number=pin.number), "success")


def take_back(pin: Pin, place: str) -> None:
    """Show the original again, and say so."""
    words, store, now = session.the_words(), session.instance().store, session.now()
    with notices.said(place):
        redactions.take_back(store, session.actor(), pin.id, seen=pin.words, now=now)
        notices.keep(place, words("redact.taken_back", number=pin.number), "success")


def _found(pin: Pin) -> tuple[list[int], str]:
    """Return which of the words were found to be private or hurtful, and the reason for it."""
    raised = flags.of_pin(session.instance().store, session.actor(), pin)
    private = [one for one in raised if one.flag in PRIVATE and not one.dismissed]
    hit = [place for one in private for place in one.places]
    chosen = [
        n
        for n, (start, end) in enumerate(tokens(pin.words))
        if any(start < b and a < end for a, b in hit)
    ]
    return chosen, PRIVATE[private[0].flag] if private else REASONS[0]
