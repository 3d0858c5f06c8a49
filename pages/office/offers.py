"""Who offered to help, with what, and where; how to reach them, until it is erased."""

import streamlit as st

from components import cards, frame, gate, need_card, notices, offer_card, session
from data import needs, offers, pins
from data.needs import NeedId
from data.offers import Offer, OfferState
from data.problems import NotFound
from data.rules import Act, PinId

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.OFFER_READ)
frame.look("offers")


def use(offer: Offer) -> None:
    """Note that an offer was used; its contact is erased."""
    with notices.said("offers"):
        note = str(st.session_state.get(f"offer-note-{offer.id}") or "")
        offers.use(here.store, session.actor(), offer.id, now=session.now(), note=note)
        notices.keep("offers", words("offers.used"), "success")


def about(offer: Offer) -> None:
    """Draw the pin or need that an offer is about, if it is still there."""
    try:
        if offer.thing == "pin":
            cards.pins(words, [pins.get(here.store, actor, PinId(offer.thing_id))])
        else:
            st.html(need_card.title(needs.get(here.store, actor, NeedId(offer.thing_id))))
    except NotFound:
        return


def one(offer: Offer) -> None:
    """Draw an open offer beside what it is about."""
    with st.container(key=f"kk-row-offer-{offer.id}"):
        left, right = st.columns(2, gap="medium")
        with left:
            st.html(offer_card.html(words, offer))
            with st.popover(words("offers.use"), icon=":material/check:"):
                st.text(words("offers.use_sure"))
                st.text_input(
                    words("offers.note"), key=f"offer-note-{offer.id}", max_chars=offers.MAX_NOTE
                )
                st.button(
                    words("offers.use_yes"),
                    key=f"offer-use-{offer.id}",
                    type="primary",
                    on_click=use,
                    args=(offer,),
                )
        with right:
            about(offer)


def handled() -> None:
    """Draw the offers that were used last; nobody's contact is there any more."""
    found = offers.listing(here.store, actor, OfferState.USED, limit=10)
    if not found:
        return
    st.markdown(f"## {words('offers.handled')}")
    for offer in found:
        with st.container(key=f"kk-row-offer-{offer.id}"):
            st.html(offer_card.html(words, offer))


st.markdown(f"# {words('page.offers')}")
notices.show("offers")
waiting = offers.listing(here.store, actor)
if waiting:
    st.text(words.many("offers.count", offers.open_count(here.store, actor)))
else:
    st.html(
        f'<div class="kk-empty"><p>{words("offers.empty")}</p>'
        f"<p>{words('offers.empty_next')}</p></div>"
    )
for each in waiting:
    one(each)
handled()
