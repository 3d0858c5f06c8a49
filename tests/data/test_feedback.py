from datetime import date, timedelta

import pytest

from data import feedback
from data.problems import BadInput, Conflict, NotAllowed


@pytest.fixture
def give(store, visitor, now):
    def make(number=1, *, days=0, **changes):
        said = {"page": "/follow", "words": "Zu klein.", "contact": "a@b.de", "lang": "ls"}
        feedback.give(
            store,
            visitor,
            feedback_id=f"feedback-{number}",
            now=now + timedelta(days=days),
            **{**said, **changes},
        )

    return make


def test_a_report_reaches_the_office_with_the_day_it_is_due(store, office, give):
    give(lang="de")
    (found,) = feedback.listing(store, office)
    assert (found.page, found.words, found.contact) == ("/follow", "Zu klein.", "a@b.de")
    assert (found.lang, found.due, found.done_at) == ("de", date(2026, 6, 4), None)


def test_a_report_given_twice_is_one(store, office, give):
    give()
    give(words="Anders")
    assert [one.words for one in feedback.listing(store, office)] == ["Zu klein."]
    assert store.read("select count(*) from trail where thing = 'feedback'") == [(1,)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ""},
        {"words": " \u202e\n "},
        {"words": "x" * 2001},
        {"words": "x" * 900_000},
        {"contact": "x" * 201},
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(store, office, give, wrong):
    with pytest.raises(BadInput):
        give(**wrong)
    assert feedback.listing(store, office) == []


def test_a_long_page_name_is_cut_and_never_refused(store, office, give):
    give(page="/x\n" * 400)
    (found,) = feedback.listing(store, office)
    assert len(found.page) <= feedback.MAX_PAGE
    assert "\n" not in found.page


def test_an_answered_report_loses_its_contact_and_goes_to_the_end(store, office, now, give):
    give(1)
    give(2, days=1)
    feedback.answered(store, office, "feedback-1", now=now)
    first, last = feedback.listing(store, office)
    assert (first.id, last.id, last.contact, last.done_at) == ("feedback-2", "feedback-1", "", now)
    assert "a@b.de" not in str(store.read("select * from trail"))


def test_what_was_answered_is_not_answered_again(store, office, now, give):
    give()
    feedback.answered(store, office, "feedback-1", now=now)
    for name in ("feedback-1", "feedback-9"):
        with pytest.raises(Conflict):
            feedback.answered(store, office, name, now=now)


@pytest.mark.parametrize("who", ["visitor", "jury"])
def test_only_the_office_reads_reports(store, request, now, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        feedback.listing(store, actor)
    with pytest.raises(NotAllowed):
        feedback.answered(store, actor, "feedback-1", now=now)
