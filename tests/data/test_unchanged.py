"""What stays in memory is what a fresh question would say."""

from datetime import UTC, datetime, timedelta

from data import people, settings, unchanged
from data.rules import HOUSE, VISITOR, PersonId, Role
from data.store import Store

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
PASSWORD = "ein-langes-wort-12"


def test_an_answer_is_asked_once_until_its_table_changes(store: Store) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [unchanged.since(store, ("setting",), "n", ask) for _ in range(3)] == [1, 1, 1]
    store.write(lambda tx: tx.execute("insert into setting values ('demo', '1')"))
    assert unchanged.since(store, ("setting",), "n", ask) == 2
    store.write(lambda tx: tx.execute("delete from login_session"))
    assert unchanged.since(store, ("setting",), "n", ask) == 2


def test_two_stores_do_not_share_what_is_kept(store: Store) -> None:
    other = Store.open()
    settings.change(store, HOUSE, "photos", "on", now=NOW)
    assert settings.get(store, "photos") == "on"
    assert settings.get(other, "photos") == "off"
    other.close()


def test_a_full_memory_begins_anew(store: Store) -> None:
    for number in range(unchanged.MOST + 5):
        assert unchanged.since(store, ("setting",), number, lambda n=number: n) == number
    assert len(unchanged._kept[store]) <= unchanged.MOST


def test_a_session_that_is_remembered_ends_with_its_time_its_account_and_its_log_out(
    store: Store,
) -> None:
    person = PersonId("p")
    people.add(
        store, HOUSE, person_id=person, login="mia", name="Mia", role=Role.OFFICE,
        password=PASSWORD, now=NOW,
    )  # fmt: skip
    people.log_in(store, "mia", PASSWORD, token="one", now=NOW)
    people.log_in(store, "mia", PASSWORD, token="two", now=NOW)
    for token in ("one", "two", "one"):
        assert people.who(store, token, now=NOW).role == Role.OFFICE
    assert people.who(store, "three", now=NOW) == VISITOR
    assert people.who(store, "one", now=NOW + people.SESSION) == VISITOR
    assert people.who(store, "one", now=NOW + timedelta(minutes=1)).person == person
    people.log_out(store, "one")
    assert people.who(store, "one", now=NOW) == VISITOR
    assert people.who(store, "two", now=NOW).role == Role.OFFICE
    store.write(lambda tx: tx.execute("update person set role = 'jury' where id = 'p'"))
    assert people.who(store, "two", now=NOW).role == Role.JURY
    store.write(lambda tx: tx.execute("update person set disabled_at = now() where id = 'p'"))
    assert people.who(store, "two", now=NOW) == VISITOR
