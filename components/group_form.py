"""The need that would come of a suggested group, and its pins to tick."""

import streamlit as st

from components import cards, group_card, notices, session, suggested
from components.words import Words
from data import groups
from data.fields import FIELDS
from data.groups import Suggestion
from data.needs import MAX_TITLE, NeedId, Priority
from data.pins import Pin
from geo.area import Area

DISMISSED = "group-dismissed"  # the last group that was put aside, for taking it back


def form(words: Words, area: Area, group: Suggestion, found: list[Pin]) -> None:
    """Draw the need that would come of it, and its pins to tick."""
    with st.form(f"group-{group.key}", border=False, enter_to_submit=False):
        proposed = group_card.title(words, area, group)[:MAX_TITLE]
        st.text_input(words("need.title"), proposed, key=f"title-{group.key}", max_chars=MAX_TITLE)
        field = group_card.field(group)
        st.selectbox(
            words("filter.field"),
            FIELDS,
            index=FIELDS.index(field) if field in FIELDS else None,
            format_func=lambda code: words(f"field.{code}"),
            placeholder=words("desk.choose"),
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
        notices.show("group-form")
        st.form_submit_button(
            words("groups.accept"),
            type="primary",
            icon=":material/checklist:",
            on_click=_accept,
            args=(group, _need_id(group)),
        )
        st.html(f'<p class="kk-label">{words("groups.ticks")}</p>')
        for pin in found:
            with st.container(horizontal=True, key=f"kk-tick-{pin.id}"):
                label = words("pin.number", number=pin.number)
                st.checkbox(label, True, key=f"take-{pin.id}")
                cards.pins(words, [pin])


def _accept(group: Suggestion, need_id: NeedId) -> None:
    """Make a need of the pins that are ticked."""
    here, words, state = session.instance(), session.the_words(), st.session_state
    with notices.said("group-form"):
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


def _need_id(group: Suggestion) -> NeedId:
    """Give the need its id before it is made: two taps on "accept" are one need."""
    ids = st.session_state.setdefault("group-needs", {})
    return ids.setdefault(group.key, NeedId(session.new_id()))
