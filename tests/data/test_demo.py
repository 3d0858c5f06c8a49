from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from components.words import EASY, LANGUAGES, Words
from data import (
    areas,
    attendance,
    demo,
    demo_meetings,
    expenses,
    fund_steps,
    groups,
    meetings,
    needs,
    pins,
    pot_sums,
    projects,
    references,
    rounds,
    settings,
    sittings,
    trail,
)
from data.authorities import AUTHORITIES
from data.filters import Filter
from data.funds import Fund
from data.meetings import State
from data.pins import Status
from data.projects import ProjectStatus
from data.rules import HOUSE, Actor, Role
from data.store import Store


@pytest.fixture(scope="module")
def seeded(area, now):
    store = Store.open()
    demo.seed(store, area, now=now)
    yield store
    store.close()


@pytest.fixture(scope="module")
def all_pins(seeded):
    return pins.listing(seeded, HOUSE, Filter(), limit=1000)


def test_the_demo_has_sixty_pins_some_waiting_all_labelled(all_pins):
    assert len(all_pins) == 60
    assert all(pin.demo for pin in all_pins)
    counted = Counter(pin.status for pin in all_pins)
    assert counted[Status.WAITING] == 8
    assert counted[Status.READ] >= 12
    assert set(counted) >= {Status.GROUPED, Status.FORWARDED, Status.IN_PROJECT, Status.DONE}


def test_the_demo_speaks_all_languages_kinds_and_sources(all_pins):
    assert {pin.lang for pin in all_pins} == set(LANGUAGES) - {EASY}  # easy German is German
    assert Counter(pin.kind.value for pin in all_pins) == {"problem": 28, "idea": 24, "strength": 8}
    assert {pin.source for pin in all_pins} == {"web", "meeting", "paper"}


def test_the_demo_grew_over_weeks_and_never_in_the_future(seeded, all_pins, now):
    said = [pin.created_at for pin in all_pins]
    assert max(said) <= now
    assert min(said) < now - timedelta(weeks=6)
    by_age = sorted(all_pins, key=lambda pin: pin.created_at)
    assert [pin.number for pin in by_age] == sorted(pin.number for pin in all_pins)
    moments = [row[0] for row in seeded.read("select happened_at from trail order by id")]
    assert moments == sorted(moments)


def test_the_demos_projects_show_every_state(seeded):
    found = projects.listing(seeded, HOUSE)
    assert {project.status for project in found} == set(ProjectStatus)
    assert all(project.demo and project.pins for project in found)
    assert {project.fund for project in found} == set(Fund)
    assert all(project.rules_id and project.starts_on <= project.ends_on for project in found)
    for project in found:
        assert len(projects.pins_behind(seeded, HOUSE, project.id)) == project.pins
        assert bool(project.step) == bool(fund_steps.of_project(seeded, project))


def test_the_jury_reads_all_but_drafts(seeded):
    drafts = projects.listing(seeded, HOUSE, status=("draft",))
    found = projects.listing(seeded, Actor(Role.JURY))
    assert len(found) == len(projects.listing(seeded, HOUSE)) - len(drafts)


def test_the_demos_cost_plans_add_up(seeded):
    for project in projects.listing(seeded, HOUSE):
        plan = project.details["costs"]
        own = project.details.get("own_cents", 0)
        assert sum(row["quantity"] * row["cents"] for row in plan) == project.cents + own
        assert all(row["item"] for row in plan)


def test_the_demos_pots_add_up_over_the_turn_of_a_year(area):
    """In January a part of it was decided in the year before: each year's pot holds its own."""
    with_store = Store.open()
    demo.seed(with_store, area, now=datetime(2027, 1, 9, 12, tzinfo=UTC))
    found = projects.listing(with_store, HOUSE, fund=("aktionsfonds",))
    sums = [pot_sums.of_pot(with_store, "aktionsfonds", year) for year in (2026, 2027)]
    assert [one.allotted for one in sums] == [10_000_00, 10_000_00]
    granted = sum(project.granted or 0 for project in found)
    assert granted == sum(one.decided for one in sums) == 4_180_00
    assert sum(one.left for one in sums if one.allotted) == (
        sum(one.allotted for one in sums) - granted + sum(one.returned for one in sums)
    )
    for project in found:
        booked = pot_sums.of_project(with_store, project.id)
        assert booked.decided == (project.granted or 0)
        spent = expenses.spent(expenses.of_project(with_store, HOUSE, project.id))
        if project.status in (ProjectStatus.ACCOUNTED, ProjectStatus.CLOSED):
            assert booked.accounted == spent.accepted > 0
        if project.status == ProjectStatus.CLOSED:
            assert booked.paid - booked.returned == booked.accounted
    with_store.close()


def test_the_demos_references_are_in_order(seeded):
    assert references.dangling(seeded) == {}


