"""I can help: the form under a pin or a need, and how to take an offer back."""

import streamlit as st

from components import frame, notices, session
from components.words import Words
from data import offers
from data.offers import Draft, Help, OfferId

KEY = "offered"  # by pin or need: the offer made on this screen; gone with the session


def form(words: Words, thing: str, thing_id: str) -> None:
    """Draw the form of an offer for a public `pin` or `need`; after it, thanks and a way back."""
    frame.look("offers")
    place = f"offer-{thing_id}"
    with st.container(key=f"kk-offer-{thing_id}"):
        if thing_id in _made():
            st.success(words("offer.thanks"))
            st.button(
                words("offer.withdraw"),
                key=f"offer-back-{thing_id}",
                icon=":material/undo:",
                on_click=_withdraw,
                args=(thing_id,),
            )
            notices.show(place)
            return
        notices.show(place)
        with st.expander(words("offer.title"), icon=":material/volunteer_activism:"):
            _fields(words, thing, thing_id)


def _fields(words: Words, thing: str, thing_id: str) -> None:
    with st.form(f"offer-{thing_id}", border=False, enter_to_submit=False):
        st.html(f'<p class="kk-label">{words("offer.kinds")}</p>')
        for kind in Help:
            st.checkbox(words(f"offer.{kind}"), key=f"offer-{kind}-{thing_id}")
        st.text_area(
            words("offer.words"),
            key=f"offer-words-{thing_id}",
            max_chars=offers.MAX_WORDS,
            height=80,
            placeholder=words("offer.words_example"),
        )
        st.text_input(
            words("offer.contact"),
            key=f"offer-contact-{thing_id}",
            max_chars=offers.MAX_CONTACT,
            autocomplete="off",
        )
        st.html(f'<p class="kk-facts">{words("offer.contact_why")}</p>')
        st.form_submit_button(
            words("offer.send"),
            key=f"offer-send-{thing_id}",
            type="primary",
            width="stretch",
            icon=":material/volunteer_activism:",
            on_click=_make,
            args=(thing, thing_id),
        )


def _made() -> dict[str, OfferId]:
    return st.session_state.setdefault(KEY, {})


def _make(thing: str, thing_id: str) -> None:
    """Store the offer; runs in the button's callback, so that a double tap is one offer."""
    if thing_id in _made():
        return
    here, typed = session.instance(), st.session_state
    with notices.said(f"offer-{thing_id}"):
        here.limits.hit("offer", session.source())
        draft = Draft(
            OfferId(session.new_id()),
            thing,
            thing_id,
            tuple(kind for kind in Help if typed.get(f"offer-{kind}-{thing_id}")),
            words=typed.get(f"offer-words-{thing_id}") or "",
            contact=typed.get(f"offer-contact-{thing_id}") or "",
            lang=session.the_words().html_lang,
        )
        offers.make(here.store, session.actor(), draft, now=session.now())
        _made()[thing_id] = draft.id


def _withdraw(thing_id: str) -> None:
    """Take the offer of this screen back."""
    here, words = session.instance(), session.the_words()
    offer_id = _made().pop(thing_id, None)
    if offer_id:
        with notices.said(f"offer-{thing_id}"):
            offers.withdraw(here.store, session.actor(), offer_id, now=session.now())
            notices.keep(f"offer-{thing_id}", words("offer.withdrawn"), "success")
