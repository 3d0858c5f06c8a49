import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from data import people, pot_book, pots, projects
from data.pot_sums import Sums, added, of_project
from data.problems import BadInput, Conflict, NotFound, Problem

FUND, YEAR = "aktionsfonds", 2026


@pytest.fixture
def allot(store, admin, now):
    def make(cents=1_000_00, *, seen=0, fund=FUND, year=YEAR, **more):
        pots.allot(store, admin, fund=fund, year=year, cents=cents, seen=seen, now=now, **more)

    return make


@pytest.fixture
def project(store, area, office, now, spots):
    """Make a project under an id."""

    def make(id="p-1", cents=300_00, fund=FUND, title="Hoffest"):
        return projects.create(
            store, office, project_id=id, title=title, description="", fund=fund, cents=cents,
            field="OER", climate=False, at=spots.lawn, area=area, need_ids=[], now=now,
        ).id  # fmt: skip

    return make


@pytest.fixture
def decide(store, office, now):
    def make(id, cents, *, at=now):
        store.write(lambda tx: pots.decide(tx, office, id, cents, now=at))

    return make


@pytest.fixture
def book(store, office, now):
    """Book by hand, as a form would that was just opened."""

    def make(id, kind, cents, *, token="", seen=None, **more):
        last = pots.last_of(store, id) if seen is None else seen
        pots.book(
            store, office, token=token, project_id=id, kind=kind, cents=cents, seen=last, now=now,
            **more,
        )  # fmt: skip

    return make


def left(store, year=YEAR):
    return pots.left(store, FUND, year)


# --- what a pot has -------------------------------------------------------------------


def test_a_pot_nobody_allotted_has_nothing(store):
    assert left(store) == 0


def test_what_was_allotted_is_left_until_it_is_decided(store, jury, allot, project, decide, now):
    allot()
    decide(project(), 300_00)
    found = pots.balance(store, jury, FUND, YEAR, now=now)
    assert (found.allotted, found.decided, found.left) == (1_000_00, 300_00, 700_00)
    assert left(store, 2025) == left(store, 2027) == 0


def test_what_waits_for_a_decision_is_requested_from_the_running_year(
    store, office, allot, project, now
):
    allot()
    project("p-1", 300_00)
    project("p-2", 450_01)
    assert pots.balance(store, office, FUND, YEAR, now=now).requested == 750_01
    assert pots.balance(store, office, FUND, YEAR + 1, now=now).requested == 0
    assert pots.balance(store, office, "baufonds", YEAR, now=now).requested == 0


def test_an_allotment_is_changed_by_a_booking_with_its_reason(store, admin, allot):
    allot(1_000_00)
    with pytest.raises(BadInput, match=r"pot\.reason_missing"):
        allot(1_500_00, seen=1_000_00)
    allot(1_500_00, seen=1_000_00, reason="Nachschlag vom Bezirk")
    booked = pot_book.bookings(store, admin, FUND, YEAR)
    assert [(one.cents, one.reason) for one in booked] == [
        (500_00, "Nachschlag vom Bezirk"),
        (1_000_00, ""),
    ]


def test_allotting_twice_is_once_and_the_second_person_is_told(store, allot):
    allot(1_000_00)
    allot(1_000_00)  # the same click again: it already is so
    with pytest.raises(Conflict):
        allot(2_000_00, seen=0, reason="alt gesehen")
    assert left(store) == 1_000_00


def test_a_pot_is_never_allotted_less_than_was_decided(store, allot, project, decide):
    allot()
    decide(project(), 300_00)
    with pytest.raises(BadInput) as refused:
        allot(299_99, seen=1_000_00, reason="Kürzung")
    assert (refused.value.key, refused.value.params["decided"]) == ("pot.below_decided", 300_00)
    allot(300_00, seen=1_000_00, reason="Kürzung")
    assert left(store) == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"cents": -1},
        {"cents": 10**12},
        {"cents": 10.5},
        {"cents": True},
        {"fund": "kiezkasse"},
        {"fund": ""},
        {"year": 1998},
        {"year": 2032},
        {"year": True},
        {"year": "2026"},
        {"reason": "x" * 501},
    ],
)
def test_what_cannot_be_is_not_allotted(store, allot, fingerprint, bad):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        allot(**bad)
    assert fingerprint(store) == before


# --- decisions ------------------------------------------------------------------------


def test_a_pot_is_never_overdrawn(store, allot, project, decide, fingerprint):
    allot(500_00)
    decide(project("p-1"), 300_00)
    project("p-2")
    before = fingerprint(store)
    with pytest.raises(BadInput) as refused:
        decide("p-2", 200_01)
    assert refused.value.key == "pot.too_little"
    assert refused.value.params == {"left": 200_00, "year": 2026}
    assert fingerprint(store) == before
    decide("p-2", 200_00)
    assert left(store) == 0


