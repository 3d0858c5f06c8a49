"""Entering a member of a body, and changing the entry."""

from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components import cards, edits, notices, session
from components.filters import day_from
from components.words import Words
from data import members
from data.bodies import Body, BodyId, BodyKind
from data.deciding_standing import MemberId
from data.filters import local_day
from data.members import MAX_NAME, Member
from data.problems import Conflict

KEY, PLACE, SAID = "member-form", "member-form", "bodies"
SORTS = ("resident", "partner")
DAY = "%d.%m.%Y"


@dataclass(frozen=True)
class Begun:
    """An opened form; the id becomes the member's, `edit` is None for a new one."""

    id: MemberId
    body: BodyId
    edit: edits.Edit | None = None
    behind: bool = False  # somebody else changed the entry meanwhile, and it was told

    @property
    def token(self) -> str:
        """Name the form's fields."""
        return self.edit.token if self.edit else self.id


def begun() -> Begun | None:
    """Return the opened form."""
    return st.session_state.get(KEY)


def start(body: Body) -> None:
    """Open the form for a new member."""
    st.session_state[KEY] = Begun(MemberId(session.new_id()), body.id)


def edit(member: Member) -> None:
    """Open the form for an entry, as it is now."""
    edits.close(member.id)
    opened = edits.opened(member.id, member.version)
    st.session_state[KEY] = Begun(member.id, member.body, opened)


def close() -> None:
    """Put the form away."""
    form = st.session_state.pop(KEY, None)
    if form:
        edits.close(form.id)


def draw(words: Words, body: Body, form: Begun) -> None:
    """Draw the opened form."""
    before = _stored(form) if form.edit else None
    with st.container(key="kk-member-form", border=True):
        head = words("member.edit" if form.edit else "member.add")
        st.html(f'<h2 class="kk-member-head">{escape(head)}</h2>')
        if form.behind and before:
            st.html(_stands(words, before))
        with st.form(f"member-{form.token}", enter_to_submit=False, border=False):
            _fields(words, body, form.token, None if form.behind else before)
            notices.show(PLACE)
            with st.container(horizontal=True):
                st.form_submit_button(
                    words("bodies.save"),
                    type="primary",
                    icon=":material/check:",
                    on_click=_save,
                    args=(form, body.kind),
                )
                st.form_submit_button(words("bodies.cancel"), on_click=close)


def _fields(words: Words, body: Body, token: str, before: Member | None) -> None:
    st.text_input(
        words("member.name"),
        before.name if before else "",
        key=f"member-name-{token}",
        max_chars=MAX_NAME,
        autocomplete="off",
    )
    if body.kind == BodyKind.COUNCIL:
        st.radio(
            words("member.sort"),
            SORTS,
            index=1 if before and not before.resident else 0,
            format_func=lambda one: words(f"member.{one}"),
            key=f"member-sort-{token}-{words.lang}",
            horizontal=True,
        )
    for name in ("chair", "substitute"):
        st.checkbox(
            words(f"member.{name}_hint"),
            bool(before and getattr(before, name)),
            key=f"member-{name}-{token}",
        )
    start = before.term_from if before else local_day(session.now())
    end = before.term_to if before else members.end_of_term(start)
    left, right = st.columns(2)
    with left:
        _day(words, "term_from", start, token)
    with right:
        _day(words, "term_to", end, token)


def _day(words: Words, name: str, day: date, token: str) -> None:
    st.text_input(
        words(f"member.{name}"),
        day.strftime(DAY),
        key=f"member-{name}-{token}",
        placeholder=words("filter.day"),
        autocomplete="off",
    )


def _save(form: Begun, kind: BodyKind) -> None:
    """Store the entry; runs in the button's callback, so that a double tap is one member."""
    if begun() is None:
        return
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        try:
            saved = _store(form, _typed(form.token, kind, words.lang))
        except Conflict:
            now = members.get(here.store, session.actor(), form.id, now=session.now())
            edits.seen(form.id, now.version)
            again = edits.opened(form.id, now.version)
            st.session_state[KEY] = replace(form, edit=again, behind=True)
            raise
        close()
        notices.keep(SAID, words("member.saved", name=cards.plain(saved.name)), "success")


def _store(form: Begun, entry: dict[str, Any]) -> Member:
    store, actor, now = session.instance().store, session.actor(), session.now()
    if form.edit is None:
        return members.add(store, actor, member_id=form.id, body_id=form.body, now=now, **entry)
    return members.change(store, actor, form.id, version=form.edit.version, now=now, **entry)


def _typed(token: str, kind: BodyKind, lang: str) -> dict[str, Any]:
    def typed(name: str) -> Any:
        return st.session_state.get(f"member-{name}-{token}")

    sort = st.session_state.get(f"member-sort-{token}-{lang}")
    return {
        "name": str(typed("name") or ""),
        "resident": kind == BodyKind.JURY or sort == "resident",
        "substitute": bool(typed("substitute")),
        "chair": bool(typed("chair")),
        "term_from": day_from(str(typed("term_from") or "")),
        "term_to": day_from(str(typed("term_to") or "")),
    }


def _stored(form: Begun) -> Member:
    here = session.instance()
    return members.get(here.store, session.actor(), form.id, now=session.now())


def _stands(words: Words, member: Member) -> str:
    sort = words("member.resident" if member.resident else "member.partner")
    said = f"{member.name} · {sort} · {words('member.until', day=words.day(member.term_to))}"
    return (
        f'<p class="kk-label">{escape(words("bodies.stands"))}</p>'
        f'<p class="kk-note" dir="auto">{escape(said)}</p>'
    )
