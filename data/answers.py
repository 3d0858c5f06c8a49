"""Answers: what the office tells the public about a need or a single pin, in the area's languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from data import rules, trail
from data.pins import PUBLIC
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import LANGUAGES, clean

REQUIRED = "de"
MAX_ANSWER = 2000
MAX_TYPED = 20 * MAX_ANSWER  # beyond it nothing is cleaned first
STEP = "answered"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)  # a version is the moment of the last change, in microseconds


@dataclass(frozen=True)
class Answer:
    """What is told about one thing, by language; without words it is none yet."""

    words: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    person: str = ""  # the name of who wrote it last
    at: datetime | None = None


def get(store: Store, actor: Actor, *, thing: str, thing_id: str) -> Answer:
    """Load what the public reads now about a need or a pin, and who wrote it when."""
    rules.check(actor, Act.ANSWER_GIVE)
    rows = store.read(
        "select lang, words, changed_at, "
        "coalesce((select name from person where person.id = person_id), '') "
        "from answer where thing = $thing and thing_id = $id",
        {"thing": thing, "id": thing_id},
    )
    if not rows:
        return Answer()
    at = max(row[2] for row in rows).replace(tzinfo=UTC)
    said = _ordered({lang: words for lang, words, _, _ in rows})
    return Answer(said, version(at), rows[0][3], at)


def give(
    store: Store,
    actor: Actor,
    *,
    thing: str,
    thing_id: str,
    words: Mapping[str, str],
    seen: int,
    now: datetime,
) -> Answer:
    """Tell the public, and every sender behind the thing, what the office answers.

    `seen` is the version that was shown; the same words given again are one answer. A change is
    a new step, the older one stays readable. Raises BadInput without German words or with too
    many, Conflict when somebody else changed it meanwhile or the pin is not public.
    """
    rules.check(actor, Act.ANSWER_GIVE)
    if thing not in ("pin", "need"):
        raise NotFound("pin.not_found")
    said = checked(words)

    def job(tx: Transaction) -> None:
        stands = _stored(tx, thing, thing_id)
        if stands and stands[0] == said:
            return
        if (stands[1] if stands else 0) != seen:
            raise Conflict("answer.changed_meanwhile")
        _store(tx, actor, thing, thing_id, said, seen=seen, now=now)
        _tell(tx, actor, thing, thing_id, said, now=now)

    store.write(job)
    return get(store, actor, thing=thing, thing_id=thing_id)


def checked(words: Mapping[str, str]) -> dict[str, str]:
    """Return the words cleaned, by language and without the empty ones; else BadInput."""
    said = {}
    for lang in LANGUAGES:
        typed = words.get(lang) or ""
        text = typed if len(typed) > MAX_TYPED else clean(typed)
        if len(text) > MAX_ANSWER:
            limits = {"limit": MAX_ANSWER, "length": len(text)}
            raise BadInput("answer.too_long", field=lang, **limits)
        if text:
            said[lang] = text
    if REQUIRED not in said:
        raise BadInput("answer.german_missing", field=REQUIRED)
    return said


def version(at: datetime) -> int:
    """Turn the moment of a change into a version, in microseconds."""
    return (at - EPOCH) // _TICK


def moment(of_version: int) -> datetime:
    """Turn a version into the moment of its change."""
    return EPOCH + of_version * _TICK


def spoken(store: Store, actor: Actor, *, thing: str, thing_id: str) -> dict[str, int]:
    """Count the pins behind a need or a pin by the language of their words."""
    rules.check(actor, Act.ANSWER_GIVE)
    column = "need_id" if thing == "need" else "id"
    return dict(
        store.read(
            f"select lang, count(*) from pin where {column} = $id "  # noqa: S608
            "and status = any($public) group by lang order by lang",
            {"id": thing_id, "public": sorted(PUBLIC)},
        )
    )


# --- inside -----------------------------------------------------------------


def _ordered(words: Mapping[str, str]) -> dict[str, str]:
    """Put languages in one order, so that the same answer is the same text in the trail."""
    return {lang: words[lang] for lang in LANGUAGES if lang in words}


def _stored(tx: Transaction, thing: str, thing_id: str) -> tuple[dict[str, str], int] | None:
    rows = tx.execute(
        "select lang, words, changed_at from answer where thing = $thing and thing_id = $id",
        {"thing": thing, "id": thing_id},
    )
    if not rows:
        return None
    at = max(row[2] for row in rows).replace(tzinfo=UTC)
    return _ordered({lang: words for lang, words, _ in rows}), version(at)


def _store(
    tx: Transaction,
    actor: Actor,
    thing: str,
    thing_id: str,
    said: Mapping[str, str],
    *,
    seen: int,
    now: datetime,
) -> None:
    """Put the words in place of those before, never at the same moment as these."""
    at = max(now, moment(seen + 1))
    tx.execute(
        "delete from answer where thing = $thing and thing_id = $id",
        {"thing": thing, "id": thing_id},
    )
    for lang, words in said.items():
        tx.execute(
            "insert into answer values ($thing, $id, $lang, $words, $person, $now)",
            {"thing": thing, "id": thing_id, "lang": lang, "words": words}
            | {"person": actor.person, "now": trail.utc(at)},
        )


def _tell(
    tx: Transaction,
    actor: Actor,
    thing: str,
    thing_id: str,
    said: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Write the step at every pin behind; a pin's status stays as it is."""
    pin_ids = _pins_of_need(tx, thing_id) if thing == "need" else _public_pin(tx, thing_id)
    tx.execute(
        "update pin set answered_at = coalesce(answered_at, $now), changed_at = $now "
        "where id = any($ids)",
        {"ids": pin_ids, "now": trail.utc(now)},
    )
    details = {"answers": dict(said)}
    trail.note_many(tx, actor, Act.ANSWER_GIVE, "pin", pin_ids, now=now, step=STEP, details=details)
    if thing == "need":
        trail.note(
            tx, actor, Act.ANSWER_GIVE, "need", thing_id, now=now, step=STEP, details=details
        )
        tx.execute(
            "update need set changed_at = $now where id = $id",
            {"id": thing_id, "now": trail.utc(now)},
        )


def _pins_of_need(tx: Transaction, need_id: str) -> list[str]:
    if not tx.execute("select id from need where id = $id and gone = ''", {"id": need_id}):
        raise NotFound("need.not_found")
    rows = tx.execute("select id from pin where need_id = $id order by id", {"id": need_id})
    return [row[0] for row in rows]


def _public_pin(tx: Transaction, pin_id: str) -> list[str]:
    found = tx.execute("select status from pin where id = $id", {"id": pin_id})
    if not found:
        raise NotFound("pin.not_found")
    if found[0][0] not in PUBLIC:
        raise Conflict("answer.not_public")
    return [pin_id]
