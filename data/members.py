"""Members of bodies: their terms, what staff confirmed, and how they get in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from data.bodies import BodyId
from data.deciding_standing import MemberId
from data.rules import Actor, PersonId
from data.store import Store


class Invited(StrEnum):
    """Where a member's invitation stands."""

    NOT = "not"
    SENT = "sent"
    OVER = "over"  # not used in time
    IN = "in"  # used: the member has a way in


@dataclass(frozen=True)
class Member:
    """A stored member. Of age and residence nothing is kept but the day staff saw them."""

    id: MemberId
    body: BodyId
    person: PersonId | None
    name: str
    resident: bool  # else a partner
    substitute: bool
    chair: bool
    term_from: date
    term_to: date  # the last day
    confirmed_on: date | None
    removed: bool
    demo: bool
    version: int
    invited: Invited = Invited.NOT

    def sits(self, day: date) -> bool:
        """Tell whether the member belongs to the body on a local day."""
        return not self.removed and self.term_from <= day <= self.term_to


def of_person(store: Store, person_id: PersonId | None, body_id: BodyId) -> Member | None:
    """Find the member of a body that a person is; removed ones too, when there is no other."""
    raise NotImplementedError


def listing(store: Store, actor: Actor, body_id: BodyId, *, now: datetime) -> list[Member]:
    """List a body's members, those with a seat first; removed ones last."""
    raise NotImplementedError
