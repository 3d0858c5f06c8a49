import json
from datetime import date, timedelta

import pytest

from data import (
    advice,
    answerable,
    application_changes,
    application_links,
    applications,
    consultations,
    fund_rules,
    needs,
    pins,
    project_moves,
    projects,
    trail,
)
from data import application_form as form
from data.advice import Idea
from data.application_links import KEPT
from data.application_place import Spot
from data.costs import Cost
from data.fund_rules import FORM, Terms
from data.funds import Fund
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem
from data.projects import ProjectStatus
from data.rules import HOUSE, Actor, PersonId, ProjectId, Role

TOKEN, OTHER = "t" * 43, "u" * 43
ID = ProjectId("idea-1")
FULL = {
    "applicant": "Hausgemeinschaft",
    "of_age": True,
    "starts_on": date(2026, 8, 1),
    "ends_on": date(2026, 8, 2),
    "own_contribution": "Kuchen",
    "costs": (Cost("Tische", 10, 50_00),),
    "cents": 500_00,
    "field": "IN",
    "criteria": ("culture",),
}


@pytest.fixture
def asked(store, area, visitor, now, released):
    """An idea that began with a pin, and its applicant."""
    released("Hier fehlt ein Fest", prefix="wish", kind="idea")
    idea = Idea(ID, "Ein Fest im Hof\nmit Musik", pin="wish-1", contact="030 1", lang="tr")
    advice.ask(store, visitor, area, idea, token=TOKEN, now=now)
    return application_links.who(store, TOKEN, now=now)


@pytest.fixture
def write(store, area, now):
    def to(actor, part, value, **given):
        was = given["was"] if given else applications.get(store, actor, ID).parts[part]
        return applications.write(store, actor, area, ID, part, value, was=was, now=now)

    return to


@pytest.fixture
def whole(asked, write):
    for part, value in FULL.items():
        write(asked, part, value)
    return asked


def test_an_idea_becomes_a_draft_with_its_pin_place_and_contact(store, asked, spots):
    found = applications.get(store, asked, ID)
    project = found.project
    assert (project.status, project.origin, project.lang) == (ProjectStatus.DRAFT, "advice", "tr")
    assert (project.title, project.at) == ("Ein Fest im Hof", spots.fountain)
    assert (found.pins, found.contact) == (("wish-1",), "030 1")
    assert project.rules_id == "aktionsfonds-2015"
    assert [step.key for step in trail.steps(store, "project", ID)] == ["advice_asked"]


def test_asking_twice_is_one_idea_and_one_link(store, area, visitor, now, asked, fingerprint):
    before = fingerprint(store)
    advice.ask(store, visitor, area, Idea(ID, "Noch einmal"), token=TOKEN, now=now)
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("idea", "kind"),
    [
        (Idea(ID, " \n "), BadInput),
        (Idea(ID, "x" * 5001), BadInput),
        (Idea(ID, "Fest", pin="wait-1"), NotFound),
        (Idea(ID, "Fest", pin="nowhere"), NotFound),
        (Idea(ID, "Fest", need="need-1"), NotFound),  # not public yet
        (Idea(ID, "Fest", contact="x" * 301), BadInput),
    ],
)
def test_a_bad_idea_leaves_nothing(
    store, area, visitor, now, office_day, draft, idea, kind, fingerprint
):
    pins.add(store, visitor, area, [draft(id="wait-1")], now=now)
    before = fingerprint(store)
    with pytest.raises(kind):
        advice.ask(store, visitor, area, idea, token=TOKEN, now=now)
    assert fingerprint(store) == before


def test_an_idea_without_a_place_is_asked_for_one(store, area, visitor, now, spots, write):
    advice.ask(store, visitor, area, Idea(ID, "Ein Fest"), token=TOKEN, now=now)
    actor = application_links.who(store, TOKEN, now=now)
    found = applications.findings(store, actor, area, ID, now=now)
    assert "missing.at" in {one.key for one in found}
    line = Spot(spots.lawn, (spots.lawn, spots.fountain), line=True)
    assert write(actor, "at", line).parts["at"] == line
    ring = Spot(spots.lawn, (spots.lawn, spots.fountain, spots.playground))
    assert write(actor, "at", ring).parts["at"] == ring
    found = applications.findings(store, actor, area, ID, now=now)
    assert "missing.at" not in {one.key for one in found}


