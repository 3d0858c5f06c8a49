"""Suggested groups: pins that look like one need, with why; accept, change or dismiss them."""

import streamlit as st

from components import filters as filter_bar
from components import (
    frame,
    gate,
    group_card,
    group_form,
    group_moves,
    group_steps,
    group_ticks,
    group_work,
    notices,
    proposals,
    session,
    suggested,
)
from components.suggested import Kept
from data.groups import Suggestion
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.GROUP_SUGGEST)
NAMES = ("kind", "field", "source", "lang", "text", "since", "until")
VIEWS = ("groups", "needs", "aside")
SHOWN, LIMIT = group_moves.SHOWN, "groups-limit"


def choose(key: str) -> None:
    """Open a group."""
    st.session_state[SHOWN] = key


def more() -> None:
    """Show more groups."""
    st.session_state[LIMIT] = st.session_state.get(LIMIT, 15) + 15


def anew() -> None:
    """Look for everything again."""
    suggested.anew()
    proposals.anew()


def told(kept: Kept) -> None:
    """Say when the search was stopped, or when pins came or went since."""
    if kept.share < 1:
        line(words("groups.stopped", share=words.number(round(100 * kept.share))),
             "groups.go_on", ":material/play_arrow:", suggested.go_on)  # fmt: skip
    elif suggested.changed(actor):
        line(words("groups.changed"), "groups.anew", ":material/refresh:", anew)


def line(text: str, label: str, icon: str, act) -> None:
    """Draw a sentence with a button."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(text)
        st.button(words(label), icon=icon, on_click=act)


def listed(found: tuple[Suggestion, ...], shown: Suggestion) -> None:
    """Draw the groups one below the other, the largest first."""
    limit = st.session_state.get(LIMIT, 15)
    for number, group in enumerate(found[:limit], 1):
        with st.container(key=f"kk-pick-{group.key[:12]}", gap=None):
            st.html(group_card.html(words, here.area, group, chosen=group is shown))
            label = words("groups.open", number=number)
            st.button(label, key=f"open-{group.key}", on_click=choose, args=(group.key,))
    if len(found) > limit:
        st.button(words("filter.more"), key="groups-more", on_click=more)


def one(shown: Suggestion, found: tuple[Suggestion, ...]) -> None:
    """Draw a group: why it is one, where it lies, what can be done with it."""
    behind = group_ticks.behind(actor, shown)
    group_card.why(words, shown)
    group_moves.near(words, actor, shown)
    group_ticks.on_map(words, here.area, shown, behind)
    group_form.form(words, here.area, shown)
    group_moves.draw(words, here.area, shown, found)
    group_ticks.listed(words, shown, behind)


frame.look("groups")
with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.groups')}", width="content")
    chosen = filter_bar.view(words, VIEWS, label="groups.view", key="groups-view")
    wanted = filter_bar.bar(words, names=NAMES, key="groups")
    filter_bar.active(words, wanted, names=NAMES, key="groups")
group_work.draw(words)
notices.show(group_steps.PLACE)
group_steps.draw(words)
if chosen == "needs":
    proposals.draw(words, actor, wanted)
    st.stop()
if chosen == "aside":
    group_moves.aside(words, here.area, actor)
    st.stop()

kept = suggested.found(words, actor, wanted)
told(kept)
if not kept.groups:
    st.html(f'<div class="kk-empty"><p>{words("groups.empty")}</p></div>')
    st.stop()
shown = next((g for g in kept.groups if g.key == st.session_state.get(SHOWN)), kept.groups[0])
left, right = st.columns([4, 7], gap="medium")
with left:
    st.markdown(f"**{words.many('groups.found', len(kept.groups))}**")
    listed(kept.groups, shown)
with right:
    one(shown, kept.groups)
