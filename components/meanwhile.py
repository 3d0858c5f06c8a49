"""Two of the office at one pin: the second is told who was first, and sees how it stands now."""

import streamlit as st

from components import notices, session
from data import office, pins
from data.pins import Pin, Status

STAY = "inbox-stay"  # this pin stays in turn, whatever its work list says


def stay(pin: Pin) -> None:
    """Keep a pin in turn that its work list lets go: what is done with it is still to be decided."""
    st.session_state[STAY] = pin.id


def go_on() -> None:
    """Let the work list say which pin is in turn."""
    st.session_state.pop(STAY, None)


def tell(pin: Pin, place: str, *, wanted: str) -> None:
    """Say what somebody else did to a pin; what was typed stays where it is.

    `wanted` is the step that was asked for: an own second tap on the same button is no news.
    """
    words, store, actor = session.the_words(), session.instance().store, session.actor()
    review = office.last_review(store, actor, pin.id)
    step = review.step if review else ""
    if review and step == wanted and review.person_id == actor.person:
        return
    if pins.get(store, actor, pin.id).status == Status.WITHDRAWN:
        go_on()
        notices.keep(place, words("inbox.meanwhile.withdrawn", number=pin.number), "info")
        return
    stay(pin)
    if not review or step not in ("released", "hidden"):
        notices.keep(place, words("inbox.meanwhile.changed", number=pin.number), "info")
        return
    person, moment = review.person or words("inbox.somebody"), words.moment(review.at)
    told = words(f"inbox.meanwhile.{step}", number=pin.number, person=person, moment=moment)
    notices.keep(place, told, "info")
