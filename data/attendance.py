"""Who may take part in a meeting: guests by its code, the facilitator by its PIN."""

from datetime import datetime, timedelta

from data import meetings, passwords, trail, unchanged
from data.meetings import Meeting
from data.problems import BadInput, NotFound
from data.receipts import normal, western
from data.rules import VISITOR, Actor, MeetingId, Role
from data.store import Store, Transaction
from data.tokens import hashed

SESSION = timedelta(hours=12)


def by_code(store: Store, code: str) -> tuple[Actor, Meeting]:
    """Turn a meeting's code into its guest, and load it; NotFound for an unknown code."""
    # each tablet of a room asks this every few seconds
    return unchanged.since(store, ("meeting",), ("code", code[:40]), lambda: _load(store, code))


def check_pin(store: Store, code: str, pin: str) -> MeetingId:
    """Return the meeting whose PIN this is; BadInput otherwise. Takes long on purpose."""
    found = store.read(
        "select id, pin_hash from meeting where code = any($codes)", {"codes": _codes(code)}
    )
    if not passwords.matches(found[0][1] if found else "", western(pin[:40]).strip()):
        raise BadInput("meeting.pin_wrong", field="pin")
    return MeetingId(found[0][0])


def unlock(store: Store, code: str, pin: str, *, token: str, now: datetime) -> MeetingId:
    """Begin to lead a meeting by its PIN; the token is the cookie's."""
    meeting_id = check_pin(store, code, pin)

    def job(tx: Transaction) -> None:
        tx.execute("delete from meeting_session where expires_at < $now", {"now": trail.utc(now)})
        tx.execute(
            "insert into meeting_session values ($hash, $meeting, $until)",
            {"hash": hashed(token), "meeting": meeting_id, "until": trail.utc(now + SESSION)},
        )

    store.write(job)
    return meeting_id


def leave(store: Store, token: str) -> None:
    """Stop leading a meeting."""
    store.write(
        lambda tx: tx.execute(
            "delete from meeting_session where token_hash = $hash", {"hash": hashed(token)}
        )
    )


def leader(store: Store, token: str, *, now: datetime) -> Actor:
    """Tell who holds a token: the facilitator of a meeting, or nobody in particular."""
    found = token and store.read(
        "select meeting_id from meeting_session where token_hash = $hash and expires_at > $now",
        {"hash": hashed(token), "now": trail.utc(now)},
    )
    return Actor(Role.FACILITATOR, meeting=MeetingId(found[0][0])) if found else VISITOR


def _load(store: Store, code: str) -> tuple[Actor, Meeting]:
    found = store.read("select id from meeting where code = any($codes)", {"codes": _codes(code)})
    if not code or not found:
        raise NotFound("meeting.unknown")
    guest = Actor(Role.GUEST, meeting=MeetingId(found[0][0]))
    return guest, meetings.get(store, guest, MeetingId(found[0][0]))


def _codes(typed: str) -> list[str]:
    """List how a code may have been meant by who typed it from paper."""
    return [typed[:40], normal(typed[:40])]
