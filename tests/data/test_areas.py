"""Areas as folders: what ships, how one is added, and what is refused."""

import json
import shutil

import pytest

from data import areas
from geo.area import AreaFault, contains
from geo.points import LonLat

VILLAGE = {
    "title": "Dorf",
    "attribution": "© Dorf",
    "licence": "CC0",
    "boundary_label": "Grenze",
    "box": [10.0, 50.0, 10.01, 50.01],
    "centre": [10.005, 50.005],
    "zoom": 16,
}
COMMON = {
    "type": "Polygon",
    "coordinates": [[[10.001, 50.001], [10.009, 50.001], [10.009, 50.009], [10.001, 50.001]]],
}


@pytest.fixture
def seed(tmp_path):
    """A folder of areas with one village in it."""
    (tmp_path / "dorf").mkdir()
    (tmp_path / "dorf" / "area.json").write_text(json.dumps(VILLAGE), encoding="utf-8")
    (tmp_path / "dorf" / "boundary.geojson").write_text(json.dumps(COMMON), encoding="utf-8")
    return tmp_path


def test_adding_an_area_is_adding_a_folder(seed):
    shutil.copytree(areas.SEED / "mariannenplatz", seed / "mariannenplatz")
    assert areas.names(seed) == ["dorf", "mariannenplatz"]
    assert areas.load("dorf", seed).title == "Dorf"
    assert areas.load("mariannenplatz", seed).title == "Mariannenkiez"


def test_an_area_is_read_once(seed):
    assert areas.load("dorf", seed) is areas.load("dorf", seed)


def test_the_kiez_ships_with_credit_and_a_licence_note():
    kiez = areas.load("mariannenplatz")
    assert kiez.attribution == "© OpenStreetMap-Mitwirkende (ODbL), Geoportal Berlin"
    assert (areas.SEED / "mariannenplatz" / "LICENCE.md").is_file()


def test_the_kiez_is_about_as_large_as_its_two_sources_together():
    kiez = areas.load("mariannenplatz")
    assert 20 < kiez.boundary.area * 67_690 * 111_195 / 10_000 < 24  # hectares


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (13.42430, 52.50206, True),  # Feuerwehrbrunnen
        (13.42148, 52.50379, True),  # AWO, Adalbertstr. 23
        (13.42396, 52.50404, False),  # Bethanien
        (13.43149, 52.50217, False),  # Markthalle Neun
    ],
)
def test_the_boundary_holds_what_belongs_to_the_area(lon, lat, inside):
    assert contains(areas.load("mariannenplatz"), LonLat(lon, lat)) is inside


def test_every_landmark_has_one_clean_name():
    named = [spot.name for spot in areas.load("mariannenplatz").spots if spot.kind != "crossing"]
    assert len(named) == len(set(named))
    assert not [name for name in named if "(" in name or "Gebäude" in name]


def test_the_street_is_called_by_its_new_name_north_of_skalitzer_strasse():
    streets = {street.name: street for street in areas.load("mariannenplatz").streets}
    assert streets["Audre-Lorde-Straße"].aliases == ("Manteuffelstraße",)
    south = max(place.lat for line in streets["Manteuffelstraße"].lines for place in line)
    north = min(place.lat for line in streets["Audre-Lorde-Straße"].lines for place in line)
    assert south <= north


def test_no_file_of_the_kiez_is_large():
    sizes = [
        path.stat().st_size for path in (areas.SEED / "mariannenplatz").iterdir() if path.is_file()
    ]
    assert max(sizes) < 200_000


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../dorf",
        "dorf/",
        "/dorf",
        "dorf\\..",
        "dorf\0",
        "dorf\n",
        "DORF",
        "dorf.json",
        "a" * 50,
        None,
        5,
    ],
)
def test_a_name_that_is_no_plain_folder_name_is_refused(seed, name):
    with pytest.raises(AreaFault, match="name"):
        areas.load(name, seed)


def test_a_folder_that_is_not_there_is_refused(seed):
    with pytest.raises(AreaFault, match="no area named stadt"):
        areas.load("stadt", seed)


def test_a_folder_without_area_json_is_not_an_area(seed):
    (seed / "leer").mkdir()
    assert "leer" not in areas.names(seed)
    with pytest.raises(AreaFault):
        areas.load("leer", seed)


def test_a_missing_boundary_is_refused(seed):
    (seed / "dorf" / "boundary.geojson").unlink()
    with pytest.raises(AreaFault, match="boundary: the document is missing"):
        areas.load("dorf", seed)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "\ufeff{}"])
def test_a_file_that_is_no_json_is_refused(seed, text):
    (seed / "dorf" / "boundary.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(AreaFault, match="is not JSON in UTF-8"):
        areas.load("dorf", seed)


def test_a_file_that_is_no_utf8_is_refused(seed):
    (seed / "dorf" / "streets.json").write_bytes(b'{"streets": "\xff"}')
    with pytest.raises(AreaFault, match="streets"):
        areas.load("dorf", seed)
