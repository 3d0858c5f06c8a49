"""Suggested groups: pins in no need that look like one, with why; staff accept or dismiss them."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from data import filters, needs, pins, rules
from data.dismissals import Again, Judge, members, put_aside, take_back
from data.filters import Filter, local_day
from data.meanings import ready
from data.needs import FREE, Need, NeedId
from data.problems import NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo.needs import Group, Voice, describe, steps
from geo.points import LonLat

CAP = 50_000  # pins looked at in one search: about half a minute without vectors


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
    by_hand: bool = False  # put together by somebody, not found
    again: Again | None = None  # dismissed before, and changed since

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


def free(store: Store, actor: Actor, wanted: Filter, *, limit: int = CAP) -> list[Voice]:
    """Read the pins under a filter that may go into a need, as far as grouping needs to know."""
    rules.check(actor, Act.GROUP_SUGGEST)
    status = tuple(sorted(one for one in FREE if not wanted.status or one in wanted.status))
    if not status:
        return []
    found = filters.where(replace(wanted, status=status, need="-"), pins.scope(actor))
    return voices(store, *found, limit=limit)


def voices(store: Store, where: str, params: Mapping[str, Any], *, limit: int) -> list[Voice]:
    """Read pins under a condition for grouping, the newest first."""
    sql = "select id, lon, lat, kind, field, lang, words, created_at from pin where "
    rows = store.read(
        f"{sql} {where} order by created_at desc, number desc limit $most",
        {**params, "most": limit},
    )
    return [voice(*row) for row in rows]


def voice(
    pin_id: str, lon: float, lat: float, kind: str, field: str, lang: str, words: str, at: datetime
) -> Voice:
    """Make of a pin's row what grouping may know of it; the day is one of Berlin."""
    day = local_day(at.replace(tzinfo=UTC))
    return Voice(pin_id, LonLat(lon, lat), kind, field, lang, words, day)


def suggestions(
    store: Store, actor: Actor, wanted: Filter, *, with_dismissed: bool = False
) -> list[Suggestion]:
    """Suggest groups among the free pins under a filter, the largest first.

    Vectors that are ready are used, see `data.meanings`; without them the words' subjects decide.
    """
    found = free(store, actor, wanted)
    steps = search(store, actor, found, with_dismissed=with_dismissed)
    return ordered([group for _, some in steps for group in some])


def search(
    store: Store, actor: Actor, found: Sequence[Voice], *, with_dismissed: bool = False
) -> Iterator[tuple[float, list[Suggestion]]]:
    """Look for groups step by step: (share of the work that is done, new suggestions)."""
    rules.check(actor, Act.GROUP_SUGGEST)
    judge = Judge({} if with_dismissed else members(store), [one.id for one in found])
    for share, some in steps(found, vectors=ready({one.id: one.words for one in found})):
        every = [_suggestion(group) for group in some]
        yield (
            share,
            [
                replace(group, again=judge.again(group.ids))
                for group in every
                if not judge.away(group.key, group.ids)
            ],
        )


def ordered(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Put suggestions in order, the largest first, then the surest."""
    return sorted(found, key=lambda group: (-len(group.ids), -group.sureness, group.ids))


def put_together(store: Store, actor: Actor, pin_ids: Collection[PinId]) -> Suggestion | None:
    """Describe pins that somebody chose as one suggestion; None when none of them is free."""
    rules.check(actor, Act.GROUP_SUGGEST)
    given = {"ids": sorted(pin_ids), "free": sorted(FREE)}
    where = "id = any($ids) and need_id is null and status = any($free)"
    found = voices(store, where, given, limit=len(pin_ids))
    group = describe(found, vectors=ready({one.id: one.words for one in found}))
    return replace(_suggestion(group), by_hand=True) if group else None


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


def dismiss(store: Store, actor: Actor, pin_ids: Collection[PinId], *, now: datetime) -> str:
    """Do not suggest these pins together again until the group has really changed.

    Returns the key by which it can be taken back; NotFound when one of the pins is not there.
    """
    rules.check(actor, Act.GROUP_SUGGEST)
    ids = sorted(set(pin_ids))
    key = key_of(ids)

    def job(tx: Transaction) -> None:
        there = tx.execute("select count(*) from pin where id = any($ids)", {"ids": ids})
        if not ids or there[0][0] != len(ids):
            raise NotFound("group.not_found")
        put_aside(tx, actor, key, ids, now=now)

    store.write(job)
    return key


def restore(store: Store, actor: Actor, key: str, *, now: datetime) -> None:
    """Suggest a dismissed group again."""
    rules.check(actor, Act.GROUP_SUGGEST)
    store.write(lambda tx: take_back(tx, actor, key, now=now))


def key_of(pin_ids: Iterable[str]) -> str:
    """Name a set of pins, whatever their order.

    >>> key_of(["b", "a"]) == key_of(["a", "b"]) != key_of(["ab"])
    True
    """
    return hashlib.sha256("\n".join(sorted(pin_ids)).encode()).hexdigest()


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
