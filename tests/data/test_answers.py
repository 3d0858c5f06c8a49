from dataclasses import replace
from datetime import timedelta

import pytest

from components.words import LANGUAGES as SCREEN
from data import answers, needs, pins, results, templates, trail
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem
from data.results import State
from data.rules import VISITOR
from data.texts import LANGUAGES

GERMAN, TURKISH = "Wir haben die Lampe gemeldet.", "Lambayı bildirdik."


@pytest.fixture
def need(store, office, now, released):
    """A need of two pins, in German and Turkish; a third pin stands alone."""
    released("Zu dunkel hier", "Çok karanlık", "Zu laut")
    return needs.create(
        store, office, need_id="need-1", title="Licht", field="OER", priority="now",
        pin_ids=["pin-1", "pin-2"], now=now,
    )  # fmt: skip


@pytest.fixture
def give(store, office, now):
    def make(words=None, *, thing="need", thing_id="need-1", seen=0, days=1, actor=office):
        return answers.give(
            store, actor, thing=thing, thing_id=thing_id, words=words or {"de": GERMAN},
            seen=seen, now=now + timedelta(days=days),
        )  # fmt: skip

    return make


def told(store, pin_id: str) -> list[dict]:
    return [
        dict(step.details["answers"])
        for step in trail.steps(store, "pin", pin_id)
        if step.key == "answered"
    ]


def test_the_languages_of_answers_are_those_of_the_screen():
    assert set(LANGUAGES) == set(SCREEN)


def test_an_answer_to_a_need_is_told_at_every_pin_behind_it(store, office, need, give, now):
    given = give({"tr": TURKISH, "de": f" {GERMAN}\n", "ar": "  "})
    assert given.words == {"de": GERMAN, "tr": TURKISH}
    assert list(given.words) == ["de", "tr"]
    assert given.at == now + timedelta(days=1)
    for pin_id in ("pin-1", "pin-2"):
        assert told(store, pin_id) == [{"de": GERMAN, "tr": TURKISH}]
        pin = pins.get(store, office, pin_id)
        assert (pin.status, pin.answered_at) == ("grouped", now + timedelta(days=1))
    assert told(store, "pin-3") == []
    assert pins.get(store, office, "pin-3").answered_at is None


def test_an_answer_to_a_single_pin_leaves_its_status(store, office, need, give):
    give(thing="pin", thing_id="pin-3")
    assert told(store, "pin-3") == [{"de": GERMAN}]
    assert pins.get(store, office, "pin-3").status == "read"


def test_a_change_is_a_new_step_and_the_first_answers_day_stays(store, office, need, give, now):
    first = give()
    second = give({"de": "Die Lampe leuchtet."}, seen=first.version, days=9)
    assert told(store, "pin-1") == [{"de": GERMAN}, {"de": "Die Lampe leuchtet."}]
    assert pins.get(store, office, "pin-1").answered_at == now + timedelta(days=1)
    assert second.version > first.version
    assert answers.get(store, office, thing="need", thing_id="need-1") == second


def test_a_language_left_out_is_not_told_any_more(store, office, need, give):
    first = give({"de": GERMAN, "tr": TURKISH})
    assert give({"de": GERMAN}, seen=first.version, days=2).words == {"de": GERMAN}


def test_a_double_click_is_one_answer(store, need, give, fingerprint):
    give()
    before = fingerprint(store)
    give(days=2)
    assert fingerprint(store) == before


def test_of_two_staff_the_second_is_told_and_nothing_is_overwritten(
    store, admin, need, give, fingerprint
):
    first = give()
    before = fingerprint(store)
    with pytest.raises(Conflict) as refused:
        give({"de": "Anders"}, actor=admin, days=2)
    assert refused.value.key == "answer.changed_meanwhile"
    assert fingerprint(store) == before
    assert give({"de": "Anders"}, seen=first.version, actor=admin, days=2).words == {"de": "Anders"}


