"""Saved views beside the filter: open one, save this one, rename, replace or delete."""

import streamlit as st

from components import cards, filter_address, notices, session
from components.words import Words
from data import views
from data.filters import Filter
from data.views import MAX_NAME, View, ViewId

PLACE = "views"
EDITED = "views-edited"  # the id of the view that is being changed
DRAFT = "views-draft"  # the id of the next one: made before the act, a double click is one


def offer(words: Words, wanted: Filter, *, key: str) -> None:
    """Draw the saved views, and the way to save what is filtered by now."""
    found = views.listing(session.instance().store, session.actor())
    with (
        st.popover(words("view.title"), icon=":material/bookmark:", key=f"{key}-views"),
        st.container(key=f"kk-views-{key}"),
    ):
        notices.show(PLACE)
        if not found:
            st.html(f'<p class="kk-facts">{words("view.none")}</p>')
        for view in found:
            if view.id == st.session_state.get(EDITED):
                _changing(words, view, wanted, key)
            else:
                _row(words, view, wanted, key)
        _saving(words, wanted, key)


def _row(words: Words, view: View, wanted: Filter, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            cards.plain(view.name),
            key=f"{key}-view-{view.id}",
            icon=":material/check:" if view.wanted == wanted else ":material/filter_alt:",
            type="tertiary",
            width="stretch",
            on_click=filter_address.put,
            args=(view.wanted,),
        )
        st.button(
            words("view.change"),
            key=f"{key}-view-change-{view.id}",
            icon=":material/edit:",
            type="tertiary",
            on_click=_edit,
            args=(view.id,),
        )


def _changing(words: Words, view: View, wanted: Filter, key: str) -> None:
    with st.container(border=True):
        name = f"{key}-view-name-{view.id}"
        st.text_input(words("view.name"), view.name, key=name, max_chars=MAX_NAME)
        take = f"{key}-view-take-{view.id}"
        if wanted not in (Filter(), view.wanted):
            st.checkbox(words("view.take"), key=take)
        with st.container(horizontal=True, gap="small"):
            args = (view.id, name, take, wanted)
            st.button(
                words("view.keep"), key=f"{key}-keep", type="primary", on_click=_change, args=args
            )
            st.button(words("view.leave"), key=f"{key}-leave", on_click=_edit, args=("",))
            st.button(
                words("view.delete"),
                key=f"{key}-delete-{view.id}",
                icon=":material/delete:",
                on_click=_delete,
                args=(view.id,),
            )


def _saving(words: Words, wanted: Filter, key: str) -> None:
    if wanted == Filter():
        st.html(f'<p class="kk-facts">{words("view.how")}</p>')
        return
    draft = st.session_state.setdefault(DRAFT, session.new_id())
    name = f"{key}-view-new-{draft}"
    with st.container(border=True):
        st.text_input(words("view.new"), key=name, max_chars=MAX_NAME, autocomplete="off")
        st.button(
            words("view.save"),
            key=f"{key}-view-save",
            type="primary",
            on_click=_save,
            args=(draft, name, key, wanted),
        )


def _edit(view_id: str) -> None:
    st.session_state[EDITED] = view_id


def _save(draft: str, name: str, page: str, wanted: Filter) -> None:
    words, typed = session.the_words(), str(st.session_state.get(name) or "")
    with notices.said(PLACE):
        views.save(
            session.instance().store,
            session.actor(),
            ViewId(draft),
            name=typed,
            page=page,
            wanted=wanted,
            now=session.now(),
        )
        st.session_state.pop(DRAFT, None)
        notices.keep(PLACE, words("view.saved"), "success")


def _change(view_id: ViewId, name: str, take: str, wanted: Filter) -> None:
    words, typed = session.the_words(), str(st.session_state.get(name) or "")
    with notices.said(PLACE):
        views.change(
            session.instance().store,
            session.actor(),
            view_id,
            name=typed,
            wanted=wanted if st.session_state.get(take) else None,
            now=session.now(),
        )
        _edit("")
        notices.keep(PLACE, words("view.saved"), "success")


def _delete(view_id: ViewId) -> None:
    words = session.the_words()
    with notices.said(PLACE):
        views.delete(session.instance().store, session.actor(), view_id, now=session.now())
        _edit("")
        notices.keep(PLACE, words("view.deleted"), "success")
