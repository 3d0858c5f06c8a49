"""The work lists on screen: how much is in each, which pin is in turn, many released at once."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from components import notices, session, undo_bar
from components.inbox_acts import LATER
from components.meanwhile import STAY
from components.words import Words
from data import pins, worklists
from data.pins import Pin
from data.problems import NotFound
from data.rules import PinId
from data.worklists import ELSEWHERE, Pile, Worklist

TURN = "inbox-turn"  # the pin in turn, until something is done with it
PUBLIC = (Worklist.OVERDUE, Worklist.DUE_SOON, Worklist.ORPHANS)
PAGE_OF = {
    "routes": "needs",
    "offers": "offers",
    "photos": "photos",
    "to_check": "projects",
    "feedback": "texts",
}


def choose(words: Words) -> Worklist:
    """Draw the work lists with how much is in each; the address keeps the one that is chosen."""
    counts = _counts()
    key = f"inbox-list-{words.lang}"
    asked = st.query_params.get("list", "")
    if key not in st.session_state:
        st.session_state[key] = asked if asked in list(Worklist) else str(Worklist.NEW)
    with st.container(key="kk-lists", horizontal=True, vertical_alignment="center", gap="small"):
        taken = st.pills(
            words("worklist.choose"),
            [str(name) for name in Worklist],
            required=True,
            wrap=True,
            format_func=lambda name: _label(words, words(f"worklist.{name}"), counts[name]),
            key=key,
            on_change=chosen,
            args=(key,),
            label_visibility="collapsed",
        )
        for name in ELSEWHERE:
            _elsewhere(words, name, counts[name])
    return Worklist(taken or Worklist.NEW)


def chosen(key: str) -> None:
    """Take another work list: the address says so, and its first pin is in turn."""
    st.query_params["list"] = st.session_state[key] or str(Worklist.NEW)
    for name in (TURN, STAY, LATER):
        st.session_state.pop(name, None)


def turn(name: Worklist) -> Pin | None:
    """Load the pin in turn: the same one until something was done with it, then the next."""
    state, store, actor = st.session_state, session.instance().store, session.actor()
    ids = worklists.ids_of(store, actor, name, now=session.now())
    here, later = set(ids), state.setdefault(LATER, set())
    back = next((one for one in state.pop(undo_bar.BACK, ()) if one in here), None)
    if back:
        state.pop(STAY, None)
        later.discard(back)
        state[TURN] = back
    stay = state.get(STAY)
    if stay and (found := _load(stay)):
        return found
    if state.get(TURN) not in here or state.get(TURN) in later:
        state[TURN] = _next(ids, later)
    return _load(state[TURN]) if state[TURN] else None


def head(words: Words, name: Worklist) -> None:
    """Draw how many are in the list, and what can be released at once."""
    number = _counts()[name]
    if not number:
        return
    key = "inbox.count" if name == Worklist.NEW else "worklist.left"
    st.text(words.many(key, number))
    if name == Worklist.NEW and number > 1:
        _piles(words)


def why(words: Words, pin: Pin, name: Worklist) -> None:
    """Draw why a pin is in the list of public ones, and where its answer is given."""
    if name not in PUBLIC:
        return
    day = worklists.due(session.instance().store, session.actor(), pin)
    if name == Worklist.ORPHANS or day:
        said = words(f"worklist.why.{name}", **({"day": words.day(day)} if day else {}))
        st.html(f'<p class="kk-facts kk-why-here">{escape(said)}</p>')
    pages = st.session_state["pages"]
    with st.container(horizontal=True, gap="small"):
        for label, page, query in _ways(words, pin):
            if page in pages:
                asked = {"lang": words.lang, **query}
                st.page_link(pages[page], label=label, query_params=asked)


def nothing(words: Words, name: Worklist) -> None:
    """Say that nothing is left in a list."""
    new = ("inbox.empty", "inbox.empty_next")
    keys = new if name == Worklist.NEW else (f"worklist.empty.{name}",)
    st.html(
        f'<div class="kk-empty">{"".join(f"<p>{escape(words(key))}</p>" for key in keys)}</div>'
    )


def release_pile(ids: tuple[PinId, ...]) -> None:
    """Release what was told of a pile, and say how many it were."""
    words, store, now = session.the_words(), session.instance().store, session.now()
    with notices.said("inbox"):
        done = worklists.release_ready(store, session.actor(), ids, now=now)
        notices.keep("inbox", words.many("pile.done", len(done)), "success")


# --- inside -----------------------------------------------------------------


def _counts() -> Mapping[str, int]:
    return worklists.counts(session.instance().store, session.actor(), now=session.now())


def _label(words: Words, name: str, number: int) -> str:
    return words("frame.counted", page=name, n=words.number(number)) if number else name


def _elsewhere(words: Words, name: str, number: int) -> None:
    pages, page = st.session_state["pages"], PAGE_OF[name]
    if not number or page not in pages:
        return
    label = words("worklist.feedback") if name == "feedback" else words(f"page.{page}")
    st.page_link(pages[page], label=_label(words, label, number), query_params={"lang": words.lang})


def _load(pin_id: PinId) -> Pin | None:
    try:
        return pins.get(session.instance().store, session.actor(), pin_id)
    except NotFound:
        return None


def _next(ids: Sequence[PinId], later: set[PinId]) -> PinId | None:
    found = next((one for one in ids if one not in later), None)
    if found is None and ids:  # all were left for later: from the beginning
        later.clear()
        found = ids[0]
    return found


def _ways(words: Words, pin: Pin) -> list[tuple[str, str, dict[str, str]]]:
    """Name where to go on with a public pin: label, page, what its address asks for."""
    ways: list[tuple[str, str, dict[str, str]]] = [(words("worklist.to_answers"), "answers", {})]
    if pin.need_id:
        ways.insert(0, (words("worklist.to_need"), "needs", {"need": pin.need_id}))
    else:
        ways.append((words("worklist.to_groups"), "groups", {}))
    return ways


def _piles(words: Words) -> None:
    piles = worklists.piles(session.instance().store, session.actor())
    with st.expander(words("pile.title"), icon=":material/stacks:"):
        st.text(words("pile.how"))
        for pile in piles:
            _pile(words, pile)


def _pile(words: Words, pile: Pile) -> None:
    name = words(f"source.{pile.source}") if pile.source else ""
    if pile.meeting:
        name = words("pile.meeting", title=pile.title)
    told = [words.many("pile.number", pile.number), words.many("pile.ready", len(pile.ready))]
    told += [words.many("pile.unlooked", pile.unlooked)] if pile.unlooked else []
    key = pile.meeting or pile.source
    with st.container(
        key=f"kk-pile-{key}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.html(
            f'<p class="kk-pile"><strong dir="auto">{escape(name)}</strong> '
            f"{escape(' · '.join(told))}</p>"
        )
        if pile.ready:
            number = len(pile.ready)
            with st.popover(words.many("pile.release", number), icon=":material/done_all:"):
                st.text(words.many("pile.sure", number))
                st.button(
                    words.many("pile.yes", number),
                    key=f"pile-yes-{key}",
                    type="primary",
                    on_click=release_pile,
                    args=(pile.ready,),
                )