def test_two_changes_at_the_same_moment_are_two_versions(need, give):
    first = give()
    second = give({"de": "Anders"}, seen=first.version)
    assert second.version > first.version
    with pytest.raises(Conflict):
        give({"de": "Noch anders"}, seen=first.version)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ({}, "answer.german_missing"),
        ({"tr": TURKISH}, "answer.german_missing"),
        ({"de": " \u202e\n"}, "answer.german_missing"),
        ({"de": "x" * 2001}, "answer.too_long"),
        ({"de": "ok", "ar": "س" * 900_000}, "answer.too_long"),
    ],
)
def test_what_cannot_be_told_is_refused(store, need, give, fingerprint, words, key):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refused:
        give(words or {"xx": "?"})
    assert refused.value.key == key
    assert fingerprint(store) == before


def test_two_thousand_signs_and_unknown_languages_are_no_trouble(store, need, give):
    assert give({"de": "x" * 2000, "fr": "Bonjour"}).words == {"de": "x" * 2000}


def test_hostile_words_come_back_as_they_were_typed(need, give):
    hostile = "<script>alert(1)</script> {{7*7}} '; drop table pin; -- [x](javascript:1)"
    assert give({"de": hostile}).words == {"de": hostile}


def test_what_is_not_there_or_not_public_gets_no_answer(
    store, area, office, need, give, now, draft
):
    pins.add(store, VISITOR, area, [draft(id="wait")], now=now)
    pins.hide(store, office, ["pin-3"], reason="spam", now=now)
    for thing, thing_id in (
        ("pin", "wait"), ("pin", "pin-3"), ("pin", "nobody"), ("need", "nothing"),
    ):  # fmt: skip
        with pytest.raises(Problem) as refused:
            give(thing=thing, thing_id=thing_id)
        assert isinstance(refused.value, Conflict | NotFound)
    assert store.read("select count(*) from answer") == [(0,)]


def test_a_pin_that_joins_later_is_told_too(store, office, need, give, now):
    give({"de": GERMAN, "tr": TURKISH})
    needs.add_pins(store, office, "need-1", pin_ids=["pin-3"], now=now + timedelta(days=5))
    assert told(store, "pin-3") == [{"de": GERMAN, "tr": TURKISH}]
    assert pins.get(store, office, "pin-3").answered_at == now + timedelta(days=5)


def test_the_languages_of_those_behind_are_counted(store, office, need):
    assert answers.spoken(store, office, thing="need", thing_id="need-1") == {"de": 1, "tr": 1}
    assert answers.spoken(store, office, thing="pin", thing_id="pin-3") == {"de": 1}


def test_an_answered_need_is_a_result_and_its_title_is_told(store, need, give):
    assert results.entries(store) == []
    first = give()
    give({"de": "Die Lampe leuchtet."}, seen=first.version, days=9)
    (entry,) = results.entries(store)
    assert (entry.key, entry.state, entry.pins) == ("need-1", State.ANSWERED, 2)
    assert [step.details["answers"]["de"] for step in results.way_of(store, entry)] == [
        GERMAN,
        "Die Lampe leuchtet.",
    ]
    way = results.way(store, pins.get(store, VISITOR, "pin-1"))
    assert [step.key for step in way] == ["received", "released", "grouped", "answered", "answered"]
    assert [pin.id for pin in results.unanswered(store, limit=9)] == ["pin-3"]


def test_an_answered_and_forwarded_need_is_forwarded(store, office, need, give, now):
    give()
    needs.forward(
        store, office, "need-1", authority="sga", sentence="Gemeldet.",
        version=needs.get(store, office, "need-1").version, now=now + timedelta(days=3),
    )  # fmt: skip
    (entry,) = results.entries(store)
    assert entry.state == State.FORWARDED
    assert [step.key for step in results.way_of(store, entry)] == ["answered", "forwarded"]


