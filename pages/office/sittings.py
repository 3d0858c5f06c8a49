"""Sittings: planned, their papers sent, led and closed."""

from html import escape

import streamlit as st

from components import (
    cards,
    frame,
    gate,
    notices,
    session,
    sitting_agenda,
    sitting_form,
    sitting_papers,
    sitting_room,
)
from data import bodies, sittings
from data.deciding_standing import State
from data.problems import Problem
from data.rules import Act
from data.sittings import Sitting

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.SITTING_WRITE)
frame.look("desk")
frame.look("sitting")


def asked() -> Sitting | None:
    """Load the sitting that the address names."""
    sitting_id = st.query_params.get("sitting", "")
    if not sitting_id:
        return None
    try:
        return sittings.get(here.store, actor, sitting_id)
    except Problem as problem:
        notices.keep("sitting", words.problem(problem))
        return None


def address(**query: str) -> str:
    """Return the address of this page with a sitting."""
    return sitting_room.address(words, "sittings", **query)


def head(sitting: Sitting, body: str, tag: str) -> str:
    """Return a sitting's head as HTML: where it stands, its title, when and where."""
    state = f"sittings.state.{sitting.state}"
    demo = cards.tag(words("demo.label")) if sitting.demo else ""
    items = words.many("sittings.items", len(sitting.items))
    return (
        f'<header class="kk-meeting"><span class="kk-state kk-state-{sitting.state}">'
        f"{escape(words(state))}</span>{demo}"
        f'<{tag} class="kk-meeting-title" dir="auto">{escape(sitting.title)}</{tag}>'
        f'<p class="kk-facts"><bdi>{escape(body)}</bdi> · {sitting_room.when(words, sitting)} · '
        f"{escape(items)}</p></header>"
    )


def close() -> None:
    """Go back to the list."""
    st.query_params.pop("sitting", None)


def ways(sitting: Sitting) -> str:
    """Return the ways out of a sitting as HTML: lead it, its papers, its minutes."""
    asked = {"sitting": sitting.id}
    links = [("lead", address(lead="1", **asked), True)]
    if sitting.state in (State.OPEN, State.CLOSED):
        links.append(("minutes", sitting_room.address(words, "api/prints/minutes", **asked), False))
    links.append(("read", sitting_room.address(words, "proposals"), False))
    return "".join(
        f'<a class="kk-account {"kk-go" if strong else "ks-way"}" target="_self" '
        f'href="{escape(href)}">{escape(words(f"sittings.way.{name}"))}</a> '
        for name, href, strong in links
    )


def one(sitting: Sitting) -> None:
    """Draw a sitting: the way to lead it, its agenda, papers and plan."""
    st.button(
        words("sittings.back"),
        key="kk-back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=close,
    )
    body = bodies.get(here.store, actor, sitting.body)
    st.html(head(sitting, body.title, "h1"))
    notices.show("sitting")
    st.html(f'<p class="ks-ways">{ways(sitting)}</p>')
    sitting_papers.letters(words, sitting)
    if sitting.state == State.CLOSED:
        st.text(words("sittings.closed"))
        return
    sitting_agenda.show(words, sitting)
    if sitting.state != State.OPEN:
        sitting_papers.show(words, sitting)
        with st.expander(words("sittings.edit"), icon=":material/edit:"):
            sitting_form.edit(words, sitting)


def every() -> None:
    """Draw the way to a new sitting, and all sittings, the newest first."""
    found = sittings.listing(here.store, actor)
    titles = {body.id: body.title for body in bodies.listing(here.store, actor)}
    if not found:
        st.html(f'<p class="kk-lead">{escape(words("sittings.none"))}</p>')
    with st.expander(words("sittings.new"), icon=":material/add:", expanded=not found):
        sitting_form.new(words)
    for sitting in found:
        with st.container(key=f"kk-meeting-{sitting.id}", gap=None):
            st.html(head(sitting, titles.get(sitting.body, ""), "h2"))
            st.button(
                words("sittings.open"),
                key=f"open-{sitting.id}",
                on_click=choose,
                args=(sitting.id,),
            )


def choose(sitting_id: str) -> None:
    """Open a sitting; the address keeps it."""
    st.query_params["sitting"] = sitting_id


sitting = asked()
if sitting and st.query_params.get("lead"):
    sitting_room.lead(words, sitting, back=address(sitting=sitting.id))
else:
    with st.container(key="kk-read"):
        if sitting:
            one(sitting)
        else:
            st.markdown(f"# {words('page.sittings')}")
            notices.show("sitting")
            every()
