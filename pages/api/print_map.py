"""The area's map for the wall or the table: A3 or A0, without pins or with the meeting's."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from starlette.responses import Response

from components.words import Words, words
from data import protocol
from data.problems import BadInput
from geo import paper
from geo.area import Area
from geo.basemap import style
from geo.points import LonLat
from pages.api import print_page, print_signs
from pages.api.print_asked import Asked
from pages.api.print_page import Link

# name: (width, height in mm, times the A3 sheet, names in mm, marks in mm)
SIZES = {
    "a3": (420, 297, 1, 3.0, 9),
    "a0": (1189, 841, 2.83, 5.0, 17),
}
EDGE = 6  # mm on A3 for the grid's names
WIDE, HIGH = 388, 220  # mm of the map on A3
ASPECT = WIDE / HIGH


def sheet(asked: Asked) -> Response:
    """Return the page of a map."""
    size, pins = asked.text("size", "a3"), asked.text("pins") == "1"
    if size not in SIZES:
        raise BadInput("print.size", field="size")
    said = protocol.numbered(asked.here.store, asked.leader, asked.meeting.id) if pins else ()
    wide, high, times, letters, mark = SIZES[size]
    seen = paper.window_of(asked.here.area, [one.pin.at for one in said], ASPECT)
    on = Sheet(asked.here.area, seen, WIDE, HIGH)
    drawn, u = chart(on, letters=letters / times, mark=mark / times, said=said)
    css = f"@page{{size:{wide}mm {high}mm;margin:0}}\n:root{{--f:{times}}}\n{map_style(u)}"
    body = f'<section class="sheet map" dir="ltr">{_head(asked)}{drawn}{_foot(asked, on)}</section>'
    return print_page.page(
        asked.say, title=asked.say("print.map"), body=body, css=css,
        hint=asked.say("print.hint", paper=size.upper()), links=_links(asked, size, pins),
    )  # fmt: skip


class Placed(Protocol):
    """What stands on a map."""

    @property
    def at(self) -> LonLat:
        """Where it stands."""
        ...

    @property
    def kind(self) -> str:
        """Which shape and sign it has."""
        ...


class Numbered(Protocol):
    """What stands on a map under a number."""

    @property
    def number(self) -> int:
        """Its number on this paper."""
        ...

    @property
    def pin(self) -> Placed:
        """What it is the number of."""
        ...


@dataclass(frozen=True)
class Sheet:
    """A map on paper, its sizes in millimetres: around it stand `edge` with the grid's names."""

    area: Area
    seen: paper.Window
    wide: float
    high: float
    edge: float = EDGE

    @property
    def scale(self) -> float:
        """Millimetres a map unit."""
        return self.wide / self.seen.width


def chart(
    on: Sheet, *, letters: float, mark: float, said: Sequence[Numbered] = ()
) -> tuple[str, float]:
    """Draw the map with its grid and numbered marks, and return it with its `--u`.

    Names are `letters` high, marks `mark`, in millimetres.
    """
    zoom, u = paper.lettering(on.scale, letters)
    inside = paper.drawn(on.area, on.seen, zoom, edge=on.edge, width=on.wide, height=on.high)
    drawn = "".join((inside, *_grid(on), *_marks(on, said, mark)))
    label = escape(on.area.title, quote=True)
    return (
        f'<svg class="chart" viewBox="0 0 {on.wide + 2 * on.edge} {on.high + 2 * on.edge}" '
        f'role="img" aria-label="{label}">{drawn}</svg>'
    ), u


def map_style(u: float) -> str:
    """Return the style of a drawn map, its names `u` map units a pixel."""
    return f"{style()}\n.basemap.paper{{--u:{u}}}"


def legend(kinds: Sequence[str], languages: Sequence[Words]) -> str:
    """Return the kinds' signs with what they say, in several languages."""
    items = (
        f"<li>{print_signs.sign(kind)}<p>{print_page.in_all(f'kind.{kind}.say', languages)}</p></li>"
        for kind in kinds
    )
    return f'<ul class="legend">{"".join(items)}</ul>'


# --- inside -----------------------------------------------------------------


def _head(asked: Asked) -> str:
    plan = asked.meeting.plan
    question = print_page.theirs(plan.question, "p", "question") if plan.question else ""
    where = " · ".join((plan.place,) if plan.place else ())
    day = escape(words("de").day(plan.held_on))
    return (
        f'<header><div><p class="brand">Kiezkarte · {print_page.theirs(asked.here.area.title)}</p>'
        f"{print_page.theirs(plan.title, 'h1')}</div>"
        f'<div class="aside">{question}<p class="when">{day}'
        f"{' · ' + print_page.theirs(where) if where else ''}</p></div></header>"
    )


