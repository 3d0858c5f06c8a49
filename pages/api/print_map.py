"""The area's map for the wall or the table: A3 or A0, without pins or with the meeting's."""

from collections.abc import Iterator, Sequence
from html import escape

from starlette.responses import Response

from components.words import Words, words
from data import protocol
from data.problems import BadInput
from data.protocol import Said
from geo import paper
from geo.area import Area
from geo.basemap import style
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
    drawn, u = chart(
        asked.here.area, WIDE, HIGH, letters=letters / times, mark=mark / times, said=said
    )
    css = f"@page{{size:{wide}mm {high}mm;margin:0}}\n:root{{--f:{times}}}\n{map_style(u)}"
    body = f'<section class="sheet map" dir="ltr">{_head(asked)}{drawn}{_foot(asked, letters / times)}</section>'
    return print_page.page(
        asked.say, title=asked.say("print.map"), body=body, css=css,
        hint=asked.say("print.hint", paper=size.upper()), links=_links(asked, size, pins),
    )  # fmt: skip


def chart(
    area: Area, wide: float, high: float, *, letters: float, mark: float, said: Sequence[Said] = ()
) -> tuple[str, float]:
    """Draw the map with its grid and numbered marks, and return it with its `--u`.

    All sizes in millimetres; around the map stand `EDGE` millimetres with the grid's names.
    """
    seen = paper.window_of(area, [one.pin.at for one in said], wide / high)
    scale = wide / seen.width
    zoom, u = paper.lettering(scale, letters)
    inside = paper.drawn(area, seen, zoom, edge=EDGE, width=wide, height=high)
    lines = "".join(_grid(area, seen, wide, high, scale))
    marks = "".join(_marks(area, seen, scale, said, mark))
    label = escape(area.title, quote=True)
    return (
        f'<svg class="chart" viewBox="0 0 {wide + 2 * EDGE} {high + 2 * EDGE}" role="img" '
        f'aria-label="{label}">{inside}{lines}{marks}</svg>'
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


def measure(area: Area, wide: float, aspect: float) -> str:
    """Return the scale bar and the arrow to the north."""
    metres, long = paper.bar(wide / paper.window(area, aspect).width, 60)
    half = long / 2
    return (
        f'<svg class="bar" viewBox="-1 -5 {long + 16} 9" role="img" aria-label="{metres} m">'
        f'<path d="M0 0h{half}v1.6h-{half}z" fill="#22303c"/>'
        f'<path d="M0 0h{long}v1.6h-{long}z" fill="none" stroke="#22303c" stroke-width=".35"/>'
        f'<text x="0" y="-1.2">0</text><text x="{long}" y="-1.2" text-anchor="middle">{metres} m</text>'
        f'<path d="M{long + 11} -4.6l2.6 8-2.6-1.9-2.6 1.9z" fill="#22303c"/>'
        f'<text x="{long + 8}" y="-1.6" text-anchor="end" font-weight="700">N</text></svg>'
    )


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


def _foot(asked: Asked, letters: float) -> str:
    area, plan = asked.here.area, asked.meeting.plan
    return (
        f"<footer>{legend(plan.kinds, print_page.spoken(plan.languages))}"
        f'<div class="measure">{measure(area, WIDE, ASPECT)}'
        f'<p class="source">{escape(area.attribution)}</p></div></footer>'
    )


def _links(asked: Asked, size: str, pins: bool) -> Iterator[Link]:
    code, lang = asked.meeting.code, asked.say.lang
    for name in SIZES:
        for shown in (False, True):
            text = f"{name.upper()} · {asked.say('print.with_pins' if shown else 'print.without_pins')}"
            query = {"m": code, "size": name, "lang": lang} | ({"pins": "1"} if shown else {})
            yield Link(text, query, here=(name, shown) == (size, pins))


def _grid(area: Area, seen: paper.Window, wide: float, high: float, scale: float) -> Iterator[str]:
    """Draw the squares by which paper names a place; they are the same on every sheet."""
    home = paper.window(area, ASPECT)
    across = _cuts(home.left - seen.left, home.width, seen.width, scale)
    down = _cuts(home.top - seen.top, home.height, seen.height, scale)
    lines = "".join(f"M{EDGE + x:.2f} {EDGE}v{high}" for _, x, _ in across)
    lines += "".join(f"M{EDGE} {EDGE + y:.2f}h{wide}" for _, y, _ in down)
    yield f'<path class="grid" d="{lines}"/>'
    yield f'<path class="frame" d="M{EDGE} {EDGE}h{wide}v{high}h-{wide}z"/>'
    for number, start, end in across:
        yield from _name(
            paper.column(number), (start + end) / 2 + EDGE, (3.9, high + 2 * EDGE - 1.8)
        )
    for number, start, end in down:
        for x in (3, wide + 2 * EDGE - 3):
            yield f'<text class="name" x="{x}" y="{(start + end) / 2 + EDGE + 1.2:.2f}">{number + 1}</text>'


def _name(text: str, x: float, ys: Sequence[float]) -> Iterator[str]:
    for y in ys:
        yield f'<text class="name" x="{x:.2f}" y="{y:.2f}">{text}</text>'


def _cuts(start: float, long: float, shown: float, scale: float) -> list[tuple[int, float, float]]:
    """List a direction's squares on the sheet: number, and where each begins and ends, in mm."""
    found = []
    number = 0
    while number * paper.SQUARE < long:
        begin = max(0.0, start + number * paper.SQUARE)
        end = min(shown, start + min(long, (number + 1) * paper.SQUARE))
        if end - begin > 0.3 * paper.SQUARE:  # a sliver has no room for its name
            found.append((number, begin * scale, end * scale))
        number += 1
    return found


def _marks(
    area: Area, seen: paper.Window, scale: float, said: Sequence[Said], size: float
) -> Iterator[str]:
    spots = [paper.spot(area, one.pin.at) for one in said]
    true = [(EDGE + (x - seen.left) * scale, EDGE + (y - seen.top) * scale) for x, y in spots]
    moved = paper.apart(true, size * 0.86)
    for there, here in zip(true, moved, strict=True):
        if there != here:
            d = f"M{there[0]:.2f} {there[1]:.2f}L{here[0]:.2f} {here[1]:.2f}"
            yield f'<path class="lead" d="{d}"/><circle class="spot" cx="{there[0]:.2f}" cy="{there[1]:.2f}" r="{size / 14:.2f}"/>'
    for one, here in sorted(zip(said, moved, strict=True), key=lambda pair: pair[1][1]):
        yield print_signs.mark(one.pin.kind, one.number, here, size)
