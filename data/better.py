"""Is it better? What the holders of receipts say four weeks after a result or a handing on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data import pins, rules, trail
from data.pins import Kind, Status
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import bounded, lang_of

AFTER = timedelta(
    days=28
)  # as FixMyStreet's questionnaire: a month shows whether something changed
SAYINGS = ("yes", "partly", "no")
MAX_WORDS = 1000
# The last of these says what became of a pin; after a refusal nobody is asked whether it helped
HOPEFUL = ("forwarded", "route_answered", "route_done", "done")
HOPELESS = ("route_refused", "not_feasible", "reopened")
ASKED = frozenset({Status.FORWARDED, Status.IN_PROJECT, Status.DONE})


@dataclass(frozen=True)
class Better:
    """What somebody said of a pin's place; `handled_at` is when the office has seen to it."""

    pin_id: PinId
    number: int  # of the pin
    need_id: str | None
    said: str
    words: str
    lang: str
    created_at: datetime
    handled_at: datetime | None


@dataclass(frozen=True)
class Share:
    """How many say what."""

    yes: int = 0
    partly: int = 0
    no: int = 0

    @property
    def all(self) -> int:
        """How many were heard."""
        return self.yes + self.partly + self.no


SELECT = (
    "select better.pin_id, pin.number, pin.need_id, better.said, better.words, better.lang, "
    "better.created_at, better.handled_at from better join pin on pin.id = better.pin_id "
    "where pin.status not in ('hidden', 'withdrawn')"
)


def is_asked(store: Store, actor: Actor, *, now: datetime) -> bool:
    """Tell whether it is time to ask the sender: four weeks after what happened last."""
    rules.check(actor, Act.BETTER_SAY)
    if actor.pin is None:
        return False
    pin = pins.get(store, actor, actor.pin)
    if pin.kind == Kind.STRENGTH or pin.status not in ASKED:
        return False
    steps = [
        step for step in trail.steps(store, "pin", actor.pin) if step.key in (*HOPEFUL, *HOPELESS)
    ]
    return bool(steps) and steps[-1].key in HOPEFUL and steps[-1].at + AFTER <= now


def mine(store: Store, actor: Actor) -> Better | None:
    """Read what the sender said before, if anything."""
    rules.check(actor, Act.BETTER_SAY)
    found = _load(store, f"{SELECT} and better.pin_id = $id", {"id": actor.pin})
    return found[0] if found else None


def say(
    store: Store, actor: Actor, *, said: str, now: datetime, words: str = "", lang: str = "de"
) -> None:
    """Keep what the sender says, in place of what was said before.

    Raises Conflict when it is not asked yet.
    """
    rules.check(actor, Act.BETTER_SAY)
    if said not in SAYINGS:
        raise BadInput("better.choice", field="said")
    text = bounded(words, MAX_WORDS, "words", typed=20 * MAX_WORDS)
    if not mine(store, actor) and not is_asked(store, actor, now=now):
        raise Conflict("better.not_yet")

    def job(tx: Transaction) -> None:
        here = tx.execute(
            "select id from pin where id = $id and status not in ('hidden', 'withdrawn')",
            {"id": actor.pin},
        )
        if not here:
            raise NotFound("pin.not_found")
        row = {"id": actor.pin, "said": said, "words": text, "lang": lang_of(text, lang)}
        tx.execute(
            "insert into better (pin_id, said, words, lang, created_at) "
            "values ($id, $said, $words, $lang, $now) on conflict (pin_id) do update set "
            "said = excluded.said, words = excluded.words, lang = excluded.lang, "
            "created_at = excluded.created_at, handled_at = null",
            {**row, "now": trail.utc(now)},
        )
        trail.note(tx, actor, Act.BETTER_SAY, "better", row["id"] or "", now=now)

    store.write(job)


def of_need(store: Store, actor: Actor, need_id: str) -> list[Better]:
    """List what was said about a need's pins, the latest first."""
    rules.check(actor, Act.FEEDBACK_READ)
    return _load(
        store,
        f"{SELECT} and pin.need_id = $need order by better.created_at desc",
        {"need": need_id},
    )


def unhappy(store: Store, actor: Actor, *, limit: int = 1000) -> list[Better]:
    """List who says that nothing is better and was not seen to yet, the longest waiting first."""
    rules.check(actor, Act.FEEDBACK_READ)
    return _load(
        store,
        f"{SELECT} and better.said = 'no' and better.handled_at is null "
        "order by better.created_at limit $limit",
        {"limit": limit},
    )


def handled(store: Store, actor: Actor, pin_ids: Sequence[PinId], *, now: datetime) -> None:
    """Note that the office has seen to what was said; a changed saying is to be seen to anew."""
    rules.check(actor, Act.FEEDBACK_READ)

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "update better set handled_at = $now "
            "where pin_id = any($ids) and handled_at is null returning pin_id",
            {"ids": list(pin_ids), "now": trail.utc(now)},
        )
        seen = sorted(row[0] for row in done)
        trail.note_many(tx, actor, Act.FEEDBACK_READ, "better", seen, now=now)

    store.write(job)


def share(store: Store, need_ids: Collection[str]) -> dict[str, Share]:
    """Count who says what about needs; needs about which nobody was heard are left out."""
    rows = store.read(
        "select pin.need_id, said, count(*) from better join pin on pin.id = better.pin_id "
        "where pin.need_id = any($ids) group by pin.need_id, said",
        {"ids": sorted(need_ids)},
    )
    counted: dict[str, dict[str, int]] = {}
    for need_id, said, number in rows:
        counted.setdefault(need_id, {})[said] = number
    return {need_id: Share(**said) for need_id, said in counted.items()}


def _load(store: Store, sql: str, params: dict[str, object]) -> list[Better]:
    return [
        Better(
            **{
                **row,
                "created_at": row["created_at"].replace(tzinfo=UTC),
                "handled_at": row["handled_at"] and row["handled_at"].replace(tzinfo=UTC),
            }
        )
        for row in store.rows(sql, params)
    ]
