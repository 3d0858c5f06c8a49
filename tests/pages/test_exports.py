"""Files for staff over HTTP: who gets them, under which name, and what is in them."""

import csv
import io
import json

import pytest

from tests.pages.conftest import CODE, SECRET_WORDS

FILES = ("pins.csv", "pins.geojson", "figures.csv")
SETTLED = {
    "wait-1",
    "hidden-1",
    "gone-1",
    *(f"pin-{n}" for n in range(1, 6)),
}  # others come in here too


@pytest.mark.parametrize("file", FILES)
def test_nobody_but_staff_gets_a_file(kiez, file):
    for cookie in ("", "kiezkarte_session=falsch", kiez.cookie("jury")):
        answer = kiez.ask(f"/api/exports/{file}", **({"cookie": cookie} if cookie else {}))
        assert answer.status == 403
        assert json.loads(answer.body)["error"] == "not_allowed"
        assert SECRET_WORDS not in answer.text


@pytest.mark.parametrize("file", FILES)
def test_staff_get_a_file_to_keep_that_no_cache_keeps(kiez, file):
    answer = kiez.ask(f"/api/exports/{file}", cookie=kiez.cookie("office"))
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    name, ending = file.split(".")
    kept = answer.headers["content-disposition"]
    assert kept.startswith(f'attachment; filename="kiezkarte-mariannenplatz-{name}-20')
    assert kept.endswith(f'.{ending}"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert CODE not in answer.text


def test_a_page_elsewhere_starts_no_file(kiez):
    more = {"cookie": kiez.cookie("office"), "sec_fetch_site": "cross-site"}
    assert kiez.ask("/api/exports/pins.csv", **more).status == 403


def test_nothing_is_changed_by_sending_to_it(kiez):
    before = kiez.stored()
    for method in ("POST", "PUT", "DELETE"):
        answer = kiez.ask("/api/exports/pins.csv", method, cookie=kiez.cookie("office"))
        assert answer.status in (404, 405)
    assert kiez.stored() == before


def test_the_filter_of_the_page_is_the_files(kiez):
    def ids(query):
        answer = kiez.ask(f"/api/exports/pins.csv?{query}", cookie=kiez.cookie("office"))
        text = answer.body.decode("utf-8-sig")
        return {row["id"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}

    assert {"wait-1", "hidden-1"} <= ids("lang=de")  # the screen's language filters nothing
    assert "gone-1" not in ids("")
    assert ids("status=waiting") & SETTLED == {"wait-1"}
    assert ids("spoken=ar") == set()
    assert "pin-1" in ids("since=nonsense&box=1,2&kind=problem&%00=%ff")


def test_the_place_is_longitude_first(kiez):
    answer = kiez.ask("/api/exports/pins.geojson?status=waiting", cookie=kiez.cookie("office"))
    assert answer.headers["content-type"] == "application/geo+json"
    found = json.loads(answer.body)["features"]
    places = {one["id"]: one["geometry"]["coordinates"] for one in found}
    assert places["wait-1"] == [13.4243, 52.50206]
