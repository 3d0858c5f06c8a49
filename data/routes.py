"""Routes: a need on its way to somebody else, from the letter to what came of it.

Handing on is not getting done: a route tells the pins' senders each step honestly, and what the
need itself becomes is decided by the office alone (`needs.close`).
"""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from data import followers, needs, quotes, route_checks, rules, trail
from data.authorities import AUTHORITIES
from data.filters import local_day
from data.followers import PIN_STATUS, NeedId, NeedStatus
from data.problems import BadInput, Conflict, NotFound
from data.route_record import BRIEF, MAX_LETTER, REFERENCE, load, reference_of
from data.route_record import MAX_REFERENCE as MAX_REFERENCE
from data.route_record import MAX_SUBJECT as MAX_SUBJECT
from data.route_record import MAX_TOLD as MAX_TOLD
from data.route_record import RESULTS as RESULTS
from data.route_record import WAIT as WAIT
from data.route_record import WAITING as WAITING
from data.route_record import Route as Route
from data.route_record import RouteId as RouteId
from data.route_record import RouteState as RouteState
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import bounded


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
    texts = route_checks.texts(subject=subject, letter=letter, recipient=recipient)

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
    sets = route_checks.texts(**{name: text for name, text in given.items() if text is not None})
    states = set(RouteState) if not sets else {RouteState.DRAFT}
    if their_reference is not None:
        sets["their_reference"] = route_checks.line(
            their_reference, MAX_REFERENCE, "their_reference"
        )
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
    days = {
        "sent_on": route_checks.past(sent_on, now),
        "remind_on": route_checks.later(remind_on, sent_on),
    }
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
    sets = {"reminder": text, "remind_on": route_checks.later(remind_on, local_day(now))}
    sets |= {"reminded_on": local_day(now), "+reminders": 1}
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
    said = route_checks.told(told)
    waits = remind_on if result == RouteState.ANSWERED else None
    sets: dict[str, Any] = {"state": result, "answered_on": local_day(now)}
    sets |= {
        "remind_on": route_checks.later(waits, local_day(now)),
        "told": json.dumps(said, ensure_ascii=False),
    }
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
    found = load(store, "route.id = $id", {"id": route_id})
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
    return load(store, "route.need_id = any($ids)", {"ids": sorted(ids)})


def listing(store: Store, actor: Actor) -> list[Route]:
    """List all routes, the oldest first, without their texts."""
    rules.check(actor, Act.ROUTE_WRITE)
    return load(store, "true", None, BRIEF)


def due(store: Store, actor: Actor, *, now: datetime) -> list[Route]:
    """List the routes at which it is time to ask again, the longest waiting first; without texts."""
    rules.check(actor, Act.ROUTE_WRITE)
    found = load(store, "remind_on <= $today", {"today": local_day(now)}, BRIEF)
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
    before: Collection[RouteState],
    now: datetime,
    also: Callable[[Transaction, Mapping[str, Any]], None] | None = None,
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
