import pytest

from data import need_ends, needs, pins, projects, results, trail, undo
from data.office import kinds_behind
from data.pins import Status
from data.problems import Conflict, NotAllowed, NotFound
from data.rules import Act, Actor, Role


@pytest.fixture
def make(store, office, now):
    """Make a need of pins; only what matters to a test is given."""

    def made(pin_ids, need_id="need-1", **changes):
        wanted = {"title": "Zu dunkel", "field": "OER", "priority": "now"} | changes
        return needs.create(store, office, need_id=need_id, pin_ids=pin_ids, now=now, **wanted)

    return made


def take_back(store, actor, now):
    [deed] = undo.last(store, actor)
    return undo.undo(store, actor, deed.id, now=now)


def told(store, pin_id):
    return [(step.key, dict(step.details)) for step in trail.steps(store, "pin", pin_id)]


def stand(store):
    pin = "select id, status, need_id, field, climate, answer_due, answered_at from pin order by id"
    need = (
        "select id, title, field, priority, status, authority, public_sentence, climate, who, "
        "responsible, answer_on, ending from need where gone = '' order by id"
    )
    return store.read(pin), store.read(need)


def forward(store, actor, now, **changes):
    version = needs.get(store, actor, "need-1").version
    wanted = {"authority": "bsr", "sentence": "Weitergegeben."} | changes
    return needs.forward(store, actor, "need-1", version=version, now=now, **wanted)


def close(store, actor, now, status="not_feasible"):
    version = needs.get(store, actor, "need-1").version
    given = {"status": status, "sentence": "Das geht nicht."}
    return need_ends.close(store, actor, "need-1", version=version, now=now, **given)


# --- pins -------------------------------------------------------------------


def test_a_release_is_undone_and_the_sender_is_told(store, area, office, visitor, now, draft):
    pins.add(store, visitor, area, [draft(id="p")], now=now)
    before = stand(store)
    pins.release(store, office, ["p"], now=now)
    deed = take_back(store, office, now)
    assert (deed.what, deed.pin_ids, deed.pins, deed.needs) == ("release", ("p",), 1, 0)
    assert stand(store) == before
    assert told(store, "p")[-1] == ("waiting_again", {"undone": True})


def test_what_was_hidden_by_mistake_stands_in_its_need_again(store, office, now, released, make):
    make(released("Eins", "Zwei"))
    before = stand(store)
    pins.hide(store, office, ["pin-1"], reason="spam", now=now)
    take_back(store, office, now)
    assert stand(store) == before
    assert told(store, "pin-1")[-1][0] == "grouped"


def test_hidden_again_is_told_with_the_reason_of_that_time(store, office, now, released):
    released("Eins")
    pins.hide(store, office, ["pin-1"], reason="insult", now=now)
    pins.release(store, office, ["pin-1"], now=now)
    take_back(store, office, now)
    assert pins.get(store, office, "pin-1").status is Status.HIDDEN
    key, details = told(store, "pin-1")[-1]
    assert (key, details["reason"]) == ("hidden", "insult")


def test_a_tag_is_undone_in_silence(store, office, now, released):
    released("Eins")
    before, steps = stand(store), told(store, "pin-1")
    pins.tag(store, office, ["pin-1"], field="GB", climate=True, now=now)
    take_back(store, office, now)
    assert stand(store) == before
    assert told(store, "pin-1") == steps


def test_a_withdrawn_pin_stays_withdrawn(store, office, now, released, make):
    make(released("Eins", "Zwei"))
    pins.withdraw(store, Actor(Role.SENDER, pin="pin-1"), now=now)
    take_back(store, office, now)
    assert pins.get(store, office, "pin-2").status is Status.READ
    [(status, words)] = store.read("select status, words from pin where id = 'pin-1'")
    assert (status, words) == ("withdrawn", "")


# --- needs ------------------------------------------------------------------


def test_a_need_that_was_undone_leaves_no_trace_in_what_is_shown(
    store, office, now, released, make
):
    ids = released("Eins", "Zwei")
    before = stand(store)
    make(ids)
    take_back(store, office, now)
    assert stand(store) == before
    assert needs.get(store, office, "need-1").gone == undo.NEVER_MADE
    assert needs.listing(store, office) == []
    assert needs.counts(store, office) == {"status": {}, "priority": {}, "field": {}}
    assert results.entries(store) == []
    assert kinds_behind(store, office) == {}
    assert told(store, "pin-1")[-1][0] == "ungrouped"


def test_what_was_undone_is_made_again_under_another_id(store, office, now, released, make):
    ids = released("Eins")
    make(ids)
    take_back(store, office, now)
    with pytest.raises(Conflict) as refusal:
        make(ids)
    assert refusal.value.key == "need.gone"
    assert make(ids, "need-2").pins == 1


def test_an_undone_need_takes_nothing_any_more(store, office, now, released, make, fingerprint):
    ids = released("Eins")
    make(ids)
    take_back(store, office, now)
    before = fingerprint(store)
    for act in (
        lambda: needs.add_pins(store, office, "need-1", pin_ids=ids, now=now),
        lambda: needs.change(store, office, "need-1", version=2, title="x", now=now),
        lambda: forward(store, office, now),
    ):
        with pytest.raises((NotFound, Conflict)):
            act()
    assert fingerprint(store) == before


