"""Free pins proposed to needs that are there: which one and why, one tap to accept or dismiss."""

from html import escape

import streamlit as st

from components import cards, group_card, group_steps, notices, session, suggested
from components.group_steps import PLACE, Step
from components.words import Words
from data import pins, proposals
from data.filters import Filter
from data.proposals import Proposal
from data.rules import Actor
from data.store import Store

KEY = "proposed"
LIMIT = "proposed-limit"
PAGE = 15


def draw(words: Words, actor: Actor, wanted: Filter) -> None:
    """Draw the pins under a filter that fit a need, the surest first."""
    found = _found(words, actor, wanted)
    st.text(words("fits.how"))
    if not found:
        st.html(f'<div class="kk-empty"><p>{escape(words("fits.none"))}</p></div>')
        return
    st.markdown(f"**{words.many('fits.found', len(found))}**")
    limit = st.session_state.get(LIMIT, PAGE)
    shown = found[:limit]
    by_id = {pin.id: pin for pin in pins.by_ids(_store(), actor, [one.pin_id for one in shown])}
    for one in shown:
        if pin := by_id.get(one.pin_id):
            _one(words, one, pin)
    if len(found) > limit:
        st.button(words("filter.more"), key="proposals-more", on_click=_more, args=(limit + PAGE,))


def need_html(words: Words, one: Proposal) -> str:
    """Return the need of a proposal and why it fits, in sentences, as HTML."""
    title = f"<strong {cards.speech(one.title)}>{escape(one.title)}</strong>"
    number = escape(words("pin.number", number=one.number))
    lines = "".join(f"<li>{line}</li>" for line in _reasons(words, one))
    return f'<p class="kk-fit">{number} · {title}</p><ul class="kk-fits">{lines}</ul>'


def _reasons(words: Words, one: Proposal) -> list[str]:
    """Say why: how far, about what, in which words, in which field, how sure."""
    why = one.why
    steps = max(5, round(why.metres / 5) * 5)
    lines = [escape(words("fits.metres", metres=words.number(steps)))]
    if why.subjects:
        about = ", ".join(words(f"subject.{key}") for key in why.subjects[:3])
        lines.append(escape(words("fits.subjects", subjects=about)))
    if both := (*why.words, *(w for w in why.theirs if w not in why.words)):
        lines.append(f"{escape(words('groups.why.words'))}: {group_card.tags(both[:5])}")
    if why.same_field:
        lines.append(escape(words("fits.same_field")))
    lines.append(escape(words(f"fits.sure.{group_card.sure_word(why.sureness)}")))
    return lines


def _one(words: Words, one: Proposal, pin: pins.Pin) -> None:
    with st.container(key=f"kk-fit-{pin.id}", border=True):
        left, right = st.columns([1, 1], gap="medium")
        with left:
            cards.pins(words, [pin])
        with right:
            st.html(f'<p class="kk-label">{escape(words("fits.fits"))}</p>')
            st.html(need_html(words, one))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    words("fits.accept", number=one.number), key=f"fit-{pin.id}",
                    type="primary", icon=":material/playlist_add:",
                    on_click=_accept, args=(one, pin.number),
                )  # fmt: skip
                st.button(
                    words("fits.dismiss"), key=f"unfit-{pin.id}", icon=":material/close:",
                    on_click=_dismiss, args=(one, pin.number),
                )  # fmt: skip


def _accept(one: Proposal, number: int) -> None:
    words, actor, before = session.the_words(), session.actor(), suggested.now()
    with notices.said(PLACE):
        proposals.accept(_store(), actor, [one.pin_id], one.need_id, now=session.now())
        said = words("fits.accepted", pin=number, number=one.number)
        deeds = group_steps.last_deeds(actor)
        group_steps.done(Step(said, before, _kept(), deeds))
        _drop(one)
        suggested.taken([one.pin_id], actor)


def _dismiss(one: Proposal, number: int) -> None:
    words, before = session.the_words(), suggested.now()
    with notices.said(PLACE):
        proposals.dismiss(_store(), session.actor(), one.pin_id, one.need_id, now=session.now())
        said = words("fits.dismissed", pin=number, number=one.number)
        refused = (one.pin_id, one.need_id)
        group_steps.done(Step(said, before, _kept(), refused=refused))
        _drop(one)


def anew() -> None:
    """Forget what was found, so that it is looked for again."""
    st.session_state.pop(KEY, None)


def _found(words: Words, actor: Actor, wanted: Filter) -> list[Proposal]:
    """Return the proposals under a filter; looks for them when it is another one."""
    kept = _kept()
    if kept is None or kept[0] != wanted:
        found: list[Proposal] = []
        place = st.empty()
        with place:
            bar = st.progress(0.0, words("groups.searching"))
        for share, some in proposals.search(_store(), actor, wanted):
            found += some
            bar.progress(min(1.0, share), words("groups.searching"))
        place.empty()
        kept = (wanted, tuple(proposals.ordered(found)))
        st.session_state[KEY] = kept
    return list(kept[1])


def _drop(one: Proposal) -> None:
    if kept := _kept():
        st.session_state[KEY] = (kept[0], tuple(other for other in kept[1] if other != one))


def _kept() -> tuple[Filter, tuple[Proposal, ...]] | None:
    return st.session_state.get(KEY)


def _more(limit: int) -> None:
    st.session_state[LIMIT] = limit


def _store() -> Store:
    return session.instance().store
