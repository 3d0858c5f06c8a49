"""Random histories of a neighbourhood: whatever the office does in whatever order, nothing is lost."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from data import (
    need_ends,
    need_moves,
    needs,
    pins,
    project_moves,
    projects,
    results,
    trail,
    undo,
    voices,
)
from data.filters import Filter
from data.followers import PIN_STATUS
from data.pins import Status
from data.problems import Problem
from data.rules import HOUSE, VISITOR
from data.store import Store

PINS, STEPS = 14, 80
# The public steps after which a pin may stand so
LAST = {
    Status.WAITING: {"received", "waiting_again"},
    Status.HIDDEN: {"hidden"},
    Status.READ: {"released", "ungrouped"},
    Status.GROUPED: {"grouped", "reopened"},
    Status.FORWARDED: {"forwarded"},
    Status.IN_PROJECT: {"project"},
    Status.DONE: {"done"},
    Status.NOT_FEASIBLE: {"not_feasible"},
    Status.WITHDRAWN: {"withdrawn"},
}
BEARING = set().union(*LAST.values())


class Kiez:
    """One history: what the office may do next, chosen by the dice."""

    def __init__(self, store: Store, area, office, now: datetime, draft, seed: int) -> None:
        self.store, self.area, self.office, self.now = store, area, office, now
        self.dice = random.Random(seed)
        self.made = 0
        self.codes = {f"p{i:02}": f"{i:05}-{seed:05}-00{i % 10}" for i in range(PINS)}
        self.words = {pin_id: f"Wort {pin_id}" for pin_id in self.codes}
        drafts = [
            draft(self.words[pin_id], id=pin_id, code=code) for pin_id, code in self.codes.items()
        ]
        pins.add(store, VISITOR, area, drafts, now=now)
        pins.release(store, office, [*self.codes][: PINS - 2], now=now)
        for pin_id in [*self.codes][:3]:
            key = voices.key_of(pin_id, f"{seed:032}")
            voices.give(store, VISITOR, pin_id, key_hash=key, now=now)

    def name(self, what: str) -> str:
        self.made += 1
        return f"{what}-{self.made}"

    def some(self, most: int = 3) -> list[str]:
        return self.dice.sample([*self.codes], self.dice.randint(1, most))

    def standing(self, status: str, most: int) -> list[str]:
        """Choose pins that stand so; now and then any, to be refused."""
        rows = self.store.read("select id from pin where status = $s order by id", {"s": status})
        found = [pin_id for (pin_id,) in rows]
        if not found or self.dice.random() < 0.15:
            return self.some(most)
        return self.dice.sample(found, self.dice.randint(1, min(most, len(found))))

    def need(self) -> needs.Need:
        found = needs.listing(self.store, self.office)
        return self.dice.choice(found)

    def members(self, need: needs.Need) -> list[str]:
        found = [pin.id for pin in needs.pins_of(self.store, self.office, need.id)]
        return self.dice.sample(found, self.dice.randint(1, len(found))) if found else []

    # --- what can happen ----------------------------------------------------

    def release(self) -> None:
        chosen = self.standing(self.dice.choice(["waiting", "hidden"]), 2)
        pins.release(self.store, self.office, chosen, now=self.now)

    def hide(self) -> None:
        pins.hide(self.store, self.office, self.some(1), reason="insult", now=self.now)

    def tag(self) -> None:
        field = self.dice.choice(["OER", "GB", ""])
        pins.tag(self.store, self.office, self.some(), field=field, climate=True, now=self.now)

    def create(self) -> None:
        needs.create(
            self.store, self.office, need_id=self.name("need"), title=self.name("Bedarf"),
            field="OER", priority="now", pin_ids=self.standing("read", 4), now=self.now,
        )  # fmt: skip

    def add(self) -> None:
        needs.add_pins(
            self.store, self.office, self.need().id, pin_ids=self.standing("read", 2), now=self.now
        )

    def take_out(self) -> None:
        need = self.need()
        chosen = self.members(need)
        needs.remove_pins(self.store, self.office, need.id, pin_ids=chosen, now=self.now)

    def change(self) -> None:
        need, who = self.need(), self.dice.choice(["", "one", "third"])
        needs.change(self.store, self.office, need.id, version=need.version, who=who, now=self.now)

    def merge(self) -> None:
        into, other = self.need(), self.need()
        need_moves.merge(
            self.store, self.office, into.id, [other.id], version=into.version, why="",
            now=self.now,
        )  # fmt: skip

    def split(self) -> None:
        need = self.need()
        need_moves.split(
            self.store, self.office, need.id, new_id=self.name("need"), title=self.name("Teil"),
            field="BI", priority="later", pin_ids=self.members(need), version=need.version,
            now=self.now,
        )  # fmt: skip

    def move(self) -> None:
        chosen = self.members(self.need())
        need_moves.move(self.store, self.office, chosen, self.need().id, now=self.now)

    def forward(self) -> None:
        need = self.need()
        needs.forward(
            self.store, self.office, need.id, authority=self.dice.choice(["bsr", "sga"]),
            sentence=self.name("Weitergegeben"), version=need.version, now=self.now,
        )  # fmt: skip

    def project(self) -> None:
        at = self.need().at or next(iter(pins.listing(self.store, HOUSE, Filter()))).at
        projects.create(
            self.store, self.office, project_id=self.name("project"), title=self.name("Projekt"),
            description="", fund="baufonds", cents=60_000_00, field="OER", climate=False, at=at,
            area=self.area, need_ids=[self.need().id], now=self.now,
            status=self.dice.choice(["submitted", "approved", "rejected", "draft"]),
        )  # fmt: skip

    def finish(self) -> None:
        one = self.dice.choice(projects.listing(self.store, self.office))
        ways = project_moves.allowed(self.office, one.status, one.fund)
        project_moves.move(
            self.store, self.office, one.id, to=self.dice.choice(ways).to, version=one.version,
            reason="Darum.", conditions="Wenn es geht.", now=self.now,
        )  # fmt: skip

    def close(self) -> None:
        need = self.need()
        need_ends.close(
            self.store, self.office, need.id, status=self.dice.choice(["done", "not_feasible"]),
            sentence=self.name("Ende"), version=need.version, now=self.now,
        )  # fmt: skip

    def reopen(self) -> None:
        need = self.need()
        need_ends.reopen(
            self.store, self.office, need.id, reason="Doch nicht.", version=need.version,
            now=self.now,
        )  # fmt: skip

    def withdraw(self) -> None:
        [pin_id] = self.some(1)
        if self.dice.random() < 0.15:  # else a neighbourhood would soon be empty
            pins.withdraw(self.store, pins.by_receipt(self.store, self.codes[pin_id]), now=self.now)

    def undo(self) -> None:
        deeds = undo.last(self.store, self.office, limit=4)
        undo.undo(self.store, self.office, self.dice.choice(deeds).id, now=self.now)

    def acts(self) -> list[Callable[[], None]]:
        often = [self.create, self.add, self.merge, self.split, self.move, self.undo, self.release]
        return [
            *often, *often, self.hide, self.tag, self.take_out, self.change, self.forward,
            self.forward, self.project, self.finish, self.close, self.reopen, self.withdraw,
        ]  # fmt: skip

    def step(self) -> str:
        """Let something happen; what is refused leaves everything as it was."""
        self.now += timedelta(minutes=1)
        act = self.dice.choice(self.acts())
        before, deeds = self.stand(), self.deeds()
        try:
            act()
        except (Problem, IndexError):  # an IndexError: there is no need or deed to choose from
            assert self.stand() == before, f"refused, but changed: {act.__name__}"
            return ""
        if self.deeds() > deeds and act != self.undo and self.dice.random() < 0.35:
            [last] = undo.last(self.store, self.office)
            undo.undo(self.store, self.office, last.id, now=self.now)
            assert self.stand() == before, f"not undone exactly: {act.__name__}"
        return act.__name__

    # --- what must hold -----------------------------------------------------

    def deeds(self) -> int:
        return self.store.read("select coalesce(max(id), 0) from deed")[0][0]

    def stand(self) -> tuple[object, ...]:
        """Return how all pins and needs stand, without versions and times of change."""
        return (
            self.store.read(
                "select id, number, kind, field, climate, words, status, need_id, answer_due, "
                "answered_at from pin order by id"
            ),
            self.store.read(
                "select id, number, title, field, priority, status, authority, public_sentence, "
                "climate, who, responsible, answer_on, ending from need where gone = '' order by id"
            ),
        )

    def check(self) -> None:
        known = {need.id: need for need in needs.listing(self.store, self.office)}
        rows = self.store.read("select id, status, need_id, words from pin order by id")
        assert [pin_id for pin_id, *_ in rows] == sorted(self.codes)
        for pin_id, status, need_id, words in rows:
            if need_id is None:
                assert status in (Status.WAITING, Status.HIDDEN, Status.READ, Status.WITHDRAWN)
            else:
                assert status == PIN_STATUS[known[need_id].status], pin_id
            assert words == ("" if status == Status.WITHDRAWN else self.words[pin_id])
            told = [s.key for s in trail.steps(self.store, "pin", pin_id) if s.key in BEARING]
            assert told[-1] in LAST[Status(status)], (pin_id, status, told)
        counted = sum(need.pins for need in known.values())
        assert counted == sum(need_id is not None for _, _, need_id, _ in rows)
        assert sum(needs.counts(self.store, self.office)["status"].values()) == len(known)

    def check_end(self) -> None:
        """Receipts and supports are as they were, and results name no need that is gone."""
        for pin_id, code in self.codes.items():
            assert pins.by_receipt(self.store, code).pin == pin_id
        rows = self.store.read("select pin_id from support order by pin_id")
        assert [pin_id for (pin_id,) in rows] == [*self.codes][:3]
        here = {need.id for need in needs.listing(self.store, self.office)}
        for entry in results.entries(self.store):
            assert set(entry.needs) <= here


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(n, marks=pytest.mark.thorough) for n in (2, 3))]
)
def test_whatever_the_office_does_every_pin_stays_in_one_place_of_its_life(
    store, area, office, now, draft, seed
):
    kiez = Kiez(store, area, office, now, draft, seed)
    done = set()
    for _ in range(STEPS):
        done.add(kiez.step())
        kiez.check()
    kiez.check_end()
    assert len(done) > 8  # the dice did not only find refusals
