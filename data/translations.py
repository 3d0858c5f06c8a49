"""A pin's words in another language, typed by somebody of the office who knows both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from data import pins, rules, trail, unchanged
from data.problems import BadInput, Conflict
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import bounded

MAX_WORDS = 2000
LANGUAGES = ("de", "en", "tr", "ar")


@dataclass(frozen=True)
class Translation:
    """A pin's words in a language; by whom and when (UTC)."""

    pin_id: PinId
    lang: str
    words: str
    person: str
    at: datetime


def of_pins(
    store: Store, actor: Actor, pin_ids: Iterable[PinId]
) -> dict[PinId, dict[str, Translation]]:
    """Load what was translated of pins, by pin and language; for the office alone."""
    rules.check(actor, Act.PIN_REVIEW)
    there = unchanged.pins_in(store, "translation")
    ids = [pin_id for pin_id in pin_ids if pin_id in there]
    if not ids:
        return {}
    rows = store.read(
        "select pin_id, lang, words, coalesce(person.name, ''), changed_at from translation "
        "left join person on person.id = person_id where pin_id = any($ids) order by lang",
        {"ids": ids},
    )
    found: dict[PinId, dict[str, Translation]] = {}
    for pin_id, lang, words, person, at in rows:
        one = Translation(PinId(pin_id), lang, words, person, at.replace(tzinfo=UTC))
        found.setdefault(one.pin_id, {})[lang] = one
    return found


def write(
    store: Store,
    actor: Actor,
    pin_id: PinId,
    lang: str,
    words: str,
    *,
    of: str,
    seen: datetime | None,
    now: datetime,
) -> None:
    """Keep a pin's words in a language; none take the translation away.

    `of` are the words that were translated, `seen` the time of the translation that was there
    (None: there was none). Raises Conflict when either changed meanwhile: nothing is overwritten,
    and nothing made from words that were blacked out is kept.
    """
    rules.check(actor, Act.PIN_REVIEW)
    pin = pins.get(store, actor, pin_id)
    if lang not in LANGUAGES or lang == pin.lang:
        raise BadInput("translation.language", field="lang")
    said = bounded(words, MAX_WORDS, "words", typed=10 * MAX_WORDS)

    def job(tx: Transaction) -> None:
        _check_same(tx, pin_id, lang, of, seen)
        key = {"id": pin_id, "lang": lang}
        tx.execute("delete from translation where pin_id = $id and lang = $lang", key)
        if said:
            tx.execute(
                "insert into translation values ($id, $lang, $words, $person, $now)",
                {**key, "words": said, "person": actor.person, "now": trail.utc(now)},
            )
        details = {"lang": lang, "taken_away": not said}
        # a line of its own sort: the pin itself stands where it stood
        trail.note(tx, actor, Act.PIN_REVIEW, "translation", pin_id, now=now, details=details)

    store.write(job)


# --- inside -----------------------------------------------------------------


def _check_same(tx: Transaction, pin_id: PinId, lang: str, of: str, seen: datetime | None) -> None:
    stands = tx.execute("select words from pin where id = $id", {"id": pin_id})
    if not stands or stands[0][0] != of:
        raise Conflict("translation.words_changed")
    there = tx.execute(
        "select changed_at from translation where pin_id = $id and lang = $lang",
        {"id": pin_id, "lang": lang},
    )
    if (there[0][0] if there else None) != (trail.utc(seen) if seen else None):
        raise Conflict("translation.changed_meanwhile")
