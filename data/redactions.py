"""Blacking out words of a pin: everybody reads the rest, the office alone keeps the original."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from data import pins, quotes, rules, trail
from data.pins import Pin, Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo import places

BAR = "████"  # always as long: the length of a name tells who it is
REASONS = ("personal_data", "health", "insult", "other")
Place = tuple[int, int]  # from, to (exclusive), as in a string


@dataclass(frozen=True)
class Redaction:
    """What stood in a pin before words were blacked out; by whom and when (UTC)."""

    original: str
    reason: str
    person: str
    at: datetime


def blacked(words: str, parts: Iterable[Place]) -> str:
    """Return words with the parts blacked out; parts that touch or overlap become one bar.

    >>> blacked("Rufen Sie Frau Muster an", [(10, 14), (15, 21)])
    'Rufen Sie ████ an'
    >>> blacked("nichts", [])
    'nichts'
    """
    out, at = "", 0
    for start, end in joined(words, parts):
        out += words[at:start] + BAR
        at = end
    return out + words[at:]


def joined(words: str, parts: Iterable[Place]) -> list[Place]:
    """Sort parts, cut them to the words and join those with nothing but spaces between.

    >>> joined("ab cd", [(3, 9), (0, 2), (4, 4)])
    [(0, 5)]
    """
    found: list[Place] = []
    for start, end in sorted(parts):
        start, end = max(0, start), min(len(words), end)
        if start >= end:
            continue
        if found and not words[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def of_pin(store: Store, actor: Actor, pin_id: PinId) -> Redaction | None:
    """Load what stood in a pin, for the office alone; None when nothing is blacked out."""
    rules.check(actor, Act.PIN_REVIEW)
    rows = store.read(
        "select original, reason, coalesce(person.name, ''), redacted_at from redaction "
        "left join person on person.id = person_id where pin_id = $id",
        {"id": pin_id},
    )
    if not rows:
        return None
    original, reason, person, at = rows[0]
    return Redaction(original, reason, person, at.replace(tzinfo=UTC))


def black_out(
    store: Store,
    actor: Actor,
    pin_id: PinId,
    parts: Iterable[Place],
    *,
    reason: str,
    seen: str,
    now: datetime,
) -> str:
    """Black out parts of a pin's words, tell its sender, and return the words as they are now.

    `seen` are the words that the parts were chosen in: Conflict when others stand there by now.
    What colleagues translated from them and what letters quote of them goes as well.
    """
    rules.check(actor, Act.PIN_REVIEW)
    pin = pins.get(store, actor, pin_id)
    if reason not in REASONS:
        raise BadInput("redaction.reason_missing", field="reason")
    words = blacked(seen, parts)
    if words == seen:
        raise BadInput("redaction.nothing_chosen", field="parts")

    def job(tx: Transaction) -> None:
        _write(tx, pin, seen, words, now=now)
        tx.execute(
            "insert into redaction values ($id, $original, $reason, $person, $now) "
            "on conflict (pin_id) do update set reason = excluded.reason, "
            "person_id = excluded.person_id, redacted_at = excluded.redacted_at",
            {
                "id": pin_id,
                "original": seen,
                "reason": reason,
                "person": actor.person,
                "now": trail.utc(now),
            },
        )
        step = f"blacked_out.{reason}"
        trail.note(tx, actor, Act.PIN_REVIEW, "pin", pin_id, now=now, step=step)

    store.write(job)
    return words


def take_back(store: Store, actor: Actor, pin_id: PinId, *, seen: str, now: datetime) -> None:
    """Show a pin's words as they were sent; Conflict when other words stand there than seen."""
    rules.check(actor, Act.PIN_REVIEW)
    pin = pins.get(store, actor, pin_id)

    def job(tx: Transaction) -> None:
        was = tx.execute(
            "delete from redaction where pin_id = $id returning original", {"id": pin_id}
        )
        if not was:
            raise NotFound("redaction.none")
        _write(tx, pin, seen, was[0][0], now=now)
        step = "shown_whole_again"
        trail.note(tx, actor, Act.PIN_REVIEW, "pin", pin_id, now=now, step=step)

    store.write(job)


# --- inside -----------------------------------------------------------------


def _write(tx: Transaction, pin: Pin, seen: str, words: str, *, now: datetime) -> None:
    """Put other words in a pin's place, everywhere where they are kept, unless they changed."""
    done = tx.execute(
        "update pin set words = $words, folded = $folded, changed_at = $now "
        "where id = $id and words = $seen and status <> $gone returning id",
        {
            "id": pin.id,
            "words": words,
            "folded": places.fold(f"{words} {pin.place}"),
            "seen": seen,
            "gone": Status.WITHDRAWN,
            "now": trail.utc(now),
        },
    )
    if not done:
        raise Conflict("redaction.changed_meanwhile")
    tx.execute("delete from translation where pin_id = $id", {"id": pin.id})
    trail.erase_before(tx, "pin", pin.id)
    quotes.black_out(tx, pin.id, words)
