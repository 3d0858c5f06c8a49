"""Planning a sitting, run whole in memory: when and where, the agenda, the papers, two at once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.words import LANGUAGES, words
from data import instance, sittings
from data.deciding_standing import ItemId, State
from data.instance import ROOT, Instance, Settings
from data.limits import Limits
from data.rules import VISITOR, Actor, PersonId, Role
from data.sittings import Item
from tests import evening

NOW = datetime.now(UTC)


@pytest.fixture
def here(store, area, office, monkeypatch):
    """Run the page on a database in memory, as the office unless a test says otherwise."""
    evening.settle(store, accounts=1)
    running = Instance(Settings(database=Path("unused")), area, store, Limits())
    monkeypatch.setattr(instance, "running", lambda: running)
    monkeypatch.setattr(session, "running", lambda: running)
    here = SimpleNamespace(store=store, actor=office)
    monkeypatch.setattr(session, "actor", lambda: here.actor)
    return here


def show(page: str = "office/sittings", **query: str) -> AppTest:
    shown = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    for key, value in query.items():
        shown.query_params[key] = value
    shown.session_state["pages"] = {}
    return shown.run()


def text(page: AppTest) -> str:
    parts = [page.get("html"), page.markdown, page.text, page.error, page.success, page.warning]
    parts.append(page.info)
    return "\n".join(str(getattr(e, "value", "") or e.proto) for part in parts for e in part)


def fill(page: AppTest, name: str, typed: str) -> None:
    next(
        one for one in page.text_input if (one.key or "").startswith(f"sitting-{name}-")
    ).set_value(typed)


def press(page: AppTest, start: str) -> AppTest:
    return next(one for one in page.button if (one.key or "").startswith(start)).click().run()


def send(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == words("de")(label)).click().run()


def titles(here) -> list[str]:
    return [one.title for one in sittings.get(here.store, here.actor, "evening").items]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_plan_and_both_screens_draw_in_every_language(here, lang) -> None:
    say = words(lang)
    assert say("page.sittings") in text(show(lang=lang))
    plan = show(lang=lang, sitting="evening")
    assert not plan.exception
    assert say("sitting.agenda") in text(plan)
    assert "<b>" not in text(plan).replace("&lt;b&gt;", "")
    assert not show(lang=lang, sitting="evening", lead="1").exception
    here.actor = Actor(Role.JURY, person=PersonId("p-leyla"), name="Leyla")
    for query in ({}, {"sitting": "evening"}, {"sitting": "evening", "lead": "1"}):
        assert not show("jury/sitting", lang=lang, **query).exception


@pytest.mark.parametrize("actor", [VISITOR, Actor(Role.JURY, person=PersonId("p-leyla"))])
def test_planning_is_the_offices_alone(here, actor) -> None:
    here.actor = actor
    page = show(sitting="evening")
    assert "Familienzentrum" not in text(page)
    assert not page.button


def test_a_sitting_is_planned_for_a_local_evening(here) -> None:
    page = show()
    fill(page, "day", "24.6.2027")
    fill(page, "time", "18.30 Uhr")
    page = send(page, "sittings.create")
    [made] = [one for one in sittings.listing(here.store, here.actor) if one.id != "evening"]
    assert made.held_at == datetime(2027, 6, 24, 16, 30, tzinfo=UTC)
    assert made.title == "Sitzung: Aktionsfondsjury"
    assert page.query_params["sitting"] == made.id


@pytest.mark.parametrize(
    ("day", "hour", "key"),
    [("", "18:30", "day"), ("31.2.2027", "18:30", "day"), ("1.2.2027", "abends", "time")],
)
def test_a_day_or_time_that_is_none_is_told_and_nothing_is_made(here, day, hour, key) -> None:
    page = show()
    fill(page, "title", "Sondersitzung")
    fill(page, "day", day)
    fill(page, "time", hour)
    page = send(page, "sittings.create")
    assert words("de")(f"problem.sitting.{key}_missing") in text(page)
    assert any(one.value == "Sondersitzung" for one in page.text_input)
    assert len(sittings.listing(here.store, here.actor)) == 1


def test_the_agenda_is_put_in_order_and_what_is_ready_put_on(here) -> None:
    before = titles(here)
    page = press(show(sitting="evening"), "down-evening-trees")
    assert titles(here) == [before[1], before[0], *before[2:]]
    page = press(page, "take_off-evening-box")
    assert "Dreisprachiger Schaukasten" not in titles(here)
    page.multiselect[0].set_value(["box"]).run()
    page = press(page, "put-on")
    assert titles(here)[-1] == "Dreisprachiger Schaukasten"
    next(one for one in page.text_input if (one.key or "").startswith("talk-")).set_value(
        "Haushalt"
    )
    press(page, "put-talk")
    assert titles(here)[-1] == "Haushalt"


def test_two_on_one_agenda_the_second_is_told_and_sees_it(here) -> None:
    page = show(sitting="evening")
    sitting = sittings.get(here.store, here.actor, "evening")
    theirs = [*sitting.items, Item(ItemId("theirs"), "talk", "Von nebenan")]
    sittings.put_on(
        here.store, here.actor, "evening", items=theirs, version=sitting.version, now=NOW
    )
    page = press(page, "down-evening-trees")
    assert words("de")("sittings.agenda_changed") in text(page)
    assert "Von nebenan" in text(page)
    assert titles(here)[0] == "Grüne Baumscheiben"


def test_papers_that_go_out_late_are_warned_about(here) -> None:
    store, actor = here.store, here.actor
    for days, late in ((3, True), (30, False)):
        made = sittings.plan(
            store, actor, sitting_id=f"in-{days}", body_id=evening.BODY, title="Bald", place="",
            held_at=NOW + timedelta(days=days), public=False, now=NOW,
        )  # fmt: skip
        page = show(sitting=made.id)
        assert ("Das ist spät" in text(page)) is late
    items = [Item(ItemId("talk"), "talk", "Gespräch")]
    sittings.put_on(store, actor, made.id, items=items, version=made.version, now=NOW)
    page = press(show(sitting=made.id), "send-papers")
    assert sittings.get(store, actor, made.id).state == State.PAPERS
    assert words("de")("sittings.papers_sent") in text(page)
