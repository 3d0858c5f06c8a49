"""One neighbourhood with everything in it, and everybody who may come: for attacks on the whole."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from data import (
    advice,
    application_links,
    areas,
    attendance,
    bodies,
    consultations,
    invitations,
    jury_notes,
    meetings,
    members,
    people,
    pins,
    sittings,
)
from data.advice import Idea
from data.application_links import KEPT
from data.bodies import BodyId
from data.deciding_standing import ItemId, MemberId
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, MeetingId, PersonId, PinId, ProjectId, Role
from data.store import Store
from tests import evening
from tests.pages.conftest import CODE, FOUNTAIN, SECRET_WORDS

# What is nobody's but theirs, and who may ever be shown it
IDEA, OTHER_IDEA = "Hoffest unter der Linde", "Nachtcafé für alle"
CONTACT, OTHER_CONTACT = "030 4711 0815", "030 9999 1234"
TALK, NOTE = "Beratung: Kosten noch einmal rechnen", "Meine Notiz: eher nein"
AT_MEETING = "Am Tisch gesagt: kein Licht im Durchgang"
MEMBER = "Fatma F."  # a member without an account: on no public page
STAFF = frozenset({"office", "admin"})
JURY = frozenset({"member", "chair"})
SECRETS = {
    SECRET_WORDS: STAFF | {"sender"},
    "interne Notiz": STAFF,
    IDEA: STAFF | {"applicant"},
    OTHER_IDEA: STAFF,
    CONTACT: STAFF | {"applicant"},
    OTHER_CONTACT: STAFF,
    TALK: STAFF,
    NOTE: frozenset({"member"}),
    AT_MEETING: STAFF | {"facilitator"},
    MEMBER: STAFF | JURY,
    "Jurysitzung evening": STAFF | JURY,
    "Ratssitzung": STAFF | {"councillor"},
    "Frau admin": frozenset({"admin"}),
}
ITEM = ItemId("evening-trees")

# Who comes, by the cookies that they bring
WHO = {
    "visitor": "",
    "sender": "",
    "guest": "",
    "facilitator": "kiezkarte_meeting=token-here",
    "applicant": "kiezkarte_application=" + "a" * 43,
    "applicant, revoked": "kiezkarte_application=" + "r" * 43,
    "applicant, too late": "kiezkarte_application=" + "o" * 43,
    "member": evening.cookie("bert"),
    "chair": evening.cookie("leyla"),
    "councillor": evening.cookie("council"),
    "office": evening.cookie("desk"),
    "admin": evening.cookie("head"),
    "logged out": evening.cookie("out"),
    "expired": evening.cookie("late"),
    "disabled": evening.cookie("gone"),
}
QUERY = {"sender": f"&code={CODE}&m=ROOM1"}
NOBODY = frozenset({"visitor", "sender", "guest", "facilitator", "applicant", "applicant, revoked",
                    "applicant, too late", "logged out", "expired", "disabled"})  # fmt: skip
EVERYBODY = frozenset(WHO)


def settle(store: Store) -> None:
    """Store it, on top of the small neighbourhood of the other tests."""
    now = datetime.now(UTC)
    evening.settle(store)
    _accounts(store, now)
    _council(store, now)
    _applications(store, now)
    _meeting(store, now)
    bert = Actor(Role.JURY, PersonId("p-bert"), "Bert B.")
    jury_notes.keep(
        store, bert, ProjectId("trees"), words=NOTE, leaning="no", version=0, now=now
    )  # fmt: skip
    sittings.open_(store, HOUSE, "evening", seen=99, now=now)
    for login in ("leyla", "bert", "cem", "dana", "emil"):
        sittings.come(store, HOUSE, "evening", member_id=MemberId(f"m-{login}"), now=now)
    seen = sittings.standing(store, HOUSE, "evening", now=now).last
    sittings.begin_item(store, HOUSE, "evening", item_id=ITEM, seen=seen, now=now)
    seen = sittings.standing(store, HOUSE, "evening", now=now).last
    sittings.begin_vote(
        store, HOUSE, "evening", item_id=ITEM, vote_id="vote-1", secret=False, seen=seen, now=now
    )


def _accounts(store: Store, now: datetime) -> None:
    for login, role in (("desk", "office"), ("head", "admin"), ("out", "admin"),
                        ("late", "admin"), ("gone", "office"), ("council", "jury")):  # fmt: skip
        evening.account(store, login, f"Frau {login}", role, now)
    people.log_out(store, "token-out")
    digest = hashlib.sha256(b"token-late").hexdigest()
    store.write(lambda tx: tx.execute(
        "update login_session set expires_at = $then where token_hash = $hash",
        {"then": now.replace(tzinfo=None) - timedelta(hours=1), "hash": digest},
    ))  # fmt: skip
    people.disable(store, HOUSE, person_id=PersonId("p-gone"), now=now)
    people.offer_setup(store, HOUSE, role="admin", token="s" * 43, now=now - timedelta(days=60))


def _council(store: Store, now: datetime) -> None:
    council = BodyId("council-now")
    bodies.add(
        store, HOUSE, body_id=council, kind="council", title="Quartiersrat von nebenan",
        valid_from=date(now.year - 1, 1, 1), now=now,
    )  # fmt: skip
    members.add(
        store, HOUSE, member_id=MemberId("m-council"), body_id=council, name="Frau council",
        resident=True, substitute=False, chair=True, term_from=date(now.year - 1, 1, 1),
        term_to=date(now.year + 1, 12, 31), now=now,
    )  # fmt: skip
    store.write(
        lambda tx: tx.execute("update member set person_id = 'p-council' where id = 'm-council'")
    )
    sittings.plan(
        store, HOUSE, sitting_id="council", body_id=council, title="Ratssitzung", place="",
        held_at=now + timedelta(days=2), public=False, now=now,
    )  # fmt: skip
    invitations.invite(store, HOUSE, MemberId("m-hale"), token="i" * 43, now=now)
    old = now - invitations.LASTS - timedelta(days=1)
    invitations.invite(store, HOUSE, MemberId("m-gerd"), token="j" * 43, now=old)


def _applications(store: Store, now: datetime) -> None:
    area = areas.load("mariannenplatz")
    asked = (("a", IDEA, CONTACT, now), ("b", OTHER_IDEA, OTHER_CONTACT, now),
             ("r", OTHER_IDEA, OTHER_CONTACT, now),
             ("o", OTHER_IDEA, OTHER_CONTACT, now - KEPT - timedelta(days=1)))  # fmt: skip
    for letter, words, contact, begun in asked:
        idea = Idea(ProjectId(f"idea-{letter}"), words, name="Frau Antrag", contact=contact)
        advice.ask(store, VISITOR, area, idea, token=letter * 43, now=begun)
    application_links.revoke(store, HOUSE, "idea-r", now=now)
    desk = Actor(Role.OFFICE, PersonId("p-desk"), "Frau desk")
    consultations.write(
        store, desk, "idea-b", consultation_id="talk-1", held_on=now.date() - timedelta(days=1),
        words=TALK, for_jury=False, now=now,
    )  # fmt: skip


def _meeting(store: Store, now: datetime) -> None:
    area = areas.load("mariannenplatz")
    for name, code, pin in (("here", "ROOM1", "2468"), ("there", "ROOM2", "1357")):
        one = MeetingId(f"meeting-{name}")
        plan = meetings.Plan(f"Werkstatt {name}", now.date(), rounds=tuple(meetings.Round))
        meetings.create(store, HOUSE, meeting_id=one, code=code, plan=plan, pin=pin, now=now)
        meetings.move(store, HOUSE, one, to=meetings.State.OPEN, now=now)
        attendance.unlock(store, code, pin, token=f"token-{name}", now=now)
    said = Draft(
        PinId("said-1"), "problem", AT_MEETING, FOUNTAIN, meeting=MeetingId("meeting-here")
    )
    pins.add(store, HOUSE, area, [said], now=now)
