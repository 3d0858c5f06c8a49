"""What a member of the jury notes is the own person's: nobody else reads it, nothing else holds it."""

import pytest

from data import jury_notes
from data.jury_notes import MAX_NOTE, Leaning
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import Actor, Role

SECRET = "Ich finde das zu teuer"


@pytest.fixture
def keep(store, office_day, now, jury):
    def one(actor=jury, words=SECRET, leaning="no", version=0, project="project-1", at=now):
        jury_notes.keep(
            store, actor, project, words=words, leaning=leaning, version=version, now=at
        )

    return one


def of(store, actor):
    return jury_notes.mine(store, actor)["project-1"]


def test_one_reads_the_own_note(store, jury, keep):
    keep()
    assert (of(store, jury).words, of(store, jury).leaning) == (SECRET, Leaning.NO)


def test_another_member_reads_none_of_it(store, keep):
    keep()
    assert jury_notes.mine(store, Actor(Role.JURY, person="person-other")) == {}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.JURY}))
def test_nobody_else_reads_or_writes_any(store, keep, role):
    keep()
    with pytest.raises(NotAllowed):
        jury_notes.mine(store, Actor(role, person="person-jury", project="project-1"))
    with pytest.raises(NotAllowed):
        keep(Actor(role, person="person-jury", project="project-1"))


def test_a_jury_without_a_person_has_none(store, keep):
    with pytest.raises(NotAllowed):
        keep(Actor(Role.JURY))


def test_neither_the_trail_nor_any_other_table_holds_a_word_of_it(store, keep):
    keep()
    tables = store.read("select table_name from information_schema.tables")
    for (name,) in tables:
        if name != "jury_note":
            assert SECRET not in repr(store.read(f"select * from {name}")), name
    lines = store.read("select act from trail where act = 'jury_note.keep'")
    assert lines == []


def test_a_double_click_is_one_note(store, keep, jury):
    keep()
    keep()
    assert of(store, jury).words == SECRET


def test_the_own_other_device_is_not_overwritten_unseen(store, keep, jury):
    keep()
    with pytest.raises(Conflict):
        keep(words="Vom Telefon", version=0)
    assert of(store, jury).words == SECRET
    keep(words="Vom Telefon", version=of(store, jury).version)
    assert of(store, jury).words == "Vom Telefon"


def test_an_empty_note_without_a_leaning_is_gone(store, keep, jury):
    keep()
    keep(words="  ", leaning="", version=of(store, jury).version)
    assert store.read("select * from jury_note") == []


def test_a_note_can_be_forgotten_with_its_person(store, keep, jury):
    keep()
    store.write(lambda tx: jury_notes.forget(tx, jury.person))
    assert jury_notes.mine(store, jury) == {}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"words": "x" * (MAX_NOTE + 1)}, BadInput),
        ({"leaning": "maybe"}, BadInput),
        ({"project": "nowhere"}, NotFound),
    ],
)
def test_what_cannot_be_kept_is_refused(store, keep, given, problem):
    with pytest.raises(problem):
        keep(**given)
    assert store.read("select * from jury_note") == []


def test_the_trail_is_the_same_before_and_after(store, keep):
    before = store.read("select * from trail order by id")
    keep()
    assert store.read("select * from trail order by id") == before
