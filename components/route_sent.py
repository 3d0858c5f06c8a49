"""A letter that went out: since when, their reference, the reminder, and what came of it."""

from datetime import datetime
from html import escape

import streamlit as st

from components import cards, edits, notices, route_draft, route_letter, session
from components.words import LANGUAGES as NAMES
from components.words import Words
from data import routes
from data.filters import local_day
from data.needs import Need
from data.routes import MAX_LETTER, MAX_REFERENCE, MAX_TOLD, RESULTS, WAITING, Route, RouteState
from data.texts import LANGUAGES


def head(words: Words, route: Route, now: datetime) -> str:
    """Return what stands on top of a route as HTML: to whom, where it stands, since when."""
    facts = [
        words(f"routes.fact.{name}", day=words.day(day))
        for name, day in (
            ("sent", route.sent_on),
            ("reminded", route.reminded_on),
            ("answered", route.answered_on),
            ("remind", route.remind_on),
        )
        if day
    ]
    lines = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
    return (
        f'<p class="kk-route-head"><strong>{escape(words(f"authority.{route.authority}"))}</strong>'
        f"<code>{escape(route.reference)}</code>{state(words, route)}</p>"
        + (f'<ul class="kk-route-facts">{lines}</ul>' if lines else "")
        + due(words, route, now)
    )


def state(words: Words, route: Route) -> str:
    """Return where a route stands as HTML."""
    said = escape(words(f"routes.state.{route.state}"))
    return f'<span class="kk-route-state kk-route-{route.state}">{said}</span>'


def due(words: Words, route: Route, now: datetime) -> str:
    """Return as HTML that it is time to ask again, '' when it is not."""
    if not route.is_due(now) or not route.sent_on:
        return ""
    days = (local_day(now) - (route.reminded_on or route.sent_on)).days
    return f'<p class="kk-route-due">{escape(words.many("routes.due", days))}</p>'


def draw(words: Words, need: Need, route: Route) -> None:
    """Draw a route that went out."""
    notices.show(route_draft.place(route.id))
    if route.told:
        st.html(cards.answer(words, route.told))
    if route.state in WAITING:
        _happened(words, need, route)
    elif need.status in ("open", "forwarded"):
        st.html(f'<p class="kk-facts">{escape(words("routes.then"))}</p>')
    with st.expander(words("routes.details"), icon=":material/mail:"):
        _reference(words, route)
        _written(words, route, route.subject, route.letter, "letter")
        _written(words, route, route_letter.reminder_subject(route), route.reminder, "reminder")


# --- inside -----------------------------------------------------------------


def _written(words: Words, route: Route, subject: str, text: str, what: str) -> None:
    """Draw a text that went out, to be read and taken along once more."""
    if text:
        st.html(f'<p class="kk-label">{escape(words(route_draft.LABEL[what]))}</p>')
        st.html(f'<p class="kk-letter" lang="de" tabindex="0">{escape(text)}</p>')
        route_draft.ways(words, route, subject, text, what)


def _next_key(words: Words, route: Route) -> str:
    return f"route-next-{route.id}-{words.lang}"


def _happened(words: Words, need: Need, route: Route) -> None:
    """Ask what happened since, and draw what belongs to it."""
    what = st.segmented_control(
        words("routes.next"),
        ["remind", *RESULTS],
        format_func=lambda key: words(f"routes.do.{key}"),
        key=_next_key(words, route),
    )
    if what == "remind":
        _remind(words, need, route)
    elif what:
        _answer(words, route, what)


