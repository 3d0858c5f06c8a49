"""What is read around a sitting: its papers before it, the letters on its decisions after it."""

from html import escape

import streamlit as st

from components import notices, session, sitting_room
from components.words import Words
from data import bodies, sittings
from data.deciding_standing import ItemId, Standing
from data.filters import local_day
from data.sittings import Sitting


def show(words: Words, sitting: Sitting) -> None:
    """Draw what the members read before the sitting, and whether it goes out in time."""
    st.markdown(f"## {words('sittings.papers')}")
    if sitting.papers_at:
        st.text(words("sittings.papers_at", moment=words.moment(sitting.papers_at)))
        return
    days = bodies.get(session.instance().store, session.actor(), sitting.body).rules.papers_days
    left = (local_day(sitting.held_at) - local_day(session.now())).days
    if left < days:
        st.warning(words.many("sittings.papers_late", max(left, 0), days=words.number(days)))
    else:
        st.text(words.many("sittings.papers_hint", days))
    st.button(
        words("sittings.send"),
        key="send-papers",
        icon=":material/send:",
        disabled=not sitting.items,
        on_click=_send,
        args=(sitting,),
    )


def letters(words: Words, sitting: Sitting) -> None:
    """Draw the way to the letter on each decision of a sitting."""
    standing = sittings.standing(
        session.instance().store, session.actor(), sitting.id, now=session.now()
    )
    final = [one for one in sitting.items if one.project and _final(standing, one.id)]
    if not final:
        return
    st.markdown(f"## {words('sittings.letters')}")
    lines = "".join(
        f'<li><a target="_blank" rel="noopener" href="{escape(_letter(words, one.project or ""))}">'
        f"<bdi>{escape(one.title)}</bdi></a></li>"
        for one in final
    )
    st.html(f'<ul class="ks-others">{lines}</ul>')


def _final(standing: Standing, item_id: ItemId) -> bool:
    return item_id in standing.items and standing.items[item_id].final


def _letter(words: Words, project_id: str) -> str:
    return sitting_room.address(words, "api/prints/decision", project=project_id)


def _send(sitting: Sitting) -> None:
    """Let the members read the papers."""
    with notices.said("sitting"):
        sittings.send_papers(
            session.instance().store,
            session.actor(),
            sitting.id,
            version=sitting.version,
            now=session.now(),
        )
        notices.keep("sitting", session.the_words()("sittings.papers_sent"), "success")
