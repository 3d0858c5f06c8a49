"""A member and an account that is there already: which are free, and whose seat one opens."""

from dataclasses import dataclass
from datetime import datetime

from data import rules, trail
from data.bodies import BodyId
from data.deciding_standing import MemberId
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PersonId
from data.store import Store, Transaction

# Of the jury, open, and without a seat in the body: a person has one vote in it, not two
_FREE = (
    "role = 'jury' and disabled_at is null and id not in (select person_id from member "
    "where body_id = $body and removed_at is null and person_id is not null)"
)


@dataclass(frozen=True)
class Account:
    """An account that can be a member's. `login` is "" where no password opens it, only a link."""

    id: PersonId
    name: str
    login: str


def free(store: Store, actor: Actor, body_id: BodyId) -> list[Account]:
    """List the jury's open accounts that have no seat in a body yet, by name."""
    rules.check(actor, Act.BODY_WRITE)
    rows = store.read(
        "select id, name, case when password_hash = '' then '' else login end from person "  # noqa: S608
        f"where {_FREE} order by lower(name), login",
        {"body": body_id},
    )
    return [Account(*row) for row in rows]


def bind(
    store: Store, actor: Actor, member_id: MemberId, *, person_id: PersonId, now: datetime
) -> None:
    """Let a free account be a member's; twice it is one.

    Conflict for a member who has another account, BadInput for an account that is not free.
    """
    rules.check(actor, Act.BODY_WRITE)

    def job(tx: Transaction) -> None:
        body, before, removed = _member(tx, member_id)
        if before == person_id and not removed:
            return
        if removed or before:
            raise Conflict("member.removed" if removed else "member.has_account")
        free_one = {"body": body, "person": person_id}
        if not tx.execute(f"select 1 from person where id = $person and {_FREE}", free_one):  # noqa: S608
            raise BadInput("member.account_not_free", field="account")
        tx.execute(
            "update member set person_id = $person, changed_at = $now where id = $id",
            {"id": member_id, "person": person_id, "now": trail.utc(now)},
        )
        line = {"what": "bound", "person": person_id}
        trail.note(tx, actor, Act.BODY_WRITE, "member", member_id, now=now, details=line)

    store.write(job)


def _member(tx: Transaction, member_id: MemberId) -> tuple[BodyId, PersonId | None, bool]:
    found = tx.execute(
        "select body_id, person_id, removed_at is not null from member where id = $id",
        {"id": member_id},
    )
    if not found:
        raise NotFound("member.not_found")
    return found[0]
