"""A neighbourhood in which everything that anybody wrote is hostile, put in by the doors of data/."""

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import (
    areas,
    attendance,
    bodies,
    demo,
    demo_bodies,
    desk,
    meetings,
    member_accounts,
    members,
    needs,
    people,
    pins,
    projects,
    rounds,
    settings,
    sittings,
)  # fmt: skip
from data.deciding_standing import ItemId, MemberId
from data.demo_meetings import Door
from data.pins import Draft
from data.rules import HOUSE, VISITOR, Actor, MeetingId, PersonId, PinId, ProjectId, Role
from data.store import Store
from data.texts import LANGUAGES, clean
from tests import hostile_desk
from tests.hostile_said import AREA, FOUNTAIN, OFFICE, Next, following, line, spot

CODE = "7Q2MX-9D4RT-0KB"  # of the pin "own"
# What is said in the demo's files, by its key and how long it may be
SAID = {
    "words": 300, "title": 100, "place": 100, "question": 200, "decides": 200, "changes": 200,
    "sentence": 1000, "name": 200, "about": 1000, "description": 1000, "applicant": 100,
    "target_group": 300, "period": 100, "own_contribution": 1000, "goal": 1000, "helpers": 500,
    "item": 200, "receipt": 100, "agreement": 1000, "conditions": 1000, "reason": 500,
    "refused": 500, "postponed": 500, "talk": 200, **dict.fromkeys(LANGUAGES, 1000),
}  # fmt: skip


