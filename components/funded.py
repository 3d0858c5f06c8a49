"""Funded projects on screen: the list, and one project's chain from what was said to its result."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from components import cards, results
from components.cards import own_words, plain, speech, tag
from components.map import Mark
from components.projects import apart
from components.words import Words
from data.funded import Funded, Result, Stage
from data.pins import Pin
from data.texts import isolated, lang_of

QUOTES = 3  # contributions that are read at once; the others are one tap away


def link(words: Words, number: int) -> str:
    """Return the address of a project's chain."""
    return "/funded?" + urlencode({"lang": words.lang, "project": number})


def ways(words: Words, found: Sequence[tuple[int, str]]) -> str:
    """Return the ways from a contribution to the projects behind which it stands, as HTML."""
    return "".join(
        f'<p class="kk-to"><a target="_self" href="{escape(link(words, number))}">'
        f"{escape(words('funded.to', project=number))} "
        f"<span {speech(title)}>{escape(title)}</span></a></p>"
        for number, title in found
    )


def figures(words: Words, every: Sequence[Funded]) -> None:
    """Draw how many were funded with how much, how many are done, and which wait."""
    funded = [one for one in every if one.stage in (Stage.RUNNING, Stage.DONE)]
    granted = sum(one.granted or 0 for one in funded)
    told = [
        (words.number(len(funded)), words.many("funded.count", len(funded))),
        (words.money(granted), words("funded.granted")),
        *_counted(words, every, Stage.DONE),
        *_counted(words, every, Stage.OPEN),
    ]
    tiles = "".join(
        f'<li><strong class="kk-figure">{escape(number)}</strong> {escape(text)}</li>'
        for number, text in told
    )
    st.html(f'<ul class="kk-figures">{tiles}</ul>')


def _counted(words: Words, every: Sequence[Funded], stage: Stage) -> list[tuple[str, str]]:
    number = sum(one.stage == stage for one in every)
    return [(words.number(number), words.many(f"funded.{stage}", number))] if number else []


def list_of(words: Words, found: Sequence[Funded], *, on_open: Callable[[int], None]) -> None:
    """Draw projects one below the other; the whole entry is the button."""
    for one in found:
        number = one.entry.number
        with st.container(key=f"kk-entry-funded-{number}", gap=None):
            st.html(_facts(words, one))
            st.button(
                isolated(plain(one.entry.title)),
                key=f"funded-{number}",
                type="tertiary",
                width="stretch",
                on_click=on_open,
                args=(number,),
            )


def marks(found: Sequence[Funded], chosen: Funded | None, behind: Sequence[Pin]) -> list[Mark]:
    """Mark the projects, or the chosen one among what was said."""
    shown = [chosen] if chosen else found
    look = "chosen" if chosen else ""
    return apart(
        [
            *(
                Mark(one.entry.key, one.entry.at, "project", look, one.entry.number)
                for one in shown
            ),
            *(Mark(pin.id, pin.at, pin.kind) for pin in behind),
        ]
    )


def chain(
    words: Words,
    one: Funded,
    needs: Sequence[tuple[int, str, int]],
    behind: Sequence[Pin],
    result: Result,
) -> None:
    """Draw the whole chain: what was said, the need, the project, the decision, the result."""
    stations = (
        ("said", _said(words, behind)),
        ("need", _needs(words, needs)),
        ("project", _project(words, one)),
        ("decision", _decision(words, one)),
        ("result", _result(words, one, result)),
    )
    parts = "".join(
        f'<li class="kk-station{"" if body else " kk-open"}"><h3>{escape(words(f"funded.{name}"))}'
        f"</h3>{body or _not_yet(words, name, one)}</li>"
        for name, body in stations
        if body or name in ("decision", "result")
    )
    title = speech(one.entry.title)
    st.html(
        f'<h2 id="kk-chain" tabindex="-1" {title}>{escape(one.entry.title)}</h2>'
        f'{_facts(words, one)}<ol class="kk-chain">{parts}</ol>'
    )


# --- inside -----------------------------------------------------------------


def _facts(words: Words, one: Funded) -> str:
    entry = one.entry
    sums = words.money(one.granted) if one.granted else words.money(entry.cents)
    asked = sums if one.granted else words("funded.asked", sum=sums)
    facts = [asked, words(f"fund.{entry.fund}"), words.place(one.place)]
    demo = f" {tag(words('demo.label'))}" if entry.demo else ""
    stage = (
        f'<span class="kk-tag kk-stage-{one.stage}">{escape(results.state(words, entry))}</span>'
    )
    return f'<p class="kk-facts">{stage}{demo} {escape(" · ".join(facts))}</p>'


