"""What stands around every page: language, names of the pages, looks, and the page's direction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import streamlit as st
from streamlit.components import v2

from components import session
from components.words import EASY, LANGUAGES, Words
from data.answers import MAX_ANSWER
from data.instance import ROOT
from data.needs import MAX_SENTENCE
from data.pins import MAX_WORDS
from data.projects import MAX_DESCRIPTION
from data.rules import Actor, Role

# Streamlit's own few English words, by the text or label that it gives them
FRAMEWORK = (
    "No results",
    "Clear value",
    "Close",
    "Running...",
    "Connecting",
    "Select an option",
    "open",
    "Open",
    "Clear all",
    "Show password",
    "Hide password",
    "Choose an option",
    "Choose options",
    "Skip to main content",
    "Notifications",
    "Selected values",
    "Remove",
    "Shortcut",
)
DIALOGS = ("Connection error", "Page not found")  # whole sentences stand for these
COUNTED = {
    "words": MAX_WORDS,
    "description": MAX_DESCRIPTION,
    "sentence": MAX_SENTENCE,
    "answer": MAX_ANSWER,
}


@st.cache_resource
def _page() -> object:
    files = [ROOT / "static" / name for name in ("page.js", "read.js")]  # one module of two files
    js = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return v2.component("kiezkarte_page", html="<span></span>", js=js)


@st.cache_resource
def _style() -> str:
    return f"<style>{(ROOT / 'static' / 'app.css').read_text(encoding='utf-8')}</style>"


@dataclass(frozen=True)
class Ways:
    """Where one can go: the pages of the row, those behind "more", and the one that is shown.

    `open` says how much waits on a page, by its path; for staff alone.
    """

    row: Sequence[st.Page]
    more: Sequence[st.Page]
    here: st.Page
    open: Mapping[str, int] = field(default_factory=dict)


def top(words: Words, actor: Actor, ways: Ways, *, demo: bool) -> None:
    """Draw the head of the page: where one can go, and the languages, one tap away."""
    st.html(_style())
    _direct(words)
    with st.container(key="kk-top", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p class="kk-brand" lang="de">{escape(session.instance().area.title)}</p>')
        with st.container(key="kk-nav", horizontal=True, gap="small", width="stretch"):
            _links(words, ways.row, ways.open)
            _more(words, ways)
        _account(words, actor)
        _languages(words)
    if demo:
        st.html(f'<p class="kk-demo" role="note">{escape(words("demo.sentence"))}</p>')


def foot(words: Words, pages: Sequence[st.Page], here: st.Page) -> None:
    """Draw the foot of the page: the ways to the legal pages; they know from where one comes."""
    about = {} if here in pages else {"about": f"/{here.url_path}"}
    with st.container(key="kk-foot", horizontal=True, gap="small"):
        _links(words, pages, {}, **about)


def bare(words: Words) -> None:
    """Prepare a page that stands alone: looks and direction, no ways to other pages."""
    st.html(_style())
    _direct(words)


def look(name: str) -> None:
    """Add the looks of one sort of page, static/<name>.css."""
    st.html(_file(name))


@st.cache_resource
def _file(name: str) -> str:
    return f"<style>{(ROOT / 'static' / f'{name}.css').read_text(encoding='utf-8')}</style>"


def _direct(words: Words) -> None:
    texts = {name: words(f"framework.{name}") for name in FRAMEWORK}
    texts["kept"] = words("pin_form.kept")
    texts |= {f"dialog {name}": words(f"framework.{name}") for name in DIALOGS}
    _page()(  # type: ignore[operator]
        data={
            "lang": words.html_lang,
            "dir": words.dir,
            "languages": [lang if lang != EASY else "de" for lang in LANGUAGES],
            "pages": words("frame.pages"),
            "foot": words("legal.nav"),
            "read": {
                "start": words("read.start"),
                "stop": words("read.stop"),
                "rate": 0.85 if words.lang == EASY else 1,
            },
            "most": COUNTED,
            "count": words("pin_form.count"),
            "map": words("filter.view.map"),
            "texts": texts,
        },
        key="kk-page",
    )


def _links(
    words: Words, pages: Sequence[st.Page], waiting: Mapping[str, int], **query: str
) -> None:
    for page in pages:
        label = _counted(words, page.title, waiting.get(page.url_path, 0))
        st.page_link(page, label=label, query_params={"lang": words.lang, **query})


def _counted(words: Words, name: str, waiting: int) -> str:
    """Name a page with how much waits there; nothing is said about nothing."""
    return words("frame.counted", page=name, n=words.number(waiting)) if waiting else name


def _more(words: Words, ways: Ways) -> None:
    """Draw the pages that are not in the row; the button names the one that is shown."""
    if not ways.more:
        return
    label = _counted(
        words, words("frame.more"), sum(ways.open.get(page.url_path, 0) for page in ways.more)
    )
    if ways.here in ways.more and ways.open:  # the office's row has room for it
        label = f"{label}: {ways.here.title}"
    with (
        st.popover(label, type="tertiary", key=f"kk-more-{ways.here.url_path}-{words.lang}"),
        st.container(key="kk-more", gap=None),
    ):
        _links(words, ways.more, ways.open)


def _languages(words: Words) -> None:
    key = f"kk-lang-{words.lang}"
    st.segmented_control(
        words("frame.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        default=words.lang,
        required=True,
        key=key,
        on_change=lambda: session.speak(st.session_state[key]),
        label_visibility="collapsed",
    )


def _account(words: Words, actor: Actor) -> None:
    if actor.role in (Role.VISITOR, Role.SENDER):
        path, css, text = "/auth/login", "kk-visitor", escape(words("frame.log_in"))
    else:
        path, css = "/auth/logout", "kk-known"
        name = f'<span class="kk-name" dir="auto">({escape(actor.name)})</span>'
        text = f"{escape(words('accounts.logout.button'))} {name}"
    link = f"{path}?lang={words.lang}"
    st.html(f'<a class="kk-account {css}" target="_self" href="{link}">{text}</a>')
