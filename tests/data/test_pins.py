import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from data import cells, pins, receipts, settings
from data.filters import Box, Filter
from data.pins import PUBLIC, Status
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import Actor, Role
from geo.points import LonLat

CODE = receipts.code(bytes(range(1, 10)))
ODD_WORDS = {
    "a script": "<script>alert(1)</script>",
    "a Jinja template": "{{7*7}}",
    "a JavaScript template": "${7*7}",
    "a Markdown picture": "![](http://x/y)",
    "a formula": '=HYPERLINK("http://x")',
    "a placeholder": "{title} {} %s %(a)s",
    "a quote and SQL": "'; drop table pin; --",
    "mixed scripts": "نريد مهرجانًا على Mariannenplatz مثل Herbstfest كل سنة!",
    "a child's heart": "Ziege <3",
    "emoji": "👩🏽‍🦽 kommt nicht rüber",
}


def add(store, area, *drafts, actor, now):
    return pins.add(store, actor, area, drafts, now=now)


def the_words(store):
    return [row[0] for row in store.read("select words from pin order by number")]


# --- words ------------------------------------------------------------------


@pytest.mark.parametrize("words", ODD_WORDS.values(), ids=ODD_WORDS)
def test_odd_words_are_words_and_stay_as_typed(store, area, visitor, now, draft, words):
    add(store, area, draft(words), actor=visitor, now=now)
    assert the_words(store) == [words]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "pin.words_missing"),
        ("   \n\t ", "pin.words_missing"),
        ("\x00\x01\x07\x1b", "pin.words_missing"),
        ("\u202e\u202d", "pin.words_missing"),
        (None, "pin.words_missing"),
        (42, "pin.words_missing"),
        ("x" * 1001, "pin.words_too_long"),
        ("ğ" * 5000, "pin.words_too_long"),
    ],
)
def test_words_that_cannot_be_taken_are_refused_and_nothing_is_stored(
    store, area, visitor, now, draft, fingerprint, words, key
):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        add(store, area, draft(words), actor=visitor, now=now)
    assert (refusal.value.key, refusal.value.field) == (key, "words")
    assert fingerprint(store) == before


def test_a_thousand_characters_are_taken(store, area, visitor, now, draft):
    add(store, area, draft("x" * 1000), actor=visitor, now=now)
    assert len(the_words(store)[0]) == 1000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zu\x00 dun\x1bkel", "Zu dunkel"),
        ("\u202eneg\u202cativ", "negativ"),
        ("a\u202ab\u202bc\u202dd", "abcd"),
        ("Zeile\r\nZeile\rZeile", "Zeile\nZeile\nZeile"),
        ("e\u0301", "é"),
        ("Z" + "\u0300" * 40, "Z" + "\u0300" * 4),
        ("\ud800 halb", "halb"),
    ],
)
def test_what_no_keyboard_types_is_taken_out(store, area, visitor, now, draft, typed, kept):
    add(store, area, draft(typed), actor=visitor, now=now)
    assert the_words(store) == [kept]


# --- place, kind, field -----------------------------------------------------


@pytest.mark.parametrize(
    ("at", "key"),
    [
        (LonLat(float("nan"), 52.5), "pin.place_unreadable"),
        (LonLat(13.42, float("nan")), "pin.place_unreadable"),
        (LonLat(float("inf"), 52.5), "pin.place_unreadable"),
        (LonLat(13.42, float("-inf")), "pin.place_unreadable"),
        (LonLat(181.0, 52.5), "pin.place_unreadable"),
        (LonLat("13.42", "52.5"), "pin.place_unreadable"),  # type: ignore[arg-type]
        (LonLat(None, None), "pin.place_unreadable"),  # type: ignore[arg-type]
        (LonLat(52.502, 13.424), "pin.place_outside"),  # swapped
        (LonLat(13.41327, 52.52186), "pin.place_outside"),
        (LonLat(0.0, 0.0), "pin.place_outside"),
        (LonLat(-13.42, -52.5), "pin.place_outside"),
    ],
)
def test_a_place_off_the_map_is_refused(store, area, visitor, now, draft, fingerprint, at, key):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        add(store, area, draft(at=at), actor=visitor, now=now)
    assert (refusal.value.key, refusal.value.field) == (key, "place")
    assert fingerprint(store) == before


