"""Offers of help: what they say, who reads them, and when how to reach somebody is gone."""

import pytest

from data import needs, offers, pins
from data.offers import Draft, Help, OfferState
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import VISITOR, Actor, Role

PHONE = "0151 2345678"


def help_with(thing_id="pin-1", *, id="offer-1", thing="pin", kinds=("hands",), **more) -> Draft:
    return Draft(id, thing, thing_id, kinds, **more)


def everything(store) -> str:
    tables = store.read("select table_name from information_schema.tables")
    return repr([store.read(f"select * from {name}") for (name,) in tables])


def test_an_offer_is_stored_once_however_often_it_is_sent(store, office_day, office, now) -> None:
    for words in ("Ich kann streichen", "anders"):
        offers.make(store, VISITOR, help_with(words=words, contact=PHONE), now=now)
    (found,) = offers.listing(store, office)
    assert (found.words, found.contact, found.number) == ("Ich kann streichen", PHONE, 1)
    assert (found.thing, found.thing_id, found.kinds) == ("pin", "pin-1", (Help.HANDS,))
    assert offers.open_count(store, office) == 1


@pytest.mark.parametrize(
    "role", [Role.VISITOR, Role.SENDER, Role.GUEST, Role.FACILITATOR, Role.JURY]
)
def test_nobody_but_the_office_reads_it(store, office_day, now, role) -> None:
    offers.make(store, VISITOR, help_with(contact=PHONE), now=now)
    for ask in (offers.listing, offers.open_count, offers.behind_needs):
        with pytest.raises(NotAllowed):
            ask(store, Actor(role, pin="pin-1", meeting="m"))


@pytest.mark.parametrize("kinds", [(), ("money",), ("hands", "x"), ("",)])
def test_with_what_somebody_helps_must_be_known(store, office_day, office, now, kinds) -> None:
    with pytest.raises(BadInput) as told:
        offers.make(store, VISITOR, help_with(kinds=kinds), now=now)
    assert told.value.key == "offer.kinds_missing"
    assert offers.listing(store, office) == []


@pytest.mark.parametrize(
    ("field", "text"), [("words", "a" * 1001), ("contact", "1" * 201), ("words", "a" * 9_000_000)]
)
def test_too_much_is_refused(store, office_day, now, field, text) -> None:
    with pytest.raises(BadInput) as told:
        offers.make(store, VISITOR, help_with(**{field: text}), now=now)
    assert (told.value.key, told.value.field) == ("offer.too_long", field)


def test_kinds_stand_in_one_order_and_words_are_cleaned(store, office_day, office, now) -> None:
    draft = help_with(
        kinds=("skill", "hands", "skill"), words=" \0Gern\u202e ", contact="a\nb@c.de "
    )
    offers.make(store, VISITOR, draft, now=now)
    (found,) = offers.listing(store, office)
    assert (found.kinds, found.words, found.contact) == (
        (Help.HANDS, Help.SKILL),
        "Gern",
        "a b@c.de",
    )


@pytest.mark.parametrize(
    ("thing", "thing_id"),
    [
        ("pin", "wait"), ("pin", "no-such"), ("pin", ""), ("need", "need-1"), ("need", "no-such"),
        ("project", "project-1"), ("", "pin-1"), ("pin' or 1=1 --", "pin-1"),
    ],
)  # fmt: skip
def test_help_is_for_what_everybody_sees(store, office_day, office, now, thing, thing_id) -> None:
    with pytest.raises(NotFound):
        offers.make(store, office, help_with(thing_id, thing=thing), now=now)
    assert offers.listing(store, office) == []


def test_a_need_with_an_answer_takes_offers_and_counts_those_of_its_pins(
    store, office_day, office, now
) -> None:
    told = {"authority": "sga", "sentence": "Weitergegeben.", "version": 1, "now": now}
    needs.forward(store, office, "need-1", **told)
    offers.make(store, VISITOR, help_with("need-1", thing="need"), now=now)
    offers.make(store, VISITOR, help_with("pin-1", id="offer-2"), now=now)
    offers.make(store, VISITOR, help_with("pin-2", id="offer-3"), now=now)
    assert offers.behind_needs(store, office) == {"need-1": 2}


def test_using_an_offer_erases_how_to_reach_somebody(store, office_day, office, now) -> None:
    offers.make(store, VISITOR, help_with(words="Ich male", contact=PHONE), now=now)
    offers.use(store, office, "offer-1", now=now, note="Kommt am Samstag")
    assert PHONE not in everything(store)
    assert offers.listing(store, office) == []
    (used,) = offers.listing(store, office, OfferState.USED)
    assert (used.contact, used.note, used.words) == ("", "Kommt am Samstag", "Ich male")
    assert "erased" in everything(store)
    with pytest.raises(Conflict):
        offers.use(store, office, "offer-1", now=now)


def test_taking_an_offer_back_erases_words_and_contact(store, office_day, office, now) -> None:
    offers.make(store, VISITOR, help_with(words="Ich male gern", contact=PHONE), now=now)
    offers.withdraw(store, VISITOR, "offer-1", now=now)
    assert PHONE not in everything(store)
    assert "Ich male gern" not in everything(store)
    assert offers.open_count(store, office) == 0
    for again in (offers.withdraw, offers.use):
        with pytest.raises(Conflict):
            again(store, office, "offer-1", now=now)
    offers.make(
        store, VISITOR, help_with(contact=PHONE), now=now
    )  # a late retry brings nothing back
    assert PHONE not in everything(store)


def test_an_offer_outlives_its_pin_without_breaking_the_list(
    store, office_day, office, now
) -> None:
    offers.make(store, VISITOR, help_with("pin-2"), now=now)
    pins.hide(store, office, ["pin-2"], reason="spam", now=now)
    (found,) = offers.listing(store, office)
    assert found.number == 2
