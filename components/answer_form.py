"""The answer to the public about a need or a single pin: what is told now, and how it is written."""

from html import escape

import streamlit as st

from components import answer_day, answer_fields, edits, frame, notices, session
from components.words import Words
from data import answers
from data.answers import REQUIRED, Answer
from data.pins import PUBLIC, Pin
from data.texts import isolated

SHOWN = "answers-shown"  # the pin whose answer is drawn below it


def draw(words: Words, thing: str, thing_id: str, field: str) -> None:
    """Draw what the public reads now, by which day it is promised, and the form to write it."""
    frame.look("answers")
    store, actor = session.instance().store, session.actor()
    answer = answers.get(store, actor, thing=thing, thing_id=thing_id)
    with st.container(key=f"kk-answering-{thing_id}", gap="small"):
        _now(words, answer)
        answer_day.draw(words, thing, thing_id)
        if st.session_state.get(_open(thing_id)):
            _form(words, thing, thing_id, field, answer)
        else:
            notices.show(_place(thing_id))
            _opener(words, thing_id, answer)


def offer(words: Words, pin: Pin) -> None:
    """Draw the way to answer a single public pin, and all about its answer once it is taken."""
    if pin.status not in PUBLIC:
        return
    shown = st.session_state.get(SHOWN) == pin.id
    st.button(
        words("answers.answer_close" if shown else "answers.answer"),
        key=f"answers-of-{pin.id}",
        icon=":material/campaign:",
        on_click=toggle,
        args=(pin.id,),
    )
    if shown:
        draw(words, "pin", pin.id, pin.field)


def toggle(thing_id: str) -> None:
    """Open or close everything about the answer to a pin."""
    shown = st.session_state.get(SHOWN) == thing_id
    st.session_state[SHOWN] = None if shown else thing_id


def told(thing_id: str) -> None:
    """Say what was just done about a thing that is not drawn any more."""
    notices.show(_place(thing_id))
    answer_day.told(thing_id)


def _place(thing_id: str) -> str:
    return f"answer-{thing_id}"


def _open(thing_id: str) -> str:
    return f"answer-open-{thing_id}"


def _now(words: Words, answer: Answer) -> None:
    """Draw what is told now, and who wrote it when."""
    if not answer.words:
        st.text(words("answers.none"))
        return
    answer_fields.preview(words, answer.words)
    if answer.at:
        who = isolated(answer.person) if answer.person else words("answers.team")
        said = words("answers.by", name=who, moment=words.moment(answer.at))
        st.html(f'<p class="kk-facts">{escape(said)}</p>')


def _opener(words: Words, thing_id: str, answer: Answer) -> None:
    st.button(
        words("answers.change" if answer.words else "answers.write"),
        key=f"answer-start-{thing_id}",
        icon=":material/edit:",
        on_click=_start,
        args=(thing_id,),
    )


def _start(thing_id: str) -> None:
    st.session_state[_open(thing_id)] = True


def _form(words: Words, thing: str, thing_id: str, field: str, answer: Answer) -> None:
    """Draw templates, a field per language, the preview and the way out."""
    store, actor = session.instance().store, session.actor()
    form = edits.opened(f"answer-{thing_id}", answer.version)
    spoken = answers.spoken(store, actor, thing=thing, thing_id=thing_id)
    with st.container(key=f"kk-answer-form-{thing_id}", border=True, gap="small"):
        answer_fields.offered(words, form.token, field)
        answer_fields.fields(words, form.token, answer.words, spoken=spoken)
        with st.expander(words("answers.preview"), icon=":material/visibility:"):
            st.text(words("answers.preview.how"))
            answer_fields.preview(words, answer_fields.typed(form.token))
        st.text(words.many("answers.reach", sum(spoken.values())))
        notices.show(_place(thing_id))
        _ways_out(words, thing, thing_id, form)


def _ways_out(words: Words, thing: str, thing_id: str, form: edits.Edit) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("answers.give"),
            key=f"answer-give-{thing_id}",
            type="primary",
            icon=":material/campaign:",
            on_click=_give,
            args=(thing, thing_id, form),
        )
        if st.session_state.get(_gaps(thing_id)):
            st.button(
                words("answers.give_without"),
                key=f"answer-without-{thing_id}",
                on_click=_give_without,
                args=(thing, thing_id, form),
            )
        st.button(
            words("answers.cancel"),
            key=f"answer-stop-{thing_id}",
            type="tertiary",
            on_click=_close,
            args=(thing_id, form),
        )


def _gaps(thing_id: str) -> str:
    return f"answer-gaps-{thing_id}"


def _give_without(thing: str, thing_id: str, form: edits.Edit) -> None:
    """Leave out the languages with gaps, but never German."""
    for lang in answer_fields.gaps(form.token):
        if lang != REQUIRED:
            st.session_state[answer_fields.key(lang, form.token)] = ""
    _give(thing, thing_id, form)


def _give(thing: str, thing_id: str, form: edits.Edit) -> None:
    """Publish what was typed; after a conflict the other's words stand above, the own stay.

    A template's gaps are never published: who is in a hurry fills in one language of five.
    """
    here, words = session.instance(), session.the_words()
    given = {"thing": thing, "thing_id": thing_id}
    open_ones = answer_fields.gaps(form.token)
    st.session_state[_gaps(thing_id)] = bool(set(open_ones) - {REQUIRED})
    if open_ones:
        named = ", ".join(words(f"answers.lang.{lang}") for lang in open_ones)
        notices.keep(_place(thing_id), words("answers.gaps", languages=named))
        return
    with notices.said(_place(thing_id)):
        with edits.following(
            f"answer-{thing_id}",
            lambda: answers.get(here.store, session.actor(), **given).version,
        ):
            answers.give(
                here.store,
                session.actor(),
                **given,
                words=answer_fields.typed(form.token),
                seen=form.version,
                now=session.now(),
            )
        _close(thing_id, form)
        notices.keep(_place(thing_id), words("answers.given"), "success")


def _close(thing_id: str, form: edits.Edit) -> None:
    for name in (_open(thing_id), _gaps(thing_id)):
        st.session_state.pop(name, None)
    answer_fields.forget(form.token)
    edits.close(f"answer-{thing_id}")