@pytest.mark.parametrize("kind", ["", "Problem", "idea ", "{{7*7}}", None, 3])
def test_an_unknown_kind_is_refused(area, draft, kind):
    with pytest.raises(BadInput) as refusal:
        pins.check(area, draft(kind=kind))
    assert (refusal.value.key, refusal.value.field) == ("pin.kind_unknown", "kind")


@pytest.mark.parametrize("field", ["oer", "X", "'; --", "OER,BI"])
def test_an_unknown_field_is_refused(area, draft, field):
    with pytest.raises(BadInput) as refusal:
        pins.check(area, draft(field=field))
    assert (refusal.value.key, refusal.value.field) == ("pin.field_unknown", "field")


def test_a_place_outside_the_boundary_is_taken_and_marked(
    store, area, visitor, office, now, draft, spots
):
    inside = draft(id="in", at=spots.fountain)
    outside = draft(id="out", at=spots.just_outside)
    add(store, area, inside, outside, actor=visitor, now=now)
    assert pins.get(store, office, "in").inside
    assert not pins.get(store, office, "out").inside


def test_one_bad_draft_of_many_stores_none(store, area, visitor, now, draft, fingerprint):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        add(store, area, draft(id="a"), draft("", id="b"), actor=visitor, now=now)
    assert fingerprint(store) == before


# --- saving twice -----------------------------------------------------------


def test_two_saves_of_one_draft_are_one_pin(store, area, visitor, now, draft, fingerprint):
    first = add(store, area, draft(code=CODE), actor=visitor, now=now)
    before = fingerprint(store)
    again = add(store, area, draft("Anders", code=CODE), actor=visitor, now=now)
    assert (first.stored, again.stored, again.already) == (("draft-1",), (), ("draft-1",))
    assert fingerprint(store) == before


def test_eight_threads_saving_one_draft_store_one_pin(store, area, visitor, now, draft):
    together = threading.Barrier(8)

    def save(_):
        together.wait()
        return add(store, area, draft(code=CODE), actor=visitor, now=now)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(save, range(8)))
    assert sum(len(answer.stored) for answer in answers) == 1
    assert sum(len(answer.already) for answer in answers) == 7
    assert store.read("select count(*) from pin") == [(1,)]
    assert store.read("select count(*) from receipt") == [(1,)]
    assert store.read("select count(*) from trail") == [(1,)]


def test_a_draft_twice_in_one_save_is_one_pin(store, area, visitor, now, draft):
    twice = (draft(code=CODE), draft("Noch einmal", code=CODE))
    saved = add(store, area, *twice, actor=visitor, now=now)
    assert (saved.stored, saved.already) == (("draft-1",), ("draft-1",))
    assert the_words(store) == ["Hier ist es zu dunkel"]
    assert store.read("select count(*) from trail") == [(1,)]


# --- moderation -------------------------------------------------------------


def test_after_review_a_pin_waits_and_nobody_else_sees_it(
    store, area, visitor, jury, office, now, draft
):
    add(store, area, draft(), actor=visitor, now=now)
    assert pins.get(store, office, "draft-1").status is Status.WAITING
    for somebody in (visitor, jury, Actor(Role.SENDER, pin="another")):
        with pytest.raises(NotFound):
            pins.get(store, somebody, "draft-1")
        assert pins.listing(store, somebody, Filter()) == []
        assert pins.count(store, somebody, Filter(status=("waiting",))) == 0


def test_at_once_a_pin_is_public_as_new(store, area, admin, visitor, now, draft):
    settings.change(store, admin, "moderation", "at_once", now=now)
    add(store, area, draft(), actor=visitor, now=now)
    assert pins.get(store, visitor, "draft-1").status is Status.NEW


def test_a_moderation_nobody_knows_is_refused(store, admin, now):
    with pytest.raises(BadInput):
        settings.change(store, admin, "moderation", "never", now=now)
    assert settings.moderation(store) == "after_review"


