"""Free pins proposed to needs that are there: which one, why, how sure; staff accept or dismiss."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import groups, needs, rules, trail
from data.filters import Filter
from data.followers import FREE, OPEN_FOR_PINS, NeedId
from data.meanings import ready
from data.needs import Need
from data.pins import Pin
from data.problems import NotFound
from data.rules import Act, Actor, PinId
from data.store import Store, Transaction
from geo import fitting
from geo.fitting import Fit
from geo.kinship import WIDEST
from geo.needs import Voice
from geo.points import METRES_PER_DEGREE, LonLat

KEPT = 12  # pins that stand for a need, the newest near by; of more the mean is the same nearly
COLUMNS = "id, lon, lat, kind, field, lang, words, created_at"
AROUND = (
    WIDEST / METRES_PER_DEGREE
)  # degrees of latitude; twice as much reaches as far in longitude

Behind = dict[str, list[Voice]]  # by need id


@dataclass(frozen=True)
class Proposal:
    """A pin, or a group of pins, that fits a need, and what says so."""

    pin_id: PinId  # '' for a group
    need_id: NeedId
    number: int  # of the need
    title: str
    status: str
    why: Fit


def search(store: Store, actor: Actor, wanted: Filter) -> Iterator[tuple[float, list[Proposal]]]:
    """Look step by step among the free pins under a filter for those that fit an open need.

    Yields (share of the work that is done, new proposals); a pin has one, to the need that it
    fits best among those that were not dismissed for it.
    """
    rules.check(actor, Act.GROUP_SUGGEST)
    free, behind = groups.free(store, actor, wanted), _behind(store)
    vectors = _vectors([free, *behind.values()])
    known, dismissed = _needs(store), _dismissed(store)
    for share, fits in fitting.steps(free, behind, vectors=vectors):
        yield share, _best([fit for fit in fits if (fit.need, fit.pin) not in dismissed], known)


def listing(store: Store, actor: Actor, wanted: Filter) -> list[Proposal]:
    """List the free pins under a filter that fit an open need, the surest first."""
    return ordered([one for _, some in search(store, actor, wanted) for one in some])


def of_pin(store: Store, actor: Actor, pin: Pin, *, limit: int = 1) -> list[Proposal]:
    """List the open needs that a pin fits, the surest first; also for one that still waits."""
    rules.check(actor, Act.GROUP_SUGGEST)
    if pin.need_id:
        return []
    day = pin.created_at.date()
    voice = Voice(pin.id, pin.at, pin.kind, pin.field, pin.lang, pin.words, day)
    behind = _behind(store, [pin.at])
    fits = fitting.fitting([voice], behind, vectors=_vectors([[voice], *behind.values()]))
    known, dismissed = _needs(store), _dismissed(store, pin.id)
    found = [_proposal(fit, known) for fit in fits if (fit.need, fit.pin) not in dismissed]
    return found[:limit]


def of_group(
    store: Store, actor: Actor, pin_ids: Collection[PinId], *, limit: int = 3
) -> list[Proposal]:
    """List the open needs near by that free pins fit as one group, the surest first."""
    rules.check(actor, Act.GROUP_SUGGEST)
    given = {"ids": sorted(pin_ids)[: 10 * KEPT], "free": sorted(FREE)}
    where = "id = any($ids) and need_id is null and status = any($free)"
    free = groups.voices(store, where, given, limit=len(pin_ids))
    behind = _behind(store, [voice.at for voice in free])
    fits = fitting.together(free, behind, vectors=_vectors([free, *behind.values()]))
    known = _needs(store)
    return [_proposal(fit, known) for fit in fits[:limit]]


def accept(
    store: Store, actor: Actor, pin_ids: Collection[PinId], need_id: NeedId, *, now: datetime
) -> Need:
    """Take pins into the need that was proposed; Conflict when one has gone elsewhere."""
    return needs.add_pins(store, actor, need_id, pin_ids=pin_ids, now=now)


def dismiss(store: Store, actor: Actor, pin_id: PinId, need_id: NeedId, *, now: datetime) -> None:
    """Do not propose a pin to a need again; NotFound when one of them is not there."""
    rules.check(actor, Act.GROUP_SUGGEST)
    given = {"pin": pin_id, "need": need_id}

    def job(tx: Transaction) -> None:
        there = tx.execute(
            "select 1 from pin, need where pin.id = $pin and need.id = $need and need.gone = ''",
            given,
        )
        if not there:
            raise NotFound("group.not_found")
        done = tx.execute(
            "insert into dismissed_proposal values ($need, $pin, $person, $now) "
            "on conflict do nothing returning pin_id",
            {**given, "person": actor.person, "now": trail.utc(now)},
        )
        if done:
            _note(tx, actor, pin_id, need_id, now=now, dismissed=True)

    store.write(job)


def restore(store: Store, actor: Actor, pin_id: PinId, need_id: NeedId, *, now: datetime) -> None:
    """Propose a pin to a need again; NotFound when it was not dismissed."""
    rules.check(actor, Act.GROUP_SUGGEST)

    def job(tx: Transaction) -> None:
        given = {"pin": pin_id, "need": need_id}
        where = "need_id = $need and pin_id = $pin"
        if not tx.execute(
            f"delete from dismissed_proposal where {where} returning pin_id",  # noqa: S608
            given,
        ):
            raise NotFound("group.not_found")
        _note(tx, actor, pin_id, need_id, now=now, dismissed=False)

    store.write(job)


def ordered(found: Collection[Proposal]) -> list[Proposal]:
    """Put proposals in order, the surest first."""
    return sorted(found, key=lambda one: (-one.why.sureness, one.why.metres, one.pin_id))


# --- inside -----------------------------------------------------------------


def _behind(store: Store, near: Sequence[LonLat] = ()) -> Behind:
    """Read the pins that stand for each open need: everywhere, or no more than 220 m away."""
    window, params = "", {}
    if near:
        lons, lats = [at.lon for at in near], [at.lat for at in near]
        window = "and lon between $west and $east and lat between $south and $north "
        params = {
            "west": min(lons) - 2 * AROUND,
            "east": max(lons) + 2 * AROUND,
            "south": min(lats) - AROUND,
            "north": max(lats) + AROUND,
        }
    rows = store.read(
        f"select need_id, {COLUMNS} from (select need_id, {COLUMNS}, row_number() over "  # noqa: S608
        "(partition by need_id order by created_at desc, id) as nth from pin where need_id in "
        f"(select id from need where gone = '' and status = any($open)) {window}) as behind "
        "where nth <= $most",
        {**params, "open": sorted(OPEN_FOR_PINS), "most": KEPT},
    )
    found: Behind = {}
    for need_id, *row in rows:
        found.setdefault(need_id, []).append(groups.voice(*row))
    return found


def _vectors(some: Sequence[Sequence[Voice]]) -> Mapping[str, Any]:
    return ready({voice.id: voice.words for voices in some for voice in voices})


def _needs(store: Store) -> dict[str, tuple[int, str, str]]:
    rows = store.read("select id, number, title, status from need where gone = ''")
    return {need_id: tuple(rest) for need_id, *rest in rows}


def _dismissed(store: Store, pin_id: str = "") -> set[tuple[str, str]]:
    where, params = ("where pin_id = $pin", {"pin": pin_id}) if pin_id else ("", None)
    return set(store.read(f"select need_id, pin_id from dismissed_proposal {where}", params))  # noqa: S608


def _best(fits: Sequence[Fit], known: Mapping[str, tuple[int, str, str]]) -> list[Proposal]:
    best: dict[str, Fit] = {}
    for fit in sorted(fits, key=lambda fit: (-fit.sureness, fit.metres, fit.need)):
        best.setdefault(fit.pin, fit)
    return [_proposal(fit, known) for fit in best.values() if fit.need in known]


def _proposal(fit: Fit, known: Mapping[str, tuple[int, str, str]]) -> Proposal:
    number, title, status = known[fit.need]
    return Proposal(PinId(fit.pin), NeedId(fit.need), number, title, status, fit)


def _note(
    tx: Transaction,
    actor: Actor,
    pin_id: PinId,
    need_id: NeedId,
    *,
    now: datetime,
    dismissed: bool,
) -> None:
    details = {"proposed": need_id, "dismissed": dismissed}
    trail.note(tx, actor, Act.GROUP_SUGGEST, "pin", pin_id, now=now, details=details)
