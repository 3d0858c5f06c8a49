"""A need's way to an authority: each step once, told honestly, nobody's change lost, words erased."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from data import needs, pins, quotes, routes, trail
from data.problems import BadInput, Conflict, NotFound
from data.routes import RouteState
from data.rules import Actor, Role

DAY = date(2026, 5, 4)
LATER = date(2026, 6, 1)
LETTER = "Sehr geehrte Damen und Herren,\n\nbitte schauen Sie nach. Unser Zeichen: {reference}"


@pytest.fixture
def other():
    return Actor(Role.OFFICE, person="person-other", name="Andere")


@pytest.fixture
def drafted(store, office, now, office_day):
    """Prepare a route for need-1, with a quote of pin-1."""

    def make(route_id="route-1", **changes):
        given = {
            "need_id": "need-1",
            "authority": "bsr",
            "subject": "Müll am Brunnen, {reference}",
            "letter": f"{LETTER}\n„Zu dunkel“",
            "quoted": {"pin-1": "Zu dunkel"},
        }
        return routes.draft(store, office, route_id=route_id, now=now, **given | changes)

    return make


@pytest.fixture
def sent(store, office, now, drafted):
    def make(route_id="route-1", **changes):
        one = drafted(route_id, **changes)
        return routes.send(
            store, office, one.id, version=one.version, sentence="Wir fragen nach.",
            sent_on=DAY, remind_on=LATER, now=now,
        )  # fmt: skip

    return make


def keys(store, pin_id="pin-1"):
    return [step.key for step in trail.steps(store, "pin", pin_id)]


def test_a_draft_has_a_reference_that_stands_in_its_letter(drafted):
    one = drafted()
    assert one.reference == "KK-2026-0001"
    assert one.subject == "Müll am Brunnen, KK-2026-0001"
    assert "Unser Zeichen: KK-2026-0001" in one.letter
    assert drafted("route-2").reference == "KK-2026-0002"


def test_a_double_click_makes_one_route(store, office, drafted):
    first, second = drafted(), drafted()
    assert first == second
    assert len(routes.listing(store, office)) == 1


def test_sending_hands_the_need_on_and_tells_it_once(store, office, now, sent):
    one = sent()
    again = routes.send(
        store, office, one.id, version=1, sentence="Wir fragen nach.", sent_on=DAY,
        remind_on=LATER, now=now,
    )  # fmt: skip
    assert again == one
    need = needs.get(store, office, "need-1")
    assert (need.status, need.authority, need.public_sentence) == (
        "forwarded", "bsr", "Wir fragen nach.",
    )  # fmt: skip
    assert keys(store).count("forwarded") == 1


def test_what_another_person_sent_is_told_as_a_conflict(store, office, other, now, sent, drafted):
    sent()
    with pytest.raises(Conflict) as told:
        routes.send(
            store, other, "route-1", version=1, sentence="Wir fragen nach.", sent_on=DAY,
            remind_on=LATER, now=now,
        )  # fmt: skip
    assert told.value.key == "route.changed_meanwhile"


def test_a_refused_sending_leaves_the_route_a_draft(store, office, now, drafted):
    one = drafted()
    with pytest.raises(BadInput):
        routes.send(
            store, office, one.id, version=1, sentence="", sent_on=DAY, remind_on=None, now=now
        )
    store.write(lambda tx: tx.execute("update need set status = 'project' where id = 'need-1'"))
    with pytest.raises(Conflict):
        routes.send(
            store, office, one.id, version=1, sentence="Ja.", sent_on=DAY, remind_on=None, now=now
        )
    assert routes.get(store, office, one.id).state == RouteState.DRAFT
    assert keys(store).count("forwarded") == 0


@pytest.mark.parametrize(
    ("sent_on", "remind_on", "key"),
    [
        (DAY + timedelta(days=1), None, "route.sent_later"),
        (date(1999, 1, 1), None, "route.sent_later"),
        (DAY, DAY, "route.remind_earlier"),
    ],
)
def test_days_that_cannot_be_are_refused(store, office, now, drafted, sent_on, remind_on, key):
    one = drafted()
    with pytest.raises(BadInput) as told:
        routes.send(
            store, office, one.id, version=1, sentence="Ja.", sent_on=sent_on,
            remind_on=remind_on, now=now,
        )  # fmt: skip
    assert told.value.key == key


def test_two_people_on_one_letter_lose_nothing(store, office, other, now, drafted):
    drafted()
    routes.change(store, other, "route-1", letter="Von anderen", version=1, now=now)
    with pytest.raises(Conflict):
        routes.change(store, office, "route-1", letter="Von mir", version=1, now=now)
    assert routes.get(store, office, "route-1").letter == "Von anderen"


def test_a_letter_that_went_out_stays_as_it_was(store, office, now, sent):
    one = sent()
    with pytest.raises(Conflict):
        routes.change(store, office, one.id, letter="Anders", version=one.version, now=now)
    after = routes.change(
        store, office, one.id, their_reference="OA 7/26", version=one.version, now=now
    )
    assert after.their_reference == "OA 7/26"


def test_a_reminder_is_due_on_its_day_and_moves_it(store, office, now, sent):
    one = sent()
    before = now.replace(month=5, day=31)
    assert routes.due(store, office, now=before) == []
    day = before + timedelta(days=1)
    assert [found.id for found in routes.due(store, office, now=day)] == [one.id]
    after = routes.remind(
        store, office, one.id, version=one.version, letter="Wir fragen nach.",
        remind_on=date(2026, 7, 1), now=day,
    )  # fmt: skip
    assert (after.reminders, after.reminded_on) == (1, date(2026, 6, 1))
    assert routes.due(store, office, now=day) == []
    assert keys(store).count("forwarded") == 1


@pytest.mark.parametrize("result", ["answered", "done", "refused"])
def test_a_result_is_a_public_step_and_leaves_the_need_where_it_is(
    store, office, now, sent, result
):
    one = sent()
    after = routes.answer(
        store, office, one.id, version=one.version, result=result,
        told={"de": "Sie sagen es.", "tr": "Öyle diyorlar."}, now=now,
    )  # fmt: skip
    assert after.state == result
    step = trail.steps(store, "pin", "pin-1")[-1]
    assert step.key == f"route_{result}"
    assert step.details["answers"] == {"de": "Sie sagen es.", "tr": "Öyle diyorlar."}
    assert needs.get(store, office, "need-1").status == "forwarded"
    assert pins.get(store, office, "pin-1").status == "forwarded"


def test_what_is_told_in_another_language_is_told_in_german_too(store, office, now, sent):
    one = sent()
    with pytest.raises(BadInput):
        routes.answer(
            store, office, one.id, version=one.version, result="done", told={"tr": "Oldu."}, now=now
        )


def test_an_answer_may_be_followed_by_a_result_and_then_by_nothing(store, office, now, sent):
    one = sent()
    for result in ("answered", "refused"):
        one = routes.answer(
            store, office, one.id, version=one.version, result=result, told={}, now=now
        )
    with pytest.raises(Conflict):
        routes.answer(store, office, one.id, version=one.version, result="done", told={}, now=now)
    with pytest.raises(BadInput):
        routes.answer(store, office, one.id, version=one.version, result="sent", told={}, now=now)


def test_a_discarded_draft_is_gone_and_its_number_is_not_given_again(store, office, now, drafted):
    drafted()
    routes.discard(store, office, "route-1", version=1, now=now)
    assert routes.of_need(store, office, "need-1") == []
    with pytest.raises(NotFound):
        routes.get(store, office, "route-1")
    assert drafted("route-2").number == 2


def test_a_route_follows_its_need_into_the_one_it_is_merged_into(store, office, now, sent):
    one = sent()
    needs.create(
        store, office, need_id="need-2", title="Alles", field="OER", priority="now",
        pin_ids=["pin-2"], now=now,
    )  # fmt: skip
    store.write(lambda tx: tx.execute("update need set gone = 'need-2' where id = 'need-1'"))
    assert [found.need_id for found in routes.of_need(store, office, "need-2")] == ["need-2"]
    routes.answer(store, office, one.id, version=one.version, result="done", told={}, now=now)
    assert keys(store, "pin-2")[-1] == "route_done"


def test_words_that_are_taken_back_leave_every_letter(store, office, area, draft, now, drafted):
    drafted()
    store.write(lambda tx: quotes.erase(tx, "pin-1"))
    assert "Zu dunkel" not in routes.get(store, office, "route-1").letter
    assert quotes.GONE in routes.get(store, office, "route-1").letter
    assert routes.quoted(store, office, "route-1") == {}


def test_withdrawing_a_pin_takes_its_words_out_of_the_letter(store, office, now, sent):
    sent()
    store.write(lambda tx: pins.erase(tx, "pin-1", now=now))
    stored = str(store.read("select * from route")) + str(store.read("select * from route_quote"))
    assert "Zu dunkel" not in stored


def test_blacked_out_words_are_black_in_the_letter_too(store, office, drafted):
    drafted()
    store.write(lambda tx: quotes.black_out(tx, "pin-1", "Zu ██████"))
    assert "„Zu ██████“" in routes.get(store, office, "route-1").letter


@pytest.mark.parametrize(
    "subject", ["Müll\r\nBcc: alle@example.org", "Müll\nX: y", "Müll\x00\x0bTo: a@b.de"]
)
def test_a_subject_is_one_line_whatever_was_typed(drafted, subject):
    stored = drafted(subject=subject).subject
    assert "\n" not in stored
    assert "\r" not in stored
    assert "%0" not in quote(stored)


@pytest.mark.parametrize(
    "address",
    [
        "a@b.de\nBcc: c@d.de", "a@b.de,c@d.de", "a@b.de?cc=c@d.de", "a@b.de&bcc=c@d.de", "niemand",
        "<a@b.de>", "a b@c.de", "a@b", "javascript:alert(1)", "a%0a@b.de", "x" * 200 + "@b.de",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(drafted, address):
    with pytest.raises(BadInput):
        drafted(recipient=address)


def test_an_address_is_kept(drafted):
    assert (
        drafted(recipient=" ordnungsamt@ba-fk.berlin.de ").recipient
        == "ordnungsamt@ba-fk.berlin.de"
    )


def test_a_letter_that_is_too_long_is_refused_and_none_is_stored(store, office, drafted):
    for letter in ("x" * 8001, "x" * 1_000_000):
        with pytest.raises(BadInput):
            drafted(letter=letter)
    assert routes.listing(store, office) == []
