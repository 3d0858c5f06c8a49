"""By when a pin gets an answer, for its sender; and for everybody, how often that was kept."""

from html import escape

import streamlit as st

from components import session
from components.words import EASY, Words
from data import promises
from data.pins import Pin, Status
from data.promises import Rate


def told(words: Words, pin: Pin) -> None:
    """Say by when a pin's sender gets an answer, kindly also when that day has passed."""
    if sentence := _sentence(words, pin):
        late, text = sentence
        css = "kk-promise kk-late" if late else "kk-promise"
        st.html(f'{_LOOK}<p class="{css}" role="note">{escape(text)}</p>')


def share(words: Words, rate: Rate) -> str:
    """Write the share of answers in time; easy German knows no hundredths, it has the number."""
    return words.number(rate.in_time) if words.lang == EASY else words.percent(rate.share)


def kept(words: Words, rate: Rate) -> str:
    """Say what the share of answers in time is a share of."""
    return words.many("promise.kept", rate.asked, in_time=words.number(rate.in_time))


def open_ones(words: Words, rate: Rate) -> str:
    """Return how many still wait, within their time and longer than promised, as HTML."""
    told = [
        words.many(f"promise.{name}", number)
        for name, number in (
            ("overdue", rate.overdue),
            ("open", rate.open),
            ("put_off", rate.postponed),
        )
        if number
    ]
    if not told:
        return ""
    return f'<p class="kk-facts">{escape(" ".join(told))}</p>'


def _sentence(words: Words, pin: Pin) -> tuple[bool, str] | None:
    """Return whether it is late, and the sentence; nothing for a pin that is not shown."""
    if pin.status == Status.WAITING:
        return False, words("promise.waiting")
    promise = promises.of(session.instance().store, pin, now=session.now())
    if promise.day is None:
        return None
    if promise.answered:
        return False, words("promise.next", day=words.day(promise.day))
    key = "promise.late" if promise.overdue else "promise.until"
    return promise.overdue, words(key, day=words.day(promise.day))


_LOOK = (
    "<style>.kk-promise { background: #eef5f9; border-inline-start: 5px solid var(--deep); "
    "border-radius: .6rem; padding: .7rem 1rem; margin: .3rem 0; font-size: 1.08rem; line-height: 1.5; }"
    ".kk-late { background: #fff3cf; border-color: #b98d1e; color: #5b4300; }</style>"
)
