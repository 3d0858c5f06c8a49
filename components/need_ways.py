"""Where a need goes from here: to somebody else, into a project, to its end, or back to work."""

from collections.abc import Sequence

import streamlit as st

from components import edits, need_route, notices, project_form, session
from components.words import Words
from data import need_ends
from data.need_ends import ENDS
from data.needs import MAX_SENTENCE, OPEN_FOR_PINS, Need

END = "need-end"
WAYS = ("authority", "project", "close")


def draw(words: Words, need: Need, others: Sequence[Need]) -> None:
    """Draw the ways on of an open need, or the way back of a closed one."""
    if need.status not in OPEN_FOR_PINS:
        _closed(words, need)
        return
    st.markdown(f"## {words('need.hand_on')}")
    way = st.segmented_control(
        words("need.hand_on"),
        WAYS,
        format_func=lambda key: words(f"need.way.{key}"),
        key=way_key(need),
        label_visibility="collapsed",
    )
    if way == "authority":
        need_route.new(words, need)
    elif way == "project":
        project_form.new(words, need, others)
    elif way == "close":
        _close(words, need)
    notices.show(END)


def way_key(need: Need) -> str:
    """Name the choice of a way in the session."""
    return f"way-{need.id}"


def _close(words: Words, need: Need) -> None:
    """Draw how a need ended, with the sentence that its senders are told."""
    form = edits.opened(f"end-{need.id}", need.version)
    st.text(words("need.close_how"))
    end = st.radio(
        words("need.close_end"),
        ENDS,
        index=None,
        format_func=lambda key: words(f"need.close.{key}"),
        key=f"end-{form.token}",
    )
    st.text_area(
        words("need.sentence"),
        key=f"end-sentence-{form.token}",
        max_chars=MAX_SENTENCE,
        height=110,
        placeholder=words(f"need.close_example.{end}") if end else None,
    )
    st.button(
        words("need.close"),
        key=f"close-{need.id}",
        type="primary",
        icon=":material/flag:",
        on_click=_do_close,
        args=(need, form),
    )


def _do_close(need: Need, form: edits.Edit) -> None:
    here, state, words = session.instance(), st.session_state, session.the_words()
    with notices.said(END):
        after = need_ends.close(
            here.store,
            session.actor(),
            need.id,
            status=state.get(f"end-{form.token}") or "",
            sentence=state.get(f"end-sentence-{form.token}") or "",
            version=need.version,
            now=session.now(),
        )
        edits.moved(need.id, need.version, after.version)
        edits.close(f"end-{need.id}")
        notices.keep(END, words.many("need.closed", after.pins), "success")


def _closed(words: Words, need: Need) -> None:
    """Draw the way back of a need that is closed; its senders are told why."""
    notices.show(END)
    with st.expander(words("need.reopen"), icon=":material/replay:"):
        form = edits.opened(f"again-{need.id}", need.version)
        st.text_area(
            words("need.reopen_reason"),
            key=f"again-{form.token}",
            max_chars=MAX_SENTENCE,
            height=110,
        )
        st.button(
            words("need.reopen_do"), key=f"reopen-{need.id}", on_click=_reopen, args=(need, form)
        )


def _reopen(need: Need, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(END):
        after = need_ends.reopen(
            here.store,
            session.actor(),
            need.id,
            reason=st.session_state.get(f"again-{form.token}") or "",
            version=need.version,
            now=session.now(),
        )
        edits.moved(need.id, need.version, after.version)
        edits.close(f"again-{need.id}")
        notices.keep(END, words.many("need.reopened", after.pins), "success")
