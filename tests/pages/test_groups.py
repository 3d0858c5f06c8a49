"""The page of groups, run whole in memory: split, merged, put into a need, dismissed, undone."""

import pytest
from streamlit.testing.v1 import AppTest

from components import group_work, suggested
from components.suggested import Kept, Search
from components.words import words
from data import needs, proposals
from data.filters import Filter
from tests.pages.test_office import HOSTILE, here, press, show, text

__all__ = ["here"]
W = words("de")
LITTER = ("Überall Müll", "Müll neben der Tonne", "So viel Müll", "Müll, Müll")


def button(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def untick(page: AppTest, *pin_ids: str) -> AppTest:
    for tick in page.checkbox:
        if tick.key in {f"take-{pin_id}" for pin_id in pin_ids}:
            tick.uncheck()
    return page.run()


def found(page: AppTest) -> int:
    return sum((one.key or "").startswith("open-") for one in page.button)


@pytest.fixture
def litter(released):
    return released(*LITTER, prefix="m", field="OER")


@pytest.fixture
def need(here, released, office, now):
    ids = released("Müll überall", "Mülltonne voll", prefix="old", field="OER")
    return needs.create(
        here.store, office, need_id="need-1", title=f"Müll {HOSTILE}", field="OER",
        priority="now", pin_ids=ids, now=now,
    )  # fmt: skip


def test_what_is_not_ticked_stays_suggested(here, litter, office) -> None:
    page = button(untick(show("groups", lang="de"), "m-1", "m-2"), W("groups.accept"))
    assert not page.exception
    (need,) = needs.listing(here.store, office)
    assert need.pins == 2
    assert found(page) == 1
    page = button(page, W("groups.undo"))
    assert W("groups.undone") in text(page)
    assert needs.listing(here.store, office) == []
    assert found(page) == 1
    assert W.many("groups.size", 4, metres="5") in text(page)


def test_a_group_is_split_and_put_together_again(here, litter) -> None:
    page = press(untick(show("groups", lang="de"), "m-1", "m-2"), "split-")
    assert found(page) == 2
    assert W("groups.sure.by_hand") in text(page)
    page = press(page, "merge-do")
    assert found(page) == 1
    page = button(button(page, W("groups.undo")), W("groups.undo"))
    assert found(page) == 1
    assert W("groups.sure.by_hand") not in text(page)


@pytest.mark.parametrize("ticks", [(), ("m-1", "m-2", "m-3", "m-4")])
def test_all_or_none_is_no_part(here, litter, ticks) -> None:
    page = press(untick(show("groups", lang="de"), *ticks), "split-")
    assert W("problem.group.split_some") in text(page)
    assert found(page) == 1


def test_ticks_are_set_for_all_at_once(here, litter) -> None:
    page = press(show("groups", lang="de"), "tick-none")
    assert W.many("groups.ticked", 0, every="4") in text(page)
    assert not any(tick.value for tick in page.checkbox)
    page = press(untick(press(page, "tick-all"), "m-1"), "tick-other")
    assert [tick.key for tick in page.checkbox if tick.value] == ["take-m-1"]


def test_a_group_goes_into_a_need_near_by(here, need, litter, office) -> None:
    page = show("groups", lang="de")
    assert W("groups.near") in text(page)
    page = press(page, "put-need-1")
    assert not page.exception
    assert needs.get(here.store, office, "need-1").pins == 6
    assert W("groups.empty") in text(page)
    page = button(page, W("groups.undo"))
    assert needs.get(here.store, office, "need-1").pins == 2
    assert found(page) == 1


def test_what_was_changed_meanwhile_is_not_undone(here, need, litter, office, now) -> None:
    page = press(show("groups", lang="de"), "put-need-1")
    needs.remove_pins(here.store, office, "need-1", pin_ids=["m-1"], now=now)
    page = button(page, W("groups.undo"))
    assert W("problem.undo.changed_meanwhile") in text(page)
    assert needs.get(here.store, office, "need-1").pins == 5


def test_dismissed_groups_are_listed_and_come_back(here, litter) -> None:
    press(show("groups", lang="de"), "dismiss-")
    page = show("groups", lang="de", view="aside")
    assert W.many("groups.size", 4, metres="5") in text(page)
    page = press(page, "restore-")
    assert W("groups.none_aside") in text(page)
    assert found(show("groups", lang="de")) == 1


def test_a_group_that_has_really_changed_says_so(here, litter, released) -> None:
    press(show("groups", lang="de"), "dismiss-")
    released("Müllberg", "Wieder Müll", "Müll im Busch", prefix="new", field="OER")
    page = show("groups", lang="de")
    assert found(page) == 1
    assert W.many("groups.again_new", 3) in text(page)


def test_a_pin_is_proposed_to_a_need_and_put_into_it(here, need, litter, office) -> None:
    page = show("groups", lang="de", view="needs")
    assert W.many("fits.found", 4) in text(page)
    assert "<script>" not in text(page)
    page = press(page, "fit-m-1")
    assert needs.get(here.store, office, "need-1").pins == 3
    page = button(page, W("groups.undo"))
    assert needs.get(here.store, office, "need-1").pins == 2
    page = press(page, "unfit-m-1")
    assert W.many("fits.found", 3) in text(page)
    assert len(proposals.listing(here.store, office, Filter())) == 3
    page = button(page, W("groups.undo"))
    assert W.many("fits.found", 4) in text(page)
    assert len(proposals.listing(here.store, office, Filter())) == 4


def test_thousands_go_into_a_need_in_parts_and_out_at_once(
    here, released, office, monkeypatch
) -> None:
    monkeypatch.setattr(group_work, "AT_ONCE", 2)
    released("Überall Müll", "Müll", "So viel Müll", "Müll, Müll", "Müll!", prefix="m")
    page = button(show("groups", lang="de"), W("groups.accept"))
    assert not page.exception
    (need,) = needs.listing(here.store, office)
    assert need.pins == 5
    page = button(page, W("groups.undo"))
    assert needs.listing(here.store, office) == []
    assert found(page) == 1


def test_taking_in_stops_when_a_pin_has_gone_elsewhere(
    here, litter, office, now, monkeypatch
) -> None:
    monkeypatch.setattr(group_work, "AT_ONCE", 2)
    page = show("groups", lang="de")
    needs.create(
        here.store, office, need_id="need-2", title="Schneller", field="OER", priority="now",
        pin_ids=["m-4"], now=now,
    )  # fmt: skip
    page = button(page, W("groups.accept"))
    assert not page.exception
    assert W("problem.need.pin_taken") in text(page)
    assert "group-work" not in page.session_state


def test_a_search_that_was_stopped_shows_what_it_found_and_can_go_on(here, litter) -> None:
    page = show("groups", lang="de")
    whole = page.session_state[suggested.KEY]
    steps = iter([(1.0, list(whole.groups))])
    search = Search(whole.wanted, whole.free, 0, 0, steps, [], 0.4, True)
    page.session_state[suggested.SEARCH] = search
    page.session_state[suggested.KEY] = Kept(whole.wanted, whole.free, (), 0.4)
    page.run()
    assert W("groups.stopped", share="40") in text(page)
    page = button(page, W("groups.go_on"))
    assert found(page) == 1
    assert W("groups.stopped", share="40") not in text(page)


def test_a_long_search_shows_a_bar_and_finds_the_same(here, litter, monkeypatch) -> None:
    monkeypatch.setattr(suggested, "FEW", 0)
    page = show("groups", lang="de")
    assert not page.exception
    assert found(page) == 1


@pytest.mark.parametrize("view", ["groups", "needs", "aside", "../x", "<b>"])
@pytest.mark.parametrize("lang", ["de", "en", "tr", "ar"])
def test_every_view_is_drawn_in_every_language(here, need, litter, view, lang) -> None:
    page = show("groups", lang=lang, view=view)
    assert not page.exception
    assert words(lang)("page.groups") in text(page)
