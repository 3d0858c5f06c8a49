"""The office's own notes and tasks for a need; nobody else ever reads them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import cards, edits, notices, session
from components.words import Words
from data import need_notes
from data.need_notes import MAX_NOTE, MAX_TASK, Note, Task
from data.needs import Need, NeedId
from data.texts import isolated

PLACE = "need-notes"


def draw(words: Words, need: Need, before: Sequence[Need] = ()) -> None:
    """Draw tasks and notes of a need and of those that went into it."""
    here, actor = session.instance(), session.actor()
    ids = [need.id, *(other.id for other in before)]
    numbers = {other.id: other.number for other in before}
    notices.show(PLACE)
    st.text(words("notes.inside"))
    st.markdown(f"## {words('notes.tasks')}")
    for task in need_notes.tasks(here.store, actor, ids):
        _task(words, task, numbers)
    if not need.gone:
        _new(words, need.id, "task", MAX_TASK)
    st.markdown(f"## {words('notes.notes')}")
    if not need.gone:
        _new(words, need.id, "note", MAX_NOTE)
    for note in need_notes.notes(here.store, actor, ids):
        _note(words, note, numbers)


def _task(words: Words, task: Task, numbers: dict[NeedId, int]) -> None:
    with st.container(key=f"kk-task-{task.id}", horizontal=True, vertical_alignment="center"):
        key = f"task-{task.id}"
        st.session_state.setdefault(key, task.done_at is not None)
        st.checkbox(
            isolated(cards.plain(task.words)),
            key=key,
            on_change=_tick,
            args=(task.id,),
        )
        st.html(f'<p class="kk-facts">{_facts(words, task, numbers)}</p>')
        _eraser(words, task.id)


def _note(words: Words, note: Note, numbers: dict[NeedId, int]) -> None:
    with st.container(key=f"kk-notes-{note.id}", gap=None):
        st.html(
            f'<p class="kk-facts">{_facts(words, note, numbers)}</p>'
            f"{cards.own_words(note.words, 'de', 'kk-note')}"
        )
        _eraser(words, note.id)


def _facts(words: Words, one: Task | Note, numbers: dict[NeedId, int]) -> str:
    """Return who wrote it and when, and with which need it came, as HTML."""
    who = escape(one.person or words("notes.somebody"))
    facts = [f"<bdi>{who}</bdi>", escape(words.moment(one.at))]
    if one.need_id in numbers:
        facts.append(escape(words("notes.from", number=numbers[one.need_id])))
    if isinstance(one, Task) and one.done_at:
        facts.append(escape(words("notes.done_at", moment=words.moment(one.done_at))))
    return " · ".join(facts)


def _eraser(words: Words, thing_id: str) -> None:
    with st.popover(words("notes.erase"), type="tertiary", key=f"erase-{thing_id}"):
        st.text(words("notes.erase_sure"))
        st.button(
            words("notes.erase_yes"), key=f"erase-yes-{thing_id}", on_click=_erase, args=(thing_id,)
        )


def _new(words: Words, need_id: NeedId, what: str, limit: int) -> None:
    """Draw the field for a new task or note; its id is made before, so that twice is once."""
    form = edits.opened(f"{what}-{need_id}", 0)
    with st.form(f"{what}-{form.token}", enter_to_submit=what == "task"):
        if what == "task":
            st.text_input(
                words("notes.new_task"),
                key=f"new-{form.token}",
                max_chars=limit,
                autocomplete="off",
            )
        else:
            st.text_area(
                words("notes.new_note"), key=f"new-{form.token}", max_chars=limit, height=110
            )
        notices.show(f"{PLACE}-{what}")
        st.form_submit_button(
            words(f"notes.add_{what}"),
            icon=":material/add:",
            on_click=_add,
            args=(need_id, what, form),
        )


def _add(need_id: NeedId, what: str, form: edits.Edit) -> None:
    store, actor, now = session.instance().store, session.actor(), session.now()
    given = {"words": st.session_state.get(f"new-{form.token}") or "", "now": now}
    thing_id = f"{need_id[:24]}-{what}-{form.token}"
    with notices.said(f"{PLACE}-{what}"):
        if what == "task":
            need_notes.add_task(store, actor, need_id, task_id=thing_id, **given)
        else:
            need_notes.write(store, actor, need_id, note_id=thing_id, **given)
        edits.close(f"{what}-{need_id}")


def _tick(task_id: str) -> None:
    done = bool(st.session_state.get(f"task-{task_id}"))
    with notices.said(PLACE):
        need_notes.tick(
            session.instance().store, session.actor(), task_id, done=done, now=session.now()
        )


def _erase(thing_id: str) -> None:
    with notices.said(PLACE):
        need_notes.remove(session.instance().store, session.actor(), thing_id, now=session.now())
        notices.keep(PLACE, session.the_words()("notes.erased"), "success")
