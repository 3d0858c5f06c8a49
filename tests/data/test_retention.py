"""Retention: what is past its days is erased by itself, nothing sooner, and the report says how much."""

from datetime import timedelta

import pytest

from data import (
    audit,
    feedback,
    jury_notes,
    member_accounts,
    members,
    offers,
    people,
    pins,
    projects,
    retention,
    safety,
    voices,
)
from data.offers import Draft, OfferId
from data.problems import BadInput
from data.retention import KINDS, NAMES
from data.rules import HOUSE, VISITOR, Actor, PersonId, Role
from data.safety import What
from data.store import Store

PHONE = "0176 5550123"
WORDS = "Sieben Schwäne im Hof"


def everything(store) -> str:
    tables = store.read("select table_name from information_schema.tables")
    return repr([store.read(f"select * from {name}") for (name,) in tables])


def erase(store, now, name: str, *, after: int = 0) -> int:
    """Erase so many seconds after a kind's days are over, and return how much of it there was."""
    late = now + timedelta(days=retention.days(store, name), seconds=after)
    report = retention.erase(store, HOUSE, report_id=f"r-{name}-{after}", now=late)
    return report.details["counts"].get(name, 0)


def offer(store, now, number: int = 1) -> str:
    draft = Draft(
        OfferId(f"offer-{number}"), "pin", "pin-2", ("hands",), f"{WORDS} {number}", PHONE
    )
    offers.make(store, VISITOR, draft, now=now)
    return draft.id


def report_barrier(store, now) -> None:
    feedback.give(
        store, VISITOR, feedback_id="f", page="/", words=WORDS, contact=PHONE, lang="de", now=now
    )


def test_a_contact_of_an_offer_goes_after_its_days_and_not_before(store, office_day, now):
    offer(store, now)
    assert erase(store, now, "offer_contact") == 0
    assert PHONE in everything(store)
    assert erase(store, now, "offer_contact", after=1) == 1
    assert erase(store, now, "offer_contact", after=2) == 0
    assert PHONE not in everything(store)
    assert WORDS in everything(store)  # the offer itself stays open


def test_words_of_a_used_offer_go_and_open_ones_stay(store, office_day, office, now):
    used, _ = offer(store, now), offer(store, now, 2)
    offers.use(store, office, used, now=now)
    assert erase(store, now, "offer_words", after=1) == 1
    assert f"{WORDS} 1" not in everything(store)
    assert f"{WORDS} 2" in everything(store)


def test_a_report_of_a_barrier_loses_its_contact_and_then_its_words(store, office, now):
    report_barrier(store, now)
    assert erase(store, now, "feedback_contact", after=1) == 1
    assert PHONE not in everything(store)
    assert erase(store, now, "feedback_words", after=1) == 0  # nobody has answered it
    feedback.answered(store, office, "f", now=now)
    assert erase(store, now, "feedback_words", after=2) == 1
    assert WORDS not in everything(store)


def test_a_hidden_pin_is_erased_and_its_sender_is_told(store, area, office, now, draft):
    pins.add(store, VISITOR, area, [draft(WORDS, id="h", code="7Q2MX-9D4RT-0KB")], now=now)
    pins.hide(store, office, ["h"], reason="insult", now=now)
    assert erase(store, now, "hidden_pins") == 0
    assert erase(store, now, "hidden_pins", after=1) == 1
    assert WORDS not in everything(store)
    pin, steps = pins.follow(store, pins.by_receipt(store, "7Q2MX-9D4RT-0KB"))
    assert (pin.status, pin.words) == ("withdrawn", "")
    assert steps[-1].key == "expired"


def test_many_hidden_pins_go_in_pieces(store, area, office, now, draft, monkeypatch):
    monkeypatch.setattr(retention, "MANY", 3)
    ids = [f"h-{n}" for n in range(8)]
    pins.add(store, VISITOR, area, [draft(WORDS, id=one) for one in ids], now=now)
    pins.hide(store, office, ids, reason="spam", now=now)
    assert erase(store, now, "hidden_pins", after=1) == 8


