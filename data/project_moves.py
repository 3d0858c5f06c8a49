"""How a project goes on: one table of who may move what where, and what everybody is told then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import expenses, pots, project_pins, rules, trail
from data.funds import Fund
from data.problems import BadInput, Cents, Conflict, NotAllowed, NotFound
from data.projects import ProjectStatus as S
from data.rules import Act, Actor, Role
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_REASON = 500
MAX_CONDITIONS = 1000
MAX_TYPED = 20 * MAX_CONDITIONS  # beyond it nothing is cleaned first
STAFF = frozenset({Role.OFFICE, Role.ADMIN, Role.HOUSE})
APPLYING = STAFF | {Role.APPLICANT}
DECIDING = STAFF | {Role.JURY}  # from the jury only the chair comes here, out of a sitting
GRANTED = frozenset({S.APPROVED, S.APPROVED_WITH_CONDITIONS})
DECIDED = GRANTED | {S.POSTPONED, S.REJECTED}
ENTERS, LEAVES, COMPLETES = "enters", "leaves", "completes"


@dataclass(frozen=True)
class Move:
    """One way from a state to another: for whom, with a reason or not, and who hears of it."""

    start: S
    to: S
    who: frozenset[Role]
    reason: bool = False  # must be given
    step: str = ""  # what every pin behind it is told, '' = nothing
    body: bool = False  # a decision: where a body decides on the fund, made in its sitting alone
    needs: str = ""  # whether its needs become part of it, are free again, or are done with it


def _table() -> Iterable[Move]:
    yield Move(S.DRAFT, S.SUBMITTED, APPLYING, step="project", needs=ENTERS)
    yield Move(S.SUBMITTED, S.CHECKING, STAFF)
    yield Move(S.CHECKING, S.REVISION, STAFF, reason=True)
    yield Move(S.REVISION, S.SUBMITTED, APPLYING)
    yield Move(S.CHECKING, S.BEFORE_JURY, STAFF, step="project_before_jury")
    # what the programme does not allow never comes before a body
    yield Move(S.CHECKING, S.REJECTED, STAFF, reason=True, step="project_rejected", needs=LEAVES)
    yield Move(S.BEFORE_JURY, S.REVISION, STAFF, reason=True)
    yield Move(S.BEFORE_JURY, S.APPROVED, DECIDING, step="project_approved", body=True)
    yield Move(
        S.BEFORE_JURY,
        S.APPROVED_WITH_CONDITIONS,
        DECIDING,
        step="project_approved_with_conditions",
        body=True,
    )
    yield Move(
        S.BEFORE_JURY, S.POSTPONED, DECIDING, reason=True, step="project_postponed", body=True
    )
    yield Move(
        S.BEFORE_JURY,
        S.REJECTED,
        DECIDING,
        reason=True,
        step="project_rejected",
        body=True,
        needs=LEAVES,
    )
    yield Move(S.POSTPONED, S.BEFORE_JURY, DECIDING, step="project_before_jury")
    yield Move(S.POSTPONED, S.REVISION, STAFF, reason=True)
    for decided in sorted(GRANTED):  # a sitting was reopened
        yield Move(decided, S.BEFORE_JURY, DECIDING, reason=True, step="project_again", body=True)
    yield Move(
        S.REJECTED,
        S.BEFORE_JURY,
        DECIDING,
        reason=True,
        step="project_again",
        body=True,
        needs=ENTERS,
    )
    for granted in sorted(GRANTED):
        yield Move(granted, S.AGREEMENT, STAFF)
    yield Move(S.AGREEMENT, S.RUNNING, STAFF, step="project_running")
    yield Move(S.RUNNING, S.ACCOUNTED, STAFF)
    yield Move(S.ACCOUNTED, S.RUNNING, STAFF, reason=True)
    yield Move(S.ACCOUNTED, S.CLOSED, STAFF, step="done", needs=COMPLETES)
    yield Move(S.DRAFT, S.WITHDRAWN, APPLYING)
    for asked in (S.SUBMITTED, S.CHECKING, S.REVISION, S.BEFORE_JURY, S.POSTPONED):
        yield Move(asked, S.WITHDRAWN, APPLYING, step="project_withdrawn", needs=LEAVES)
    for promised in (*sorted(GRANTED), S.AGREEMENT):
        yield Move(
            promised, S.WITHDRAWN, APPLYING, reason=True, step="project_withdrawn", needs=LEAVES
        )
    yield Move(S.RUNNING, S.WITHDRAWN, STAFF, reason=True, step="project_withdrawn", needs=LEAVES)


MOVES: tuple[Move, ...] = tuple(_table())
STEPS = frozenset(move.step for move in MOVES if move.step)  # what pins are told
BY_BODY = frozenset({Fund.AKTIONSFONDS})  # nobody decides on it but its jury, in a sitting


def allowed(actor: Actor, status: str, fund: str) -> list[Move]:
    """List the moves that an actor may make by hand from a state, in the table's order."""
    return [
        move
        for move in MOVES
        if move.start == status and actor.role in move.who and not _by_body(actor, move, fund)
    ]


