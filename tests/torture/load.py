"""What an office does all day, with a line for each thing that was told stored; and the counting."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from data import areas, needs, pins, references, voices
from data.needs import NeedId
from data.pins import Draft
from data.problems import Problem
from data.rules import VISITOR, Actor, PersonId, PinId, Role
from data.store import Store
from geo.points import LonLat

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
AREA = areas.load("mariannenplatz")
OFFICE = Actor(Role.OFFICE, person=PersonId("person-office"), name="Büro")
FOUNTAIN = LonLat(13.4243, 52.50206)
# What stands in the trail exactly once for a thing that was acknowledged
ONCE = (
    "select thing, thing_id, act, step from trail where thing in ('pin', 'need') "
    "group by thing, thing_id, act, step having count(*) > 1"
)


class Lane:
    """One person's acts, each upon what they were told is stored."""

    def __init__(self, store: Store, name: str, tell: Callable[[str], None]) -> None:
        self._store, self._name, self._tell = store, name, tell
        self._dice = random.Random(name)
        self._waiting: list[PinId] = []
        self._shown: list[PinId] = []
        self._number = 0

    def step(self) -> None:
        """Do one thing and tell it; what is refused was not done."""
        acts = [self._add, self._add]
        acts += [self._release, self._withdraw] if self._waiting else []
        acts += [self._support, self._support, self._group] if self._shown else []
        self._number += 1
        told = self._dice.choice(acts)(f"{self._name}-{self._number}")
        self._tell(told)

    def _add(self, new: str) -> str:
        given = Draft(
            PinId(new), kind="problem", words=f"Satz von {new}", at=FOUNTAIN, code=f"c-{new}"
        )
        pins.add(self._store, VISITOR, AREA, [given], now=NOW)
        self._waiting.append(PinId(new))
        return f"pin {new}"

    def _release(self, _: str) -> str:
        pin_id = self._taken(self._waiting)
        pins.release(self._store, OFFICE, [pin_id], now=NOW)
        self._shown.append(pin_id)
        return f"released {pin_id}"

    def _withdraw(self, _: str) -> str:
        pin_id = self._taken(self._waiting)
        pins.withdraw(self._store, Actor(Role.SENDER, pin=pin_id), now=NOW)
        return f"withdrawn {pin_id}"

    def _support(self, new: str) -> str:
        pin_id = self._dice.choice(self._shown)
        voices.give(self._store, VISITOR, pin_id, key_hash=f"key-{new}", now=NOW)
        return f"voice key-{new}"

    def _group(self, new: str) -> str:
        pin_id = self._taken(self._shown)
        needs.create(
            self._store,
            OFFICE,
            need_id=NeedId(new),
            title=f"Anliegen {new}",
            field="OER",
            priority="now",
            pin_ids=[pin_id],
            now=NOW,
        )
        return f"need {new}"

    def _taken(self, ids: list[PinId]) -> PinId:
        return ids.pop(self._dice.randrange(len(ids)))


@dataclass
class Found:
    """What became of acknowledged acts."""

    acked: int = 0
    lost: int = 0
    doubled: int = 0
    loose: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Tell whether nothing is lost, doubled or loose."""
        return not (self.lost or self.doubled or self.loose)


def count(store: Store, told: Iterable[str]) -> Found:
    """Compare a database with what was told stored."""
    acts = [line.split(" ", 1) for line in told]
    withdrawn = {name for act, name in acts if act == "withdrawn"}
    status = dict(store.read("select id, status from pin"))
    full = {row[0] for row in store.read("select id from pin where words <> ''")}
    voiced = {row[0] for row in store.read("select key_hash from support")}
    known = {row[0] for row in store.read("select id from need")}
    here: dict[str, Callable[[str], bool]] = {
        "pin": lambda name: name in status,
        "released": lambda name: name in withdrawn or status.get(name) not in (None, "waiting"),
        "withdrawn": lambda name: status.get(name) == "withdrawn" and name not in full,
        "voice": lambda name: name in voiced,
        "need": lambda name: name in known,
    }
    lost = [f"{act} {name}" for act, name in acts if not here[act](name)]
    doubled = store.read(ONCE)
    loose = references.dangling(store)
    [[receipts]] = store.read("select count(*) from receipt")
    examples = [*lost[:3], *map(str, doubled[:3]), *map(str, list(loose.items())[:3])]
    return Found(
        len(acts), len(lost), len(doubled), len(loose) + (receipts != len(status)), examples
    )


def refused(error: Problem) -> bool:
    """Tell whether a store said that it cannot take anything now."""
    return error.key in ("store.disk_full", "store.failed")


def totals(rounds: Iterable[Found]) -> Counter[str]:
    """Add the counts of many rounds up."""
    sums: Counter[str] = Counter()
    for one in rounds:
        sums.update(acked=one.acked, lost=one.lost, doubled=one.doubled, loose=one.loose)
    return sums
