"""A prepared letter: read, changed, taken along, and noted as sent."""

from contextlib import AbstractContextManager
from datetime import date
from html import escape

import streamlit as st

from components import edits, filters, notices, route_copy, route_letter, session
from components.meeting_form import written
from components.words import Words
from components.words import words as in_language
from data import letters, office, routes
from data.filters import local_day
from data.needs import MAX_SENTENCE
from data.problems import BadInput
from data.routes import MAX_LETTER, MAX_REFERENCE, MAX_SUBJECT, Route, RouteId

NEW_REMINDER = "new"  # a reminder that is being written
LABEL = {
    "letter": "routes.letter",
    "reminder": "routes.reminder",
    NEW_REMINDER: "routes.reminder",
}


def place(route_id: RouteId) -> str:
    """Name the place where a route's sentences stand."""
    return f"route-{route_id}"


def draw(words: Words, route: Route) -> None:
    """Draw a draft: one form, so that nothing typed is lost whichever button ends it."""
    form = edits.opened(f"route-{route.id}", route.version)
    if route.letter:
        _warnings(words, route)
    with st.form(f"draft-{route.id}-{form.token}", enter_to_submit=False, border=False):
        if route.letter:
            _letter(words, route, form)
        _sending(words, route, form)
        notices.show(place(route.id))
        st.form_submit_button(
            words("routes.send"),
            type="primary",
            icon=":material/forward_to_inbox:",
            on_click=_sent,
            args=(route, form),
        )


def ways(words: Words, route: Route, subject: str, text: str, what: str = "letter") -> None:
    """Draw how a text leaves the house: copied, by mail, on paper once it is stored."""
    route_copy.draw(words, text, label=words(LABEL[what]), key=f"{what}-{route.id}")
    link, whole = route_letter.mail(route.recipient, subject, text)
    sheet = f"api/prints/letter?route={route.id}&lang={words.lang}&what={what}"
    paper = f'<a href="{escape(sheet)}" target="_blank" rel="noopener">{escape(words("routes.print"))}</a>'
    st.html(
        f'<p class="kk-route-ways"><a href="{escape(link)}">{escape(words("routes.mail"))}</a>'
        f"{'' if what == NEW_REMINDER else paper}</p>"
        + ("" if whole else f'<p class="kk-facts">{escape(words("routes.mail_short"))}</p>')
    )


def day_field(words: Words, name: str, value: date | None, token: str) -> None:
    """Draw a field for a day, written as on German forms."""
    st.text_input(
        words(f"routes.{name}"),
        written(value),
        key=f"{name}-{token}",
        max_chars=10,
        placeholder=words("filter.day"),
        autocomplete="off",
    )


def typed_day(name: str, token: str) -> date | None:
    """Read a typed day, None for an empty field; BadInput for what is no day."""
    typed = (st.session_state.get(f"{name}-{token}") or "").strip()
    day = filters.day_from(typed)
    if typed and day is None:
        raise BadInput("route.day_unreadable", field=name)
    return day


def following(route_id: RouteId) -> AbstractContextManager[None]:
    """Return what an act of a route's form runs in; after a conflict what was typed stays."""

    def version() -> int:
        return routes.get(session.instance().store, session.actor(), route_id).version

    return edits.following(f"route-{route_id}", version)


# --- inside -----------------------------------------------------------------


def _warnings(words: Words, route: Route) -> None:
    here, actor = session.instance(), session.actor()
    quoted = routes.quoted(here.store, actor, route.id)
    if quoted:
        found = office.pins_by_id(here.store, actor, quoted)
        if numbers := route_letter.private(found, quoted, route.letter):
            st.warning(words("routes.private", numbers=", ".join(map(str, numbers))))
    if not route_letter.is_signed():
        st.info(words("routes.unsigned"))


def _letter(words: Words, route: Route, form: edits.Edit) -> None:
    """Draw the letter as it was when the form was opened, and how it leaves the house."""
    most = {"recipient": MAX_REFERENCE, "subject": MAX_SUBJECT}
    for name, limit in most.items():
        st.text_input(
            words(f"routes.{name}"),
            getattr(route, name),
            key=f"{name}-{form.token}",
            max_chars=limit,
            autocomplete="off",
        )
    st.text_area(
        words("routes.letter"),
        route.letter,
        key=f"letter-{form.token}",
        max_chars=MAX_LETTER,
        height=420,
    )
    notices.show(f"{place(route.id)}-letter")
    with st.container(horizontal=True, gap="small"):
        st.form_submit_button(
            words("routes.save"), icon=":material/check:", on_click=_save, args=(route, form)
        )
        st.form_submit_button(
            words("routes.discard"),
            icon=":material/delete:",
            type="tertiary",
            on_click=_discard,
            args=(route, form),
        )
    ways(words, route, route.subject, route.letter)
    st.html(f'<p class="kk-facts">{escape(words("routes.save_first"))}</p>')


def _save(route: Route, form: edits.Edit) -> None:
    with notices.said(f"{place(route.id)}-letter"):
        _kept(route, form)
        edits.close(f"route-{route.id}")
        saved = session.the_words()("routes.saved")
        notices.keep(f"{place(route.id)}-letter", saved, "success")


def _kept(route: Route, form: edits.Edit) -> Route:
    """Keep what was typed, if it is anything new, and return the route as it is then."""
    store, actor, state = session.instance().store, session.actor(), st.session_state
    typed = {
        name: state.get(f"{name}-{form.token}") or ""
        for name in ("recipient", "subject", "letter")
        if f"{name}-{form.token}" in state
    }
    stored = routes.get(store, actor, route.id)
    if stored.version == form.version and all(
        getattr(stored, name).strip() == text.strip() for name, text in typed.items()
    ):
        return stored
    with following(route.id):
        return routes.change(
            store, actor, route.id, version=form.version, now=session.now(), **typed
        )


def _discard(route: Route, form: edits.Edit) -> None:
    here = session.instance()
    with notices.said(f"{place(route.id)}-letter"):
        routes.discard(
            here.store, session.actor(), route.id, version=form.version, now=session.now()
        )
        told = session.the_words()("routes.discarded", reference=route.reference)
        notices.keep("need", told, "success")


def _sending(words: Words, route: Route, form: edits.Edit) -> None:
    """Draw what is asked when the letter is out: the days, and the public sentence."""
    today = local_day(session.now())
    own = route.authority in letters.UNWRITTEN
    st.markdown(f"### {words('routes.own_title' if own else 'routes.send_title')}")
    with st.container(horizontal=True, gap="small"):
        day_field(words, "sent_on", today, form.token)
        day_field(words, "remind_on", today + routes.WAIT, form.token)
    st.text_area(
        words("need.sentence"),
        in_language("de")(f"authority.{route.authority}.sentence"),  # readers see their own
        key=f"sentence-{form.token}",
        max_chars=MAX_SENTENCE,
        height=130,
    )


def _sent(route: Route, form: edits.Edit) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(place(route.id)):
        sent_on = typed_day("sent_on", form.token)
        remind_on = typed_day("remind_on", form.token)
        if sent_on is None:
            raise BadInput("route.day_unreadable", field="sent_on")
        kept = _kept(route, form)
        routes.send(
            here.store,
            session.actor(),
            route.id,
            version=kept.version,
            sentence=st.session_state[f"sentence-{form.token}"] or "",
            sent_on=sent_on,
            remind_on=remind_on,
            now=session.now(),
        )
        edits.close(f"route-{route.id}")
        told = words("routes.sent", authority=words(f"authority.{route.authority}"))
        notices.keep(place(route.id), told, "success")
