"""One member of a body, and the next thing to do for it."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from components import cards, member_account, member_form, member_link, notices, session
from components.words import Words
from data import members
from data.member_accounts import Account
from data.members import Invited, Member

SAID = "bodies"  # where it is said what was done


def draw(words: Words, member: Member, today: date, accounts: Sequence[Account] = ()) -> None:
    """Draw a member with the next step as its button; the others stand behind "more".

    `accounts` are those of the jury that are free in this body.
    """
    with st.container(
        key=f"kk-member-{member.id}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.html(html(words, member, today))
        if member.removed:
            return
        _next(words, member)
        with st.popover(
            words("member.more"), key=f"member-more-{member.id}-{member.version}-{words.lang}"
        ):
            _others(words, member)
            member_account.draw(words, member, accounts)
            _removal(words, member)


def html(words: Words, member: Member, today: date) -> str:
    """Return a member as HTML; the name was typed by somebody and stays words."""
    tags = [words("member.resident" if member.resident else "member.partner")]
    tags += [words(f"member.{name}") for name in ("chair", "substitute") if getattr(member, name)]
    tags += [words("demo.label")] if member.demo else []
    shown = "".join(map(cards.tag, tags))
    facts = " · ".join(escape(one) for one in _facts(words, member, today))
    return (
        f'<article class="kk-member"><h3 class="kk-member-name"><bdi>{escape(member.name)}'
        f'</bdi></h3><p class="kk-tags">{shown}</p><p class="kk-facts">{facts}</p></article>'
    )


def _facts(words: Words, member: Member, today: date) -> list[str]:
    if member.removed:
        return [words("member.gone")]
    facts = [_term(words, member, today)]
    if member.confirmed_on:
        key = "member.confirmed" if member.resident else "member.confirmed_partner"
        facts.append(words(key, day=words.day(member.confirmed_on)))
    return [*facts, words(f"member.invited.{member.invited}")]


def _term(words: Words, member: Member, today: date) -> str:
    if member.term_to < today:
        return words("member.term_over", day=words.day(member.term_to))
    if member.term_from > today:
        return words("member.term_ahead", day=words.day(member.term_from))
    return words("member.until", day=words.day(member.term_to))


def _next(words: Words, member: Member) -> None:
    """Draw the one button that comes next: confirm, then invite."""
    if member.confirmed_on is None:
        st.button(
            words("member.confirm" if member.resident else "member.confirm_partner"),
            key=f"member-confirm-{member.id}",
            icon=":material/verified:",
            help=words("member.confirm_hint"),
            on_click=_confirm,
            args=(member,),
        )
    elif member.invited in (Invited.NOT, Invited.OVER):
        _invite(words, member, "member.invite")


def _others(words: Words, member: Member) -> None:
    st.html(f'<p class="kk-label">{escape(words("member.of", name=member.name))}</p>')
    if member.confirmed_on is None or member.invited in (Invited.SENT, Invited.IN):
        again = "member.invite_again" if member.invited != Invited.NOT else "member.invite"
        _invite(words, member, again)
    st.button(
        words("member.edit"),
        key=f"member-edit-{member.id}",
        icon=":material/edit:",
        on_click=member_form.edit,
        args=(member,),
    )


def _removal(words: Words, member: Member) -> None:
    sure = st.checkbox(words("member.remove"), key=f"member-sure-{member.id}-{member.version}")
    if sure:
        st.html(f'<p class="kk-note">{escape(words("member.remove_sure"))}</p>')
        st.button(
            words("member.remove_yes"),
            key=f"member-remove-{member.id}",
            icon=":material/person_remove:",
            on_click=_remove,
            args=(member,),
        )


def _invite(words: Words, member: Member, label: str) -> None:
    st.button(
        words(label),
        key=f"member-invite-{member.id}",
        icon=":material/qr_code:",
        on_click=member_link.make,
        args=(member,),
    )


def _confirm(member: Member) -> None:
    here = session.instance()
    with notices.said(SAID):
        members.confirm(
            here.store, session.actor(), member.id, version=member.version, now=session.now()
        )
        notices.keep(SAID, session.the_words()("member.is_confirmed"), "success")


def _remove(member: Member) -> None:
    here = session.instance()
    with notices.said(SAID):
        members.remove(
            here.store, session.actor(), member.id, version=member.version, now=session.now()
        )
        said = session.the_words()("member.removed", name=cards.plain(member.name))
        notices.keep(SAID, said, "success")
