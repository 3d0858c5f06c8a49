"""The wall: what the room has said, on a projector; it asks for news by itself, once a second."""

import urllib.parse
from html import escape

import streamlit as st
from streamlit.components import v2
from streamlit.components.v2.types import ComponentRenderer

from components import frame, session
from components import map as maps
from components.map import Look
from components.words import LANGUAGES
from components.words import words as words_of
from data import attendance, rules
from data.fields import FIELDS
from data.filters import Box
from data.instance import ROOT
from data.meetings import Meeting, Round, State
from data.pins import Kind
from data.problems import NotAllowed, NotFound
from data.rounds import PRIORITIES, WHO
from data.rules import Act

KEY = "kk-wall"
TEXTS = (
    "hide",
    "hide.key",
    "reveal",
    "full",
    "full.end",
    "offline",
    "list",
    "pins",
    "people",
    "waiting",
    "voices",
    "empty",
    "take_down",
    "taken_down",
    "newer",
    "older",
    "undo",
    "undone",
    "map",
    "board",
    "view",
    "rounds",
    "new_pin",
    "free",
    "open",
    "group.add",
    "group.name",
    "save",
    "cancel",
    "close",
    "group.rename",
    "group.remove",
    "group.suggest",
    "group.suggested",
    "group.none",
    "here",
    "hint.pins",
    "hint.groups",
    "selected",
    "unselect",
    "big",
    "size",
    "no_groups",
    "dots.rule",
    "dots.stack",
    "dots.single",
    "dots.ballots",
    "dots.points",
    "dots.tie",
    "dots.by_hand",
    "dots.on_paper",
    "dots.field",
    "done",
    "enter",
)
words = session.the_words()
here = session.instance()
code = st.query_params.get("m", "")


@st.cache_resource
def _wall() -> ComponentRenderer:
    script = (ROOT / "static" / "wall.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_wall", html="<span></span>", js=script, isolate_styles=False)


def card(sentence: str, *, door: bool) -> None:
    """Tell who has no right here what to do."""
    link = f"/auth/meeting/{urllib.parse.quote(code, safe='')}?to=wall&lang={words.lang}"
    enter = f'<p><a class="kk-account kk-go" target="_self" href="{escape(link)}">' + (
        f"{escape(words('wall.enter'))}</a></p>"
    )
    with st.container(key="kk-read"):
        st.html(
            f"<h1>{escape(words('page.wall'))}</h1>"
            f'<p class="kk-lead">{escape(sentence)}</p>{enter if door else ""}'
        )


def told(meeting: Meeting) -> dict[str, object]:
    """Collect the words that the wall's script needs; what residents said it fetches itself."""
    named = {"kind": Kind, "field": FIELDS}
    steps = {"round": Round, "priority": PRIORITIES[1:], "who": WHO[1:]}
    moments = [*(state for state in State if state != State.OPEN), *Round]
    return {
        "code": code,
        "lang": words.lang,
        "html_lang": words.html_lang,
        "dir": words.dir,
        "texts": {name: words(f"wall.{name}") for name in TEXTS},
        "language": words("frame.language"),
        "number": words("pin.number"),
        "whole": here.area.boundary.bounds,
        "languages": [
            [one, LANGUAGES[one], words_of(one).html_lang] for one in meeting.plan.languages
        ],
        "moments": {moment: words(f"wall.say.{moment}") for moment in moments},
        "says": {kind: words(f"kind.{kind}.say") for kind in Kind},
        **{name: {one: words(f"{name}.{one}") for one in known} for name, known in named.items()},
        **{
            name: {one: words(f"meeting.{name}.{one}") for one in known}
            for name, known in steps.items()
        },
    }


def show(meeting: Meeting) -> None:
    """Draw the map, and the wall around it."""
    st.html(f'<p class="kw-loading">{escape(words("wall.loading"))}</p>')
    with st.container(key="kk-wall-map"):
        maps.show(
            here.area,
            words,
            Look(scope="none", fit=Box(*here.area.boundary.bounds)),
            key="wall-map",
            on_event=lambda _: None,  # the wall's script hears what is done on it
            taps=False,
            keep=False,
        )
    _wall()(
        data=told(meeting),
        key=KEY,
        on_lang_change=lambda: session.speak(st.session_state[KEY].get("lang")),
    )


frame.look("wall")
try:
    _, meeting = attendance.by_code(here.store, code)
    rules.check_meeting(session.leader(), Act.MEETING_LEAD, meeting.id)
except NotFound as unknown:
    card(words.problem(unknown), door=False)
except NotAllowed:
    card(words("wall.leader_only"), door=True)
else:
    show(meeting)
