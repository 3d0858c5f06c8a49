"""Blacked-out words: nobody but the office reads them, whatever way is tried."""

import json
from datetime import timedelta

import pytest

from data import pins, redactions, trail, translations
from data.filters import Filter
from data.problems import BadInput, Conflict, NotFound
from data.redactions import BAR
from data.rules import VISITOR, Actor, Role

WORDS = "Bitte Frau Öztürk anrufen, Tel. 030 23125 417, wegen der Lampe"
CODE = "7Q2MX-9D4RT-0KB"


def place(part: str) -> tuple[int, int]:
    return WORDS.index(part), WORDS.index(part) + len(part)


@pytest.fixture
def sent(store, area, office, now, draft):
    pins.add(store, VISITOR, area, [draft(WORDS, id="p", code=CODE)], now=now)
    pins.release(store, office, ["p"], now=now)
    return "p"


@pytest.fixture
def black(store, office, sent, now):
    def do(*parts, reason="personal_data", seen=WORDS):
        return redactions.black_out(
            store, office, "p", [place(one) for one in parts], reason=reason, seen=seen, now=now
        )

    return do


def everything(store, but=()):
    """Return every row of every table as one text, without those of some."""
    tables = store.read("select table_name from information_schema.tables order by 1")
    return json.dumps(
        [store.read(f"select * from {name}") for (name,) in tables if name not in but], default=str
    )


def test_the_rest_stays_to_be_read(black):
    assert black("Frau Öztürk", "030 23125 417") == (
        f"Bitte {BAR} anrufen, Tel. {BAR}, wegen der Lampe"
    )


def test_the_original_stands_in_no_other_table(store, office, sent, black, now):
    translations.write(store, office, "p", "tr", "Lütfen Öztürk", of=WORDS, seen=None, now=now)
    black("Frau Öztürk", "030 23125 417")
    rest = everything(store, but={"redaction"})
    for secret in ("Öztürk", "zturk", "23125"):
        assert secret not in rest.encode().decode("unicode_escape", "ignore")
        assert secret not in rest


def test_search_finds_no_word_that_is_blacked_out(store, office, black):
    black("Frau Öztürk")
    for actor in (VISITOR, office):
        assert pins.listing(store, actor, Filter(text="oeztuerk")) == []
        assert pins.listing(store, actor, Filter(text="ozturk")) == []
        assert len(pins.listing(store, actor, Filter(text="lampe"))) == 1


def test_the_sender_reads_why_and_nobody_but_the_office_the_original(store, office, admin, black):
    black("Frau Öztürk")
    sender = pins.by_receipt(store, CODE)
    pin, steps = pins.follow(store, sender)
    assert "Öztürk" not in pin.words
    assert [step.key for step in steps] == ["received", "released", "blacked_out.personal_data"]
    assert "Öztürk" not in repr(steps)
    assert "Öztürk" not in repr(trail.steps_with_notes(store, office, "pin", "p"))
    for actor in (office, admin):
        found = redactions.of_pin(store, actor, "p")
        assert (found.original, found.reason) == (WORDS, "personal_data")


def test_the_first_original_is_kept_when_more_is_blacked_out(store, office, black, now):
    first = black("Frau Öztürk")
    at = first.index("030")
    redactions.black_out(
        store, office, "p", [(at, at + 13)], reason="other", seen=first,
        now=now + timedelta(hours=1),
    )  # fmt: skip
    assert redactions.of_pin(store, office, "p").original == WORDS
    assert pins.get(store, office, "p").words.count(BAR) == 2


def test_it_can_be_taken_back_and_is_found_again(store, office, black, now):
    words = black("Frau Öztürk")
    redactions.take_back(store, office, "p", seen=words, now=now)
    assert pins.get(store, office, "p").words == WORDS
    assert len(pins.listing(store, VISITOR, Filter(text="ozturk"))) == 1
    assert redactions.of_pin(store, office, "p") is None
    with pytest.raises(NotFound):
        redactions.take_back(store, office, "p", seen=WORDS, now=now)


def test_who_looked_at_other_words_changes_nothing(store, black, fingerprint):
    black("Frau Öztürk")
    before = fingerprint(store)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        black("030 23125 417")
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("parts", "reason", "key"),
    [
        ([], "personal_data", "redaction.nothing_chosen"),
        ([(5, 5)], "personal_data", "redaction.nothing_chosen"),
        ([(900, 999)], "personal_data", "redaction.nothing_chosen"),
        ([(0, 5)], "because", "redaction.reason_missing"),
    ],
)
def test_what_makes_no_sense_is_refused(store, office, sent, fingerprint, now, parts, reason, key):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        redactions.black_out(store, office, "p", parts, reason=reason, seen=WORDS, now=now)
    assert refusal.value.key == key
    assert fingerprint(store) == before


def test_withdrawing_erases_the_original_as_well(store, sent, black, now):
    black("Frau Öztürk")
    pins.withdraw(store, pins.by_receipt(store, CODE), now=now)
    assert store.read("select count(*) from redaction") == [(0,)]
    assert "Lampe" not in everything(store)


def test_a_withdrawn_pin_cannot_be_blacked_out(store, sent, black, now):
    pins.withdraw(store, pins.by_receipt(store, CODE), now=now)
    with pytest.raises(Conflict):
        black("Frau Öztürk")


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SENDER, Role.JURY, Role.FACILITATOR])
def test_nobody_else_is_given_the_original(store, sent, black, role):
    black("Frau Öztürk")
    actor = Actor(role, pin="p")
    with pytest.raises(Exception, match="not_allowed"):
        redactions.of_pin(store, actor, "p")
    assert "Öztürk" not in repr(pins.listing(store, VISITOR, Filter()))
