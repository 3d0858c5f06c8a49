import hashlib
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from data import passwords, people
from data.problems import BadInput, Conflict, NotAllowed, NotFound, Problem, TooMany
from data.rules import HOUSE, VISITOR, Actor, Role
from data.store import Store

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
GOOD = "ein-langes-wort-7"
OTHER = "noch-ein-langes-wort"
TABLES = ("person", "login_session", "setup_link", "trail")


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(1, 8, 1))


@pytest.fixture
def store():
    opened = Store.open(None)
    yield opened
    opened.close()


def add(store, login="anna", role=Role.OFFICE, actor=HOUSE, **changes):
    wanted = {
        "person_id": f"id-{login}",
        "login": login,
        "name": "Anna Beispiel",
        "role": role,
        "password": GOOD,
        "now": NOW,
    } | changes
    return people.add(store, actor, **wanted)


def log_in(store, login="anna", password=GOOD, token="t1", now=NOW, **more):
    return people.log_in(store, login, password, token=token, now=now, **more)


def use(store, token="link", login="neu", **changes):
    wanted = {"name": "Neue Person", "password": GOOD, "person_id": f"id-{login}", "now": NOW}
    return people.use_setup(store, token=token, login=login, **(wanted | changes))


def offer(store, role=Role.JURY, token="link", now=NOW, actor=HOUSE):
    people.offer_setup(store, actor, role=role, token=token, now=now)


def everything(store):
    return "\n".join(str(store.read(f"select * from {table}")) for table in TABLES)


def count(store, table):
    return store.read(f"select count(*) from {table}")[0][0]


# --- accounts -------------------------------------------------------------


def test_a_new_house_is_empty_and_one_account_fills_it(store):
    assert people.is_empty(store)
    add(store)
    assert not people.is_empty(store)


def test_the_house_adds_and_lists_an_account(store):
    person = add(store, demo=True)
    assert person == people.Person(
        "id-anna", "anna", "Anna Beispiel", Role.OFFICE, demo=True, disabled=False
    )
    assert people.listing(store, HOUSE) == [person]


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SENDER, Role.JURY, Role.OFFICE])
@pytest.mark.parametrize(
    "act",
    [
        lambda store, actor: add(store, "neu", actor=actor),
        lambda store, actor: people.listing(store, actor),
        lambda store, actor: people.disable(store, actor, person_id="id-anna", now=NOW),
        lambda store, actor: people.enable(store, actor, person_id="id-anna", now=NOW),
        lambda store, actor: people.change_password(
            store, actor, person_id="id-anna", password=OTHER, old=GOOD, now=NOW
        ),
        lambda store, actor: people.log_out_everywhere(store, actor, person_id="id-anna", now=NOW),
        lambda store, actor: people.offer_setup(
            store, actor, role=Role.ADMIN, token="mine", now=NOW
        ),
    ],
    ids=["add", "listing", "disable", "enable", "password", "log_out_everywhere", "offer_setup"],
)
def test_only_admins_manage_others_accounts(store, role, act):
    add(store)
    log_in(store)
    before = everything(store)
    with pytest.raises(NotAllowed):
        act(store, Actor(role, "id-somebody-else"))
    assert everything(store) == before


@pytest.mark.parametrize("password", ["", "kurz", "123456789", " " * 3])
def test_a_short_password_is_refused(store, password):
    with pytest.raises(BadInput) as refused:
        add(store, password=password)
    assert (refused.value.key, refused.value.field) == ("password.too_short", "password")
    assert people.is_empty(store)


@pytest.mark.parametrize("password", ["aaaaaaaaaa", "          ", "كلمة مرور طويلة", "🔑" * 10])
def test_length_is_the_only_rule(store, password):
    add(store, password=password)
    assert log_in(store, password=password).login == "anna"


def test_a_demo_account_takes_the_password_it_was_started_with(store):
    add(store, password="demo", demo=True)
    assert log_in(store, password="demo").demo


@pytest.mark.parametrize("login", ["Anna", " anna ", "ＡＮＮＡ", "ANNA"])
def test_a_login_is_taken_however_it_is_written(store, login):
    add(store)
    with pytest.raises(Conflict) as refused:
        add(store, login, person_id="another")
    assert refused.value.key == "person.login_taken"
    assert count(store, "person") == 1


@pytest.mark.parametrize(
    "login",
    ["", "a", "x" * 61, "an na", "<script>", "{{7*7}}", "a'; drop table person; --", "a\nb", "؟؟"],
)
def test_an_unusable_login_is_refused(store, login):
    with pytest.raises(BadInput) as refused:
        add(store, login)
    assert refused.value.field == "login"
    assert people.is_empty(store)


@pytest.mark.parametrize("login", ["an\x00na", "an\u202ena", "an\ud800na"])
def test_signs_that_nobody_sees_make_no_second_login(store, login):
    add(store)
    with pytest.raises(Conflict):
        add(store, login, person_id="another")