def test_a_demo_pin_can_be_followed_to_its_result(seeded, area):
    way = trail.steps(seeded, "pin", demo.id_of(area, "pin", 2))
    assert [step.key for step in way] == [
        "received",
        "released",
        "grouped",
        "forwarded",
        "project",
        "project_before_jury",
        "project_approved",
        "project_running",
        "done",
    ]
    assert [step.at for step in way] == sorted(step.at for step in way)


def test_the_demo_leaves_groups_to_suggest_and_needs_to_hand_on(seeded):
    assert len(groups.suggestions(seeded, HOUSE, Filter())) >= 2
    assert len(needs.listing(seeded, HOUSE, status=("open",))) >= 2
    assert len(needs.listing(seeded, HOUSE, status=("forwarded",))) >= 2


def test_seeding_twice_adds_nothing(store, area, now, fingerprint):
    demo.seed(store, area, now=now)
    before = fingerprint(store)
    demo.seed(store, area, now=now)
    demo.seed(store, area, now=now + timedelta(days=40))
    assert fingerprint(store) == before
    assert settings.get(store, "demo") == "1"


def test_seeding_goes_on_where_it_was_cut_off(store, area, now, seeded, monkeypatch):
    real, left = demo.needs.create, [5]

    def break_down(*args, **kwargs):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(demo.needs, "create", break_down)
    with pytest.raises(KeyboardInterrupt):
        demo.seed(store, area, now=now)
    monkeypatch.undo()
    demo.seed(store, area, now=now)
    same = "select id, number, status, need_id, created_at from pin order by id"
    assert store.read(same) == seeded.read(same)
    same = "select id, number, status, version from need order by id"
    assert store.read(same) == seeded.read(same)


def test_seeding_again_does_not_undo_what_staff_did(store, area, office, now):
    demo.seed(store, area, now=now)
    waiting = pins.listing(store, office, Filter(status=("waiting",)))
    pins.hide(store, office, [waiting[0].id], reason="spam", now=now)
    demo.seed(store, area, now=now)
    assert pins.get(store, office, waiting[0].id).status is Status.HIDDEN


def test_an_area_without_demo_files_gets_none(store, area, now, tmp_path, monkeypatch, fingerprint):
    monkeypatch.setattr(areas, "SEED", tmp_path)
    before = fingerprint(store)
    demo.seed(store, area, now=now)
    assert fingerprint(store) == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_step_and_authority_has_words(lang, seeded):
    say = Words(lang)
    keys = [f"authority.{key}" for key in AUTHORITIES]
    keys += [f"authority.{key}.sentence" for key in AUTHORITIES]
    keys += [f"project_status.{status}" for status in ProjectStatus]
    keys += [f"need_status.{status}" for status in needs.NeedStatus]
    keys += [f"hide_reason.{reason}" for reason in pins.HIDE_REASONS]
    assert [key for key in keys if say(key) == key] == []
    params = {"title": "{x}", "need": 1, "project": 2, "authority": "BSR", "reason": "Grund"}
    params |= {"cents": "1 €"}
    steps = {row[0] for row in seeded.read("select distinct step from trail where step <> ''")}
    for step in steps | {"hidden", "ungrouped", "withdrawn"}:
        assert say(f"step.{step}", **params) not in ("", f"step.{step}")


DOOR = demo_meetings.Door("TRY0TRY0", "135790")


@pytest.fixture(scope="module")
def met(area, now):
    store = Store.open()
    demo.seed(store, area, now=now, door=DOOR)
    yield store
    store.close()


def test_the_demos_meetings_are_one_held_and_one_to_try(met):
    to_try, held = meetings.listing(met, HOUSE)
    assert (to_try.state, to_try.code) == (State.OPEN, "TRY0TRY0")
    assert (held.state, held.people) == (State.CLOSED, 23)
    assert attendance.check_pin(met, to_try.code, DOOR.pin) == to_try.id


def test_the_room_has_grouped_what_was_said_there(met):
    held = meetings.listing(met, HOUSE)[1]
    found = rounds.groups(met, HOUSE, held.id)
    assert sum(len(group.pin_ids) for group in found) == 13
    assert [len(tied) for tied in rounds.ties(found)] == [2]
    assert pins.count(met, HOUSE, Filter(meeting=held.id)) == 14


def test_without_a_door_the_demo_has_no_meetings(seeded):
    assert meetings.listing(seeded, HOUSE) == []
    assert pins.count(seeded, HOUSE, Filter(source=("meeting",))) == 14


def test_the_demos_jury_has_sat_and_sits_tonight(seeded, now):
    tonight, held = sittings.listing(seeded, HOUSE)
    assert (tonight.state, held.state) == ("papers", "closed")
    assert tonight.held_at > now > held.held_at
    assert [item.kind for item in tonight.items].count("project") == 3
    assert sittings.recount(seeded, HOUSE, held.id) == [
        (item.id, True) for item in held.items if "Lichterabend" not in item.title
    ]
    standing = sittings.standing(seeded, HOUSE, held.id, now=now)
    assert all(item.final for item in standing.items.values())
    assert sum(len(item.recused) for item in standing.items.values()) == 1