# --- links ------------------------------------------------------------------


def test_only_the_hash_of_a_link_is_stored(store, asked):
    kept = repr(store.read("select * from project_link")) + repr(store.read("select * from trail"))
    assert TOKEN not in kept


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "t", "ü\ud800"])
def test_a_wrong_link_opens_nothing(store, asked, now, token):
    with pytest.raises(NotFound, match=r"application\.link_unknown"):
        application_links.who(store, token, now=now)


def test_a_link_ends_and_can_be_replaced_and_taken_back(store, asked, now, office):
    with pytest.raises(NotFound, match=r"application\.link_expired"):
        application_links.who(store, TOKEN, now=now + KEPT)
    for _ in range(2):  # a double click is one
        application_links.renew(store, office, ID, token=OTHER, now=now + timedelta(hours=1))
    with pytest.raises(NotFound, match=r"application\.link_revoked"):
        application_links.who(store, TOKEN, now=now)
    assert application_links.who(store, OTHER, now=now).project == ID
    assert not application_links.state(store, office, ID).revoked
    application_links.revoke(store, office, ID, now=now)
    with pytest.raises(NotFound, match=r"application\.link_revoked"):
        application_links.who(store, OTHER, now=now)
    assert application_links.state(store, office, ID).revoked


def test_another_applications_link_changes_and_sees_nothing(
    store, area, asked, now, fingerprint, write
):
    other = Actor(Role.APPLICANT, project=ProjectId("another"))
    before = fingerprint(store)
    for deed in (
        lambda: applications.get(store, other, ID),
        lambda: write(other, "title", "Meins", was="Ein Fest im Hof"),
        lambda: applications.findings(store, other, area, ID, now=now),
        lambda: applications.submit(store, other, area, ID, now=now),
        lambda: answerable.near(store, other, ID),
        lambda: consultations.for_jury(store, other, ID),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert fingerprint(store) == before


# --- writing ----------------------------------------------------------------


def test_every_part_comes_back_as_it_was_written(store, office_day, whole, write, spots):
    more = {
        "title": "Hoffest", "goal": "Reden", "target_group": "alle", "people": 40,
        "name": "Gruppe", "contact": "a@example.org", "helpers": "Kita", "own_cents": 1,
        "fee_self": True, "other_funding": "Bäcker", "other_cents": 5, "climate": True,
        "permissions": ("street", "noise"), "permissions_words": "ja", "publicity": "Plakat",
        "logo": True, "needs": ("need-1",), "pins": ("pin-2",), "indicators": "30",
        "lasting": "ja", "diversity": "alle", "finance_plan": {"2026": 500_00},
        "fund": Fund.PROJEKTFONDS, "at": Spot(spots.lawn), "description": "Neu",
    }  # fmt: skip
    for part, value in more.items():
        write(whole, part, value)
    found = applications.get(store, whole, ID).parts
    assert {part: found[part] for part in FULL | more} == FULL | more
    assert set(FULL | more) == set(form.PARTS)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("title", " "), ("title", "x" * 400), ("cents", -1), ("cents", 10**15), ("cents", 1.5),
        ("cents", True), ("people", -1), ("people", 10**9), ("fund", "meiner"), ("field", "X"),
        ("starts_on", "morgen"), ("starts_on", date(1, 1, 1)), ("goal", "x" * 1501),
        ("costs", (Cost("x", 0, 1),)), ("costs", (Cost("x", 1, -1),)), ("costs", (Cost(),) * 61),
        ("costs", (Cost("x", 100_000, 10**10),)), ("needs", ("nowhere",)), ("pins", ("nowhere",)),
        ("finance_plan", {"bald": 1}), ("finance_plan", {"2026": -1}), ("at", None),
        ("at", Spot((13.42, float("nan")))), ("at", Spot((0.0, 0.0))),
        ("at", Spot((13.424, 52.502), ((13.424, 52.502),), True)),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_leaves_everything_as_it_was(
    store, asked, write, part, value, fingerprint
):
    before = fingerprint(store)
    with pytest.raises(Problem):
        write(asked, part, value)
    assert fingerprint(store) == before


def test_two_who_write_in_one_part_are_told_and_in_two_are_not(store, asked, office, write):
    was = applications.get(store, asked, ID).parts
    write(office, "goal", "Vom Büro", was=was["goal"])
    write(asked, "helpers", "Kita", was=was["helpers"])
    with pytest.raises(Conflict, match=r"application\.changed_meanwhile"):
        write(asked, "goal", "Von uns", was=was["goal"])
    assert applications.get(store, asked, ID).parts["goal"] == "Vom Büro"
    write(asked, "goal", "Von uns", was="Vom Büro")
    write(asked, "goal", "Von uns", was="Vom Büro")  # a double click is one
    assert applications.get(store, office, ID).parts["goal"] == "Von uns"


def test_an_office_form_opened_before_is_told_of_the_applicant(
    store, area, asked, office, write, now
):
    opened = projects.get(store, office, ID)
    write(asked, "title", "Unser Titel")
    with pytest.raises(Conflict):
        projects.change(
            store, office, ID, version=opened.version, area=area, now=now, cents=1_00, field="IN"
        )


def test_how_a_part_was_stays_in_the_trail_but_never_a_contact(store, asked, write):
    write(asked, "title", "Neuer Titel")
    write(asked, "contact", "0170 geheim")
    kept = repr(store.read("select details from trail where thing = 'project'"))
    assert "Ein Fest im Hof" in kept
    assert "0170" not in kept
    assert "030 1" not in kept


# --- handing in ---------------------------------------------------------------


def test_what_is_not_whole_cannot_be_handed_in(store, area, asked, now, fingerprint):
    before = fingerprint(store)
    with pytest.raises(BadInput, match=r"application\.incomplete"):
        applications.submit(store, asked, area, ID, now=now)
    assert fingerprint(store) == before


def test_the_office_takes_one_on_paper_that_lacks_something_by_a_reason_alone(
    store, area, asked, office, now, fingerprint
):
    before, version = fingerprint(store), projects.get(store, office, ID).version
    for reason, seen, key in (
        (" ", version, r"application\.reason_missing"),
        ("x" * 501, version, "words_too_long"),
        ("Kam auf Papier.", version + 1, r"application\.changed_meanwhile"),
    ):
        with pytest.raises(Problem, match=key):
            applications.submit(store, office, area, ID, now=now, reason=reason, version=seen)
    with pytest.raises(BadInput, match=r"application\.incomplete"):  # the reason is the office's
        applications.submit(store, asked, area, ID, now=now, reason="Kommt noch.")
    with pytest.raises(NotAllowed):  # nor past the list
        project_moves.move(store, office, ID, to="submitted", version=version, now=now)
    assert fingerprint(store) == before
    for _ in range(2):
        applications.submit(
            store, office, area, ID, now=now, reason="Kam auf Papier.", version=version
        )
    assert projects.get(store, office, ID).status == ProjectStatus.SUBMITTED
    [(details,)] = store.read("select details from trail where details like '%Kam auf Papier%'")
    assert json.loads(details)["open"] > 0
    told = [step.details for step in trail.steps(store, "project", ID)]
    assert "Papier" not in str(told)  # neither the applicant nor a pin reads it


def test_the_office_sees_what_was_changed_since_it_was_sent_back(
    store, area, whole, office, now, write
):
    def seen():
        found = application_changes.since_sent_back(store, office, ID)
        return found and {one.part: (one.was, one.now) for one in found}

    def send_back():
        for to in ("checking", "revision"):
            at = projects.get(store, office, ID).version
            project_moves.move(store, office, ID, to=to, version=at, reason="Wer hilft?", now=now)

    write(whole, "helpers", "niemand")  # long before
    applications.submit(store, whole, area, ID, now=now)
    assert seen() is None
    send_back()
    assert seen() == []
    write(whole, "helpers", "die Kita")
    write(whole, "helpers", "die Kita und der Hort")
    write(whole, "costs", (Cost("Tische", 5, 100_00),))
    write(whole, "contact", "030 12345")
    write(whole, "goal", "Anderes")
    write(whole, "goal", "")  # and back
    told = seen()
    assert told["helpers"] == ("niemand", "die Kita und der Hort")
    assert told["costs"][1][0]["quantity"] == 5
    assert (told["contact"], "goal" in told) == ((None, None), False)
    applications.submit(store, whole, area, ID, now=now)
    send_back()
    assert seen() == []  # looked at already


def test_a_whole_one_is_handed_in_once_and_then_closed_to_the_applicant(
    store, area, whole, office, now, write
):
    for _ in range(2):
        applications.submit(store, whole, area, ID, now=now)
    assert applications.get(store, whole, ID).project.status == ProjectStatus.SUBMITTED
    steps = [step.key for step in trail.steps(store, "project", ID)]
    assert steps.count("project_submitted") == 1
    with pytest.raises(Conflict, match=r"application\.closed"):
        write(whole, "title", "Anders")
    assert write(office, "title", "Anders").project.title == "Anders"


def test_it_keeps_the_rules_of_the_day_it_was_handed_in(store, area, whole, admin, now):
    terms = Terms(
        title="Neu", least=1, most=300_00, weeks_before=6, own_share=0, fees=True, lump=0,
        least_age=0, criteria=("culture",), form=FORM, required=("title",), steps=(), body="jury",
    )  # fmt: skip
    tomorrow = now + timedelta(days=1)
    fund_rules.add(
        store, admin, rules_id="less", fund="aktionsfonds", terms=terms,
        valid_from=tomorrow.date(), seen="aktionsfonds-2015", now=now,
    )  # fmt: skip
    as_draft = applications.findings(store, whole, area, ID, now=tomorrow)
    assert "over" in {one.key for one in as_draft}
    applications.submit(store, whole, area, ID, now=now)
    later = applications.findings(store, whole, area, ID, now=tomorrow)
    assert "over" not in {one.key for one in later}
    assert applications.get(store, whole, ID).project.rules_id == "aktionsfonds-2015"


def test_near_needs_and_pins_are_offered_public_ones_alone(store, office_day, asked, office, now):
    seen = answerable.near(store, asked, ID)
    assert next(pin.id for pin in seen.pins) == "wish-1"
    assert "wait" not in {pin.id for pin in seen.pins}
    assert seen.needs == ()  # an open need is the office's
    assert [need.id for need in answerable.near(store, office, ID).needs] == ["need-1"]
    told = {"authority": "sga", "sentence": "Weitergegeben.", "now": now}
    version = needs.get(store, office, "need-1").version
    needs.forward(store, office, "need-1", version=version, **told)
    assert [need.id for need in answerable.near(store, asked, ID).needs] == ["need-1"]


# --- advice talks ---------------------------------------------------------------


def test_the_jury_reads_of_the_talks_what_is_meant_for_it(store, asked, office, jury, now):
    talk = {"held_on": now.date(), "now": now}
    for name, is_for in (("talk-1", True), ("talk-2", False)):
        consultations.write(
            store, office, ID, consultation_id=name, words=f"Notiz {name}", for_jury=is_for, **talk
        )
    assert [one.id for one in consultations.for_jury(store, jury, ID)] == ["talk-1"]
    assert len(consultations.listing(store, office, ID)) == 2
    colleague = Actor(Role.OFFICE, person=PersonId("person-2"))
    change = {"words": "Neu", "for_jury": False, "version": 1, **talk}
    consultations.change(store, colleague, "talk-1", **change)
    with pytest.raises(Conflict, match=r"consultation\.changed_meanwhile"):
        consultations.change(store, office, "talk-1", **change)
    assert consultations.for_jury(store, jury, ID) == []


@pytest.mark.parametrize(("words", "days"), [("", 0), (" ", 0), ("x" * 3001, 0), ("Beraten", 1)])
def test_a_talk_that_cannot_be_leaves_nothing(store, asked, office, now, words, days, fingerprint):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        consultations.write(
            store, office, ID, consultation_id="talk", held_on=now.date() + timedelta(days=days),
            words=words, for_jury=True, now=now,
        )  # fmt: skip
    assert fingerprint(store) == before


def test_the_house_may_write_what_was_applied_for_long_ago(store, asked, write):
    assert write(HOUSE, "title", "Aus dem Archiv").project.title == "Aus dem Archiv"