def test_an_answered_single_pin_is_a_result(store, office, need, give, now):
    give(thing="pin", thing_id="pin-3")
    (entry,) = results.entries(store)
    assert (entry.pin, entry.title, entry.state) == ("pin-3", "Zu laut", State.ANSWERED)
    assert [pin.id for pin in results.behind(store, entry)] == ["pin-3"]
    assert results.way_of(store, entry)[-1].details["answers"] == {"de": GERMAN}
    pins.hide(store, office, ["pin-3"], reason="insult", now=now)
    assert results.entries(store) == []
    assert results.behind(store, entry) == []


def test_a_withdrawn_pins_answer_goes_with_it(store, area, office, now, draft, give):
    code = "00000-00000-003"
    pins.add(store, VISITOR, area, [draft(id="own", code=code)], now=now)
    pins.release(store, office, ["own"], now=now)
    give(thing="pin", thing_id="own")
    pins.withdraw(store, pins.by_receipt(store, code), now=now)
    assert store.read("select count(*) from answer") == [(0,)]


# --- templates --------------------------------------------------------------


@pytest.fixture
def save(store, office, now):
    def make(name="t-1", *, seen=0, actor=office, **changes):
        given = {"field": "OER", "title": "Lampe", "words": {"de": "Die Lampe …"}} | changes
        return templates.save(store, actor, name, **given, seen=seen, now=now)

    return make


def test_the_shipped_templates_serve_every_field(store):
    for field in ("IN", "BI", "OER", "GB", "BVK"):
        own = [key for key in templates.shipped(field) if templates.SHIPPED[key] == field]
        assert own == templates.shipped(field)[: len(own)]
        assert len(own) >= 2
    assert all(templates.SHIPPED[key] == "" for key in templates.shipped(""))


def test_an_own_template_is_made_changed_and_deleted(store, office, save, now):
    made = save(words={"tr": "Lamba …", "de": "Die Lampe …"})
    assert (made.title, dict(made.words)) == ("Lampe", {"de": "Die Lampe …", "tr": "Lamba …"})
    changed = save(title=" Laterne ", field="", seen=made.version)
    assert (changed.title, changed.field) == ("Laterne", "")
    assert templates.listing(store, office, field="BI") == [changed]
    templates.delete(store, office, "t-1", seen=changed.version, now=now)
    assert templates.listing(store, office) == []


def test_a_fields_templates_are_its_own_and_the_general_ones(store, office, save):
    save("t-1", field="OER", title="B")
    save("t-2", field="", title="a")
    save("t-3", field="BI", title="C")
    assert [one.id for one in templates.listing(store, office, field="OER")] == ["t-2", "t-1"]
    assert len(templates.listing(store, office)) == 3


def test_two_staff_on_one_template(store, office, admin, save, now):
    made = save()
    assert save() == made  # a double click
    with pytest.raises(Conflict):
        save(title="Anders", actor=admin)
    newer = save(title="Anders", actor=admin, seen=made.version)
    with pytest.raises(Conflict):
        templates.delete(store, office, "t-1", seen=made.version, now=now)
    templates.delete(store, office, "t-1", seen=newer.version, now=now)
    with pytest.raises(NotFound):
        templates.delete(store, office, "t-1", seen=newer.version, now=now)
    with pytest.raises(Conflict):  # what was deleted does not come back unseen
        save(seen=newer.version)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 101},
        {"words": {}},
        {"words": {"de": "x" * 2001}},
        {"field": "XX"},
    ],
)
def test_a_template_without_name_or_words_is_refused(store, save, fingerprint, wrong):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        save(**wrong)
    assert fingerprint(store) == before


def test_the_jury_answers_nobody(jury, need, give, save):
    with pytest.raises(NotAllowed):
        give(actor=jury)
    with pytest.raises(NotAllowed):
        save(actor=replace(jury, person="x"))
