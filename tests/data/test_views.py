from datetime import date

import pytest

from data import views
from data.filters import Filter
from data.problems import BadInput, Conflict, NotFound
from geo.points import LonLat

IDEAS = Filter(kind=("idea",), since=date(2026, 1, 1), text="Bänke & Licht")
RING = (LonLat(13.42, 52.50), LonLat(13.43, 52.50), LonLat(13.43, 52.51))


@pytest.fixture
def save(store, office, now):
    def make(name="Ideen", wanted=IDEAS, view_id="view-1", actor=office):
        views.save(store, actor, view_id, name=name, page="pins", wanted=wanted, now=now)

    return make


def names(store, actor):
    return [view.name for view in views.listing(store, actor)]


def test_a_view_comes_back_as_it_was_saved_for_everybody_of_the_office(store, admin, save):
    wanted = Filter(shape=RING, flags=("danger",), climate=False, support=3, inside=True)
    save("  Ideen <b>am</b>\n Platz ")
    save("Gefahr", wanted, "view-2")
    found = views.listing(store, admin)
    assert [(one.name, one.wanted) for one in found] == [
        ("Gefahr", wanted),
        ("Ideen <b>am</b> Platz", IDEAS),
    ]


def test_saving_twice_is_one_view(store, office, save):
    save()
    save()
    assert names(store, office) == ["Ideen"]


@pytest.mark.parametrize("name", ["", "  \n ", "\u202e", "x" * 81, "x" * 100_000])
def test_a_name_that_is_none_is_refused(store, office, save, name):
    with pytest.raises(BadInput):
        save(name)
    assert names(store, office) == []


def test_everything_is_no_view(store, office, save):
    with pytest.raises(BadInput, match=r"view\.empty"):
        save(wanted=Filter())


def test_what_makes_no_sense_is_not_saved(store, office, save):
    save(wanted=Filter(kind=("idea",), shape=RING[:2], support=-4, need="n" * 500))
    [view] = views.listing(store, office)
    assert view.wanted == Filter(kind=("idea",), need="n" * 40)


def test_a_filter_too_large_for_an_address_is_refused(save):
    with pytest.raises(BadInput, match=r"view\.too_much"):
        save(wanted=Filter(field=tuple("ä" * 300 for _ in range(20))))


@pytest.mark.parametrize("name", ["Ideen", "IDEEN", " ideen "])
def test_two_views_of_one_name_are_refused(store, office, save, name):
    save()
    with pytest.raises(Conflict, match=r"view\.name_taken"):
        save(name, view_id="view-2")
    save("Probleme", view_id="view-3")
    with pytest.raises(Conflict):
        views.change(store, office, "view-3", name=name, now=None)
    assert names(store, office) == ["Ideen", "Probleme"]


def test_a_view_is_renamed_and_overwritten(store, office, save, now):
    save()
    views.change(store, office, "view-1", name="Ideen", wanted=Filter(lang=("tr",)), now=now)
    views.change(store, office, "view-1", name="Türkisch", now=now)
    [view] = views.listing(store, office)
    assert (view.name, view.wanted) == ("Türkisch", Filter(lang=("tr",)))


def test_a_deleted_view_is_gone_and_stays_in_the_trail(store, office, admin, save, now):
    save()
    views.delete(store, office, "view-1", now=now)
    assert names(store, office) == []
    for late in (
        lambda: views.delete(store, admin, "view-1", now=now),
        lambda: views.change(store, admin, "view-1", name="Neu", now=now),
    ):
        with pytest.raises(NotFound, match=r"view\.gone"):
            late()
    kept = store.read("select details from trail where thing = 'view' order by id")
    assert "Ideen" in kept[-1][0]
