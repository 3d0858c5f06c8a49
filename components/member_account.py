"""Giving a member an account that is there already: one made by hand, or that of another body."""

from collections.abc import Sequence

import streamlit as st

from components import cards, notices, session
from components.words import Words
from data import member_accounts
from data.member_accounts import Account
from data.members import Member
from data.problems import BadInput
from data.rules import PersonId
from data.texts import isolated

SAID = "bodies"


def draw(words: Words, member: Member, accounts: Sequence[Account]) -> None:
    """Draw the choice among the free accounts; nothing for who has one, or where none is free."""
    if member.person or not accounts:
        return
    st.text(words("member.account_hint"))
    names = {one.id: _name(words, one) for one in accounts}
    st.selectbox(
        words("member.account"),
        list(names),
        index=None,
        format_func=lambda one: names.get(one, ""),
        placeholder=words("framework.Select an option"),
        key=_key(member),
    )
    st.button(
        words("member.account_bind"),
        key=f"member-bind-{member.id}",
        icon=":material/key:",
        on_click=_bind,
        args=(member,),
    )


def _name(words: Words, account: Account) -> str:
    """Return an account's name, with the login that tells two of one name apart; no Markdown here."""
    name = isolated(account.name)
    if not account.login:
        return name
    return f"{name} · {words('people.login', login=account.login)}"


def _bind(member: Member) -> None:
    """Give the account chosen; runs in the button's callback, so that a double tap is one."""
    here, words, chosen = (
        session.instance(),
        session.the_words(),
        st.session_state.get(_key(member)),
    )
    with notices.said(SAID):
        if not chosen:
            raise BadInput("member.account_missing", field="account")
        person = PersonId(str(chosen))
        actor, now = session.actor(), session.now()
        member_accounts.bind(here.store, actor, member.id, person_id=person, now=now)
        said = words("member.account_bound", name=cards.plain(member.name))
        notices.keep(SAID, said, "success")


def _key(member: Member) -> str:
    return f"member-account-{member.id}-{member.version}"
