"""Juries and councils, and who sits in them."""

from html import escape

import streamlit as st

from components import (
    body_head,
    body_rules,
    cards,
    frame,
    gate,
    member_card,
    member_form,
    member_link,
    notices,
    session,
)
from data import bodies, member_accounts, members
from data.bodies import Body
from data.filters import local_day
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.BODY_WRITE)
frame.look("bodies")
today = local_day(session.now())


def put_away() -> None:
    """Close what is open: it belongs to another body."""
    member_form.close()
    member_link.done()
    body_rules.close()


def chosen(every: list[Body]) -> Body:
    """Draw the choice between the bodies, and return the one that is shown."""
    names = {one.id: cards.plain(one.title) for one in every}
    asked = st.segmented_control(
        words("bodies.which"),
        list(names),
        format_func=names.__getitem__,
        default=every[0].id,
        required=True,
        key=f"body-{words.lang}",
        on_change=put_away,
        label_visibility="collapsed",
    )
    return next((one for one in every if one.id == asked), every[0])


with st.container(key="kk-bodies"):
    st.title(words("page.bodies"), anchor=False)
    body = chosen(bodies.listing(here.store, actor))
    found = members.listing(here.store, actor, body.id, now=session.now())
    body_head.draw(words, body, found, today)
    notices.show("bodies")
    member_link.draw(words)
    form = member_form.begun()
    if form and form.body == body.id:
        member_form.draw(words, body, form)
    else:
        st.button(
            words("member.add"),
            key="member-add",
            icon=":material/person_add:",
            type="primary",
            on_click=member_form.start,
            args=(body,),
        )
    staying = [one for one in found if not one.removed]
    former = [one for one in found if one.removed]
    st.html(f'<h2 class="kk-body-head">{escape(words("member.list"))}</h2>')
    if not staying:
        st.html(
            f'<div class="kk-empty"><p>{words("member.none")}</p>'
            f"<p>{words('member.none_hint')}</p></div>"
        )
    accounts = member_accounts.free(here.store, actor, body.id)
    for member in staying:
        member_card.draw(words, member, today, accounts)
    if former:
        with st.expander(words("member.former"), icon=":material/history:"):
            for member in former:
                member_card.draw(words, member, today)
    st.html(f'<h2 class="kk-body-head">{escape(words("bodies.rules"))}</h2>')
    seats = sum(one.sits(today) and not one.substitute for one in found)
    if body_rules.opened() == body.id:
        body_rules.draw(words, body, seats)
    else:
        st.html(body_head.rules(words, body.rules, seats))
        st.button(
            words("bodies.rules_change"),
            key="body-rules-change",
            icon=":material/tune:",
            on_click=body_rules.start,
            args=(body,),
        )
