"""A pin as the office sees it: where it comes from, its way with the team's notes, what may be done."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import (
    answer_form,
    cards,
    frame,
    inbox_tags,
    meanwhile,
    notices,
    redact,
    session,
    translation,
)
from components.map import Mark
from components.words import Words
from data import photos, pins, trail, voices
from data.photos import Photo, PhotoState
from data.pins import HIDE_REASONS, Pin
from data.problems import Conflict


def big(words: Words, pin: Pin, *, marked: str = "", photo: bool = True) -> None:
    """Draw a pin large, with its source and language; `marked` are its words as safe HTML.

    With its photo as it came, what was translated and what was blacked out, for the office alone.
    """
    frame.look("inbox")
    facts = [words(f"source.{pin.source}"), words(f"language.{pin.lang}")]
    there = photos.of_pin(session.instance().store, session.actor(), pin.id) if photo else None
    card = cards.pin_html(words, pin, picture=_picture(words, pin, there))
    if marked:
        card = card.replace(cards.own_words(pin.words, pin.lang), marked, 1)
    st.html(
        f'<div class="kk-big">{card}'
        f'<p class="kk-facts">{escape(" · ".join(facts))}</p>'
        f"{translation.shown(words, pin)}{redact.kept(words, pin)}{_voices(words, pin)}</div>"
    )
    pages = st.session_state["pages"]
    if there and there.state == PhotoState.WAITING and "photos" in pages:
        link, query = words("inbox.photo_go"), {"lang": words.lang}
        icon = ":material/ink_highlighter:"
        st.page_link(pages["photos"], label=link, icon=icon, query_params=query)


def _picture(words: Words, pin: Pin, there: Photo | None) -> str:
    """Return a pin's photo as it came and whether others see it, as HTML."""
    if not there or there.state == PhotoState.REFUSED:
        return ""
    said = words("inbox.photo_waits" if there.state == PhotoState.WAITING else "inbox.photo_shown")
    return (
        f'<img class="kk-photo-here" src="api/photos/{escape(pin.id)}?scope=office" '
        f'width="{there.width}" height="{there.height}" loading="lazy" '
        f'alt="{escape(words("inbox.photo_alt", number=pin.number))}">'
        f'<p class="kk-facts">{escape(said)}</p>'
    )


def _voices(words: Words, pin: Pin) -> str:
    """Return how many say so too, and what they wrote to it."""
    store = session.instance().store
    number = voices.count(store, [pin.id])[pin.id]
    if not number:
        return ""
    said = voices.words_of(store, session.actor(), pin.id)
    title = escape(words("support.office_words"))
    return f'<p class="kk-label">{escape(words("support.office", n=words.number(number)))}</p>' + (
        f'<p class="kk-facts">{title}</p>'
        + "".join(cards.own_words(one.words, one.lang, "kk-note") for one in said)
        if said
        else ""
    )


def way(words: Words, pin: Pin) -> None:
    """Draw a pin's way, and the notes that the team left on it."""
    steps = trail.steps_with_notes(session.instance().store, session.actor(), "pin", pin.id)
    cards.way(words, steps)
    notes = [str(step.details["note"]) for step in steps if step.details.get("note")]
    if notes:
        st.html(
            f'<p class="kk-label">{escape(words("desk.notes"))}</p>'
            + "".join(cards.own_words(note, "de", "kk-note") for note in notes)
        )


def mark(pin: Pin, look: str = "") -> Mark:
    """Return a pin as a mark on the map."""
    return Mark(pin.id, pin.at, pin.kind, look)


def hide_form(words: Words, pin: Pin, place: str, *, keys: bool = False) -> None:
    """Draw the reasons for taking a pin out of sight; one tap on a reason, or its digit, does it."""
    st.text_input(words("desk.note"), key=f"note-{pin.id}", max_chars=300)
    st.html(f'<p class="kk-label">{escape(words("desk.why_hide"))}</p>')
    with st.container(horizontal=True, gap="small"):
        for digit, reason in enumerate(HIDE_REASONS, 1):
            st.button(
                words(f"hide_reason.{reason}"),
                key=f"hide-{reason}-{pin.id}",
                shortcut=str(digit) if keys else None,
                on_click=hide,
                args=(pin, reason, place),
            )


def acts(words: Words, pin: Pin, place: str, *, more: bool = True) -> None:
    """Draw what may be done with a pin: release it, hide it, and more if wanted.

    More is: sort it, black out words, translate it, answer it.
    """
    if pin.status in pins.RELEASABLE:
        st.button(
            words("desk.release"),
            key=f"release-{pin.id}",
            icon=":material/visibility:",
            on_click=release,
            args=(pin, place),
        )
    if pin.status in pins.HIDEABLE:
        with st.popover(words("desk.hide_open"), icon=":material/visibility_off:"):
            hide_form(words, pin, place)
    if not more:
        return
    with st.popover(words("inbox.tag"), icon=":material/label:"):
        inbox_tags.draw(words, pin, place)
    if pin.words:
        with st.popover(words("redact.open"), icon=":material/ink_highlighter:"):
            redact.draw(words, pin, place)
        with st.popover(words("translation.open"), icon=":material/translate:"):
            translation.draw(words, pin, place)
    answer_form.offer(words, pin)


def release(pin: Pin, place: str) -> None:
    """Make a pin public, and say so; who was second is told what happened instead."""
    words, store = session.the_words(), session.instance().store
    with notices.said(place):
        note, actor = st.session_state.get(f"note-{pin.id}") or "", session.actor()
        try:
            pins.release(store, actor, [pin.id], now=session.now(), note=note, seen=pin.status)
        except Conflict:
            meanwhile.tell(pin, place, wanted="released")
            return
        meanwhile.go_on()
        notices.keep(place, words("desk.released", number=pin.number), "success")


def hide(pin: Pin, reason: str, place: str) -> None:
    """Take a pin out of sight for a reason, and say so; who was second is told what happened."""
    words, store = session.the_words(), session.instance().store
    with notices.said(place):
        note, actor, now = (
            st.session_state.get(f"note-{pin.id}") or "",
            session.actor(),
            session.now(),
        )
        try:
            pins.hide(store, actor, [pin.id], reason=reason, now=now, note=note, seen=pin.status)
        except Conflict:
            meanwhile.tell(pin, place, wanted="hidden")
            return
        meanwhile.go_on()
        notices.keep(place, words("desk.hidden", number=pin.number), "success")


def counted(words: Words, kinds: dict[str, int]) -> str:
    """Return how many pins of each kind there are, as HTML with the kinds' shapes."""
    return "".join(
        f'<span class="kk-kind-count">{cards.shape(kind)} '
        f"{escape(words(f'kind.{kind}'))}: {escape(words.number(kinds[kind]))}</span>"
        for kind in pins.Kind
        if kinds.get(kind)
    )


def kinds_of(found: Sequence[Pin]) -> dict[str, int]:
    """Count pins by kind."""
    return {kind.value: sum(pin.kind == kind for pin in found) for kind in pins.Kind}
