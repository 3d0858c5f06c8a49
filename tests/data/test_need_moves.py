import pytest

from data import need_ends, need_moves, needs, pins, projects, trail, undo
from data.needs import NeedStatus
from data.pins import Status
from data.problems import BadInput, Conflict, NotFound

CODES = ("7Q2MX-9D4RT-0KB", "00000-00000-002", "00000-00000-003")


@pytest.fixture
def make(store, office, now):
    """Make a need of pins; only what matters to a test is given."""

    def made(pin_ids, need_id="need-1", **changes):
        wanted = {"title": "Zu dunkel", "field": "OER", "priority": "now"} | changes
        return needs.create(store, office, need_id=need_id, pin_ids=pin_ids, now=now, **wanted)

    return made


@pytest.fixture
def two(released, make):
    """Two needs: need-1 with pin-1 and pin-2, need-2 with pin-3."""
    one, two, three = released("Zu dunkel", "Kein Licht", "Lampe kaputt")
    make([one, two], title="Dunkel")
    make([three], "need-2", title="Lampe")


@pytest.fixture
def project(store, office, area, spots, now):
    """Put needs into a project."""

    def make(*need_ids, name="project-1", **more):
        wanted = {
            "title": "Lampen", "description": "", "fund": "baufonds", "cents": 60_000_00,
            "field": "OER", "climate": False, "at": spots.lawn, "area": area, "now": now,
            "need_ids": need_ids, "project_id": name,
        }  # fmt: skip
        return projects.create(store, office, **wanted | more)

    return make


def forward(store, actor, now, need_id, **changes):
    version = needs.get(store, actor, need_id).version
    told = {"authority": "bsr", "sentence": "Weitergegeben."} | changes
    return needs.forward(store, actor, need_id, version=version, now=now, **told)


def merge(store, actor, now, into="need-1", *others, why="Dasselbe"):
    version = needs.get(store, actor, into).version
    chosen = others or ["need-2"]
    return need_moves.merge(store, actor, into, chosen, version=version, why=why, now=now)


def split(store, actor, now, pin_ids, **changes):
    wanted = {"new_id": "need-9", "title": "Eigenes", "field": "GB", "priority": "soon"} | changes
    version = needs.get(store, actor, "need-1").version
    return need_moves.split(
        store, actor, "need-1", pin_ids=pin_ids, now=now, **{"version": version} | wanted
    )


def keys(store, pin_id):
    return [step.key for step in trail.steps(store, "pin", pin_id)]


def notes(store, need_id):
    found = store.read(
        "select details from trail where thing = 'need' and thing_id = $id order by id",
        {"id": need_id},
    )
    return [details for (details,) in found]


# --- merging ----------------------------------------------------------------


def test_merging_brings_the_pins_over_and_says_so(store, office, now, two):
    need = merge(store, office, now)
    assert (need.pins, need.version) == (3, 2)
    assert [one.id for one in needs.listing(store, office)] == ["need-1"]
    assert needs.get(store, office, "need-2").gone == "need-1"
    step = trail.steps(store, "pin", "pin-3")[-1]
    assert (step.key, dict(step.details)) == ("grouped", {"need": 1, "title": "Dunkel"})
    assert notes(store, "need-2")[-1] == '{"merged_into": 1, "why": "Dasselbe"}'
    assert notes(store, "need-1")[-1] == '{"merged": [2], "pins": 1, "why": "Dasselbe"}'
    assert [one.id for one in need_moves.merged_into(store, office, "need-1")] == ["need-2"]


def test_a_merged_pin_keeps_words_number_and_receipt(
    store, area, office, visitor, now, draft, make
):
    drafts = [draft(f"Wort {i}", id=f"p{i}", code=code) for i, code in enumerate(CODES)]
    pins.add(store, visitor, area, drafts, now=now)
    pins.release(store, office, [one.id for one in drafts], now=now)
    make(["p0"])
    make(["p1", "p2"], "need-2")
    merge(store, office, now)
    for one in drafts:
        pin, steps = pins.follow(store, pins.by_receipt(store, one.code))
        assert (pin.id, pin.words, pin.need_id) == (one.id, one.words, "need-1")
        assert steps[-1].key == "grouped"


