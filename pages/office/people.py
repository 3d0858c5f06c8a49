"""The admin's page: who has an account, links for new ones, the own password, moderation."""

import urllib.parse
from html import escape

import streamlit as st

from components import gate, notices, session
from components.cards import plain, tag
from data import passwords, people, settings
from data.people import Person
from data.rules import Act
from data.texts import isolated

LINK = "setup-link"
MODERATION = "people-moderation"
PHOTOS = "people-photos"
PROMISE = "people-promise"

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PERSON_MANAGE, Act.SETTING_CHANGE)


def disable(person: Person) -> None:
    """Close an account."""
    with notices.said(person.id):
        people.disable(here.store, session.actor(), person_id=person.id, now=session.now())
        notices.keep(person.id, words("people.closed_now"), "success")


def enable(person: Person) -> None:
    """Open an account again."""
    with notices.said(person.id):
        people.enable(here.store, session.actor(), person_id=person.id, now=session.now())
        notices.keep(person.id, words("people.opened_now"), "success")


def set_password(person: Person) -> None:
    """Set a password: the own one by the old one, somebody else's as the admin."""
    old = str(st.session_state.get(f"old-{person.id}") or "")
    new = str(st.session_state.get(f"new-{person.id}") or "")
    with notices.said(f"password-{person.id}"):
        people.change_password(
            here.store,
            session.actor(),
            person_id=person.id,
            password=new,
            old=old,
            now=session.now(),
        )
        notices.keep(f"password-{person.id}", words("people.password_saved"), "success")


def offer() -> None:
    """Make a set-up link; it is kept nowhere but on this screen."""
    role, token = st.session_state.get("people-role"), session.new_id()
    with notices.said("offer"):
        people.offer_setup(
            here.store, session.actor(), role=str(role), token=token, now=session.now()
        )
        st.session_state[LINK] = (role, token)


def change_moderation() -> None:
    """Set when new pins become public."""
    value = str(st.session_state.get(MODERATION))
    with notices.said("moderation"):
        settings.change(here.store, session.actor(), "moderation", value, now=session.now())
        notices.keep("moderation", words("people.moderation_saved"), "success")


def change_photos() -> None:
    """Set whether photos come with contributions from home."""
    value = str(st.session_state.get(PHOTOS))
    with notices.said("photos"):
        settings.change(here.store, session.actor(), "photos", value, now=session.now())
        notices.keep("photos", words("photos.setting_saved"), "success")


def change_promise() -> None:
    """Set within how many days an answer is promised."""
    value = str(st.session_state.get(PROMISE))
    with notices.said("promise"):
        settings.change(here.store, session.actor(), "promise_days", value, now=session.now())
        notices.keep("promise", words("people.promise_saved"), "success")


def account(person: Person) -> None:
    """Draw one account, and what can be done with it."""
    with st.container(key=f"kk-person-{person.id}", horizontal=True, vertical_alignment="center"):
        tags = [words(f"role.{person.role}")]
        tags += [words("demo.label")] if person.demo else []
        tags += [words("people.disabled")] if person.disabled else []
        tags += [words("people.you")] if person.id == actor.person else []
        shown = "".join(map(tag, tags))
        login = escape(words("people.login", login=isolated(person.login)))
        st.html(
            f'<p class="kk-person"><strong dir="auto">{escape(person.name)}</strong></p>'
            f'<p class="kk-facts">{login}</p><p class="kk-tags">{shown}</p>'
        )
        if person.id != actor.person:
            acts(person)
    for place in (person.id, f"password-{person.id}"):
        if person.id != actor.person or place == person.id:
            notices.show(place)


def acts(person: Person) -> None:
    """Draw what an admin can do with somebody else's account."""
    if person.disabled:
        st.button(
            f"{words('people.enable')}: {plain(person.name)}",
            key=f"enable-{person.id}",
            on_click=enable,
            args=(person,),
        )
        return
    with st.popover(f"{words('people.change')}: {plain(person.name)}", key=f"act-{person.id}"):
        st.subheader(words("people.password_of"), anchor=False)
        password_form(person)
        st.subheader(words("people.disable"), anchor=False)
        st.text(words("people.disable_sure"))
        st.button(
            words("people.disable_yes"),
            key=f"disable-{person.id}",
            on_click=disable,
            args=(person,),
        )


