"""Results on screen: the figures in plain words, answers in a list, and one answer with its way."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from components import cards, promise, session
from components.map import Mark
from components.projects import apart
from components.words import Words
from data.pins import Pin
from data.promises import Rate
from data.results import Entry, Figures, State
from data.texts import isolated
from data.trail import Step
from geo import places

LONGEST = 90  # signs of a contribution's words that stand for a title
OPEN = "open"  # beside the states of answers: what has none yet
STATES = (*State, OPEN)


def figures(words: Words, found: Figures, kept: Rate) -> None:
    """Draw how many contributions have an answer, how long that took and if it was in time."""
    told = [
        (words.number(found.public), words.many("results.public", found.public)),
        (words.number(found.answered), _answered(words, found)),
    ]
    if found.days is not None:
        days = max(1, round(found.days))
        told.append((words.number(days), words.many("results.days", days)))
    if kept.asked:
        told.append((promise.share(words, kept), promise.kept(words, kept)))
    tiles = "".join(
        f'<li><strong class="kk-figure">{escape(number)}</strong> {escape(text)}</li>'
        for number, text in told
    )
    st.html(
        f'<ul class="kk-figures">{tiles}</ul>'
        f"{promise.open_ones(words, kept)}"
        f'<p class="kk-facts">{escape(words("results.answer"))}</p>'
    )


def _answered(words: Words, found: Figures) -> str:
    return words.many("results.answered", found.answered, share=found.share)


def list_of(
    words: Words, found: Sequence[Entry], *, chosen: str, on_open: Callable[[str], None]
) -> None:
    """Draw answers one below the other; the whole entry is the button."""
    for entry in found:
        with st.container(key=f"kk-entry-{entry.key}", gap=None):
            st.html(_facts(words, entry))
            st.button(
                isolated(cards.plain(_title(words, entry))),
                key=f"open-{entry.key}",
                type="primary" if entry.key == chosen else "tertiary",
                width="stretch",
                on_click=on_open,
                args=(entry.key,),
            )


def one(words: Words, entry: Entry, steps: Sequence[Step], behind: Sequence[Pin]) -> None:
    """Draw an answer: what it is, where it stands, and its way in plain sentences."""
    st.html(
        f'<h2 tabindex="-1" {cards.speech(entry.title)}>{escape(_title(words, entry))}</h2>'
        f'{_facts(words, entry)}<p class="kk-now">{escape(_now(words, entry))}</p>'
    )
    if behind:
        first = min(pin.created_at for pin in behind)
        said = words.many("results.begun", entry.pins, day=words.day(first))
        st.html(f'<p class="kk-facts">{escape(said)}</p>')
    st.markdown(f"### {words('results.way')}")
    cards.way(words, steps)


def marks(found: Sequence[Entry], chosen: str, behind: Sequence[Pin]) -> list[Mark]:
    """Mark answers on the map, and the contributions behind the chosen one."""
    ahead = [entry for entry in found if entry.key == chosen]
    rest = [entry for entry in found if entry.key != chosen] if not ahead else []
    return apart(
        [
            *(_mark(entry, "chosen") for entry in ahead),
            *(Mark(pin.id, pin.at, pin.kind) for pin in behind),
            *(_mark(entry, "") for entry in rest),
        ]
    )


def state(words: Words, entry: Entry) -> str:
    """Say where an answer stands, in a word or two."""
    if entry.project:
        return words(f"project_status.{entry.project}")
    return words(f"results.state.{entry.state}")


def _title(words: Words, entry: Entry) -> str:
    """Name an answer; a single contribution has its words for a title, or none at all."""
    title = " ".join(entry.title.split())
    if not entry.pin or len(title) <= LONGEST:
        return title or words("pin.wordless")
    return f"{title[:LONGEST].rsplit(' ', 1)[0]} …"


def _mark(entry: Entry, look: str) -> Mark:
    if entry.project:
        return Mark(entry.key, entry.at, "project", look, entry.number)
    return Mark(entry.key, entry.at, entry.kind, look)


def _facts(words: Words, entry: Entry) -> str:
    where = words.place(places.in_words(session.instance().area, entry.at))
    facts = [where, words.many("results.pins", entry.pins)]
    if entry.project:
        facts = [words(f"fund.{entry.fund}"), words.money(entry.cents), *facts]
    demo = f" {cards.tag(words('demo.label'))}" if entry.demo else ""
    tag = f'<span class="kk-tag kk-state-{entry.state}">{escape(state(words, entry))}</span>'
    return f'<p class="kk-facts">{tag}{demo} {escape(" · ".join(facts))}</p>'


def _now(words: Words, entry: Entry) -> str:
    if entry.project:
        return words(f"results.now.{_stage(entry)}", state=state(words, entry))
    authority = words(f"authority.{entry.authority}") if entry.authority else ""
    return words(f"results.now.{entry.state}", authority=authority)


def _stage(entry: Entry) -> str:
    """Name what may be said of a project: a proposal is not decided, a decision not carried out."""
    if entry.state != State.IN_PROJECT:
        return {State.DONE: "closed", State.NOT_FEASIBLE: "rejected"}[entry.state]
    return "under_way" if entry.under_way else "proposed"
