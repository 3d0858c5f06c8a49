"""The admin's cards of safety: the passphrase to write down, the last backup, its drill, the trail."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from components import notices, session
from components.words import Words
from data import backups, passphrase, recovery, rotation, safety, settings, slips
from data.safety import Report, What
from data.slips import Slip
from data.texts import isolated

PLACE, FORM = "safety", "safety-plan"
SLIP = "safety-slip"  # the backup that was asked for here
LATE = 2  # days without a backup, then it is told
SIGNS = {True: "kk-well", False: "kk-ill", None: "kk-none"}


def backup(words: Words) -> None:
    """Draw how safe the data is, the way to back up now, and the plan of the nights."""
    _passphrase(words)
    notices.show(PLACE)
    _cards(words)
    _now(words)
    with st.container(key="kk-safety-plan", border=True):
        st.header(words("safety.plan"), anchor=False)
        _plan(words)
    _history(words)


def drilled(words: Words, report: Report) -> str:
    """Say what a drill found, in a sentence or two."""
    if "problem" in report.details:
        return words(f"problem.{report.details['problem']}")
    if report.ok:
        return words("safety.drill.good", rows=words.number(report.details["rows"]))
    return words("safety.drill.bad", names=", ".join(report.details["differs"]))


def verdict(words: Words, details: Mapping[str, Any], *, ok: bool) -> str:
    """Say whether the trail holds, and where it does not."""
    if ok:
        return words("safety.trail.good", n=words.number(details.get("upto", details["lines"])))
    return words(f"safety.trail.{details['fault']}", line=words.number(details["line"]))


# --- the passphrase -----------------------------------------------------------


def _passphrase(words: Words) -> None:
    here = session.instance()
    folder, given = here.settings.database.parent, here.settings.passphrase
    secret = passphrase.to_note(here.store, session.actor(), folder, given)
    if not secret:
        return
    with st.container(key="kk-safety-secret", border=True):
        st.header(words("safety.secret"), anchor=False)
        st.text(words("safety.secret.how"))
        st.html(f'<p class="kk-code kk-long" dir="ltr">{escape(secret)}</p>')
        st.button(words("safety.secret.noted"), type="primary", on_click=_noted, args=(words,))


def _noted(words: Words) -> None:
    with notices.said(PLACE):
        here = session.instance()
        folder = here.settings.database.parent
        passphrase.noted(here.store, session.actor(), folder, now=session.now())
        notices.keep(PLACE, words("safety.secret.hidden"), "success")


# --- how it stands ------------------------------------------------------------


def _cards(words: Words) -> None:
    store = session.instance().store
    made, tried = safety.last(store, What.BACKUP), safety.last(store, What.DRILL)
    checked = safety.last(store, What.AUDIT)
    cards = [
        _card(words, "safety.last_backup", made, _made(words, made) if made else ""),
        _card(words, "safety.last_drill", tried, drilled(words, tried) if tried else ""),
        _card(
            words,
            "safety.last_check",
            checked,
            verdict(words, checked.details, ok=checked.ok) if checked else "",
        ),
    ]
    st.html(f'<div class="kk-safe">{"".join(cards)}{_repaired(words)}</div>')


def _made(words: Words, report: Report) -> str:
    if not report.ok:
        return words(f"problem.{report.details['problem']}")
    told = words(
        "safety.made",
        rows=words.number(report.details["rows"]),
        size=words.number(max(0.1, round(report.details["bytes"] / 1e6, 1))),
        folder=isolated(report.details["folder"]),
    )
    late = (session.now() - report.at).days
    return f"{told} {words.many('safety.late', late)}" if late >= LATE else told


def _card(words: Words, title: str, report: Report | None, told: str) -> str:
    sign = SIGNS[report.ok if report else None]
    when = words.moment(report.at) if report else words("safety.never")
    said = words("safety.well" if report.ok else "safety.ill") if report else ""
    return (
        f'<section class="kk-card {sign}"><h2>{escape(words(title))}</h2>'
        f'<p class="kk-safe-said"><strong>{escape(said)}</strong> {escape(when)}</p>'
        f'<p class="kk-facts">{escape(told)}</p></section>'
    )


def _repaired(words: Words) -> str:
    """Tell what the last start had to repair."""
    report = recovery.last_report(session.instance().settings.database)
    if not report or not report.key or not report.at:
        return ""
    return (
        f'<section class="kk-card kk-none"><h2>{escape(words("safety.repaired"))}</h2>'
        f'<p class="kk-safe-said">{escape(words.moment(report.at))}</p>'
        f'<p class="kk-facts">{escape(words(report.key))}</p></section>'
    )


# --- now ----------------------------------------------------------------------


def _now(words: Words) -> None:
    if SLIP in st.session_state:
        _under_way()
        return
    st.button(
        words("safety.now"),
        key="safety-now",
        type="primary",
        icon=":material/shield:",
        on_click=_ask,
        args=(session.new_id(),),
    )


def _ask(slip_id: str) -> None:
    slips.ask(session.instance().settings.database, Slip(slip_id))
    st.session_state[SLIP] = slip_id


@st.fragment(run_every="2s")
def _under_way() -> None:
    """Wait for the server's answer, without holding up anything else."""
    words, slip_id = session.the_words(), st.session_state.get(SLIP)
    said = slips.heard(session.instance().settings.database, Slip(slip_id)) if slip_id else {}
    if said is None:
        st.info(words("safety.under_way"), icon=":material/hourglass_top:")
        return
    st.session_state.pop(SLIP, None)
    if said.get("ok") and said.get("drill", {}).get("ok"):
        notices.keep(PLACE, words("safety.now_done"), "success")
    elif said:
        notices.keep(PLACE, words("safety.now_failed"))
    st.rerun()


