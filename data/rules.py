"""Who may do what: one table of act x role, asked at every door of the data layer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from data.problems import NotAllowed

PersonId = NewType("PersonId", str)
PinId = NewType("PinId", str)
MeetingId = NewType("MeetingId", str)
ProjectId = NewType("ProjectId", str)


class Role(StrEnum):
    """In which part somebody acts."""

    VISITOR = "visitor"  # anybody, without an account
    SENDER = "sender"  # a visitor who holds the receipt of one pin
    GUEST = "guest"  # somebody at a meeting: a tablet that knows its code
    FACILITATOR = "facilitator"  # who leads one meeting, by its PIN
    APPLICANT = "applicant"  # who holds the private link of one application
    JURY = "jury"
    OFFICE = "office"
    ADMIN = "admin"
    HOUSE = "house"  # the program itself: seed and command line


class Act(StrEnum):
    """What can be done, as object.verb."""

    PIN_ADD = "pin.add"
    PIN_READ = "pin.read"  # what is public
    PIN_READ_ALL = "pin.read_all"  # also waiting and hidden ones
    PIN_FOLLOW = "pin.follow"  # the own pin, by its receipt
    PIN_WITHDRAW = "pin.withdraw"
    PIN_REVIEW = "pin.review"  # release, hide
    PIN_IMPORT = "pin.import"
    PIN_SUPPORT = "pin.support"
    PHOTO_ADD = "photo.add"  # to the own pin
    PHOTO_CHECK = "photo.check"
    OFFER_MAKE = "offer.make"
    OFFER_READ = "offer.read"
    FEEDBACK_GIVE = "feedback.give"
    FEEDBACK_READ = "feedback.read"
    MEETING_WRITE = "meeting.write"  # plan, PIN, codes
    MEETING_ATTEND = "meeting.attend"  # say something, give dots
    MEETING_LEAD = "meeting.lead"  # desk, wall, rounds; a facilitator only the own one
    NEED_READ = "need.read"
    NEED_WRITE = "need.write"
    NEED_HAND_ON = "need.hand_on"
    ANSWER_GIVE = "answer.give"  # to the public, about a pin or a need; templates too
    ROUTE_WRITE = "route.write"  # letters to others, and what came of them
    BETTER_SAY = "better.say"  # the sender, once there is a result
    PARTNER_READ = "partner.read"
    PARTNER_WRITE = "partner.write"
    VIEW_SAVE = "view.save"
    FIGURES_READ = "figures.read"
    PIN_EXPORT = "pin.export"
    GROUP_SUGGEST = "group.suggest"
    PROJECT_READ = "project.read"
    PROJECT_WRITE = "project.write"
    ADVICE_ASK = "advice.ask"
    APPLICATION_READ = "application.read"  # with its contact; an applicant only the own one
    APPLICATION_WRITE = "application.write"  # form, receipts, report; an applicant only the own one
    PROJECT_MOVE = "project.move"  # submit or withdraw the own one; the office all its steps
    CONSULTATION_WRITE = "consultation.write"
    FUND_READ = "fund.read"  # rules, pots, what is left
    FUND_WRITE = "fund.write"  # rules, fields of action, what a pot is allotted
    POT_BOOK = "pot.book"  # paid, accounted, given back
    BODY_READ = "body.read"
    BODY_WRITE = "body.write"  # members and their terms
    SITTING_READ = "sitting.read"
    SITTING_WRITE = "sitting.write"  # plan it
    SITTING_LEAD = "sitting.lead"  # from the jury only the chair of the body
    SITTING_ATTEND = "sitting.attend"  # come, go, step aside: the own person
    VOTE_CAST = "vote.cast"
    JURY_NOTE = "jury_note.keep"  # private notes and leaning
    PERSON_MANAGE = "person.manage"
    SETTING_CHANGE = "setting.change"
    TRAIL_READ = "trail.read"


_ALL = frozenset(Role)
_STAFF = frozenset({Role.OFFICE, Role.ADMIN})
_HOUSE = frozenset({Role.HOUSE})
_LEADERS = _STAFF | _HOUSE | {Role.FACILITATOR}

ALLOWED: dict[Act, frozenset[Role]] = {
    Act.PIN_ADD: _ALL,
    Act.PIN_READ: _ALL,
    Act.PIN_READ_ALL: _STAFF | _HOUSE,
    Act.PIN_FOLLOW: frozenset({Role.SENDER}),
    Act.PIN_WITHDRAW: frozenset({Role.SENDER}),
    Act.PIN_REVIEW: _STAFF | _HOUSE,
    Act.PIN_IMPORT: _STAFF | _HOUSE,
    Act.PIN_SUPPORT: _ALL,
    Act.PHOTO_ADD: frozenset({Role.SENDER}),
    Act.PHOTO_CHECK: _STAFF | _HOUSE,
    Act.OFFER_MAKE: _ALL,
    Act.OFFER_READ: _STAFF | _HOUSE,
    Act.FEEDBACK_GIVE: _ALL,
    Act.FEEDBACK_READ: _STAFF | _HOUSE,
    Act.MEETING_WRITE: _STAFF | _HOUSE,
    Act.MEETING_ATTEND: _LEADERS | {Role.GUEST},
    Act.MEETING_LEAD: _LEADERS,
    Act.NEED_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.NEED_WRITE: _STAFF | _HOUSE,
    Act.NEED_HAND_ON: _STAFF | _HOUSE,
    Act.ANSWER_GIVE: _STAFF | _HOUSE,
    Act.ROUTE_WRITE: _STAFF | _HOUSE,
    Act.BETTER_SAY: frozenset({Role.SENDER}),
    Act.PARTNER_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.PARTNER_WRITE: _STAFF | _HOUSE,
    Act.VIEW_SAVE: _STAFF | _HOUSE,
    Act.FIGURES_READ: _STAFF | _HOUSE,
    Act.PIN_EXPORT: _STAFF | _HOUSE,
    Act.GROUP_SUGGEST: _STAFF | _HOUSE,
    Act.PROJECT_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.PROJECT_WRITE: _STAFF | _HOUSE,
    Act.ADVICE_ASK: _ALL,
    Act.APPLICATION_READ: _STAFF | _HOUSE | {Role.APPLICANT},
    Act.APPLICATION_WRITE: _STAFF | _HOUSE | {Role.APPLICANT},
    Act.PROJECT_MOVE: _STAFF | _HOUSE | {Role.APPLICANT},
    Act.CONSULTATION_WRITE: _STAFF | _HOUSE,
    Act.FUND_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.FUND_WRITE: frozenset({Role.ADMIN, Role.HOUSE}),
    Act.POT_BOOK: _STAFF | _HOUSE,
    Act.BODY_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.BODY_WRITE: _STAFF | _HOUSE,
    Act.SITTING_READ: _STAFF | _HOUSE | {Role.JURY},
    Act.SITTING_WRITE: _STAFF | _HOUSE,
    Act.SITTING_LEAD: _STAFF | _HOUSE | {Role.JURY},
    Act.SITTING_ATTEND: frozenset({Role.JURY}),
    Act.VOTE_CAST: frozenset({Role.JURY}),
    Act.JURY_NOTE: frozenset({Role.JURY}),
    Act.PERSON_MANAGE: frozenset({Role.ADMIN, Role.HOUSE}),
    Act.SETTING_CHANGE: frozenset({Role.ADMIN, Role.HOUSE}),
    Act.TRAIL_READ: _STAFF | _HOUSE,
}


@dataclass(frozen=True)
class Actor:
    """Who acts: a role, and the person or the one pin that it stands for."""

    role: Role
    person: PersonId | None = None
    name: str = ""
    pin: PinId | None = None  # only for SENDER
    meeting: MeetingId | None = None  # only for GUEST and FACILITATOR
    project: ProjectId | None = None  # only for APPLICANT


VISITOR = Actor(Role.VISITOR)
HOUSE = Actor(Role.HOUSE, name="Kiezkarte")


def may(actor: Actor, act: Act) -> bool:
    """Tell whether an actor may do an act at all."""
    return actor.role in ALLOWED[act]


def check(actor: Actor, act: Act) -> None:
    """Refuse with NotAllowed what an actor may not do."""
    if not may(actor, act):
        raise NotAllowed("not_allowed")


def check_meeting(actor: Actor, act: Act, meeting_id: MeetingId) -> None:
    """Refuse with NotAllowed an act at a meeting that is not the guest's or facilitator's own."""
    check(actor, act)
    if actor.role in (Role.GUEST, Role.FACILITATOR) and actor.meeting != meeting_id:
        raise NotAllowed("not_allowed")


def check_project(actor: Actor, act: Act, project_id: str) -> None:
    """Refuse with NotAllowed an act on an application that is not the applicant's own."""
    check(actor, act)
    if actor.role == Role.APPLICANT and actor.project != project_id:
        raise NotAllowed("not_allowed")
