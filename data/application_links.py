"""The applicant's private way in: a link that stands for an account. Only its hash is stored."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data import rules, trail
from data.problems import NotFound
from data.rules import Act, Actor, ProjectId, Role
from data.store import Store, Transaction
from data.tokens import hashed

# From the first idea over the decision and the action to its account: a year and a half
KEPT = timedelta(days=548)


@dataclass(frozen=True)
class LinkState:
    """How an application's newest link stands. Times are UTC."""

    created_at: datetime
    expires_at: datetime
    revoked: bool


def who(store: Store, token: str, *, now: datetime) -> Actor:
    """Return the applicant that a link's token stands for.

    Raises NotFound: for an unknown one, one that was taken back, and one that is too old.
    """
    found = store.read(
        "select project_id, expires_at, revoked_at from project_link where token_hash = $token",
        {"token": hashed(token)},
    )
    if not token or not found:
        raise NotFound("application.link_unknown")
    project_id, expires_at, revoked_at = found[0]
    if revoked_at is not None:
        raise NotFound("application.link_revoked")
    if expires_at <= trail.utc(now):
        raise NotFound("application.link_expired")
    return Actor(Role.APPLICANT, project=ProjectId(project_id))


def renew(store: Store, actor: Actor, project_id: str, *, token: str, now: datetime) -> None:
    """Give an application a new link; the ones before it open nothing any more."""
    rules.check(actor, Act.PROJECT_WRITE)

    def job(tx: Transaction) -> None:
        if not tx.execute("select 1 from project where id = $id", {"id": project_id}):
            raise NotFound("project.not_found")
        if tx.execute("select 1 from project_link where token_hash = $t", {"t": hashed(token)}):
            return  # the click before
        _revoke(tx, project_id, now=now)
        add(tx, project_id, token=token, now=now)
        _note(tx, actor, project_id, "link_made", now=now)

    store.write(job)


def revoke(store: Store, actor: Actor, project_id: str, *, now: datetime) -> None:
    """Take an application's links back."""
    rules.check(actor, Act.PROJECT_WRITE)

    def job(tx: Transaction) -> None:
        if _revoke(tx, project_id, now=now):
            _note(tx, actor, project_id, "link_revoked", now=now)

    store.write(job)


def state(store: Store, actor: Actor, project_id: str) -> LinkState | None:
    """Tell how an application's newest link stands; None when it never had one."""
    rules.check(actor, Act.PROJECT_WRITE)
    found = store.read(
        "select created_at, expires_at, revoked_at from project_link where project_id = $id "
        "order by created_at desc, revoked_at nulls first limit 1",
        {"id": project_id},
    )
    if not found:
        return None
    created, expires, revoked = found[0]
    return LinkState(created.replace(tzinfo=UTC), expires.replace(tzinfo=UTC), revoked is not None)


def add(tx: Transaction, project_id: str, *, token: str, now: datetime) -> None:
    """Store a link inside a write."""
    tx.execute(
        "insert into project_link values ($token, $id, $now, $end, null) "
        "on conflict (token_hash) do nothing",
        {
            "token": hashed(token),
            "id": project_id,
            "now": trail.utc(now),
            "end": trail.utc(now + KEPT),
        },
    )


def _revoke(tx: Transaction, project_id: str, *, now: datetime) -> bool:
    found = tx.execute(
        "update project_link set revoked_at = $now where project_id = $id and revoked_at is null "
        "returning token_hash",
        {"id": project_id, "now": trail.utc(now)},
    )
    return bool(found)


def _note(tx: Transaction, actor: Actor, project_id: str, what: str, *, now: datetime) -> None:
    trail.note(tx, actor, Act.PROJECT_WRITE, "project", project_id, now=now, details={"what": what})
