import pytest

from data import needs, pins, trail
from data.filters import Filter
from data.needs import NeedStatus, Priority
from data.pins import Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import Actor, Role


@pytest.fixture
def make(store, office, now):
    """Make a need of pins; only what matters to a test is given."""

    def made(pin_ids, need_id="need-1", **changes):
        wanted = {"title": "Zu dunkel", "field": "OER", "priority": "now"} | changes
        return needs.create(store, office, need_id=need_id, pin_ids=pin_ids, now=now, **wanted)

    return made


def keys(store, pin_id):
    return [step.key for step in trail.steps(store, "pin", pin_id)]


# --- making one -------------------------------------------------------------


def test_a_need_groups_its_pins_and_each_is_told(store, visitor, released, make):
    ids = released("Zu dunkel", "Kein Licht")
    need = make(ids)
    assert (need.number, need.pins, need.status, need.version) == (1, 2, NeedStatus.OPEN, 1)
    for pin_id in ids:
        pin = pins.get(store, visitor, pin_id)
        assert (pin.status, pin.need_id) == (Status.GROUPED, "need-1")
        step = trail.steps(store, "pin", pin_id)[-1]
        assert (step.key, step.details) == ("grouped", {"need": 1, "title": "Zu dunkel"})


def test_a_need_lies_in_the_middle_of_its_pins(released, make, spots):
    here = released("Hier", prefix="a", at=spots.fountain)
    there = released("Dort", prefix="b", at=spots.lawn)
    at = make(here + there).at
    assert at.lon == pytest.approx((spots.fountain.lon + spots.lawn.lon) / 2)
    assert at.lat == pytest.approx((spots.fountain.lat + spots.lawn.lat) / 2)


def test_making_the_same_need_twice_makes_one(store, released, make, fingerprint):
    ids = released("Zu dunkel")
    first = make(ids)
    before = fingerprint(store)
    assert make(ids, title="Anders") == first
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"title": ""}, "title.missing", "title"),
        ({"title": " \n\u202e\x00 "}, "title.missing", "title"),
        ({"title": "x" * 201}, "title.too_long", "title"),
        ({"title": None}, "title.missing", "title"),
        ({"field": ""}, "need.field_missing", "field"),
        ({"field": "nonsense"}, "need.field_missing", "field"),
        ({"priority": ""}, "need.priority_missing", "priority"),
        ({"priority": "Jetzt"}, "need.priority_missing", "priority"),
        ({"pin_ids": []}, "need.pins_missing", "pins"),
    ],
)
def test_what_a_need_cannot_be_is_refused(store, released, make, fingerprint, changes, key, field):
    ids = released("Zu dunkel")
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        make(**{"pin_ids": ids} | changes)
    assert (refusal.value.key, refusal.value.field) == (key, field)
    assert fingerprint(store) == before


def test_a_title_is_one_line(released, make):
    assert make(released("x"), title="  Zu\n dunkel\t{{7*7}} ").title == "Zu dunkel {{7*7}}"


@pytest.mark.parametrize("status", sorted(set(Status) - needs.FREE))
def test_only_released_pins_in_no_need_go_in(store, released, make, fingerprint, status):
    good, bad = released("Gut", "Schlecht")
    change = "update pin set status = $s where id = $id"
    store.write(lambda tx: tx.execute(change, {"s": status, "id": bad}))
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        make([good, bad])
    assert refusal.value.key == "need.pin_taken"
    assert fingerprint(store) == before


def test_a_pin_is_in_one_need_only(store, released, make, fingerprint):
    one, two = released("Eins", "Zwei")
    make([one])
    before = fingerprint(store)
    with pytest.raises(Conflict):
        make([one, two], need_id="need-2")
    with pytest.raises(Conflict):
        make([two, "no-such-pin"], need_id="need-2")
    assert fingerprint(store) == before


# --- changing ---------------------------------------------------------------


def test_a_change_keeps_what_was_in_the_trail(store, office, now, released, make):
    need = make(released("x"))
    changed = needs.change(store, office, "need-1", version=need.version, priority="later", now=now)
    assert (changed.priority, changed.title, changed.version) == (Priority.LATER, "Zu dunkel", 2)
    kept = store.read("select details from trail where thing = 'need' order by id desc limit 1")
    assert kept == [('{"was": {"priority": "now"}}',)]


