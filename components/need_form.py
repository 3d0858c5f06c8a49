"""What the office writes about a need: its name, how urgent, who is needed, who is responsible."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import edits, filter_fields, need_facts, need_named, notices, session
from components.words import Words
from data import needs
from data.authorities import AUTHORITIES
from data.need_fields import CHANGEABLE
from data.needs import WHO, Need, NeedId
from data.problems import BadInput, Conflict

PLACE = "need"
EDIT = "need-edit"  # a refusal stands at the button that it is about
OPENED = "need-opened"  # how needs stood when their forms were opened


def edit(words: Words, need: Need) -> None:
    """Draw what can be changed about a need, as it stood when the form was opened."""
    form = edits.opened(need.id, need.version)
    # what is offered stays as it was opened; what is known goes on after a conflict was told
    kept, _ = st.session_state.setdefault(OPENED, {}).setdefault(form.token, (need, need))
    with st.form(f"need-{need.id}-{form.token}", enter_to_submit=False):
        _named(words, kept, form.token)
        _who(words, kept, form.token)
        st.text_input(
            words("need.answer_on"),
            _typed(kept),
            key=f"need-day-{form.token}",
            max_chars=20,
            placeholder=words("need.day_example"),
            help=words("need.answer_on_help"),
            autocomplete="off",
        )
        notices.show(EDIT)
        st.form_submit_button(
            words("need.save"), icon=":material/check:", on_click=_save, args=(need.id, form)
        )


def _named(words: Words, need: Need, token: str) -> None:
    need_named.title(words, need.title, f"need-title-{token}")
    need_named.field(words, need.field, f"need-field-{token}")
    need_named.priority(words, need.priority, f"need-priority-{token}")
    st.checkbox(words("need.climate"), need.climate, key=f"need-climate-{token}")


def _who(words: Words, need: Need, token: str) -> None:
    st.radio(
        words("need.who"),
        ["", *WHO],
        index=["", *WHO].index(need.who),
        horizontal=True,
        format_func=lambda who: need_facts.who(words, who),
        key=f"need-who-{token}",
    )
    st.selectbox(
        words("need.responsible"),
        AUTHORITIES,
        index=AUTHORITIES.index(need.responsible) if need.responsible in AUTHORITIES else None,
        format_func=lambda key: words(f"authority.{key}"),
        placeholder=words("need.responsible_open"),
        key=f"need-responsible-{token}",
    )


def _typed(need: Need) -> str:
    """Write the day of the next answer as it is typed here."""
    return f"{need.answer_on:%d.%m.%Y}" if need.answer_on else ""


def _save(need_id: NeedId, form: edits.Edit) -> None:
    here = session.instance()
    with notices.said(EDIT):
        given = _given(form.token)
        try:
            if given:
                needs.change(
                    here.store,
                    session.actor(),
                    need_id,
                    version=form.version,
                    now=session.now(),
                    **given,
                )
        except Conflict:
            _met(need_id, form)
            return
        edits.close(need_id)
        notices.keep(PLACE, session.the_words()("need.saved"), "success")


def _given(token: str) -> Mapping[str, Any]:
    """Read what was changed in the form; BadInput for a day that is none.

    What was left as it was offered is not written: a colleague may have changed it meanwhile.
    """
    state = st.session_state
    typed = (state[f"need-day-{token}"] or "").strip()
    day = filter_fields.day_from(typed)
    if typed and day is None:
        raise BadInput("need.day_unreadable", field="answer_on")
    given = {
        **{name: state[f"need-{name}-{token}"] or "" for name in ("title", "field", "priority")},
        "climate": bool(state[f"need-climate-{token}"]),
        "who": state[f"need-who-{token}"] or "",
        "responsible": state[f"need-responsible-{token}"] or "",
        "answer_on": day,
    }
    opened, _ = state[OPENED][token]
    return {name: value for name, value in given.items() if value != getattr(opened, name)}


def _met(need_id: NeedId, form: edits.Edit) -> None:
    """Say what somebody else changed since the form was opened; what was typed stays in it."""
    words = session.the_words()
    now = needs.get(session.instance().store, session.actor(), need_id)
    kept = st.session_state.setdefault(OPENED, {})
    opened, before = kept.get(form.token, (now, now))
    changed = [name for name in CHANGEABLE if getattr(now, name) != getattr(before, name)]
    told = [need_facts.changed(words, name, before, now) for name in changed]
    notices.keep(EDIT, "\n\n".join([words("problem.need.changed_meanwhile"), *told]))
    kept[form.token] = (opened, now)
    edits.seen(need_id, now.version)
