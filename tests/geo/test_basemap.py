"""The basemap as one SVG, and its lettering."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import shapely

from data.areas import load
from geo.area import Area, Street
from geo.basemap import _Sheet, svg
from geo.lettering import ZOOMS, place
from geo.points import LonLat


@pytest.fixture(scope="module")
def kiez():
    return load("mariannenplatz")


@pytest.fixture(scope="module")
def drawn(kiez):
    return svg(kiez)


@pytest.fixture(scope="module")
def placed(kiez):
    sheet = _Sheet(kiez)
    return place([*sheet.names([])], [])


def test_the_map_is_well_formed_and_small(drawn):
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert len(drawn.encode()) < 250_000


def test_the_map_asks_for_nothing_from_outside(drawn):
    without_namespace = drawn.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(
        r"https?:|//|@import|url\(|<script|<image|<use|\son\w+=", without_namespace
    )


def test_references_stay_within_the_map(drawn):
    ids = re.findall(r' id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("bm-") for name in ids)
    assert set(re.findall(r'href="#([^"]+)"', drawn)) == set(ids)


def test_no_rule_leaks_out_of_the_map(drawn):
    rules = re.search(r"<style>(.*)</style>", drawn, re.S).group(1)
    selectors = re.findall(r"([^{}]+)\{", rules)
    assert selectors
    assert all(part.strip().startswith(".basemap") for s in selectors for part in s.split(","))


def test_the_paper_has_the_proportions_of_its_box(kiez, drawn):
    width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', drawn).groups())
    assert width == pytest.approx(3728.3, abs=0.1)
    assert width / height == pytest.approx(1.433, abs=0.002)


def test_drawing_twice_gives_the_same_map(kiez, drawn):
    assert svg.__wrapped__(kiez) == drawn


def test_a_map_without_labels_has_no_text(kiez):
    assert "<text" not in svg(kiez, labels=False)


def test_no_name_lies_on_another_at_any_zoom(placed):
    for zoom in ZOOMS:
        grounds = [label.footprint(zoom) for label in placed if label.zoom <= zoom]
        pairs = shapely.STRtree(grounds).query(grounds, "intersects").T
        assert all(a == b for a, b in pairs)


def test_no_name_is_upside_down(placed):
    assert all(label.path[0][0] <= label.path[-1][0] for label in placed if label.path)
    assert all(abs(label.angle) <= 90 for label in placed)


@pytest.mark.parametrize("name", ["Audre-Lorde-Straße", "Spree", "Bethanien", "Feuerwehrbrunnen"])
def test_what_everybody_knows_is_named(drawn, name):
    assert f">{name}<" in drawn


def test_the_boundary_says_that_it_is_approximate(drawn):
    assert "ungefähre Grenze der Förderkulisse" in drawn


def tiny(**more) -> Area:
    return Area(
        name="dorf",
        title='Dorf "am" <Fluss> & Tal',
        attribution="wir",
        licence="CC0",
        boundary=shapely.box(10.001, 50.001, 10.009, 50.009),
        boundary_label="<Grenze>",
        box=(10.0, 50.0, 10.01, 50.01),
        centre=LonLat(10.005, 50.005),
        zoom=16,
        **more,
    )


def test_an_area_of_nothing_but_a_boundary_is_drawn():
    assert ElementTree.fromstring(svg(tiny())) is not None


def test_names_cannot_break_out_of_the_map():
    line = (LonLat(10.0, 50.005), LonLat(10.01, 50.005))
    street = Street("</text><script>alert(1)</script>", "minor", (line,))
    drawn = svg(tiny(streets=(street,)))
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn) is not None


def test_a_street_outside_the_paper_is_left_out():
    far = Street("Fernstraße", "minor", ((LonLat(11.0, 51.0), LonLat(11.1, 51.0)),))
    assert "Fernstraße" not in svg(replace(tiny(), streets=(far,)))
