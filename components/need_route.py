"""A need on its way to somebody else: the letter, the references, the reminder, the result."""

from html import escape

import streamlit as st

from components import frame, notices, route_better, route_draft, route_letter, route_sent, session
from components.words import Words
from data import letters, needs, routes
from data.authorities import AUTHORITIES
from data.needs import Need, NeedStatus
from data.routes import Route, RouteId, RouteState

NEW = "route-new"  # the place for what is said when a route begins


def new(words: Words, need: Need) -> None:
    """Draw to whom a need may go; a draft is prepared, nothing is sent by itself."""
    if need.status not in (NeedStatus.OPEN, NeedStatus.FORWARDED):
        st.text(words("need.moved"))
        return
    chosen = st.selectbox(
        words("need.authority"),
        AUTHORITIES,
        index=AUTHORITIES.index(need.responsible) if need.responsible in AUTHORITIES else None,
        format_func=lambda key: words(f"authority.{key}"),
        placeholder=words("desk.choose"),
        key=f"authority-{need.id}-{words.lang}",
    )
    if not chosen:
        notices.show(NEW)
        return
    if any(one.authority == chosen and one.state == RouteState.DRAFT for one in _of(need)):
        notices.show(NEW)
        st.html(f'<p class="kk-facts">{escape(words("routes.there"))}</p>')
        return
    unwritten = chosen in letters.UNWRITTEN
    st.html(
        f'<p class="kk-facts">{escape(words("routes.how_own" if unwritten else "routes.how"))}</p>'
    )
    notices.show(NEW)
    st.button(
        words("routes.prepare_own" if unwritten else "routes.prepare"),
        key=f"prepare-{need.id}",
        type="primary",
        icon=":material/edit_note:",
        on_click=_prepare,
        args=(need, chosen, _fresh(need)),
    )


def draw(words: Words, need: Need) -> None:
    """Draw a need's routes, drafts first, and what the senders of its pins say afterwards."""
    frame.look("routes")
    found = _of(need)
    if found:
        st.markdown(f"## {words('routes.title')}")
    for route in sorted(found, key=lambda one: (one.state != RouteState.DRAFT, -one.number)):
        with st.container(key=f"kk-route-{route.id}", border=True, gap="small"):
            st.html(route_sent.head(words, route, session.now()))
            if route.state == RouteState.DRAFT:
                route_draft.draw(words, route)
            else:
                route_sent.draw(words, need, route)
    route_better.draw(words, need)


def _of(need: Need) -> list[Route]:
    return routes.of_need(session.instance().store, session.actor(), need.id)


def _fresh(need: Need) -> RouteId:
    """Return the id of the route that is to come: pressed twice, it is one route."""
    return st.session_state.setdefault(f"route-id-{need.id}", RouteId(session.new_id()))


def _prepare(need: Need, authority: str, route_id: RouteId) -> None:
    here, actor, words, now = (
        session.instance(), session.actor(), session.the_words(), session.now(),
    )  # fmt: skip
    with notices.said(NEW):
        found = needs.pins_of(here.store, actor, need.id)
        quoted, kept_back = route_letter.chosen(found)
        unwritten = authority in letters.UNWRITTEN
        quoted = {} if unwritten else quoted
        letter = "" if unwritten else route_letter.text(need, authority, found, quoted, now=now)
        route = routes.draft(
            here.store,
            actor,
            route_id=route_id,
            need_id=need.id,
            authority=authority,
            subject=route_letter.subject(need, found),
            letter=letter,
            quoted=quoted,
            now=now,
        )
        st.session_state.pop(f"route-id-{need.id}", None)
        said = [words("routes.prepared", reference=route.reference)]
        if kept_back and not unwritten:
            numbers = ", ".join(map(str, kept_back))
            said.append(words("routes.kept_back", numbers=numbers))
        notices.keep(NEW, " ".join(said), "success")