@pytest.mark.parametrize("typed", ["IŞIL", "ışıl", "Işıl", "işil", "İŞİL"])
def test_turkish_letters_find_their_account_from_any_keyboard(store, typed):
    add(store, "ışıl")
    assert log_in(store, typed).id == "id-ışıl"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}} ${7*7}", "{{7*7}} ${7*7}"),
        ("An\x00na", "Anna"),
        ("Anna\u202e gro", "Anna gro"),
        ("Anna\n\n\tB.", "Anna B."),
        ("آنا", "آنا"),
        ("Robert'); drop table person; --", "Robert'); drop table person; --"),
    ],
)
def test_a_hostile_name_is_a_name_and_nothing_else(store, name, kept):
    add(store, name=name)
    log_in(store)
    assert people.who(store, "t1", now=NOW).name == kept


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\u202e", "n" * 81])
def test_no_name_and_an_endless_name_are_refused(store, name):
    with pytest.raises(BadInput) as refused:
        add(store, name=name)
    assert refused.value.field == "name"


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SENDER, Role.HOUSE, "", "root"])
def test_a_role_without_accounts_is_refused(store, role):
    with pytest.raises(BadInput):
        add(store, role=role)
    with pytest.raises(BadInput):
        offer(store, role=role)
    assert people.is_empty(store)


def test_the_last_admin_cannot_be_disabled(store):
    add(store, "chefin", Role.ADMIN)
    with pytest.raises(Conflict) as refused:
        people.disable(store, HOUSE, person_id="id-chefin", now=NOW)
    assert refused.value.key == "person.last_admin"
    assert not people.listing(store, HOUSE)[0].disabled


def test_of_two_admins_who_disable_each_other_one_stays(store):
    for login in ("eins", "zwei"):
        add(store, login, Role.ADMIN)
    people.disable(store, HOUSE, person_id="id-eins", now=NOW)
    with pytest.raises(Conflict):
        people.disable(store, HOUSE, person_id="id-zwei", now=NOW)


def test_nobody_unknown_is_disabled_enabled_or_given_a_password(store):
    with pytest.raises(NotFound):
        people.disable(store, HOUSE, person_id="id-nobody", now=NOW)
    with pytest.raises(NotFound):
        people.enable(store, HOUSE, person_id="id-nobody", now=NOW)
    with pytest.raises(NotFound):
        people.change_password(store, HOUSE, person_id="id-nobody", password=GOOD, now=NOW)
    assert count(store, "trail") == 0


# --- logging in -----------------------------------------------------------


def test_a_session_says_who_is_here(store):
    add(store, role=Role.JURY)
    log_in(store)
    assert people.who(store, "t1", now=NOW) == Actor(Role.JURY, "id-anna", "Anna Beispiel")


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("anna", "ein-falsches-wort"),
        ("anna", ""),
        ("anna", GOOD.upper()),
        ("anna", GOOD + " "),
        ("nobody", GOOD),
        ("", ""),
        ("anna' or '1'='1", GOOD),
        ("\x00", "\x00"),
        ("\ud800", "\ud800"),
        ("a" * 100_000, "p" * 100_000),
    ],
)
def test_a_wrong_pair_is_refused_in_one_and_the_same_way(store, login, password):
    add(store)
    with pytest.raises(NotAllowed) as refused:
        log_in(store, login, password)
    assert (refused.value.key, refused.value.params) == ("login.refused", {})
    assert count(store, "login_session") == 0


def test_an_unknown_login_costs_one_hashing_like_a_known_one(store, monkeypatch):
    class Counting(PasswordHasher):
        verified = 0

        def verify(self, *args):
            Counting.verified += 1
            return super().verify(*args)

    add(store)
    monkeypatch.setattr(passwords, "hasher", Counting(1, 8, 1))
    for login in ("anna", "nobody"):
        with pytest.raises(NotAllowed):
            log_in(store, login, "ein-falsches-wort")
    assert Counting.verified == 2


def test_no_password_opens_a_kept_hash_that_is_none(store):
    assert not passwords.matches("", "nobody has this password")
    assert not passwords.matches("not a hash", GOOD)


def test_a_disabled_person_is_refused_like_an_unknown_one_until_enabled(store):
    add(store, "chefin", Role.ADMIN)
    add(store)
    people.disable(store, HOUSE, person_id="id-anna", now=NOW)
    with pytest.raises(NotAllowed) as refused:
        log_in(store)
    assert refused.value.key == "login.refused"
    people.enable(store, HOUSE, person_id="id-anna", now=NOW)
    assert log_in(store).id == "id-anna"