def test_how_a_pin_was_goes_from_the_trail_and_the_chain_still_holds(store, released, now):
    released("Zu dunkel")
    store.write(
        lambda tx: tx.execute(
            "update trail set details = $was where id = 1", {"was": f'{{"before": "{WORDS}"}}'}
        )
    )
    audit.seal(store)
    assert erase(store, now, "trail_words", after=1) == 1
    assert WORDS not in everything(store)
    assert audit.chain(store).ok


def test_what_can_be_undone_is_forgotten_after_its_days(store, released, office, now):
    released("Zu dunkel")
    assert store.read("select count(*) from deed")[0][0] > 0
    assert erase(store, now, "deeds", after=1) > 0
    assert store.read("select count(*) from deed") == [(0,)]


def test_sessions_that_are_over_go(store, now):
    role = {"login": "neu", "name": "Neu", "role": "office", "password": "lang-genug-12"}
    people.add(store, HOUSE, person_id=PersonId("p"), now=now, **role)
    people.log_in(store, "neu", "lang-genug-12", token="t", now=now)
    assert erase(store, now, "sessions", after=1) == 0
    assert erase(store, now, "sessions", after=9 * 3600) == 1


def test_a_closed_account_loses_its_name_and_cannot_be_entered(store, admin, now):
    for name in ("alt", "neu"):
        given = {"login": name, "name": f"Frau {name}", "role": "admin"}
        people.add(
            store, HOUSE, person_id=PersonId(f"p-{name}"), password="x" * 12, now=now, **given
        )
    people.disable(store, admin, person_id=PersonId("p-alt"), now=now)
    assert erase(store, now, "closed_accounts", after=1) == 1
    assert "Frau alt" not in everything(store)
    assert "Frau neu" in everything(store)
    assert erase(store, now, "closed_accounts", after=2) == 0


def test_an_applicants_contact_goes_once_the_project_is_over(store, office_day, now):
    def job(tx):
        tx.execute(
            "insert into project_contact values ('project-1', 'Frau Muster', $phone, $now)",
            {"phone": PHONE, "now": now.replace(tzinfo=None)},
        )
        tx.execute("update project set status = 'running'")

    store.write(job)
    assert erase(store, now, "applicants", after=1) == 0
    store.write(lambda tx: tx.execute("update project set status = 'closed'"))
    assert erase(store, now, "applicants", after=2) == 1
    assert PHONE not in everything(store)
    assert "Frau Muster" not in everything(store)


def test_a_voices_words_go_and_the_voice_counts_on(store, released, now):
    (pin,) = released("Zu dunkel")
    sql = "insert into support values ('k', $pin, $words, 'de', 'home', $now)"
    given = {"pin": pin, "words": WORDS, "now": now.replace(tzinfo=None)}
    store.write(lambda tx: tx.execute(sql, given))
    assert erase(store, now, "support_words", after=1) == 1
    assert store.read("select count(*), max(words) from support") == [(1, "")]
    assert voices.count(store, [pin]) == {pin: 1}


def jury_of_two(store, now, term_to):
    """Two members of the jury, each with a private note: one's term ends, the other's goes on."""
    for name, end in (("ende", term_to), ("weiter", term_to + timedelta(days=1000))):
        person, given = PersonId(f"p-{name}"), {"resident": True, "substitute": False}
        people.add(
            store, HOUSE, person_id=person, login=name, name=name, role="jury", password="x" * 12,
            now=now,
        )  # fmt: skip
        members.add(
            store, HOUSE, member_id=f"m-{name}", body_id="jury", name=name, chair=False, now=now,
            term_from=now.date(), term_to=end, **given,
        )  # fmt: skip
        member_accounts.bind(store, HOUSE, f"m-{name}", person_id=person, now=now)
        jury_notes.keep(
            store, Actor(Role.JURY, person), "project-1", words=f"{WORDS} {name}", leaning="no",
            version=0, now=now,
        )  # fmt: skip


