"""The desk's last pins: undo, one more voice, mending, and what the wall may show."""

from html import escape

import streamlit as st

from components import cards, desk_draft, notices, session
from components.desk_draft import LIST
from components.words import Words
from data import desk, rounds
from data.desk import Line
from data.meetings import Meeting, Publish
from data.pins import MAX_WORDS
from data.problems import Problem
from data.rules import PinId

OPENED, VIEW, ANEW = "typing-opened", "typing-view", "typing-anew"
VIEWS = ("typed", "all", "waiting")


@st.fragment(run_every="10s")
def show(lang: str) -> None:
    """Draw the list; it looks by itself for what comes from the tablets."""
    if st.session_state.pop(ANEW, False):
        st.rerun()  # the form outside this fragment has words again
    words, here = session.the_words(), session.instance()
    try:
        actor, meeting = desk_draft.where()
        waiting = rounds.waiting(here.store, actor, meeting.id)
        _last(words)
        view = _view(words, meeting, len(waiting), lang)
        if view == "waiting":
            ids = [pin.id for pin in waiting[: desk.LAST]]
            found = desk.lines(here.store, actor, meeting.id, ids)
        else:
            found = desk.latest(here.store, actor, meeting.id, typed=view == "typed")
    except Problem as problem:
        st.info(words.problem(problem))
        return
    notices.show(LIST)
    if view == "waiting" and len(waiting) > 1:
        label = words.many("typing.let_all", len(waiting))
        st.button(label, key="typing-let-all", icon=":material/done_all:", on_click=_let_all)
    if not found:
        st.html(f'<p class="kk-typing-hint">{escape(words(f"typing.none.{view}"))}</p>')
    for line in found:
        _line(words, meeting, line)


def _view(words: Words, meeting: Meeting, waiting: int, lang: str) -> str:
    by_desk = meeting.plan.publish == Publish.AFTER_DESK
    views = VIEWS if by_desk else VIEWS[:2]
    with st.container(key="kk-typing-view", horizontal=True, vertical_alignment="center"):
        shown = st.segmented_control(
            words("typing.view"),
            views,
            default="typed",
            required=True,
            format_func=lambda view: words(f"typing.view.{view}"),
            key=f"{VIEW}-{lang}",
            label_visibility="collapsed",
        )
        if by_desk and waiting:
            said = escape(words.many("typing.waiting", waiting))
            st.html(f'<p class="kk-typing-waiting" role="status">{said}</p>')
    return str(shown)


