import pytest

from data import needs, pins, project_moves, projects, trail
from data.needs import NeedStatus
from data.pins import Status
from data.problems import BadInput, Conflict, NotFound
from data.projects import ProjectStatus
from data.rules import Actor, Role
from geo.points import LonLat


@pytest.fixture
def need_of(store, office, now):
    def made(pin_ids, need_id="need-1"):
        return needs.create(
            store,
            office,
            need_id=need_id,
            title="Zu dunkel",
            field="OER",
            priority="now",
            pin_ids=pin_ids,
            now=now,
        )

    return made


@pytest.fixture
def make(store, area, office, now, spots):
    """Make a project; only what matters to a test is given."""

    def made(need_ids=(), project_id="project-1", **changes):
        wanted = {
            "title": "Lampen am Weg",
            "description": "Zwei Lampen.",
            "fund": "aktionsfonds",
            "cents": 780_00,
            "field": "OER",
            "climate": False,
            "at": spots.lawn,
        } | changes
        return projects.create(
            store,
            office,
            project_id=project_id,
            area=area,
            need_ids=need_ids,
            now=now,
            **wanted,
        )

    return made


def steps(store, pin_id):
    return [step.key for step in trail.steps(store, "pin", pin_id)]


# --- making one -------------------------------------------------------------


def test_needs_and_pins_follow_into_a_project(store, office, visitor, released, need_of, make):
    ids = released("Zu dunkel", "Kein Licht")
    need_of(ids)
    project = make(["need-1"])
    assert (project.number, project.pins, project.needs) == (1, 2, ("need-1",))
    assert project.status is ProjectStatus.SUBMITTED
    assert needs.get(store, office, "need-1").status is NeedStatus.PROJECT
    for pin_id in ids:
        assert pins.get(store, visitor, pin_id).status is Status.IN_PROJECT
        step = trail.steps(store, "pin", pin_id)[-1]
        assert (step.key, step.details) == ("project", {"project": 1, "title": "Lampen am Weg"})


def test_a_forwarded_need_may_still_become_a_project(store, office, now, released, need_of, make):
    [pin_id] = released("Zu dunkel")
    need_of([pin_id])
    needs.forward(store, office, "need-1", authority="sga", sentence="Ja.", version=1, now=now)
    make(["need-1"])
    assert steps(store, pin_id) == ["received", "released", "grouped", "forwarded", "project"]


def test_a_need_may_be_answered_by_two_projects(store, office, released, need_of, make):
    [pin_id] = released("Zu dunkel")
    need_of([pin_id])
    make(["need-1"])
    make(["need-1"], "project-2")
    assert steps(store, pin_id)[-2:] == ["project", "project"]
    assert [project.pins for project in projects.listing(store, office)] == [1, 1]


def test_a_project_keeps_its_place_in_words(make, spots):
    assert str(make(at=spots.litter_corner).place) == "Waldemarstraße Ecke Audre-Lorde-Straße"


def test_making_the_same_project_twice_makes_one(store, released, need_of, make, fingerprint):
    need_of(released("x"))
    first = make(["need-1"])
    before = fingerprint(store)
    assert make(["need-1"], title="Anders") == first
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"title": " "}, "title.missing", "title"),
        ({"title": "x" * 201}, "title.too_long", "title"),
        ({"description": "x" * 5001}, "project.description_too_long", "description"),
        ({"field": "X"}, "need.field_missing", "field"),
        ({"fund": "kiezkasse"}, "project.fund_unknown", "fund"),
        ({"fund": ""}, "project.fund_unknown", "fund"),
        ({"cents": 0}, "project.sum_missing", "cents"),
        ({"cents": -1}, "project.sum_missing", "cents"),
        ({"cents": 12.5}, "project.sum_missing", "cents"),
        ({"cents": True}, "project.sum_missing", "cents"),
        ({"cents": "780"}, "project.sum_missing", "cents"),
        ({"cents": float("nan")}, "project.sum_missing", "cents"),
        ({"cents": 1_500_01}, "project.over_limit", "cents"),
        ({"fund": "projektfonds", "cents": 4_999_99}, "project.under_limit", "cents"),
        ({"fund": "baufonds", "cents": 49_999_99}, "project.under_limit", "cents"),
        ({"fund": "baufonds", "cents": 10**13}, "project.over_limit", "cents"),
        ({"at": LonLat(float("nan"), 52.5)}, "pin.place_unreadable", "place"),
        ({"at": LonLat(52.5, 13.42)}, "pin.place_outside", "place"),
    ],
)
def test_what_a_project_cannot_be_is_refused(
    store, released, need_of, make, fingerprint, changes, key, field
):
    need_of(released("x"))
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        make(["need-1"], **changes)
    assert (refusal.value.key, refusal.value.field) == (key, field)
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("fund", "cents"),
    [
        ("aktionsfonds", 1),
        ("aktionsfonds", 1_500_00),
        ("projektfonds", 5_000_00),
        ("baufonds", 50_000_00),
    ],
)
def test_the_limits_themselves_are_taken(make, fund, cents):
    assert make(fund=fund, cents=cents).cents == cents


