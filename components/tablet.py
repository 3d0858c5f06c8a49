"""The tablet's component: all it says, in all languages of the meeting, goes to the browser at once.

From step to step and from person to person nothing is asked of the server but what is saved:
static/tablet.js works on through a dropout of the Wi-Fi.
"""

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import map as maps
from components.words import LANGUAGES, Words, words
from data.fields import FIELDS
from data.instance import ROOT
from data.meetings import Meeting
from data.pins import MAX_WORDS, Kind
from data.texts import lang_of
from geo.area import Area

TEXTS = (
    *("start", "ask", "decides", "changes", "answer", "step", "back", "where", "where_hint"),
    *("here", "list", "spot", "spot_hint", "words_hint", "field", "thanks", "sending", "saved"),
    *("offline", "waiting", "public", "receipt", "qr", "next", "idle", "idle_hint", "stay"),
    *("lock", "lock_hint", "lock_pin", "lock_go", "lock_delete", "no_line", "privacy"),
    *("privacy_who", "privacy_what", "privacy_back", "privacy_here", "is_planned", "is_paused"),
    *("is_closed", "is_unknown", "together", "dots", "dots_stack", "dots_single", "dots_none"),
    *("dots_more", "dots_less", "dots_send", "dots_saved", "dots_sending", "dots_empty", "photo"),
    *("photo_hint", "photo_sending", "photo_done", "listen", "silence", "child_where"),
    *("child_kind", "child_strength", "child_problem", "child_idea", "child_next"),
)
SHARED = {
    "language": "frame.language",
    "ask_kind": "pin_form.kind",
    "ask_words": "pin_form.title",
    "no_names": "pin_form.no_names",
    "count": "pin_form.count",
    "send": "pin_form.send",
    "cancel": "pin_form.cancel",
    "spot_type": "pin_form.spot_type",
    "spot_unknown": "pin_form.spot_unknown",
    "outside": "problem.pin.place_outside",
    "missing": "problem.pin.words_missing",
    "close": "sheet.close",
}
COUNTED = {"unsent": "tablet.unsent", "dots_left": "tablet.dots_left", "pins": "filter.found"}
# A number of each plural form that a language may have, by the browser's name of the form
FORMS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def show(area: Area, words: Words, code: str, meeting: Meeting | None) -> None:
    """Draw the tablet of a meeting, or say in the screen's language that there is none."""
    languages = meeting.plan.languages if meeting else (words.lang,)
    given = {
        "code": code,
        "lang": words.lang if words.lang in languages else languages[0],
        "languages": [_language(lang, area, meeting) for lang in languages],
        "meeting": _about(meeting) if meeting else None,
        "home": [*area.centre, area.zoom],
        "box": area.box,
        "spots": _spots(area),
        "most": MAX_WORDS,
    }
    # "asked": the browser saw that the plan is another one by now
    _component()(data=given, key="kk-tablet", on_asked_change=lambda: None)


@st.cache_resource
def _component() -> Callable[..., object]:
    script = (ROOT / "static" / "tablet.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_tablet", html="<span></span>", js=script)


def _about(meeting: Meeting) -> dict[str, Any]:
    """Say what of the plan a tablet needs; the office's words with the language they are in."""
    plan = meeting.plan
    told = {"title": plan.title, "question": plan.question}
    told |= {"decides": plan.decides, "changes": plan.changes}
    return {
        "told": {name: [text, lang_of(text, "de")] for name, text in told.items() if text},
        "state": meeting.state,
        "round": meeting.round,
        "version": meeting.version,
        "kinds": list(plan.kinds),
        "fields": list(plan.fields),
        "children": plan.children,
        "photos": plan.photos,
    }


def _language(lang: str, area: Area, meeting: Meeting | None) -> dict[str, Any]:
    say = words(lang)
    answer = meeting.plan.answer_on if meeting else None
    return {
        "lang": lang,
        "html": say.html_lang,
        "dir": say.dir,
        "name": LANGUAGES[lang],
        "answer": say.day(answer) if answer else "",
        **_texts(lang, area.title),
    }


@functools.cache
def _texts(lang: str, title: str) -> dict[str, Any]:
    say = words(lang)
    texts = {name: say(f"tablet.{name}") for name in TEXTS}
    texts |= {name: say(key) for name, key in SHARED.items()}
    texts["outside"] = say(SHARED["outside"], area=title)
    texts |= {f"kind.{kind}": say(f"kind.{kind}") for kind in Kind}
    texts |= {f"say.{kind}": say(f"kind.{kind}.say") for kind in Kind}
    texts |= {f"field.{field}": say(f"tablet.field.{field}") for field in FIELDS}
    return {
        "texts": texts,
        "counted": {name: _forms(say, key) for name, key in COUNTED.items()},
        "map": maps.spoken(say),
    }


def _forms(say: Words, key: str) -> dict[str, str]:
    return {
        form: say.many(key, number).replace(say.number(number), "{n}")
        for form, number in FORMS.items()
    }


@functools.cache
def _spots(area: Area) -> list[list[Any]]:
    """List [name, other names, lon, lat]: landmarks, then facilities, then corners, by name."""
    order = {"landmark": 0, "facility": 1, "crossing": 2}
    spots = sorted(area.spots, key=lambda spot: (order[spot.kind], spot.name, spot.at))
    once = {spot.name: spot for spot in reversed(spots)}
    return [
        [spot.name, list(spot.aliases), round(spot.at.lon, 5), round(spot.at.lat, 5)]
        for spot in reversed(once.values())
    ]
