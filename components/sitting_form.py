"""A sitting's plan as a form: body, title, day, time, place, open to guests or not."""

import re
from datetime import UTC, datetime, time

import streamlit as st

from components import edits, filters, notices, session
from components.words import BERLIN, Words
from data import bodies, sittings
from data.bodies import Body
from data.problems import BadInput
from data.sittings import Sitting

NEW, EDIT = "new-sitting", "sitting-edit"
MAX_TITLE = 200
USUAL = "18:30"
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*uhr)?", re.IGNORECASE)


def time_from(typed: str) -> time | None:
    """Read a time of day as people type it; None for what is none.

    >>> [str(time_from(typed)) for typed in ("18:30", "18.30 Uhr", "9", "25:00")]
    ['18:30:00', '18:30:00', '09:00:00', 'None']
    """
    found = _TIME.fullmatch(typed.strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def new(words: Words) -> None:
    """Draw the form of a new sitting."""
    here = session.instance()
    found = bodies.listing(here.store, session.actor())
    if not found:
        st.info(words("sittings.no_body"))
        return
    token = st.session_state.setdefault(NEW, session.new_id())
    with st.form(f"sitting-{token}", enter_to_submit=False):
        by_id = {body.id: body for body in found}
        st.selectbox(
            words("sittings.body"),
            list(by_id),
            format_func=lambda one: by_id[one].title,
            key=f"sitting-body-{token}",
        )
        _fields(words, token, None)
        notices.show(NEW)
        label, icon = words("sittings.create"), ":material/add:"
        st.form_submit_button(label, type="primary", icon=icon, on_click=_create, args=(by_id,))


def edit(words: Words, sitting: Sitting) -> None:
    """Draw a sitting's plan, to be changed as it was when the form was opened."""
    form = edits.opened(sitting.id, sitting.version)
    with st.form(f"sitting-edit-{form.token}", enter_to_submit=False):
        _fields(words, form.token, sitting)
        notices.show(EDIT)
        label, icon = words("sitting.save"), ":material/check:"
        st.form_submit_button(label, icon=icon, on_click=_save, args=(sitting.id, form))


def _fields(words: Words, token: str, sitting: Sitting | None) -> None:
    held = sitting.held_at.astimezone(BERLIN) if sitting else None
    st.text_input(
        words("sittings.title"),
        sitting.title if sitting else "",
        key=f"sitting-title-{token}",
        max_chars=MAX_TITLE,
        placeholder=words("sittings.title_hint"),
        autocomplete="off",
    )
    left, middle, right = st.columns([1, 1, 2])
    with left:
        _line(words, "day", f"{held:%d.%m.%Y}" if held else "", token, words("filter.day"))
    with middle:
        _line(words, "time", f"{held:%H:%M}" if held else USUAL, token, USUAL)
    with right:
        _line(words, "place", sitting.place if sitting else "", token, "")
    st.checkbox(
        words("sittings.public"),
        sitting.public if sitting else False,
        key=f"sitting-public-{token}",
    )


def _line(words: Words, name: str, value: str, token: str, hint: str) -> None:
    st.text_input(
        words(f"sittings.{name}"),
        value,
        key=f"sitting-{name}-{token}",
        max_chars=MAX_TITLE,
        placeholder=hint,
        autocomplete="off",
    )


def _read(token: str) -> dict[str, object]:
    """Read title, moment (UTC), place and openness; BadInput for a day or time that is none."""

    def held(name: str) -> str:
        return st.session_state.get(f"sitting-{name}-{token}") or ""

    day = filters.day_from(held("day"))
    if day is None:
        raise BadInput("sitting.day_missing", field="day")
    hour = time_from(held("time"))
    if hour is None:
        raise BadInput("sitting.time_missing", field="time")
    moment = datetime.combine(day, hour, BERLIN).astimezone(UTC)
    public = bool(st.session_state.get(f"sitting-public-{token}"))
    return {"title": held("title"), "place": held("place"), "held_at": moment, "public": public}


def _create(by_id: dict[str, Body]) -> None:
    here, words, token = session.instance(), session.the_words(), st.session_state[NEW]
    with notices.said(NEW):
        plan, body_id = _read(token), st.session_state[f"sitting-body-{token}"]
        if not plan["title"]:
            plan["title"] = words("sittings.usual", body=by_id[body_id].title)
        sittings.plan(
            here.store,
            session.actor(),
            sitting_id=token,
            body_id=body_id,
            now=session.now(),
            **plan,  # type: ignore[arg-type]
        )
        del st.session_state[NEW]
        st.query_params["sitting"] = token
        notices.keep("sitting", words("sittings.created"), "success")


def _save(sitting_id: str, form: edits.Edit) -> None:
    here, actor = session.instance(), session.actor()
    with notices.said(EDIT):
        plan, now = _read(form.token), session.now()
        with edits.following(
            sitting_id, lambda: sittings.get(here.store, actor, sitting_id).version
        ):
            sittings.change(here.store, actor, sitting_id, version=form.version, now=now, **plan)  # type: ignore[arg-type]
        edits.close(sitting_id)
        notices.keep("sitting", session.the_words()("sittings.saved"), "success")
