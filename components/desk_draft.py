"""What stands on the desk before it is saved: a place that stays, a kind that stays, an id."""

from dataclasses import dataclass, replace

import streamlit as st

from components import notices, session
from data import attendance, desk, voices
from data.desk import Line
from data.meetings import Meeting
from data.pins import Draft
from data.problems import BadInput
from data.rules import Actor, PinId
from geo import places
from geo.area import Spot, in_box
from geo.points import LonLat

KEY, LAST = "typing", "typing-last"
SPOT, FORM, LIST = "typing-where", "typing-form", "typing-list"  # where a refusal stands
WORDS, FIELD = "typing-words", "typing-field"
TALK, PAPER = "talk", "paper"
SOURCES = {TALK: "desk", PAPER: "paper"}
UNDONE = 10


@dataclass(frozen=True)
class Begun:
    """The next pin; its id is the stored one's, so that saving twice is one pin."""

    id: PinId
    code: str
    mode: str = TALK
    at: LonLat | None = None
    others: tuple[Spot, ...] = ()  # what else the typed place may be
    turn: int = 0  # grows when the focus is to go to the first field anew
    looked: int = 0  # grows when a place was found by typing
    card: str = ""
    back: str = ""  # words that were taken back, to stand in the field again


@dataclass(frozen=True)
class Done:
    """An act that can be undone: a saved pin, or a voice given to one."""

    pin: PinId
    number: int
    code: str = ""
    voice: str = ""  # the key of a voice
    twice: tuple[int, ...] = ()  # pins from the same card


def begun() -> Begun:
    """Return the next pin's draft, or begin one as the address asks."""
    if KEY not in st.session_state:
        card = st.query_params.get("card", "")[:9]
        mode = PAPER if card else TALK
        new = Begun(PinId(session.new_id()), session.new_code(), mode, card=card)
        st.session_state[KEY] = new
    return st.session_state[KEY]


def change(**changes: object) -> None:
    """Change the draft."""
    st.session_state[KEY] = replace(begun(), **changes)  # type: ignore[arg-type]


def switch(mode: str) -> None:
    """Type what is said, or cards of paper."""
    change(mode=mode, card="", others=(), turn=begun().turn + 1)


def put(at: LonLat) -> None:
    """Choose a place; it stays for what is said next."""
    area = session.instance().area
    if not in_box(area, at):
        raise BadInput("pin.place_outside", field="place", area=area.title)
    change(at=at, others=())


def look_for(typed: str) -> None:
    """Choose the place whose name was typed, and remember what else it may be."""
    if not typed.strip():
        return
    found = places.search(session.instance().area, typed[:80], limit=5)
    if not found:
        raise BadInput("typing.place_unknown", field="place")
    put(found[0].at)
    change(others=tuple(found[1:]), looked=begun().looked + 1)
    st.session_state["go"] = found[0].at


def where() -> tuple[Actor, Meeting]:
    """Return who leads here and the meeting of the address, both asked anew."""
    store = session.instance().store
    _, meeting = attendance.by_code(store, st.query_params.get("m", ""))
    return session.leader(), meeting


def save(draft_id: PinId) -> None:
    """Store what was typed; runs in the button's callback, so that a double Enter is one pin.

    The browser empties the field at once, so that typing goes on; after a refusal or a lost
    line static/desk.js puts the words back.
    """
    now, words = begun(), st.session_state.get(WORDS) or ""
    if now.id != draft_id or (not words.strip() and _just_saved()):
        return
    with notices.said(FORM):
        card = desk.card_number(_card(now)) if now.mode == PAPER else None
        number = _store(now, words, card)
        _done(Done(now.id, number[0], now.code, twice=number[1]))
        _next(now)


def say_same(pin_id: PinId, number: int) -> None:
    """Give one more voice to a pin: somebody else said the same."""
    here = session.instance()
    with notices.said(LIST):
        actor, meeting = where()
        desk.lines(here.store, actor, meeting.id, [pin_id])  # of this meeting, and of who leads it
        key = voices.key_of(pin_id, session.new_id())
        voices.give(
            here.store,
            actor,
            pin_id,
            key_hash=key,
            lang=session.lang(),
            source="meeting",
            now=session.now(),
        )
        _done(Done(pin_id, number, voice=key))


def undo() -> None:
    """Take the last act back; its words stand in the field again, if that is empty."""
    here, done = session.instance(), acts()
    if not done:
        return
    with notices.said(LIST):
        actor, meeting = where()
        last = done[-1]
        if last.voice:
            voices.take_back(here.store, last.voice)
        else:
            said = desk.lines(here.store, actor, meeting.id, [last.pin])
            desk.undo(here.store, actor, meeting.id, last.pin, now=session.now())
            for line in said:
                _again(line)
        notices.keep(LIST, session.the_words()("typing.undone", number=last.number), "info")
    st.session_state[LAST] = done[:-1]


def acts() -> list[Done]:
    """Return what can be undone, the latest last."""
    return st.session_state.setdefault(LAST, [])


# --- inside -----------------------------------------------------------------


def _store(now: Begun, words: str, card: int | None) -> tuple[int, tuple[int, ...]]:
    """Store the draft and return its number, and those of pins from the same card."""
    here = session.instance()
    actor, meeting = where()
    if now.at is None:
        raise BadInput("pin.place_missing", field="place")
    twice = desk.with_card(here.store, actor, meeting.id, card) if card else []
    draft = Draft(
        id=now.id,
        kind=st.session_state.get(kind_key(meeting)) or "",
        words=words,
        at=now.at,
        field=st.session_state.get(FIELD) or "",
        lang=session.lang(),
        source=SOURCES[now.mode],
        code=now.code,
        meeting=meeting.id,
    )
    desk.write(here.store, actor, here.area, draft, card=card, now=session.now())
    saved = desk.lines(here.store, actor, meeting.id, [now.id])
    return saved[0].pin.number, tuple(twice)


def kind_key(meeting: Meeting) -> str:
    """Name the widget of the kinds; the name tells the style sheet which signs it has."""
    return f"kind-typing-{'-'.join(meeting.plan.kinds)}"


def card_key(now: Begun) -> str:
    """Name the widget of the card's number; each card has a new one."""
    return f"typing-card-{now.id}"


def _card(now: Begun) -> str:
    return st.session_state.get(card_key(now)) or ""


def _next(now: Begun) -> None:
    """Begin the next pin: what is said stays at its place, each card has its own."""
    st.query_params.pop("card", None)
    at = None if now.mode == PAPER else now.at
    new = Begun(PinId(session.new_id()), session.new_code(), now.mode, at)
    st.session_state[KEY] = replace(new, turn=now.turn + 1, looked=now.looked)


def _again(line: Line) -> None:
    """Put what was taken back onto the desk once more."""
    now, card = begun(), str(line.card or "")
    new = replace(now, id=PinId(session.new_id()), code=session.new_code(), turn=now.turn + 1)
    at = now.at or line.pin.at
    st.session_state[KEY] = replace(new, at=at, card=card, back=line.pin.words)


def _done(act: Done) -> None:
    st.session_state[LAST] = [*acts(), act][-UNDONE:]
    st.session_state.pop(notices.KEY, None)


def _just_saved() -> bool:
    """Tell whether the last act was saving: then an Enter on the empty field is one too many."""
    done = acts()
    return bool(done and not done[-1].voice)
