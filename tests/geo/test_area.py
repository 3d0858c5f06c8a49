"""Areas built from documents, and all the documents that are refused."""

import copy

import pytest

from geo.area import AreaFault, contains, in_box, read
from geo.points import LonLat

WELL = LonLat(10.005, 50.005)
DOCUMENTS = {
    "area": {
        "title": "Brunnenviertel",
        "attribution": "© Nachbarschaft",
        "licence": "CC0",
        "boundary_label": "Grenze",
        "box": [10.0, 50.0, 10.02, 50.01],
        "centre": [10.01, 50.005],
        "zoom": 16,
    },
    "boundary": {
        "type": "Polygon",
        "coordinates": [[[10.001, 50.001], [10.012, 50.001], [10.012, 50.009], [10.001, 50.001]]],
    },
    "streets": {
        "streets": [
            {
                "name": "Neue Straße",
                "class": "minor",
                "lines": [[[10.0, 50.005], [10.02, 50.005]]],
                "aliases": ["Alte Straße"],
            }
        ]
    },
    "shapes": {
        "parks": [
            {
                "name": "Anger",
                "kind": "park",
                "rings": [[[10.0, 50.0], [10.01, 50.0], [10.01, 50.002], [10.0, 50.0]]],
            }
        ]
    },
    "rail": {"rail": [{"name": "U9", "kind": "tunnel", "lines": [[[10.0, 50.0], [10.02, 50.01]]]}]},
    "places": {
        "crossings": [{"streets": ["Neue Straße", "Weg"], "at": [10.01, 50.005]}],
        "landmarks": [{"name": "Brunnen", "at": list(WELL)}],
    },
}


def changed(document, *path, to):
    """Copy the documents with one value changed; `to=...` takes it away."""
    documents = copy.deepcopy(DOCUMENTS)
    spot = documents[document]
    for step in path[:-1]:
        spot = spot[step]
    if to is ...:
        del spot[path[-1]]
    else:
        spot[path[-1]] = to
    return documents


def test_an_area_reads_from_its_documents():
    area = read("brunnen", DOCUMENTS)
    assert (area.title, area.zoom, len(area.streets), len(area.spots)) == (
        "Brunnenviertel", 16, 1, 2,
    )  # fmt: skip
    assert area.parks[0].name == "Anger"


def test_boundary_and_facts_are_enough():
    area = read("brunnen", {key: DOCUMENTS[key] for key in ("area", "boundary")})
    assert (area.streets, area.spots, area.rail, area.water) == ((), (), (), ())


def test_a_crossing_is_known_by_the_streets_former_name():
    assert read("brunnen", DOCUMENTS).spots[0].aliases == ("Alte Straße Ecke Weg",)


def test_a_place_within_the_boundary_is_inside_and_one_beside_it_is_not():
    area = read("brunnen", DOCUMENTS)
    assert contains(area, LonLat(10.011, 50.003))
    assert not contains(area, LonLat(10.002, 50.008))
    assert in_box(area, LonLat(10.002, 50.008))


@pytest.mark.parametrize(
    "place",
    [
        (float("nan"), 50.005),
        (10.01, float("inf")),
        ("10.01", 50.005),
        (None, None),
        (50.005, 10.01),
        (True, True),
    ],
)
def test_what_is_no_place_is_nowhere(place):
    area = read("brunnen", DOCUMENTS)
    assert not in_box(area, LonLat(*place))
    assert not contains(area, LonLat(*place))


CROSSED = {
    "type": "Polygon",
    "coordinates": [[[10.0, 50.0], [10.01, 50.01], [10.01, 50.0], [10.0, 50.01], [10.0, 50.0]]],
}
SWAPPED = {
    "type": "Polygon",
    "coordinates": [[[50.001, 10.001], [50.001, 10.01], [50.009, 10.01], [50.001, 10.001]]],
}
BROKEN = [
    (("area", "box"), [10.02, 50.0, 10.0, 50.01], "inverted"),
    (("area", "box"), [10.0, 50.0, float("nan"), 50.01], "degrees"),
    (("area", "box"), [10.0, 50.0], "box"),
    (("area", "box"), ..., "box"),
    (("area", "centre"), [11.0, 50.0], "outside"),
    (("area", "centre"), [50.005], "place"),
    (("area", "zoom"), 16.5, "zoom"),
    (("area", "zoom"), True, "zoom"),
    (("area", "zoom"), 3, "zoom"),
    (("area", "title"), "  ", "title"),
    (("area", "licence"), ..., "licence"),
    (("boundary", "coordinates"), CROSSED["coordinates"], "crosses"),
    (("boundary", "coordinates"), SWAPPED["coordinates"], "outside"),
    (("boundary", "coordinates"), [], "Polygon"),
    (("boundary", "coordinates"), [[[10.0, 50.0]]], "read"),
    (("boundary", "type"), "Circle", "read"),
    (("streets", "streets"), {}, "list"),
    (("streets", "streets", 0), "Neue Straße", "object"),
    (("streets", "streets", 0, "name"), 5, "name"),
    (("streets", "streets", 0, "class"), "motorway", "one of"),
    (("streets", "streets", 0, "lines"), [], "no lines"),
    (("streets", "streets", 0, "lines", 0, 0), [10.0, float("inf")], "place"),
    (("streets", "streets", 0, "lines", 0), [[10.0, 50.0]], "at least 2"),
    (("streets", "streets", 0, "aliases"), "Alte Straße", "aliases"),
    (("shapes", "parks", 0, "rings"), [], "rings"),
    (("shapes", "parks", 0, "rings"), CROSSED["coordinates"], "crosses"),
    (("shapes", "parks", 0, "kind"), ..., "kind"),
    (("rail", "rail", 0, "kind"), "monorail", "one of"),
    (("places", "crossings", 0, "streets"), ["Neue Straße"], "two streets"),
    (("places", "crossings", 0, "at"), "hier", "place"),
    (("places", "landmarks", 0, "name"), "", "name"),
    (("places", "landmarks", 0, "kind"), "monument", "one of"),
]


@pytest.mark.parametrize(("path", "to", "trouble"), BROKEN)
def test_a_broken_document_is_refused_by_name(path, to, trouble):
    with pytest.raises(AreaFault) as refusal:
        read("brunnen", changed(*path, to=to))
    assert str(refusal.value).startswith(f"{path[0]}: ")
    assert trouble in str(refusal.value)


@pytest.mark.parametrize("missing", ["area", "boundary"])
def test_an_area_without_facts_or_boundary_is_refused(missing):
    with pytest.raises(AreaFault, match=f"{missing}: the document is missing"):
        read("brunnen", {key: value for key, value in DOCUMENTS.items() if key != missing})


def test_a_collection_of_two_boundaries_is_refused():
    two = {"type": "FeatureCollection", "features": [{}, {}]}
    with pytest.raises(AreaFault, match="exactly one"):
        read("brunnen", {**DOCUMENTS, "boundary": two})
