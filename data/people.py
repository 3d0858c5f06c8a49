"""People with an account (office, jury, admin): who they are, and who is logged in."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data import passwords, rules, trail, unchanged
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.rules import VISITOR, Act, Actor, PersonId, Role
from data.store import Store, Transaction
from data.texts import clean
from data.tokens import hashed

ROLES = (Role.JURY, Role.OFFICE, Role.ADMIN)
SESSION = timedelta(hours=8)
SETUP = timedelta(days=7)
SESSIONS = ("login_session", "person")  # what says who is logged in; asked many times a click
MAX_NAME = 80
_LOGIN = re.compile(r"[\w.@+-]{2,60}")
_SAME_I = str.maketrans({"ı": "i", "\u0307": None})  # İ I i ı: one letter, whatever the keyboard


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: PersonId
    login: str
    name: str
    role: Role
    demo: bool
    disabled: bool


def fold(login: str) -> str:
    """Return a login as it is compared and kept.

    >>> fold("  Ayşe.YILDIZ "), fold("İpek") == fold("ipek") == fold("IPEK")
    ('ayşe.yildiz', True)
    """
    folded = unicodedata.normalize("NFKC", clean(login)).casefold().translate(_SAME_I)
    return unicodedata.normalize("NFKC", folded).strip()


def is_empty(store: Store) -> bool:
    """Tell whether there is no account at all."""
    return not store.read("select 1 from person limit 1")


def listing(store: Store, actor: Actor) -> list[Person]:
    """List all accounts, the open ones first."""
    rules.check(actor, Act.PERSON_MANAGE)
    found = store.rows("select * from person order by disabled_at is not null, name, login")
    return [_person(row) for row in found]


def add(
    store: Store,
    actor: Actor,
    *,
    person_id: PersonId,
    login: str,
    name: str,
    role: str,
    password: str,
    now: datetime,
    demo: bool = False,
) -> Person:
    """Add an account; BadInput for what cannot be taken, Conflict for a login that is taken."""
    rules.check(actor, Act.PERSON_MANAGE)
    person = _checked(person_id, login, name, role, demo=demo)
    if not demo:  # whoever starts a demo sets its password in the environment
        passwords.check(password)
    kept = passwords.hashed(password)
    store.write(lambda tx: _insert(tx, actor, person, kept, now=now))
    return person


def disable(store: Store, actor: Actor, *, person_id: PersonId, now: datetime) -> None:
    """Close an account and log it out everywhere; the last open admin stays."""
    rules.check(actor, Act.PERSON_MANAGE)

    def job(tx: Transaction) -> None:
        _must_exist(tx, person_id)
        if not tx.execute(
            "select 1 from person where role = 'admin' and disabled_at is null and id <> $id",
            {"id": person_id},
        ):
            raise Conflict("person.last_admin")
        tx.execute(
            "update person set disabled_at = $now where id = $id and disabled_at is null",
            {"now": trail.utc(now), "id": person_id},
        )
        _end_sessions(tx, person_id)
        _note(tx, actor, person_id, "disabled", now=now)

    store.write(job)


def enable(store: Store, actor: Actor, *, person_id: PersonId, now: datetime) -> None:
    """Open a closed account again."""
    rules.check(actor, Act.PERSON_MANAGE)

    def job(tx: Transaction) -> None:
        _must_exist(tx, person_id)
        tx.execute("update person set disabled_at = null where id = $id", {"id": person_id})
        _note(tx, actor, person_id, "enabled", now=now)

    store.write(job)


def change_password(
    store: Store, actor: Actor, *, person_id: PersonId, password: str, now: datetime, old: str = ""
) -> None:
    """Set a password and log out everywhere: the own one by the old one, else as an admin."""
    if actor.person == person_id:
        kept = store.read("select password_hash from person where id = $id", {"id": person_id})
        if not passwords.matches(kept[0][0] if kept else "", old):
            raise BadInput("password.old_wrong", field="old")
    else:
        rules.check(actor, Act.PERSON_MANAGE)
    passwords.check(password)
    new = passwords.hashed(password)

    def job(tx: Transaction) -> None:
        _must_exist(tx, person_id)
        tx.execute(
            "update person set password_hash = $new where id = $id", {"new": new, "id": person_id}
        )
        _end_sessions(tx, person_id)
        _note(tx, actor, person_id, "password_changed", now=now)

    store.write(job)


# --- who is here ----------------------------------------------------------


def log_in(
    store: Store, login: str, password: str, *, token: str, now: datetime, instead_of: str = ""
) -> Person:
    """Start a session under a new random token, in place of an older one.

    One refusal, NotAllowed("login.refused"), for an unknown login, a wrong password and a
    closed account, and each takes the same time.
    """
    found = store.rows("select * from person where login = $login", {"login": fold(login)})
    kept: str = found[0]["password_hash"] if found else ""
    if not passwords.matches(kept, password) or found[0]["disabled_at"]:
        raise NotAllowed("login.refused")
    person = _person(found[0])
    store.write(
        lambda tx: _start_session(tx, person, kept, token=token, now=now, instead_of=instead_of)
    )
    return person


def who(store: Store, token: str, *, now: datetime) -> Actor:
    """Return who a session token stands for, with the role of this moment; else a visitor."""
    if not token:
        return VISITOR
    mark = hashed(token)
    found = unchanged.since(store, SESSIONS, mark, lambda: _session(store, mark))
    return found[0] if found and found[1] > trail.utc(now) else VISITOR


def log_out(store: Store, token: str) -> None:
    """End one session; one that is over already is fine."""
    store.write(
        lambda tx: tx.execute(
            "delete from login_session where token_hash = $token", {"token": hashed(token)}
        )
    )


def log_out_everywhere(store: Store, actor: Actor, *, person_id: PersonId, now: datetime) -> None:
    """End all sessions of a person: the own ones, else as an admin."""
    if actor.person != person_id:
        rules.check(actor, Act.PERSON_MANAGE)

    def job(tx: Transaction) -> None:
        _must_exist(tx, person_id)
        _end_sessions(tx, person_id)
        _note(tx, actor, person_id, "logged_out_everywhere", now=now)

    store.write(job)


# --- personal links -------------------------------------------------------


def let_in(tx: Transaction, actor: Actor, *, token: str, until: datetime, now: datetime) -> None:
    """Log in whoever came by a personal link, inside a write; the account has no password.

    An account that is there stays, and is opened again.
    """
    kept = {"id": actor.person, "now": trail.utc(now)}
    if tx.execute("select 1 from person where id = $id", {"id": actor.person}):
        tx.execute("update person set disabled_at = null where id = $id", {"id": actor.person})
    else:
        login = f"link-{hashed(str(actor.person))[:16]}"  # nobody types it: no password opens it
        person = Person(kept["id"], login, actor.name, actor.role, demo=False, disabled=False)
        _insert(tx, actor, person, "", now=now)
    tx.execute(
        "insert into login_session values ($token, $id, $now, $end)",
        {**kept, "token": hashed(token), "end": trail.utc(until)},
    )


def shut_out(tx: Transaction, person_id: PersonId, *, now: datetime) -> None:
    """Log a person out everywhere inside a write; an account that no password opens is closed."""
    tx.execute(
        "update person set disabled_at = $now "
        "where id = $id and password_hash = '' and disabled_at is null",
        {"id": person_id, "now": trail.utc(now)},
    )
    _end_sessions(tx, person_id)


# --- setup links ----------------------------------------------------------


def offer_setup(store: Store, actor: Actor, *, role: str, token: str, now: datetime) -> None:
    """Let whoever holds the token make one account of this role within seven days."""
    rules.check(actor, Act.PERSON_MANAGE)
    wanted = _role(role)

    def job(tx: Transaction) -> None:
        times = {"now": trail.utc(now)}
        tx.execute("delete from setup_link where expires_at <= $now", times)
        tx.execute(
            "insert into setup_link values ($token, $role, $now, $end, null)",
            {"token": hashed(token), "role": wanted, "end": trail.utc(now + SETUP), **times},
        )
        _note(tx, actor, _link_id(token), "setup_offered", now=now, role=wanted)

    store.write(job)


def setup_role(store: Store, token: str, *, now: datetime) -> Role:
    """Return the role that a setup link gives; NotFound when it is used, over or unknown."""
    found = store.read(
        "select role from setup_link "
        "where token_hash = $token and used_at is null and expires_at > $now",
        {"token": hashed(token), "now": trail.utc(now)},
    )
    if not found:
        raise NotFound("setup.unknown")
    return Role(found[0][0])


def use_setup(
    store: Store,
    *,
    token: str,
    login: str,
    name: str,
    password: str,
    person_id: PersonId,
    now: datetime,
) -> Person:
    """Make the account of a setup link, which is used up only when that worked."""
    person = _checked(person_id, login, name, setup_role(store, token, now=now))
    passwords.check(password)
    kept = passwords.hashed(password)

    def job(tx: Transaction) -> None:
        used = tx.execute(
            "update setup_link set used_at = $now "
            "where token_hash = $token and used_at is null and expires_at > $now returning role",
            {"token": hashed(token), "now": trail.utc(now)},
        )
        if not used:
            raise NotFound("setup.unknown")
        actor = Actor(person.role, person.id, person.name)
        _insert(tx, actor, person, kept, now=now)
        _note(tx, actor, _link_id(token), "setup_used", now=now, person=person.id)

    store.write(job)
    return person


# --- inside ---------------------------------------------------------------


def _checked(
    person_id: PersonId, login: str, name: str, role: str, *, demo: bool = False
) -> Person:
    folded = fold(login)
    if not _LOGIN.fullmatch(folded):
        raise BadInput("person.login_unusable", field="login")
    shown = " ".join(clean(name).split())
    if not shown:
        raise BadInput("person.name_missing", field="name")
    if len(shown) > MAX_NAME:
        raise BadInput("person.name_too_long", field="name", limit=MAX_NAME)
    return Person(person_id, folded, shown, _role(role), demo, disabled=False)


def _role(role: str) -> Role:
    if role not in ROLES:
        raise BadInput("person.role_unknown", field="role")
    return Role(role)


def _insert(tx: Transaction, actor: Actor, person: Person, kept: str, *, now: datetime) -> None:
    if tx.execute("select 1 from person where login = $login", {"login": person.login}):
        raise Conflict("person.login_taken")
    tx.execute(
        "insert into person values ($id, $login, $name, $role, $kept, $demo, $now, null)",
        {
            "id": person.id,
            "login": person.login,
            "name": person.name,
            "role": person.role,
            "kept": kept,
            "demo": person.demo,
            "now": trail.utc(now),
        },
    )
    _note(tx, actor, person.id, "added", now=now, role=person.role)


def _start_session(
    tx: Transaction, person: Person, kept: str, *, token: str, now: datetime, instead_of: str
) -> None:
    if not tx.execute(  # the password took its time; the account may have changed meanwhile
        "select 1 from person where id = $id and password_hash = $kept and disabled_at is null",
        {"id": person.id, "kept": kept},
    ):
        raise NotAllowed("login.refused")
    tx.execute(
        "delete from login_session where expires_at <= $now or token_hash = $old",
        {"now": trail.utc(now), "old": hashed(instead_of)},
    )
    tx.execute(
        "insert into login_session values ($token, $id, $now, $end)",
        {
            "token": hashed(token),
            "id": person.id,
            "now": trail.utc(now),
            "end": trail.utc(now + SESSION),
        },
    )


def _end_sessions(tx: Transaction, person_id: PersonId) -> None:
    tx.execute("delete from login_session where person_id = $id", {"id": person_id})


def _session(store: Store, mark: str) -> tuple[Actor, datetime] | None:
    """Find who a session is of, and when it ends (UTC, as it is stored)."""
    found = store.read(
        "select person.role, person.id, person.name, expires_at from login_session "
        "join person on person.id = login_session.person_id "
        "where token_hash = $token and disabled_at is null",
        {"token": mark},
    )
    return (Actor(Role(found[0][0]), found[0][1], found[0][2]), found[0][3]) if found else None


def _must_exist(tx: Transaction, person_id: PersonId) -> None:
    if not tx.execute("select 1 from person where id = $id", {"id": person_id}):
        raise NotFound("person.not_found")


def _note(
    tx: Transaction, actor: Actor, thing_id: str, what: str, *, now: datetime, **details: str
) -> None:
    """Write the trail: what happened to whom, never a name, a password or a token."""
    line = {"what": what, **details}
    trail.note(tx, actor, Act.PERSON_MANAGE, "person", thing_id, now=now, details=line)


def _person(row: Mapping[str, Any]) -> Person:
    disabled = row["disabled_at"] is not None
    return Person(
        row["id"], row["login"], row["name"], Role(row["role"]), row["demo"], disabled=disabled
    )


def _link_id(token: str) -> str:
    return f"setup-{hashed(token)[:12]}"  # ties offer and use together, opens nothing
