"""Routes: a need on its way to somebody else, from the letter to what came of it.

Handing on is not getting done: a route tells the pins' senders each step honestly, and what the
need itself becomes is decided by the office alone (`needs.close`).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from data import followers, needs, quotes, rules, trail
from data.authorities import AUTHORITIES
from data.filters import BERLIN
from data.followers import PIN_STATUS, NeedId, NeedStatus
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import LANGUAGES, bounded, clean

RouteId = NewType("RouteId", str)
MAX_SUBJECT, MAX_LETTER, MAX_REFERENCE, MAX_TOLD = 200, 8000, 100, 1000
REFERENCE = "{reference}"  # stands in a prepared letter until its route has a number
WAIT = timedelta(days=28)  # after which one asks again, if nothing else was chosen
# One address and nothing else: no second one, no header, no question mark of a link
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$*+/=^_`{|}~'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class RouteState(StrEnum):
    """Where a route stands."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"  # they wrote back; nothing is decided
    DONE = "done"  # they say that it is done
    REFUSED = "refused"


WAITING = frozenset({RouteState.SENT, RouteState.ANSWERED})
RESULTS = (RouteState.ANSWERED, RouteState.DONE, RouteState.REFUSED)


@dataclass(frozen=True)
class Route:
    """One way to an authority. `need_id` is where its need stands now, also after a merge."""

    id: RouteId
    number: int
    need_id: NeedId
    authority: str  # a key of `data.authorities`
    subject: str
    letter: str
    recipient: str  # an e-mail address; '' = none
    their_reference: str
    state: RouteState
    sent_on: date | None
    remind_on: date | None  # when to ask again; None = no more
    reminder: str  # the last reminder's text
    reminders: int
    reminded_on: date | None
    answered_on: date | None
    told: Mapping[str, str]  # the result's public sentence by language
    version: int
    created_at: datetime
    changed_at: datetime

    @property
    def reference(self) -> str:
        """Our reference, as it stands in the letter."""
        return reference_of(self.number, self.created_at)

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to ask again."""
        waits = self.state in WAITING and self.remind_on is not None
        return waits and self.remind_on <= today(now)  # type: ignore[operator]


COLUMNS = (
    "route.id, route.number, route.need_id, route.authority, subject, letter, recipient, "
    "their_reference, state, sent_on, remind_on, reminder, reminders, reminded_on, answered_on, "
    "told, route.version, route.created_at, route.changed_at"
)
BRIEF = COLUMNS.replace(" letter,", " '' as letter,").replace(" reminder,", " '' as reminder,")


def reference_of(number: int, made: datetime) -> str:
    """Return a route's reference.

    >>> reference_of(12, datetime(2026, 3, 4, tzinfo=UTC))
    'KK-2026-0012'
    """
    return f"KK-{made.astimezone(BERLIN).year}-{number:04}"


def today(now: datetime) -> date:
    """Return the day in Berlin."""
    return now.astimezone(BERLIN).date()


def draft(
    store: Store,
    actor: Actor,
    *,
    route_id: RouteId,
    need_id: NeedId,
    authority: str,
    subject: str,
    letter: str,
    now: datetime,
    recipient: str = "",
    quoted: Mapping[PinId, str] | None = None,
) -> Route:
    """Prepare a route with its letter; one already made under its id stays as it is.

    `{reference}` in subject and letter becomes its reference; `quoted` are the pins' words in it.
    """
    rules.check(actor, Act.ROUTE_WRITE)
    if authority not in AUTHORITIES:
        raise BadInput("authority.unknown", field="authority")
    texts = _texts(subject=subject, letter=letter, recipient=recipient)

    def job(tx: Transaction) -> None:
        followers.check_there(tx, [need_id])
        made = tx.execute(
            "insert into route (id, number, need_id, authority, subject, letter, recipient, "
            "their_reference, state, reminder, reminders, result, told, discarded, person_id, "
            "version, created_at, changed_at) select $id, "
            "(select coalesce(max(number), 0) + 1 from route), $need, $authority, $subject, "
            "$letter, $recipient, '', 'draft', '', 0, '', '{}', false, $person, 1, $now, $now "
            "on conflict (id) do nothing returning number",
            {
                "id": route_id,
                "need": need_id,
                "authority": authority,
                "person": actor.person,
                "now": trail.utc(now),
                **texts,
            },
        )
        if made:
            ours = {"id": route_id, "mark": REFERENCE, "ours": reference_of(made[0][0], now)}
            tx.execute(
                "update route set subject = replace(subject, $mark, $ours), "
                "letter = replace(letter, $mark, $ours) where id = $id",
                ours,
            )
            said = (quoted or {}).items()
            quotes.keep(
                tx, route_id, {pin: text.replace(REFERENCE, ours["ours"]) for pin, text in said}
            )
            trail.note(tx, actor, Act.ROUTE_WRITE, "route", route_id, now=now)

    store.write(job)
    return get(store, actor, route_id)


def change(
    store: Store,
    actor: Actor,
    route_id: RouteId,
    *,
    version: int,
    now: datetime,
    subject: str | None = None,
    letter: str | None = None,
    recipient: str | None = None,
    their_reference: str | None = None,
) -> Route:
    """Change a draft's letter, or any route's other reference, as it was at a version.

    Raises Conflict when somebody else changed it meanwhile, or when the letter is sent already.
    """
    rules.check(actor, Act.ROUTE_WRITE)
    given = {"subject": subject, "letter": letter, "recipient": recipient}
    sets = _texts(**{name: text for name, text in given.items() if text is not None})
    states = set(RouteState) if not sets else {RouteState.DRAFT}
    if their_reference is not None:
        sets["their_reference"] = _line(their_reference, MAX_REFERENCE, "their_reference")
    _do(store, actor, route_id, sets, version=version, before=states, now=now)
    return get(store, actor, route_id)


def discard(store: Store, actor: Actor, route_id: RouteId, *, version: int, now: datetime) -> None:
    """Put a draft aside that nobody wants any more; its reference is not given again."""
    rules.check(actor, Act.ROUTE_WRITE)
    sets = {"discarded": True}
    _do(store, actor, route_id, sets, version=version, before={RouteState.DRAFT}, now=now)


def send(
    store: Store,
    actor: Actor,
    route_id: RouteId,
    *,
    version: int,
    sentence: str,
    sent_on: date,
    remind_on: date | None,
    now: datetime,
) -> Route:
    """Note that the letter went out: its need is handed on, and its pins' senders are told so.

    Done twice by the same person it is done once. Raises Conflict when somebody else sent or
    changed it meanwhile, or when the need is part of a project or closed by now.
    """
    rules.check(actor, Act.ROUTE_WRITE)
    days = {"sent_on": _past(sent_on, now), "remind_on": _later(remind_on, sent_on)}
    sets = {**days, "state": RouteState.SENT}
    told = needs.handed_on(get(store, actor, route_id).authority, sentence)

    def also(tx: Transaction, row: Mapping[str, Any]) -> None:
        need_id = home(tx, row["need_id"])
        if not need_id:
            raise NotFound("need.not_found")
        [(stands,)] = tx.execute("select version from need where id = $id", {"id": need_id})
        needs.forward_in(tx, actor, NeedId(need_id), told, version=stands, now=now)

    before = {RouteState.DRAFT}
    _do(store, actor, route_id, sets, version=version, before=before, now=now, also=also)
    return get(store, actor, route_id)


def remind(
    store: Store,
    actor: Actor,
    route_id: RouteId,
    *,
    version: int,
    letter: str,
    remind_on: date | None,
    now: datetime,
) -> Route:
    """Note that a reminder went out, and when to ask again."""
    rules.check(actor, Act.ROUTE_WRITE)
    text = bounded(letter, MAX_LETTER, "letter", typed=4 * MAX_LETTER)
    if not text:
        raise BadInput("route.letter_missing", field="letter")
    sets = {"reminder": text, "remind_on": _later(remind_on, today(now))}
    sets |= {"reminded_on": today(now), "+reminders": 1}
    _do(store, actor, route_id, sets, version=version, before=WAITING, now=now)
    return get(store, actor, route_id)


def answer(
    store: Store,
    actor: Actor,
    route_id: RouteId,
    *,
    version: int,
    result: str,
    told: Mapping[str, str],
    now: datetime,
    remind_on: date | None = None,
) -> Route:
    """Note what came back (answered, done, refused) and tell it to the senders of the need's pins.

    `told` is a public sentence by language, {} for none. The need stays what it is: a refusal
    closes nothing, and neither does their word that something is done.
    """
    rules.check(actor, Act.ROUTE_WRITE)
    if result not in RESULTS:
        raise BadInput("route.result_missing", field="result")
    said = _told(told)
    waits = remind_on if result == RouteState.ANSWERED else None
    sets: dict[str, Any] = {"state": result, "answered_on": today(now)}
    sets |= {"remind_on": _later(waits, today(now)), "told": json.dumps(said, ensure_ascii=False)}
    sets["result"] = said.get("de", "")

    def also(tx: Transaction, row: Mapping[str, Any]) -> None:
        need_id = home(tx, row["need_id"])
        if need_id:
            status = PIN_STATUS[NeedStatus(followers.row_of(tx, need_id)["status"])]
            step, details = step_of(row["authority"], result, said)
            followers.follow(tx, actor, need_id, status, step, details, now=now)

    _do(store, actor, route_id, sets, version=version, before=WAITING, now=now, also=also)
    return get(store, actor, route_id)


def step_of(authority: str, result: str, told: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Return a result's public step and its details."""
    said: dict[str, Any] = {"answers": dict(told)} if told else {}
    return f"route_{result}", {"authority": authority, **said}