def test_merged_pins_go_the_way_that_the_target_has_gone(store, office, now, two):
    forward(store, office, now, "need-1", sentence="Die BSR weiß es.")
    merge(store, office, now)
    pin = pins.get(store, office, "pin-3")
    assert (pin.status, pin.answered_at) == (Status.FORWARDED, now)
    assert keys(store, "pin-3")[-2:] == ["grouped", "forwarded"]


def test_merging_into_a_need_in_a_project_is_told_as_the_project(store, office, now, two, project):
    project("need-1")
    merge(store, office, now)
    assert pins.get(store, office, "pin-3").status is Status.IN_PROJECT
    assert keys(store, "pin-3")[-2:] == ["grouped", "project"]


@pytest.mark.parametrize("status", ["submitted", "draft"])
def test_a_need_in_a_project_cannot_be_merged_away(
    store, office, now, two, project, fingerprint, status
):
    project("need-2", status=status)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        merge(store, office, now)
    assert (refusal.value.key, refusal.value.params) == ("need.merge_project", {"number": 2})
    assert fingerprint(store) == before


@pytest.mark.parametrize("closed", ["need-1", "need-2"])
def test_closed_needs_are_not_merged(store, office, now, two, fingerprint, closed):
    end = {"status": "done", "sentence": "Erledigt."}
    need_ends.close(store, office, closed, version=1, now=now, **end)
    before = fingerprint(store)
    with pytest.raises(Conflict):
        merge(store, office, now)
    assert fingerprint(store) == before


def test_merging_into_an_old_version_or_itself_is_refused(store, office, now, two, fingerprint):
    needs.change(store, office, "need-1", version=1, title="Neu", now=now)
    before = fingerprint(store)
    with pytest.raises(Conflict) as refusal:
        need_moves.merge(store, office, "need-1", ["need-2"], version=1, why="", now=now)
    assert refusal.value.key == "need.changed_meanwhile"
    for others in ([], ["need-1"], ["need-2", "need-1"]):
        with pytest.raises(BadInput):
            need_moves.merge(store, office, "need-1", others, version=2, why="", now=now)
    with pytest.raises(NotFound):
        need_moves.merge(store, office, "need-1", ["no"], version=2, why="", now=now)
    with pytest.raises(BadInput):
        merge(store, office, now, why="x" * 501)
    assert fingerprint(store) == before


def test_merging_twice_is_refused_the_second_time(store, office, now, two, fingerprint):
    merge(store, office, now)
    before = fingerprint(store)
    with pytest.raises(NotFound):
        merge(store, office, now)
    assert fingerprint(store) == before


def test_a_merged_need_is_read_from_where_it_went_also_by_way_of_another(
    store, office, now, two, released, make
):
    make(released("Noch eins", prefix="x"), "need-3")
    merge(store, office, now)
    merge(store, office, now, "need-3", "need-1")
    found = need_moves.merged_into(store, office, "need-3")
    assert [need.id for need in found] == ["need-1", "need-2"]
    assert need_moves.merged_into(store, office, "need-2") == []


def test_an_empty_need_can_be_merged_away(store, office, now, two):
    needs.remove_pins(store, office, "need-2", pin_ids=["pin-3"], now=now)
    assert merge(store, office, now).pins == 2
    assert needs.get(store, office, "need-2").gone == "need-1"


# --- splitting and moving ---------------------------------------------------


def test_splitting_makes_a_need_of_its_own(store, office, now, two):
    new = split(store, office, now, ["pin-2"])
    assert (new.number, new.pins, new.status) == (3, 1, NeedStatus.OPEN)
    assert (new.title, new.field, new.priority) == ("Eigenes", "GB", "soon")
    assert needs.get(store, office, "need-1").pins == 1
    assert trail.steps(store, "pin", "pin-2")[-1].details == {"need": 3, "title": "Eigenes"}
    assert notes(store, "need-1")[-1] == '{"split_off": 3, "pins": 1}'


def test_splitting_twice_under_one_id_is_one_split(store, office, now, two, fingerprint):
    first = split(store, office, now, ["pin-2"])
    before = fingerprint(store)
    assert split(store, office, now, ["pin-2"], version=1) == first
    assert fingerprint(store) == before


