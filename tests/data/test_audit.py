"""The trail's chain: any line that is changed, removed or slipped in is found; lawful erasure is not."""

from datetime import timedelta

import pytest

from data import audit, keeping, pins, redactions, safety, trail
from data.audit import Verdict
from data.rules import HOUSE, Act
from data.safety import What


@pytest.fixture
def sealed(store, released, office, now):
    """Some lines in the trail, all sealed; returns how many."""
    released("Zu dunkel", "Zu laut", "Zu eng")
    pins.hide(store, office, ["pin-3"], reason="spam", now=now)
    return audit.seal(store)


def tamper(store, sql: str) -> None:
    store.write(lambda tx: tx.execute(sql))


def test_every_line_is_sealed_once(store, sealed):
    assert sealed == store.read("select count(*) from trail")[0][0] > 3
    assert audit.seal(store) == 0
    assert not audit.waiting(store)
    assert audit.verify(store, HOUSE) == Verdict(True, sealed)


def test_an_empty_trail_holds(store):
    assert audit.seal(store) == 0
    assert audit.verify(store, HOUSE) == Verdict(True, 0)


@pytest.mark.parametrize(
    "change",
    [
        "happened_at = happened_at + interval 1 second",
        "role = 'admin'",
        "person_id = 'somebody-else'",
        "person_id = null",
        "act = 'pin.add'",
        "thing = 'need'",
        "thing_id = 'other'",
        "step = 'done'",
        """details = '{"reason": "insult"}'""",
        """details = '{"erased": true}'""",  # nobody said that it was erased
    ],
)
def test_a_changed_line_is_found(store, sealed, change):
    row = store.read("select max(id) from trail where role = 'office'")[0][0]
    tamper(store, f"update trail set {change} where id = {row}")
    assert audit.verify(store, HOUSE) == Verdict(False, row - 1, row, "changed")


@pytest.mark.parametrize("also_the_seal", [False, True])
@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_a_removed_line_is_found(store, sealed, where, also_the_seal):
    row = {"first": 1, "middle": 3, "last": sealed}[where]
    tamper(store, f"delete from trail where id = {row}")
    known = store.read("select id, hash from trail_seal order by id desc limit 1")[0]
    if also_the_seal:
        tamper(store, f"delete from trail_seal where id = {row}")
    verdict = audit.verify(store, HOUSE)
    if where == "last" and also_the_seal:  # the chain is whole, but shorter than a backup knows
        assert verdict.ok
        assert not audit.stands(store, known)
    else:
        assert (verdict.ok, verdict.line, verdict.fault) == (False, row, "removed")


def test_a_line_slipped_in_is_found(store, sealed):
    line = "'2026-05-04', 'office', null, 'pin.review', 'pin', 'pin-1', '', '{}'"
    tamper(store, f"insert into trail values (0, {line})")
    verdict = audit.verify(store, HOUSE)
    assert (verdict.ok, verdict.line, verdict.fault) == (False, 0, "inserted")


def test_a_line_with_a_seal_of_its_own_making_is_found(store, sealed):
    tamper(store, f"update trail_seal set hash = 'x' where id = {sealed}")
    assert audit.verify(store, HOUSE).fault == "changed"
    tamper(store, "update trail_seal set details_hash = 'x' where id = 1")
    assert audit.verify(store, HOUSE).line == 1


def test_exchanged_lines_are_found(store, sealed):
    tamper(store, "update trail set id = -1 where id = 1")
    tamper(store, "update trail set id = 1 where id = 2")
    tamper(store, "update trail set id = 2 where id = -1")
    assert audit.verify(store, HOUSE).line == 1


def test_new_lines_go_on_from_the_last_seal(store, sealed, office, now):
    pins.release(store, office, ["pin-3"], now=now)
    assert audit.waiting(store)
    new = audit.seal(store)
    assert new > 0
    assert audit.verify(store, HOUSE) == Verdict(True, sealed + new)
    assert audit.verify(store, HOUSE, since=sealed) == Verdict(True, new)


