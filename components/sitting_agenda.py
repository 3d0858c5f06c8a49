"""A sitting's agenda: what is put on it, and in which order it comes."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import edits, notices, session
from components.cards import plain
from components.words import Words
from data import bodies, projects, sittings
from data.bodies import BodyKind
from data.deciding_standing import ItemId
from data.funds import Fund
from data.problems import Conflict
from data.projects import Project, ProjectStatus
from data.sittings import Item, Sitting

PLACE = "agenda"
MAX_TITLE = 200


def show(words: Words, sitting: Sitting) -> None:
    """Draw the agenda with what moves an item, and the ways to put more on it."""
    st.markdown(f"## {words('sitting.agenda')}")
    notices.show(PLACE)
    sums = _projects([item.project for item in sitting.items])
    if not sitting.items:
        st.text(words("sittings.empty"))
    for place, item in enumerate(sitting.items):
        _row(words, sitting, place, sums.get(item.project or ""))
    _add(words, sitting)


def _row(words: Words, sitting: Sitting, place: int, project: Project | None) -> None:
    item = sitting.items[place]
    facts = [words(f"sittings.kind.{item.kind}")]
    if project:
        facts = [words.money(project.cents), words(f"project_status.{project.status}")]
    with st.container(key=f"kk-agenda-{item.id}", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="ks-item"><strong>{place + 1}.</strong> <bdi>{escape(item.title)}</bdi>'
            f'<span class="kk-facts">{escape(" · ".join(facts))}</span></p>'
        )
        for name, icon, off in (
            ("up", "arrow_upward", place == 0),
            ("down", "arrow_downward", place == len(sitting.items) - 1),
            ("take_off", "close", False),
        ):
            st.button(
                words(f"sittings.{name}"),
                key=f"{name}-{item.id}",
                icon=f":material/{icon}:",
                help=None,
                disabled=off,
                on_click=_turn,
                args=(sitting, item.id, name),
            )


def _add(words: Words, sitting: Sitting) -> None:
    """Draw what may be put on: proposals that are ready, a talk, an order of proposals."""
    waiting = _waiting(sitting)
    key = f"put-on-{sitting.id}-{sitting.version}"
    with st.container(key="kk-agenda-add"):
        if waiting:
            st.multiselect(
                words("sittings.ready"),
                list(waiting),
                format_func=lambda one: (
                    f"{plain(waiting[one].title)} ({words.money(waiting[one].cents)})"
                ),
                key=key,
            )
            st.button(
                words("sittings.put_on"),
                key="put-on",
                icon=":material/playlist_add:",
                type="primary",
                on_click=_put_projects,
                args=(sitting, waiting, key),
            )
        else:
            st.text(words("sittings.none_ready"))
        with st.expander(words("sittings.other"), icon=":material/add:"):
            _add_other(words, sitting)


def _waiting(sitting: Sitting) -> dict[str, Project]:
    """Return what waits for a decision of this body and is not on this agenda yet, by id."""
    store, actor = session.instance().store, session.actor()
    small = bodies.get(store, actor, sitting.body).kind == BodyKind.JURY
    there = {item.project for item in sitting.items}
    ready = projects.listing(
        store, actor, status=[ProjectStatus.BEFORE_JURY, ProjectStatus.POSTPONED]
    )
    return {
        one.id: one
        for one in ready
        if one.id not in there and (one.fund == Fund.AKTIONSFONDS) == small
    }


def _add_other(words: Words, sitting: Sitting) -> None:
    key = f"talk-{sitting.id}-{sitting.version}"
    st.text_input(words("sittings.talk"), key=key, max_chars=MAX_TITLE, autocomplete="off")
    st.button(words("sittings.put_talk"), key="put-talk", on_click=_put_talk, args=(sitting, key))
    if not any(item.kind == "ranking" for item in sitting.items):
        st.text(words("sittings.ranking_hint"))
        title = words("sittings.kind.ranking")
        st.button(
            words("sittings.put_ranking"),
            key="put-ranking",
            on_click=_put,
            args=(sitting, [Item(ItemId(session.new_id()), "ranking", title)]),
        )


# --- what is done -----------------------------------------------------------


def _turn(sitting: Sitting, item_id: str, name: str) -> None:
    """Move an item up or down, or take it off."""
    items = list(sitting.items)
    place = next(n for n, item in enumerate(items) if item.id == item_id)
    one = items.pop(place)
    if name != "take_off":
        items.insert(max(0, place + (-1 if name == "up" else 1)), one)
    _write(sitting, items)


def _put_projects(sitting: Sitting, waiting: dict[str, Project], key: str) -> None:
    chosen = st.session_state.get(key) or []
    _put(sitting, [
        Item(ItemId(session.new_id()), "project", waiting[one].title, waiting[one].id)
        for one in chosen
    ])  # fmt: skip


def _put_talk(sitting: Sitting, key: str) -> None:
    title = (st.session_state.get(key) or "").strip()
    if title:
        _put(sitting, [Item(ItemId(session.new_id()), "talk", title)])


def _put(sitting: Sitting, more: Sequence[Item]) -> None:
    if more:
        _write(sitting, [*sitting.items, *more])


def _write(sitting: Sitting, items: Sequence[Item]) -> None:
    store, actor, words = session.instance().store, session.actor(), session.the_words()
    with notices.said(PLACE):
        try:
            stored = sittings.put_on(
                store, actor, sitting.id, items=items, version=sitting.version, now=session.now()
            )
        except Conflict:  # somebody else moved something: theirs is shown, ours can be done again
            notices.keep(PLACE, words("sittings.agenda_changed"))
            return
        edits.moved(sitting.id, sitting.version, stored.version)


def _projects(asked: Sequence[str | None]) -> dict[str, Project]:
    store, actor = session.instance().store, session.actor()
    return {one.id: one for one in projects.listing(store, actor) if one.id in asked}
