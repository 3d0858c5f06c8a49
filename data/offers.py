"""Offers of help: hands, a room, a skill, for somebody's pin or for a need.

The one place where a resident may leave how to be reached. Only the office reads it, and it is
erased as soon as the offer is used or withdrawn, or too old (data/retention.py).
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NewType

from data import pins, rules, trail
from data.followers import NeedStatus
from data.problems import BadInput, Conflict, NotFound
from data.rules import VISITOR, Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import clean, lang_of

OfferId = NewType("OfferId", str)
MAX_WORDS, MAX_CONTACT, MAX_NOTE = 1000, 200, 300


class Help(StrEnum):
    """With what somebody can help."""

    HANDS = "hands"
    ROOM = "room"
    SKILL = "skill"


class OfferState(StrEnum):
    """Where an offer stands."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """An offer before it is saved; its id is the offer's id, so that saving twice is one."""

    id: OfferId
    thing: str  # pin or need
    thing_id: str
    kinds: tuple[str, ...] = ()
    words: str = ""
    contact: str = ""
    lang: str = "de"  # the screen's language: a hint for the language of the text


@dataclass(frozen=True)
class Offer:
    """A stored offer; `number` is that of its pin or need. Times are UTC."""

    id: OfferId
    thing: str
    thing_id: str
    number: int
    kinds: tuple[Help, ...]
    words: str
    contact: str  # '' = none given, or erased
    lang: str
    state: OfferState
    note: str  # the office's own, when it was used
    created_at: datetime
    changed_at: datetime


def check(draft: Draft) -> Draft:
    """Return the offer as it would be stored, or refuse it with BadInput."""
    if not draft.kinds or set(draft.kinds) - set(Help):
        raise BadInput("offer.kinds_missing", field="kinds")
    words, contact = clean(draft.words[: 20 * MAX_WORDS]), clean(draft.contact[: 20 * MAX_WORDS])
    for name, text, most in (("words", words, MAX_WORDS), ("contact", contact, MAX_CONTACT)):
        if len(text) > most:
            raise BadInput("offer.too_long", field=name, limit=most, length=len(text))
    kinds = tuple(str(kind) for kind in Help if kind in draft.kinds)
    return replace(draft, kinds=kinds, words=words, contact=" ".join(contact.split()))


def make(store: Store, actor: Actor, draft: Draft, *, now: datetime) -> None:
    """Store an offer; one already stored under its id stays as it is.

    Raises BadInput, and NotFound when its pin or need is not there for everybody.
    """
    rules.check(actor, Act.OFFER_MAKE)
    draft = check(draft)
    _check_thing(store, draft.thing, draft.thing_id)

    def job(tx: Transaction) -> None:
        made = tx.execute(
            "insert into offer values ($id, $thing, $thing_id, $kinds, $words, $contact, $lang, "
            "'open', $now, $now) on conflict (id) do nothing returning id",
            {
                "id": draft.id,
                "thing": draft.thing,
                "thing_id": draft.thing_id,
                "kinds": json.dumps(draft.kinds),
                "words": draft.words,
                "contact": draft.contact,
                "lang": lang_of(draft.words, draft.lang),
                "now": trail.utc(now),
            },
        )
        if made:
            trail.note(tx, actor, Act.OFFER_MAKE, "offer", draft.id, now=now)

    store.write(job)


def withdraw(store: Store, actor: Actor, offer_id: OfferId, *, now: datetime) -> None:
    """Take an offer back: words and contact are erased. Only its maker's screen knows its id."""
    rules.check(actor, Act.OFFER_MAKE)
    sets = "state = 'withdrawn', words = '', contact = ''"
    _end(store, actor, Act.OFFER_MAKE, offer_id, sets, {"withdrawn": True}, now=now)


def use(store: Store, actor: Actor, offer_id: OfferId, *, now: datetime, note: str = "") -> None:
    """Note that an open offer was used; how to reach its maker is erased at once."""
    rules.check(actor, Act.OFFER_READ)
    sets, details = (
        "state = 'used', contact = ''",
        {"contact": "erased", "note": clean(note[:MAX_NOTE])},
    )
    _end(store, actor, Act.OFFER_READ, offer_id, sets, details, now=now)


def listing(
    store: Store, actor: Actor, state: OfferState = OfferState.OPEN, *, limit: int = 100
) -> list[Offer]:
    """List the offers in one state: open ones as they came, others the last handled first."""
    rules.check(actor, Act.OFFER_READ)
    order = "created_at" if state == OfferState.OPEN else "changed_at desc"
    rows = store.rows(
        "select offer.*, coalesce(pin.number, need.number, 0) as number, coalesce((select "  # noqa: S608
        "arg_max(details, trail.id) from trail where trail.thing = 'offer' "
        "and trail.thing_id = offer.id), '{}') as details from offer "
        "left join pin on offer.thing = 'pin' and pin.id = offer.thing_id "
        "left join need on offer.thing = 'need' and need.id = offer.thing_id "
        f"where offer.state = $state order by offer.{order}, offer.id limit $limit",
        {"state": state, "limit": limit},
    )
    return [_load(row) for row in rows]


def open_count(store: Store, actor: Actor) -> int:
    """Count the offers that nobody has used yet."""
    rules.check(actor, Act.OFFER_READ)
    return store.read("select count(*) from offer where state = 'open'")[0][0]


def behind_needs(store: Store, actor: Actor) -> dict[str, int]:
    """Count the open offers of every need that has some: its own, and those of its pins."""
    rules.check(actor, Act.OFFER_READ)
    rows = store.read(
        "select coalesce(pin.need_id, offer.thing_id) as need, count(*) from offer "
        "left join pin on offer.thing = 'pin' and pin.id = offer.thing_id "
        "where offer.state = 'open' and (offer.thing = 'need' or pin.need_id is not null) "
        "group by need"
    )
    return {need: count for need, count in rows}


# --- inside -----------------------------------------------------------------


def _check_thing(store: Store, thing: str, thing_id: str) -> None:
    if thing == "pin":
        pins.get(store, VISITOR, PinId(thing_id))  # as everybody sees it
        return
    # A need is public as soon as there is an answer to it (data/results.py)
    sql, params = "select 1 from need where id = $id and status <> $open", {"id": thing_id}
    if thing != "need" or not store.read(sql, {**params, "open": NeedStatus.OPEN}):
        raise NotFound("offer.thing_gone")


def _end(
    store: Store,
    actor: Actor,
    act: Act,
    offer_id: OfferId,
    sets: str,
    details: dict[str, Any],
    *,
    now: datetime,
) -> None:
    def job(tx: Transaction) -> None:
        moved = tx.execute(
            f"update offer set {sets}, changed_at = $now "  # noqa: S608
            "where id = $id and state = 'open' returning id",
            {"id": offer_id, "now": trail.utc(now)},
        )
        if not moved:
            raise Conflict("offer.moved_on")
        tx.forget()
        trail.note(tx, actor, act, "offer", offer_id, now=now, details=details)

    store.write(job)


def _load(row: dict[str, Any]) -> Offer:
    same = ("thing", "thing_id", "number", "words", "contact", "lang")
    return Offer(
        **{name: row[name] for name in same},
        id=OfferId(row["id"]),
        kinds=tuple(Help(kind) for kind in json.loads(row["kinds"])),
        state=OfferState(row["state"]),
        note=str(json.loads(row["details"]).get("note", "")),
        created_at=row["created_at"].replace(tzinfo=UTC),
        changed_at=row["changed_at"].replace(tzinfo=UTC),
    )
