"""The map: one folium element of ours inside st_folium; it fetches its pins by itself.

What goes through folium is percent-encoded JSON of ids, places, shapes and filters, since folium
renders every script a second time as a template (docs/decisions/0001-map.md).
"""

import functools
import html
import json
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import folium
import streamlit as st
from folium.elements import JSCSSMixin
from folium.template import Template

from components import session
from components.words import Words
from data import filters
from data.filters import Box, Filter
from data.funds import Fund
from data.instance import ROOT
from geo import shapes
from geo.area import Area
from geo.points import LonLat, is_place

UP = "../.."  # from /component/streamlit_folium.st_folium/ to the root, also below a base path
folium.Map.default_js = [("leaflet", f"{UP}/vendor/leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet", f"{UP}/vendor/leaflet/leaflet.css")]
LABELS = (
    *("label", "look", "zoom_in", "zoom_out", "window", "cluster", "draft", "offline"),
    *("shape", "shape_done", "shape_cancel", "shape_how", "shape_keys", "shape_corners"),
    *("heat", "heat_few", "heat_many"),
)


@dataclass(frozen=True)
class Mark:
    """Something single on the map: an own pin, a pin of a group, a project."""

    id: str
    at: LonLat
    shape: str  # strength | problem | idea | project, or a fund
    look: str = ""  # waiting | own | chosen | dim
    number: int = 0  # drawn on a project
    size: int = 0  # pixels across, of a fund's shape
    shade: str = ""  # early | jury | granted | over, of a fund's shape


@dataclass(frozen=True)
class Event:
    """What somebody did on the map; exactly one of the others is set."""

    n: int
    tap: LonLat | None = None
    pick: str | None = None
    spot: Box | None = None  # a cluster that cannot be zoomed apart
    window: Box | None = None
    shape: tuple[LonLat, ...] | None = None  # drawn by hand, three places or more
    line: tuple[LonLat, ...] | None = None  # drawn by hand and open, two places or more


@dataclass(frozen=True)
class Look:
    """What the map shows now; a change of it is no remount."""

    wanted: Filter = field(default_factory=Filter)
    scope: str = "public"  # public | all | none
    marks: Sequence[Mark] = ()
    draft: LonLat | None = None
    go: LonLat | None = None  # move there, once
    fit: Box | None = None  # show all of it, once
    seen: LonLat | None = None  # move there once, if it is not in view
    revision: int = 0
    shape: Sequence[LonLat] = ()  # drawn on it, if the filter has none
    squares: Sequence[Sequence[float]] = ()  # (west, south, east, north, level 1 | 2, number or 0)
    path: Sequence[LonLat] = ()  # a broken line below the marks


def show(
    area: Area,
    words: Words,
    look: Look,
    *,
    key: str,
    on_event: Callable[[Event], None],
    taps: bool = True,
    window: bool = False,
    keep: bool = True,
    cross: bool = False,
    shape: bool | str = False,
    fan: bool = False,
    heat: bool = False,
) -> None:
    """Draw the map; what is done on it calls `on_event` before the page runs again.

    `taps` lets choose a place, `window` offers to keep to what is seen, `keep` carries the
    view over to the next map of this tab, `cross` moves the map under a fixed cross,
    `shape` offers to draw one ("line": an open one), `fan` opens what lies on one spot on the map
    itself, `heat` offers to show where most pins are. A page's own script may take part through the frame's `kiezkarte` (hear, mark, go, home, speak, state in
    static/map.js).
    """
    # Known to the browser only when it is loaded while the app runs, and our routes load earlier
    from streamlit_folium import st_folium

    st_folium(
        _map(
            area,
            words,
            {
                "taps": taps,
                "window": window,
                "keep": keep,
                "cross": cross,
                "shape": shape,
                "fan": fan,
                "heat": heat,
                **_ground(area),
            },
        ),
        key=key,
        height=480,  # the style sheet decides
        use_container_width=True,
        returned_objects=[],  # our element is the only one that sends
        feature_group_to_add=_state(look, heard=st.session_state.get(f"{key}-seen", 0)),
        on_change=lambda: _handle(key, on_event),
    )


def around(places: Sequence[LonLat]) -> Box | None:
    """Return the window that holds all places; None without any.

    >>> around([LonLat(13.42, 52.5), LonLat(13.41, 52.51)])
    Box(west=13.41, south=52.5, east=13.42, north=52.51)
    """
    if not places:
        return None
    lons, lats = [at.lon for at in places], [at.lat for at in places]
    return Box(min(lons), min(lats), max(lons), max(lats))


def spoken(words: Words) -> dict[str, Any]:
    """Return what the map says in one language; a page's own script may change it (`speak`)."""
    kinds = {kind: words(f"kind.{kind}") for kind in ("strength", "problem", "idea")}
    kinds |= {fund: words(f"fund.{fund}") for fund in Fund}
    return {
        "dir": words.dir,
        "lang": words.html_lang,
        "words": {name: words(f"map.{name}") for name in LABELS},
        "kinds": kinds | {"project": words("map.project"), "partner": words("map.partner")},
    }


