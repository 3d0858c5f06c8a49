"""What the office, applicants and the jury wrote in the hostile neighbourhood (tests/hostile_kiez.py)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from data import (
    action_fields,
    advice,
    answers,
    application_links,
    applications,
    areas,
    consultations,
    demo,
    feedback,
    fund_rules,
    jury_notes,
    legal,
    need_notes,
    needs,
    offers,
    partners,
    photos,
    pins,
    pots,
    promises,
    redactions,
    routes,
    templates,
    translations,
    views,
    voices,
)  # fmt: skip
from data.advice import Idea
from data.application_form import LIMITS
from data.costs import Cost
from data.filters import Filter
from data.partners import Entry
from data.rules import HOUSE, VISITOR, Actor, PersonId, PinId, ProjectId, Role
from data.store import Store
from data.texts import LANGUAGES, clean
from tests.data.doors_funds import TERMS
from tests.data.doors_photos import picture
from tests.hostile_said import AREA, LINKS, OFFICE, Next, line, spot


def fill_lists(store: Store, texts: Sequence[str], say: Next, now: datetime) -> None:
    """Fill what the office keeps: partners, templates, offers, feedback, views, legal texts."""
    area, office = areas.load(AREA), OFFICE
    for n, text in enumerate(texts):
        entry = Entry(
            line(text), "room", ("IN",), spot(n), about=clean(text)[:1000], contact=say(300)
        )
        partners.create(
            store, HOUSE, area, partner_id=partners.PartnerId(f"partner-{n}"), entry=entry, now=now
        )
        templates.save(
            store, office, f"template-{n}", field="", title=line(text, 100), seen=0, now=now,
            words={lang: say(1000) for lang in ("de", "ar")},
        )  # fmt: skip
        feedback.give(
            store, VISITOR, feedback_id=f"feedback-{n}", page=line(text, 100), contact=say(200),
            words=clean(text)[:2000] or say(200), lang="de", now=now,
        )  # fmt: skip
        offers.make(
            store, HOUSE,
            offers.Draft(offers.OfferId(f"offer-{n}"), "pin", "pin-0", ("hands",), clean(text)[:1000], say(200)),
            now=now,
        )  # fmt: skip
    for n in range(6):
        wanted = Filter(kind=("idea",), text=say(80))
        views.save(store, office, f"view-{n}", name=say(80), page="pins", wanted=wanted, now=now)
    legal.fill(store, HOUSE, {name: say(300) for name in legal.BLANKS}, now=now)
    everything = "\n\n".join(map(clean, texts))[:20_000]
    legal.replace(store, HOUSE, page="privacy", lang="de", text=everything, now=now)
    legal.replace(store, HOUSE, page="netiquette", lang="ar", text=everything, now=now)


def tell_pins(store: Store, say: Next, now: datetime) -> None:
    """Answer, put off, translate, black out and support pins, with photos of them."""
    pin = {"thing": "pin", "thing_id": "own"}
    pins.release(store, OFFICE, [PinId("own")], now=now, note=say(300))
    for n in range(3, 9):
        one = {"thing": "pin", "thing_id": f"pin-{n}"}
        answers.give(
            store, OFFICE, **one, words={lang: say(1000) for lang in LANGUAGES}, seen=0, now=now
        )
        photos.add(store, Actor(Role.SENDER, pin=PinId(f"pin-{n}")), picture(), now=now)
    for n in range(3):
        photos.add(store, Actor(Role.SENDER, pin=PinId(f"wait-{n}")), picture(), now=now)
    photos.add(store, Actor(Role.SENDER, pin=PinId("own")), picture(), now=now)
    photos.show(store, OFFICE, PinId("own"), parts=(), seen=_photo_at(store, "own"), now=now)
    later = promises.day_of(store, OFFICE, **pin)
    assert later
    promises.postpone(
        store, OFFICE, **pin, day=later + timedelta(days=30), reason="talks", seen=later,
        words=say(300), now=now,
    )  # fmt: skip
    answers.give(
        store, OFFICE, **pin, words={lang: say(1000) for lang in LANGUAGES}, seen=0, now=now
    )
    words = pins.get(store, OFFICE, PinId("pin-1")).words
    for lang in ("tr", "ar"):
        translations.write(
            store, OFFICE, PinId("pin-1"), lang, say(1000), of=words, seen=None, now=now
        )
    voices.give(store, VISITOR, PinId("pin-1"), key_hash="k", words=say(200), now=now)
    words = pins.get(store, OFFICE, PinId("pin-2")).words
    redactions.black_out(
        store, OFFICE, PinId("pin-2"), [(0, 4)], reason="other", seen=words, now=now
    )


def _photo_at(store: Store, pin_id: str) -> datetime:
    found = photos.of_pin(store, OFFICE, PinId(pin_id))
    assert found
    return found.changed_at


def write_to_needs(store: Store, say: Next, now: datetime) -> None:
    """Write notes, tasks and letters about a need; one is sent, one is being written."""
    one = needs.NeedId("need-4")
    for n in range(6):
        need_notes.write(store, OFFICE, one, note_id=f"note-{n}", words=say(1000), now=now)
        need_notes.add_task(store, OFFICE, one, task_id=f"task-{n}", words=say(300), now=now)
    for n, need in enumerate(("need-4", "need-5")):
        letter = routes.draft(
            store, OFFICE, route_id=routes.RouteId(f"letter-{n}"), need_id=needs.NeedId(need),
            authority="bsr", subject=say(200), letter="\n\n".join(say(500) for _ in range(12)),
            now=now,
        )  # fmt: skip
        if n == 0:
            routes.send(
                store, OFFICE, letter.id, version=letter.version, sentence=say(1000),
                sent_on=now.date(), remind_on=now.date() + timedelta(days=9), now=now,
            )  # fmt: skip


def name_funds(store: Store, say: Next, now: datetime) -> None:
    """Name fund rules and fields of action, and say why a pot changes."""
    new = type(TERMS)(**{**vars(TERMS), "title": say(200)})
    fund_rules.add(
        store, HOUSE, rules_id="rules-new", fund="aktionsfonds", terms=new, now=now,
        valid_from=now.date() + timedelta(days=30), seen="aktionsfonds-2015",
    )  # fmt: skip
    for code in ("IN", "OER"):
        [field] = [
            one for one in action_fields.listing(store) if (one.generation, one.code) == ("C", code)
        ]
        titles = {lang: say(100) for lang in ("de", "en", "tr", "ar")}
        action_fields.rename(
            store, HOUSE, "C", code, titles=titles, version=field.version, now=now
        )  # fmt: skip
    pots.allot(
        store, HOUSE, fund="aktionsfonds", year=now.year, cents=20_000_00, seen=10_000_00,
        reason=say(500), now=now,
    )  # fmt: skip


def apply(store: Store, say: Next, now: datetime) -> None:
    """Write one application by its link, every part of it; give a running project a link too."""
    area, idea = areas.load(AREA), ProjectId("idea")
    asked = Idea(idea, say(1000), title=say(200), name=say(200), contact=say(200), pin="pin-1")
    advice.ask(store, VISITOR, area, asked, token=LINKS["written"], now=now)
    holder = application_links.who(store, LINKS["written"], now=now)
    for part, limit in {"fund": 0, **LIMITS, "costs": 0}.items():
        was = applications.get(store, holder, idea).parts[part]
        value: Any = (
            say(limit)
            if limit
            else {
                "fund": "aktionsfonds",
                "costs": tuple(Cost(say(200), 2, 100) for _ in range(12)),
            }[part]
        )
        applications.write(store, holder, area, idea, part, value, was=was, now=now)
    for n in range(3):
        consultations.write(
            store, OFFICE, idea, consultation_id=f"talk-{n}", held_on=now.date(), words=say(1000),
            for_jury=True, now=now,
        )  # fmt: skip
    running = demo.id_of(area, "project", 2)
    application_links.renew(store, OFFICE, running, token=LINKS["running"], now=now)
    jury = Actor(Role.JURY, PersonId("p-jury"), "Jury")
    for number in (3, 7, 14):
        jury_notes.keep(
            store, jury, ProjectId(demo.id_of(area, "project", number)), words=say(1000),
            leaning="yes", version=0, now=now,
        )  # fmt: skip