def test_many_lines_are_sealed_in_pieces(store, sealed, now, monkeypatch):
    monkeypatch.setattr(audit, "PIECE", 7)
    ids = [f"x-{n}" for n in range(50)]
    store.write(lambda tx: trail.note_many(tx, HOUSE, Act.PIN_IMPORT, "pin", ids, now=now))
    assert audit.seal(store) == 50
    assert audit.verify(store, HOUSE) == Verdict(True, sealed + 50)
    tamper(store, "update trail set act = 'pin.add' where thing_id = 'x-33'")
    assert not audit.verify(store, HOUSE).ok


@pytest.mark.parametrize("how", ["withdrawn", "blacked out", "shown again"])
def test_lawful_erasure_keeps_the_chain(store, area, visitor, office, now, draft, how):
    """What was kept of a pin's earlier words goes with the words, and the trail says so."""
    pins.add(store, visitor, area, [draft(id="mine", code="7Q2MX-9D4RT-0KB")], now=now)
    pins.release(store, office, ["mine"], now=now)
    store.write(
        lambda tx: trail.note(
            tx, office, Act.PIN_REVIEW, "pin", "mine", now=now, details={trail.BEFORE: "Frau M."}
        )
    )
    audit.seal(store)
    if how == "withdrawn":
        pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
    else:
        words = pins.get(store, office, "mine").words
        given = {"reason": "personal_data", "now": now}
        new = redactions.black_out(store, office, "mine", [(0, 4)], seen=words, **given)
        if how == "shown again":
            redactions.take_back(store, office, "mine", seen=new, now=now)
    assert "Frau M." not in repr(store.read("select details from trail"))
    audit.seal(store)
    assert audit.verify(store, HOUSE).ok


def test_what_happens_while_the_chain_is_checked_is_no_fault(
    store, area, visitor, office, now, draft, monkeypatch
):
    """Somebody takes a pin back, and new lines are sealed, between two pieces of the check."""
    pins.add(store, visitor, area, [draft(id="mine", code="7Q2MX-9D4RT-0KB")], now=now)
    details = {trail.BEFORE: "Frau M."}
    for _ in range(3):
        store.write(
            lambda tx: trail.note(
                tx, office, Act.PIN_REVIEW, "pin", "mine", now=now, details=details
            )
        )
    audit.seal(store)
    read, done = store.read, []

    def meanwhile(sql, params=None):
        if "details_hash, hash" in sql and not done:
            done.append(True)
            pins.withdraw(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"), now=now)
            audit.seal(store)
        return read(sql, params)

    monkeypatch.setattr(store, "read", meanwhile)
    assert audit.verify(store, HOUSE) == Verdict(True, 4)
    assert done


def test_the_admin_reads_the_trail_page_by_page(store, sealed, admin, office, now):
    first = audit.lines(store, admin, limit=3)
    assert [line.id for line in first] == [sealed, sealed - 1, sealed - 2]
    following = audit.lines(store, admin, below=first[-1].id, limit=3)
    assert following[0].id == sealed - 3
    assert [line.act for line in audit.lines(store, admin, act="pin.add")] == ["pin.add"] * 3
    assert audit.lines(store, admin, thing="need") == []
    assert len(audit.lines(store, admin, day=now.date())) == sealed
    assert audit.lines(store, admin, day=now.date() + timedelta(days=1)) == []
    assert audit.sorts(store, admin) == (["pin"], ["pin.add", "pin.review"])


def test_a_check_at_the_start_looks_only_at_what_is_new(store, sealed, office, now):
    check = keeping.check_trail
    assert check(store, HOUSE, report_id="1", now=now).details["lines"] == sealed
    again = check(store, HOUSE, report_id="2", now=now + timedelta(hours=1), since_last=True)
    assert (again.ok, again.details["lines"], again.details["upto"]) == (True, 0, sealed)
    tamper(store, "update trail set role = 'admin' where id = 1")
    later = now + timedelta(hours=2)
    assert check(store, HOUSE, report_id="3", now=later, since_last=True).ok
    night = check(store, HOUSE, report_id="4", now=later)  # the night's looks at everything
    assert not night.ok
    assert night.details["line"] == 1
    assert safety.last(store, What.AUDIT, ok=False) == night
