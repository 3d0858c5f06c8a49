"""Meetings: planned by the office, led by a facilitator with a PIN, attended by whoever is there."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from data import passwords, pins, rules, trail
from data.fields import FIELDS
from data.pins import Draft, Kind, Saved
from data.problems import BadInput, Conflict, NotFound
from data.receipts import western
from data.rules import Act, Actor, MeetingId
from data.store import Store, Transaction
from data.texts import clean
from geo.area import Area

MAX_TITLE, MAX_TEXT, MAX_PEOPLE, MAX_DOTS = 200, 1000, 10_000, 20
PIN_LENGTHS = range(4, 9)
LATE = timedelta(hours=12)  # a tablet that lost the Wi-Fi hands in what was said before the end
LANGUAGES = ("de", "en", "tr", "ar", "ls")


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


# Who leads may go on typing in a pause, and cards of paper are typed when the room is empty
TYPED: dict[str, frozenset[State]] = {
    "desk": frozenset({State.OPEN, State.PAUSED}),
    "paper": frozenset({State.OPEN, State.PAUSED, State.CLOSED}),
}


class Round(StrEnum):
    """What the room does, one after the other; each is optional."""

    COLLECT = "collect"
    GROUP = "group"
    PRIORITY = "priority"  # now, soon, later
    WHO = "who"  # who is needed
    DOTS = "dots"


class Publish(StrEnum):
    """When the wall shows a pin. The public map goes by the office's own rule."""

    AT_ONCE = "at_once"
    AFTER_DESK = "after_desk"  # the facilitator lets it through
    AFTER_REVIEW = "after_review"  # the office has released it


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.PAUSED, State.CLOSED}),
    State.PAUSED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN}),
}


@dataclass(frozen=True)
class Plan:
    """What the office decides beforehand, and may change later."""

    title: str
    held_on: date
    place: str = ""
    question: str = ""  # the Aufruf: what is asked,
    decides: str = ""  # who decides,
    changes: str = ""  # what can change,
    answer_on: date | None = None  # when the answer comes
    kinds: tuple[str, ...] = tuple(Kind)
    fields: tuple[str, ...] = tuple(FIELDS)
    languages: tuple[str, ...] = LANGUAGES
    rounds: tuple[str, ...] = (Round.COLLECT,)
    children: bool = False
    photos: bool = False
    publish: str = Publish.AFTER_DESK
    dots: int = 3  # for each person
    dots_stack: bool = True  # several dots of one person on one group
    wifi_name: str = ""
    wifi_password: str = ""


@dataclass(frozen=True)
class Meeting:
    """A stored meeting. Times are UTC."""

    id: MeetingId
    code: str  # in the tablets' address
    plan: Plan
    state: State
    round: Round
    people: int  # present, as a tally
    demo: bool
    version: int
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None


LISTS = ("kinds", "fields", "languages", "rounds")
COLUMNS = tuple(Plan.__dataclass_fields__)


def check(plan: Plan) -> Plan:
    """Return the plan as it would be stored, or refuse it with BadInput."""
    texts = {name: clean(getattr(plan, name)) for name in ("question", "decides", "changes")}
    short = {name: clean(getattr(plan, name)) for name in ("title", "place", "wifi_name")}
    if not short["title"]:
        raise BadInput("meeting.title_missing", field="title")
    for name, text in (*texts.items(), *short.items(), ("wifi_password", plan.wifi_password)):
        most = MAX_TEXT if name in texts else MAX_TITLE
        if len(text) > most:
            raise BadInput("meeting.too_long", field=name, limit=most)
    allowed = {"kinds": Kind, "fields": FIELDS, "languages": LANGUAGES, "rounds": Round}
    for name, known in allowed.items():
        chosen = getattr(plan, name)
        if set(chosen) - set(known) or (name != "fields" and not chosen):
            raise BadInput("meeting.choice_missing", field=name)
    if Round.COLLECT not in plan.rounds:
        raise BadInput("meeting.choice_missing", field="rounds")
    if plan.publish not in list(Publish):
        raise BadInput("meeting.choice_missing", field="publish")
    if not 1 <= plan.dots <= MAX_DOTS:
        raise BadInput("meeting.dots", field="dots")
    _check_days(plan)
    ordered = {
        name: tuple(str(one) for one in known if one in getattr(plan, name))
        for name, known in allowed.items()
    }
    return replace(plan, **texts, **short, **ordered)


