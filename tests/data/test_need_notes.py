from datetime import date, timedelta

import pytest

from data import need_history, need_notes, needs, pins, undo
from data.problems import BadInput, NotFound
from data.rules import Actor, Role

HOSTILE = "**x** <b>y</b> {{7*7}}"


def write(store, actor, now, words=HOSTILE, note_id="note-1", need_id="need-1"):
    need_notes.write(store, actor, need_id, note_id=note_id, words=words, now=now)


def test_a_note_is_kept_once_as_it_was_written(store, office_day, office, now):
    write(store, office, now)
    write(store, office, now, "Anders")
    [note] = need_notes.notes(store, office, ["need-1"])
    assert (note.words, note.at) == (HOSTILE, now)


@pytest.mark.parametrize("words", ["", " \n ", "\u202e", "x" * 2001])
def test_a_note_without_words_or_too_long_is_refused(
    store, office_day, office, now, fingerprint, words
):
    before = fingerprint(store)
    with pytest.raises(BadInput):
        write(store, office, now, words)
    with pytest.raises(BadInput):
        need_notes.add_task(store, office, "need-1", task_id="t", words=words, now=now)
    assert fingerprint(store) == before


def test_a_task_is_ticked_off_and_opened_again(store, office_day, office, now):
    need_notes.add_task(store, office, "need-1", task_id="t", words="Anrufen", now=now)
    later = now + timedelta(hours=1)
    need_notes.tick(store, office, "t", done=True, now=now)
    need_notes.tick(store, office, "t", done=True, now=later)
    [task] = need_notes.tasks(store, office, ["need-1"])
    assert task.done_at == now
    need_notes.tick(store, office, "t", done=False, now=later)
    assert need_notes.tasks(store, office, ["need-1"])[0].done_at is None
    with pytest.raises(NotFound):
        need_notes.tick(store, office, "no", done=True, now=now)


def test_no_word_of_a_note_stands_in_the_trail_and_erasing_leaves_none(
    store, office_day, office, now
):
    write(store, office, now, "Frau M. rufen")
    need_notes.remove(store, office, "note-1", now=now)
    assert need_notes.notes(store, office, ["need-1"]) == []
    kept = store.read("select count(*) from trail where contains(details, 'Frau M.')")
    assert kept == [(0,)]
    said = [line.what for line in need_history.lines(store, office, ["need-1"])]
    assert said == ["made", "noted", "note_erased"]


def test_a_need_that_is_no_more_takes_no_notes_but_shows_them(store, office_day, office, now):
    write(store, office, now)
    deed = next(one for one in undo.last(store, office, limit=5) if one.what == "create")
    undo.undo(store, office, deed.id, now=now)
    with pytest.raises(NotFound):
        write(store, office, now, note_id="note-2")
    assert len(need_notes.notes(store, office, ["need-1"])) == 1


# --- fields -----------------------------------------------------------------


def change(store, actor, now, **changes):
    version = needs.get(store, actor, "need-1").version
    return needs.change(store, actor, "need-1", version=version, now=now, **changes)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"who": "everybody"}, "need.who_unknown"),
        ({"responsible": "Ordnungsamt"}, "need.responsible_unknown"),
        ({"answer_on": date(2026, 5, 3)}, "need.day_over"),
        ({"answer_on": date(2036, 5, 3)}, "need.day_far"),
        ({"answer_on": date(2026, 12, 24)}, "need.day_later"),
    ],
)
def test_what_a_field_cannot_say_is_refused(
    store, office_day, office, now, fingerprint, changes, key
):
    before = fingerprint(store)
    with pytest.raises(BadInput) as refusal:
        change(store, office, now, **changes)
    assert refusal.value.key == key
    assert fingerprint(store) == before


def test_an_earlier_day_is_a_better_promise_and_a_day_that_is_over_may_stay(
    store, office_day, office, now
):
    need = change(store, office, now, answer_on=now.date() + timedelta(days=7))
    assert need_history.due(store, office) == {"need-1": need.answer_on}
    later = now + timedelta(days=30)
    assert change(store, office, later, title="Neu").answer_on == need.answer_on


def test_a_day_may_lie_far_once_nobody_waits(store, office_day, office, now):
    pins.withdraw(store, Actor(Role.SENDER, pin="pin-1"), now=now)
    assert change(store, office, now, answer_on=date(2027, 5, 3)).answer_on == date(2027, 5, 3)


def test_nothing_unknown_is_changed(store, office_day, office, now):
    with pytest.raises(TypeError):
        change(store, office, now, status="done")
