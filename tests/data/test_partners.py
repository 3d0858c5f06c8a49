from dataclasses import replace

import pytest

from data import demo, partners
from data.filters import Box
from data.partners import Entry, PartnerKind, Wanted
from data.problems import BadInput, Conflict, NotFound
from geo.flags import find, flags_of
from geo.points import LonLat


@pytest.fixture
def entry(spots):
    return Entry(
        "Nachbarschaftsladen",
        "room",
        ("OER", "IN"),
        spots.fountain,
        ("tr", "de"),
        "Offener Raum, dienstags",
        "030 23125000",
    )


@pytest.fixture
def add(store, area, office, now, entry):
    def make(id="p-1", **changes):
        new = replace(entry, **changes)
        return partners.create(store, office, area, partner_id=id, entry=new, now=now)

    return make


def names(found):
    return [one.name for one in found]


def test_a_partner_is_kept_as_written_with_its_place_in_words(add):
    one = add()
    assert (one.fields, one.languages, one.version) == (("IN", "OER"), ("de", "tr"), 1)
    assert str(one.place) == "Feuerwehrbrunnen"
    assert one.active
    assert not one.demo


def test_adding_twice_is_one_partner(store, office, add):
    add()
    assert add(name="Anders").name == "Nachbarschaftsladen"
    assert len(partners.listing(store, office, Wanted())) == 1


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": "  "}, "partner.name_missing"),
        ({"name": "x" * 201}, "partner.too_long"),
        ({"kind": "shop"}, "partner.kind_missing"),
        ({"fields": ()}, "partner.fields_missing"),
        ({"fields": ("XX",)}, "partner.fields_missing"),
        ({"at": LonLat(13.41327, 52.52186)}, "partner.place_outside"),
        ({"at": LonLat(float("nan"), 52.5)}, "partner.place_outside"),
        ({"about": "x" * 1001}, "partner.too_long"),
        ({"contact": "x" * 301}, "partner.too_long"),
    ],
)
def test_what_cannot_be_a_partner_is_refused(store, office, add, changes, key):
    with pytest.raises(BadInput) as refused:
        add(**changes)
    assert refused.value.key == key
    assert partners.listing(store, office, Wanted()) == []


def test_the_jury_reads_all_but_the_contact(store, jury, add):
    add()
    assert partners.get(store, jury, "p-1").contact == ""
    assert [one.contact for one in partners.listing(store, jury, Wanted())] == [""]
    assert [one.partner.contact for one in partners.near(store, jury, add().at)] == [""]


def test_who_comes_second_is_refused_and_nothing_is_overwritten(store, office, area, now, add):
    one = add()
    entry = Entry("Neu", "initiative", ("BI",), one.at)
    change = {"entry": entry, "now": now}
    partners.change(store, office, area, "p-1", **change, version=1)
    with pytest.raises(Conflict):
        partners.change(
            store, office, area, "p-1", entry=replace(entry, name="Alt"), version=1, now=now
        )
    after = partners.get(store, office, "p-1")
    assert (after.name, after.kind, after.version, after.contact) == ("Neu", "initiative", 2, "")


def test_a_partner_that_stopped_stays_in_the_directory(store, office, now, add):
    add()
    partners.set_active(store, office, "p-1", False, version=1, now=now)
    assert partners.listing(store, office, Wanted()) == []
    assert partners.near(store, office, add().at) == []
    assert names(partners.listing(store, office, Wanted(inactive=True))) == ["Nachbarschaftsladen"]
    with pytest.raises(Conflict):
        partners.set_active(store, office, "p-1", True, version=1, now=now)
    assert partners.set_active(store, office, "p-1", True, version=2, now=now).active


def test_an_unknown_partner_is_not_found(store, office, area, entry, now):
    with pytest.raises(NotFound):
        partners.get(store, office, "nobody")
    with pytest.raises(NotFound):
        partners.change(store, office, area, "nobody", entry=entry, version=1, now=now)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Çocuk Evi", "Nachbarschaftsladen"]),
        (Wanted(kind=("institution",)), ["Çocuk Evi"]),
        (Wanted(field=("IN", "BI")), ["Çocuk Evi", "Nachbarschaftsladen"]),
        (Wanted(field=("OER",)), ["Nachbarschaftsladen"]),
        (Wanted(language=("ar",)), ["Çocuk Evi"]),
        (Wanted(text="COCUK"), ["Çocuk Evi"]),
        (Wanted(text="raum dienstags"), ["Nachbarschaftsladen"]),
        (Wanted(text="feuerwehr"), ["Nachbarschaftsladen"]),
        (Wanted(text="x" * 5000), []),
        (Wanted(field=("') or true --",)), ["Çocuk Evi", "Nachbarschaftsladen"]),
        (Wanted(box=Box(13.428, 52.500, 13.430, 52.502)), ["Çocuk Evi"]),
    ],
)
def test_the_filter_finds(store, jury, add, spots, wanted, found):
    add()
    add(
        "p-2",
        name="Çocuk Evi",
        kind="institution",
        fields=("BI",),
        languages=("ar",),
        about="",
        at=spots.litter_corner,
    )
    assert names(partners.listing(store, jury, wanted)) == found


def test_near_lists_those_in_the_field_first_and_then_the_nearest(store, office, add, spots):
    add("here", name="hier", fields=("GB",))
    add("close", name="nah", at=spots.playground, fields=("OER",))
    add("far", name="weit", at=spots.litter_corner, fields=("OER",))
    found = partners.near(store, office, spots.fountain, field="OER")
    assert [(one.partner.name, one.fits) for one in found] == [
        ("nah", True),
        ("weit", True),
        ("hier", False),
    ]
    assert [round(one.metres) for one in found] == [130, 271, 0]
    assert names(one.partner for one in partners.near(store, office, spots.fountain, limit=1)) == [
        "hier"
    ]
    within = partners.near(store, office, spots.fountain, field="OER", within_m=200)
    assert names(one.partner for one in within) == ["nah", "hier"]


def test_a_contact_never_enters_the_trail(store, office, area, entry, now, add):
    add()
    partners.change(
        store, office, area, "p-1", entry=replace(entry, contact="Geheim 1"), version=1, now=now
    )
    told = store.read("select details from trail where thing = 'partner'")
    assert len(told) == 2
    assert "Geheim" not in str(told)
    assert "23125000" not in str(told)


def test_the_demo_lists_places_of_the_area_without_any_contact(store, area, office, now):
    demo.seed(store, area, now=now)
    found = partners.listing(store, office, Wanted())
    assert len(found) == 24
    assert all(one.demo for one in found)
    assert {one.kind for one in found} == set(PartnerKind)
    assert {one.contact for one in found} == {""}
    assert {flag for one in found for flag in flags_of(find(one.about))} == set()