def password_form(person: Person) -> None:
    """Draw the form for a new password; nothing typed stays after sending."""
    with st.form(f"password-{person.id}", border=False, clear_on_submit=True):
        own = person.id == actor.person
        if own:
            st.text_input(
                words("people.password_old"),
                type="password",
                key=f"old-{person.id}",
                autocomplete="current-password",
            )
        st.text_input(
            words("people.password_new"),
            type="password",
            key=f"new-{person.id}",
            autocomplete="new-password",
        )
        how = "people.password_how" if own else "people.password_of_how"
        st.text(words(how, limit=passwords.MIN_LENGTH))
        st.form_submit_button(words("people.password_save"), on_click=set_password, args=(person,))


def new_account() -> None:
    """Draw how a new account comes about, and the link just made, once."""
    st.text(words("people.new_how", days=people.SETUP.days))
    st.selectbox(
        words("people.role"),
        people.ROLES,
        format_func=lambda role: words(f"role.{role}"),
        key="people-role",
        placeholder=words("framework.Select an option"),
    )
    st.button(words("people.offer"), icon=":material/link:", on_click=offer)
    notices.show("offer")
    role, token = st.session_state.pop(LINK, ("", ""))
    if token:
        link = urllib.parse.urljoin(str(st.context.url), f"/auth/setup/{token}?lang={words.lang}")
        st.info(words("people.offered", role=words(f"role.{role}")))
        st.html(f'<p class="kk-code kk-long">{escape(link)}</p>')
        st.button(words("people.offered_seen"))


def moderation() -> None:
    """Draw when new pins become public."""
    choices = settings.CHOICES["moderation"]
    st.radio(
        words("people.moderation"),
        choices,
        index=choices.index(settings.moderation(here.store)),
        format_func=lambda choice: words(f"people.moderation.{choice}"),
        key=MODERATION,
        label_visibility="collapsed",
    )
    st.button(words("people.moderation_save"), on_click=change_moderation)
    notices.show("moderation")


def photos() -> None:
    """Draw whether photos come with contributions from home."""
    choices = settings.CHOICES["photos"]
    st.radio(
        words("photos.setting"),
        choices,
        index=choices.index(settings.get(here.store, "photos")),
        format_func=lambda choice: words(f"photos.setting.{choice}"),
        key=PHOTOS,
        label_visibility="collapsed",
    )
    st.button(words("photos.setting_save"), key="photos-save", on_click=change_photos)
    notices.show("photos")


def promise() -> None:
    """Draw within how many days an answer is promised, and what that means."""
    choices = settings.CHOICES["promise_days"]
    st.text(words("people.promise.how"))
    st.radio(
        words("people.promise"),
        choices,
        index=choices.index(str(settings.promise_days(here.store))),
        format_func=lambda days: words("people.promise.days", days=days),
        key=PROMISE,
        horizontal=True,
        label_visibility="collapsed",
    )
    st.button(words("people.promise_save"), key="promise-save", on_click=change_promise)
    notices.show("promise")


st.title(words("people.title"), anchor=False)
accounts = people.listing(here.store, actor)
left, right = st.columns(2, gap="large")
with left:
    st.header(words("people.accounts"), anchor=False)
    for each in accounts:
        account(each)
with right:
    st.header(words("people.new"), anchor=False)
    new_account()
    st.header(words("people.moderation"), anchor=False)
    moderation()
    st.header(words("people.promise"), anchor=False)
    promise()
    st.header(words("photos.setting"), anchor=False)
    photos()
    st.header(words("people.password"), anchor=False)
    for me in (each for each in accounts if each.id == actor.person):
        notices.show(f"password-{me.id}")
        password_form(me)
