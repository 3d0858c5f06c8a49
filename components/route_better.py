"""What the senders of a need's pins say some weeks later, for the office."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import cards, frame, notices, session
from components.words import Words
from data import better
from data.better import Better
from data.needs import Need
from data.rules import PinId

SHOWN = 20


def draw(words: Words, need: Need) -> None:
    """Draw how many say that it got better, and every voice; nothing while nobody was heard."""
    store, actor = session.instance().store, session.actor()
    found = better.of_need(store, actor, need.id)
    if not found:
        return
    frame.look("routes")
    shares = better.share(store, [need.id]).get(need.id, better.Share())
    st.markdown(f"## {words('better.title')}")
    said = words("routes.better.share", yes=words.number(shares.yes), all=words.number(shares.all))
    st.html(f'<p class="kk-lead">{escape(said)}</p>')
    notices.show("better")
    waiting = [one for one in found if one.said == "no" and one.handled_at is None]
    if waiting:
        st.button(
            words.many("routes.better.handled", len(waiting)),
            key=f"better-{need.id}",
            icon=":material/done_all:",
            on_click=_handled,
            args=([one.pin_id for one in waiting],),
        )
    rest = [one for one in found if one not in waiting]
    st.html("".join(_card(words, one) for one in [*waiting, *rest][:SHOWN]))


def _card(words: Words, one: Better) -> str:
    facts = [words("pin.number", number=one.number), words.day(one.created_at)]
    if one.handled_at:
        facts.append(words("routes.better.seen", day=words.day(one.handled_at)))
    return (
        f'<div class="kk-said kk-said-{one.said}"><p><strong>{escape(words(f"better.{one.said}"))}</strong></p>'
        f"{cards.own_words(one.words, one.lang) if one.words else ''}"
        f'<p class="kk-facts">{escape(" · ".join(facts))}</p></div>'
    )


def _handled(pin_ids: Sequence[PinId]) -> None:
    here = session.instance()
    with notices.said("better"):
        better.handled(here.store, session.actor(), pin_ids, now=session.now())
        notices.keep("better", session.the_words()("routes.better.noted"), "success")