def move(
    store: Store,
    actor: Actor,
    project_id: str,
    *,
    to: str,
    version: int,
    now: datetime,
    reason: str = "",
    cents: int | None = None,
    conditions: str = "",
) -> None:
    """Move a project as it was at a version; the same move again is one.

    Raises NotAllowed for another's move, Conflict when it was changed meanwhile, when the table
    has no such move or a body decides it, BadInput without the reason, sum or conditions. What is
    handed in is looked at first: data/applications.py does that.
    """
    rules.check_project(actor, Act.PROJECT_MOVE, project_id)
    told = {"reason": checked_reason(reason), "conditions": _bound(to, conditions)}

    def job(tx: Transaction) -> None:
        row = _row(tx, project_id)
        if _done_before(row, to, version, cents=cents, **told):
            return
        if row["version"] != version:
            raise Conflict("project.changed_meanwhile")
        if _by_body(actor, found(row["status"], to), row["fund"]):
            raise Conflict("project.body_decides")
        if to == S.SUBMITTED and actor.role != Role.HOUSE:
            raise NotAllowed("not_allowed")
        moved(tx, actor, project_id, to, now=now, cents=cents, **told)

    store.write(job)


def moved(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    to: str,
    *,
    now: datetime,
    reason: str = "",
    cents: int | None = None,
    conditions: str = "",
) -> None:
    """Move a project inside a write: the books, the trail and every pin behind it hear of it.

    A sitting calls it with what it has decided; whoever may act there was asked at its door.
    """
    row = _row(tx, project_id)
    chosen = found(row["status"], to)
    if actor.role not in chosen.who:
        raise NotAllowed("not_allowed")
    given = {"reason": checked_reason(reason), "conditions": _bound(to, conditions)}
    _check_complete(chosen, given, cents, asked=row["cents"])
    _store(tx, project_id, chosen, given, cents, now=now)
    _book(tx, actor, project_id, chosen, given["reason"], cents, now=now)
    told = _told(row, chosen, given, cents)
    step = f"project_{chosen.to}" if chosen.step != "project_again" else chosen.step
    trail.note(tx, actor, Act.PROJECT_MOVE, "project", project_id, now=now, step=step, details=told)
    _tell(tx, actor, project_id, chosen, told, now=now)


def found(start: str, to: str) -> Move:
    """Find a move in the table; Conflict when there is none."""
    for one in MOVES:
        if one.start == start and one.to == to:
            return one
    raise Conflict("project.moved_on")


def checked_reason(reason: str) -> str:
    """Return a reason cleaned; BadInput when it is too long."""
    return _checked(reason, MAX_REASON, "reason")


def checked_conditions(conditions: str) -> str:
    """Return conditions cleaned; BadInput when they are too long."""
    return _checked(conditions, MAX_CONDITIONS, "conditions")


# --- inside -----------------------------------------------------------------


def _bound(to: str, conditions: str) -> str:
    """Return what a grant is bound to; '' for any other move."""
    return checked_conditions(conditions) if to == S.APPROVED_WITH_CONDITIONS else ""


def _checked(typed: str, limit: int, field: str) -> str:
    text = typed if len(typed) > MAX_TYPED else clean(typed)
    return not_longer(text, limit, field, "project.words_too_long")


def _by_body(actor: Actor, chosen: Move, fund: str) -> bool:
    """Tell whether a decision is a body's; the house alone writes down what was decided before."""
    return chosen.body and fund in BY_BODY and actor.role != Role.HOUSE


