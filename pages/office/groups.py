"""Suggested groups: pins that look like one need, with why; accept, change or dismiss them."""

import streamlit as st

from components import desk, gate, group_card, group_form, notices, session, suggested
from components import filters as filter_bar
from components import map as maps
from components.map import Event, Look
from components.projects import apart
from data import groups, office
from data.groups import Suggestion
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.GROUP_SUGGEST)
NAMES = ("kind", "field", "source", "lang", "text", "since", "until")
SHOWN, LIMIT = "group-shown", "groups-limit"


def choose(key: str) -> None:
    """Open a group."""
    st.session_state[SHOWN] = key


def more() -> None:
    """Show more groups."""
    st.session_state[LIMIT] = st.session_state.get(LIMIT, 15) + 15


def dismiss(key: str) -> None:
    """Put a group aside for good."""
    with notices.said("group"):
        groups.dismiss(here.store, session.actor(), key, now=session.now())
        suggested.dropped(key)
        st.session_state[group_form.DISMISSED] = key


def restore(key: str) -> None:
    """Take the last dismissed group back."""
    with notices.said("group"):
        groups.restore(here.store, session.actor(), key, now=session.now())
        del st.session_state[group_form.DISMISSED]
        suggested.anew()
        choose(key)


def happened(event: Event) -> None:
    """Take a tap on the map: nothing to do, the pins stand in the list beside it."""


def listed(found: list[Suggestion], shown: Suggestion) -> None:
    """Draw the groups one below the other, the largest first."""
    limit = st.session_state.get(LIMIT, 15)
    for group in found[:limit]:
        with st.container(key=f"kk-pick-{group.key[:12]}", gap=None):
            st.html(group_card.html(words, here.area, group, chosen=group is shown))
            label = words("groups.open", number=found.index(group) + 1)
            st.button(label, key=f"open-{group.key}", on_click=choose, args=(group.key,))
    if len(found) > limit:
        st.button(words("filter.more"), key="groups-more", on_click=more)


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.groups')}", width="content")
    wanted = filter_bar.bar(words, names=NAMES, key="groups")
    filter_bar.active(words, wanted, names=NAMES, key="groups")
found = suggested.found(words, actor, wanted)
notices.show("group")
if key := st.session_state.get(group_form.DISMISSED):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words("groups.dismissed"))
        st.button(words("groups.undo"), icon=":material/undo:", on_click=restore, args=(key,))
if suggested.changed(actor):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words("groups.changed"))
        st.button(words("groups.anew"), icon=":material/refresh:", on_click=suggested.anew)
if not found:
    st.html(f'<div class="kk-empty"><p>{words("groups.empty")}</p></div>')
    st.stop()

shown = next((g for g in found if g.key == st.session_state.get(SHOWN)), found[0])
behind = office.pins_by_id(here.store, actor, shown.ids)
left, right = st.columns([4, 7], gap="medium")
with left:
    st.markdown(f"**{words.many('groups.found', len(found))}**")
    listed(found, shown)
with right:
    group_card.why(words, shown)
    with st.container(key="kk-place"):
        marks = apart([desk.mark(pin) for pin in behind])
        look = Look(scope="none", marks=marks, fit=maps.around([pin.at for pin in behind]))
        maps.show(
            here.area, words, look, key="groups-map", on_event=happened, taps=False, keep=False
        )
    group_form.form(words, here.area, shown, behind)
    st.button(
        words("groups.dismiss"),
        key=f"dismiss-{shown.key}",
        icon=":material/close:",
        type="tertiary",
        on_click=dismiss,
        args=(shown.key,),
    )
