"""Fields of action by generation: what each is called, since when, and what it is today."""

import contextlib
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from components import edits, field_names, fund_rules, notices, session
from components.filters import day_from
from components.words import LANGUAGES, Words
from data import action_fields
from data.action_fields import MAX_TITLE, TODAY, ActionField
from data.fields import FIELDS
from data.problems import BadInput

PLACE = "action-fields"


def draw(words: Words, *, writes: bool) -> None:
    """Draw the generations, the newest first; who may can rename a field, or let it end."""
    every = action_fields.listing(session.instance().store)
    with st.container():  # always there: what is open below it stays open
        notices.show(PLACE)
    for generation, group in groupby(every, key=lambda one: one.generation):
        found = list(group)
        if generation == TODAY:
            st.html(_table(words, found))
            if writes:
                _forms(words, found)
            continue
        with st.expander(f"{words(f'funds.fields.{generation}')} · {_span(words, found)}"):
            st.html(_table(words, found))


def _span(words: Words, found: Sequence[ActionField]) -> str:
    return fund_rules.span(words, found[0].valid_from, found[0].valid_to)


def _table(words: Words, found: Sequence[ActionField]) -> str:
    old = found[0].generation != TODAY
    rows = "".join(
        f'<tr><th scope="row"><bdi>{escape(one.code)}</bdi></th>'
        f"<td>{escape(one.title(words.lang))}</td><td>{_last(words, one, old)}</td></tr>"
        for one in found
    )
    head = "".join(
        f'<th scope="col">{escape(words(f"funds.fields.{name}"))}</th>'
        for name in ("code", "title", "today" if old else "since")
    )
    caption = escape(words(f"funds.fields.{found[0].generation}"))
    return (
        f'<table class="kk-book kk-fields"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _last(words: Words, one: ActionField, old: bool) -> str:
    into = f'<span class="kk-field kk-field-{one.now}">{escape(words(f"field.{one.now}"))}</span>'
    if old:
        return into
    said = escape(fund_rules.span(words, one.valid_from, one.valid_to))
    return said if one.now == one.code else f"{said} → {into}"


def _forms(words: Words, found: Sequence[ActionField]) -> None:
    codes = {one.code: one for one in found}
    with st.expander(words("funds.fields.change"), icon=":material/edit:"):
        code = st.selectbox(
            words("funds.fields.which"),
            list(codes),
            index=None,
            format_func=lambda key: codes[key].title(words.lang),
            key=f"action-field-{words.lang}",
            placeholder=words("funds.form.choose"),
        )
        if code in codes:
            _rename(words, codes[code])
            _end(words, codes[code])


def _rename(words: Words, one: ActionField) -> None:
    form = edits.opened(_thing(one), one.version)
    for lang in action_fields.LANGUAGES:
        st.text_input(
            words("funds.fields.title_in", language=LANGUAGES[lang]),
            one.titles.get(lang, ""),
            key=f"action-title-{lang}-{form.token}",
            max_chars=MAX_TITLE,
        )
    st.button(
        words("funds.fields.rename"),
        key="action-rename",
        type="primary",
        icon=":material/check:",
        on_click=_renamed,
        args=(one, form),
    )


def _end(words: Words, one: ActionField) -> None:
    form = edits.opened(_thing(one), one.version)
    others = [code for code in FIELDS if code != one.code]
    st.text_input(
        words("funds.fields.last_day"),
        one.valid_to.strftime("%d.%m.%Y") if one.valid_to else "",
        key=f"action-last-{form.token}",
        placeholder=words("filter.day"),
    )
    st.selectbox(
        words("funds.fields.into"),
        others,
        index=others.index(one.now) if one.now in others else None,
        format_func=lambda key: words(f"field.{key}"),
        key=f"action-into-{form.token}-{words.lang}",
        placeholder=words("funds.form.choose"),
    )
    st.button(
        words("funds.fields.end"),
        key="action-end",
        icon=":material/event_busy:",
        on_click=_ended,
        args=(one, form, words.lang),
    )


def _renamed(one: ActionField, form: edits.Edit) -> None:
    titles = {
        lang: st.session_state.get(f"action-title-{lang}-{form.token}") or ""
        for lang in action_fields.LANGUAGES
    }
    with _saving(one):
        action_fields.rename(
            session.instance().store,
            session.actor(),
            one.generation,
            one.code,
            titles=titles,
            version=form.version,
            now=session.now(),
        )


def _ended(one: ActionField, form: edits.Edit, lang: str) -> None:
    typed = (st.session_state.get(f"action-last-{form.token}") or "").strip()
    into = st.session_state.get(f"action-into-{form.token}-{lang}") or ""
    with _saving(one):
        last = day_from(typed)
        if typed and last is None:
            raise BadInput("fund_rules.day_past", field="last_day")
        action_fields.end(
            session.instance().store,
            session.actor(),
            one.generation,
            one.code,
            last_day=last,
            goes_into=into if last else one.code,
            version=form.version,
            now=session.now(),
        )


@contextlib.contextmanager
def _saving(one: ActionField) -> Iterator[None]:
    """Run a change of a field; then every screen says it as it is called now."""
    store = session.instance().store
    with notices.said(PLACE):
        with edits.following(_thing(one), lambda: _stored(one).version):
            yield
        edits.close(_thing(one))
        field_names.refresh(store)
        notices.keep(PLACE, session.the_words()("funds.fields.done"), "success")


def _thing(one: ActionField) -> str:
    return f"action-field-{one.generation}-{one.code}"


def _stored(one: ActionField) -> ActionField:
    every = action_fields.listing(session.instance().store)
    return next(it for it in every if (it.generation, it.code) == (one.generation, one.code))
