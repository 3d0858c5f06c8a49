"""Suggested groups: pins in no need that look like one, with why; staff accept or dismiss them."""

import hashlib
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from data import needs, pins, rules, trail
from data.filters import BERLIN, Filter
from data.needs import FREE, Need, NeedId
from data.pins import Pin
from data.problems import NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo import meaning
from geo.needs import Group, Voice, suggest
from geo.points import LonLat

CAP = 5000  # pins compared at once: about five seconds
KEPT = 20_000  # vectors kept in memory: 31 MB

_vectors: dict[str, np.ndarray] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Suggestion:
    """Pins that look like one need, and the facts that say so."""

    key: str  # the sorted pin ids, hashed: the same pins are the same suggestion
    ids: tuple[PinId, ...]
    centre: LonLat
    width_m: float
    fields: tuple[tuple[str, int], ...]  # most frequent first
    subjects: tuple[str, ...]  # keys of `geo.subjects`
    words: Mapping[str, tuple[str, ...]]  # language -> telling words
    first: date | None
    last: date | None
    strength: bool
    sureness: float  # 0..1

    @property
    def why(self) -> dict[str, Any]:
        """The facts as plain data, to be kept with the need."""
        return {
            "pins": len(self.ids),
            "width_m": round(self.width_m),
            "subjects": list(self.subjects),
            "words": {lang: list(words) for lang, words in self.words.items()},
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "sureness": round(self.sureness, 2),
        }


def suggestions(
    store: Store, actor: Actor, wanted: Filter, *, with_dismissed: bool = False
) -> list[Suggestion]:
    """Suggest groups among the free pins under a filter (the newest 5,000), the largest first.

    Vectors that are ready are used, see `prepare`; without them the words' subjects decide.
    """
    found = _free(store, actor, wanted)
    ready = ready_vectors({pin.id: pin.words for pin in found})
    groups = [
        _suggestion(group) for group in suggest([_voice(pin) for pin in found], vectors=ready)
    ]
    dismissed = set() if with_dismissed else _dismissed(store)
    return [group for group in groups if group.key not in dismissed]


def ready_vectors(texts: Mapping[PinId, str]) -> dict[str, np.ndarray]:
    """Return the vectors that `prepare` keeps of pins' texts, by pin id."""
    found = {str(pin_id): _vectors.get(_key(text)) for pin_id, text in texts.items()}
    return {pin_id: vector for pin_id, vector in found.items() if vector is not None}


def missing_vectors(store: Store, actor: Actor, wanted: Filter) -> list[str]:
    """List the texts of free pins under a filter whose meaning has not been read yet.

    Empty when there is no model: then there is nothing to wait for.
    """
    if not meaning.available():
        return []
    words = dict.fromkeys(pin.words for pin in _free(store, actor, wanted) if pin.words)
    return [text for text in words if _key(text) not in _vectors]


def prepare(texts: Sequence[str]) -> None:
    """Read the meaning of texts (about 13 ms each) and keep it in memory for `suggestions`."""
    found = meaning.vectors(texts)
    if found is None:
        return
    with _lock:
        for text, vector in zip(texts, found, strict=True):
            _vectors[_key(text)] = vector
        for key in list(_vectors)[: max(0, len(_vectors) - KEPT)]:
            del _vectors[key]


def accept(
    store: Store,
    actor: Actor,
    suggestion: Suggestion,
    *,
    need_id: NeedId,
    title: str,
    field: str,
    priority: str,
    now: datetime,
    ids: Collection[PinId] | None = None,
) -> Need:
    """Make a need of a suggestion's pins, or of some of them; why it was suggested is kept."""
    return needs.create(
        store,
        actor,
        need_id=need_id,
        title=title,
        field=field,
        priority=priority,
        pin_ids=suggestion.ids if ids is None else ids,
        why=suggestion.why,
        now=now,
    )


def dismiss(store: Store, actor: Actor, key: str, *, now: datetime) -> None:
    """Do not suggest exactly these pins together again; with another pin it is another group."""
    rules.check(actor, Act.GROUP_SUGGEST)
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise NotFound("group.not_found")

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "insert into dismissed_group values ($key, $now, $person) "
            "on conflict (key) do nothing returning key",
            {"key": key, "now": trail.utc(now), "person": actor.person},
        )
        if done:
            details = {"dismissed": True}
            trail.note(tx, actor, Act.GROUP_SUGGEST, "group", key, now=now, details=details)

    store.write(job)


def restore(store: Store, actor: Actor, key: str, *, now: datetime) -> None:
    """Suggest a dismissed group again."""
    rules.check(actor, Act.GROUP_SUGGEST)

    def job(tx: Transaction) -> None:
        if not tx.execute(
            "delete from dismissed_group where key = $key returning key", {"key": key}
        ):
            raise NotFound("group.not_found")
        details = {"dismissed": False}
        trail.note(tx, actor, Act.GROUP_SUGGEST, "group", key, now=now, details=details)

    store.write(job)


def key_of(pin_ids: Iterable[str]) -> str:
    """Name a set of pins, whatever their order.

    >>> key_of(["b", "a"]) == key_of(["a", "b"]) != key_of(["ab"])
    True
    """
    return hashlib.sha256("\n".join(sorted(pin_ids)).encode()).hexdigest()


def _free(store: Store, actor: Actor, wanted: Filter) -> list[Pin]:
    rules.check(actor, Act.GROUP_SUGGEST)
    free = tuple(sorted(status for status in FREE if not wanted.status or status in wanted.status))
    if not free:
        return []
    return pins.listing(store, actor, replace(wanted, status=free, need="-"), limit=CAP)


def _voice(pin: Pin) -> Voice:
    day = pin.created_at.astimezone(BERLIN).date()
    return Voice(pin.id, pin.at, pin.kind, pin.field, pin.lang, pin.words, day)


def _suggestion(group: Group) -> Suggestion:
    return Suggestion(
        key=key_of(group.ids),
        ids=tuple(PinId(pin_id) for pin_id in group.ids),
        centre=group.centre,
        width_m=group.width_m,
        fields=group.fields,
        subjects=group.subjects,
        words=group.words,
        first=group.first,
        last=group.last,
        strength=group.strength,
        sureness=group.sureness,
    )


def _dismissed(store: Store) -> set[str]:
    return {row[0] for row in store.read("select key from dismissed_group")}


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