class _Script(JSCSSMixin, folium.MacroElement):
    """Calls one function of static/map.js with percent-encoded JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "kiezkarte.{{ this.call }}("
        "{% if this.on_map %}{{ this._parent.get_name() }}, {% endif %}"
        'JSON.parse(decodeURIComponent("{{ this.coded }}")));'
        "{% endmacro %}"
    )

    def __init__(self, call: str, given: Mapping[str, Any], *, on_map: bool = False) -> None:
        super().__init__()
        self._name = "kiezkarte"
        self.call = call
        self.on_map = on_map
        self.coded = urllib.parse.quote(json.dumps(given, separators=(",", ":")), safe="")
        names = ("map.js", "shape.js", "fan.js", "heat.js")
        self.default_js = [(name, f"{UP}/assets/{name}?{_version(name)}") for name in names]
        self.default_css = [("kiezkarte", f"{UP}/assets/map.css?{_version('map.css')}")]


def _ground(area: Area) -> dict[str, Any]:
    """Say what lies under the pins: the drawn area, or the office's own tiles with the boundary."""
    tiles = session.instance().tiles
    if tiles is None:
        return {}
    return {
        "tiles": [tiles.lowest, tiles.highest],
        "attribution": html.escape(tiles.attribution),
        "boundary": area.boundary.__geo_interface__,
    }


def _map(area: Area, words: Words, options: Mapping[str, Any]) -> folium.Map:
    drawn = folium.Map(
        location=[area.centre.lat, area.centre.lon],
        zoom_start=area.zoom,
        tiles=None,
        zoom_control=False,
        min_zoom=14,
        max_zoom=19,
        maxZoom=19,
        minZoom=14,
    )
    given = {
        "box": area.box,
        "attribution": html.escape(area.attribution),
        **options,
        **spoken(words),
    }
    if options.get("shape") == "line":
        given["words"] |= {f"shape{end}": words(f"map.line{end}") for end in ("", "_done", "_how")}
    drawn.add_child(_Script("mount", given, on_map=True))
    return drawn


def _state(look: Look, *, heard: int = 0) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="state")
    given = {
        "query": urllib.parse.urlencode(filters.to_query(look.wanted)),
        "scope": look.scope,
        "revision": look.revision,
        "heard": heard,  # a tap that was refused puts the map's own draft right again
        "draft": look.draft,
        "go": look.go,
        "fit": look.fit,
        "seen": look.seen,
        "shape": look.wanted.shape or list(look.shape),
        "squares": [list(square) for square in look.squares],
        "path": list(look.path),
        "marks": [
            [m.id, m.at.lon, m.at.lat, m.shape, m.look, m.number, m.size, m.shade]
            for m in look.marks
        ],
    }
    group.add_child(_Script("update", given))
    return group


def _handle(key: str, on_event: Callable[[Event], None]) -> None:
    event = read(st.session_state.get(key))
    seen = f"{key}-seen"
    if event and event.n != st.session_state.get(seen):
        st.session_state[seen] = event.n
        on_event(event)


def read(raw: object) -> Event | None:
    """Read what the browser sent; anything but a well-formed event is nothing.

    >>> read({"n": 3, "tap": [13.42, 52.5]}).tap
    LonLat(lon=13.42, lat=52.5)
    >>> read({"n": 3, "tap": [float("nan"), 52.5]}), read("x"), read(None)
    (None, None, None)
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("n"), int):
        return None
    tap, pick = raw.get("tap"), raw.get("pick")
    if isinstance(tap, list) and len(tap) == 2 and is_place(*tap):
        return Event(raw["n"], tap=LonLat(*tap))
    if isinstance(pick, str) and 0 < len(pick) <= 64:
        return Event(raw["n"], pick=pick)
    if spot := _box(raw.get("spot")):
        return Event(raw["n"], spot=spot)
    if window := _box(raw.get("window")):
        return Event(raw["n"], window=window)
    if line := _places(raw.get("line"), shapes.is_line):
        return Event(raw["n"], line=line)
    shape = _places(raw.get("shape"), shapes.is_shape)
    return Event(raw["n"], shape=shape) if shape else None


def _places(raw: object, is_whole: Callable[[Sequence[Any]], bool]) -> tuple[LonLat, ...]:
    if not isinstance(raw, list) or not all(isinstance(at, list) and len(at) == 2 for at in raw):
        return ()
    return tuple(LonLat(*at) for at in raw) if is_whole(raw) else ()


def _box(raw: object) -> Box | None:
    if not isinstance(raw, list) or len(raw) != 4:
        return None
    fine = is_place(raw[0], raw[1]) and is_place(raw[2], raw[3])
    return Box(*raw) if fine and raw[0] < raw[2] and raw[1] < raw[3] else None


@functools.cache
def _version(name: str) -> str:
    file = ROOT / "static" / name
    return f"{file.stat().st_mtime_ns:x}"