def _foot(asked: Asked, on: Sheet) -> str:
    area, plan = asked.here.area, asked.meeting.plan
    return (
        f"<footer>{legend(plan.kinds, print_page.spoken(plan.languages))}"
        f'<div class="measure">{_measure(on)}'
        f'<p class="source">{escape(area.attribution)}</p></div></footer>'
    )


def _measure(on: Sheet) -> str:
    """Draw the scale bar and the arrow to the north."""
    metres, long = paper.bar(on.scale, 52)
    half, north = long / 2, long + 17
    return (
        f'<svg class="bar" viewBox="-1 -5 {north + 5} 9" role="img" aria-label="{metres} m">'
        f'<path d="M0 0h{half}v1.6h-{half}z" fill="#22303c"/>'
        f'<path d="M0 0h{long}v1.6h-{long}z" fill="none" stroke="#22303c" stroke-width=".35"/>'
        f'<text x="0" y="-1.2">0</text><text x="{long}" y="-1.2" text-anchor="middle">{metres} m</text>'
        f'<path d="M{north} -4.4l2.6 7.8-2.6-1.9-2.6 1.9z" fill="#22303c"/>'
        f'<text x="{north - 4}" y="1.4" text-anchor="end" font-weight="700">N</text></svg>'
    )


def _links(asked: Asked, size: str, pins: bool) -> Iterator[Link]:
    code, lang = asked.meeting.code, asked.say.lang
    for name in SIZES:
        for shown in (False, True):
            text = f"{name.upper()} · {asked.say('print.with_pins' if shown else 'print.without_pins')}"
            query = {"m": code, "size": name, "lang": lang} | ({"pins": "1"} if shown else {})
            yield Link(text, query, here=(name, shown) == (size, pins))


def _grid(on: Sheet) -> Iterator[str]:
    """Draw the squares by which paper names a place; they are the same on every sheet."""
    home, edge = paper.window(on.area, ASPECT), on.edge
    across = _cuts(home.left - on.seen.left, home.width, on.seen.width, on.scale)
    down = _cuts(home.top - on.seen.top, home.height, on.seen.height, on.scale)
    lines = "".join(f"M{edge + x:.2f} {edge}v{on.high}" for _, x, _ in across)
    lines += "".join(f"M{edge} {edge + y:.2f}h{on.wide}" for _, y, _ in down)
    yield f'<path class="grid" d="{lines}"/>'
    yield f'<path class="frame" d="M{edge} {edge}h{on.wide}v{on.high}h-{on.wide}z"/>'
    size = edge * 0.6
    yield f'<g class="names" font-size="{size:.2f}">'
    for number, start, end in across:
        for y in (edge / 2, on.high + edge * 1.5):
            yield _name(paper.column(number), edge + (start + end) / 2, y + size / 3)
    for number, start, end in down:
        for x in (edge / 2, on.wide + edge * 1.5):
            yield _name(str(number + 1), x, edge + (start + end) / 2 + size / 3)
    yield "</g>"


def _name(text: str, x: float, y: float) -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}">{text}</text>'


def _cuts(start: float, long: float, shown: float, scale: float) -> list[tuple[int, float, float]]:
    """List a direction's squares on the sheet: number, and where each begins and ends, in mm."""
    found = []
    for number in range(math.ceil(long / paper.SQUARE)):
        begin = max(0.0, start + number * paper.SQUARE)
        end = min(shown, start + min(long, (number + 1) * paper.SQUARE))
        if end - begin > 0.3 * paper.SQUARE:  # a sliver has no room for its name
            found.append((number, begin * scale, end * scale))
    return found


def _marks(on: Sheet, said: Sequence[Numbered], size: float) -> Iterator[str]:
    """Draw the numbered marks; one that had to move aside keeps a line to its place."""
    spots = [paper.spot(on.area, one.pin.at) for one in said]
    true = [
        (on.edge + (x - on.seen.left) * on.scale, on.edge + (y - on.seen.top) * on.scale)
        for x, y in spots
    ]
    moved = paper.apart(true, size * 0.86)
    for there, here in zip(true, moved, strict=True):
        if there != here:
            yield (
                f'<path class="lead" d="M{there[0]:.2f} {there[1]:.2f}L{here[0]:.2f} {here[1]:.2f}"/>'
                f'<circle class="spot" cx="{there[0]:.2f}" cy="{there[1]:.2f}" r="{size / 14:.2f}"/>'
            )
    for one, here in sorted(zip(said, moved, strict=True), key=lambda pair: pair[1][1]):
        yield print_signs.mark(one.pin.kind, one.number, here, size)
