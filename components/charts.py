"""Charts that are tables: every bar stands in a row with its numbers, for the eye, ear and printer."""

import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from babel.dates import format_skeleton

from components import cards
from components.filter_address import IN_ADDRESS
from components.words import Words
from data import filters
from data.filters import Filter
from data.pins import Kind

KINDS = (Kind.STRENGTH, Kind.PROBLEM, Kind.IDEA)
SKELETONS = {"week": "yMMMd", "month": "yMMM", "year": "y"}


@dataclass(frozen=True)
class Bar:
    """One row: its name, how many (of each kind, or one number), and where a tap on it leads."""

    label: str
    parts: tuple[int, ...]
    to: str = ""
    sign: str = ""  # safe HTML before the name
    tag: str = ""  # said after the name
    note: str = ""  # beside the number

    @property
    def all(self) -> int:
        """Count what the bar is long for."""
        return sum(self.parts)


@dataclass(frozen=True)
class Chart:
    """One chart: what it is about, what one sees in a sentence, its rows."""

    key: str
    title: str
    says: str
    head: str  # names the rows
    bars: Sequence[Bar]
    note: str = ""  # names the second number, if there is one
    kinds: bool = False  # each row has a number a kind


def html(words: Words, charts: Iterable[Chart]) -> str:
    """Return charts as HTML, side by side where there is room."""
    drawn = "".join(_chart(words, chart) for chart in charts if chart.bars)
    return f'<div class="kk-charts">{drawn}</div>'


def way(words: Words, page: str, wanted: Filter) -> str:
    """Return the address of a page of this office under a filter."""
    query = {IN_ADDRESS.get(name, name): value for name, value in filters.to_query(wanted).items()}
    return f"{page}?{urllib.parse.urlencode({'lang': words.lang, **query})}"


def percent(words: Words, part: int, every: int) -> str:
    """Write a part of a hundred; a small one is no zero."""
    share = 100 * part / every if every else 0.0
    if 0 < share < 1:
        return words("figures.percent_less")
    return words("figures.percent", n=words.number(min(99, round(share)) if part < every else 100))


def period(words: Words, first: date, step: str) -> str:
    """Name a week by its first day, a month, or a year."""
    return format_skeleton(SKELETONS[step], first, locale=words.html_lang)


def _chart(words: Words, chart: Chart) -> str:
    most = max((bar.all for bar in chart.bars), default=0) or 1
    rows = "".join(_row(words, chart, bar, most) for bar in chart.bars)
    return (
        f'<section class="kk-chart kk-chart-{chart.key}" aria-labelledby="kk-chart-{chart.key}">'
        f'<h2 id="kk-chart-{chart.key}">{escape(chart.title)}</h2>'
        f'<p class="kk-says">{escape(chart.says)}</p>'
        f'<table class="kk-bars kk-numbers"><caption class="kk-unseen">{escape(chart.title)}</caption>'
        f"<thead>{_head(words, chart)}</thead><tbody>{rows}</tbody></table></section>"
    )


def _head(words: Words, chart: Chart) -> str:
    names = [
        f'{cards.shape(kind)}<span class="kk-unseen">{escape(words(f"kind.{kind}"))}</span>'
        for kind in KINDS
        if chart.kinds
    ]
    names.append(escape(words("figures.sum" if chart.kinds else "figures.number")))
    if chart.note:
        names.append(escape(chart.note))
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f'<tr><th scope="col">{escape(chart.head)}</th>{cells}<td aria-hidden="true"></td></tr>'


def _row(words: Words, chart: Chart, bar: Bar, most: int) -> str:
    cells = "".join(f"<td>{words.number(n)}</td>" for n in bar.parts if chart.kinds)
    cells += f'<td class="kk-all">{words.number(bar.all)}</td>'
    if chart.note:
        cells += f"<td>{escape(bar.note)}</td>"
    name = f'{bar.sign}<bdi dir="auto">{escape(bar.label)}</bdi>'
    if bar.to and bar.all:
        name = f'<a href="{escape(bar.to)}" target="_self">{name}</a>'
    tag = f" {cards.tag(bar.tag)}" if bar.tag else ""
    return (
        f'<tr><th scope="row">{name}{tag}</th>{cells}'
        f'<td class="kk-bar" aria-hidden="true"><div>{_parts(chart, bar, most)}</div></td></tr>'
    )


def _parts(chart: Chart, bar: Bar, most: int) -> str:
    looks = [f"kk-part-{kind}" for kind in KINDS] if chart.kinds else ["kk-part-all"]
    return "".join(
        f'<span class="{look}" style="width:{100 * number / most:.2f}%"></span>'
        for look, number in zip(looks, bar.parts, strict=True)
        if number
    )
