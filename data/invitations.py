"""A member's personal way in: a link for one use, which opens an account without a password."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data import people, rules, trail
from data.deciding_standing import MemberId
from data.problems import Conflict, NotFound
from data.rules import Act, Actor, PersonId, Role
from data.store import Store, Transaction
from data.tokens import hashed

LASTS = timedelta(days=30)  # the link, and the session that it opens


@dataclass(frozen=True)
class Invitation:
    """What a link opens, before it is used."""

    member: MemberId
    name: str
    body: str  # its title


def invite(store: Store, actor: Actor, member_id: MemberId, *, token: str, now: datetime) -> None:
    """Make a personal link for a member; older ones that were not used open nothing any more."""
    rules.check(actor, Act.BODY_WRITE)

    def job(tx: Transaction) -> None:
        found = tx.execute("select removed_at from member where id = $id", {"id": member_id})
        if not found:
            raise NotFound("member.not_found")
        if found[0][0] is not None:
            raise Conflict("member.removed")
        times = {"now": trail.utc(now)}
        tx.execute(
            "delete from member_link where member_id = $id and used_at is null", {"id": member_id}
        )
        tx.execute(
            "insert into member_link values ($token, $id, $now, $end, null)",
            {"token": hashed(token), "id": member_id, "end": trail.utc(now + LASTS), **times},
        )
        _note(tx, actor, member_id, "invited", now=now)

    store.write(job)


def opened(store: Store, token: str, *, now: datetime) -> Invitation:
    """Look at a link without using it up; NotFound says whether it was used or is over."""
    found = store.read(
        "select member.id, member.name, body.title, used_at, expires_at > $now, removed_at "
        "from member_link join member on member.id = member_id "
        "join body on body.id = body_id where token_hash = $token",
        {"token": hashed(token), "now": trail.utc(now)},
    )
    if not found:
        raise NotFound("invitation.unknown")
    member, name, title, used, in_time, removed = found[0]
    if used is not None:
        raise NotFound("invitation.used")
    if not in_time or removed is not None:
        raise NotFound("invitation.over")
    return Invitation(member, name, title)


def accept(
    store: Store, token: str, *, person_id: PersonId, session: str, now: datetime
) -> PersonId:
    """Use a link up: the member has an account of the jury, and is logged in under `session`.

    A member who has an account already keeps it. Of two uses at once one is refused, and noted.
    """
    try:
        found = opened(store, token, now=now)
        return store.write(
            lambda tx: _accept(tx, found, token, person_id=person_id, session=session, now=now)
        )
    except NotFound as refused:
        if refused.key == "invitation.used":
            store.write(lambda tx: _note_again(tx, token, now=now))
        raise


def _accept(
    tx: Transaction,
    found: Invitation,
    token: str,
    *,
    person_id: PersonId,
    session: str,
    now: datetime,
) -> PersonId:
    if not tx.execute(
        "update member_link set used_at = $now "
        "where token_hash = $token and used_at is null and expires_at > $now returning member_id",
        {"token": hashed(token), "now": trail.utc(now)},
    ):
        raise NotFound("invitation.used")
    before = tx.execute(
        "select person_id from member where id = $id and person_id is not null",
        {"id": found.member},
    )
    person = before[0][0] if before else person_id
    actor = Actor(Role.JURY, person, found.name)
    people.let_in(tx, actor, token=session, until=now + LASTS, now=now)
    tx.execute(
        "update member set person_id = $person, changed_at = $now where id = $id",
        {"person": person, "id": found.member, "now": trail.utc(now)},
    )
    _note(tx, actor, found.member, "came_in", now=now)
    return person


def _note_again(tx: Transaction, token: str, *, now: datetime) -> None:
    found = tx.execute(
        "select member_id from member_link where token_hash = $token", {"token": hashed(token)}
    )
    for (member_id,) in found:
        _note(tx, rules.VISITOR, member_id, "link_used_again", now=now)


def _note(tx: Transaction, actor: Actor, member_id: MemberId, what: str, *, now: datetime) -> None:
    line = {"what": what}
    trail.note(tx, actor, Act.BODY_WRITE, "member", member_id, now=now, details=line)