def settle(folder: Path, texts: Sequence[str], every: int = 4) -> None:
    """Store a neighbourhood in which each text is a pin and a need.

    In lists that the office keeps and in rooms stands every so many-th text, twice as many are
    projects; whatever else is written takes the next of them in turn.
    """
    now, say = datetime.now(UTC), following(texts)
    store = Store.open(folder / "kiezkarte.duckdb")
    settings.change(store, HOUSE, "photos", "on", now=now)
    _past(store, folder, say, now)
    _people(store, texts, now)
    _pins(store, texts, now)
    there = _needs(store, texts, now)
    hostile_desk.write_to_needs(store, say, now)
    _projects(store, texts[:: every // 2], there, now)
    _sitting(store, texts, now)
    _rooms(store, texts[::every], say, now)
    hostile_desk.fill_lists(store, texts[::every], say, now)
    hostile_desk.tell_pins(store, say, now)
    hostile_desk.name_funds(store, say, now)
    hostile_desk.apply(store, say, now)
    store.close()


def token(login: str) -> str:
    """Return the session's token of an account that `_people` made."""
    return f"token-{login}"


# --- inside -----------------------------------------------------------------


def _past(store: Store, folder: Path, say: Next, now: datetime) -> None:
    """Let the demo's weeks happen, every word of them hostile."""
    area, seed = areas.load(AREA), folder / "seed"
    shutil.copytree(areas.SEED / AREA, seed / AREA)
    for file in (seed / AREA).glob("demo_*.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps(_said_otherwise(told, say)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(areas, "SEED", seed)
        demo.seed(store, area, now=now, door=Door("TOTRY", "2468"))
    demo_bodies.seed(store, now=now)


def _said_otherwise(told: Any, say: Next, key: str = "") -> Any:
    if isinstance(told, dict):
        return {name: _said_otherwise(value, say, name) for name, value in told.items()}
    if isinstance(told, list):
        return [_said_otherwise(value, say, key) for value in told]
    return say(SAID[key]) if isinstance(told, str) and key in SAID else told


def _people(store: Store, texts: Sequence[str], now: datetime) -> None:
    """Add an account of each role, logged in, the jury's as the chair of the demo's jury."""
    for n, login in enumerate(("office", "jury", "admin", "member")):
        role = login if n < 3 else "jury"
        name, person = line(texts[n * 5 + 2], 80), PersonId(f"p-{login}")
        people.add(
            store, HOUSE, person_id=person, login=login, name=name, role=role,
            password="lang-genug-12", demo=True, now=now,
        )  # fmt: skip
        actor, until = Actor(Role(role), person, name), now + timedelta(hours=12)
        store.write(
            lambda tx, actor=actor, login=login, until=until: people.let_in(
                tx, actor, token=token(login), until=until, now=now
            )
        )
    for number, login in ((2, "jury"), (1, "member")):
        one, seated = MemberId(f"demo-jury-{number}"), PersonId(f"p-{login}")
        member_accounts.bind(store, HOUSE, one, person_id=seated, now=now)


def _pins(store: Store, texts: Sequence[str], now: datetime) -> None:
    area, kinds = areas.load(AREA), ("problem", "idea", "strength")
    drafts = [
        Draft(PinId(f"pin-{n}"), kinds[n % 3], text, spot(n))
        for n, text in enumerate(texts)
        if 0 < len(clean(text)) <= pins.MAX_WORDS
    ]
    pins.add(store, VISITOR, area, drafts, now=now)
    pins.release(store, OFFICE, [one.id for one in drafts], now=now, note=texts[0])
    everything = "\n".join(texts)[:1000]
    own = Draft(PinId("own"), "idea", everything, FOUNTAIN, code=CODE)
    waiting = [Draft(PinId(f"wait-{n}"), "problem", text, FOUNTAIN) for n, text in enumerate(texts)
               if 0 < len(clean(text)) <= 300][:30]  # fmt: skip
    pins.add(store, VISITOR, area, [own, *waiting], now=now)


def _needs(store: Store, texts: Sequence[str], now: datetime) -> list[needs.NeedId]:
    there = []
    for n, text in enumerate(texts):
        pin_ids = [PinId(f"pin-{n}")] if 0 < len(clean(text)) <= pins.MAX_WORDS else []
        if pin_ids:
            there.append(needs.NeedId(f"need-{n}"))
            needs.create(
                store, OFFICE, need_id=there[-1], title=line(text), field="OER", priority="now",
                pin_ids=pin_ids, now=now,
            )  # fmt: skip
    return there


def _projects(
    store: Store, texts: Sequence[str], there: Sequence[needs.NeedId], now: datetime
) -> None:
    area = areas.load(AREA)
    for n, text in enumerate(texts):
        projects.create(
            store, OFFICE, project_id=ProjectId(f"project-{n}"), title=line(text),
            description=clean(text)[:5000], fund="baufonds", cents=60_000_00, field="OER",
            climate=False, at=spot(n), area=area, now=now, applicant=line(text, 80),
            details={"period": line(text), "costs": [{"item": line(text), "cents": 100}]},
            need_ids=there if n == 0 else [],
        )  # fmt: skip


def _sitting(store: Store, texts: Sequence[str], now: datetime) -> None:
    """Plan a sitting in which body, members, title, place and every item are hostile."""
    body = bodies.BodyId("evil")
    bodies.add(
        store, OFFICE, body_id=body, kind="jury", title=line(texts[0]), now=now,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    for n, text in enumerate(texts[:12]):
        members.add(
            store, OFFICE, member_id=MemberId(f"m{n}"), body_id=body, name=line(text, 80),
            resident=True, substitute=False, chair=n == 0, now=now, term_from=date(2026, 1, 1),
            term_to=date(2099, 12, 31),
        )  # fmt: skip
    planned = sittings.plan(
        store, OFFICE, sitting_id="evil", body_id=body, title=line(texts[2]), place=line(texts[6]),
        held_at=now + timedelta(days=8), public=False, now=now,
    )  # fmt: skip
    items = [sittings.Item(ItemId(f"i{n}"), "talk", line(text)) for n, text in enumerate(texts)]
    sittings.put_on(
        store, OFFICE, planned.id, items=items[:60], version=planned.version, now=now
    )  # fmt: skip


def _rooms(store: Store, texts: Sequence[str], say: Next, now: datetime) -> None:
    """Open a meeting in each of its rounds, with pins, groups and a facilitator."""
    area = areas.load(AREA)
    for step in meetings.Round:
        one, code = MeetingId(f"room-{step}"), f"ROOM{step.upper()}"
        told = {name: say(100) for name in ("title", "place", "question", "decides", "changes")}
        plan = meetings.Plan(
            held_on=now.date(), rounds=tuple(meetings.Round), publish="at_once", photos=True,
            wifi_name=say(32), **told,
        )  # fmt: skip
        meetings.create(store, HOUSE, meeting_id=one, code=code, plan=plan, pin="2468", now=now)
        meetings.move(store, HOUSE, one, to=meetings.State.OPEN, now=now)
        attendance.unlock(store, code, "2468", token=token(code), now=now)
        said = [
            Draft(PinId(f"{step}-{n}"), "idea", text, spot(n), meeting=one)
            for n, text in enumerate(texts)
            if 0 < len(clean(text)) <= pins.MAX_WORDS
        ]
        pins.add(store, HOUSE, area, said, now=now)
        typed = Draft(
            PinId(f"{step}-typed"), "idea", say(200), FOUNTAIN, meeting=one, source="desk"
        )
        desk.write(store, HOUSE, area, typed, now=now, card=7)
        rounds.show_all(store, HOUSE, one, now=now)
        for n in range(6):
            rounds.add_group(
                store, HOUSE, one, group_id=rounds.GroupId(f"{step}-{n}"), title=say(60), now=now,
                pin_ids=[draft.id for draft in said[n * 5 : n * 5 + 5]],
                priority=("now", "soon", "later")[n % 3],
            )  # fmt: skip
        meetings.go_to_round(store, HOUSE, one, to=step, now=now)
