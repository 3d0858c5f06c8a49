"""From a chosen place to a saved pin: the draft, the form, the thanks."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from components import field_names, notices, photo, session, spots, voices
from components.words import Words
from data import pins
from data.pins import MAX_WORDS, Draft, Kind
from data.problems import BadInput
from data.rules import PinId
from geo import places
from geo.area import contains, in_box
from geo.points import LonLat

KEY = "draft"
THANKS = "thanks"


@dataclass(frozen=True)
class Started:
    """A place that somebody chose; the id becomes the pin's."""

    id: PinId
    code: str
    at: LonLat | None = None  # None: still to be chosen from the list


@dataclass(frozen=True)
class Thanks:
    """What the sender is shown after saving."""

    code: str
    place: places.PlaceWords
    waiting: bool


def start(at: LonLat) -> None:
    """Begin a draft at a place, or move the begun one there; its words stay."""
    area = session.instance().area
    if not in_box(area, at):
        raise BadInput("pin.place_outside", field="place", area=area.title)
    begun = _begun()
    st.session_state.pop(THANKS, None)
    new = begun or Started(PinId(session.new_id()), session.new_code())
    st.session_state[KEY] = Started(new.id, new.code, at)


def open_by_list() -> None:
    """Begin a draft whose place is chosen by typing."""
    st.session_state.pop(THANKS, None)
    st.session_state.pop("shown", None)
    if not _begun():
        st.session_state[KEY] = Started(PinId(session.new_id()), session.new_code())


def is_open() -> bool:
    """Tell whether there is a draft or a thanks to show."""
    return _begun() is not None or THANKS in st.session_state


def is_begun() -> bool:
    """Tell whether a place was chosen and the form is open."""
    return _begun() is not None


def place() -> LonLat | None:
    """Return the draft's place, for the map."""
    begun = _begun()
    return begun.at if begun else None


def show(words: Words) -> None:
    """Draw the thanks of a saved pin, or the form of the begun one."""
    thanks = st.session_state.get(THANKS)
    begun = _begun()
    if begun is None and thanks:
        _thanks(words, thanks)
    elif begun is not None:
        _form(words, begun)


def _begun() -> Started | None:
    return st.session_state.get(KEY)


def _form(words: Words, begun: Started) -> None:
    with st.container(key="kk-sheet-head", horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {words('pin_form.title')}", width="stretch")
        st.button(
            words("pin_form.cancel"),
            key=f"cancel-{begun.id}",
            icon=":material/close:",
            type="tertiary",
            on_click=_cancel,
        )
    _where(words, begun)
    notices.show("sheet")
    with st.form(f"pin-{begun.id}", border=False, enter_to_submit=False):
        st.radio(
            words("pin_form.kind"),
            list(Kind),
            index=None,
            format_func=lambda kind: words(f"kind.{kind}.say"),
            key=f"kind-{begun.id}",
            horizontal=True,
        )
        st.text_area(
            words("pin_form.words"),
            key=f"words-{begun.id}",
            max_chars=MAX_WORDS,
            height=104,
            placeholder=words("pin_form.no_names"),
        )
        with st.expander(words("pin_form.field")):  # optional, so it takes no place by itself
            st.pills(
                words("pin_form.field"),
                field_names.offered(),
                format_func=lambda field: words(f"field.{field}"),
                key=f"field-{begun.id}",
                label_visibility="collapsed",
            )
        st.form_submit_button(
            words("pin_form.send"),
            type="primary",
            width="stretch",
            icon=":material/send:",
            on_click=_save,
            args=(begun,),
        )
    if begun.at is not None:  # below the button, so that nothing moves under the finger
        voices.near(words, begun.id, begun.at)


def _where(words: Words, begun: Started) -> None:
    area = session.instance().area
    if begun.at is None:
        _choose_spot(words, begun, "pin_form.spot")
        return
    said = words.place(places.in_words(area, begun.at))
    with st.container(key="kk-sheet-where", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="kk-where">{escape(said)}</p>', width="stretch")
        with st.popover(words("pin_form.move"), type="tertiary"):
            _choose_spot(words, begun, "pin_form.other_spot")
    if not contains(area, begun.at):
        st.html(f'<p class="kk-outside">{escape(words("pin_form.outside"))}</p>')


def _choose_spot(words: Words, begun: Started, label: str) -> None:
    spots.search(words, label, key=f"spot-{begun.id}", choose=_choose)


def _choose(at: LonLat) -> None:
    with notices.said("sheet"):
        start(at)
        st.session_state["go"] = at


def _save(begun: Started) -> None:
    """Store the pin; runs in the button's callback, so that a double tap is one pin."""
    if _begun() is None:
        return
    here = session.instance()
    with notices.said("sheet"):
        if begun.at is None:
            raise BadInput("pin.place_missing", field="place")
        draft = Draft(
            id=begun.id,
            kind=st.session_state.get(f"kind-{begun.id}") or "",
            words=st.session_state.get(f"words-{begun.id}") or "",
            field=st.session_state.get(f"field-{begun.id}") or "",
            at=begun.at,
            lang=session.the_words().html_lang,
            code=begun.code,
        )
        here.limits.hit("pin", session.source())
        actor = session.actor()
        pins.add(here.store, actor, here.area, [draft], now=session.now())
        session.own()[begun.id] = begun.code
        saved = pins.get(here.store, pins.by_receipt(here.store, begun.code), begun.id)
        del st.session_state[KEY]
        waiting = saved.status == pins.Status.WAITING
        st.session_state[THANKS] = Thanks(begun.code, saved.place, waiting)


def _cancel() -> None:
    begun = _begun()
    if begun:
        for name in ("kind", "words", "field", "spot"):
            st.session_state.pop(f"{name}-{begun.id}", None)
        del st.session_state[KEY]


def _thanks(words: Words, thanks: Thanks) -> None:
    seen = words("thanks.waiting" if thanks.waiting else "thanks.public")
    st.html(
        f'<h2 class="kk-thanks">{escape(words("thanks.saved"))}</h2>'
        f'<p class="kk-where">{escape(words.place(thanks.place))}</p><p>{escape(seen)}</p>'
        f'<p>{escape(words("thanks.receipt"))}</p><p class="kk-code">{escape(thanks.code)}</p>'
    )
    st.page_link(
        st.session_state["pages"]["follow"],
        label=words("thanks.link"),
        icon=":material/route:",
        query_params={"lang": words.lang, "code": thanks.code},
        width="stretch",
    )
    photo.offer(words, thanks.code)
    st.button(
        words("thanks.next"), key="kk-finish", type="primary", width="stretch", on_click=_finish
    )


def _finish() -> None:
    st.session_state.pop(THANKS, None)
