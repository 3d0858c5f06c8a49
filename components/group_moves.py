"""A suggested group changed before it is accepted: split, merged, put aside, or into a need near by."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import (
    cards,
    group_card,
    group_steps,
    group_ticks,
    group_work,
    notices,
    proposals,
    session,
    suggested,
)
from components.group_steps import PLACE, Step
from components.words import Words
from data import dismissals, groups, needs
from data import proposals as fits
from data.followers import NeedId
from data.groups import Suggestion
from data.problems import BadInput
from data.proposals import Proposal
from data.rules import Actor
from geo.area import Area
from geo.points import metres

NEAR = 400.0  # metres: groups further away are not offered for merging
SHOWN = "group-shown"
NEEDS_NEAR = "group-needs-near"


def near(words: Words, actor: Actor, group: Suggestion) -> None:
    """Draw the needs near by that the pins may belong to, each with why and a way into it."""
    found = _near(actor, group)
    if not found:
        return
    with st.container(key="kk-near", border=True):
        st.markdown(f"**{words('groups.near')}**")
        for one in found:
            with st.container(key=f"kk-near-{one.need_id}", gap=None):
                st.html(proposals.need_html(words, one))
                st.button(
                    words("groups.put_in", number=one.number),
                    key=f"put-{one.need_id}",
                    icon=":material/playlist_add:",
                    on_click=_put,
                    args=(group, one.need_id),
                )


def _near(actor: Actor, group: Suggestion) -> list[Proposal]:
    """Look for needs near by once, until a group or anything stored is another."""
    store = session.instance().store
    asked = (group.key, store.revision)
    kept = st.session_state.get(NEEDS_NEAR)
    if kept is None or kept[0] != asked:
        kept = (asked, fits.of_group(store, actor, group.ids))
        st.session_state[NEEDS_NEAR] = kept
    return kept[1]


def draw(words: Words, area: Area, group: Suggestion, others: Sequence[Suggestion]) -> None:
    """Draw what else can be done with a group."""
    with st.container(horizontal=True, key="kk-moves", gap="small"):
        st.button(
            words("groups.split"), key=f"split-{group.key}", icon=":material/call_split:",
            on_click=_split, args=(group,), help=words("groups.split_how"),
        )  # fmt: skip
        st.button(
            words("groups.dismiss"), key=f"dismiss-{group.key}", icon=":material/close:",
            on_click=_dismiss, args=(group,),
        )  # fmt: skip
    _merging(words, area, group, others)


def _merging(words: Words, area: Area, group: Suggestion, others: Sequence[Suggestion]) -> None:
    by_key = {
        other.key: other
        for other in sorted(others, key=lambda other: metres(other.centre, group.centre))
        if other.key != group.key and metres(other.centre, group.centre) <= NEAR
    }
    if not by_key:
        return
    with st.popover(words("groups.merge"), icon=":material/merge:", key=f"merge-{group.key}"):
        key = st.selectbox(
            words("groups.merge_which"),
            list(by_key),
            format_func=lambda key: _label(words, area, by_key[key]),
            key=f"other-{group.key}",
        )
        st.button(
            words("groups.merge_do"), key="merge-do", type="primary",
            on_click=_merge, args=(group, by_key[key]),
        )  # fmt: skip


def _label(words: Words, area: Area, group: Suggestion) -> str:
    title = group_card.title(words, area, group)
    return f"{cards.plain(title)} ({words.number(len(group.ids))})"


def _put(group: Suggestion, need_id: NeedId) -> None:
    """Put the ticked pins into a need that is there."""
    words, actor, before = session.the_words(), session.actor(), suggested.now()
    with notices.said(PLACE):
        ids = group_ticks.ticked(group)
        first, rest = ids[: group_work.AT_ONCE], ids[group_work.AT_ONCE :]
        need = needs.add_pins(
            session.instance().store, actor, need_id, pin_ids=first, now=session.now()
        )
        said = words.many("groups.put", len(ids), need=need.number)
        group_steps.done(Step(said, before, deeds=group_steps.last_deeds(actor)))
        suggested.taken(first, actor)
        group_work.begin(need, rest)


def _split(group: Suggestion) -> None:
    """Make two suggestions of one: what is ticked, and what is not."""
    store, actor, words = session.instance().store, session.actor(), session.the_words()
    before = suggested.now()
    with notices.said(PLACE):
        ticked = group_ticks.ticked(group)
        rest = [pin for pin in group.ids if pin not in set(ticked)]
        if not ticked or not rest:
            raise BadInput("group.split_some", field="pins")
        parts = [groups.put_together(store, actor, ids) for ids in (ticked, rest)]
        suggested.replaced([group], [part for part in parts if part])
        group_steps.done(Step(words("groups.split_done"), before))
        if parts[0]:
            st.session_state[SHOWN] = parts[0].key


def _merge(group: Suggestion, other: Suggestion) -> None:
    """Make one suggestion of two."""
    store, actor, words = session.instance().store, session.actor(), session.the_words()
    before = suggested.now()
    with notices.said(PLACE):
        both = groups.put_together(store, actor, [*group.ids, *other.ids])
        suggested.replaced([group, other], [both] if both else [])
        group_steps.done(Step(words("groups.merge_done"), before))
        if both:
            st.session_state[SHOWN] = both.key


def _dismiss(group: Suggestion) -> None:
    """Put a group aside until it really changes."""
    words, before = session.the_words(), suggested.now()
    with notices.said(PLACE):
        key = groups.dismiss(
            session.instance().store, session.actor(), group.ids, now=session.now()
        )
        suggested.replaced([group], [])
        group_steps.done(Step(words("groups.dismissed"), before, dismissed=key))


def aside(words: Words, area: Area, actor: Actor) -> None:
    """Draw what was dismissed, the latest first, each with a way back."""
    store = session.instance().store
    found = dismissals.listing(store, actor)
    if not found:
        st.html(f'<div class="kk-empty"><p>{escape(words("groups.none_aside"))}</p></div>')
        return
    st.text(words("groups.aside_how"))
    for one in found:
        group = groups.put_together(store, actor, one.ids)
        if group is None:
            continue
        with st.container(key=f"kk-row-aside-{one.key[:12]}", gap=None):
            st.html(group_card.html(words, area, group, chosen=False))
            st.text(words("groups.aside_when", day=words.day(one.at)))
            st.button(
                words("groups.restore"), key=f"restore-{one.key}", icon=":material/undo:",
                on_click=_restore, args=(one.key,),
            )  # fmt: skip


def _restore(key: str) -> None:
    with notices.said(PLACE):
        groups.restore(session.instance().store, session.actor(), key, now=session.now())
        suggested.anew()
        notices.keep(PLACE, session.the_words()("groups.restored"), "success")