def test_private_notes_of_the_jury_go_after_the_term_and_not_before(store, office_day, now):
    jury_of_two(store, now, now.date() + timedelta(days=10))
    assert erase(store, now, "jury_notes", after=9 * 86_400) == 0
    assert erase(store, now, "jury_notes", after=12 * 86_400) == 1
    told = everything(store)
    assert (f"{WORDS} ende" in told, f"{WORDS} weiter" in told) == (False, True)


def test_private_notes_go_with_a_closed_account(store, office_day, now):
    jury_of_two(store, now, now.date() + timedelta(days=1000))
    sql = "update person set disabled_at = $now where id = 'p-ende'"
    store.write(lambda tx: tx.execute(sql, {"now": now.replace(tzinfo=None)}))
    assert erase(store, now, "jury_notes") == 0
    assert erase(store, now, "jury_notes", after=1) == 1
    assert f"{WORDS} ende" not in everything(store)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_runs_on_an_empty_office_and_has_its_days_among_the_choices(store, kind, now):
    assert kind.days in kind.choices
    report = retention.erase(store, HOUSE, report_id="r", now=now)
    assert report.details == {"counts": {}}


def test_the_days_are_a_setting_and_no_other_number_is_taken(store, admin, now):
    assert retention.days(store, "deeds") == 90
    retention.choose(store, admin, {"deeds": 30, "wifi": 7}, now=now)
    assert (retention.days(store, "deeds"), retention.days(store, "wifi")) == (30, 7)
    for wrong in ({"deeds": 31}, {"deeds": 30, "nothing": 30}):
        with pytest.raises(BadInput):
            retention.choose(store, admin, wrong, now=now)
    assert retention.days(store, "deeds") == 30
    assert list(retention.all_days(store)) == list(NAMES)


def test_the_report_tells_counts_and_no_words(store, office_day, now):
    offer(store, now)
    erase(store, now, "offer_contact", after=1)
    report = safety.last(store, What.ERASURE)
    assert report is not None
    assert report.details["counts"]["offer_contact"] == 1
    assert PHONE not in repr(report)
    lines = audit.lines(store, HOUSE, thing="retention")
    assert ("offer_contact", '{"count": 1}') in [(line.thing_id, line.details) for line in lines]


def test_what_is_erased_is_in_no_file_of_the_database(tmp_path, area, office, now, draft):
    """A hidden pin, a phone number, a note of the jury: nought bytes of them are in the folder."""
    folder = tmp_path / "here"
    store = Store.open(folder / "kiezkarte.duckdb")
    pins.add(store, VISITOR, area, [draft("Neun Drosseln im Hof", id="h")], now=now)
    pins.add(store, VISITOR, area, [draft("Bleibt stehen", id="pin-2")], now=now)
    pins.release(store, office, ["pin-2"], now=now)
    offer(store, now)
    pins.hide(store, office, ["h"], reason="spam", now=now)
    projects.create(
        store, HOUSE, project_id="project-1", title="Lampen", description="", fund="baufonds",
        cents=60_000_00, field="OER", climate=False, at=draft().at, area=area, need_ids=[], now=now,
    )  # fmt: skip
    jury_of_two(store, now, now.date() + timedelta(days=2000))
    members.remove(store, office, "m-ende", version=1, now=now)  # at once, whatever the days are
    assert f"{WORDS} ende" not in everything(store)
    late = now + timedelta(days=800)
    retention.erase(store, HOUSE, report_id="r", now=late)
    store.close()
    files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    gone = (b"Drosseln", PHONE.encode(), f"{WORDS} ende".encode())
    assert [part for part in gone for one in files if part in one] == []
    stays = (b"Bleibt stehen", f"{WORDS} weiter".encode())
    assert [part for part in stays if not any(part in one for one in files)] == []
