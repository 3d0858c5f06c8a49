"""Asking for advice on an idea: a few words, perhaps a place and how to be reached; then the link."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from components import application_link, cards, frame, notices, session, spots
from components import map as maps
from components.map import Event, Look
from components.words import Words
from data import advice, pins
from data.advice import Idea
from data.application_form import LIMITS
from data.application_place import Spot
from data.pins import Kind, Pin
from data.problems import Problem
from data.rules import VISITOR, PinId, ProjectId
from geo import places
from geo.points import LonLat

KEY = "advice"
DONE = "advice-done"
PLACE = "advice"
MAX_IDEA = 2000


@dataclass(frozen=True)
class Started:
    """An idea that is being written; id and token are made before anything is saved."""

    id: ProjectId
    token: str
    pin: str
    need: str


def draw(words: Words) -> None:
    """Draw the form, or after it the private link, once."""
    frame.look("application")
    if done := st.session_state.get(DONE):
        _thanks(words, done)
        return
    started = _started()
    _began_with(words, started)
    notices.show(PLACE)
    _where(words, started)
    with st.form(f"advice-{started.id}", border=False, enter_to_submit=False):
        _fields(words, started)
        st.form_submit_button(
            words("advice.send"), key="advice-send", type="primary", width="stretch",
            icon=":material/send:", on_click=_ask, args=(started,),
        )  # fmt: skip


def lead(words: Words, pin: Pin) -> None:
    """Lead from a public problem or idea to asking for advice on a project for it."""
    if pin.status in pins.PUBLIC and pin.kind != Kind.STRENGTH:
        st.page_link(
            st.session_state["pages"]["advice"],
            label=words("advice.from_pin"),
            icon=":material/lightbulb:",
            query_params={"lang": words.lang, "pin": pin.id},
            width="stretch",
        )


# --- inside -----------------------------------------------------------------


def _started() -> Started:
    """Return the idea begun here with the pin or need that the address names, or begin it."""
    pin, need = (st.query_params.get(name, "")[:64] for name in ("pin", "need"))
    kept = st.session_state.get(KEY)
    if kept is None or (kept.pin, kept.need) != (pin, need):
        kept = Started(ProjectId(session.new_id()), session.new_token(), pin, need)
        st.session_state[KEY] = kept
    return kept


def _began_with(words: Words, started: Started) -> None:
    """Show the pin that the idea began with, or say that it is not there any more."""
    here = session.instance()
    try:
        if started.pin:
            pin = pins.get(here.store, VISITOR, PinId(started.pin))
            st.text(words("advice.pin"))
            cards.pins(words, [pin])
        elif started.need:
            advice.began_with(here.store, need=started.need)
            st.text(words("advice.need"))
    except Problem as problem:
        st.info(words.problem(problem))


def _fields(words: Words, started: Started) -> None:
    st.text_area(
        words("advice.words"), key=f"idea-words-{started.id}", max_chars=MAX_IDEA, height=150,
        placeholder=words("advice.words.example"),
    )  # fmt: skip
    st.text_input(
        words("advice.name"), key=f"idea-name-{started.id}", max_chars=LIMITS["name"],
        autocomplete="name",
    )  # fmt: skip
    st.text_input(
        words("advice.contact"), key=f"idea-contact-{started.id}", max_chars=LIMITS["contact"],
        autocomplete="off",
    )  # fmt: skip
    st.html(f'<p class="kk-facts">{escape(words("advice.contact.why"))}</p>')


def _where(words: Words, started: Started) -> None:
    """Ask for a place if one is wanted; an idea that began with a pin has its place."""
    if started.pin:
        return
    at: LonLat | None = st.session_state.get(_at(started))
    area = session.instance().area
    told = words.place(places.in_words(area, at)) if at else words("advice.no_place")
    with st.expander(words("advice.place"), icon=":material/location_on:", key="kk-advice-place"):
        st.html(f'<p class="kk-where" role="status">{escape(told)}</p>')
        spots.search(
            words, "application.at.search", key=f"spot-{started.id}",
            choose=lambda at: _choose(started, at),
        )  # fmt: skip
        with st.container(key="kk-place"):
            look = Look(scope="none", draft=at, go=at)
            maps.show(
                area, words, look, key="advice-map", keep=False,
                on_event=lambda event: _tapped(started, event),
            )  # fmt: skip


def _tapped(started: Started, event: Event) -> None:
    if event.tap:
        _choose(started, event.tap)


def _choose(started: Started, at: LonLat) -> None:
    st.session_state[_at(started)] = at


def _at(started: Started) -> str:
    return f"idea-at-{started.id}"


def _ask(started: Started) -> None:
    """Store the idea; runs in the button's callback, so that a double tap is one idea."""
    if DONE in st.session_state:
        return
    here, state = session.instance(), st.session_state
    with notices.said(PLACE):
        at: LonLat | None = state.get(_at(started))
        idea = Idea(
            started.id,
            state.get(f"idea-words-{started.id}") or "",
            spot=Spot(at) if at else None,
            pin=started.pin,
            need=started.need,
            name=state.get(f"idea-name-{started.id}") or "",
            contact=state.get(f"idea-contact-{started.id}") or "",
            lang=session.lang(),
        )
        here.limits.hit("advice", session.source())
        advice.ask(
            here.store, session.actor(), here.area, idea, token=started.token, now=session.now()
        )
        state[DONE] = started
        state.pop(KEY, None)


def _thanks(words: Words, done: Started) -> None:
    st.html(f'<h2 class="kk-thanks">{escape(words("advice.thanks"))}</h2>')
    st.text(words("advice.next"))
    application_link.keep(words, done.token)
    st.button(words("advice.another"), key="advice-another", on_click=_another)


def _another() -> None:
    st.session_state.pop(DONE, None)
    for name in ("pin", "need"):
        st.query_params.pop(name, None)