def get(store: Store, actor: Actor, route_id: RouteId) -> Route:
    """Load one route; NotFound when there is none."""
    rules.check(actor, Act.ROUTE_WRITE)
    found = _load(store, "route.id = $id", {"id": route_id})
    if not found:
        raise NotFound("route.not_found")
    return found[0]


def of_need(store: Store, actor: Actor, need_id: NeedId) -> list[Route]:
    """List a need's routes, also those of needs that were merged into it, the oldest first."""
    rules.check(actor, Act.ROUTE_WRITE)
    ids, fresh = {str(need_id)}, [str(need_id)]
    while fresh:
        rows = store.read("select id from need where gone = any($ids)", {"ids": fresh})
        fresh = [row[0] for row in rows if row[0] not in ids]
        ids |= set(fresh)
    return _load(store, "route.need_id = any($ids)", {"ids": sorted(ids)})


def listing(store: Store, actor: Actor) -> list[Route]:
    """List all routes, the oldest first, without their texts."""
    rules.check(actor, Act.ROUTE_WRITE)
    return _load(store, "true", None, BRIEF)


def due(store: Store, actor: Actor, *, now: datetime) -> list[Route]:
    """List the routes at which it is time to ask again, the longest waiting first; without texts."""
    rules.check(actor, Act.ROUTE_WRITE)
    found = _load(store, "remind_on <= $today", {"today": today(now)}, BRIEF)
    return sorted(
        (one for one in found if one.is_due(now)), key=lambda one: (one.remind_on, one.number)
    )