def test_two_changes_of_one_version_are_one_change_and_a_refusal(
    store, office, admin, now, released, make, fingerprint
):
    make(released("x"))
    needs.change(store, office, "need-1", version=1, title="Erste", now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        needs.change(store, admin, "need-1", version=1, title="Zweite", now=now)
    assert refusal.value.key == "need.changed_meanwhile"
    assert fingerprint(store) == before


@pytest.mark.parametrize("change", [{"title": ""}, {"field": "X"}, {"priority": "never"}])
def test_a_bad_change_changes_nothing(store, office, now, released, make, fingerprint, change):
    make(released("x"))
    before = fingerprint(store)
    with pytest.raises(BadInput):
        needs.change(store, office, "need-1", version=1, now=now, **change)
    assert fingerprint(store) == before


def test_pins_come_and_go(store, office, visitor, now, released, make):
    one, two = released("Eins", "Zwei")
    make([one])
    assert needs.add_pins(store, office, "need-1", pin_ids=[two], now=now).pins == 2
    assert needs.remove_pins(store, office, "need-1", pin_ids=[one], now=now).pins == 1
    pin = pins.get(store, visitor, one)
    assert (pin.status, pin.need_id) == (Status.READ, None)
    assert keys(store, one) == ["received", "released", "grouped", "ungrouped"]
    assert [pin.id for pin in needs.pins_of(store, office, "need-1")] == [two]


def test_a_pin_of_another_need_is_not_taken_out_of_this_one(
    store, office, now, released, make, fingerprint
):
    one, two = released("Eins", "Zwei")
    make([one])
    make([two], need_id="need-2")
    before = fingerprint(store)
    for chosen in ([two], [one, two], ["no-such-pin"]):
        with pytest.raises(Conflict) as refusal:
            needs.remove_pins(store, office, "need-1", pin_ids=chosen, now=now)
        assert refusal.value.key == "need.pin_not_here"
    assert fingerprint(store) == before


# --- handing on -------------------------------------------------------------


def forward(store, actor, now, *, version=1, **changes):
    wanted = {"authority": "bsr", "sentence": "Weitergegeben."} | changes
    return needs.forward(store, actor, "need-1", version=version, now=now, **wanted)


def test_handing_on_is_told_at_each_pin_in_public(store, office, visitor, now, released, make):
    ids = released("Müll", "Noch mehr Müll")
    make(ids)
    need = forward(store, office, now, sentence="Die BSR weiß Bescheid.")
    assert (need.status, need.authority) == (NeedStatus.FORWARDED, "bsr")
    for pin_id in ids:
        assert pins.get(store, visitor, pin_id).status is Status.FORWARDED
        step = trail.steps(store, "pin", pin_id)[-1]
        assert step.key == "forwarded"
        assert step.details == {"authority": "bsr", "sentence": "Die BSR weiß Bescheid."}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"authority": ""}, "authority.unknown"),
        ({"authority": "Ordnungsamt"}, "authority.unknown"),
        ({"sentence": ""}, "need.sentence_missing"),
        ({"sentence": "\u202e \n"}, "need.sentence_missing"),
        ({"sentence": "x" * 1001}, "need.sentence_too_long"),
    ],
)
def test_handing_on_to_nobody_or_without_a_word_is_refused(
    store, office, now, released, make, fingerprint, changes, key
):
    make(released("Müll"))
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        forward(store, office, now, **changes)
    assert refusal.value.key == key
    assert fingerprint(store) == before