def create(
    store: Store,
    actor: Actor,
    *,
    meeting_id: MeetingId,
    code: str,
    plan: Plan,
    pin: str,
    now: datetime,
    demo: bool = False,
) -> MeetingId:
    """Plan a meeting; `code` is for the tablets' address, `pin` for who leads it."""
    rules.check(actor, Act.MEETING_WRITE)
    plan, pin_hash = check(plan), _pin_hash(pin)

    def job(tx: Transaction) -> None:
        record = {
            **_record(plan),
            "id": meeting_id,
            "code": code,
            "pin_hash": pin_hash,
            "state": State.PLANNED,
            "round": Round.COLLECT,
            "demo": demo,
            "now": trail.utc(now),
        }
        names = ", ".join(COLUMNS)
        values = ", ".join(f"${name}" for name in COLUMNS)
        made = tx.execute(
            f"insert into meeting (id, code, {names}, pin_hash, state, round, people, demo, "  # noqa: S608
            "version, created_at, changed_at) "
            f"values ($id, $code, {values}, $pin_hash, $state, $round, 0, $demo, 1, $now, $now) "
            "on conflict (id) do nothing returning id",
            record,
        )
        if made:
            trail.note(tx, actor, Act.MEETING_WRITE, "meeting", meeting_id, now=now)

    store.write(job)
    return meeting_id


def change(
    store: Store, actor: Actor, meeting_id: MeetingId, *, plan: Plan, version: int, now: datetime
) -> None:
    """Change a meeting's plan; Conflict when somebody else did since `version`.

    A round that is no longer planned ends: the room collects again.
    """
    rules.check(actor, Act.MEETING_WRITE)
    plan = check(plan)
    record = _record(plan)
    sets = ", ".join(f"{name} = {_given(name)}" for name in COLUMNS)

    def job(tx: Transaction) -> None:
        changed = tx.execute(
            f"update meeting set {sets}, version = version + 1, changed_at = $now, "  # noqa: S608
            "round = case when round = any($planned) then round else $collect end "
            "where id = $id and version = $version returning id",
            {
                **record,
                "id": meeting_id,
                "version": version,
                "now": trail.utc(now),
                "planned": list(plan.rounds),
                "collect": Round.COLLECT,
            },
        )
        if not changed:
            raise Conflict("meeting.changed")
        trail.note(tx, actor, Act.MEETING_WRITE, "meeting", meeting_id, now=now)

    store.write(job)


def change_pin(
    store: Store, actor: Actor, meeting_id: MeetingId, *, pin: str, now: datetime
) -> None:
    """Set a new facilitator PIN; whoever led by the old one is logged out."""
    rules.check(actor, Act.MEETING_WRITE)
    pin_hash = _pin_hash(pin)

    def job(tx: Transaction) -> None:
        changed = tx.execute(
            "update meeting set pin_hash = $hash where id = $id returning id",
            {"hash": pin_hash, "id": meeting_id},
        )
        if not changed:
            raise NotFound("meeting.unknown")
        tx.execute("delete from meeting_session where meeting_id = $id", {"id": meeting_id})
        details = {"pin": "changed"}
        trail.note(tx, actor, Act.MEETING_WRITE, "meeting", meeting_id, now=now, details=details)

    store.write(job)


def move(store: Store, actor: Actor, meeting_id: MeetingId, *, to: State, now: datetime) -> None:
    """Open, pause or close a meeting; Conflict for a step that is not possible from where it is.

    The Wi-Fi's password is of no use after the end and is erased then.
    """
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    before = sorted(state for state, after in MOVES.items() if to in after)

    def job(tx: Transaction) -> None:
        secret = tx.execute(
            "select 1 from meeting where id = $id and wifi_password <> ''", {"id": meeting_id}
        )
        moved = tx.execute(
            "update meeting set state = $to, changed_at = $now, closed_at = $closed, "
            "wifi_password = case when $to = $end then '' else wifi_password end "
            "where id = $id and state = any($before) returning id",
            {
                "to": to,
                "now": trail.utc(now),
                "closed": trail.utc(now) if to == State.CLOSED else None,
                "end": State.CLOSED,
                "id": meeting_id,
                "before": before,
            },
        )
        if not moved:
            raise Conflict("meeting.moved_on")
        if to == State.CLOSED and secret:
            tx.forget()
        details = {"state": to}
        trail.note(tx, actor, Act.MEETING_LEAD, "meeting", meeting_id, now=now, details=details)

    store.write(job)


