"""The directory of initiatives, institutions and rooms: map and list side by side."""

import streamlit as st

from components import frame, gate, notices, partner_card, partner_filter, partner_form, session
from components import map as maps
from components.cards import plain
from components.map import Event, Look
from data import partners
from data.partners import Partner, PartnerId
from data.problems import Problem
from data.rules import Act, may

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PARTNER_READ)
frame.look("partners")
writes = may(actor, Act.PARTNER_WRITE)
SHOWN, GO, LIMIT, PAGE = "partner-shown", "partner-go", "partners-limit", 30


def choose(partner_id: str, go: bool = True) -> None:
    """Open a partner, from the list or the map."""
    partner_form.close()
    st.session_state[SHOWN] = partner_id
    if go:
        st.session_state[GO] = partners.get(here.store, session.actor(), PartnerId(partner_id)).at


def put_away() -> None:
    """Close the opened partner."""
    st.session_state.pop(SHOWN, None)


def happened(event: Event) -> None:
    """Take what was tapped on the map: a partner opens, a free place is for a new one."""
    if event.pick:
        with notices.said("partners"):
            choose(event.pick, go=False)
    elif event.window:
        partner_filter.keep_to(event.window)
    elif event.tap and writes:
        partner_form.place_at(event.tap)


def add() -> None:
    """Open the form for a new partner."""
    put_away()
    partner_form.start()


def set_active(partner: Partner, active: bool) -> None:
    """Say that a partner stopped, or goes on."""
    with notices.said("partners"):
        partners.set_active(
            here.store,
            session.actor(),
            partner.id,
            active,
            version=partner.version,
            now=session.now(),
        )
        notices.keep(
            "partners", words("partners.is_active" if active else "partners.is_inactive"), "success"
        )


def more() -> None:
    """Show more partners."""
    st.session_state[LIMIT] += PAGE


def chosen() -> Partner | None:
    """Load the opened partner, if it is still there."""
    partner_id = st.session_state.get(SHOWN)
    if not partner_id:
        return None
    try:
        return partners.get(here.store, actor, partner_id)
    except Problem as problem:
        put_away()
        notices.keep("partners", words.problem(problem))
        return None


def one(partner: Partner) -> None:
    """Draw the opened partner, and what may be done."""
    with st.container(key="kk-opened", border=True):
        st.button(
            words("sheet.close"), key="partner-close", icon=":material/close:", on_click=put_away
        )
        st.html(partner_card.html(words, partner, tag="h2"))
        if not writes:
            return
        with st.container(horizontal=True, gap="small"):
            st.button(
                words("partners.change"),
                key=f"partner-edit-{partner.id}",
                icon=":material/edit:",
                on_click=partner_form.edit,
                args=(partner,),
            )
            st.button(
                words("partners.stop" if partner.active else "partners.go_on"),
                key=f"partner-active-{partner.id}",
                icon=":material/pause_circle:" if partner.active else ":material/play_circle:",
                on_click=set_active,
                args=(partner, not partner.active),
            )


def entries(found: list[Partner]) -> None:
    """Draw the list, a page at a time; each entry is one big button."""
    st.markdown(f"**{words.many('partners.found', len(found))}**")
    if not found:
        st.html(f'<div class="kk-empty"><p>{words("partners.none")}</p></div>')
    limit = st.session_state.setdefault(LIMIT, PAGE)
    for partner in found[:limit]:
        with st.container(key=f"kk-pick-partner-{partner.id}", gap=None):
            st.html(partner_card.html(words, partner))
            st.button(
                words("partners.open", name=plain(partner.name)),
                key=f"partner-open-{partner.id}",
                icon=":material/location_on:",
                on_click=choose,
                args=(partner.id,),
            )
    if len(found) > limit:
        st.button(words("filter.more"), key="partners-more", on_click=more)


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.partners')}", width="content")
    wanted = partner_filter.bar(words)
    if writes:
        st.button(words("partners.add"), key="partner-add", icon=":material/add:", on_click=add)
    partner_filter.active(words, wanted)

found = partners.listing(here.store, actor, wanted)
form = partner_form.begun() if writes else None
shown = None if form else chosen()
left, right = st.columns([7, 5], gap="medium")
with left, st.container(key="kk-office-map"):
    opened = [shown] if shown and shown not in found else []
    marks = partner_card.marks([*opened, *found], form.id if form else shown.id if shown else "")
    draft = form.at if form else None
    look = Look(scope="none", marks=marks, draft=draft, go=st.session_state.pop(GO, None))
    maps.show(
        here.area, words, look, key="partners-map", on_event=happened, taps=writes, window=True
    )
with right, st.container(key="kk-office-side"):
    notices.show("partners")
    if form:
        partner_form.show(words, form)
    else:
        if shown:
            one(shown)
        elif writes:
            st.text(words("partners.hint"))
        entries(found)
