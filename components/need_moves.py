"""Moving pins between needs: some to another need or to one of their own, or a whole need."""

from collections.abc import Sequence

import streamlit as st

from components import edits, need_choice, need_named, need_pins, notices, session
from components.words import Words
from data import need_moves
from data.needs import Need, NeedId
from data.pins import Pin
from data.rules import PinId

PLACE = need_pins.PLACE


def draw(words: Words, need: Need, found: Sequence[Pin], others: Sequence[Need]) -> None:
    """Draw what can be done with the ticked pins of an open need."""
    chosen = need_pins.ticked(need.id, found)
    notices.show(PLACE)
    if not found:
        return
    with st.container(key="kk-need-moves", horizontal=True, vertical_alignment="center"):
        if not chosen:
            st.text(words("need.tick_how"))
            return
        st.html(f'<p class="kk-label">{words.many("need.ticked", len(chosen))}</p>')
        with st.popover(words("need.move"), icon=":material/drive_file_move:"):
            _move(words, need, chosen, others)
        with st.popover(words("need.split"), icon=":material/call_split:"):
            _split(words, need, chosen)
        numbers = ", ".join(str(pin.number) for pin in found if pin.id in chosen)
        st.button(
            words("need.take_out_ticked"),
            key=f"out-ticked-{need.id}",
            icon=":material/remove_circle_outline:",
            on_click=need_pins.take_out,
            args=(need.id, chosen, numbers, PLACE),
        )
        st.button(
            words("need.untick"),
            key=f"untick-{need.id}",
            type="tertiary",
            on_click=need_pins.clear,
            args=(need.id,),
        )


def _move(words: Words, need: Need, chosen: Sequence[PinId], others: Sequence[Need]) -> None:
    """Draw the choice of another need for the ticked pins."""
    other = need_choice.draw(words, need, others, key=f"move-{need.id}")
    notices.show("need-move")
    st.button(
        words.many("need.move_do", len(chosen)),
        key=f"move-do-{need.id}",
        type="primary",
        disabled=other is None,
        on_click=_do_move,
        args=(need.id, list(chosen), other),
    )


def _do_move(need_id: NeedId, chosen: Sequence[PinId], other: Need | None) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said("need-move"):
        if other is None:
            return
        need_moves.move(here.store, session.actor(), chosen, other.id, now=session.now())
        need_pins.clear(need_id)
        told = words.many("need.moved_pins", len(chosen), need=other.number)
        notices.keep(PLACE, told, "success")


def _split(words: Words, need: Need, chosen: Sequence[PinId]) -> None:
    """Draw what the need of the ticked pins is called."""
    form = edits.opened(f"split-{need.id}", need.version)
    st.text(words("need.split_how"))
    need_named.title(words, "", f"split-title-{form.token}")
    need_named.field(words, need.field, f"split-field-{form.token}")
    need_named.priority(words, need.priority, f"split-priority-{form.token}")
    notices.show("need-split")
    st.button(
        words.many("need.split_do", len(chosen)),
        key=f"split-do-{need.id}",
        type="primary",
        on_click=_do_split,
        args=(need, list(chosen), form),
    )


def _do_split(need: Need, chosen: Sequence[PinId], form: edits.Edit) -> None:
    here, words, state = session.instance(), session.the_words(), st.session_state
    with notices.said("need-split"):
        new = need_moves.split(
            here.store,
            session.actor(),
            need.id,
            new_id=NeedId(f"{need.id[:24]}-{form.token}"),  # pressed twice it is one need
            title=state.get(f"split-title-{form.token}") or "",
            field=state.get(f"split-field-{form.token}") or "",
            priority=state.get(f"split-priority-{form.token}") or "",
            pin_ids=chosen,
            version=need.version,
            now=session.now(),
        )
        edits.moved(need.id, need.version, need.version + 1)
        edits.close(f"split-{need.id}")
        need_pins.clear(need.id)
        told = words.many("need.split_done", len(chosen), need=new.number)
        notices.keep(PLACE, told, "success")
