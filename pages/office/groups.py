"""Suggested groups: pins that look like one need, with why; accept, change or dismiss them."""

import streamlit as st

from components import cards, desk, gate, group_card, notices, session, suggested
from components import filters as filter_bar
from components import map as maps
from components.map import Event, Look
from data import groups, office
from data.fields import FIELDS
from data.groups import Suggestion
from data.needs import MAX_TITLE, NeedId, Priority
from data.pins import Pin
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.GROUP_SUGGEST)
NAMES = ("kind", "field", "source", "lang", "text", "since", "until")
SHOWN, DISMISSED, LIMIT = "group-shown", "group-dismissed", "groups-limit"


def choose(key: str) -> None:
    """Open a group."""
    st.session_state[SHOWN] = key


def more() -> None:
    """Show more groups."""
    st.session_state[LIMIT] = st.session_state.get(LIMIT, 15) + 15


def accept(group: Suggestion, need_id: NeedId) -> None:
    """Make a need of the pins that are ticked."""
    state = st.session_state
    with notices.said("group"):
        ids = [pin for pin in group.ids if state.get(f"take-{pin}", True)]
        need = groups.accept(
            here.store,
            session.actor(),
            group,
            need_id=need_id,
            title=state[f"title-{group.key}"] or "",
            field=state[f"field-{group.key}"] or "",
            priority=state[f"priority-{group.key}"] or "",
            ids=ids,
            now=session.now(),
        )
        suggested.taken(ids)
        state.pop(DISMISSED, None)
        notices.keep("group", words("groups.accepted", number=need.number), "success")


def dismiss(key: str) -> None:
    """Put a group aside for good."""
    with notices.said("group"):
        groups.dismiss(here.store, session.actor(), key, now=session.now())
        suggested.dropped(key)
        st.session_state[DISMISSED] = key


def restore(key: str) -> None:
    """Take the last dismissed group back."""
    with notices.said("group"):
        groups.restore(here.store, session.actor(), key, now=session.now())
        del st.session_state[DISMISSED]
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


def form(group: Suggestion, found: list[Pin]) -> None:
    """Draw the need that would come of it, and its pins to tick."""
    with st.form(f"group-{group.key}", border=False, enter_to_submit=False):
        proposed = group_card.title(words, here.area, group)[:MAX_TITLE]
        st.text_input(words("need.title"), proposed, key=f"title-{group.key}", max_chars=MAX_TITLE)
        field = group_card.field(group)
        st.selectbox(
            words("filter.field"),
            FIELDS,
            index=FIELDS.index(field) if field in FIELDS else None,
            format_func=lambda code: words(f"field.{code}"),
            key=f"field-{group.key}",
        )
        st.radio(
            words("need.priority"),
            list(Priority),
            index=1,
            horizontal=True,
            format_func=lambda priority: words(f"priority.{priority}"),
            key=f"priority-{group.key}",
        )
        st.form_submit_button(
            words("groups.accept"),
            type="primary",
            icon=":material/checklist:",
            on_click=accept,
            args=(group, _need_id(group)),
        )
        st.html(f'<p class="kk-label">{words("groups.ticks")}</p>')
        for pin in found:
            with st.container(horizontal=True, key=f"kk-tick-{pin.id}"):
                label = words("pin.number", number=pin.number)
                st.checkbox(label, True, key=f"take-{pin.id}")
                cards.pins(words, [pin])


def _need_id(group: Suggestion) -> NeedId:
    """Give the need its id before it is made: two taps on "accept" are one need."""
    ids = st.session_state.setdefault("group-needs", {})
    return ids.setdefault(group.key, NeedId(session.new_id()))


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.groups')}", width="content")
    wanted = filter_bar.bar(words, names=NAMES, key="groups")
    filter_bar.active(words, wanted, names=NAMES, key="groups")
found = suggested.found(words, actor, wanted)
notices.show("group")
if key := st.session_state.get(DISMISSED):
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
        marks = [desk.mark(pin) for pin in behind]
        look = Look(scope="none", marks=marks, fit=maps.around([pin.at for pin in behind]))
        maps.show(
            here.area, words, look, key="groups-map", on_event=happened, taps=False, keep=False
        )
    form(shown, behind)
    st.button(
        words("groups.dismiss"),
        key=f"dismiss-{shown.key}",
        icon=":material/close:",
        type="tertiary",
        on_click=dismiss,
        args=(shown.key,),
    )
