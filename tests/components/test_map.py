"""The map's element: only ids, numbers and codes pass through folium, and hostile events are nothing."""

import json
import math
import os
import re
import subprocess
import sys
import urllib.parse

import folium
import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string

from components import map as maps
from components.map import Look, Mark
from components.words import words
from data import areas
from data.filters import Filter
from data.instance import ROOT
from geo.points import LonLat

HOSTILE = (
    "{{ cycler.__init__.__globals__.os.environ.update(KIEZKARTE_PWNED='1') }}",
    "{% for x in () %}",
    "${globalThis.pwned = 1}",
    "</script><script>globalThis.pwned = 1</script>",
    "`\"'\\\u2028",
)


@pytest.fixture
def area():
    return areas.load("mariannenplatz")


def scripts(area, look: Look) -> str:
    drawn = maps._map(area, words("de"), {"taps": True})
    drawn.get_root().render()
    return _get_map_string(drawn) + _get_feature_group_string(maps._state(look), drawn)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_search_text_is_never_run_as_a_template(area, hostile: str) -> None:
    text = scripts(
        area, Look(wanted=Filter(text=hostile), marks=[Mark(hostile, LonLat(13.42, 52.5), hostile)])
    )
    assert "KIEZKARTE_PWNED" not in os.environ
    assert hostile not in text


def test_what_passes_through_folium_holds_no_sign_that_could_end_a_string() -> None:
    coded = maps._Script("update", {"query": "".join(HOSTILE)}).coded
    assert not set(coded) & set("{}<>\"'`$\\")
    assert json.loads(urllib.parse.unquote(coded)) == {"query": "".join(HOSTILE)}


def test_the_map_loads_nothing_from_elsewhere(area) -> None:
    drawn = maps._map(area, words("de"), {"taps": True})
    links = [
        link
        for part in (drawn, *drawn._children.values())
        for _, link in [*getattr(part, "default_js", []), *getattr(part, "default_css", [])]
    ]
    assert links
    assert [link for link in links if link.startswith(("http", "//"))] == []


def test_the_map_script_stays_the_same_over_reruns(area) -> None:
    one, two = (maps._Script("mount", {"box": area.box}).coded for _ in range(2))
    assert one == two
    assert isinstance(maps._map(area, words("de"), {"taps": True}), folium.Map)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "tap",
        [],
        {},
        {"n": "1", "tap": [13.4, 52.5]},
        {"n": 1},
        {"n": 1, "tap": [13.4]},
        {"n": 1, "tap": ["13.4", "52.5"]},
        {"n": 1, "tap": [math.nan, 52.5]},
        {"n": 1, "tap": [math.inf, 52.5]},
        {"n": 1, "tap": [1e308, 52.5]},
        {"n": 1, "tap": [True, False]},
        {"n": 1, "pick": ""},
        {"n": 1, "pick": "x" * 65},
        {"n": 1, "pick": {"id": 1}},
        {"n": 1, "spot": [13.5, 52.5, 13.4, 52.6]},
        {"n": 1, "spot": [13.4, 52.5, 13.5, math.nan]},
        {"n": 1, "window": "13.4,52.5,13.5,52.6"},
        {"n": 1, "shape": [[13.4, 52.5], [13.5, 52.5]]},
        {"n": 1, "shape": [[13.4, 52.5], [13.5, 52.5], [13.5, math.nan]]},
        {"n": 1, "shape": [[13.4, 52.5], [13.5, 52.5], [13.5]]},
        {"n": 1, "shape": [[13.4, 52.5], [13.5, 52.5], "13.5,52.6"]},
        {"n": 1, "shape": [[13.4, 52.5], [93.5, 52.5], [13.5, 52.6]]},
        {"n": 1, "shape": [[13.4, 52.5], [13.4, 52.5], [13.4, 52.5]]},
        {"n": 1, "shape": [[13.4 + i / 1000, 52.5 + i % 7 / 100] for i in range(61)]},
        {"n": 1, "shape": "x" * 100},
    ],
)
def test_a_malformed_event_is_nothing(raw: object) -> None:
    assert maps.read(raw) is None


def test_an_event_is_read() -> None:
    assert maps.read({"n": 1, "tap": [13.4, 52.5]}) == maps.Event(1, tap=LonLat(13.4, 52.5))
    assert maps.read({"n": 2, "pick": "abc"}) == maps.Event(2, pick="abc")
    window = maps.read({"n": 3, "window": [13.4, 52.5, 13.5, 52.6]})
    assert window is not None
    assert window.window == (13.4, 52.5, 13.5, 52.6)
    corners = [[13.4, 52.5], [13.5, 52.5], [13.5, 52.6]]
    assert maps.read({"n": 4, "shape": corners}) == maps.Event(
        4, shape=tuple(LonLat(*at) for at in corners)
    )


def test_every_word_that_the_script_uses_is_given_to_it() -> None:
    names = ("map.js", "shape.js", "fan.js", "heat.js")
    script = "".join((maps.ROOT / "static" / name).read_text(encoding="utf-8") for name in names)
    used = set(re.findall(r"(?:options\.words|\bsay)\.(\w+)", script))
    assert used == set(maps.LABELS)
    assert all(words("de")(f"map.{name}") != f"map.{name}" for name in used)


def test_the_server_starts_without_the_map():
    """Its component is known to the browser only when it is loaded by a page of the running app."""
    asked = "import app, sys; sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0
