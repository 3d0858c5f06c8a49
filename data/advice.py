"""Advice first: somebody says an idea in a few words, and it becomes a draft with a private link."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import application_form as form
from data import application_links, application_place, followers, fund_rules, pins, rules, trail
from data.application_place import Spot
from data.filters import local_day
from data.followers import NeedStatus
from data.funds import Fund
from data.problems import BadInput, NotFound
from data.projects import ProjectId, ProjectStatus
from data.rules import VISITOR, Act, Actor, PinId
from data.store import Store, Transaction
from data.texts import LANGUAGES, clean
from geo import places
from geo.area import Area

ORIGIN = "advice"
MAX_TITLE = 80  # of a title made out of the first words


@dataclass(frozen=True)
class Idea:
    """What somebody says; its id becomes the application's, so that saying it twice is once."""

    id: ProjectId
    words: str
    title: str = ""  # '' = its first words
    spot: Spot | None = None
    pin: str = ""  # that it began with
    need: str = ""
    name: str = ""  # of the office's knowledge alone, as is the contact
    contact: str = ""
    lang: str = "de"


@dataclass(frozen=True)
class Begun:
    """What an idea begins with: a public pin or need."""

    field: str
    spot: Spot | None


def ask(store: Store, actor: Actor, area: Area, idea: Idea, *, token: str, now: datetime) -> None:
    """Store an idea as a draft, and the token of its private link; the same again is once.

    Raises BadInput, and NotFound when its pin or need is not there for everybody.
    """
    rules.check(actor, Act.ADVICE_ASK)
    begun = began_with(store, pin=idea.pin, need=idea.need)
    record = _record(area, idea, begun, now)
    record["rules"] = fund_rules.current(store, Fund.AKTIONSFONDS, local_day(now)).id
    told = {part: form.checked(area, part, getattr(idea, part)) for part in ("name", "contact")}

    def job(tx: Transaction) -> None:
        if not _insert(tx, record):
            return
        application_links.add(tx, idea.id, token=token, now=now)
        _link(tx, idea)
        tx.execute(
            "insert into project_contact values ($id, $name, $contact, $now)",
            {"id": idea.id, **told, "now": trail.utc(now)},
        )
        trail.note(tx, actor, Act.ADVICE_ASK, "project", idea.id, now=now, step="advice_asked")

    store.write(job)


def began_with(store: Store, *, pin: str = "", need: str = "") -> Begun:
    """Load what an idea begins with; NotFound unless everybody may see it."""
    if pin:
        found = pins.get(store, VISITOR, PinId(pin))
        return Begun(found.field, Spot(found.at))
    if need:
        # A need is public as soon as there is an answer to it (data/results.py)
        rows = store.read(
            "select field from need where id = $id and status <> $open and gone = ''",
            {"id": need, "open": NeedStatus.OPEN},
        )
        if not rows:
            raise NotFound("need.not_found")
        return Begun(rows[0][0], None)
    return Begun("", None)


# --- inside -----------------------------------------------------------------


def _record(area: Area, idea: Idea, begun: Begun, now: datetime) -> dict[str, Any]:
    words = form.checked(area, "description", idea.words)
    if not words:
        raise BadInput("advice.words_missing", field="words")
    spot = idea.spot or begun.spot
    if spot:
        spot = application_place.checked(area, spot)
    at = spot.at if spot else area.centre
    shape = application_place.kept(spot) if spot else None
    return {
        "id": idea.id,
        "title": form.checked(area, "title", clean(idea.title) or first_words(words)),
        "description": words,
        "field": begun.field,
        "lon": at.lon,
        "lat": at.lat,
        "place": places.in_words(area, at).encode(),
        "shape": json.dumps(shape) if shape else "",
        "details": json.dumps({} if spot else {"placeless": True}),
        "lang": idea.lang if idea.lang in LANGUAGES else "de",
        "now": trail.utc(now),
        "status": ProjectStatus.DRAFT,
        "fund": Fund.AKTIONSFONDS,
        "origin": ORIGIN,
    }


def first_words(words: str) -> str:
    """Make a title of an idea's first words, cut between two of them.

    >>> first_words("Ein Fest im Hof.\\nMit Musik")
    'Ein Fest im Hof.'
    >>> len(first_words("Wort " * 50)), first_words("W" * 100)[-1]
    (75, '…')
    """
    line = " ".join(words.split("\n")[0].split())
    if len(line) <= MAX_TITLE:
        return line
    cut = line[: MAX_TITLE - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def _insert(tx: Transaction, record: dict[str, Any]) -> bool:
    made = tx.execute(
        "insert into project by name select $id as id, "
        "(select coalesce(max(number), 0) + 1 from project) as number, $title as title, "
        "$description as description, $fund as fund, 0 as cents, $field as field, "
        "false as climate, $lon as lon, $lat as lat, $place as place, '' as applicant, "
        "$details as details, $status as status, false as demo, 1 as version, "
        "$now as created_at, $now as changed_at, $rules as rules_id, '' as conditions, "
        "'' as reason, $lang as lang, $shape as shape, '' as step, $origin as origin "
        "on conflict (id) do nothing returning id",
        record,
    )
    return bool(made)


def _link(tx: Transaction, idea: Idea) -> None:
    if idea.pin:
        tx.execute("insert into project_pin values ($id, $pin)", {"id": idea.id, "pin": idea.pin})
    if idea.need:
        followers.check_there(tx, [idea.need])
        tx.execute(
            "insert into project_need values ($id, $need)", {"id": idea.id, "need": idea.need}
        )
