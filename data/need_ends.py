"""How a need ends without a project, told in one honest public sentence, and is taken up again."""

from datetime import datetime

from data import followers, need_fields, needs, rules, trail, undo, ways
from data.followers import OPEN_FOR_PINS, PIN_STATUS, NeedStatus
from data.needs import Need, NeedId
from data.pins import Status
from data.problems import BadInput, Conflict
from data.projects import OVER
from data.rules import Act, Actor
from data.store import Store, Transaction

ENDS = (NeedStatus.DONE, NeedStatus.NOT_FEASIBLE)


def close(
    store: Store,
    actor: Actor,
    need_id: NeedId,
    *,
    status: str,
    sentence: str,
    version: int,
    now: datetime,
) -> Need:
    """End a need as done or not feasible, and tell so at each of its pins.

    Raises Conflict when it is closed already, or part of a project that is not over.
    """
    rules.check(actor, Act.NEED_HAND_ON)
    if status not in ENDS:
        raise BadInput("need.end_missing", field="status")
    end, told = NeedStatus(status), {"sentence": need_fields.sentence(sentence)}

    def job(tx: Transaction) -> None:
        row = followers.row_of(tx, need_id)
        if row["status"] not in OPEN_FOR_PINS:
            raise Conflict("need.closed")
        if row["status"] == NeedStatus.PROJECT and _planned(tx, need_id):
            raise Conflict("need.moved_on")
        behind = followers.pins_in(tx, [need_id])
        with undo.recorded(
            tx, actor, Act.NEED_HAND_ON, "close", pin_ids=behind, need_ids=[need_id], now=now
        ):
            sets = "status = $status, ending = $sentence"
            followers.update(tx, need_id, version, sets, {"status": end, **told}, now=now)
            details = {"closed": end, **told}
            trail.note(tx, actor, Act.NEED_HAND_ON, "need", need_id, now=now, details=details)
            followers.follow(tx, actor, need_id, PIN_STATUS[end], end, told, now=now)

    store.write(job)
    return needs.get(store, actor, need_id)


def reopen(
    store: Store, actor: Actor, need_id: NeedId, *, reason: str, version: int, now: datetime
) -> Need:
    """Take a closed need up again and tell so, with the reason, at each of its pins.

    It stands where it stood before any project: handed on, or open.
    """
    rules.check(actor, Act.NEED_HAND_ON)
    told = {"sentence": need_fields.sentence(reason)}

    def job(tx: Transaction) -> None:
        row = followers.row_of(tx, need_id)
        if row["status"] not in ENDS:
            raise Conflict("need.not_closed")
        status = NeedStatus.FORWARDED if row["authority"] else NeedStatus.OPEN
        behind = followers.pins_in(tx, [need_id])
        with undo.recorded(
            tx, actor, Act.NEED_HAND_ON, "reopen", pin_ids=behind, need_ids=[need_id], now=now
        ):
            sets = "status = $status, ending = ''"
            followers.update(tx, need_id, version, sets, {"status": status}, now=now)
            details = {"reopened": True, **told}
            trail.note(tx, actor, Act.NEED_HAND_ON, "need", need_id, now=now, details=details)
            _tell(tx, actor, need_id, PIN_STATUS[status], told, now=now)

    store.write(job)
    return needs.get(store, actor, need_id)


# --- inside -----------------------------------------------------------------


def _tell(
    tx: Transaction,
    actor: Actor,
    need_id: str,
    status: Status,
    told: dict[str, str],
    *,
    now: datetime,
) -> None:
    """Bring the pins back on their way, and say once more to whom it was handed on."""
    followers.follow(tx, actor, need_id, status, "reopened", told, now=now)
    for step, again in ways.of(tx, need_id)[1:]:
        followers.follow(tx, actor, need_id, status, step, again, now=now)


def _planned(tx: Transaction, need_id: str) -> bool:
    """Tell whether a need is part of a project that is not over."""
    found = tx.execute(
        "select 1 from project_need join project on project.id = project_id "
        "where need_id = $id and status <> all($over) limit 1",
        {"id": need_id, "over": sorted(OVER)},
    )
    return bool(found)
