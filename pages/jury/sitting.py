"""The sitting on a member's own device: here, aside, and one tap for a vote."""

from html import escape

import streamlit as st

from components import gate, notices, session, sitting_room
from components.sitting_items import may_lead
from data import members, sittings
from data.deciding_standing import State
from data.filters import local_day
from data.problems import Problem
from data.rules import Act
from data.sittings import Sitting

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.SITTING_READ)


def asked(found: list[Sitting]) -> Sitting | None:
    """Return the sitting that the address names, else the one that is open, else the next one."""
    sitting_id = st.query_params.get("sitting", "")
    if sitting_id:
        try:
            return sittings.get(here.store, actor, sitting_id)
        except Problem as problem:
            notices.keep("sitting", words.problem(problem))
            return None
    now = session.now()
    running = [one for one in found if one.state == State.OPEN]
    coming = [one for one in found if one.state != State.CLOSED and one.held_at >= now]
    return next(iter(running or sorted(coming, key=lambda one: one.held_at)), None)


def leads(sitting: Sitting) -> bool:
    """Tell whether who is here may lead this sitting."""
    me = members.of_person(here.store, actor.person, sitting.body)
    return may_lead(actor, me, local_day(session.now()))


def show(sitting: Sitting) -> None:
    """Draw the sitting: as who leads it when that is asked for and allowed, else the own device."""
    mine = sitting_room.address(words, "sitting", sitting=sitting.id)
    leading = sitting_room.address(words, "sitting", sitting=sitting.id, lead="1")
    if st.query_params.get("lead") and leads(sitting):
        sitting_room.lead(words, sitting, back="", own=mine)
    else:
        sitting_room.own(words, sitting, lead=leading)


def others(found: list[Sitting], shown: Sitting | None) -> None:
    """Draw the ways to the other sittings."""
    rest = [one for one in found if not shown or one.id != shown.id]
    if not rest:
        return
    lines = "".join(
        f'<li><a target="_self" href="{escape(sitting_room.address(words, "sitting", sitting=one.id))}">'
        f'<bdi>{escape(one.title)}</bdi></a><span class="kk-facts">{sitting_room.when(words, one)} · '
        f"{escape(words(f'sittings.state.{one.state}'))}</span></li>"
        for one in rest
    )
    st.html(f'<h2>{escape(words("sittings.others"))}</h2><ul class="ks-others">{lines}</ul>')


found = sittings.listing(here.store, actor)
sitting = asked(found)
notices.show("sitting")
if sitting:
    show(sitting)
else:
    st.html(
        f"<h1>{escape(words('page.sitting'))}</h1>"
        f'<p class="kk-lead">{escape(words("sittings.none_yet"))}</p>'
    )
if not st.query_params.get("lead"):
    others(found, sitting)