def test_disabling_ends_what_is_open(store):
    add(store, "chefin", Role.ADMIN)
    add(store)
    log_in(store)
    people.disable(store, HOUSE, person_id="id-anna", now=NOW)
    assert people.who(store, "t1", now=NOW) == VISITOR
    people.enable(store, HOUSE, person_id="id-anna", now=NOW)
    assert people.who(store, "t1", now=NOW) == VISITOR


def test_who_was_disabled_while_the_password_was_checked_stays_out(store, monkeypatch):
    add(store, "chefin", Role.ADMIN)
    add(store)
    real = passwords.matches

    def slow(kept, password):
        people.disable(store, HOUSE, person_id="id-anna", now=NOW)
        return real(kept, password)

    monkeypatch.setattr(passwords, "matches", slow)
    with pytest.raises(NotAllowed):
        log_in(store)
    assert count(store, "login_session") == 0


@pytest.mark.parametrize("token", ["", "t2", "T1", "t1 ", "\x00", "\ud800", "' or 1=1 --"])
def test_no_other_token_is_somebody(store, token):
    add(store)
    log_in(store)
    assert people.who(store, token, now=NOW) == VISITOR


def test_the_kept_hash_is_no_token(store):
    add(store)
    log_in(store)
    kept = store.read("select token_hash from login_session")[0][0]
    assert kept == hashlib.sha256(b"t1").hexdigest()
    assert people.who(store, kept, now=NOW) == VISITOR


def test_a_session_ends_after_eight_hours(store):
    add(store)
    log_in(store)
    end = NOW + timedelta(hours=8)
    assert people.who(store, "t1", now=end - timedelta(seconds=1)) != VISITOR
    assert people.who(store, "t1", now=end) == VISITOR


def test_logging_in_sweeps_out_what_is_over(store):
    add(store)
    log_in(store)
    log_in(store, token="t2", now=NOW + timedelta(hours=9))
    assert count(store, "login_session") == 1


def test_logging_in_again_replaces_the_browsers_old_session(store):
    add(store)
    log_in(store)
    log_in(store, token="t2", instead_of="t1")
    assert people.who(store, "t1", now=NOW) == VISITOR
    assert people.who(store, "t2", now=NOW) != VISITOR


def test_logging_out_ends_one_session_and_is_fine_twice(store):
    add(store)
    log_in(store)
    log_in(store, token="t2")
    people.log_out(store, "t1")
    people.log_out(store, "t1")
    assert people.who(store, "t1", now=NOW) == VISITOR
    assert people.who(store, "t2", now=NOW) != VISITOR


def test_logging_out_everywhere_ends_only_the_own_sessions(store):
    add(store)
    add(store, "berta")
    log_in(store)
    log_in(store, token="t2")
    log_in(store, "berta", token="t3")
    people.log_out_everywhere(store, people.who(store, "t1", now=NOW), person_id="id-anna", now=NOW)
    found = [people.who(store, token, now=NOW) for token in ("t1", "t2", "t3")]
    assert [actor.person for actor in found] == [None, None, "id-berta"]


def test_the_role_is_that_of_this_moment(store):
    add(store, role=Role.ADMIN)
    log_in(store)
    store.write(lambda tx: tx.execute("update person set role = 'jury'"))
    assert people.who(store, "t1", now=NOW).role is Role.JURY


def test_a_new_password_closes_all_sessions_and_the_old_one_is_dead(store):
    add(store)
    log_in(store)
    actor = people.who(store, "t1", now=NOW)
    people.change_password(store, actor, person_id="id-anna", password=OTHER, old=GOOD, now=NOW)
    assert people.who(store, "t1", now=NOW) == VISITOR
    with pytest.raises(NotAllowed):
        log_in(store)
    assert log_in(store, password=OTHER).id == "id-anna"


@pytest.mark.parametrize("role", [Role.JURY, Role.ADMIN])
def test_the_own_password_is_changed_only_with_the_old_one(store, role):
    add(store, role=role)
    actor = Actor(role, "id-anna")
    with pytest.raises(BadInput) as refused:
        people.change_password(
            store, actor, person_id="id-anna", password=OTHER, old="falsch", now=NOW
        )
    assert refused.value.key == "password.old_wrong"
    assert log_in(store).id == "id-anna"


def test_a_new_password_follows_the_rule(store):
    add(store)
    with pytest.raises(BadInput):
        people.change_password(store, HOUSE, person_id="id-anna", password="kurz", now=NOW)
    assert log_in(store).id == "id-anna"


def test_no_more_than_two_passwords_are_hashed_at_a_time(monkeypatch):
    class Watching(PasswordHasher):
        inside, most, lock = 0, 0, threading.Lock()

        def verify(self, *args):
            with Watching.lock:
                Watching.inside += 1
                Watching.most = max(Watching.most, Watching.inside)
            try:
                return super().verify(*args)
            finally:
                with Watching.lock:
                    Watching.inside -= 1

    monkeypatch.setattr(passwords, "hasher", Watching(2, 1024, 1))
    kept = passwords.hashed(GOOD)
    with ThreadPoolExecutor(20) as crowd:
        assert all(crowd.map(lambda _: passwords.matches(kept, GOOD), range(40)))
    assert 1 <= Watching.most <= passwords.SEATS


