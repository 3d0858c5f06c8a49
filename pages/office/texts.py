"""The legal pages' blanks and own texts, and what people reported about barriers."""

from html import escape

import streamlit as st

from components import cards, gate, notices, session
from components import legal as legal_page
from components.words import LANGUAGES
from components.words import words as spoken_in
from data import feedback, legal
from data.feedback import Feedback
from data.filters import local_day
from data.rules import Act, may
from data.texts import isolated

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.FEEDBACK_READ)
admin = may(actor, Act.SETTING_CHANGE)
filled = legal.blanks(here.store)


def save_blanks() -> None:
    """Keep what stands in the fields."""
    given = {name: str(st.session_state.get(f"blank-{name}") or "") for name in legal.BLANKS}
    with notices.said("blanks"):
        legal.fill(here.store, session.actor(), given, now=session.now())
        notices.keep("blanks", words("texts.saved"), "success")


def save_text(page: str, lang: str) -> None:
    """Put the typed text in place of a template."""
    text = str(st.session_state.get(f"own-{page}-{lang}") or "")
    replace(page, lang, text, "texts.saved")


def to_template(page: str, lang: str) -> None:
    """Show the template again."""
    st.session_state.pop(f"own-{page}-{lang}", None)
    replace(page, lang, "", "texts.back_done")


def replace(page: str, lang: str, text: str, told: str) -> None:
    """Change a page's own text and say so."""
    with notices.said("pages"):
        legal.replace(
            here.store, session.actor(), page=page, lang=lang, text=text, now=session.now()
        )
        notices.keep("pages", words(told), "success")


def done(one: Feedback) -> None:
    """Note that a report was answered."""
    with notices.said("reports"):
        feedback.answered(here.store, session.actor(), one.id, now=session.now())
        notices.keep("reports", words("texts.done_now"), "success")


def checklist() -> None:
    """Draw how many blanks are open, and which."""
    missing = legal.missing(filled)
    if not missing:
        st.success(words("texts.missing_none"), icon=":material/check:")
        return
    names = "".join(
        f'<li class="kk-tag">{escape(words(f"legal.blank.{name}"))}</li>' for name in missing
    )
    st.html(
        f'<p class="kk-lead"><strong>{escape(words.many("texts.missing", len(missing)))}</strong></p>'
        f'<ul class="kk-filtered">{names}</ul>'
    )


def blanks() -> None:
    """Draw the form of the blanks; who is not an admin sees what stands there."""
    st.text(words("texts.blanks_how"))
    if not admin:
        st.info(words("texts.admin_only"))
    with st.form("blanks", border=False, enter_to_submit=False):
        for name in legal.BLANKS:
            st.text_input(
                words(f"legal.blank.{name}"),
                filled.get(name, ""),
                key=f"blank-{name}",
                max_chars=legal.MAX_BLANK,
                placeholder=words("texts.still_missing"),
                disabled=not admin,
                autocomplete="off",
            )
        st.text(words("texts.optional_hint"))
        st.form_submit_button(
            words("texts.save"), type="primary", disabled=not admin, on_click=save_blanks
        )
    notices.show("blanks")


def own_texts() -> None:
    """Draw the choice of a page and language, and the own text that stands or may stand there."""
    st.text(words("texts.pages_how"))
    kept = [name.split(".") for name in legal.own_texts(here.store)]
    if kept:
        named = ", ".join(f"{words(f'page.{page}')} – {LANGUAGES[lang]}" for page, lang in kept)
        st.html(f'<p class="kk-facts">{escape(words("texts.own_list", pages=named))}</p>')
    page = st.segmented_control(
        words("texts.page"),
        legal.PAGES,
        default=legal.PAGES[0],
        required=True,
        format_func=lambda name: words(f"page.{name}"),
        key=f"texts-page-{words.lang}",
    )
    lang = st.segmented_control(
        words("texts.language"),
        legal.LANGUAGES,
        default=words.lang,
        required=True,
        format_func=LANGUAGES.__getitem__,
        key=f"texts-lang-{words.lang}",
    )
    own = legal.own_text(here.store, str(page), str(lang))
    st.text(words("texts.own" if own else "texts.template"))
    if admin:
        own_form(str(page), str(lang), own)
    else:
        preview(str(page), str(lang), own)
    notices.show("pages")


def own_form(page: str, lang: str, own: str) -> None:
    """Draw the own text to write, how it will look, and the way back to the template."""
    typed = st.text_area(
        words("texts.text"),
        own,
        key=f"own-{page}-{lang}",
        height=260,
        max_chars=legal.MAX_TEXT,
    )
    preview(page, lang, typed)
    with st.container(horizontal=True):
        st.button(
            words("texts.save_text"),
            type="primary",
            on_click=save_text,
            args=(page, lang),
            disabled=not typed.strip(),
        )
        if own:
            with st.popover(words("texts.back"), icon=":material/undo:"):
                st.text(words("texts.back_sure"))
                st.button(words("texts.back_yes"), on_click=to_template, args=(page, lang))


def preview(page: str, lang: str, text: str) -> None:
    """Draw how a page looks with a text, or its template with the blanks marked."""
    spoken = spoken_in(lang)
    with st.expander(words("texts.preview")):
        body = (
            legal_page.own_html(text)
            if text.strip()
            else legal_page.template(spoken, page, staff=True)
        )
        where = f'lang="{spoken.html_lang}" dir="{spoken.dir}"'
        st.html(f'<div class="kk-legal" {where}>{body}</div>')


def report(one: Feedback) -> None:
    """Draw one report, until when it must be answered, and the button that says it was."""
    late = one.due < local_day(session.now())
    with st.container(key=f"kk-report-{one.id}"):
        if one.done_at:
            when = words("texts.done_on", day=words.day(one.done_at))
        else:
            when = words("texts.overdue" if late else "texts.due", day=words.day(one.due))
        facts = [when]
        if one.page:
            facts.append(words("texts.about", page=isolated(one.page)))
        if not one.done_at:
            contact = words("texts.contact", contact=isolated(one.contact))
            facts.append(contact if one.contact else words("texts.no_contact"))
        lines = "".join(f'<p class="kk-facts">{escape(fact)}</p>' for fact in facts)
        st.html(f'<article class="kk-card">{cards.own_words(one.words, one.lang)}{lines}</article>')
        if not one.done_at:
            st.button(
                words("texts.done"),
                key=f"done-{one.id}",
                icon=":material/check:",
                on_click=done,
                args=(one,),
            )


st.title(words("texts.title"), anchor=False)
left, right = st.columns(2, gap="large")
with left:
    st.header(words("texts.blanks"), anchor=False)
    checklist()
    blanks()
with right:
    st.header(words("texts.feedback"), anchor=False)
    notices.show("reports")
    reports = feedback.listing(here.store, actor)
    if not reports:
        st.text(words("texts.feedback_none"))
    for each in reports:
        report(each)
    st.header(words("texts.pages"), anchor=False)
    own_texts()