def test_a_limit_is_told_in_euros(make):
    with pytest.raises(BadInput) as refusal:
        make(cents=2_000_00)
    assert refusal.value.params["limit"] == 1500


def test_a_need_that_is_not_there_or_closed_stops_the_project(
    store, released, need_of, make, fingerprint
):
    one, two = released("Eins", "Zwei")
    need_of([one])
    need_of([two], "need-2")
    store.write(lambda tx: tx.execute("update need set status = 'done' where id = 'need-2'"))
    before = fingerprint(store)
    with pytest.raises(NotFound):
        make(["need-1", "no-such-need"])
    with pytest.raises(Conflict):
        make(["need-1", "need-2"])
    with pytest.raises(NotFound):
        make(["no-such-need"], status="draft")
    assert fingerprint(store) == before


# --- drafts and the jury ----------------------------------------------------


def test_a_draft_moves_nothing_and_the_jury_does_not_see_it(
    store, office, jury, released, need_of, make
):
    [pin_id] = released("x")
    need_of([pin_id])
    make(["need-1"], status="draft")
    assert needs.get(store, office, "need-1").status is NeedStatus.OPEN
    assert steps(store, pin_id)[-1] == "grouped"
    assert projects.get(store, office, "project-1").needs == ("need-1",)
    assert projects.listing(store, jury) == projects.listing(store, jury, status=("draft",)) == []
    for look in (projects.get, projects.pins_behind):
        with pytest.raises(NotFound):
            look(store, jury, "project-1")


@pytest.mark.parametrize("status", sorted(set(ProjectStatus) - {ProjectStatus.DRAFT}))
def test_the_jury_reads_a_project_in_every_other_status(store, jury, make, status):
    make(status=status)
    assert projects.get(store, jury, "project-1").status == status


@pytest.mark.parametrize("status", ["waiting", "hidden", "withdrawn"])
def test_the_jury_reads_public_words_only(store, jury, office, released, need_of, make, status):
    good, bad = released("Gut zu lesen", "Nicht zu lesen")
    need_of([good, bad])
    make(["need-1"])
    change = "update pin set status = $s where id = $id"
    store.write(lambda tx: tx.execute(change, {"s": status, "id": bad}))
    for somebody in (jury, office):
        behind = projects.pins_behind(store, somebody, "project-1")
        assert [pin.words for pin in behind] == ["Gut zu lesen"]
        assert projects.get(store, somebody, "project-1").pins == 1


def test_a_withdrawn_pin_is_no_voice_any_more(store, jury, now, released, need_of, make):
    one, two = released("Eins", "Zwei")
    need_of([one, two])
    make(["need-1"])
    pins.withdraw(store, Actor(Role.SENDER, pin=one), now=now)
    assert [pin.id for pin in projects.pins_behind(store, jury, "project-1")] == [two]


def test_voices_are_counted_by_kind_language_and_source(store, jury, released, need_of, make):
    ids = released("Zu dunkel", "Kein Licht", "Işık yok")
    ids += released("Mehr Licht", prefix="idea", kind="idea", source="paper")
    need_of(ids)
    make(["need-1"])
    counted = projects.voices(projects.pins_behind(store, jury, "project-1"))
    assert counted == projects.Voices(
        pins=4,
        kinds={"problem": 3, "idea": 1},
        languages={"de": 3, "tr": 1},
        sources={"web": 3, "paper": 1},
    )
    assert projects.voices([]) == projects.Voices(0, {}, {}, {})


# --- changing ---------------------------------------------------------------


def test_two_changes_of_one_version_are_one_change_and_a_refusal(
    store, area, office, now, make, fingerprint
):
    make()
    change = {"version": 1, "area": area, "now": now}
    changed = projects.change(store, office, "project-1", cents=900_00, climate=True, **change)
    assert (changed.cents, changed.climate, changed.version) == (900_00, True, 2)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        projects.change(store, office, "project-1", cents=100_00, **change)
    assert refusal.value.key == "project.changed_meanwhile"
    assert fingerprint(store) == before


