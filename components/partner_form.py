"""Writing a partner into the directory, and changing its entry: the place, the form, the saving."""

import functools
from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from components import edits, notices, partner_card, session, spots
from components.words import Words
from data import partners
from data.fields import FIELDS
from data.partners import (
    LANGUAGES,
    MAX_ABOUT,
    MAX_CONTACT,
    MAX_NAME,
    Entry,
    Partner,
    PartnerId,
    PartnerKind,
)
from data.problems import BadInput, Conflict
from geo import places
from geo.area import in_box
from geo.points import LonLat

KEY, PLACE = "partner-form", "partner-form"
SAVED = "partners"  # where it is said that it was saved


@dataclass(frozen=True)
class Begun:
    """An opened form; the id becomes the partner's, `edit` is None for a new one."""

    id: PartnerId
    at: LonLat | None = None  # None: still to be chosen
    edit: edits.Edit | None = None
    behind: bool = False  # somebody else changed the entry meanwhile, and it was told

    @property
    def token(self) -> str:
        """Name the form's fields."""
        return self.edit.token if self.edit else self.id


def begun() -> Begun | None:
    """Return the opened form."""
    return st.session_state.get(KEY)


def start(at: LonLat | None = None) -> None:
    """Open the form for a new partner."""
    st.session_state[KEY] = Begun(PartnerId(session.new_id()), at)


def edit(partner: Partner) -> None:
    """Open the form for an entry, as it is now."""
    edits.close(partner.id)
    st.session_state[KEY] = Begun(partner.id, partner.at, edits.opened(partner.id, partner.version))


def close() -> None:
    """Put the form away."""
    form = st.session_state.pop(KEY, None)
    if form:
        edits.close(form.id)


def place_at(at: LonLat) -> None:
    """Take a place into the opened form, or open one there; what was typed stays."""
    with notices.said(PLACE if begun() else SAVED):
        area = session.instance().area
        if not in_box(area, at):
            raise BadInput("partner.place_outside", field="place", area=area.title)
        form = begun()
        if form is None:
            start(at)
        else:
            st.session_state[KEY] = replace(form, at=at)


def show(words: Words, form: Begun) -> None:
    """Draw the opened form."""
    before = _before(form)
    title = "partners.edit" if form.edit else "partners.new"
    with st.container(key="kk-partner-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {words(title)}", width="stretch")
        st.button(
            words("partners.cancel"),
            key=f"partner-cancel-{form.token}",
            icon=":material/close:",
            type="tertiary",
            on_click=close,
        )
    if form.behind and before:
        st.html(
            f'<p class="kk-label">{escape(words("partners.stands"))}</p>'
            f'<div class="kk-note kk-partner-now">{partner_card.html(words, before)}</div>'
        )
    _where(words, form)
    with st.form(f"partner-{form.token}", enter_to_submit=False):
        _fields(words, form, None if form.behind else before)
        notices.show(PLACE)
        st.form_submit_button(
            words("partners.save"),
            type="primary",
            icon=":material/check:",
            on_click=_save,
            args=(form,),
        )


def _before(form: Begun) -> Partner | None:
    if form.edit is None:
        return None
    return partners.get(session.instance().store, session.actor(), form.id)


def _fields(words: Words, form: Begun, before: Partner | None) -> None:
    """Draw the fields; what they start from is only taken when the form is opened."""
    key = form.token
    st.text_input(
        words("partners.name"),
        before.name if before else "",
        key=f"partner-name-{key}",
        max_chars=MAX_NAME,
    )
    st.radio(
        words("filter.kind"),
        list(PartnerKind),
        index=list(PartnerKind).index(before.kind) if before else None,
        format_func=lambda kind: words(f"partner_kind.{kind}"),
        key=f"partner-kind-{key}",
        horizontal=True,
    )
    st.pills(
        words("partners.fields"),
        FIELDS,
        selection_mode="multi",
        default=before.fields if before else (),
        format_func=lambda field: words(f"field.{field}"),
        key=f"partner-fields-{key}",
    )
    st.pills(
        words("partners.language"),
        LANGUAGES,
        selection_mode="multi",
        default=before.languages if before else (),
        format_func=lambda lang: words(f"language.{lang}"),
        key=f"partner-languages-{key}",
    )
    st.text_area(
        words("partners.about"),
        before.about if before else "",
        key=f"partner-about-{key}",
        max_chars=MAX_ABOUT,
        height=90,
    )
    st.text_input(
        words("partners.contact_office"),
        before.contact if before else "",
        key=f"partner-contact-{key}",
        max_chars=MAX_CONTACT,
    )


def _where(words: Words, form: Begun) -> None:
    area = session.instance().area
    if form.at is not None:
        said = words.place(places.in_words(area, form.at))
        st.html(f'<p class="kk-where">{escape(said)}</p>')
    label = "partners.spot" if form.at is None else "pin_form.other_spot"
    spots.search(
        words,
        label,
        key=f"partner-spot-{form.token}",
        choose=functools.partial(_choose, form),
        most=5,
    )


def _choose(form: Begun, at: LonLat) -> None:
    """Take a place from the list; the field is emptied, and the map goes there."""
    st.session_state[f"partner-spot-{form.token}"] = ""
    st.session_state["partner-go"] = at
    place_at(at)


def _save(form: Begun) -> None:
    """Store the entry; runs in the button's callback, so that a double tap is one partner."""
    if begun() is None:
        return
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        try:
            saved = _stored(form)
        except Conflict:
            now = partners.get(here.store, session.actor(), form.id)
            edits.seen(form.id, now.version)
            st.session_state[KEY] = replace(
                form, edit=edits.opened(form.id, now.version), behind=True
            )
            raise
        close()
        st.session_state["partner-shown"] = saved.id
        notices.keep(SAVED, words("partners.saved"), "success")


def _stored(form: Begun) -> Partner:
    here, actor, entry = session.instance(), session.actor(), _entry(form)
    if form.edit is None:
        return partners.create(
            here.store, actor, here.area, partner_id=form.id, entry=entry, now=session.now()
        )
    return partners.change(
        here.store,
        actor,
        here.area,
        form.id,
        entry=entry,
        version=form.edit.version,
        now=session.now(),
    )


def _entry(form: Begun) -> Entry:
    if form.at is None:
        raise BadInput("partner.place_missing", field="place")

    def typed(name: str) -> str:
        return str(st.session_state.get(f"partner-{name}-{form.token}") or "")

    def chosen(name: str) -> tuple[str, ...]:
        return tuple(st.session_state.get(f"partner-{name}-{form.token}") or ())

    return Entry(
        name=typed("name"),
        kind=typed("kind"),
        fields=chosen("fields"),
        languages=chosen("languages"),
        at=form.at,
        about=typed("about"),
        contact=typed("contact"),
    )