def _row(tx: Transaction, project_id: str) -> dict[str, Any]:
    names = ("number", "title", "fund", "status", "version", "cents", "granted", "reason")
    rows = tx.execute(
        f"select {', '.join(names)}, conditions from project where id = $id",  # noqa: S608
        {"id": project_id},
    )
    if not rows:
        raise NotFound("project.not_found")
    return dict(zip((*names, "conditions"), rows[0], strict=True))


def _done_before(
    row: Mapping[str, Any], to: str, version: int, *, cents: int | None, **told: str
) -> bool:
    """Tell whether this very move was made by the click before."""
    if row["status"] != to or row["version"] != version + 1:
        return False
    same = to not in DECIDED or all(row[name] == text for name, text in told.items())
    return same and (
        to not in GRANTED or row["granted"] == (row["cents"], cents)[cents is not None]
    )


def _check_complete(
    chosen: Move, given: Mapping[str, str], cents: int | None, *, asked: int
) -> None:
    if chosen.reason and not given["reason"]:
        raise BadInput("project.reason_missing", field="reason")
    if chosen.to == S.APPROVED_WITH_CONDITIONS and not given["conditions"]:
        raise BadInput("project.conditions_missing", field="conditions")
    if chosen.to in GRANTED and cents is not None:
        if isinstance(cents, bool) or not isinstance(cents, int) or cents <= 0:
            raise BadInput("project.sum_missing", field="cents")
        if cents > asked:
            raise BadInput("project.granted_too_much", field="cents", asked=Cents(asked))


def _store(
    tx: Transaction,
    project_id: str,
    chosen: Move,
    given: Mapping[str, str],
    cents: int | None,
    *,
    now: datetime,
) -> None:
    decided = chosen.to in DECIDED or chosen.step == "project_again"
    sets = (
        "granted = case when $granted then coalesce($cents, cents) end, "
        "reason = $reason, conditions = $conditions, "
        if decided
        else ""
    )
    params: dict[str, Any] = {"id": project_id, "to": chosen.to, "now": trail.utc(now)}
    if decided:
        again = chosen.step == "project_again"
        params |= {"granted": chosen.to in GRANTED, "cents": cents}
        params |= {name: "" if again else text for name, text in given.items()}
    if chosen.to == S.WITHDRAWN:
        sets = "granted = null, "
    tx.execute(
        f"update project set {sets}status = $to, version = version + 1, changed_at = $now "  # noqa: S608
        "where id = $id",
        params,
    )


def _book(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    chosen: Move,
    reason: str,
    cents: int | None,
    *,
    now: datetime,
) -> None:
    """Let the pot follow: what is granted leaves it, what is not needed any more comes back."""
    if chosen.to in GRANTED:
        [(granted,)] = tx.execute("select granted from project where id = $id", {"id": project_id})
        pots.decide(tx, actor, project_id, granted, now=now)
    elif chosen.to == S.ACCOUNTED:
        expenses.account(tx, actor, project_id, now=now)
    elif chosen.to in (S.WITHDRAWN, S.CLOSED) or chosen.step == "project_again":
        expenses.check_even(tx, project_id)
        pots.release(tx, actor, project_id, reason=reason, now=now)


def _told(
    row: Mapping[str, Any], chosen: Move, given: Mapping[str, str], cents: int | None
) -> dict[str, Any]:
    """Say what a step tells: the project, and what was decided why."""
    told: dict[str, Any] = {"project": row["number"], "title": row["title"]}
    if chosen.to in GRANTED:
        told["cents"] = row["cents"] if cents is None else cents
    if given["conditions"] and chosen.to in GRANTED:
        told["conditions"] = given["conditions"]
    return told | ({"sentence": given["reason"]} if given["reason"] else {})


def _tell(
    tx: Transaction,
    actor: Actor,
    project_id: str,
    chosen: Move,
    told: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Let needs and pins go with the project, and every pin behind it hear its public step."""
    if not chosen.step:
        return
    change = {
        ENTERS: project_pins.enter,
        LEAVES: project_pins.leave,
        COMPLETES: project_pins.complete,
    }.get(chosen.needs, project_pins.tell)
    change(tx, actor, project_id, chosen.step, told, now=now)
