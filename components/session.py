"""Who is here, in which language, and the clock and dice of the screen."""

import secrets
import urllib.parse
import uuid
from datetime import UTC, datetime

import streamlit as st

from components.words import LANGUAGES, Words, words
from data import application_links, attendance, limits, people, receipts
from data.instance import Instance, running
from data.problems import NotFound
from data.rules import VISITOR, Act, Actor, PinId, may

COOKIE = "kiezkarte_session"
MEETING_COOKIE = "kiezkarte_meeting"
APPLICATION_COOKIE = "kiezkarte_application"


def instance() -> Instance:
    """Return the running instance."""
    return running()


def now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new id for a thing."""
    return str(uuid.uuid4())


def new_code() -> str:
    """Return a new receipt code."""
    return receipts.code(secrets.token_bytes(9))


def new_meeting_code() -> str:
    """Return a new code for a meeting's address."""
    return receipts.short_code(secrets.token_bytes(5))


def new_pin() -> str:
    """Return a new PIN for who leads a meeting."""
    return f"{secrets.randbelow(10**6):06}"


def lang() -> str:
    """Return the language of the screen: the address says it, else the browser, else German."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    spoken = (st.context.locale or "").split("-")[0] if isinstance(st.context.locale, str) else ""
    return spoken if spoken in LANGUAGES else "de"


def the_words() -> Words:
    """Return the words of the screen's language."""
    return words(lang())


def actor() -> Actor:
    """Return who is logged in, asked anew at every click (the cookie is the handshake's)."""
    token = st.context.cookies.get(COOKIE)
    return people.who(running().store, token if isinstance(token, str) else "", now=now())


def leader() -> Actor:
    """Return who leads a meeting here: somebody of the office, else the facilitator by the PIN."""
    known = actor()
    token = st.context.cookies.get(MEETING_COOKIE)
    if may(known, Act.MEETING_LEAD) or not isinstance(token, str):
        return known
    return attendance.leader(running().store, token, now=now())


def new_token() -> str:
    """Return a new secret for a private link."""
    return secrets.token_urlsafe(32)


def applicant() -> Actor:
    """Return who holds the private link of an application here, asked anew; else a visitor."""
    token = st.context.cookies.get(APPLICATION_COOKIE)
    if not isinstance(token, str):
        return VISITOR
    try:
        return application_links.who(running().store, token, now=now())
    except NotFound:
        return VISITOR


def applying() -> Actor:
    """Return who works on an application here: somebody of the office, else who holds its link."""
    known = actor()
    return known if may(known, Act.PROJECT_WRITE) else applicant()


def address() -> str:
    """Return where people reach us from home, for private links and their QR codes."""
    known = running().settings.address
    url = st.context.url
    if known or not isinstance(url, str):
        return known
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def speak(asked: str | None) -> None:
    """Change the language of the screen; the address keeps it, so that it can be passed on."""
    if asked in LANGUAGES:
        st.query_params["lang"] = asked


def own() -> dict[PinId, str]:
    """Return the receipts of pins sent from this screen, by pin id; gone with the session."""
    return st.session_state.setdefault("own", {})


def source() -> str:
    """Return from where somebody tries, for counting in memory only."""
    return limits.source_of(st.context.ip_address)
