"""A body with its members and an open sitting, for the tests of sittings."""

from dataclasses import dataclass, field
from datetime import date, datetime

from data import bodies, invitations, members, pots, projects, sittings
from data.rules import HOUSE, Actor, Role
from data.sittings import Item

CHAIR = 1  # the number of the member who is the chair


@dataclass
class Hall:
    """A sitting and who can act in it; `m(1)` is the actor of member 1, "m1" its id."""

    store: object
    now: datetime
    office: Actor
    area: object
    spots: object
    body: str = "body-1"
    id: str = "sitting-1"
    voted: int = field(default=0)

    def m(self, number: int) -> Actor:
        return Actor(Role.JURY, person=f"person-m{number}", name=f"Mitglied {number}")

    def add_body(self, how=None, *, kind="jury", body="body-1"):
        bodies.add(
            self.store, self.office, body_id=body, kind=kind, title="Jury",
            valid_from=date(2026, 1, 1), now=self.now, how=how,
        )  # fmt: skip

    def add_member(self, number: int, *, resident=True, substitute=False, body="body-1", **changes):
        entry = {"name": f"Mitglied {number}", "resident": resident, "substitute": substitute}
        entry |= {"chair": number == CHAIR, "term_from": date(2026, 1, 1)}
        entry |= {"term_to": date(2027, 12, 31)} | changes
        one = {"member_id": f"m{number}", "now": self.now}
        members.add(self.store, self.office, body_id=body, **one, **entry)
        self.store.write(lambda tx: tx.execute(
            "update member set person_id = $person where id = $id",
            {"person": f"person-m{number}", "id": f"m{number}"},
        ))  # fmt: skip

    def let_in(self, number: int, token: str = ""):
        token = token or f"link-{number}"
        invitations.invite(self.store, self.office, f"m{number}", token=token, now=self.now)
        invitations.accept(
            self.store, token, person_id=f"person-m{number}", session=f"in-{token}", now=self.now
        )

    def add_project(self, number: int, cents=500_00, *, fund="aktionsfonds"):
        projects.create(
            self.store, HOUSE, project_id=f"p{number}", title=f"Projekt {number}", description="",
            fund=fund, cents=cents, field="OER", climate=False, at=self.spots.lawn, area=self.area,
            need_ids=[], status="before_jury", now=self.now,
        )  # fmt: skip

    def allot(self, cents, fund="aktionsfonds"):
        pots.allot(
            self.store, HOUSE, fund=fund, year=self.now.year, cents=cents, seen=0, now=self.now
        )

    def plan(self, *items: Item, sitting="", body=""):
        made = sittings.plan(
            self.store, self.office, sitting_id=sitting or self.id, body_id=body or self.body,
            title="Sitzung", place="Büro", held_at=self.now, public=False, now=self.now,
        )  # fmt: skip
        sittings.put_on(
            self.store, self.office, made.id, items=items, version=made.version, now=self.now
        )

    @property
    def state(self):
        return sittings.standing(self.store, self.office, self.id, now=self.now)

    def lead(self, act, actor=None, **given):
        act(self.store, actor or self.office, self.id, seen=self.state.last, now=self.now, **given)

    def come(self, *numbers: int):
        for number in numbers:
            sittings.come(self.store, self.m(number), self.id, member_id=f"m{number}", now=self.now)

    def leave(self, *numbers: int):
        for number in numbers:
            sittings.leave(
                self.store, self.m(number), self.id, member_id=f"m{number}", now=self.now
            )

    def recuse(self, number: int, item="i1", why="own"):
        sittings.recuse(
            self.store, self.m(number), self.id, item_id=item, member_id=f"m{number}", why=why,
            now=self.now,
        )  # fmt: skip

    def call(self, item="i1"):
        self.lead(sittings.begin_item, item_id=item)

    def begin(self, item="i1", *, secret=False, way="devices") -> str:
        self.voted += 1
        vote_id = f"vote-{self.voted}"
        self.lead(sittings.begin_vote, item_id=item, vote_id=vote_id, secret=secret, way=way)
        return vote_id

    def vote(self, number: int, choice="yes", vote_id=""):
        sittings.vote(
            self.store, self.m(number), self.id, vote_id=vote_id or f"vote-{self.voted}",
            choice=choice, now=self.now,
        )  # fmt: skip

    def end(self):
        self.lead(sittings.end_vote, vote_id=f"vote-{self.voted}")

    def ballot(self, item="i1", *, secret=False, **choices):
        """Call an item and vote on it; choices by member: m1="yes"."""
        self.call(item)
        self.begin(item, secret=secret)
        for member, choice in choices.items():
            self.vote(int(member[1:]), choice)
        self.end()

    def decide(self, item="i1", reason="Passt nicht"):
        self.lead(sittings.decide, item_id=item, reason=reason)

    def project(self, number: int):
        return projects.get(self.store, self.office, f"p{number}")

    def refusals(self) -> list[tuple]:
        return self.store.read(
            "select person_id, details from trail where act = 'vote.cast' and thing = 'sitting' "
            "order by id"
        )