def test_what_was_handed_on_stays_handed_on_after_a_split(store, office, now, two):
    needs.change(store, office, "need-1", version=1, climate=True, responsible="bsr", now=now)
    forward(store, office, now, "need-1")
    new = split(store, office, now, ["pin-2"])
    assert (new.status, new.authority, new.climate) == (NeedStatus.FORWARDED, "bsr", True)
    assert pins.get(store, office, "pin-2").status is Status.FORWARDED


@pytest.mark.parametrize("chosen", [["pin-1", "pin-2"], ["pin-1", "pin-2", "pin-3"], []])
def test_a_split_of_all_or_of_nothing_is_refused(store, office, now, two, fingerprint, chosen):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        split(store, office, now, chosen)
    assert fingerprint(store) == before


def test_a_split_of_anothers_pin_or_of_an_old_version_is_refused(
    store, office, now, two, fingerprint
):
    before = fingerprint(store)
    with pytest.raises(Conflict):
        split(store, office, now, ["pin-3"])
    with pytest.raises(Conflict):
        split(store, office, now, ["pin-2"], version=7)
    assert fingerprint(store) == before


def test_pins_move_from_needs_to_another_along_its_way(store, office, now, two):
    forward(store, office, now, "need-2")
    assert need_moves.move(store, office, ["pin-1"], "need-2", now=now).pins == 2
    pin = pins.get(store, office, "pin-1")
    assert (pin.need_id, pin.status) == ("need-2", Status.FORWARDED)
    assert notes(store, "need-1")[-1] == '{"moved_to": 2, "pins": 1}'


def test_only_pins_of_other_open_needs_are_moved(store, office, now, two, released, fingerprint):
    [free] = released("Frei", prefix="free")
    need_ends.close(
        store, office, "need-2", status="done", sentence="Erledigt.", version=1, now=now
    )
    before = fingerprint(store)
    for chosen, to in (
        ([free], "need-1"), (["pin-1"], "need-1"), (["pin-3"], "need-1"), (["pin-1"], "need-2"),
        (["no-such"], "need-1"),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            need_moves.move(store, office, chosen, to, now=now)
    with pytest.raises(NotFound):
        need_moves.move(store, office, ["pin-1"], "no", now=now)
    assert fingerprint(store) == before


# --- undoing ----------------------------------------------------------------


def stand(store):
    """How pins and needs stand, without versions and times."""
    pin = store.read("select id, status, need_id, answered_at, words from pin order by id")
    need = store.read(
        "select id, title, status, authority, public_sentence, ending from need "
        "where gone = '' order by id"
    )
    return pin, need


@pytest.mark.parametrize("handed_on", [[], ["need-1"], ["need-2"], ["need-1", "need-2"]])
@pytest.mark.parametrize("what", ["merge", "split", "move"])
def test_each_move_is_undone_exactly_and_told(store, office, now, two, what, handed_on):
    for need_id in handed_on:
        forward(store, office, now, need_id, sentence=f"Zu {need_id}.")
    before = stand(store)
    do = {
        "merge": lambda: merge(store, office, now),
        "split": lambda: split(store, office, now, ["pin-2"]),
        "move": lambda: need_moves.move(store, office, ["pin-1"], "need-2", now=now),
    }
    do[what]()
    [deed] = undo.last(store, office)
    assert deed.what == what
    undo.undo(store, office, deed.id, now=now)
    assert stand(store) == before
    for pin_id in ("pin-1", "pin-2", "pin-3"):
        pin = pins.get(store, office, pin_id)
        told = {Status.GROUPED: "grouped", Status.FORWARDED: "forwarded"}[pin.status]
        assert keys(store, pin_id)[-1] == told


def test_a_split_is_not_undone_once_the_first_need_went_on(store, office, now, two, fingerprint):
    split(store, office, now, ["pin-2"])
    [deed] = undo.last(store, office)
    forward(store, office, now, "need-1")
    before = fingerprint(store)
    with pytest.raises(Conflict):
        undo.undo(store, office, deed.id, now=now)
    assert fingerprint(store) == before