def test_who_finds_no_seat_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    monkeypatch.setattr(passwords, "_seats", threading.BoundedSemaphore(1))
    with passwords._seat(), pytest.raises(TooMany):
        passwords.hashed(GOOD)


# --- setup links ----------------------------------------------------------


def test_a_setup_link_makes_one_account_of_its_role(store):
    offer(store)
    person = use(store)
    assert (person.login, person.role, person.demo) == ("neu", Role.JURY, False)
    assert log_in(store, "neu").id == person.id


@pytest.mark.parametrize("token", ["", "Link", "link ", "\x00", "\ud800", "%"])
def test_an_unknown_setup_link_makes_nothing(store, token):
    offer(store)
    with pytest.raises(NotFound) as refused:
        use(store, token=token)
    assert refused.value.key == "setup.unknown"
    assert people.is_empty(store)


def test_a_setup_link_is_used_once(store):
    offer(store)
    use(store)
    with pytest.raises(NotFound):
        use(store, login="zweite")
    with pytest.raises(NotFound):
        people.setup_role(store, "link", now=NOW)
    assert count(store, "person") == 1


def test_a_setup_link_is_over_after_seven_days(store):
    offer(store)
    later = NOW + timedelta(days=7)
    assert people.setup_role(store, "link", now=later - timedelta(seconds=1)) is Role.JURY
    with pytest.raises(NotFound):
        use(store, now=later)
    offer(store, token="another", now=later)
    assert count(store, "setup_link") == 1


@pytest.mark.parametrize(
    "changes",
    [{"login": "anna"}, {"login": "<b>"}, {"password": "kurz"}, {"name": " "}],
    ids=["taken", "unusable", "short", "nameless"],
)
def test_a_refused_setup_does_not_use_up_the_link(store, changes):
    add(store)
    offer(store)
    with pytest.raises(Problem):
        use(store, **({"person_id": "new"} | changes))
    assert use(store).role is Role.JURY


def test_ten_at_once_make_one_account_of_a_link(store):
    offer(store)
    start = threading.Barrier(10)

    def attempt(number):
        start.wait()
        try:
            return use(store, login=f"neu{number}")
        except NotFound as refused:
            return refused.key

    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(attempt, range(10)))
    assert answers.count("setup.unknown") == 9
    assert count(store, "person") == 1


def test_two_links_cannot_take_one_login_at_once(store):
    for number in range(5):
        offer(store, token=f"link{number}")

    def attempt(number):
        try:
            return use(store, token=f"link{number}", person_id=f"id-{number}")
        except Conflict as refused:
            return refused.key

    with ThreadPoolExecutor(5) as crowd:
        answers = list(crowd.map(attempt, range(5)))
    assert answers.count("person.login_taken") == 4


# --- what is kept ---------------------------------------------------------


def test_no_password_and_no_token_is_kept_or_logged(store, caplog):
    caplog.set_level(logging.DEBUG)
    add(store, "chefin", Role.ADMIN)
    offer(store, token="secret-link-token")
    use(store, token="secret-link-token")
    log_in(store, "neu", token="secret-session-token")
    with pytest.raises(NotAllowed):
        log_in(store, "neu", "wrong-password-typed")
    people.change_password(store, HOUSE, person_id="id-neu", password=OTHER, now=NOW)
    people.disable(store, HOUSE, person_id="id-neu", now=NOW)
    for secret in (GOOD, OTHER, "secret-link-token", "secret-session-token", "wrong-password"):
        assert secret not in everything(store)
        assert secret not in caplog.text


def test_the_trail_tells_every_change_and_names_nobody(store):
    add(store, "chefin", Role.ADMIN)
    offer(store)
    use(store)
    people.change_password(store, HOUSE, person_id="id-neu", password=OTHER, now=NOW)
    people.disable(store, HOUSE, person_id="id-neu", now=NOW)
    people.enable(store, HOUSE, person_id="id-neu", now=NOW)
    people.log_out_everywhere(store, HOUSE, person_id="id-neu", now=NOW)
    told = store.read("select details->>'what', act, thing, step from trail order by id")
    assert [line[0] for line in told] == [
        "added",
        "setup_offered",
        "added",
        "setup_used",
        "password_changed",
        "disabled",
        "enabled",
        "logged_out_everywhere",
    ]
    assert {line[1:] for line in told} == {("person.manage", "person", "")}
    assert "Neue Person" not in str(store.read("select * from trail"))