def quoted(store: Store, actor: Actor, route_id: RouteId) -> dict[PinId, str]:
    """Read which pins a letter quoted when it was prepared, with their words as they stood there."""
    rules.check(actor, Act.ROUTE_WRITE)
    sql = "select pin_id, words from route_quote where route_id = $id order by pin_id"
    return {PinId(pin_id): words for pin_id, words in store.read(sql, {"id": route_id})}


def home(tx: Transaction, need_id: str) -> str:
    """Follow a need to the one that it was merged into, inside a write; '' when it was undone."""
    for _ in range(100):
        found = tx.execute("select gone from need where id = $id", {"id": need_id})
        gone = found[0][0] if found else "undone"
        if gone == "":
            return need_id
        need_id = gone
    return ""


# --- inside -----------------------------------------------------------------


def _do(
    store: Store,
    actor: Actor,
    route_id: RouteId,
    sets: Mapping[str, Any],
    *,
    version: int,
    before: Sequence[RouteState] | set[RouteState] | frozenset[RouteState],
    now: datetime,
    also: Any = None,
) -> None:
    """Change a route as it was at a version; the same act once more by the same person is one."""
    values = {name.removeprefix("+"): value for name, value in sets.items()}
    columns = ", ".join(
        f"{name[1:]} = {name[1:]} + ${name[1:]}" if name[0] == "+" else f"{name} = ${name}"
        for name in sets
    )

    def job(tx: Transaction) -> None:
        row = _row(tx, route_id)
        if row["version"] == version + 1 and _is_done(row, actor, sets):
            return
        if row["version"] != version:
            raise Conflict("route.changed_meanwhile")
        if row["state"] not in before:
            raise Conflict("route.moved_on")
        tx.execute(
            f"update route set {columns}, person_id = $person, version = version + 1, "  # noqa: S608
            "changed_at = $now where id = $id",
            {**values, "id": route_id, "person": actor.person, "now": trail.utc(now)},
        )
        if also:
            also(tx, row)
        days = {
            name: value.isoformat() for name, value in values.items() if isinstance(value, date)
        }
        details = {"state": values.get("state", row["state"]), **days}
        trail.note(tx, actor, Act.ROUTE_WRITE, "route", route_id, now=now, details=details)

    store.write(job)


