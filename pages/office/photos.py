"""Photos that wait to be checked, one after the other, and those that everybody sees."""

import streamlit as st

from components import cards, desk, gate, notices, photo_check, session
from data import photos, pins, settings
from data.photos import Photo
from data.problems import Conflict
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.PHOTO_CHECK)
SKIP = "photos-skip"


def show(photo: Photo, number: int, decided: object) -> None:
    """Let everybody see a photo as it was painted on."""
    with notices.said("photos"):
        told = decided if isinstance(decided, dict) else {}
        if told.get("seen") != photo.changed_at.isoformat():
            raise Conflict("photo.changed")
        photos.show(
            here.store,
            session.actor(),
            photo.pin_id,
            parts=told.get("parts") or (),
            seen=photo.changed_at,
            now=session.now(),
        )
        notices.keep("photos", words("photos.shown", number=number), "success")


def refuse(photo: Photo, number: int, reason: str) -> None:
    """Erase a photo for a reason."""
    with notices.said("photos"):
        now, seen = session.now(), photo.changed_at
        photos.refuse(here.store, session.actor(), photo.pin_id, reason=reason, seen=seen, now=now)
        notices.keep("photos", words("photos.refused", number=number), "success")


def take_back(photo: Photo, number: int) -> None:
    """Take a photo out of sight, to check it once more."""
    with notices.said("photos"):
        photos.take_back(here.store, session.actor(), photo.pin_id, now=session.now())
        notices.keep("photos", words("photos.taken_back", number=number), "success")


def later() -> None:
    """Leave this photo for later and go to the next one."""
    st.session_state[SKIP] = st.session_state.get(SKIP, 0) + 1


def checking(photo: Photo) -> None:
    """Draw a photo to paint on, beside what its pin says."""
    pin = pins.get(here.store, actor, photo.pin_id)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        photo_check.blackout(words, photo, on_show=lambda decided: show(photo, pin.number, decided))
    with right:
        desk.big(words, pin, photo=False)
        with st.container(key="kk-photo-acts", horizontal=True, gap="small"):
            with st.popover(words("photos.refuse"), icon=":material/visibility_off:"):
                st.text(words("photos.why"))
                for reason in photos.REASONS:
                    st.button(
                        words(f"photos.reason.{reason}"),
                        key=f"refuse-{reason}-{photo.pin_id}",
                        width="stretch",
                        on_click=refuse,
                        args=(photo, pin.number, reason),
                    )
            st.button(words("photos.later"), type="tertiary", on_click=later)


def seen() -> None:
    """Draw the photos that everybody sees, each with a way back."""
    found = photos.checked(here.store, actor)
    if not found:
        return
    st.markdown(f"## {words('photos.checked')}")
    for photo in found:
        pin = pins.get(here.store, actor, photo.pin_id)
        with st.container(key=f"kk-row-photo-{photo.pin_id}", gap=None):
            cards.pins(words, [pin])
            st.button(
                words("photos.take_back", number=pin.number),
                key=f"back-{photo.pin_id}",
                icon=":material/undo:",
                on_click=take_back,
                args=(photo, pin.number),
            )


st.markdown(f"# {words('page.photos')}")
notices.show("photos")
count = photos.waiting_count(here.store, actor)
waiting = photos.waiting(here.store, actor, skip=st.session_state.get(SKIP, 0))
if waiting:
    st.text(words.many("photos.count", count))
    checking(waiting)
else:
    if settings.get(here.store, "photos") != "on":
        st.info(words("photos.off"))
    st.html(
        f'<div class="kk-empty"><p>{words("photos.empty")}</p>'
        f"<p>{words('photos.empty_next')}</p></div>"
    )
seen()
