"""The legal pages: a template in every language with the office's blanks, or the office's own text."""

import re
from collections.abc import Mapping
from html import escape

import streamlit as st

from components import notices, session
from components.words import Words
from data import feedback, legal, retention, rotation
from data.pins import HIDE_REASONS
from data.rules import Act, may

SECTIONS: dict[str, tuple[str, ...]] = {
    "privacy": (
        *("short", "controller", "dpo", "data", "purpose", "basis", "device"),
        *("recipients", "storage", "children", "rights", "complaint"),
    ),
    "imprint": ("provider", "contact", "register", "responsible", "sources"),
    "accessibility": ("what", "good", "gaps", "check", "report", "office"),
    "netiquette": ("welcome", "hidden", "names", "after", "office"),
}
_LINK = re.compile(r"https://[\w./-]+[\w/]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ITEM = "• "


def show(words: Words, page: str) -> None:
    """Draw one of the legal pages; on the page of accessibility also the form to report barriers."""
    here = session.instance()
    staff = may(session.actor(), Act.FEEDBACK_READ)
    with st.container(key="kk-read"):
        st.title(words(f"page.{page}"), anchor=False)
        own = legal.own_text(here.store, page, words.lang)
        st.html(
            f'<div class="kk-legal">{own_html(own) if own else template(words, page, staff)}</div>'
        )
        if page == "accessibility":
            report(words)


def own_html(text: str) -> str:
    """Return the office's own plain text as escaped paragraphs.

    >>> own_html("Eins <b>\\nzwei\\n\\nDrei")
    '<p dir="auto">Eins &lt;b&gt;<br>zwei</p><p dir="auto">Drei</p>'
    """
    parts = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(f'<p dir="auto">{escape(p).replace(chr(10), "<br>")}</p>' for p in parts)


def template(words: Words, page: str, staff: bool) -> str:
    """Return our template of a page as HTML, its blanks filled in or marked as missing."""
    filled = _filled(words, legal.blanks(session.instance().store), staff)
    return "".join(
        f"<h2>{escape(words(f'legal.{page}.{name}.title'))}</h2>"
        f"{_section(words(f'legal.{page}.{name}'), filled)}"
        for name in SECTIONS[page]
    )


def report(words: Words) -> None:
    """Draw the form to report a barrier, and the thanks for a report."""
    st.header(words("feedback.title"), anchor=False)
    notices.show("feedback")
    new = st.session_state.setdefault("feedback-id", session.new_id())
    with st.form(f"feedback-{new}", border=False, enter_to_submit=False):
        st.text(words("feedback.how"))
        st.text_area(
            words("feedback.words"),
            key=f"barrier-{new}",
            max_chars=feedback.MAX_WORDS,
            height=140,
        )
        st.text_input(
            words("feedback.page"),
            st.query_params.get("about", "")[: feedback.MAX_PAGE],
            key=f"about-{new}",
            max_chars=feedback.MAX_PAGE,
            autocomplete="off",
        )
        st.text_input(
            words("feedback.contact"),
            key=f"contact-{new}",
            max_chars=feedback.MAX_CONTACT,
            autocomplete="email",
        )
        st.form_submit_button(
            words("feedback.send"),
            type="primary",
            icon=":material/send:",
            on_click=_give,
            args=(words, new),
        )


def _give(words: Words, new: str) -> None:
    """Store the report; in the button's callback, so that a double tap is one."""
    here, now = session.instance(), session.now()
    given = {
        "words": str(st.session_state.get(f"barrier-{new}") or ""),
        "page": str(st.session_state.get(f"about-{new}") or ""),
        "contact": str(st.session_state.get(f"contact-{new}") or ""),
    }
    with notices.said("feedback"):
        here.limits.hit("feedback", session.source())
        actor = session.actor()
        feedback.give(here.store, actor, feedback_id=new, lang=words.html_lang, now=now, **given)
        st.session_state.pop("feedback-id", None)
        due = words.day(feedback.month_later(now.date()))
        notices.keep("feedback", words("feedback.sent", day=due), "success")


def _section(text: str, filled: Mapping[str, str]) -> str:
    lines = [line for line in text.split("\n") if line != "{reasons}"]
    shown = [_LINK.sub(_link, escape(line)).format(**filled) for line in lines]
    if "{reasons}" in text.split("\n"):
        shown[text.split("\n").index("{reasons}") : 0] = filled["reasons"].split("\n")
    return _blocks(shown)


def _blocks(lines: list[str]) -> str:
    out, items = "", ""
    for line in [*lines, ""]:
        if line.startswith(_ITEM):
            items += f"<li>{line.removeprefix(_ITEM)}</li>"
            continue
        out, items = out + (f"<ul>{items}</ul>" if items else ""), ""
        out += f"<p>{line}</p>" if line else ""
    return out


def _filled(words: Words, known: Mapping[str, str], staff: bool) -> dict[str, str]:
    """Return what stands for each blank, as HTML that cannot be more than words."""
    reasons = "\n".join(_ITEM + escape(words(f"hide_reason.{name}")) for name in HIDE_REASONS)
    sources = f'<bdi lang="de">{escape(session.instance().area.attribution)}</bdi>'
    blanks = {name: _blank(words, name, known.get(name, ""), staff) for name in legal.BLANKS}
    return {**blanks, **_kept(words), "reasons": reasons, "sources": sources}


def _kept(words: Words) -> dict[str, str]:
    """Say for how long what is kept, by the settings in force."""
    store = session.instance().store
    days = retention.all_days(store) | {"backups": rotation.longest(store)}
    return {f"keep_{name}": escape(words.many("retention.days", n)) for name, n in days.items()}


def _blank(words: Words, name: str, text: str, staff: bool) -> str:
    if text:
        said = f'<bdi lang="de">{escape(text).replace(chr(10), "<br>")}</bdi>'
        mail = _EMAIL.fullmatch(text)
        return f'<a href="mailto:{escape(text)}">{said}</a>' if mail else said
    if staff:
        missing = words("legal.absent", blank=words(f"legal.blank.{name}"))
        return f'<mark class="kk-missing">{escape(missing)}</mark>'
    return f'<em class="kk-open-blank">{escape(words("legal.open"))}</em>'


def _link(found: re.Match[str]) -> str:
    url = found.group()
    return f'<a href="{url}" rel="noreferrer">{url}</a>'