def test_a_change_is_checked_as_a_whole(store, area, office, now, make, fingerprint, spots):
    make()
    before = fingerprint(store)
    change = {"version": 1, "area": area, "now": now}
    for bad in ({"fund": "baufonds"}, {"cents": 10**9}, {"at": spots.alexanderplatz}):
        with pytest.raises(BadInput):
            projects.change(store, office, "project-1", **change, **bad)
    with pytest.raises(TypeError):
        projects.change(store, office, "project-1", **change, status="approved")
    assert fingerprint(store) == before


def test_details_are_kept_as_they_are_and_replaced_as_a_whole(store, area, office, now, make):
    costs = {"costs": [{"item": "Erde", "cents": 180_00}], "period": "April–Oktober"}
    assert make(details=costs).details == costs
    change = {"version": 1, "area": area, "now": now}
    assert projects.change(store, office, "project-1", details={}, **change).details == {}


def test_needs_join_a_project_later(store, office, now, released, need_of, make, fingerprint):
    one, two = released("Eins", "Zwei")
    need_of([one])
    need_of([two], "need-2")
    make(["need-1"])
    wanted = {"need_ids": ["need-1", "need-2"], "now": now}
    project = projects.add_needs(store, office, "project-1", version=1, **wanted)
    assert (project.needs, project.pins) == (("need-1", "need-2"), 2)
    assert steps(store, one).count("project") == 1
    before = fingerprint(store)
    with pytest.raises(Conflict):
        projects.add_needs(store, office, "project-1", version=1, **wanted)
    assert fingerprint(store) == before


# --- the end ----------------------------------------------------------------


def finish(store, actor, now, project_id="project-1"):
    for version, state in enumerate(("accounted", "closed"), 1):
        project_moves.move(store, actor, project_id, to=state, version=version, now=now)
    return projects.get(store, actor, project_id)


def test_a_finished_project_is_the_result_of_its_pins(
    store, office, visitor, now, released, need_of, make
):
    [pin_id] = released("x")
    need_of([pin_id])
    make(["need-1"], status="running")
    assert finish(store, office, now).status is ProjectStatus.CLOSED
    assert needs.get(store, office, "need-1").status is NeedStatus.DONE
    assert pins.get(store, visitor, pin_id).status is Status.DONE
    assert steps(store, pin_id)[-1] == "done"


def test_a_need_waits_for_its_other_project(store, office, now, released, need_of, make):
    need_of(released("x"))
    make(["need-1"], status="running")
    make(["need-1"], "project-2", status="running")
    finish(store, office, now)
    assert needs.get(store, office, "need-1").status is NeedStatus.PROJECT
    finish(store, office, now, "project-2")
    assert needs.get(store, office, "need-1").status is NeedStatus.DONE


@pytest.mark.parametrize("status", sorted(set(ProjectStatus) - {ProjectStatus.RUNNING}))
def test_what_is_not_carried_out_cannot_be_finished(
    store, office, now, released, need_of, make, fingerprint, status
):
    need_of(released("x"))
    make(["need-1"], status=status)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        finish(store, office, now)
    assert fingerprint(store) == before


# --- reading ----------------------------------------------------------------


@pytest.mark.parametrize("project_id", ["", "no", "' or 1=1 --"])
def test_a_project_nobody_made_is_not_found(store, area, office, now, project_id):
    acts = (
        lambda: projects.get(store, office, project_id),
        lambda: projects.pins_behind(store, office, project_id),
        lambda: projects.change(
            store, office, project_id, version=1, area=area, title="x", now=now
        ),
        lambda: finish(store, office, now, project_id),
        lambda: projects.add_needs(store, office, project_id, need_ids=[], version=1, now=now),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_the_list_is_filtered(store, jury, make):
    make(project_id="p1")
    make(project_id="p2", fund="projektfonds", cents=96_000_00, field="BI", title="Lernen")
    make(project_id="p3", status="approved", description="Tischtennis für alle")

    def ids(**wanted):
        return [project.id for project in projects.listing(store, jury, **wanted)]

    assert ids() == ["p3", "p2", "p1"]
    assert ids(fund=("aktionsfonds",)) == ["p3", "p1"]
    assert ids(fund=("aktionsfonds", "projektfonds"), field=("BI",)) == ["p2"]
    assert ids(status=("approved",)) == ids(text="TISCHTENNIS fur") == ["p3"]
    assert ids(text="lernen") == ["p2"]
    assert ids(fund=("nonsense",)) == ids(text="%") == []
