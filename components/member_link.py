"""A member's personal link: made by a click, shown once, with its QR code for the member's phone."""

from html import escape
from urllib.parse import quote

import segno
import streamlit as st

from components import notices, session
from components.words import Words
from data import invitations
from data.members import Member

SHOWN, SAID = "member-link", "bodies"  # the member's name and the token that was just made


def make(member: Member) -> None:
    """Make a link; runs in the button's callback. Older ones open nothing any more."""
    here, token = session.instance(), session.new_token()
    with notices.said(SAID):
        now = session.now()
        invitations.invite(here.store, session.actor(), member.id, token=token, now=now)
        st.session_state[SHOWN] = (member.name, token, now + invitations.LASTS)


def draw(words: Words) -> None:
    """Draw the link that was just made, until somebody says that it is done."""
    made = st.session_state.get(SHOWN)
    if not made:
        return
    name, token, until = made
    link = f"{session.address()}/auth/member/{token}?lang={words.lang}"
    image = segno.make(link, error="m").png_data_uri(scale=5, border=3)
    mail = f"mailto:?subject={quote(words('member.link_subject'))}&body={quote(link)}"
    with st.container(key="kk-member-link", border=True):
        st.html(
            f'<h2 class="kk-member-head">{escape(words("member.link_title", name=name))}'
            f'</h2><p class="kk-lead">{escape(words("member.link_lead", day=words.day(until)))}</p>'
            f'<img class="kk-member-qr" src="{image}" alt="{escape(words("member.link_qr"))}">'
            f'<p class="kk-member-address" dir="ltr">{escape(link)}</p>'
            f'<p><a class="kk-account" href="{escape(mail)}">'
            f"{escape(words('member.link_mail'))}</a></p>"
        )
        st.button(
            words("member.link_done"),
            key="member-link-done",
            icon=":material/check:",
            on_click=done,
        )


def done() -> None:
    """Forget the link."""
    st.session_state.pop(SHOWN, None)