def test_without_a_pot_nothing_is_decided(store, project, decide, office):
    with pytest.raises(BadInput, match=r"pot\.too_little"):
        decide(project(), 1)
    assert pot_book.pots(store, office) == []


def test_a_new_decision_stands_in_place_of_the_one_before(store, office, allot, project, decide):
    allot(400_00)
    decide(project(), 300_00)
    decide("p-1", 400_00)  # more than is left beside the first, and yet possible
    assert left(store) == 0
    decide("p-1", 400_00)
    assert [one.cents for one in pot_book.bookings(store, office, FUND, YEAR)] == [
        400_00, -300_00, 300_00, 400_00,
    ]  # fmt: skip


def test_a_new_decision_in_another_year_frees_the_old_pot(store, allot, project, decide, now):
    allot(300_00)
    allot(500_00, year=2027)
    decide(project(), 300_00)
    decide("p-1", 250_00, at=now + timedelta(days=365))
    assert (left(store, 2026), left(store, 2027)) == (300_00, 250_00)


def test_a_grant_that_was_paid_from_stays_in_its_pot(store, allot, project, decide, book, now):
    allot(300_00)
    allot(500_00, year=2027)
    decide(project(), 300_00)
    book("p-1", "paid", 100_00)
    decide("p-1", 200_00, at=now + timedelta(days=365))
    assert (left(store, 2026), left(store, 2027)) == (100_00, 500_00)
    with pytest.raises(BadInput) as refused:
        decide("p-1", 99_99)
    assert (refused.value.key, refused.value.params["paid"]) == ("pot.paid_already", 100_00)


def test_a_grant_is_released_but_for_what_was_paid(
    store, office, allot, project, decide, book, now
):
    allot()
    decide(project(), 300_00)
    book("p-1", "paid", 120_50)
    for _ in range(2):  # the second finds nothing to release
        store.write(lambda tx: pots.release(tx, office, "p-1", reason="Ausgefallen", now=now))
    assert left(store) == 1_000_00 - 120_50
    assert pot_book.bookings(store, office, FUND, YEAR)[0].reason == "Ausgefallen"


def test_a_year_ends_where_the_neighbourhoods_day_does(store, allot, project, decide, now):
    allot(300_00, year=2027)
    project()
    decide("p-1", 300_00, at=now.replace(month=12, day=31, hour=23, minute=30))  # 0:30 in Berlin
    assert left(store, 2027) == 0


# --- bookings by hand -----------------------------------------------------------------


@pytest.fixture
def granted(store, allot, project, decide):
    allot()
    decide(project(), 300_00)
    return "p-1"


def test_paid_accounted_and_returned_stand_in_the_balance(store, office, granted, book, now):
    book(granted, "paid", 300_00)
    book(granted, "accounted", 278_60)
    book(granted, "returned", 21_40)
    found = pots.balance(store, office, FUND, YEAR, now=now)
    assert (found.paid, found.accounted, found.returned) == (300_00, 278_60, 21_40)
    assert found.left == 700_00 + 21_40


@pytest.mark.parametrize(
    ("before", "kind", "cents", "key", "most"),
    [
        ([], "paid", 300_01, "pot.over_decided", 300_00),
        ([("paid", 300_00)], "paid", 1, "pot.over_decided", 0),
        ([], "accounted", 300_01, "pot.over_decided", 300_00),
        ([("paid", 100_00)], "returned", 100_01, "pot.over_paid", 100_00),
        ([("paid", 100_00), ("accounted", 90_00)], "returned", 10_01, "pot.over_paid", 10_00),
        ([("accounted", 90_00)], "returned", 1, "pot.over_paid", 0),
        ([("paid", 300_00), ("returned", 50_00)], "accounted", 250_01, "pot.over_decided", 250_00),
    ],
)
def test_no_more_is_booked_than_there_can_be(
    store, granted, book, fingerprint, before, kind, cents, key, most
):
    for done, sum_ in before:
        book(granted, done, sum_)
    was = fingerprint(store)
    with pytest.raises(BadInput) as refused:
        book(granted, kind, cents)
    assert (refused.value.key, refused.value.params["most"]) == (key, most)
    assert fingerprint(store) == was


@pytest.mark.parametrize("cents", [0, -1, 1.5, True, "100", None, 10**13, float("nan")])
def test_a_sum_that_is_none_is_not_booked(granted, book, cents):
    with pytest.raises(BadInput):
        book(granted, "paid", cents)