@pytest.mark.parametrize("status", ["submitted", "draft"])
def test_a_need_that_is_in_a_project_is_not_undone(
    store, area, spots, office, now, released, make, fingerprint, status
):
    make(released("Eins"))
    [deed] = undo.last(store, office)
    projects.create(
        store, office, project_id="project-1", title="Lampen", description="", fund="baufonds",
        cents=60_000_00, field="OER", climate=False, at=spots.lawn, area=area,
        need_ids=["need-1"], now=now, status=status,
    )  # fmt: skip
    before = fingerprint(store)
    with pytest.raises(Conflict):
        undo.undo(store, office, deed.id, now=now)
    assert fingerprint(store) == before


def test_a_need_that_others_joined_since_is_not_undone(
    store, office, now, released, make, fingerprint
):
    one, two = released("Eins", "Zwei")
    make([one])
    [deed] = undo.last(store, office)
    needs.add_pins(store, office, "need-1", pin_ids=[two], now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        undo.undo(store, office, deed.id, now=now)
    assert refusal.value.key == "undo.changed_meanwhile"
    assert fingerprint(store) == before


@pytest.mark.parametrize("field", ["title", "who", "responsible", "climate", "answer_on"])
def test_each_field_of_a_need_is_put_back(store, office, now, released, make, field):
    need = make(released("Eins"))
    before = stand(store)
    value = {"climate": True, "who": "one", "responsible": "bsr", "answer_on": now.date()}
    given = {field: value.get(field, "Neu")}
    after = needs.change(store, office, "need-1", version=need.version, now=now, **given)
    assert getattr(after, field) == given[field]
    take_back(store, office, now)
    assert stand(store) == before


def test_handing_on_is_undone_and_told(store, office, now, released, make):
    make(released("Eins"))
    before = stand(store)
    forward(store, office, now)
    take_back(store, office, now)
    assert stand(store) == before
    assert told(store, "pin-1")[-1][0] == "grouped"


def test_a_second_handing_on_is_undone_and_the_first_is_told_once_more(
    store, office, now, released, make
):
    one, two = released("Eins", "Zwei")
    make([one])
    forward(store, office, now, authority="bsr", sentence="An die BSR.")
    before = stand(store)
    forward(store, office, now, authority="sga", sentence="An das Grünflächenamt.")
    needs.add_pins(store, office, "need-1", pin_ids=[two], now=now)
    deed = undo.last(store, office, limit=2)[1]
    undo.undo(store, office, deed.id, now=now)
    assert stand(store)[1] == before[1]
    for pin_id in (one, two):
        key, details = told(store, pin_id)[-1]
        assert (key, details["authority"]) == ("forwarded", "bsr")


@pytest.mark.parametrize("status", ["done", "not_feasible"])
def test_an_end_and_its_taking_back_are_told(store, office, now, released, make, status):
    make(released("Eins"))
    forward(store, office, now)
    before = stand(store)
    need = close(store, office, now, status)
    assert (need.status, need.ending) == (status, "Das geht nicht.")
    assert told(store, "pin-1")[-1] == (status, {"sentence": "Das geht nicht."})
    take_back(store, office, now)
    assert stand(store) == before
    assert told(store, "pin-1")[-1][0] == "forwarded"


def test_a_closed_need_is_opened_again_where_it_stood(store, office, now, released, make):
    make(released("Eins"))
    forward(store, office, now)
    version = close(store, office, now).version
    need_ends.reopen(store, office, "need-1", reason="Doch!", version=version, now=now)
    need = needs.get(store, office, "need-1")
    assert (need.status, need.ending, need.authority) == ("forwarded", "", "bsr")
    assert [key for key, _ in told(store, "pin-1")][-2:] == ["reopened", "forwarded"]
    closed = close(store, office, now)
    before = stand(store)
    need_ends.reopen(store, office, "need-1", reason="Doch!", version=closed.version, now=now)
    take_back(store, office, now)
    assert stand(store) == before
    assert told(store, "pin-1")[-1][0] == "not_feasible"


# --- refusals ---------------------------------------------------------------


def test_what_somebody_changed_since_is_not_undone(
    store, office, admin, now, released, make, fingerprint
):
    make(released("Eins"))
    needs.change(store, admin, "need-1", version=1, title="Anders", now=now)
    [deed] = undo.last(store, office)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        undo.undo(store, office, deed.id, now=now)
    assert fingerprint(store) == before


def test_undoing_twice_is_once(store, office, now, released, make, fingerprint):
    make(released("Eins"))
    deed = take_back(store, office, now)
    before = fingerprint(store)
    for deed_id in (deed.id, 0, 99_999):
        with pytest.raises(NotFound):
            undo.undo(store, office, deed_id, now=now)
    assert fingerprint(store) == before


def test_each_person_is_offered_the_own_deeds_the_latest_first(
    store, office, admin, now, released, make
):
    one, two = released("Eins", "Zwei")
    make([one])
    needs.add_pins(store, admin, "need-1", pin_ids=[two], now=now)
    assert [deed.what for deed in undo.last(store, admin, limit=5)] == ["add"]
    assert [deed.what for deed in undo.last(store, office, limit=5)] == ["create", "release"]
    assert undo.last(store, office, act=Act.NEED_HAND_ON, limit=5) == []


def test_a_visitor_undoes_nothing(store, visitor, office, now, released, fingerprint):
    released("Eins")
    [deed] = undo.last(store, office)
    before = fingerprint(store)
    with pytest.raises(NotAllowed):
        undo.undo(store, visitor, deed.id, now=now)
    assert fingerprint(store) == before


def test_a_thousand_pins_are_undone_in_one_step(store, office, now, released, make):
    ids = released(*[f"Stimme {i}" for i in range(1000)])
    before = stand(store)
    make(ids)
    take_back(store, office, now)
    assert stand(store) == before