# --- the plan -----------------------------------------------------------------


def _plan(words: Words) -> None:
    here = session.instance()
    wanted = backups.plan(here.store, here.settings.database, here.area.name, "")
    hour, keep = settings.get(here.store, backups.HOUR), settings.get(here.store, backups.KEEP)
    hours, keeps = settings.CHOICES[backups.HOUR], settings.CHOICES[backups.KEEP]
    st.text(words("safety.plan.how", days=words.number(wanted.keep.longest)))
    notices.show(FORM)
    with st.form("safety-plan", border=False, enter_to_submit=False):
        st.selectbox(
            words("safety.hour"),
            hours,
            index=hours.index(hour),
            format_func=lambda one: words("safety.hour.at", hour=one),
            key="safety-hour",
        )
        st.radio(
            words("safety.keep"),
            keeps,
            index=keeps.index(keep),
            format_func=lambda one: words("safety.keep.of", **rotation.read(one)._asdict()),
            key="safety-keep",
        )
        st.text_input(
            words("safety.folder"),
            str(wanted.folder),
            key="safety-folder",
            max_chars=500,
            autocomplete="off",
        )
        st.text(words("safety.folder.how"))
        st.form_submit_button(words("safety.save"), type="primary", on_click=_choose, args=(words,))


def _choose(words: Words) -> None:
    state = st.session_state
    with notices.said(FORM):
        backups.choose(
            session.instance().store,
            session.actor(),
            folder=str(state.get("safety-folder") or ""),
            hour=str(state.get("safety-hour")),
            keep=str(state.get("safety-keep")),
            now=session.now(),
        )
        notices.keep(FORM, words("safety.saved"), "success")


def _history(words: Words) -> None:
    found = safety.listing(session.instance().store, session.actor(), What.BACKUP)
    if not found:
        return
    rows = "".join(
        f"<tr><th scope='row'>{escape(words.moment(one.at))}</th>"
        f"<td>{escape(words('safety.well' if one.ok else 'safety.ill'))}</td>"
        f"<td>{escape(words.number(one.seconds))} s</td>"
        f"<td dir='ltr'>{escape(str(one.details.get('file', '–')))}</td></tr>"
        for one in found
    )
    heads = "".join(
        f"<th scope='col'>{escape(words(f'safety.column.{name}'))}</th>"
        for name in ("when", "how", "seconds", "file")
    )
    st.html(
        f'<h2>{escape(words("safety.history"))}</h2><div class="kk-wide" tabindex="0" role="region" '
        f'aria-label="{escape(words("safety.history"))}"><table class="kk-lines">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