@pytest.mark.parametrize("kind", ["decided", "allotted", "", "geschenkt"])
def test_only_what_is_done_by_hand_is_booked_by_hand(granted, book, kind):
    with pytest.raises(BadInput, match=r"pot\.kind_missing"):
        book(granted, kind, 1)


def test_for_a_project_without_a_grant_nothing_is_booked(granted, project, book):
    with pytest.raises(BadInput, match=r"pot\.nothing_decided"):
        book(project("p-2"), "paid", 1)
    with pytest.raises(NotFound):
        book("nobody", "paid", 1)


def test_a_form_sent_twice_is_one_booking(store, granted, book):
    seen = pots.last_of(store, granted)
    for _ in range(2):
        book(granted, "paid", 100_00, token="form-1", seen=seen)
    assert of_project(store, granted).paid == 100_00


def test_who_is_second_is_told(store, granted, book):
    seen = pots.last_of(store, granted)
    book(granted, "paid", 100_00, token="form-1", seen=seen)
    with pytest.raises(Conflict, match=r"pot\.booked_meanwhile"):
        book(granted, "paid", 100_00, token="form-2", seen=seen)
    assert of_project(store, granted).paid == 100_00


def test_a_wrong_booking_is_taken_back_by_another_with_its_reason(
    store, office, granted, book, now
):
    book(granted, "paid", 100_00)
    wrong = pots.last_of(store, granted)
    with pytest.raises(BadInput, match=r"pot\.reason_missing"):
        pots.take_back(store, office, wrong, reason="  ", now=now)
    pots.take_back(store, office, wrong, reason="Falsches Projekt", now=now)
    later, first, *_ = pot_book.bookings(store, office, FUND, YEAR)
    assert (later.cents, later.corrects, later.reason) == (-100_00, wrong, "Falsches Projekt")
    assert first.corrected
    assert of_project(store, granted).paid == 0
    for one in (wrong, later.id):
        with pytest.raises(Conflict, match=r"pot\.taken_back_already"):
            pots.take_back(store, office, one, reason="noch einmal", now=now)


def test_what_others_stand_on_is_not_taken_back(store, office, granted, book, now):
    book(granted, "paid", 100_00)
    paid = pots.last_of(store, granted)
    book(granted, "returned", 60_00)
    with pytest.raises(BadInput, match=r"pot\.returned_already"):
        pots.take_back(store, office, paid, reason="Irrtum", now=now)


def test_returned_money_that_was_decided_on_again_is_not_taken_back(
    store, office, granted, book, project, decide, now
):
    book(granted, "paid", 100_00)
    book(granted, "returned", 60_00)
    returned = pots.last_of(store, granted)
    decide(project("p-2"), 760_00)  # all that is left, with the money that came back
    with pytest.raises(BadInput, match=r"pot\.too_little"):
        pots.take_back(store, office, returned, reason="Irrtum", now=now)
    assert left(store) == 0


def test_decisions_and_allotments_are_not_taken_back_by_hand(store, office, granted, now):
    for one in pot_book.bookings(store, office, FUND, YEAR):
        with pytest.raises(BadInput, match=r"pot\.kind_missing"):
            pots.take_back(store, office, one.id, reason="Irrtum", now=now)
    with pytest.raises(NotFound):
        pots.take_back(store, office, 999, reason="Irrtum", now=now)


def test_every_booking_is_in_the_trail(store, office, granted, book):
    book(granted, "paid", 100_00)
    found = store.read("select act, details from trail where thing = 'pot' order by id")
    assert [act for act, _ in found] == ["fund.write", "pot.book", "pot.book"]
    assert '"cents": 10000' in found[2][1]
    booked = len(pot_book.bookings(store, office, FUND, YEAR))
    assert booked == len(found)


# --- the book ---------------------------------------------------------------------------


def test_the_book_says_what_was_left_after_each_booking(store, office, granted, book):
    book(granted, "paid", 300_00)
    book(granted, "returned", 20_05)
    found = pot_book.bookings(store, office, FUND, YEAR)
    assert [one.left for one in found] == [720_05, 700_00, 700_00, 1_000_00]
    assert found[0].left == left(store)


def test_the_jury_reads_the_book_without_the_names_of_staff(
    store, house, office, jury, granted, now
):
    people.add(
        store, house, person_id="person-office", login="buero", name="Frau Beispiel",
        role="office", password="lang-genug-12", now=now,
    )  # fmt: skip
    assert pot_book.bookings(store, office, FUND, YEAR)[0].name == "Frau Beispiel"
    assert {one.name for one in pot_book.bookings(store, jury, FUND, YEAR)} == {""}


