"""For how long what is kept: the form, the last erasure, and the record of processing made of it."""

from html import escape

import streamlit as st

from components import notices, session
from components.words import Words
from data import legal, retention, safety
from data.safety import What

PLACE = "retention"
AT_ONCE = ("withdrawn", "refused_photos", "used_contacts")  # erased as it happens, without a day
KEPT = ("pins", "decisions")  # as long as the plan of action runs


def show(words: Words) -> None:
    """Draw the days of every kind, to be changed, and what was erased last."""
    st.text(words("retention.how"))
    _last(words)
    notices.show(PLACE)
    store = session.instance().store
    with st.form("retention", border=False, enter_to_submit=False):
        for kind in retention.KINDS:
            with st.container(key=f"kk-kind-{kind.name}"):
                st.selectbox(
                    words(f"retention.{kind.name}"),
                    kind.choices,
                    index=kind.choices.index(retention.days(store, kind.name)),
                    format_func=lambda days: words.many("retention.days", days),
                    key=f"retention-{kind.name}",
                )
                st.text(words(f"retention.{kind.name}.why"))
        st.form_submit_button(words("safety.save"), type="primary", on_click=_save, args=(words,))


def record(words: Words) -> None:
    """Draw the record of processing, made of the settings in force."""
    store = session.instance().store
    blanks = legal.blanks(store)
    st.text(words("record.how"))
    head = "".join(
        f"<dt>{escape(words(f'legal.blank.{name}'))}</dt>"
        f"<dd dir='auto'>{escape(blanks.get(name) or words('record.missing'))}</dd>"
        for name in ("controller", "address", "represented", "dpo", "hosting")
    )
    days = retention.all_days(store)
    rows = [_row(words, name, words("retention.as_long")) for name in KEPT]
    rows += [_row(words, name, words("retention.at_once")) for name in AT_ONCE]
    rows += [_row(words, name, words.many("retention.days", n)) for name, n in days.items()]
    heads = "".join(
        f"<th scope='col'>{escape(words(f'record.column.{name}'))}</th>"
        for name in ("data", "why", "long")
    )
    parts = "".join(
        f"<h2>{escape(words(f'record.{name}'))}</h2><p>{escape(words(f'record.{name}.text'))}</p>"
        for name in ("purpose", "people", "recipients", "measures")
    )
    st.html(
        f'<div class="kk-legal kk-record"><dl>{head}</dl>{parts}'
        f"<h2>{escape(words('record.kinds'))}</h2></div>"
        f'<div class="kk-wide" tabindex="0" role="region" aria-label="{escape(words("record.kinds"))}">'
        f'<table class="kk-lines kk-texts kk-trail"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _row(words: Words, name: str, how_long: str) -> str:
    return (
        f"<tr><th scope='row'>{escape(words(f'retention.{name}'))}</th>"
        f"<td>{escape(words(f'retention.{name}.why'))}</td><td>{escape(how_long)}</td></tr>"
    )


def _save(words: Words) -> None:
    chosen = {
        kind.name: int(st.session_state.get(f"retention-{kind.name}") or 0)
        for kind in retention.KINDS
    }
    with notices.said(PLACE):
        retention.choose(session.instance().store, session.actor(), chosen, now=session.now())
        notices.keep(PLACE, words("safety.saved"), "success")


def _last(words: Words) -> None:
    """Draw what was erased in the last days, kind by kind."""
    found = safety.listing(session.instance().store, session.actor(), What.ERASURE, limit=7)
    if not found:
        return
    items = ""
    for one in found:
        counts = one.details["counts"]
        told = ", ".join(
            f"{words(f'retention.{name}')}: {words.number(n)}" for name, n in counts.items()
        )
        told = told or words("retention.nothing")
        items += f"<li><strong>{escape(words.day(one.at))}</strong> – {escape(told)}</li>"
    st.html(
        f'<section class="kk-card kk-well"><h2>{escape(words("retention.last"))}</h2>'
        f'<ul class="kk-needs">{items}</ul></section>'
    )