def _row(tx: Transaction, route_id: RouteId) -> dict[str, Any]:
    names = ("need_id", "authority", "state", "version", "person_id", "reminder", "letter")
    names += ("subject", "recipient", "their_reference", "sent_on", "remind_on", "answered_on")
    names += ("told", "result", "reminded_on", "discarded")
    found = tx.execute(
        f"select {', '.join(names)} from route where id = $id",  # noqa: S608
        {"id": route_id},
    )
    if not found:
        raise NotFound("route.not_found")
    return dict(zip(names, found[0], strict=True))


def _is_done(row: Mapping[str, Any], actor: Actor, sets: Mapping[str, Any]) -> bool:
    same = all(row[name] == value for name, value in sets.items() if name[0] != "+")
    return same and row["person_id"] == actor.person


def _texts(**given: str) -> dict[str, Any]:
    """Return a letter's texts as they are stored, or refuse them with BadInput."""
    found: dict[str, Any] = {}
    if "subject" in given:
        found["subject"] = _line(given["subject"], MAX_SUBJECT, "subject")
        if not found["subject"]:
            raise BadInput("route.subject_missing", field="subject")
    if "letter" in given:
        found["letter"] = bounded(given["letter"], MAX_LETTER, "letter", typed=4 * MAX_LETTER)
    if "recipient" in given:
        found["recipient"] = _address(given["recipient"])
    return found


def _line(text: str, most: int, field: str) -> str:
    """Return a text on one line: nothing that is typed begins a second header of a mail."""
    return " ".join(bounded(text, most, field, typed=20 * most).split())


def _address(text: str) -> str:
    given = clean(text[:1000])
    if given and (len(given) > MAX_REFERENCE or not _ADDRESS.fullmatch(given)):
        raise BadInput("route.address_unreadable", field="recipient")
    return given


def _told(given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        if sentence := bounded(given.get(lang) or "", MAX_TOLD, lang, typed=10 * MAX_TOLD):
            found[lang] = sentence
    if found and "de" not in found:
        raise BadInput("route.german_missing", field="de")
    return found


def _past(day: date, now: datetime) -> date:
    if day > today(now) or day.year < 2000:
        raise BadInput("route.sent_later", field="sent_on")
    return day


def _later(day: date | None, than: date) -> date | None:
    if day is not None and day <= than:
        raise BadInput("route.remind_earlier", field="remind_on")
    return day


def _load(
    store: Store, where: str, params: Mapping[str, Any] | None, columns: str = COLUMNS
) -> list[Route]:
    rows = store.rows(
        f"select {columns} from route where not discarded and {where} order by route.number",  # noqa: S608
        params,
    )
    gone = dict(store.read("select id, gone from need where gone <> ''")) if rows else {}
    return [_route(row, gone) for row in rows]


def _route(row: dict[str, Any], gone: Mapping[str, str]) -> Route:
    need_id = row["need_id"]
    while gone.get(need_id, "undone") != "undone":
        need_id = gone[need_id]
    return Route(
        **{
            **row,
            "need_id": need_id,
            "state": RouteState(row["state"]),
            "told": json.loads(row["told"]),
            "created_at": row["created_at"].replace(tzinfo=UTC),
            "changed_at": row["changed_at"].replace(tzinfo=UTC),
        }
    )