def _last(words: Words) -> None:
    """Say what was done last, with a way to undo it."""
    done = desk_draft.acts()
    if not done:
        return
    last = done[-1]
    if last.voice:
        said = words("typing.same_said", number=last.number)
    else:
        said = words("typing.saved", number=last.number)
    code = f'<span dir="ltr" class="kk-typing-code">{escape(last.code)}</span>' if last.code else ""
    receipt = f"{escape(words('typing.receipt'))} {code}" if code else ""
    with st.container(
        key="kk-typing-last", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.html(f'<p role="status"><strong>{escape(said)}</strong> {receipt}</p>', width="stretch")
        st.button(
            words("typing.undo"),
            key="typing-undo",
            icon=":material/undo:",
            on_click=_undo,
        )
    if last.twice:
        numbers = ", ".join(map(str, last.twice))
        st.warning(words("typing.card_twice", numbers=numbers))


def _line(words: Words, meeting: Meeting, line: Line) -> None:
    pin = line.pin
    with st.container(key=f"kk-line-{pin.id}", gap=None):
        st.html(_html(words, line))
        if st.session_state.get(OPENED) == pin.id and line.mendable:
            _mend(words, meeting, line)
            return
        with st.container(horizontal=True, gap="small"):
            st.button(
                words("typing.same", number=pin.number),
                key=f"same-{pin.id}",
                type="tertiary",
                icon=":material/group_add:",
                on_click=desk_draft.say_same,
                args=(pin.id, pin.number),
            )
            if line.mendable:
                st.button(
                    words("typing.mend", number=pin.number),
                    key=f"mend-{pin.id}",
                    type="tertiary",
                    icon=":material/edit:",
                    on_click=_open,
                    args=(pin.id,),
                )
            _wall(words, line, waiting=pin.status == "waiting")


def _html(words: Words, line: Line) -> str:
    pin = line.pin
    facts = [words.place(pin.place), *([words(f"field.{pin.field}")] if pin.field else [])]
    if line.card:
        facts.append(words("typing.card_of", number=line.card))
    if line.wall == "hidden":
        facts.append(words("typing.off_wall"))
    more = f'<span class="kk-more">+{line.voices}</span>' if line.voices else ""
    said = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
    return (
        f'<div class="kk-line"><header>{cards.shape(pin.kind)}'
        f'<span class="kk-unseen">{escape(words(f"kind.{pin.kind}"))}</span>'
        f"{cards.own_words(pin.words, pin.lang)}{more}"
        f'<span class="kk-number">{escape(words("pin.number", number=pin.number))}</span></header>'
        f'<p class="kk-facts">{said}</p></div>'
    )


def _wall(words: Words, line: Line, *, waiting: bool) -> None:
    """Draw the two words on the wall: to let through, to take off."""
    shown = line.wall == "shown" or (line.wall == "" and not waiting)
    to = "hidden" if shown else "shown"
    st.button(
        words(f"typing.wall.{to}", number=line.pin.number),
        key=f"wall-{line.pin.id}",
        type="tertiary",
        icon=":material/visibility_off:" if shown else ":material/visibility:",
        on_click=_put_on_wall,
        args=(line.pin.id, to),
    )
    if not shown and line.wall == "":
        st.button(
            words("typing.wall.hidden", number=line.pin.number),
            key=f"off-{line.pin.id}",
            type="tertiary",
            icon=":material/visibility_off:",
            on_click=_put_on_wall,
            args=(line.pin.id, "hidden"),
        )


def _mend(words: Words, meeting: Meeting, line: Line) -> None:
    pin = line.pin
    kinds, fields = meeting.plan.kinds, meeting.plan.fields
    with st.form(f"mend-form-{pin.id}", border=False):
        st.radio(
            words("typing.kind"),
            kinds,
            index=kinds.index(pin.kind) if pin.kind in kinds else None,
            format_func=lambda kind: words(f"kind.{kind}"),
            key=f"mend-kind-{pin.id}",
            horizontal=True,
        )
        st.text_input(
            words("typing.words"), pin.words, key=f"mend-words-{pin.id}", max_chars=MAX_WORDS
        )
        st.selectbox(
            words("typing.field"),
            fields,
            index=fields.index(pin.field) if pin.field in fields else None,
            format_func=lambda field: words(f"field.{field}"),
            placeholder=words("pin_form.field_open"),
            key=f"mend-field-{pin.id}",
        )
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                words("typing.mend_save"), type="primary", on_click=_mended, args=(pin.id,)
            )
            st.form_submit_button(words("typing.cancel"), on_click=_open, args=("",))


# --- what is done -----------------------------------------------------------


def _undo() -> None:
    desk_draft.undo()
    st.session_state[ANEW] = True


def _open(pin_id: str) -> None:
    st.session_state[OPENED] = pin_id


def _mended(pin_id: PinId) -> None:
    here, held = session.instance(), st.session_state
    with notices.said(LIST):
        actor, meeting = desk_draft.where()
        desk.edit(
            here.store,
            actor,
            here.area,
            meeting.id,
            pin_id,
            words=held.get(f"mend-words-{pin_id}") or "",
            kind=held.get(f"mend-kind-{pin_id}") or "",
            field=held.get(f"mend-field-{pin_id}") or "",
            now=session.now(),
        )
        _open("")
        notices.keep(LIST, session.the_words()("typing.mended"), "success")


def _put_on_wall(pin_id: PinId, wall: str) -> None:
    here = session.instance()
    with notices.said(LIST):
        actor, meeting = desk_draft.where()
        rounds.show(here.store, actor, meeting.id, pin_id, wall, now=session.now())


def _let_all() -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(LIST):
        actor, meeting = desk_draft.where()
        number = rounds.show_all(here.store, actor, meeting.id, now=session.now())
        notices.keep(LIST, words.many("typing.let_through", number), "success")
