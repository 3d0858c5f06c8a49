"""Templates for answers on screen: the office's own, to be changed, and the shipped ones to read."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from components import answer_fields, cards, edits, notices, session
from components.words import Words
from data import templates
from data.fields import FIELDS
from data.templates import MAX_TITLE, Template

EDITED = "templates-edited"  # the id of the one whose form is open, and with what it began
PLACE = "templates"
Opened = tuple[str, dict[str, str], str, str]  # id, and the words, title and field it began with


def draw(words: Words, field: str | None) -> None:
    """Draw the own templates (all, or a field's and the general ones), then the shipped ones."""
    own = templates.listing(session.instance().store, session.actor(), field=field)
    opened = st.session_state.get(EDITED)
    notices.show(PLACE)
    if opened and opened[0] not in {one.id for one in own}:
        _form(words, *opened)
    elif not opened:
        st.button(words("answers.template_new"), icon=":material/add:", on_click=_new)
    st.markdown(f"### {words('answers.templates.own')}")
    if not own:
        st.text(words("answers.templates.none"))
    for one in own:
        _own(words, one, opened)
    st.markdown(f"### {words('answers.templates.shipped')}")
    for name in _shipped(field):
        _one(words, name)


def _shipped(field: str | None) -> list[str]:
    return list(templates.SHIPPED) if field is None else templates.shipped(field)


def _own(words: Words, one: Template, opened: Opened | None) -> None:
    if opened and opened[0] == one.id:
        if dict(one.words) != opened[1]:  # somebody else changed it meanwhile
            st.html(f'<p class="kk-label">{escape(words("answers.template_stored"))}</p>')
            answer_fields.preview(words, one.words)
        _form(words, *opened)
        return
    with st.expander(f"{cards.plain(one.title)} · {_about(words, one.field)}"):
        answer_fields.preview(words, one.words)
        with st.container(horizontal=True, gap="small"):
            st.button(
                words("answers.template_edit"),
                key=f"template-edit-{one.id}",
                icon=":material/edit:",
                on_click=_edit,
                args=(one,),
            )
            with st.popover(words("answers.template_delete"), icon=":material/delete:"):
                st.text(words("answers.template_delete_sure"))
                st.button(
                    words("answers.template_delete_yes"),
                    key=f"template-delete-{one.id}",
                    on_click=_delete,
                    args=(one,),
                )


def _one(words: Words, name: str) -> None:
    title, about = words(f"answers.template.{name}"), templates.SHIPPED[name]
    with st.expander(f"{title} · {_about(words, about)}"):
        texts = answer_fields.text_of(name)
        answer_fields.preview(words, texts)
        st.button(
            words("answers.template_copy"),
            key=f"template-copy-{name}",
            icon=":material/content_copy:",
            on_click=_begin,
            args=(texts, title, about),
        )


def _about(words: Words, field: str) -> str:
    return words(f"field.{field}") if field else words("answers.every_field")


def _form(words: Words, template_id: str, texts: Mapping[str, str], title: str, field: str) -> None:
    """Draw the form of one template."""
    form = edits.opened(f"template-{template_id}", 0)
    with st.container(key="kk-template-form", border=True, gap="small"):
        st.text_input(
            words("answers.template_title"),
            title,
            key=f"template-title-{form.token}",
            max_chars=MAX_TITLE,
        )
        options = ["", *FIELDS]
        st.selectbox(
            words("filter.field"),
            options,
            index=options.index(field),
            format_func=lambda name: _about(words, name),
            key=f"template-field-{form.token}-{words.lang}",
        )
        answer_fields.fields(words, form.token, texts)
        with st.container(horizontal=True, gap="small"):
            st.button(
                words("answers.template_save"),
                key="template-save",
                type="primary",
                icon=":material/check:",
                on_click=_save,
                args=(template_id, form, words.lang),
            )
            st.button(
                words("answers.cancel"),
                key="template-stop",
                type="tertiary",
                on_click=_close,
                args=(template_id, form),
            )


def _new() -> None:
    _begin({}, "", "")


def _begin(texts: Mapping[str, str], title: str, field: str) -> None:
    st.session_state[EDITED] = (session.new_id(), dict(texts), title, field)


def _edit(one: Template) -> None:
    edits.close(f"template-{one.id}")
    edits.opened(f"template-{one.id}", one.version)
    st.session_state[EDITED] = (one.id, dict(one.words), one.title, one.field)


def _save(template_id: str, form: edits.Edit, lang: str) -> None:
    here, state = session.instance(), st.session_state
    with notices.said(PLACE):
        with edits.following(f"template-{template_id}", lambda: _version(template_id)):
            templates.save(
                here.store,
                session.actor(),
                template_id,
                field=state.get(f"template-field-{form.token}-{lang}") or "",
                title=state.get(f"template-title-{form.token}") or "",
                words=answer_fields.typed(form.token),
                seen=form.version,
                now=session.now(),
            )
        _close(template_id, form)
        notices.keep(PLACE, session.the_words()("answers.template_saved"), "success")


def _version(template_id: str) -> int:
    every = templates.listing(session.instance().store, session.actor())
    return next((one.version for one in every if one.id == template_id), 0)


def _delete(one: Template) -> None:
    with notices.said(PLACE):
        templates.delete(
            session.instance().store, session.actor(), one.id, seen=one.version, now=session.now()
        )
        notices.keep(PLACE, session.the_words()("answers.template_deleted"), "success")


def _close(template_id: str, form: edits.Edit) -> None:
    st.session_state.pop(EDITED, None)
    answer_fields.forget(form.token)
    edits.close(f"template-{template_id}")