def test_the_sender_sees_the_own_waiting_pin_on_map_and_list(store, area, visitor, now, draft):
    add(store, area, draft(), actor=visitor, now=now)
    own = ["draft-1"]
    assert [pin.id for pin in pins.listing(store, visitor, Filter(), own=own)] == own
    [cell] = cells.in_view(store, visitor, Filter(), Box(*area.box), zoom=16, own=own)
    assert (cell.pin, cell.problems, cell.waiting) == ("draft-1", 1, True)
    assert cells.in_view(store, visitor, Filter(), Box(*area.box), zoom=16) == []


@pytest.mark.parametrize("status", sorted(set(Status) - PUBLIC))
def test_what_is_not_public_is_nowhere_for_the_public(store, area, visitor, jury, released, status):
    [pin_id] = released("Der Zaun ist kaputt")
    store.write(lambda tx: tx.execute("update pin set status = $s", {"s": status}))
    for somebody in (visitor, jury):
        with pytest.raises(NotFound):
            pins.get(store, somebody, pin_id)
        for wanted in (Filter(), Filter(status=(status,)), Filter(text="zaun")):
            assert pins.listing(store, somebody, wanted) == []
            assert pins.count(store, somebody, wanted) == 0
            assert cells.in_view(store, somebody, wanted, Box(*area.box), zoom=18) == []


def test_hiding_needs_a_reason(store, office, now, released, fingerprint):
    [pin_id] = released("Text")
    before = fingerprint(store)
    for reason in ("", "weil", None):
        with pytest.raises(BadInput) as refusal:
            pins.hide(store, office, [pin_id], reason=reason, now=now)
        assert refusal.value.key == "pin.reason_missing"
    assert fingerprint(store) == before


def test_a_hidden_pin_keeps_its_words_for_the_office_and_comes_back(
    store, visitor, office, now, released
):
    [pin_id] = released("Herr X wohnt hier")
    pins.hide(store, office, [pin_id], reason="personal_data", now=now)
    assert pins.get(store, office, pin_id).words == "Herr X wohnt hier"
    with pytest.raises(NotFound):
        pins.get(store, visitor, pin_id)
    pins.release(store, office, [pin_id], now=now)
    assert pins.get(store, visitor, pin_id).status is Status.READ


def test_releasing_a_released_pin_is_told_as_moved_on(store, office, now, released, fingerprint):
    [pin_id] = released("Text")
    before = fingerprint(store)
    with pytest.raises(Conflict):
        pins.release(store, office, [pin_id], now=now)
    assert fingerprint(store) == before


