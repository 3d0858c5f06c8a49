"""Who is active near a need, and the strengths that must not be broken."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import cards, frame, notices, partner_card, session
from components.words import Words
from data import partners, strengths
from data.needs import Need, NeedId
from data.partners import Near
from data.rules import PinId

PLACE = "need-near"


def draw(words: Words, need: Need) -> None:
    """Draw it for one need."""
    frame.look("partners")
    _partners(words, need)
    _strengths(words, need)


def keep(words: Words, need_ids: Sequence[NeedId]) -> None:
    """Draw the strengths that a proposal's needs must not break, if there are any."""
    here = session.instance()
    found = strengths.linked(here.store, session.actor(), need_ids) if need_ids else []
    if found:
        st.html(f"<h3>{escape(words('strengths.keep'))}</h3>")
        cards.pins(words, found)


def _partners(words: Words, need: Need) -> None:
    """Draw who is near and active in the need's field, and who else is near."""
    st.markdown(f"## {words('near.title')}")
    here = session.instance()
    found = partners.near(here.store, session.actor(), need.at, field=need.field) if need.at else []
    if found:
        every = "".join(f"<li>{_one(words, need, one)}</li>" for one in found)
        st.html(f'<ul class="kk-near">{every}</ul>')
    else:
        st.text(words("near.none"))
    if page := st.session_state["pages"].get("partners"):
        st.page_link(
            page,
            label=words("near.directory"),
            icon=":material/diversity_3:",
            query_params={"lang": words.lang, "field": need.field},
        )


def _one(words: Words, need: Need, one: Near) -> str:
    far = escape(metres(words, one.metres))
    fits = escape(words("near.fits", field=words(f"field.{need.field}"))) if one.fits else ""
    first = f'<span class="kk-far">{far}</span> · ' + (
        f'<span class="kk-tag">{fits}</span> ' if fits else ""
    )
    return partner_card.html(words, one.partner, more=first)


def _strengths(words: Words, need: Need) -> None:
    """Draw what is good here and shall stay: what is linked, then what is near."""
    here, actor = session.instance(), session.actor()
    held = strengths.linked(here.store, actor, [need.id])
    close = strengths.near(here.store, actor, need.id)
    st.markdown(f"## {words('strengths.title')}")
    notices.show(PLACE)
    if not held and not close:
        st.text(words("strengths.none"))
    for pin in held:
        with st.container(key=f"kk-keep-on-{pin.id}", gap=None):
            tag = f'<span class="kk-tag">{escape(words("strengths.held"))}</span>'
            cards.pins(words, [pin], more={pin.id: f'<p class="kk-tags">{tag}</p>'})
            _button(words, need, pin.id, pin.number, "undo")
    for one in close:
        with st.container(key=f"kk-keep-off-{one.pin.id}", gap=None):
            foot = f'<p class="kk-facts kk-far">{escape(metres(words, one.metres))}</p>'
            cards.pins(words, [one.pin], more={one.pin.id: foot})
            _button(words, need, one.pin.id, one.pin.number, "hold")


def metres(words: Words, far: float) -> str:
    """Say how far something is, to ten metres."""
    return words("near.metres", n=words.number(max(10, round(far, -1))))


def _button(words: Words, need: Need, pin_id: PinId, number: int, act: str) -> None:
    st.button(
        words(f"strengths.{act}", number=number),
        key=f"strength-{act}-{pin_id}",
        type="tertiary",
        icon=":material/favorite:" if act == "hold" else ":material/undo:",
        on_click=_hold if act == "hold" else _undo,
        args=(need.id, pin_id, number),
    )


def _hold(need_id: NeedId, pin_id: PinId, number: int) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        strengths.link(here.store, session.actor(), need_id, pin_id, now=session.now())
        notices.keep(PLACE, words("strengths.now_held", number=number), "success")


def _undo(need_id: NeedId, pin_id: PinId, number: int) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        strengths.unlink(here.store, session.actor(), need_id, pin_id, now=session.now())
        notices.keep(PLACE, words("strengths.undone", number=number), "success")
