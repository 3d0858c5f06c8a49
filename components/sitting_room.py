"""The two screens of a running sitting: who leads it, and a member's own device.

Both are scripts of our own (static/sitting.js, static/ballot.js): what happens in the room is on
every screen within a second or two, and no rerun stands between a tap and the vote.
"""

from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.components import v2
from streamlit.components.v2.types import ComponentRenderer

from components import frame
from components.words import Words
from data.instance import ROOT
from data.sittings import Sitting

BOTH = ("agenda", "now", "offline", "cancel", "read", "why", "yes", "no", "abstain", "up", "down")
BOTH += ("reason.own", "reason.employer", "reason.relatives", "reason.other")
LEADS = (
    *("list", "mine", "full", "full.end", "close", "close.sure", "close.open", "reopen"),
    *("reopen.title", "reopen.why", "pots", "people", "people.hint", "befangen", "aside.who"),
    *("open", "open.title", "open.hint", "over", "choose", "begin", "next", "all_done"),
    *("how", "how.open", "how.secret", "how.hands", "how.paper", "vote", "is_secret", "is_public"),
    *("end", "end.sure", "hands.hint", "paper.hint", "hands.sum", "hands.done", "stop"),
    *("stop.title", "stop.why", "tie.hint", "tie.yes", "tie.no", "grant", "reject"),
    *("reject.title", "reject.why", "sum", "sum.what", "conditions", "conditions.what", "save"),
    *("postpone", "postpone.title", "postpone.why", "missing", "rank.hint", "rank.none"),
    *("rank.begin", "rank.wait", "rank.end", "rank.sure", "rank.ties", "rank.settle"),
    *("rank.grant", "rank.why"),
)
OWN = (
    *("soon", "over", "here", "come", "leave", "leave.sure", "lead", "nothing", "aside", "recuse"),
    *("recuse.why", "recuse.what", "vote", "secret", "public", "once", "counted", "result"),
    *("late", "late.secret", "at.open", "at.sending", "at.waiting", "at.gone", "at.aside"),
    *("at.not", "at.hands", "at.paper", "rank", "rank.own", "rank.send", "rank.given", "papers"),
)


def lead(words: Words, sitting: Sitting, *, back: str, own: str = "") -> None:
    """Draw the screen of who leads; `back` is the list's address, `own` that of the own vote."""
    texts = {name: words(f"sitting.{name}") for name in (*BOTH, *LEADS)}
    _show(words, sitting, _sitting(), texts, {"as": "lead", "back": back, "own": own})


def own(words: Words, sitting: Sitting, *, lead: str) -> None:
    """Draw a member's own device; `lead` is the address of who leads, shown to the chair alone."""
    texts = {name: words(f"sitting.{name}") for name in BOTH}
    texts |= {name: words(f"ballot.{name}") for name in OWN}
    ways = {"lead": lead, "proposals": address(words, "proposals")}
    _show(words, sitting, _ballot(), texts, ways)


def address(words: Words, page: str, **query: str) -> str:
    """Return the address of a page beside this one."""
    return f"{page}?{urlencode({**query, 'lang': words.lang})}"


@st.cache_resource
def _sitting() -> ComponentRenderer:
    return v2.component(
        "kiezkarte_sitting", html="<span></span>", js=_script("sitting"), isolate_styles=False
    )


@st.cache_resource
def _ballot() -> ComponentRenderer:
    return v2.component(
        "kiezkarte_ballot", html="<span></span>", js=_script("ballot"), isolate_styles=False
    )


def _script(name: str) -> str:
    files = [ROOT / "static" / f"{part}.js" for part in ("sitting_link", name)]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)  # one module of two files


def _show(
    words: Words,
    sitting: Sitting,
    screen: ComponentRenderer,
    texts: dict[str, str],
    more: dict[str, str],
) -> None:
    frame.look("sitting")
    st.html(f'<p class="ks-loading">{escape(words("sitting.loading"))}</p>')
    given = {"id": sitting.id, "lang": words.lang, "html_lang": words.html_lang, "dir": words.dir}
    screen(data={**given, "texts": texts, **more}, key=f"kk-sitting-{sitting.id}")


def when(words: Words, sitting: Sitting) -> str:
    """Return when and where a sitting is held, as HTML."""
    facts = [words.moment(sitting.held_at), *([sitting.place] if sitting.place else [])]
    return " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