def test_a_projects_money_stands_in_the_pot_it_was_granted_from(
    store, office, allot, granted, decide, now
):
    allot(500_00, year=2027)
    assert [one.project_id for one in pot_book.granted(store, office, FUND, 2026)] == [granted]
    decide(granted, 250_00, at=now + timedelta(days=365))
    assert pot_book.granted(store, office, FUND, 2026) == []
    (one,) = pot_book.granted(store, office, FUND, 2027)
    assert (one.sums.decided, one.last) == (250_00, pots.last_of(store, granted))


def test_a_file_has_exact_sums_and_no_live_formula(store, office, allot, project, decide):
    allot(1_000_05)
    decide(project(title="=HYPERLINK(1)"), 300_04)
    lines = pot_book.as_csv(store, office, FUND, YEAR).splitlines()
    assert lines[0] == "\ufeff" + ";".join(pot_book.COLUMNS)
    assert lines[1].split(";")[3:7] == ["2026-05-04", "allotted", "1000,05", "1000,05"]
    assert lines[2].split(";")[5:9] == ["300,04", "700,01", "1", "'=HYPERLINK(1)"]


# --- random histories, and all at once ----------------------------------------------------


def recount(rows):
    """Count a pot's bookings once more, the simplest way."""
    there = dict.fromkeys(Sums._fields, 0)
    for kind, cents in rows:
        there[kind] += cents
    return there, there["allotted"] - there["decided"] + there["returned"]


def play(store, admin, office, ids, dice, at):
    """Try one act at random; whatever it is, it may be refused."""
    one, cents = dice.choice(ids), dice.choice([1, 99, dice.randrange(1, 400_00)])
    match dice.choice(
        ["allot", "decide", "decide", "decide", "release", "book", "book", "book", "take"]
    ):
        case "allot":
            stands = pots.of_pot(store, FUND, YEAR).allotted
            pots.allot(
                store, admin, fund=FUND, year=YEAR, cents=cents * 4, seen=stands, reason="x", now=at
            )
        case "decide":
            store.write(lambda tx: pots.decide(tx, office, one, cents, now=at))
        case "release":
            store.write(lambda tx: pots.release(tx, office, one, reason="x", now=at))
        case "book":
            kind, seen = dice.choice(pots.BY_HAND), pots.last_of(store, one)
            pots.book(
                store, office, token="", project_id=one, kind=kind, cents=cents, seen=seen, now=at
            )
        case "take":
            pots.take_back(store, office, dice.randrange(1, 40), reason="x", now=at)


def check(store, ids):
    """Recount everything, and see that nobody has more than was decided."""
    sums, there = recount(store.read("select kind, cents from booking"))
    assert pots.of_pot(store, FUND, YEAR)._asdict() == sums
    assert pots.left(store, FUND, YEAR) == there >= 0
    for one in ids:
        money = of_project(store, one)
        assert min(money) >= 0
        assert money.returned <= money.paid <= money.decided
        assert money.accounted + money.returned <= money.decided


@pytest.mark.parametrize("seed", range(6))
def test_any_history_adds_up_and_every_balance_can_be_recomputed(
    store, admin, office, allot, project, now, seed
):
    dice, ids, stood, refused = random.Random(seed), [project(f"p-{n}") for n in range(4)], [], 0
    allot(800_00)
    for turn in range(60):
        at = now + timedelta(minutes=turn)
        try:
            play(store, admin, office, ids, dice, at)
        except Problem:
            refused += 1
        check(store, ids)
        stood.append((at, pots.of_pot(store, FUND, YEAR)))
    assert 5 < refused < 50  # both sorts of turns were played
    assert all(pots.of_pot(store, FUND, YEAR, until=at) == was for at, was in stood)
    written = pot_book.bookings(store, office, FUND, YEAR)[::-1]
    assert [one.left for one in written] == [
        added((one.kind, one.cents) for one in written[: n + 1]).left for n in range(len(written))
    ]


def test_twenty_decisions_in_the_same_moment_never_overdraw_the_pot(
    store, office, allot, project, now
):
    allot(1_000_00)
    ids = [project(f"p-{n}") for n in range(20)]

    def one(project_id):
        try:
            store.write(lambda tx: pots.decide(tx, office, project_id, 130_00, now=now))
        except BadInput as refusal:
            return refusal.key
        return "granted"

    with ThreadPoolExecutor(20) as pool:
        said = list(pool.map(one, ids))
    assert said.count("granted") == 7
    assert said.count("pot.too_little") == 13
    assert left(store) == 90_00


def test_twenty_clicks_on_one_form_are_one_booking(store, office, granted, now):
    seen = pots.last_of(store, granted)

    def click(_):
        pots.book(
            store, office, token="form", project_id=granted, kind="paid", cents=10_00, seen=seen,
            now=now,
        )  # fmt: skip

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(click, range(20)))
    assert of_project(store, granted).paid == 10_00
