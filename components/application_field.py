"""One part of an application on screen: filled from what is stored, saved as soon as one leaves it.

Whoever else writes meanwhile is seen: what one has not touched shows the new words at once; where
both wrote, both versions stand there and one of them is chosen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from components import money, notices, session
from components.filters import day_from
from components.words import Words
from data import application_form as form
from data import applications
from data.applications import Application
from data.filters import local_day
from data.problems import BadInput, Conflict
from data.rules import ProjectId

KEY = "application"  # in the session: what each field was filled from, and where two wrote
FILLED = "application-filled"  # what each widget of a part of several was last filled with
LINES = 24  # pixels of a line of a text area


@dataclass(frozen=True)
class Held:
    """What a field was filled from, and whether somebody else wrote in it too."""

    base: Any
    version: int  # of the application, as it was then
    clash: bool = False


@dataclass(frozen=True)
class Way:
    """How a part is shown in a widget, and read out of it."""

    shown: Callable[[Any], Any]
    typed: Callable[[Any], Any]


AS_IS = Way(lambda value: value, lambda typed: typed)
SUM = Way(lambda cents: money.typed(cents) if cents else "", lambda typed: _cents(typed))
DAY = Way(lambda day: written(day), lambda typed: _day(typed))
COUNT = Way(lambda n: "" if n is None else str(n), lambda typed: _count(typed))


def text(words: Words, application: Application, part: str, *, lines: int = 0) -> None:
    """Ask for words: one line, or a field of so many."""
    key = prepare(application, part, AS_IS)
    given: dict[str, Any] = {
        "key": key,
        "max_chars": form.LIMITS.get(part, 200),
        "placeholder": words(f"application.{part}.example"),
        "on_change": save,
        "args": (application.project.id, part, key, AS_IS),
    }
    if lines:
        st.text_area(words(f"application.{part}"), height=34 + LINES * lines, **given)
    else:
        fills = {"name": "name"}.get(part, "off")
        st.text_input(words(f"application.{part}"), autocomplete=fills, **given)
    below(words, application, part, key, AS_IS)


def short(
    words: Words, application: Application, part: str, way: Way, *, example: str = ""
) -> None:
    """Ask for a sum, a day or a number in one short field."""
    key = prepare(application, part, way)
    st.text_input(
        words(f"application.{part}"),
        key=key,
        max_chars=20,
        placeholder=example,
        autocomplete="off",
        on_change=save,
        args=(application.project.id, part, key, way),
    )
    below(words, application, part, key, way)


def tick(words: Words, application: Application, part: str, label: str) -> None:
    """Ask for a yes."""
    key = prepare(application, part, AS_IS)
    st.checkbox(label, key=key, on_change=save, args=(application.project.id, part, key, AS_IS))
    below(words, application, part, key, AS_IS)


def choice(
    words: Words, application: Application, part: str, options: Sequence[str], prefix: str
) -> None:
    """Ask for one of a few."""
    way = Way(lambda value: value or None, lambda typed: typed or "")
    key = prepare(application, part, way)
    st.selectbox(
        words(f"application.{part}"),
        options,
        format_func=lambda value: words(f"{prefix}.{value}"),
        placeholder=words("application.choose"),
        key=key,
        on_change=save,
        args=(application.project.id, part, key, way),
    )
    below(words, application, part, key, way)


def ticks(
    words: Words, application: Application, part: str, labels: dict[str, str], *, legend: str
) -> None:
    """Ask which of several; `labels` are plain text or escaped already."""
    st.html(f'<p class="kk-label">{escape(legend)}</p>')
    held = hold(application, part)
    with st.container(key=f"kk-ticks-{part}", gap=None):
        for option, label in labels.items():
            key = f"{key_of(application.project.id, part)}-{option}"
            fill(key, option in held.base)
            given = (application.project.id, part, option, key)
            st.checkbox(label, key=key, on_change=_save_tick, args=given)
    notices.show(key_of(application.project.id, part))


# --- saving ---------------------------------------------------------------------


def prepare(application: Application, part: str, way: Way) -> str:
    """Fill a part's widget from what is stored, unless something is typed in it; its key."""
    key, stored = key_of(application.project.id, part), application.parts[part]
    known = _all().get(key)
    untouched = known is not None and st.session_state.get(key) == way.shown(known.base)
    newer = known is None or (
        stored != known.base and untouched and not _is_late(application, known)
    )
    if newer or key not in st.session_state:
        _all()[key] = Held(stored, application.project.version)
        st.session_state[key] = way.shown(stored)
    return key


def hold(application: Application, part: str) -> Held:
    """Fill a part of several widgets from what is stored."""
    key = key_of(application.project.id, part)
    known = _all().get(key)
    if known is None or not _is_late(application, known):
        known = _all()[key] = Held(application.parts[part], application.project.version)
    return known


def fill(key: str, shown: Any) -> None:
    """Fill one widget of a part of several; what is typed or ticked in it just now stays.

    A value is set only when it must be: set at every run, it would undo what was tapped meanwhile.
    """
    filled = st.session_state.setdefault(FILLED, {})
    if key not in st.session_state or (
        filled.get(key) != shown and st.session_state[key] == filled.get(key)
    ):
        st.session_state[key] = shown
    filled[key] = shown


def filled(key: str) -> Any:
    """Return what a widget of a part of several was last filled with."""
    return st.session_state.get(FILLED, {}).get(key)


def known(key: str, typed: Any) -> None:
    """Remember that what a widget says was stored; the next time it is typed over that."""
    if key in st.session_state:
        st.session_state[FILLED][key] = typed


def clear(keys: Iterable[str]) -> None:
    """Forget what was typed in widgets: they are filled anew."""
    for key in keys:
        st.session_state.pop(key, None)