def go_to_round(
    store: Store, actor: Actor, meeting_id: MeetingId, *, to: Round, now: datetime
) -> None:
    """Let the room do one of the planned rounds, in any order."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if to not in get(store, actor, meeting_id).plan.rounds:
        raise BadInput("meeting.choice_missing", field="round")
    _set(store, actor, meeting_id, "round", to, now=now)


def count_people(
    store: Store, actor: Actor, meeting_id: MeetingId, *, number: int, now: datetime
) -> None:
    """Set how many are present; a tally without identities."""
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting_id)
    if not 0 <= number <= MAX_PEOPLE:
        raise BadInput("meeting.people", field="people")
    _set(store, actor, meeting_id, "people", number, now=now)


def get(store: Store, actor: Actor, meeting_id: MeetingId) -> Meeting:
    """Load a meeting, as who leads it or attends it."""
    rules.check_meeting(actor, Act.MEETING_ATTEND, meeting_id)
    return _one(store, "id", meeting_id)


def listing(store: Store, actor: Actor) -> list[Meeting]:
    """List all meetings: running ones first, then the newest."""
    rules.check(actor, Act.MEETING_WRITE)
    found = store.rows(
        "select * from meeting order by case state when 'open' then 0 when 'paused' then 0 "
        "when 'planned' then 1 else 2 end, held_on desc, created_at desc"
    )
    return [_load(row) for row in found]


def pin_counts(store: Store, actor: Actor) -> dict[MeetingId, int]:
    """Count the pins of every meeting that has any."""
    rules.check(actor, Act.MEETING_WRITE)
    found = store.read(
        "select meeting_id, count(*) from pin where meeting_id is not null and status <> $gone "
        "group by meeting_id",
        {"gone": pins.Status.WITHDRAWN},
    )
    return {MeetingId(meeting_id): number for meeting_id, number in found}


def say(
    store: Store, actor: Actor, area: Area, draft: Draft, *, now: datetime, late: bool = False
) -> Saved:
    """Store what somebody said at the actor's meeting; once, however often it is sent.

    `late` hands in what a tablet could not send in time: that is taken for half a day after the
    end. What is typed at the desk or from paper is taken of who leads, longer. Raises Conflict
    when the meeting does not take anything (not open, or over).
    """
    if draft.meeting is None:
        raise NotFound("meeting.unknown")
    meeting = get(store, actor, draft.meeting)
    if draft.source in TYPED:
        rules.check_meeting(actor, Act.MEETING_LEAD, meeting.id)
        if meeting.state not in TYPED[draft.source]:
            raise Conflict(f"meeting.is_{meeting.state}")
    else:
        _check_open(meeting, now, late=late)
    if draft.field and draft.field not in meeting.plan.fields:
        raise BadInput("pin.field_unknown", field="field")
    if draft.kind and draft.kind not in meeting.plan.kinds:
        raise BadInput("pin.kind_unknown", field="kind")
    if draft.source == pins.WORDLESS and not meeting.plan.children:
        raise BadInput("pin.words_missing", field="words")
    return pins.add(store, actor, area, [draft], now=now)


def _check_days(plan: Plan) -> None:
    if not isinstance(plan.held_on, date):
        raise BadInput("meeting.day_missing", field="held_on")
    if plan.answer_on and plan.answer_on < plan.held_on:
        raise BadInput("meeting.answer_early", field="answer_on")


def _check_open(meeting: Meeting, now: datetime, *, late: bool) -> None:
    if meeting.state == State.OPEN or (late and meeting.state == State.PAUSED):
        return
    if late and meeting.closed_at and now < meeting.closed_at + LATE:
        return
    raise Conflict(f"meeting.is_{meeting.state}")


def _set(
    store: Store, actor: Actor, meeting_id: MeetingId, column: str, value: object, *, now: datetime
) -> None:
    def job(tx: Transaction) -> None:
        changed = tx.execute(
            f"update meeting set {column} = $value, changed_at = $now "  # noqa: S608
            "where id = $id returning id",
            {"value": value, "now": trail.utc(now), "id": meeting_id},
        )
        if not changed:
            raise NotFound("meeting.unknown")
        details = {column: value}
        trail.note(tx, actor, Act.MEETING_LEAD, "meeting", meeting_id, now=now, details=details)

    store.write(job)


def _given(name: str) -> str:
    """Name a column's new value; a password that the end erased does not come back."""
    value = f"${name}"
    return (
        f"case when state = 'closed' then '' else {value} end" if name == "wifi_password" else value
    )


def _pin_hash(pin: str) -> str:
    pin = western(pin).strip()
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise BadInput("meeting.pin_form", field="pin")
    return passwords.hashed(pin)


def _record(plan: Plan) -> dict[str, Any]:
    return {
        name: json.dumps(list(value)) if name in LISTS else value
        for name, value in asdict(plan).items()
    }


def _one(store: Store, column: str, value: str) -> Meeting:
    found = store.rows(f"select * from meeting where {column} = $value", {"value": value})  # noqa: S608
    if not found:
        raise NotFound("meeting.unknown")
    return _load(found[0])


def _load(row: dict[str, Any]) -> Meeting:
    plan: dict[str, Any] = {
        name: tuple(json.loads(row[name])) if name in LISTS else row[name] for name in COLUMNS
    }
    same = ("id", "code", "people", "demo", "version")
    moments: dict[str, Any] = {
        name: row[name].replace(tzinfo=UTC) if row[name] else None
        for name in ("created_at", "changed_at", "closed_at")
    }
    return Meeting(
        **{name: row[name] for name in same},
        **moments,
        plan=Plan(**plan),
        state=State(row["state"]),
        round=Round(row["round"]),
    )
