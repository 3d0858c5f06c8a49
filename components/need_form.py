"""What the office does with a need: name it, take pins out, hand it on to an authority."""

from collections.abc import Sequence

import streamlit as st

from components import cards, edits, notices, project_form, session
from components.words import Words
from data import needs
from data.authorities import AUTHORITIES
from data.fields import FIELDS
from data.needs import MAX_SENTENCE, MAX_TITLE, OPEN_FOR_PINS, Need, NeedId, NeedStatus, Priority
from data.pins import Pin
from data.problems import Conflict
from data.rules import PinId

PLACE = "need"
EDIT, FORWARD = "need-edit", "need-forward"  # a refusal stands at the button that it is about


def edit(words: Words, need: Need) -> None:
    """Draw title, field and priority, to be changed as they were when the form was opened."""
    form = edits.opened(need.id, need.version)
    with st.form(f"need-{need.id}-{form.token}", enter_to_submit=False):
        st.text_input(
            words("need.title"), need.title, key=f"need-title-{form.token}", max_chars=MAX_TITLE
        )
        st.selectbox(
            words("filter.field"),
            FIELDS,
            index=FIELDS.index(need.field) if need.field in FIELDS else None,
            format_func=lambda code: words(f"field.{code}"),
            placeholder=words("desk.choose"),
            key=f"need-field-{form.token}",
        )
        st.radio(
            words("need.priority"),
            list(Priority),
            index=list(Priority).index(need.priority),
            horizontal=True,
            format_func=lambda priority: words(f"priority.{priority}"),
            key=f"need-priority-{form.token}",
        )
        notices.show(EDIT)
        st.form_submit_button(
            words("need.save"), icon=":material/check:", on_click=_save, args=(need.id, form)
        )


def _save(need_id: NeedId, form: edits.Edit) -> None:
    here, state = session.instance(), st.session_state
    with notices.said(EDIT):
        try:
            needs.change(
                here.store,
                session.actor(),
                need_id,
                title=state[f"need-title-{form.token}"] or "",
                field=state[f"need-field-{form.token}"] or "",
                priority=state[f"need-priority-{form.token}"] or "",
                version=form.version,
                now=session.now(),
            )
        except Conflict:
            now = needs.get(here.store, session.actor(), need_id)
            edits.seen(need_id, now.version)
            raise
        edits.close(need_id)
        notices.keep(PLACE, session.the_words()("need.saved"), "success")


def hand_on(words: Words, need: Need, others: Sequence[Need]) -> None:
    """Draw the two ways on: to an authority, or into a project, perhaps with other needs."""
    if need.status not in OPEN_FOR_PINS:
        return
    st.markdown(f"## {words('need.hand_on')}")
    way = st.segmented_control(
        words("need.hand_on"),
        ["authority", "project"],
        format_func=lambda key: words(f"need.way.{key}"),
        key=f"way-{need.id}",
        label_visibility="collapsed",
    )
    if way == "authority":
        _authority(words, need)
    elif way == "project":
        project_form.new(words, need, others)


def _authority(words: Words, need: Need) -> None:
    """Draw to whom the need may go, and the public sentence, which stays the office's own."""
    if need.status not in (NeedStatus.OPEN, NeedStatus.FORWARDED):
        st.text(words("need.moved"))
        return
    chosen = st.selectbox(
        words("need.authority"),
        AUTHORITIES,
        index=AUTHORITIES.index(need.authority) if need.authority in AUTHORITIES else None,
        format_func=lambda key: words(f"authority.{key}"),
        placeholder=words("desk.choose"),
        key=f"authority-{need.id}-{words.lang}",
    )
    if not chosen:
        return
    said = need.public_sentence if chosen == need.authority else ""
    st.text_area(
        words("need.sentence"),
        said or words(f"authority.{chosen}.sentence"),
        key=f"sentence-{need.id}-{chosen}",
        max_chars=MAX_SENTENCE,
        height=130,
    )
    notices.show(FORWARD)
    st.button(
        words("need.forward"),
        key=f"forward-{need.id}",
        type="primary",
        icon=":material/forward_to_inbox:",
        on_click=_forward,
        args=(need, chosen),
    )


def _forward(need: Need, authority: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(FORWARD):
        after = needs.forward(
            here.store,
            session.actor(),
            need.id,
            authority=authority,
            sentence=st.session_state[f"sentence-{need.id}-{authority}"] or "",
            version=need.version,
            now=session.now(),
        )
        edits.moved(need.id, need.version, after.version)
        told = words("need.forwarded", authority=words(f"authority.{authority}"))
        notices.keep(FORWARD, told, "success")


def members(words: Words, need: Need, found: list[Pin], limit: int) -> None:
    """Draw the need's pins, each with a way out of it again."""
    for pin in found[:limit]:
        with st.container(key=f"kk-row-need-{pin.id}", gap=None):
            cards.pins(words, [pin])
            st.button(
                words("need.take_out", number=pin.number),
                key=f"out-{pin.id}",
                type="tertiary",
                icon=":material/remove_circle_outline:",
                on_click=_take_out,
                args=(need.id, pin.id, pin.number),
            )


def _take_out(need_id: NeedId, pin_id: PinId, number: int) -> None:
    here = session.instance()
    with notices.said(PLACE):
        needs.remove_pins(here.store, session.actor(), need_id, pin_ids=[pin_id], now=session.now())
        notices.keep(PLACE, session.the_words()("need.taken_out", number=number), "success")
