"""What an application may say that it answers: needs and pins near its place, and those it names."""

from dataclasses import dataclass

from data import applications, needs, office, pins, rules
from data.filters import Box, Filter
from data.followers import OPEN_FOR_PINS, NeedStatus
from data.needs import Need
from data.pins import PUBLIC, Kind, Pin
from data.rules import HOUSE, VISITOR, Act, Actor, PinId
from data.store import Store
from geo.points import LonLat, metres

NEAR_METRES = 300  # the same two or three blocks
LAT, LON = 0.0027, 0.0045  # the same in degrees, at 52.5 N
NOWHERE = float("inf")
MOST = 12  # of each sort offered beside those that are named already


@dataclass(frozen=True)
class Answerable:
    """Needs and pins, those named already first, then the nearest; strengths need no answer."""

    needs: tuple[Need, ...]
    pins: tuple[Pin, ...]


def near(store: Store, actor: Actor, project_id: str) -> Answerable:
    """List what an application may answer; an applicant sees public needs alone."""
    application = applications.get(store, actor, project_id)
    spot = application.parts["at"]
    named = frozenset((*application.parts["needs"], *application.parts["pins"]))
    at = spot.at if spot else None
    return Answerable(_needs(store, actor, at, named), _pins(store, at, named))


def _needs(
    store: Store, actor: Actor, at: LonLat | None, named: frozenset[str]
) -> tuple[Need, ...]:
    staff = rules.may(actor, Act.NEED_WRITE)
    found = [
        need
        for need in needs.listing(store, HOUSE)
        if need.id in named
        or (need.status in OPEN_FOR_PINS and (staff or need.status != NeedStatus.OPEN))
    ]
    far = {need.id: metres(at, need.at) if at and need.at else NOWHERE for need in found}
    found.sort(key=lambda need: (need.id not in named, far[need.id], need.number))
    offered = [need for need in found if need.id not in named and far[need.id] <= NEAR_METRES]
    return (*(need for need in found if need.id in named), *offered[:MOST])


def _pins(store: Store, at: LonLat | None, named: frozenset[str]) -> tuple[Pin, ...]:
    asked_for = [PinId(one) for one in sorted(named)]
    chosen = [pin for pin in office.pins_by_id(store, HOUSE, asked_for) if pin.status in PUBLIC]
    if at is None:
        return tuple(chosen)
    box = Box(at.lon - LON, at.lat - LAT, at.lon + LON, at.lat + LAT)
    asked = (Kind.PROBLEM, Kind.IDEA)
    around = pins.listing(store, VISITOR, Filter(box=box, kind=asked), limit=200)
    offered = sorted(
        (pin for pin in around if pin.id not in named), key=lambda pin: metres(at, pin.at)
    )
    return (*chosen, *offered[:MOST])