def test_handing_on_an_old_version_is_refused(store, office, now, released, make, fingerprint):
    make(released("Müll"))
    needs.change(store, office, "need-1", version=1, title="Neu", now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        forward(store, office, now)
    assert refusal.value.key == "need.changed_meanwhile"
    assert fingerprint(store) == before


def test_a_need_may_be_handed_on_again_to_somebody_else(store, office, now, released, make):
    [pin_id] = released("Müll")
    make([pin_id])
    forward(store, office, now)
    assert (
        forward(store, office, now, version=2, authority="ordnungsamt").authority == "ordnungsamt"
    )
    assert keys(store, pin_id)[-2:] == ["forwarded", "forwarded"]


def test_a_pin_that_joins_late_goes_the_whole_way(store, office, visitor, now, released, make):
    early, late = released("Müll", "Auch Müll")
    make([early])
    forward(store, office, now)
    needs.add_pins(store, office, "need-1", pin_ids=[late], now=now)
    assert pins.get(store, visitor, late).status is Status.FORWARDED
    assert keys(store, late) == keys(store, early)


@pytest.mark.parametrize("status", ["project", "done", "not_feasible"])
def test_what_has_moved_on_is_not_handed_on(
    store, office, now, released, make, fingerprint, status
):
    make(released("Müll"))
    store.write(lambda tx: tx.execute("update need set status = $s", {"s": status}))
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        forward(store, office, now)
    assert refusal.value.key == "need.moved_on"
    assert fingerprint(store) == before


@pytest.mark.parametrize("status", ["done", "not_feasible"])
def test_a_closed_need_takes_no_more_pins(store, office, now, released, make, fingerprint, status):
    one, two = released("Eins", "Zwei")
    make([one])
    store.write(lambda tx: tx.execute("update need set status = $s", {"s": status}))
    before = fingerprint(store)
    with pytest.raises(Conflict):
        needs.add_pins(store, office, "need-1", pin_ids=[two], now=now)
    assert fingerprint(store) == before


def test_a_need_stays_when_its_last_pin_is_withdrawn(store, office, now, released, make):
    [pin_id] = released("Müll")
    make([pin_id])
    pins.withdraw(store, Actor(Role.SENDER, pin=pin_id), now=now)
    need = needs.get(store, office, "need-1")
    assert (need.pins, need.at) == (0, None)
    assert forward(store, office, now).status is NeedStatus.FORWARDED


# --- reading ----------------------------------------------------------------


@pytest.mark.parametrize("need_id", ["", "no", "' or 1=1 --"])
def test_a_need_nobody_made_is_not_found(store, office, now, need_id, released):
    [pin_id] = released("x")
    acts = (
        lambda: needs.get(store, office, need_id),
        lambda: needs.change(store, office, need_id, version=1, title="x", now=now),
        lambda: needs.add_pins(store, office, need_id, pin_ids=[pin_id], now=now),
        lambda: needs.remove_pins(store, office, need_id, pin_ids=[pin_id], now=now),
        lambda: needs.forward(
            store, office, need_id, authority="bsr", sentence="x", version=1, now=now
        ),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_the_list_is_filtered_and_the_urgent_come_first(store, office, released, make):
    one, two, three = released("a", "b", "c")
    make([one], "n1", title="Später", priority="later", field="BI")
    make([two], "n2", title="Müll an der Straße", priority="now")
    make([three], "n3", title="Bald", priority="soon")

    def ids(**wanted):
        return [need.id for need in needs.listing(store, office, **wanted)]

    assert ids() == ["n2", "n3", "n1"]
    assert ids(priority=("later", "soon")) == ["n3", "n1"]
    assert ids(field=("BI",)) == ["n1"]
    assert ids(text="MULL strasse") == ["n2"]
    assert ids(status=("open",), text="bald") == ["n3"]
    assert ids(status=("nonsense",)) == ids(text="%") == []


def test_counts_are_by_status_priority_and_field(store, office, now, released, make):
    one, two = released("a", "b")
    make([one], "need-1")
    make([two], "need-2", priority="soon")
    forward(store, office, now)
    assert needs.counts(store, office) == {
        "status": {"forwarded": 1, "open": 1},
        "priority": {"now": 1, "soon": 1},
        "field": {"OER": 2},
    }


def test_the_jury_reads_needs_and_their_public_pins(store, jury, released, make):
    make(released("Müll"))
    assert [need.id for need in needs.listing(store, jury)] == ["need-1"]
    assert [pin.words for pin in needs.pins_of(store, jury, "need-1")] == ["Müll"]


def test_grouped_pins_are_found_by_their_need(store, visitor, released, make):
    one, _ = released("a", "b")
    make([one])
    assert [pin.id for pin in pins.listing(store, visitor, Filter(need="need-1"))] == [one]
    assert pins.count(store, visitor, Filter(need="-")) == 1


def test_a_pin_hidden_late_leaves_its_need_and_comes_back_free(store, office, now, released):
    ids = released("Müll an der Ecke", "Beleidigendes an der Ecke")
    need = needs.create(
        store,
        office,
        need_id="need-late",
        title="Müll",
        field="OER",
        priority="now",
        pin_ids=ids,
        now=now,
    )
    pins.hide(store, office, [ids[1]], reason="insult", now=now)
    assert [pin.id for pin in needs.pins_of(store, office, need.id)] == [ids[0]]
    pins.release(store, office, [ids[1]], now=now)
    late = pins.get(store, office, ids[1])
    assert (late.status, late.need_id) == (pins.Status.READ, None)
