"""The suggested groups of a screen: found once for a filter, kept while one works through them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from components import session
from components.words import Words
from data import groups, needs, pins
from data.filters import Filter
from data.groups import Suggestion
from data.rules import Actor, PinId

KEY = "suggested"
HURRY = "suggested-hurry"
BATCH = 48  # texts read between two steps of the progress bar, about 0.6 s
SHORT = 75  # texts that are read in about a second, without a bar


@dataclass(frozen=True)
class Kept:
    """What was found, for which filter, and among how many free pins."""

    wanted: Filter
    free: int
    groups: tuple[Suggestion, ...]


def found(words: Words, actor: Actor, wanted: Filter) -> list[Suggestion]:
    """Return the suggestions under a filter; looks for them when it is another filter."""
    kept = _kept()
    if kept is None or kept.wanted != wanted:
        _read(words, actor, wanted)
        with st.spinner(words("groups.searching")):
            now = groups.suggestions(session.instance().store, actor, wanted)
        kept = Kept(wanted, _free(actor, wanted), tuple(now))
        st.session_state[KEY] = kept
    return list(kept.groups)


def changed(actor: Actor) -> bool:
    """Tell whether pins came or went since the suggestions were found."""
    kept = _kept()
    return kept is not None and _free(actor, kept.wanted) != kept.free


def anew() -> None:
    """Forget what was found, so that it is looked for again."""
    st.session_state.pop(KEY, None)
    st.session_state.pop(HURRY, None)


def taken(ids: Iterable[PinId]) -> None:
    """Drop the groups that hold any of these pins, which are in a need now."""
    gone, kept = set(ids), _kept()
    if kept:
        left = tuple(group for group in kept.groups if not gone & set(group.ids))
        st.session_state[KEY] = replace(kept, groups=left, free=kept.free - len(gone))


def dropped(key: str) -> None:
    """Drop one group that was dismissed."""
    if kept := _kept():
        left = tuple(group for group in kept.groups if group.key != key)
        st.session_state[KEY] = replace(kept, groups=left)


def _kept() -> Kept | None:
    return st.session_state.get(KEY)


def _free(actor: Actor, wanted: Filter) -> int:
    free = replace(wanted, status=tuple(sorted(needs.FREE)), need="-")
    return pins.count(session.instance().store, actor, free)


def _read(words: Words, actor: Actor, wanted: Filter) -> None:
    """Read the meaning of what is new, in batches; one may choose not to wait."""
    missing = groups.missing_vectors(session.instance().store, actor, wanted)
    if not missing or st.session_state.get(HURRY):
        return
    if len(missing) <= SHORT:
        groups.prepare(missing)
        return
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, words("groups.reading"))
        st.button(words("groups.no_wait"), key="no-wait", on_click=_hurry)
    for start in range(0, len(missing), BATCH):
        groups.prepare(missing[start : start + BATCH])
        bar.progress(min(1.0, (start + BATCH) / len(missing)), words("groups.reading"))
    place.empty()


def _hurry() -> None:
    st.session_state[HURRY] = True