def _said(words: Words, behind: Sequence[Pin]) -> str:
    if not behind:
        return ""
    count = words.many("results.pins", len(behind))
    first = min(pin.created_at for pin in behind)
    quotes = "".join(
        f'<li class="kk-edge-{pin.kind}">{cards.shape(pin.kind)} {cards.said(words, pin)}'
        f'<a target="_self" href="/?{escape(urlencode({"lang": words.lang, "pin": pin.id}))}">'
        f"{escape(words('pin.number', number=pin.number))}</a></li>"
        for pin in behind[:QUOTES]
    )
    since = words("funded.since", day=words.day(first))
    return f'<p>{escape(count)} · {escape(since)}</p><ul class="kk-quotes">{quotes}</ul>'


def _needs(words: Words, needs: Sequence[tuple[int, str, int]]) -> str:
    rows = "".join(
        f"<li><strong {speech(title)}>{escape(title)}</strong> "
        f'<span class="kk-facts">{escape(words.many("results.pins", pins))}</span></li>'
        for _, title, pins in needs
    )
    return f'<ul class="kk-bare">{rows}</ul>' if rows else ""


def _project(words: Words, one: Funded) -> str:
    climate = f" · {words('climate')}" if one.climate else ""
    rows = [
        ("number", str(one.entry.number)),
        ("asked_sum", words.money(one.entry.cents)),
        ("fund", words(f"fund.{one.entry.fund}")),
        ("place", words.place(one.place)),
        ("field", words(f"field.{one.entry.field}") + climate),
    ]
    if one.starts_on and one.ends_on:
        rows.append(("period", f"{words.day(one.starts_on)} – {words.day(one.ends_on)}"))
    return _dl(words, rows)


def _dl(words: Words, rows: Sequence[tuple[str, str]]) -> str:
    body = "".join(
        f"<div><dt>{escape(words(f'funded.fact.{name}'))}</dt><dd>{escape(text)}</dd></div>"
        for name, text in rows
    )
    return f'<dl class="kk-dl">{body}</dl>'


def _decision(words: Words, one: Funded) -> str:
    if one.stage == Stage.OPEN or not one.decided_at:
        return ""
    day = words.day(one.decided_at)
    if one.granted:
        said = words("funded.decided", sum=words.money(one.granted), day=day)
    else:
        key = "postponed" if one.entry.project == "postponed" else "rejected"
        said = words(f"funded.{key}", day=day)
    return f"<p><strong>{escape(said)}</strong></p>" + _why(words, one)


def _why(words: Words, one: Funded) -> str:
    less = one.granted is not None and one.granted < one.entry.cents
    told = (
        f"<p>{escape(words('funded.less', sum=words.money(one.entry.cents)))}</p>" if less else ""
    )
    for name, text in (("reason", one.reason), ("conditions", one.conditions)):
        if text:
            told += f'<p class="kk-label">{escape(words(f"step.{name}"))}</p>'
            told += own_words(text, "de", "kk-answer")
    return told


def _result(words: Words, one: Funded, result: Result) -> str:
    report = result.report
    told = own_words(report.words, lang_of(report.words, "de"), "kk-answer") if report else ""
    if report and report.people:
        told += f"<p>{escape(words.many('funded.people', report.people))}</p>"
    if one.spent is not None:
        told += f"<p>{escape(words('funded.spent', sum=words.money(one.spent)))}</p>"
    pictures = "".join(
        f'<figure><img class="kk-seen" src="api/report_photos/{escape(photo.id)}" loading="lazy" '
        f'width="{photo.width}" height="{photo.height}" alt="{escape(photo.words)}">'
        f"<figcaption {speech(photo.words)}>{escape(photo.words)}</figcaption>"
        "</figure>"
        for photo in result.photos
    )
    return told + (f'<div class="kk-photos">{pictures}</div>' if pictures else "")


def _not_yet(words: Words, station: str, one: Funded) -> str:
    key = f"funded.not_yet.{station}"
    if station == "result" and one.stage == Stage.NOT_FUNDED:
        key = "funded.not_yet.no_result"
    return f"<p>{escape(words(key))}</p>"