def test_one_pin_of_many_that_moved_on_stops_them_all(
    store, area, visitor, office, now, draft, released, fingerprint
):
    [gone] = released("Schon da")
    add(store, area, draft(id="w"), actor=visitor, now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        pins.release(store, office, ["w", gone], now=now)
    assert fingerprint(store) == before


def test_only_staff_may_store_a_pin_as_released(store, area, visitor, jury, now, draft):
    for somebody in (visitor, jury):
        for asked in (draft(released=True), draft(origin="liste.csv#1")):
            with pytest.raises(NotAllowed):
                add(store, area, asked, actor=somebody, now=now)
        with pytest.raises(NotAllowed):
            pins.add(store, somebody, area, [draft()], now=now, demo=True)
    assert store.read("select count(*) from pin") == [(0,)]


# --- receipts ---------------------------------------------------------------


def test_a_receipt_is_stored_as_a_hash_only(store, area, visitor, now, draft):
    add(store, area, draft(code=CODE), actor=visitor, now=now)
    tables = store.read("select table_name from information_schema.tables")
    everything = "".join(str(store.read(f"select * from {name}")) for (name,) in tables)
    assert CODE not in everything
    assert receipts.normal(CODE) not in everything


def test_a_code_has_at_least_sixty_bits():
    assert receipts.LENGTH * 5 >= 60
    assert len({receipts.code(bytes([0] * 8 + [last])) for last in range(2)}) == 2


@pytest.mark.parametrize(
    "typed", ["", " ", "00000-00000-000", CODE[:-1], CODE + "0", "ü'; --", "\ud800"]
)
def test_a_wrong_code_opens_nothing(store, area, visitor, now, draft, typed):
    add(store, area, draft(code=CODE), actor=visitor, now=now)
    with pytest.raises(NotFound) as refusal:
        pins.by_receipt(store, typed)
    assert refusal.value.key == "receipt.unknown"


def test_a_pin_without_a_code_has_no_receipt_at_all(store, area, visitor, now, draft):
    add(store, area, draft(code=""), actor=visitor, now=now)
    with pytest.raises(NotFound):
        pins.by_receipt(store, "")


def test_a_code_is_read_as_people_type_it(store, area, visitor, now, draft):
    code = "1O0IL-7Q2MX-9UV"
    add(store, area, draft(code=receipts.normal(code)), actor=visitor, now=now)
    for typed in ("100115-7q2mx-9vv".replace("5", "", 1), " ioo1l 7q2mx 9uv ", "١00١١٧Q٢MX٩VV"):
        assert pins.by_receipt(store, typed).pin == "draft-1"


def test_following_shows_the_own_pin_and_its_way(store, area, visitor, office, now, draft):
    add(store, area, draft(code=CODE), actor=visitor, now=now)
    sender = pins.by_receipt(store, CODE)
    pins.hide(store, office, ["draft-1"], reason="other", now=now)
    pin, steps = pins.follow(store, sender)
    assert pin.status is Status.HIDDEN
    assert [step.key for step in steps] == ["received", "hidden"]


def test_withdrawing_erases_the_words_and_keeps_the_way(store, area, visitor, office, now, draft):
    add(store, area, draft("Mein Satz", code=CODE), actor=visitor, now=now)
    sender = pins.by_receipt(store, CODE)
    pins.withdraw(store, sender, now=now)
    pin, steps = pins.follow(store, sender)
    assert (pin.words, pin.status) == ("", Status.WITHDRAWN)
    assert [step.key for step in steps] == ["received", "withdrawn"]
    assert "Mein Satz" not in str(store.read("select * from pin"))
    assert "mein satz" not in str(store.read("select * from pin"))
    assert pins.listing(store, office, Filter()) == []


def test_withdrawing_twice_is_refused(store, area, visitor, now, draft):
    add(store, area, draft(code=CODE), actor=visitor, now=now)
    sender = pins.by_receipt(store, CODE)
    pins.withdraw(store, sender, now=now)
    with pytest.raises(Conflict):
        pins.withdraw(store, sender, now=now)


def test_a_sender_without_a_pin_follows_and_withdraws_nothing(store, now):
    for act in (lambda a: pins.follow(store, a), lambda a: pins.withdraw(store, a, now=now)):
        with pytest.raises(NotFound):
            act(Actor(Role.SENDER))
        with pytest.raises((NotFound, Conflict)):
            act(Actor(Role.SENDER, pin="no-such-pin"))


# --- what a pin knows -------------------------------------------------------


def test_the_language_is_the_texts_not_the_screens(store, area, visitor, office, now, draft):
    texts = {"ar": "الطريق مظلم", "tr": "Çok karanlık, ışık yok", "en": "Too dark"}
    drafts = [draft(text, id=lang, lang="en") for lang, text in texts.items()]
    add(store, area, *drafts, actor=visitor, now=now)
    assert {lang: pins.get(store, office, lang).lang for lang in texts} == dict(
        zip(texts, texts, strict=True)
    )


def test_a_place_is_kept_in_words(store, area, visitor, office, now, draft, spots):
    add(store, area, draft(at=spots.litter_corner), actor=visitor, now=now)
    place = pins.get(store, office, "draft-1").place
    assert str(place) == "Waldemarstraße Ecke Audre-Lorde-Straße"


def test_no_number_is_given_twice(store, area, visitor, office, now, draft):
    for batch in (("a", "b"), ("b", "c"), ("d",)):
        add(store, area, *(draft(id=one) for one in batch), actor=visitor, now=now)
    numbers = sorted(pin.number for pin in pins.listing(store, office, Filter()))
    assert len(set(numbers)) == 4


def test_a_pin_nobody_stored_is_not_found(store, office):
    for pin_id in ("", "no", "' or 1=1 --"):
        with pytest.raises(NotFound):
            pins.get(store, office, pin_id)


def test_check_does_not_change_the_draft(area, draft):
    one = draft("  Text  ")
    assert pins.check(area, one) == replace(one, words="Text")
    assert one.words == "  Text  "
