"""The need that comes of a suggested group: what it is called, and the way into it."""

import streamlit as st

from components import (
    group_card,
    group_steps,
    group_ticks,
    group_work,
    need_named,
    notices,
    session,
    suggested,
)
from components.group_steps import Step
from components.words import Words
from data import groups
from data.fields import today
from data.groups import Suggestion
from data.needs import MAX_TITLE, NeedId, Priority
from geo.area import Area

PLACE = "group-form"


def form(words: Words, area: Area, group: Suggestion) -> None:
    """Draw the need that would come of the ticked pins."""
    with st.form(f"group-{group.key}", border=False, enter_to_submit=False):
        proposed = group_card.title(words, area, group)[:MAX_TITLE]
        need_named.title(words, proposed, f"title-{group.key}")
        need_named.field(words, today(group_card.field(group) or ""), f"field-{group.key}")
        need_named.priority(words, Priority.SOON, f"priority-{group.key}")
        notices.show(PLACE)
        st.form_submit_button(
            words("groups.accept"),
            type="primary",
            icon=":material/checklist:",
            on_click=_accept,
            args=(group, _need_id(group)),
        )


def _accept(group: Suggestion, need_id: NeedId) -> None:
    """Make a need of the pins that are ticked; the rest stays suggested."""
    here, words, state = session.instance(), session.the_words(), st.session_state
    with notices.said(PLACE):
        actor, before = session.actor(), suggested.now()
        ids = group_ticks.ticked(group)
        need = groups.accept(
            here.store,
            actor,
            group,
            need_id=need_id,
            title=state[f"title-{group.key}"] or "",
            field=state[f"field-{group.key}"] or "",
            priority=state[f"priority-{group.key}"] or "",
            ids=ids[: group_work.AT_ONCE],
            now=session.now(),
        )
        said = words("groups.accepted", number=need.number)
        group_steps.done(Step(said, before, deeds=group_steps.last_deeds(actor)))
        suggested.taken(ids[: group_work.AT_ONCE], actor)
        group_work.begin(need, ids[group_work.AT_ONCE :])
        state.get(NEEDS, {}).pop(group.key, None)  # undone and accepted again, it is another need


NEEDS = "group-needs"


def _need_id(group: Suggestion) -> NeedId:
    """Give the need its id before it is made: two taps on "accept" are one need."""
    ids = st.session_state.setdefault(NEEDS, {})
    return ids.setdefault(group.key, NeedId(session.new_id()))