def _remind(words: Words, need: Need, route: Route) -> None:
    now = session.now()
    form = edits.opened(f"route-{route.id}", route.version)
    with st.form(f"remind-{route.id}-{form.token}", enter_to_submit=False, border=False):
        text = route_letter.reminder_text(need, route, now=now)
        st.text_area(
            words("routes.reminder"),
            text,
            key=f"reminder-{form.token}",
            max_chars=MAX_LETTER,
            height=300,
        )
        subject = route_letter.reminder_subject(route)
        route_draft.ways(words, route, subject, text, route_draft.NEW_REMINDER)
        route_draft.day_field(words, "remind_on", local_day(now) + routes.WAIT, form.token)
        st.form_submit_button(
            words("routes.remind"),
            type="primary",
            icon=":material/notifications:",
            on_click=_reminded,
            args=(route, form),
        )


def _reminded(route: Route, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(route_draft.place(route.id)):
        with route_draft.following(route.id):
            routes.remind(
                here.store,
                session.actor(),
                route.id,
                version=form.version,
                letter=st.session_state[f"reminder-{form.token}"] or "",
                remind_on=route_draft.typed_day("remind_on", form.token),
                now=session.now(),
            )
        edits.close(f"route-{route.id}")
        st.session_state[_next_key(words, route)] = None
        notices.keep(route_draft.place(route.id), words("routes.reminded"), "success")


def _answer(words: Words, route: Route, result: str) -> None:
    """Draw the public sentence in the languages of the area, and what everybody reads anyway."""
    form = edits.opened(f"route-{route.id}", route.version)
    step = words(f"step.route_{result}", authority=words(f"authority.{route.authority}"))
    st.html(
        f'<p class="kk-label">{escape(words("routes.told_always"))}</p>'
        f'<p class="kk-answer">{escape(step)}</p>'
    )
    with st.form(f"answer-{route.id}-{form.token}-{result}", enter_to_submit=False, border=False):
        _sentence(words, form.token, "de", label=words("routes.told"))
        with st.expander(words("routes.more_languages"), icon=":material/translate:"):
            for lang in LANGUAGES[1:]:
                _sentence(words, form.token, lang)
        if result == RouteState.ANSWERED:
            later = local_day(session.now()) + routes.WAIT
            route_draft.day_field(words, "remind_on", later, f"{form.token}-answer")
        st.form_submit_button(
            words("routes.answer"),
            type="primary",
            icon=":material/campaign:",
            on_click=_answered,
            args=(route, form, result),
        )


def _sentence(words: Words, token: str, lang: str, label: str = "") -> None:
    st.text_area(label or NAMES[lang], key=f"told-{lang}-{token}", max_chars=MAX_TOLD, height=110)


def _answered(route: Route, form: edits.Edit, result: str) -> None:
    here, words, state = session.instance(), session.the_words(), st.session_state
    with notices.said(route_draft.place(route.id)):
        told = {lang: state.get(f"told-{lang}-{form.token}") or "" for lang in LANGUAGES}
        with route_draft.following(route.id):
            routes.answer(
                here.store,
                session.actor(),
                route.id,
                version=form.version,
                result=result,
                told=told,
                remind_on=route_draft.typed_day("remind_on", f"{form.token}-answer"),
                now=session.now(),
            )
        edits.close(f"route-{route.id}")
        st.session_state[_next_key(words, route)] = None
        notices.keep(route_draft.place(route.id), words("routes.answered"), "success")


def _reference(words: Words, route: Route) -> None:
    form = edits.opened(f"route-{route.id}", route.version)
    with (
        st.form(f"theirs-{route.id}-{form.token}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            words("routes.their_reference"),
            route.their_reference,
            key=f"theirs-{form.token}",
            max_chars=MAX_REFERENCE,
            autocomplete="off",
        )
        st.form_submit_button(words("routes.note"), on_click=_noted, args=(route, form))


def _noted(route: Route, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(route_draft.place(route.id)):
        with route_draft.following(route.id):
            routes.change(
                here.store,
                session.actor(),
                route.id,
                their_reference=st.session_state[f"theirs-{form.token}"] or "",
                version=form.version,
                now=session.now(),
            )
        edits.close(f"route-{route.id}")
        notices.keep(route_draft.place(route.id), words("routes.noted"), "success")
