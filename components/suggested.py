"""The suggested groups of a screen: looked for once under a filter, kept while one works on them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from components import session
from components.words import Words
from data import groups, meanings, needs, pins
from data.filters import Filter
from data.groups import Suggestion
from data.rules import Actor, PinId

KEY = "suggested"
SEARCH = "suggested-search"
BATCH = 48  # texts read between two steps of the progress bar, about 0.6 s
SHORT = 75  # texts that are read in about a second, without a bar
FEW = 2000  # pins that are grouped in about a second
MOST_READ = 1500  # texts whose meaning is read in one search, 20 seconds; the table reads all


@dataclass(frozen=True)
class Kept:
    """What was found, for which filter, and among how many free pins."""

    wanted: Filter
    free: int
    groups: tuple[Suggestion, ...]
    share: float = 1.0  # of the search that was done when it was stopped


@dataclass
class Search:
    """A search under way; it outlives the click that stops it, so that it can go on."""

    wanted: Filter
    free: int
    texts: int  # whose meaning has to be read first
    size: int  # pins and texts to be looked at
    steps: Iterator[tuple[float, list[Suggestion]]]
    found: list[Suggestion] = field(default_factory=list)
    share: float = 0.0
    stopped: bool = False
    hurried: bool = False  # without waiting for the meaning of what is new


def found(words: Words, actor: Actor, wanted: Filter) -> Kept:
    """Return the suggestions under a filter; looks for them when it is another filter."""
    kept = _kept()
    if kept is None or kept.wanted != wanted:
        search = _search(actor, wanted)
        if not search.stopped:
            _go_on(words, search)
        now = groups.ordered(search.found)
        kept = Kept(wanted, search.free, tuple(now), 1.0 if not search.stopped else search.share)
        st.session_state[KEY] = kept
    return kept


def changed(actor: Actor) -> bool:
    """Tell whether pins came or went since the suggestions were found."""
    kept = _kept()
    return kept is not None and _free(actor, kept.wanted) != kept.free


def anew() -> None:
    """Forget what was found, so that it is looked for again."""
    st.session_state.pop(KEY, None)
    st.session_state.pop(SEARCH, None)


def go_on() -> None:
    """Let a search that was stopped go on from where it stands."""
    st.session_state.pop(KEY, None)
    if search := st.session_state.get(SEARCH):
        search.stopped = False


def now() -> Kept | None:
    """Return what is on the screen; it can be put back later."""
    return _kept()


def put_back(before: Kept | None) -> None:
    """Show again what was on the screen before a step."""
    if before:
        st.session_state[KEY] = before


def taken(ids: Collection[PinId], actor: Actor) -> None:
    """Take pins that are in a need now out of the groups; what is left of a group stays."""
    gone, kept = set(ids), _kept()
    if not kept:
        return
    left: list[Suggestion] = []
    for group in kept.groups:
        rest = [pin_id for pin_id in group.ids if pin_id not in gone]
        if len(rest) == len(group.ids):
            left.append(group)
        elif len(rest) > 1 and (again := _together(actor, rest)):
            left.append(again)
    st.session_state[KEY] = replace(kept, groups=tuple(left), free=kept.free - len(gone))


def replaced(old: Sequence[Suggestion], new: Sequence[Suggestion]) -> None:
    """Put other groups where the first of some stood, for splitting, merging and dismissing."""
    if kept := _kept():
        keys = {group.key for group in old}
        at = next((n for n, group in enumerate(kept.groups) if group.key in keys), 0)
        rest = [group for group in kept.groups if group.key not in keys]
        st.session_state[KEY] = replace(kept, groups=(*rest[:at], *new, *rest[at:]))


def _together(actor: Actor, ids: Collection[PinId]) -> Suggestion | None:
    return groups.put_together(session.instance().store, actor, ids)


def _kept() -> Kept | None:
    return st.session_state.get(KEY)


def _free(actor: Actor, wanted: Filter) -> int:
    status = tuple(one for one in sorted(needs.FREE) if not wanted.status or one in wanted.status)
    if not status:
        return 0
    free = replace(wanted, status=status, need="-")
    return pins.count(session.instance().store, actor, free)


def _search(actor: Actor, wanted: Filter) -> Search:
    """Return the search under way for a filter, or begin one."""
    search = st.session_state.get(SEARCH)
    if search is None or search.wanted != wanted:
        store = session.instance().store
        voices = groups.free(store, actor, wanted)
        texts = meanings.missing(voice.words for voice in voices)[:MOST_READ]
        size = len(voices) + len(texts) * FEW // SHORT
        search = Search(wanted, _free(actor, wanted), len(texts), size, iter(()))
        search.steps = _steps(search, texts, lambda: groups.search(store, actor, voices))
        st.session_state[SEARCH] = search
    return search


def _steps(
    search: Search,
    texts: Sequence[str],
    grouped: Callable[[], Iterator[tuple[float, list[Suggestion]]]],
) -> Iterator[tuple[float, list[Suggestion]]]:
    """Read the meaning of what is new, then group: half of the bar each."""
    for start in range(0, len(texts), BATCH):
        if search.hurried:
            break
        meanings.read(texts[start : start + BATCH])
        yield 0.5 * min(1.0, (start + BATCH) / len(texts)), []
    first = 0.5 if texts else 0.0
    for share, some in grouped():
        yield first + (1 - first) * share, some


def _go_on(words: Words, search: Search) -> None:
    """Search on to the end; a long search shows how far it is and can be stopped."""
    place = st.empty()
    if search.size <= FEW:
        with place, st.spinner(words("groups.searching")):
            for _ in _each(search):
                pass
        return
    with place.container(key="kk-search"):
        bar = st.progress(search.share, words("groups.searching"))
        with st.container(horizontal=True, gap="small"):
            ways = [("stop", _stop, "stop"), ("no_wait", _hurry, "fast_forward")]
            for name, act, icon in ways if search.texts else ways[:1]:
                st.button(
                    words(f"groups.{name}"),
                    key=f"search-{name}",
                    icon=f":material/{icon}:",
                    on_click=act,
                    args=(search,),
                )
    for share in _each(search):
        bar.progress(share, words("groups.searching"))
    place.empty()


def _each(search: Search) -> Iterator[float]:
    """Take the steps of a search one by one and keep what each finds."""
    for share, some in search.steps:
        search.found += some
        search.share = min(1.0, share)
        yield search.share


def _stop(search: Search) -> None:
    search.stopped = True


def _hurry(search: Search) -> None:
    search.hurried = True