def _is_late(application: Application, known: Held) -> bool:
    """Tell whether a run of the page is still drawing what its next run has changed already."""
    return application.project.version < known.version


def save(project_id: ProjectId, part: str, key: str, way: Way) -> None:
    """Store what was typed in a part; a refusal is told at the field, which keeps it."""
    with notices.said(key):
        value = way.typed(st.session_state[key])
        stored = put(project_id, part, value)
        if st.session_state[key] != way.shown(stored):
            st.session_state[key] = way.shown(stored)


def put(project_id: ProjectId, part: str, value: Any) -> Any:
    """Store a part over what it was filled from, and return it as stored; Conflict is kept."""
    here, key = session.instance(), key_of(project_id, part)
    held = _all()[key]
    here.limits.hit("application", session.source())
    try:
        done = applications.write(
            here.store, session.applying(), here.area, project_id, part, value,
            was=held.base, now=session.now(),
        )  # fmt: skip
    except Conflict as conflict:
        if conflict.key == "application.changed_meanwhile":
            _all()[key] = replace(held, clash=True)
        raise
    _all()[key] = Held(done.parts[part], done.project.version)
    st.session_state["application-saved"] = session.now()
    return done.parts[part]


def merge(project_id: ProjectId, part: str, change: Callable[[Any], Any]) -> None:
    """Change what is stored of a part of several widgets, whoever else writes in it meanwhile.

    `change` makes the new whole out of the stored one; quick taps come in runs that overlap.
    """
    here, actor = session.instance(), session.applying()
    here.limits.hit("application", session.source())
    for last in (False, False, False, True):
        stored = applications.get(here.store, actor, project_id).parts[part]
        try:
            done = applications.write(
                here.store, actor, here.area, project_id, part, change(stored),
                was=stored, now=session.now(),
            )  # fmt: skip
        except Conflict as conflict:
            if last or conflict.key != "application.changed_meanwhile":
                raise
            continue
        _all()[key_of(project_id, part)] = Held(done.parts[part], done.project.version)
        st.session_state["application-saved"] = session.now()
        return


def below(words: Words, application: Application, part: str, key: str, way: Way) -> None:
    """Say what was refused; where two wrote, show the other's words and let choose."""
    notices.show(key)
    held = _all().get(key)
    if held is None or not held.clash:
        return
    with st.container(key=f"kk-clash-{part}"):
        theirs = said(words, part, application.parts[part])
        st.html(
            f'<p class="kk-label">{escape(words("application.clash.theirs"))}</p>'
            f'<p class="kk-answer" dir="auto">{escape(theirs)}</p>'
        )
        given: dict[str, Any] = {"args": (application, part, key, way)}
        st.button(words("application.clash.mine"), key=f"{key}-mine", on_click=_mine, **given)
        st.button(words("application.clash.take"), key=f"{key}-take", on_click=_theirs, **given)


def said(words: Words, part: str, value: Any) -> str:
    """Write a part in one text, as somebody else wrote it."""
    if value in (None, "", (), {}, 0):
        return words("application.nothing")
    if part in form.SUMS:
        return words.money(value)
    if isinstance(value, date):
        return words.day(value)
    if part == "costs":
        return "\n".join(f"{row.quantity} × {row.item}: {words.money(row.total)}" for row in value)
    if isinstance(value, bool):
        return words("application.yes")
    if part in ("criteria", "permissions"):
        prefix = {"criteria": "criterion", "permissions": "application.permission"}[part]
        return "\n".join(words(f"{prefix}.{one}") for one in value)
    if part in form.LINKS:
        return words.number(len(value))
    if part == "finance_plan":
        return "\n".join(f"{year}: {words.money(cents)}" for year, cents in value.items())
    if part in ("fund", "field"):
        return words(f"{part}.{value}")
    return str(value)


def key_of(project_id: ProjectId, part: str) -> str:
    """Return the name of a part's widget; another language is another widget."""
    return f"app-{part}-{project_id}-{session.lang()}"


def today() -> date:
    """Return the day in the neighbourhood."""
    return local_day(session.now())


def written(day: date | None) -> str:
    """Write a day as the form takes it.

    >>> written(date(2027, 3, 1)), written(None)
    ('01.03.2027', '')
    """
    return day.strftime("%d.%m.%Y") if day else ""


def _save_tick(project_id: ProjectId, part: str, option: str, key: str) -> None:
    ticked = bool(st.session_state.get(key))

    def change(stored: tuple[str, ...]) -> tuple[str, ...]:
        others = tuple(one for one in stored if one != option)
        return (*others, option) if ticked else others

    with notices.said(key_of(project_id, part)):
        merge(project_id, part, change)


def _mine(application: Application, part: str, key: str, way: Way) -> None:
    """Put one's own words over the other's, which were shown."""
    _all()[key] = Held(application.parts[part], application.project.version)
    if key in st.session_state:
        save(application.project.id, part, key, way)


def _theirs(application: Application, part: str, key: str, way: Way) -> None:
    """Take the other's words."""
    _all()[key] = Held(application.parts[part], application.project.version)
    if key in st.session_state:
        st.session_state[key] = way.shown(application.parts[part])


def _all() -> dict[str, Held]:
    return st.session_state.setdefault(KEY, {})


def _cents(typed: str) -> int:
    return money.cents(typed) if typed.strip() else 0


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    day = day_from(typed)
    if day is None:
        raise BadInput("application.day_unreadable", field="day")
    return day


def _count(typed: str) -> int | None:
    if not typed.strip():
        return None
    plain = typed.strip().translate(money.DIGITS)
    if not plain.isdecimal():
        raise BadInput("application.people", field="people", limit=form.MAX_PEOPLE)
    return int(plain)
