"""The facilitator's desk: what is typed while people talk, mended or taken back; cards of paper."""

from dataclasses import dataclass
from datetime import datetime

from data import meetings, pins, rounds, rules, trail, voices
from data.meetings import Publish
from data.pins import UNREAD, Draft, Pin, Saved, Status
from data.problems import BadInput, Conflict, NotFound
from data.receipts import western
from data.rules import HOUSE, Act, Actor, MeetingId, PinId
from data.store import Store, Transaction
from data.texts import lang_of
from geo import places
from geo.area import Area

TYPED = ("desk", "paper")  # the sources of what is typed at a desk
LAST = 10  # so many are still at hand to be mended
CARDS = range(1, 10_000)


@dataclass(frozen=True)
class Line:
    """A pin as the desk lists it."""

    pin: Pin
    wall: str  # the facilitator's word on it: '' | shown | hidden
    voices: int  # others who say the same
    card: int | None  # of paper
    mendable: bool  # typed here and not read by the office yet


def card_number(typed: str) -> int | None:
    """Read the number of a printed card; None for nothing typed, BadInput for anything else.

    >>> card_number(" 007 "), card_number("١٢"), card_number("")
    (7, 12, None)
    """
    text = western(typed).strip().removeprefix("#")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) in CARDS):
        raise BadInput("desk.card_number", field="card")
    return int(text)


def write(
    store: Store,
    actor: Actor,
    area: Area,
    draft: Draft,
    *,
    now: datetime,
    card: int | None = None,
) -> Saved:
    """Store what somebody said or wrote on a card; once, however often it is sent.

    Who types has looked at it, so the wall may show it when it waits for that look.
    """
    meeting_id = _meeting_of(draft)
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if draft.source not in TYPED:
        raise BadInput("desk.source", field="source")
    saved = meetings.say(store, actor, area, draft, now=now)
    if card is not None:
        record = {"pin": draft.id, "meeting": meeting_id, "number": card}
        sql = "insert into paper_card values ($pin, $meeting, $number) on conflict do nothing"
        store.write(lambda tx: tx.execute(sql, record))
    if saved.stored and meetings.get(store, actor, meeting_id).plan.publish == Publish.AFTER_DESK:
        rounds.show(store, actor, meeting_id, draft.id, "shown", now=now)
    return saved


def latest(
    store: Store, actor: Actor, meeting_id: MeetingId, *, typed: bool = True, limit: int = LAST
) -> list[Line]:
    """List a meeting's last pins, newest first: those typed at the desk, or all."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    rows = store.read(
        "select id from pin where meeting_id = $meeting and status <> $gone "
        "and ($every or source = any($typed)) order by number desc limit $limit",
        {"meeting": meeting_id, "gone": Status.WITHDRAWN, "every": not typed}
        | {"typed": list(TYPED), "limit": limit},
    )
    return lines(store, actor, meeting_id, [PinId(row[0]) for row in rows])


def lines(store: Store, actor: Actor, meeting_id: MeetingId, pin_ids: list[PinId]) -> list[Line]:
    """Load pins of the meeting as the desk lists them, in this order; others are left out."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    told = store.read(
        "select pin.id, coalesce(wall, ''), card.number from pin "
        "left join meeting_pin on pin_id = pin.id left join paper_card card on card.pin_id = pin.id "
        "where pin.id = any($ids) and pin.meeting_id = $meeting",
        {"ids": pin_ids, "meeting": meeting_id},
    )
    known = {row[0]: (row[1], row[2]) for row in told}
    found = {pin.id: pin for pin in pins.at_meeting(store, actor, meeting_id, pin_ids)}
    same = voices.count(store, pin_ids)
    return [
        _line(found[pin_id], *known[pin_id], same[pin_id])
        for pin_id in pin_ids
        if pin_id in found and pin_id in known
    ]


def with_card(store: Store, actor: Actor, meeting_id: MeetingId, card: int) -> list[int]:
    """List the numbers of the pins that were typed from a card already."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    rows = store.read(
        "select pin.number from paper_card card join pin on pin.id = card.pin_id "
        "where card.meeting_id = $meeting and card.number = $card and status <> $gone "
        "order by pin.number",
        {"meeting": meeting_id, "card": card, "gone": Status.WITHDRAWN},
    )
    return [row[0] for row in rows]


def edit(
    store: Store,
    actor: Actor,
    area: Area,
    meeting_id: MeetingId,
    pin_id: PinId,
    *,
    words: str,
    kind: str,
    field: str,
    now: datetime,
) -> None:
    """Mend one of the last typed pins; the trail keeps how it was.

    Raises Conflict once the office has read it or it is no longer among the last.
    """
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if kind not in meetings.get(store, actor, meeting_id).plan.kinds:
        raise BadInput("pin.kind_unknown", field="kind")
    before = pins.get(store, HOUSE, pin_id)
    draft = Draft(pin_id, kind, words, before.at, field, source=before.source)
    new = pins.check(area, draft)
    record = {"id": pin_id, "kind": new.kind, "field": new.field, "words": new.words}
    record |= {"folded": places.fold(f"{new.words} {before.place}"), "now": trail.utc(now)}
    record["lang"] = before.lang if new.words == before.words else lang_of(new.words, before.lang)

    def job(tx: Transaction) -> None:
        was = _at_hand(tx, meeting_id, pin_id)
        tx.execute(
            "update pin set kind = $kind, field = $field, words = $words, folded = $folded, "
            "lang = $lang, changed_at = $now where id = $id",
            record,
        )
        details = {trail.BEFORE: was}
        trail.note(tx, actor, Act.MEETING_LEAD, "pin", pin_id, now=now, details=details)

    store.write(job)


def undo(
    store: Store, actor: Actor, meeting_id: MeetingId, pin_id: PinId, *, now: datetime
) -> None:
    """Take one of the last typed pins back: its words are erased, the trail says so.

    Raises Conflict once the office has read it or it is no longer among the last.
    """
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)

    def job(tx: Transaction) -> None:
        _at_hand(tx, meeting_id, pin_id)
        pins.erase(tx, pin_id, now=now)
        tx.execute("delete from paper_card where pin_id = $id", {"id": pin_id})
        trail.note(tx, actor, Act.MEETING_LEAD, "pin", pin_id, now=now, step="withdrawn")

    store.write(job)


# --- inside -----------------------------------------------------------------


def _meeting_of(draft: Draft) -> MeetingId:
    if draft.meeting is None:
        raise NotFound("meeting.unknown")
    return draft.meeting


def _line(pin: Pin, wall: str, card: int | None, more: int) -> Line:
    return Line(pin, wall, more, card, pin.source in TYPED and pin.status in UNREAD)


def _at_hand(tx: Transaction, meeting_id: MeetingId, pin_id: PinId) -> dict[str, str]:
    """Return what may still be mended, asked inside the write; Conflict otherwise."""
    found = tx.execute(
        "select id, status, kind, field, words from pin where meeting_id = $meeting "
        "and source = any($typed) and status <> $gone order by number desc limit $limit",
        {"meeting": meeting_id, "typed": list(TYPED), "gone": Status.WITHDRAWN, "limit": LAST},
    )
    for found_id, status, kind, field, words in found:
        if found_id == pin_id and status in UNREAD:
            return {"kind": kind, "field": field, "words": words}
    raise Conflict("desk.not_at_hand")
